import Anonymity
import TestSupport

/// A made-up readership: each member mostly reads one of a few topics, with a taste of its own within it.
struct TopicWorld {
    let rows: SparseRows
    let topics: SparseRows
    let topicOf: [Int]

    init(members: Int, items: Int = 400, topics topicCount: Int = 8, length: Int = 12, seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var rows: [[Int32]] = []
        var topicOf: [Int] = []
        for _ in 0..<members {
            let topic = Int.random(in: 0..<topicCount, using: &random)
            var row: Set<Int32> = []
            while row.count < length {
                let item = Int.random(in: 0..<items, using: &random)
                if Int.random(in: 0..<5, using: &random) == 0 || item % topicCount == topic { row.insert(Int32(item)) }
            }
            rows.append(row.sorted().shuffled(using: &random))
            topicOf.append(topic)
        }
        self.rows = try SparseRows(rows, itemCount: items)
        topics = try SparseRows((0..<items).map { [Int32($0 % topicCount)] }, itemCount: topicCount)
        self.topicOf = topicOf
    }
}
