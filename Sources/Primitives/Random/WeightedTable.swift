/// Picks positions with given weights in constant time (Vose, "A linear algorithm for generating random numbers with a
/// given distribution", IEEE TSE 1991).
public struct WeightedTable: Sendable {
    private let thresholds: [Double]
    private let aliases: [Int]

    /// - Parameter weights: not negative, at least one above zero; `nil` otherwise.
    public init?(_ weights: [Double]) {
        let total = weights.reduce(0, +)
        guard total > 0, total.isFinite, weights.allSatisfy({ $0 >= 0 }) else { return nil }
        var scaled = weights.map { $0 / total * Double(weights.count) }
        var thresholds = [Double](repeating: 1, count: weights.count)
        var aliases = Array(weights.indices)
        var small = weights.indices.filter { scaled[$0] < 1 }
        var large = weights.indices.filter { scaled[$0] >= 1 }
        while let low = small.popLast(), let high = large.popLast() {
            thresholds[low] = scaled[low]
            aliases[low] = high
            scaled[high] -= 1 - scaled[low]
            if scaled[high] < 1 { small.append(high) } else { large.append(high) }
        }
        self.thresholds = thresholds
        self.aliases = aliases
    }

    /// The table itself: position i is kept with its threshold's probability, otherwise its alias is taken.
    public var entries: [(threshold: Double, alias: Int)] { zip(thresholds, aliases).map { ($0, $1) } }

    public func pick(using random: inout some RandomNumberGenerator) -> Int {
        let index = random.index(below: thresholds.count)
        return random.uniform() < thresholds[index] ? index : aliases[index]
    }
}
