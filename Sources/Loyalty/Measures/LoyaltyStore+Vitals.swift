public import Primitives
public import Storage

extension LoyaltyStore {
    /// Members from a place in the order of their identifiers onwards, and from the beginning again: since identifiers are
    /// drawn at random, any stretch of them is a random sample. Each with the days since `first` on which they came.
    ///
    /// - Complexity: so many members' days, however many members there are.
    public func attendance(
        from place: MemberID, limit: Int, since first: Int32, _ connection: any Connection
    ) throws -> [Vitals.Person] {
        var members = try memberPage(after: place, limit: limit, connection)
        if members.count < limit {
            let rest = try memberPage(after: nil, limit: limit - members.count, connection)
            members += rest.filter { $0.value <= place.value }
        }
        var people: [Vitals.Person] = []
        for start in stride(from: 0, to: members.count, by: 500) {
            let page = members[start..<min(start + 500, members.count)]
            let profiles = try profiles(Array(page), connection)
            var days: [MemberID: [Int32]] = [:]
            for row in try connection.query(
                """
                SELECT DISTINCT member_id, day FROM explanation
                WHERE day >= ? AND kind IN ('award', 'refused', 'held-out', 'progress') AND member_id IN (?*)
                """, [.integer(Int64(first))], keys: page.map { .id($0.value) })
            {
                days[try row.member(0), default: []].append(Int32(clamping: try row.int(1)))
            }
            people += page.compactMap { member in
                profiles[member].map { Vitals.Person(member: member, joined: $0.joinedDay, days: days[member] ?? []) }
            }
        }
        return people
    }
}
