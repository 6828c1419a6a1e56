public import Primitives
public import Storage

/// An event that is kept: of members of the level `personal`, where the type declares it.
public struct KeptEvent: Sendable, Hashable {
    public var member: MemberID
    public var at: Instant
    public var claim: ID128
    public var type: String
    /// The fields as JSON.
    public var payload: [UInt8]

    /// As it came, without what is not kept: source, identifier and channel.
    public var incoming: IncomingEvent? {
        guard let json = try? JSONValue(parsing: payload), case .object(let fields) = json else { return nil }
        return IncomingEvent(source: "", id: "", type: type, time: at, fields: fields)
    }
}

extension LoyaltyStore {
    /// Kept events by member and time, a page at a time.
    public func keptEvents(after last: KeptEvent?, limit: Int, _ connection: any Connection) throws -> [KeptEvent] {
        let zero = ID128(high: 0, low: 0)
        let (member, at, claim) = (last?.member.value ?? zero, last?.at.milliseconds ?? .min, last?.claim ?? zero)
        return try connection.query(
            """
            SELECT member_id, at, claim, type, payload FROM event WHERE programme_id = ?
            AND (member_id > ? OR (member_id = ? AND (at > ? OR (at = ? AND claim > ?))))
            ORDER BY member_id, at, claim LIMIT ?
            """,
            [
                .text(programme.name), .id(member), .id(member), .integer(at), .integer(at), .id(claim),
                .integer(Int64(limit)),
            ]
        ).map { row in
            KeptEvent(
                member: try row.member(0), at: try row.instant(1), claim: try row.id(2), type: try row.text(3),
                payload: try row.blob(4))
        }
    }

    public func keptEventCount(_ connection: any Connection) throws -> Int64 {
        try connection.first("SELECT count(*) FROM event WHERE programme_id = ?", [.text(programme.name)])?.int(0) ?? 0
    }

    /// How many identities were ever claimed: of events, their amendments, openings of meters and parts of jobs.
    public func claimCount(_ connection: any Connection) throws -> Int64 {
        try connection.first(
            "SELECT count(*) FROM event_claim WHERE programme_id = ?", [.text(programme.name)])?.int(0) ?? 0
    }

    /// Members that no other record has taken over, and no shared wallets, by identifier.
    public func memberPage(
        after last: MemberID?, limit: Int, _ connection: any Connection
    ) throws -> [MemberID] {
        try connection.query(
            """
            SELECT member_id FROM member WHERE member_id > ? AND programme_id = ? AND merged_into IS NULL
            AND NOT EXISTS (SELECT 1 FROM shared_wallet WHERE shared_wallet.member_id = member.member_id)
            ORDER BY member_id LIMIT ?
            """, [.id(last?.value ?? ID128(high: 0, low: 0)), .text(programme.name), .integer(Int64(limit))]
        ).map { try $0.member(0) }
    }

    /// What members have chosen that decisions read.
    public func profiles(_ members: [MemberID], _ connection: any Connection) throws -> [MemberID: MemberProfile] {
        var profiles: [MemberID: MemberProfile] = [:]
        for row in try connection.query(
            """
            SELECT member_id, level, time_zone, day_start, joined_day FROM member
            WHERE programme_id = ? AND member_id IN (?*)
            """, [.text(programme.name)], keys: members.map { .id($0.value) })
        {
            profiles[try row.member(0)] = MemberProfile(
                level: PrivacyLevel(stored: try row.int(1)) ?? .session, timeZone: try row.textOrNil(2),
                dayStartMinutes: try row.intOrNil(3).map { Int($0) }, joinedDay: Int32(clamping: try row.int(4)))
        }
        return profiles
    }

    /// Explained effects of all members by member and day, a page at a time.
    public func explanationPage(
        after last: (member: MemberID, day: Int32, effect: ID128)?, limit: Int, _ connection: any Connection
    ) throws -> [(member: MemberID, effect: AppliedEffect)] {
        let zero = ID128(high: 0, low: 0)
        let member = SQLValue.id(last?.member.value ?? zero)
        let day = SQLValue.integer(last.map { Int64($0.day) } ?? .min)
        return try connection.query(
            """
            SELECT effect_id, kind, source, source_version, subject, amount, wanted, refusal, at, day, proof, member_id
            FROM explanation WHERE programme_id = ?
            AND (member_id > ? OR (member_id = ? AND (day > ? OR (day = ? AND effect_id > ?))))
            ORDER BY member_id, day, effect_id LIMIT ?
            """,
            [.text(programme.name), member, member, day, day, .id(last?.effect ?? zero), .integer(Int64(limit))]
        ).map { (try $0.member(11), try Self.effect($0)) }
    }

    public func explanationCount(_ connection: any Connection) throws -> Int64 {
        try connection.first(
            "SELECT count(*) FROM explanation WHERE programme_id = ?", [.text(programme.name)])?.int(0) ?? 0
    }

    /// An explained effect and whose it is. Without a member it is looked for among all.
    public func explanation(
        _ id: ID128, _ connection: any Connection
    ) throws -> (member: MemberID, effect: AppliedEffect)? {
        try connection.first(
            """
            SELECT effect_id, kind, source, source_version, subject, amount, wanted, refusal, at, day, proof, member_id
            FROM explanation WHERE effect_id = ? AND programme_id = ?
            """, [.id(id), .text(programme.name)]
        ).map { (try $0.member(11), try Self.effect($0)) }
    }

    /// The kept events of some members.
    public func keptEvents(of members: [MemberID], _ connection: any Connection) throws -> [KeptEvent] {
        try connection.query(
            """
            SELECT member_id, at, claim, type, payload FROM event WHERE programme_id = ? AND member_id IN (?*)
            ORDER BY member_id, at, claim
            """, [.text(programme.name)], keys: members.map { .id($0.value) }
        ).map { row in
            KeptEvent(
                member: try row.member(0), at: try row.instant(1), claim: try row.id(2), type: try row.text(3),
                payload: try row.blob(4))
        }
    }
}
