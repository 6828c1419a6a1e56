#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which record of a dump belongs to someone of whom some items are known (Narayanan and Shmatikov 2008; G6).
public enum Linkage {
    public struct Knowledge: Hashable, Sendable {
        /// True items the attacker knows.
        public let items: Int
        /// Items it wrongly believes, on top of the true ones.
        public let wrong: Int
        /// The most popular items, which it does not get to know.
        public let withoutMostPopular: Int

        public init(items: Int, wrong: Int = 2, withoutMostPopular: Int = 0) {
            (self.items, self.wrong, self.withoutMostPopular) = (items, wrong, withoutMostPopular)
        }
    }

    /// The rate at which the best matching record, weighted by the rarity of its items, singles out the right member.
    /// A record that stands for several members gives each of them the same chance, and so do equally good records.
    /// - Parameters:
    ///   - dump: what the attacker has: each member's row without protection, each persona's list with it.
    ///   - recordOf: for each member its record in the dump, or -1.
    ///   - histories: the members' true items.
    /// - Returns: a rate over as many members, at most `trials`, as have enough items.
    /// - Throws: ``CohortProblem/malformedRows(field:)``.
    public static func attack(
        dump: SparseRows, recordOf: ContiguousArray<Int32>, histories: SparseRows, knowing knowledge: Knowledge,
        trials: Int, seed: UInt64
    ) throws(CohortProblem) -> AttackRate {
        guard recordOf.count == histories.count, dump.itemCount == histories.itemCount,
            recordOf.allSatisfy({ $0 >= -1 && Int($0) < dump.count })
        else { throw .malformedRows(field: "recordOf") }
        var random = SplitMix(state: seed)
        var sizes = ContiguousArray<Int32>(repeating: 0, count: dump.count)
        for record in recordOf where record >= 0 { sizes[Int(record)] += 1 }
        let popularity = histories.frequencies()
        let order = popularity.indices.sorted { (popularity[$1], $0) < (popularity[$0], $1) }
        var hidden = ContiguousArray<Bool>(repeating: false, count: histories.itemCount)
        for item in order.prefix(max(0, knowledge.withoutMostPopular)) { hidden[item] = true }
        let (starts, holders) = inverted(dump)
        var score = ContiguousArray<Double>(repeating: 0, count: dump.count)
        var successes: [Double] = []
        for member in (0..<histories.count).shuffled(using: &random) where recordOf[member] >= 0 {
            guard successes.count < trials else { break }
            let open = histories[member].filter { !hidden[Int($0)] }
            guard open.count >= knowledge.items else { continue }
            var known = Array(open.shuffled(using: &random).prefix(knowledge.items))
            for _ in 0..<knowledge.wrong { known.append(Int32(random.next() % UInt64(histories.itemCount))) }
            for record in score.indices { score[record] = 0 }
            for item in known {
                // 1 / log of the support, as the paper weighs.
                let weight = 1 / log(2 + Double(popularity[Int(item)]))
                for place in Int(starts[Int(item)])..<Int(starts[Int(item) + 1]) {
                    score[Int(holders[place])] += weight
                }
            }
            var (best, ties) = (-1.0, 0.0)
            for record in score.indices where sizes[record] > 0 {
                // Equal sums may differ by rounding.
                if score[record] > best + 1e-9 {
                    (best, ties) = (score[record], Double(sizes[record]))
                } else if score[record] > best - 1e-9 {
                    ties += Double(sizes[record])
                }
            }
            successes.append(score[Int(recordOf[member])] > best - 1e-9 ? 1 / ties : 0)
        }
        return AttackRate(successes: successes)
    }

    /// Records by item.
    private static func inverted(_ rows: SparseRows) -> (ContiguousArray<Int32>, ContiguousArray<Int32>) {
        var starts = ContiguousArray<Int32>(repeating: 0, count: rows.itemCount + 1)
        for item in rows.items { starts[Int(item) + 1] += 1 }
        for item in 0..<rows.itemCount { starts[item + 1] += starts[item] }
        var next = starts
        var holders = ContiguousArray<Int32>(repeating: 0, count: rows.items.count)
        for row in 0..<rows.count {
            for place in rows.range(row) {
                let item = Int(rows.items[place])
                holders[Int(next[item])] = Int32(row)
                next[item] += 1
            }
        }
        return (starts, holders)
    }
}
