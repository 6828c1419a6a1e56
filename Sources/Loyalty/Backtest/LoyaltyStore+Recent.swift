public import Primitives
public import Storage

extension LoyaltyStore {
    /// Kept events of one type that expire within a range, which is how they lie in an index.
    ///
    /// - Complexity: linear in the events, of any type, that expire within it.
    public func keptEvents(
        of type: String, expiring: Range<Instant>, from first: Instant, until last: Instant, limit: Int,
        _ connection: any Connection
    ) throws -> [KeptEvent] {
        try connection.query(
            """
            SELECT member_id, at, claim, type, payload FROM event WHERE expires_at >= ? AND expires_at < ?
            AND programme_id = ? AND type = ? AND at >= ? AND at < ? LIMIT ?
            """,
            [
                .integer(expiring.lowerBound.milliseconds), .integer(expiring.upperBound.milliseconds),
                .text(programme.name), .text(type), .integer(first.milliseconds), .integer(last.milliseconds),
                .integer(Int64(limit)),
            ]
        ).map { row in
            KeptEvent(
                member: try row.member(0), at: try row.instant(1), claim: try row.id(2), type: try row.text(3),
                payload: try row.blob(4))
        }
    }
}
