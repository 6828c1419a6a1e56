public import Primitives
public import Storage

/// The tables of referrals. They join members with members, never with items.
public enum ReferralSchema {
    public static let schema = Schema(
        room: "referrals",
        migrations: [
            // referral_code.code_id: a keyed hash, so that a copy of the tables has no code.
            // referral.advocate_id is null for who was erased: friends keep theirs.
            Migration(
                number: 1, name: "referrals",
                statements: [
                    """
                    CREATE TABLE referral (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, advocate_id {id},
                        claimed_day {int} NOT NULL, state {int} NOT NULL, next_day {int}, PRIMARY KEY (member_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX referral_advocate ON referral (advocate_id)",
                    "CREATE INDEX referral_next ON referral (programme_id, next_day)",
                    """
                    CREATE TABLE referral_code (
                        code_id {id} NOT NULL, programme_id {text} NOT NULL, member_id {id} NOT NULL,
                        PRIMARY KEY (code_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX referral_code_member ON referral_code (member_id)",
                ], isAdditive: true),
            // What waited for staff under a state of its own waits for a case of its member: it is raised at the next look.
            Migration(
                number: 2, name: "referrals in review are cases",
                statements: ["UPDATE referral SET state = 0, next_day = claimed_day WHERE state = 1"],
                isAdditive: true),
            // Who is in a standing, found without reading what everybody counted.
            Migration(
                number: 3, name: "who is in a standing",
                statements: [
                    """
                    CREATE INDEX counter_ambassador ON counter (programme_id, name, member_id)
                    WHERE substr(name, 1, 20) = 'referral/ambassador/'
                    """
                ], isAdditive: true),
        ])
}

enum ReferralStatements {
    static let referral = BulkStatement.insert(
        into: "referral",
        columns: [
            ("member_id", .id), ("programme_id", .text), ("advocate_id", .id), ("claimed_day", .integer),
            ("state", .integer), ("next_day", .integer),
        ],
        onConflict: .update(keys: ["member_id"], set: ["state", "next_day"]))
}

/// One referral as it is stored.
public struct ReferralRecord: Sendable, Hashable {
    /// The friend.
    public var member: MemberID
    /// `nil` for one who was erased.
    public var advocate: MemberID?
    public var claimedDay: Int32
    public var state: ReferralState
    /// When it is looked at next, in the programme's time zone; `nil` for never.
    public var nextDay: Int32?

    public init(
        member: MemberID, advocate: MemberID?, claimedDay: Int32, state: ReferralState = .open, nextDay: Int32?
    ) {
        self.member = member
        self.advocate = advocate
        self.claimedDay = claimedDay
        self.state = state
        self.nextDay = nextDay
    }
}

extension LoyaltyBatch {
    public mutating func add(_ record: ReferralRecord) {
        referrals.append(
            .id(record.member.value), .text(programme.name), record.advocate.map { .id($0.value) } ?? .null,
            .integer(Int64(record.claimedDay)), .integer(record.state.rawValue),
            record.nextDay.map { .integer(Int64($0)) } ?? .null)
    }
}

extension LoyaltyStore {
    private static let referralColumns = "member_id, advocate_id, claimed_day, state, next_day"

    private func referral(_ row: Row) throws -> ReferralRecord {
        guard let state = ReferralState(rawValue: try row.int(3)) else {
            throw LoyaltyStoreProblem.unreadable(table: "referral")
        }
        return ReferralRecord(
            member: try row.member(0), advocate: try row.idOrNil(1).map { MemberID($0) },
            claimedDay: Int32(clamping: try row.int(2)), state: state,
            nextDay: try row.intOrNil(4).map { Int32(clamping: $0) })
    }

    /// The referral of a friend.
    public func referral(of member: MemberID, _ connection: any Connection) throws -> ReferralRecord? {
        try connection.first(
            "SELECT \(Self.referralColumns) FROM referral WHERE member_id = ? AND programme_id = ?",
            [.member(member), .text(programme.name)]
        ).map { try referral($0) }
    }

    /// The friends of an advocate, at most `limit`.
    public func referrals(
        by advocate: MemberID, limit: Int, _ connection: any Connection
    ) throws -> [ReferralRecord] {
        try connection.query(
            """
            SELECT \(Self.referralColumns) FROM referral WHERE advocate_id = ? AND programme_id = ?
            ORDER BY member_id LIMIT ?
            """, [.member(advocate), .text(programme.name), .integer(Int64(limit))]
        ).map { try referral($0) }
    }

    /// Referrals to look at by the day `today`.
    public func dueReferrals(
        today: Int32, limit: Int, _ connection: any Connection
    ) throws -> [ReferralRecord] {
        try connection.query(
            """
            SELECT \(Self.referralColumns) FROM referral WHERE programme_id = ? AND next_day <= ?
            ORDER BY next_day, member_id LIMIT ?
            """, [.text(programme.name), .integer(Int64(today)), .integer(Int64(limit))]
        ).map { try referral($0) }
    }

    /// How many referrals are in which state.
    public func referralCounts(_ connection: any Connection) throws -> [ReferralState: Int64] {
        var counts: [ReferralState: Int64] = [:]
        for row in try connection.query(
            "SELECT state, count(*) FROM referral WHERE programme_id = ? GROUP BY state", [.text(programme.name)])
        {
            if let state = ReferralState(rawValue: try row.int(0)) { counts[state] = try row.int(1) }
        }
        return counts
    }

    /// The members who reached a standing, after one of them.
    public func ambassadors(
        _ standing: String, after: MemberID?, limit: Int, _ connection: any Connection
    ) throws -> [MemberID] {
        // The condition of the index, word for word, so that it is used.
        try connection.query(
            """
            SELECT member_id FROM counter
            WHERE substr(name, 1, 20) = 'referral/ambassador/'
                AND programme_id = ? AND name = ? AND member_id > ?
            ORDER BY member_id LIMIT ?
            """,
            [
                .text(programme.name), .text(ReferralCounters.ambassador(standing)),
                .member(after ?? MemberID(ID128(high: 0, low: 0))), .integer(Int64(limit)),
            ]
        ).map { try $0.member(0) }
    }

    /// Whose code it is.
    public func advocate(code: ID128, _ connection: any Connection) throws -> MemberID? {
        try connection.first(
            "SELECT member_id FROM referral_code WHERE code_id = ? AND programme_id = ?",
            [.id(code), .text(programme.name)]
        ).map { try $0.member(0) }
    }

    /// Makes a code the member's only one.
    public func keep(code: ID128, of member: MemberID, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM referral_code WHERE member_id = ? AND programme_id = ? AND code_id <> ?",
            [.member(member), .text(programme.name), .id(code)])
        try connection.execute(
            """
            INSERT INTO referral_code (code_id, programme_id, member_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
            """, [.id(code), .text(programme.name), .member(member)])
    }

    /// An advocate goes: their friends keep what they have, and what they wait for.
    func eraseReferrals(of member: MemberID, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE referral SET advocate_id = NULL WHERE advocate_id = ? AND programme_id = ?",
            [.member(member), .text(programme.name)])
    }
}
