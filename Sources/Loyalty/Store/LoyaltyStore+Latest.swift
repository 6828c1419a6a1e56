public import Primitives
public import Storage

extension LoyaltyStore {
    /// A member's latest kept events, the newest first. There are some on the level `personal` alone.
    ///
    /// - Complexity: O(log n + limit).
    public func latestEvents(
        of member: MemberID, limit: Int, _ connection: any Connection
    ) throws -> [KeptEvent] {
        try connection.query(
            """
            SELECT member_id, at, claim, type, payload FROM event WHERE programme_id = ? AND member_id = ?
            ORDER BY at DESC, claim DESC LIMIT ?
            """, [.text(programme.name), .member(member), .integer(Int64(limit))]
        ).map { row in
            KeptEvent(
                member: try row.member(0), at: try row.instant(1), claim: try row.id(2), type: try row.text(3),
                payload: try row.blob(4))
        }
    }
}
