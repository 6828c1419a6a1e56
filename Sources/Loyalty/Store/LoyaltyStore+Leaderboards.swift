public import Primitives
public import Storage

extension LoyaltyStore {
    /// The members that have a counter of one of these names.
    public func members(withCounters names: [String], _ connection: any Connection) throws -> [MemberID] {
        var members: Set<MemberID> = []
        for name in names {
            for row in try connection.query(
                "SELECT member_id FROM counter WHERE programme_id = ? AND name = ?",
                [.text(programme.name), .text(name)])
            {
                members.insert(try row.member(0))
            }
        }
        return members.sorted()
    }
}
