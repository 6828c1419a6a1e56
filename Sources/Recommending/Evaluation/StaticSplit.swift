import Foundation

/// Train on what came first, test on what came after, for users with both.
public struct StaticSplit: Sendable {
    public struct Quality: Sendable, Hashable {
        public var recall: Double
        public var ndcg: Double
        public var coverage: Double
    }

    /// Train rows; the matrix has all users and items, those of the test rows too.
    public let train: Interactions
    public let trainRows: [Interaction]
    /// The users who have train and test rows.
    public let testUsers: [Int32]
    /// What each of ``testUsers`` took up afterwards, train items and unknown ones included.
    public let relevant: [Set<Int32>]
    private let items: Int

    /// - Parameter trainCount: how many of the first rows train.
    public init(_ data: RatedRows, trainCount: Int) {
        trainRows = Array(data.rows[..<trainCount])
        items = data.items.count
        train = Interactions(trainRows, users: data.users.count, items: items)
        var later: [Int32: Set<Int32>] = [:]
        for row in data.rows[trainCount...] { later[row.user, default: []].insert(row.item) }
        testUsers = later.keys.sorted().filter { [train] in !train[Int($0)].isEmpty }
        relevant = testUsers.map { later[$0] ?? [] }
    }

    /// - Parameter lists: one per test user, in their order.
    public func quality(_ lists: [[Int32]], at n: Int = 10) -> Quality {
        var (recall, ndcg) = (0.0, 0.0)
        for (list, relevant) in zip(lists, relevant) {
            recall += RankingMetrics.recall(list, relevant: relevant, relevantCount: relevant.count, at: n)
            ndcg += RankingMetrics.ndcg(list, relevant: relevant, relevantCount: relevant.count, at: n)
        }
        let count = Double(max(1, lists.count))
        return Quality(
            recall: recall / count, ndcg: ndcg / count, coverage: RankingMetrics.coverage(lists, items: items))
    }

    /// Lists by popularity alone.
    public func lists(_ popularity: DecayedPopularity, now: Int64, at n: Int = 10) -> [[Int32]] {
        let ranker = Ranker(neighbours: ItemNeighbours(rows: []), popularity: popularity, weight: 0)
        return lists(ranker, now: now, at: n)
    }

    /// Lists of a ranker, one thread.
    public func lists(_ ranker: Ranker, now: Int64, at n: Int = 10) -> [[Int32]] {
        var scratch = Ranker.Scratch()
        return testUsers.map { user in
            ranker.recommend(history: train[Int(user)], limit: n, now: now, scratch: &scratch)
            return scratch.results.map(\.item)
        }
    }

    /// Lists by affinity alone: the sum of all rows of the user's train items.
    public func lists(_ neighbours: ItemNeighbours, at n: Int = 10) -> [[Int32]] {
        var sums = [Float](repeating: 0, count: items)
        var top = TopSelection()
        return testUsers.map { user in
            for item in train[Int(user)] {
                for index in Int(neighbours.offsets[Int(item)])..<Int(neighbours.offsets[Int(item) + 1]) {
                    sums[Int(neighbours.items[index])] += neighbours.weights[index]
                }
            }
            for item in train[Int(user)] { sums[Int(item)] = -.infinity }
            top.removeAll()
            for item in 0..<items {
                top.append(size: sums[item], item: Int32(item))
                sums[item] = 0
            }
            top.keep(n)
            return (0..<top.count).map { top[$0].item }
        }
    }

    /// Counts of the train rows, decayed.
    public func popularity(halfLife: Double, since start: Int64 = .min) -> DecayedPopularity {
        var popularity = DecayedPopularity(items: items, halfLife: halfLife, start: trainRows.first?.time ?? 0)
        for row in trainRows where row.time > start { popularity.add(row.item, at: row.time) }
        return popularity
    }
}
