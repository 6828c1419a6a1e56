public import Primitives
public import Storage

/// How many rows of each kind are kept of one member, for the page that tells them.
public struct OwnRows: Sendable, Hashable {
    public var transfers: Int64
    public var history: Int64
    public var counters: Int64
    public var events: Int64
    public var redemptions: Int64
    public var badges: Int64
    public var letters: Int64
    public var follows: Int64
    public var exposures: Int64
}

extension LoyaltyStore {
    /// Counts what is kept of a member.
    ///
    /// - Complexity: one look along the member's own rows per kind.
    public func ownRows(of member: MemberID, _ connection: any Connection) throws -> OwnRows {
        func count(_ table: String) throws -> Int64 {
            try connection.first(
                "SELECT count(*) FROM \(table) WHERE member_id = ? AND programme_id = ?",
                [.member(member), .text(programme.name)])?.int(0) ?? 0
        }
        return OwnRows(
            transfers: try count("transfer"), history: try count("explanation"), counters: try count("counter"),
            events: try count("event"), redemptions: try count("redemption"), badges: try count("badge"),
            letters: try count("letter"), follows: try count("follow"), exposures: try count("exposure"))
    }

    /// A member's kept events, oldest first, a page at a time.
    public func keptEvents(
        of member: MemberID, after last: (at: Instant, claim: ID128)?, limit: Int, _ connection: any Connection
    ) throws -> [KeptEvent] {
        let at = last?.at.milliseconds ?? .min
        return try connection.query(
            """
            SELECT member_id, at, claim, type, payload FROM event WHERE programme_id = ? AND member_id = ?
            AND (at > ? OR (at = ? AND claim > ?)) ORDER BY at, claim LIMIT ?
            """,
            [
                .text(programme.name), .member(member), .integer(at), .integer(at),
                .id(last?.claim ?? ID128(high: 0, low: 0)), .integer(Int64(limit)),
            ]
        ).map { row in
            KeptEvent(
                member: try row.member(0), at: try row.instant(1), claim: try row.id(2), type: try row.text(3),
                payload: try row.blob(4))
        }
    }
}
