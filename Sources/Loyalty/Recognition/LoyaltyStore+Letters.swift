public import Primitives
public import Storage

extension LoyaltyStore {
    private static let letterColumns = """
        member_id, letter_id, occasion, version, day, number, subject, signer, state, asked_day, sent_day, language,
        sealed, reply
        """

    static func letter(_ row: Row) throws -> Letter {
        guard let state = Letter.State(rawValue: try row.int(8)) else {
            throw LoyaltyStoreProblem.unreadable(table: "letter")
        }
        var letter = Letter(
            id: try row.id(1), member: try row.member(0), occasion: try row.text(2), version: try row.int(3),
            day: Int32(clamping: try row.int(4)), number: try row.int(5), subject: try row.text(6),
            signer: try row.text(7), state: state)
        letter.askedDay = try row.intOrNil(9).map { Int32(clamping: $0) }
        letter.sentDay = try row.intOrNil(10).map { Int32(clamping: $0) }
        letter.language = try row.textOrNil(11).flatMap { Language(rawValue: $0) }
        letter.sealed = try row.blobOrNil(12) ?? []
        letter.reply = try row.intOrNil(13).flatMap { Letter.Reply(rawValue: $0) }
        return letter
    }

    /// One letter of a member.
    public func letter(_ id: ID128, of member: MemberID, _ connection: any Connection) throws -> Letter? {
        try connection.first(
            """
            SELECT \(Self.letterColumns) FROM letter
            WHERE member_id = ? AND letter_id = ? AND programme_id = ?
            """, [.member(member), .id(id), .text(programme.name)]
        ).map { try Self.letter($0) }
    }

    /// The letters that a member got, the newest first.
    public func letters(
        to member: MemberID, before: (day: Int32, id: ID128)? = nil, limit: Int, _ connection: any Connection
    ) throws -> [Letter] {
        var sql = "SELECT \(Self.letterColumns) FROM letter WHERE member_id = ? AND programme_id = ? AND state = 2"
        var arguments: [SQLValue] = [.member(member), .text(programme.name)]
        if let before {
            sql += " AND (sent_day < ? OR (sent_day = ? AND letter_id < ?))"
            arguments += [.integer(Int64(before.day)), .integer(Int64(before.day)), .id(before.id)]
        }
        sql += " ORDER BY sent_day DESC, letter_id DESC LIMIT ?"
        return try connection.query(sql, arguments + [.integer(Int64(limit))]).map { try Self.letter($0) }
    }

    /// Letters in a state, those of the latest moments first.
    public func letters(
        _ state: Letter.State, signer: String? = nil, limit: Int, _ connection: any Connection
    ) throws -> [Letter] {
        var sql = "SELECT \(Self.letterColumns) FROM letter WHERE programme_id = ? AND state = ?"
        var arguments: [SQLValue] = [.text(programme.name), .integer(state.rawValue)]
        if let signer {
            sql += " AND signer = ?"
            arguments.append(.text(signer))
        }
        sql += " ORDER BY day DESC, letter_id LIMIT ?"
        return try connection.query(sql, arguments + [.integer(Int64(limit))]).map { try Self.letter($0) }
    }

    /// The letter that somebody was asked for, whoever's it is.
    public func letter(_ id: ID128, _ connection: any Connection) throws -> Letter? {
        try connection.first(
            """
            SELECT \(Self.letterColumns) FROM letter
            WHERE programme_id = ? AND state IN (1, 2, 3) AND letter_id = ?
            """, [.text(programme.name), .id(id)]
        ).map { try Self.letter($0) }
    }

    /// What somebody who fills the queue must know of these members: the last day on which anybody was asked to write to
    /// them.
    public func lastAsked(_ members: [MemberID], _ connection: any Connection) throws -> [MemberID: Int32] {
        guard !members.isEmpty else { return [:] }
        var last: [MemberID: Int32] = [:]
        for row in try connection.query(
            """
            SELECT member_id, max(asked_day) FROM letter
            WHERE programme_id = ? AND asked_day IS NOT NULL AND member_id IN (?*) GROUP BY member_id
            """, [.text(programme.name)], keys: members.map { .member($0) })
        {
            last[try row.member(0)] = Int32(clamping: try row.int(1))
        }
        return last
    }

    /// How many letters wait to be asked for, and the day of the latest of them. Both come from an index.
    public func waitingLetters(_ connection: any Connection) throws -> (count: Int64, newest: Int32) {
        let row = try connection.first(
            "SELECT count(*), max(day) FROM letter WHERE programme_id = ? AND state = 0", [.text(programme.name)])
        return (try row?.int(0) ?? 0, Int32(clamping: try row?.intOrNil(1) ?? 0))
    }

    /// How many letters each signer was asked for on a day.
    public func asked(on day: Int32, _ connection: any Connection) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try connection.query(
            "SELECT signer, count(*) FROM letter WHERE programme_id = ? AND asked_day = ? GROUP BY signer",
            [.text(programme.name), .integer(Int64(day))])
        {
            counts[try row.text(0)] = Int(try row.int(1))
        }
        return counts
    }

    /// Letters that wait since before a day are not written any more.
    @discardableResult
    public func lapse(before day: Int32, _ connection: any Connection) throws -> Int {
        try connection.execute(
            "UPDATE letter SET state = 4 WHERE programme_id = ? AND state = 0 AND day < ?",
            [.text(programme.name), .integer(Int64(day))])
    }

    /// How many letters were sent, and what members answered.
    public func replies(
        _ connection: any Connection
    ) throws -> (sent: Int64, replies: [Letter.Reply: Int64]) {
        var sent: Int64 = 0
        var replies: [Letter.Reply: Int64] = [:]
        for row in try connection.query(
            "SELECT reply, count(*) FROM letter WHERE programme_id = ? AND state = 2 GROUP BY reply",
            [.text(programme.name)])
        {
            let count = try row.int(1)
            sent += count
            if let reply = try row.intOrNil(0).flatMap({ Letter.Reply(rawValue: $0) }) { replies[reply] = count }
        }
        return (sent, replies)
    }

    /// All members, by their keys.
    public func allMembers(after last: MemberID?, limit: Int, _ connection: any Connection) throws -> [MemberID] {
        try connection.query(
            """
            SELECT member_id FROM member WHERE programme_id = ? AND merged_into IS NULL AND member_id > ?
            ORDER BY member_id LIMIT ?
            """,
            [.text(programme.name), .id(last?.value ?? ID128(high: 0, low: 0)), .integer(Int64(limit))]
        ).map { try $0.member(0) }
    }

    // MARK: Follows

    /// The makers whom a member follows.
    public func follows(of member: MemberID, _ connection: any Connection) throws -> [String] {
        try connection.query(
            "SELECT maker FROM follow WHERE member_id = ? AND programme_id = ? ORDER BY maker",
            [.member(member), .text(programme.name)]
        ).map { try $0.text(0) }
    }

    /// How many follow each of these makers.
    public func followers(of makers: [String], _ connection: any Connection) throws -> [String: Int64] {
        guard !makers.isEmpty else { return [:] }
        var counts: [String: Int64] = [:]
        for row in try connection.query(
            "SELECT maker, count(*) FROM follow WHERE programme_id = ? AND maker IN (?*) GROUP BY maker",
            [.text(programme.name)], keys: makers.map { .text($0) })
        {
            counts[try row.text(0)] = try row.int(1)
        }
        return counts
    }
}
