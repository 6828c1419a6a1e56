public import Primitives
public import Storage

/// Friends: members who agreed to see each other on leaderboards. Each side has a row.
extension LoyaltyStore {
    /// Those a member is connected with.
    public func friends(of member: MemberID, _ connection: any Connection) throws -> [MemberID] {
        try connection.query(
            "SELECT friend_id FROM friend WHERE member_id = ? AND programme_id = ? ORDER BY friend_id",
            [.id(member.value), .text(programme.name)]
        ).map { try $0.member(0) }
    }

    /// Gives a member a code that connects whoever enters it; the one before connects nobody any more.
    ///
    /// - Parameter code: its keyed hash.
    public func setFriendCode(
        _ code: ID128, of member: MemberID, until day: Int32, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO friend_code (member_id, programme_id, code, until_day) VALUES (?, ?, ?, ?)
            ON CONFLICT (member_id) DO UPDATE SET code = excluded.code, until_day = excluded.until_day
            """, [.id(member.value), .text(programme.name), .id(code), .integer(Int64(day))])
    }

    /// Whose code it is, if it still connects.
    public func member(friendCode code: ID128, on day: Int32, _ connection: any Connection) throws -> MemberID? {
        try connection.first(
            "SELECT member_id FROM friend_code WHERE code = ? AND programme_id = ? AND until_day >= ?",
            [.id(code), .text(programme.name), .integer(Int64(day))]
        ).map { try $0.member(0) }
    }

    /// Connects two members.
    public func befriend(_ one: MemberID, _ other: MemberID, _ connection: any Connection) throws {
        for (member, friend) in [(one, other), (other, one)] {
            try connection.execute(
                """
                INSERT INTO friend (member_id, friend_id, programme_id) VALUES (?, ?, ?)
                ON CONFLICT (member_id, friend_id) DO NOTHING
                """, [.id(member.value), .id(friend.value), .text(programme.name)])
        }
    }

    /// Takes two members apart, whoever of them asks.
    public func unfriend(_ one: MemberID, _ other: MemberID, _ connection: any Connection) throws {
        for (member, friend) in [(one, other), (other, one)] {
            try connection.execute(
                "DELETE FROM friend WHERE member_id = ? AND friend_id = ? AND programme_id = ?",
                [.id(member.value), .id(friend.value), .text(programme.name)])
        }
    }

    /// Gives what a record had of boards to the one that took it over: friends, and places of periods in which that one
    /// has none.
    func mergeBoards(_ from: MemberID, into member: MemberID, _ connection: any Connection) throws {
        for friend in try friends(of: from, connection) {
            try unfriend(from, friend, connection)
            if friend != member {
                for (one, other) in [(member, friend), (friend, member)] {
                    try connection.execute(
                        """
                        INSERT INTO friend (member_id, friend_id, programme_id) VALUES (?, ?, ?)
                        ON CONFLICT (member_id, friend_id) DO NOTHING
                        """, [.id(one.value), .id(other.value), .text(programme.name)])
                }
            }
        }
        let key: [SQLValue] = [.id(from.value), .text(programme.name)]
        try connection.execute("DELETE FROM friend_code WHERE member_id = ? AND programme_id = ?", key)
        try connection.execute(
            """
            UPDATE board_place SET member_id = ? WHERE member_id = ? AND programme_id = ? AND NOT EXISTS (
                SELECT 1 FROM board_place AS own WHERE own.member_id = ? AND own.board = board_place.board
                AND own.first_day = board_place.first_day)
            """, [.id(member.value)] + key + [.id(member.value)])
        // Of two places of one person the one that is theirs stays; a prize of the other is not given any more.
        try connection.execute("DELETE FROM board_place WHERE member_id = ? AND programme_id = ?", key)
    }

    /// Removes an erased member from the lists of their friends.
    func eraseFriends(of member: MemberID, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM friend WHERE friend_id = ? AND programme_id = ?", [.id(member.value), .text(programme.name)])
    }
}

extension LoyaltyStore {
    /// Uses up a code; `false` if it was used already.
    func use(friendCode code: ID128, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            "DELETE FROM friend_code WHERE code = ? AND programme_id = ?", [.id(code), .text(programme.name)]) > 0
    }
}
