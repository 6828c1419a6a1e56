import Foundation

/// Each interaction is predicted from the state before it and then learned.
///
/// The rank is 1 and the number of items, unseen by the user, that score strictly higher: ties favour the target. The
/// graph is built anew from all earlier interactions when the UTC day changes; a user's row has the last 200 items.
public struct Prequential: Sendable {
    public struct Row: Sendable, Hashable {
        /// Seconds; infinite for plain counts.
        public var halfLife: Double
        /// The exponent of affinity, a.
        public var weight: Double
        /// Share of interactions whose item was among the first ten.
        public var hitRate = 0.0
        /// Mean of `1 / rank` within the first ten.
        public var reciprocalRank = 0.0
    }

    public var model: RP3Beta
    public var halfLives: [Double]
    public var weights: [Double]

    public init(
        model: RP3Beta = RP3Beta(neighbours: 100), halfLives: [Double] = [86_400], weights: [Double] = [0.2]
    ) {
        (self.model, self.halfLives, self.weights) = (model, halfLives, weights)
    }

    /// - Parameters:
    ///   - range: the interactions that count; those before are learned only.
    ///   - progress: the share of `range` done, at each new day.
    public func run(
        _ data: RatedRows, evaluating range: Range<Int>, threads: Int = 1, progress: (Double) -> Void = { _ in }
    ) -> [Row] {
        let items = data.items.count
        let start = data.rows.first?.time ?? 0
        var popularity = halfLives.map { DecayedPopularity(items: items, halfLife: $0, start: start) }
        var histories = [[Int32]](repeating: [], count: data.users.count)
        var table = halfLives.flatMap { halfLife in weights.map { Row(halfLife: halfLife, weight: $0) } }
        var neighbours = ItemNeighbours(rows: [])
        var day = Int64.min
        var affinity = [Double](repeating: 0, count: items)
        var (popular, unread) = ([Double](repeating: 0, count: items), log(1e-4))
        var scratch = [Float](repeating: 0, count: items)
        var isSeen = [Bool](repeating: false, count: items)
        for (index, row) in data.rows[..<range.upperBound].enumerated() {
            if index >= range.lowerBound {
                // Unix days: 86,400 s each.
                let today = row.time / 86_400
                if today != day {
                    day = today
                    neighbours = model.fit(
                        Interactions(Array(data.rows[..<index]), users: data.users.count, items: items),
                        threads: threads)
                    progress(Double(index - range.lowerBound) / Double(range.count))
                }
                let history = histories[Int(row.user)]
                for item in 0..<items { affinity[item] = unread }
                var touched: Set<Int32> = []
                for item in history.suffix(Ranker.historyLimit) {
                    for entry in Int(neighbours.offsets[Int(item)])..<Int(neighbours.offsets[Int(item) + 1]) {
                        scratch[Int(neighbours.items[entry])] += neighbours.weights[entry]
                        touched.insert(neighbours.items[entry])
                    }
                }
                for item in touched {
                    affinity[Int(item)] = log(Double(scratch[Int(item)]) + 1e-4)
                    scratch[Int(item)] = 0
                }
                for item in history { isSeen[Int(item)] = true }
                for (half, counts) in popularity.enumerated() {
                    let factor = counts.factor(now: row.time)
                    counts.weights.withUnsafeBufferPointer { counts in
                        for item in 0..<items { popular[item] = log(counts[item] * factor + 1e-4) }
                    }
                    for (place, weight) in weights.enumerated() {
                        let rank = Self.rank(of: Int(row.item), popular, affinity, weight, isSeen)
                        table[half * weights.count + place].hitRate += RankingMetrics.hit(rank: rank, at: 10)
                        table[half * weights.count + place].reciprocalRank +=
                            RankingMetrics.reciprocalRank(rank: rank, at: 10)
                    }
                }
                for item in history { isSeen[Int(item)] = false }
            }
            for half in popularity.indices { popularity[half].add(row.item, at: row.time) }
            histories[Int(row.user)].append(row.item)
        }
        for index in table.indices {
            table[index].hitRate /= Double(max(1, range.count))
            table[index].reciprocalRank /= Double(max(1, range.count))
        }
        return table
    }

    private static func rank(
        of target: Int, _ popular: [Double], _ affinity: [Double], _ weight: Double, _ isSeen: [Bool]
    ) -> Int {
        popular.withUnsafeBufferPointer { popular in
            affinity.withUnsafeBufferPointer { affinity in
                isSeen.withUnsafeBufferPointer { isSeen in
                    let bar = popular[target] + weight * affinity[target]
                    var rank = 1
                    for item in 0..<popular.count where popular[item] + weight * affinity[item] > bar {
                        if !isSeen[item] { rank += 1 }
                    }
                    return rank
                }
            }
        }
    }
}
