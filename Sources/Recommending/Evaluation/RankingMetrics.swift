import Foundation

/// How good a list is, given what was taken up afterwards.
public enum RankingMetrics {
    /// Hits among the first n, over `min(n, relevant)`.
    public static func recall(_ list: [Int32], relevant: Set<Int32>, relevantCount: Int, at n: Int) -> Double {
        guard relevantCount > 0 else { return 0 }
        return Double(list.prefix(n).count { relevant.contains($0) }) / Double(min(n, relevantCount))
    }

    /// Discounted gain of the hits over that of an ideal list of `min(n, relevant)` hits.
    public static func ndcg(_ list: [Int32], relevant: Set<Int32>, relevantCount: Int, at n: Int) -> Double {
        guard relevantCount > 0 else { return 0 }
        var gain = 0.0
        for (place, item) in list.prefix(n).enumerated() where relevant.contains(item) {
            gain += 1 / log2(Double(place + 2))
        }
        let ideal = (0..<min(n, relevantCount)).reduce(0.0) { $0 + 1 / log2(Double($1 + 2)) }
        return gain / ideal
    }

    /// One when the rank, from 1, is within n.
    public static func hit(rank: Int, at n: Int) -> Double { rank <= n ? 1 : 0 }

    /// `1 / rank` within n, else 0.
    public static func reciprocalRank(rank: Int, at n: Int) -> Double { rank <= n ? 1 / Double(rank) : 0 }

    /// The share of the catalogue that occurs in at least one list.
    public static func coverage(_ lists: [[Int32]], items: Int) -> Double {
        items == 0 ? 0 : Double(Set(lists.joined()).count) / Double(items)
    }
}
