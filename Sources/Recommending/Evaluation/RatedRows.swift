/// Interactions of strings, numbered and in the order of all evaluations here.
public struct RatedRows: Sendable {
    /// By time, user and item.
    public let rows: [Interaction]
    public let users: [String]
    public let items: [String]

    /// Sorts by time, user (as a number where both are) and item as string; numbers follow first occurrence.
    public init(_ input: [(user: String, item: String, time: Int64)]) {
        let sorted = input.map { (time: $0.time, number: Int64($0.user) ?? .max, user: $0.user, item: $0.item) }.sorted
        {
            ($0.time, $0.number, $0.user, $0.item) < ($1.time, $1.number, $1.user, $1.item)
        }
        var (userNumbers, itemNumbers): ([String: Int32], [String: Int32]) = ([:], [:])
        var (users, items): ([String], [String]) = ([], [])
        rows = sorted.map { row in
            let user = userNumbers[row.user] ?? Int32(users.count)
            if user == users.count {
                userNumbers[row.user] = user
                users.append(row.user)
            }
            let item = itemNumbers[row.item] ?? Int32(items.count)
            if item == items.count {
                itemNumbers[row.item] = item
                items.append(row.item)
            }
            return Interaction(user: user, item: item, time: row.time)
        }
        (self.users, self.items) = (users, items)
    }
}
