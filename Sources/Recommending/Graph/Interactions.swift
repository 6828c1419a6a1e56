/// One person took up one item at one moment.
public struct Interaction: Sendable, Hashable {
    public var user: Int32
    public var item: Int32
    /// Unix seconds.
    public var time: Int64

    public init(user: Int32, item: Int32, time: Int64) {
        (self.user, self.item, self.time) = (user, item, time)
    }
}

/// A binary sparse matrix, users by items, by compressed rows. A row holds each item once, in the order of its last
/// interaction, so the end of a row is the newest.
public struct Interactions: Sendable, Hashable {
    public let users: Int
    public let items: Int
    /// Where each row begins; one more than there are users.
    public let offsets: [Int32]
    public let columns: [Int32]

    /// - Parameters:
    ///   - rows: in any order; those at the same second keep theirs.
    ///   - users: how many there are; every `user` is below it. The same for `items`.
    public init(_ rows: [Interaction], users: Int, items: Int) {
        var sorted = rows
        if !zip(rows, rows.dropFirst()).allSatisfy({ $0.time <= $1.time }) {
            sorted = rows.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
                .map(\.element)
        }
        var ends = [Int32](repeating: 0, count: users + 1)
        for row in sorted { ends[Int(row.user) + 1] += 1 }
        for user in 0..<users { ends[user + 1] += ends[user] }
        var next = ends
        var columns = [Int32](repeating: 0, count: sorted.count)
        for row in sorted {
            columns[Int(next[Int(row.user)])] = row.item
            next[Int(row.user)] += 1
        }
        // The last time an item occurs in a row is the one that stays.
        var seen = [Int32](repeating: -1, count: items)
        var kept = columns.count
        var offsets = [Int32](repeating: 0, count: users + 1)
        for user in stride(from: users - 1, through: 0, by: -1) {
            let upper = kept
            for index in stride(from: Int(ends[user + 1]) - 1, through: Int(ends[user]), by: -1) {
                let item = columns[index]
                guard seen[Int(item)] != Int32(user) else { continue }
                seen[Int(item)] = Int32(user)
                kept -= 1
                columns[kept] = item
            }
            offsets[user + 1] = Int32(upper)
        }
        offsets[0] = Int32(kept)
        self.init(
            users: users, items: items, offsets: offsets.map { $0 - Int32(kept) }, columns: Array(columns[kept...]))
    }

    init(users: Int, items: Int, offsets: [Int32], columns: [Int32]) {
        (self.users, self.items, self.offsets, self.columns) = (users, items, offsets, columns)
    }

    public var count: Int { columns.count }

    /// What a user took up, the newest last.
    public subscript(user: Int) -> ArraySlice<Int32> { columns[Int(offsets[user])..<Int(offsets[user + 1])] }

    /// Items by users.
    public var transposed: Interactions {
        var ends = [Int32](repeating: 0, count: items + 1)
        for item in columns { ends[Int(item) + 1] += 1 }
        for item in 0..<items { ends[item + 1] += ends[item] }
        var next = ends
        var people = [Int32](repeating: 0, count: columns.count)
        for user in 0..<users {
            for item in self[user] {
                people[Int(next[Int(item)])] = Int32(user)
                next[Int(item)] += 1
            }
        }
        return Interactions(users: items, items: users, offsets: ends, columns: people)
    }
}
