public import Primitives
public import Storage

extension LoyaltyStore {
    /// The next members, by identifier, that asked to be on one of these boards.
    ///
    /// - Complexity: O(limit · log n) in those who did.
    public func participants(
        of boards: [String], after last: MemberID?, limit: Int, _ connection: any Connection
    ) throws -> [MemberID] {
        var members: Set<MemberID> = []
        for board in boards {
            // The condition on the name's beginning is that of the index.
            for row in try connection.query(
                """
                SELECT member_id FROM counter
                WHERE programme_id = ? AND name = ? AND member_id > ? AND substr(name, 1, 6) = 'board/'
                ORDER BY member_id LIMIT ?
                """,
                [
                    .text(programme.name), .text(CompiledLeaderboard.counter(of: board)),
                    .id(last?.value ?? ID128(high: 0, low: 0)), .integer(Int64(limit)),
                ])
            {
                members.insert(try row.member(0))
            }
        }
        return Array(members.sorted().prefix(limit))
    }
}
