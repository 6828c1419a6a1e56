import Dispatch
import Foundation

/// The graph recommender RP3beta: random walks of three steps, with popular items held back (Paudel, Christoffel,
/// Newell and Bernstein, "Updatable, accurate, diverse, and scalable recommendations", ACM TiiS 2016).
public struct RP3Beta: Sendable, Hashable {
    /// How much long histories are held back.
    public var alpha: Double
    /// How much popular items are held back.
    public var beta: Double
    /// Neighbours kept per item.
    public var neighbours: Int

    public init(alpha: Double = 0.8, beta: Double = 0.4, neighbours: Int = 200) {
        (self.alpha, self.beta, self.neighbours) = (alpha, beta, neighbours)
    }

    /// The K largest of every row, which is then divided by its sum.
    public func fit(_ interactions: Interactions, threads: Int = 1) -> ItemNeighbours {
        let transposed = interactions.transposed
        return ItemNeighbours(
            rows: rows(Array(0..<Int32(interactions.items)), interactions, transposed, threads: threads))
    }

    /// The rows of some items.
    func rows(
        _ wanted: [Int32], _ interactions: Interactions, _ transposed: Interactions, threads: Int
    ) -> [[(item: Int32, weight: Float)]] {
        // d^-alpha of users, d^-beta of items; d_i^-alpha is the same in a whole row and cancels in its sum.
        let people = (0..<interactions.users).map { user in
            Float(pow(Double(max(1, interactions[user].count)), -alpha))
        }
        let targets = (0..<interactions.items).map { item in
            Float(pow(Double(max(1, transposed[item].count)), -beta))
        }
        var output = [[(item: Int32, weight: Float)]](repeating: [], count: wanted.count)
        let chunk = 64
        let limit = neighbours
        let next = Counter()
        output.withUnsafeMutableBufferPointer { output in
            nonisolated(unsafe) let output = output
            let work: @Sendable (Int) -> Void = { _ in
                var sums = [Float](repeating: 0, count: interactions.items)
                var touched: [Int32] = []
                var top = TopSelection()
                while true {
                    let start = next.take(chunk)
                    guard start < wanted.count else { return }
                    for index in start..<min(start + chunk, wanted.count) {
                        output[index] = Self.row(
                            wanted[index], interactions, transposed, people, targets, limit, &sums, &touched, &top)
                    }
                }
            }
            DispatchQueue.concurrentPerform(iterations: max(1, threads), execute: work)
        }
        return output
    }

    private static func row(
        _ item: Int32, _ interactions: Interactions, _ transposed: Interactions, _ people: [Float], _ targets: [Float],
        _ limit: Int, _ sums: inout [Float], _ touched: inout [Int32], _ top: inout TopSelection
    ) -> [(item: Int32, weight: Float)] {
        touched.removeAll(keepingCapacity: true)
        top.removeAll()
        sums.withUnsafeMutableBufferPointer { sums in
            interactions.columns.withUnsafeBufferPointer { columns in
                interactions.offsets.withUnsafeBufferPointer { offsets in
                    for user in transposed[Int(item)] {
                        let weight = people[Int(user)]
                        for index in Int(offsets[Int(user)])..<Int(offsets[Int(user) + 1]) {
                            let other = columns[index]
                            if sums[Int(other)] == 0 { touched.append(other) }
                            sums[Int(other)] += weight
                        }
                    }
                }
            }
            for other in touched {
                if other != item {
                    top.offer(size: sums[Int(other)] * targets[Int(other)], item: other, limit: limit)
                }
                sums[Int(other)] = 0
            }
        }
        // Unsorted: sorting would take as long as all the rest, and nothing that adds rows up needs it.
        top.choose(limit)
        var total: Float = 0
        for index in 0..<top.count { total += top[index].size }
        return (0..<top.count).map { (top[$0].item, top[$0].size / total) }
    }
}

/// Hands out work to threads.
final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0

    func take(_ count: Int) -> Int {
        lock.lock()
        defer { lock.unlock() }
        defer { value += count }
        return value
    }
}
