public import Primitives

/// Which partitions a node should take and which it should give away, so that all nodes hold about as many: a pure
/// decision of what is seen in the database.
///
/// Nobody holds more than the upper share (partitions divided by nodes, rounded up), so whoever comes later finds
/// something; nobody gives away below the lower share, so nothing goes back and forth.
public struct PartitionShare: Sendable, Hashable {
    /// To acquire, in this order.
    public var take: [Int]
    /// To finish and release.
    public var give: [Int]

    public init(take: [Int] = [], give: [Int] = []) {
        self.take = take
        self.give = give
    }

    /// - Parameters:
    ///   - partitions: all there are.
    ///   - mine: what this node holds.
    ///   - held: by partition, the owner and when its lease runs out.
    ///   - nodes: the nodes that live; this one is counted even if it is not among them.
    public static func decide(
        partitions: [Int], mine: Set<Int>, held: [Int: (owner: String, expiresAt: Instant)], nodes: [String],
        owner: String, now: Instant
    ) -> PartitionShare {
        let others = nodes.filter { $0 != owner }
        let count = others.count + 1
        let upper = (partitions.count + count - 1) / count
        let free = partitions.filter { partition in
            guard !mine.contains(partition) else { return false }
            guard let holder = held[partition] else { return true }
            return holder.expiresAt <= now || holder.owner == owner
        }
        if mine.count < upper {
            return PartitionShare(take: Array(free.sorted().prefix(upper - mine.count)))
        }
        var holdings: [String: Int] = [:]
        for holder in held.values { holdings[holder.owner, default: 0] += 1 }
        let lower = partitions.count / count
        let needed = others.reduce(0) { $0 + max(0, lower - (holdings[$1] ?? 0)) }
        let surplus = max(0, min(mine.count - lower, needed), mine.count - upper)
        return PartitionShare(give: Array(mine.sorted().suffix(surplus)))
    }
}
