import Anonymity
import Foundation
import Primitives
import Recommending

/// The prequential protocol of ``Prequential`` for personas: half-life one day, a = .2, the model anew each UTC day, HR@10.
/// Personas and item vectors are those of the first rows and stay; a member's persona is kept until another is much nearer.
/// The persona's candidates are those of the last full hour, as a cache would have them.
struct PersonaPrequential {
    struct Result {
        var personal = 0.0
        var popular = 0.0
        /// The device knows the candidates' popularity at their hour.
        var device = 0.0
        /// The device knows the order of the candidates alone, and takes 1 / place for popularity.
        var names = 0.0
    }

    let personas: PersonaSet
    /// How many interactions everyone's taste is worth, and the half-life of the persona's own counts in seconds.
    let strength: Double
    let halfLife: Double
    private static let weight = 0.2
    private static let candidates = 200

    func run(_ data: RatedRows, evaluating range: Range<Int>) -> Result {
        let items = data.items.count
        let start = data.rows.first?.time ?? 0
        let model = RP3Beta(neighbours: 100)
        var everyone = DecayedPopularity(items: items, halfLife: 86_400, start: start)
        var own = personas.counts.map { _ in DecayedPopularity(items: items, halfLife: halfLife, start: start) }
        var persona = [Int?](repeating: nil, count: data.users.count)
        var vectors = [[Int32]](
            repeating: [Int32](repeating: 0, count: personas.space.dimension), count: data.users.count)
        var histories = [[Int32]](repeating: [], count: data.users.count)
        var neighbours = ItemNeighbours(rows: [])
        var (day, hour) = (Int64.min, Int64.min)
        var frozen = everyone
        var frozenOwn = own
        var lists: [Int: [Int32]] = [:]
        var affinity = [Double](repeating: 0, count: items)
        var popular = affinity
        var isSeen = [Bool](repeating: false, count: items)
        var result = Result()
        for (index, row) in data.rows[..<range.upperBound].enumerated() {
            let user = Int(row.user)
            if index >= range.lowerBound {
                if row.time / 86_400 != day {
                    day = row.time / 86_400
                    neighbours = model.fit(
                        Interactions(Array(data.rows[..<index]), users: data.users.count, items: items))
                }
                if row.time / 3_600 != hour {
                    hour = row.time / 3_600
                    (frozen, frozenOwn, lists) = (everyone, own, [:])
                }
                for item in histories[user].suffix(Ranker.historyLimit) {
                    for entry in Int(neighbours.offsets[Int(item)])..<Int(neighbours.offsets[Int(item) + 1]) {
                        affinity[Int(neighbours.items[entry])] += Double(neighbours.weights[entry])
                    }
                }
                for item in histories[user] { isSeen[Int(item)] = true }
                let factor = everyone.factor(now: row.time)
                let target = Int(row.item)
                everyone.weights.withUnsafeBufferPointer { weights in
                    for item in 0..<items { popular[item] = weights[item] * factor + 1e-4 }
                }
                let place = persona[user] ?? personas.counts.count
                let list = lists[place] ?? candidates(place, frozen, frozenOwn, now: hour * 3_600)
                lists[place] = list
                // log p + a log q > log p' + a log q' is p q^a > p' q'^a: only what has an affinity needs the power.
                let unread = pow(1e-4, Self.weight)
                func personal(_ item: Int) -> Double {
                    popular[item] * (affinity[item] > 0 ? pow(affinity[item] + 1e-4, Self.weight) : unread)
                }
                let (bar, popularBar) = (personal(target), popular[target])
                var (rank, popularRank) = (1, 1)
                for item in 0..<items where !isSeen[item] {
                    if popular[item] > popularBar { popularRank += 1 }
                    if personal(item) > bar { rank += 1 }
                }
                result.personal += RankingMetrics.hit(rank: rank, at: 10)
                result.popular += RankingMetrics.hit(rank: popularRank, at: 10)
                if let at = list.firstIndex(of: row.item) {
                    let then = frozen.factor(now: hour * 3_600)
                    func device(_ item: Int32) -> Double {
                        (frozen.weights[Int(item)] * then + 1e-4) * pow(affinity[Int(item)] + 1e-4, Self.weight)
                    }
                    func named(_ place: Int) -> Double {
                        pow(affinity[Int(list[place])] + 1e-4, Self.weight) / Double(place + 1)
                    }
                    let (deviceBar, namedBar) = (device(row.item), named(at))
                    var (deviceRank, namedRank) = (1, 1)
                    for (place, item) in list.enumerated() where !isSeen[Int(item)] {
                        if device(item) > deviceBar { deviceRank += 1 }
                        if named(place) > namedBar { namedRank += 1 }
                    }
                    result.device += RankingMetrics.hit(rank: deviceRank, at: 10)
                    result.names += RankingMetrics.hit(rank: namedRank, at: 10)
                }
                for item in histories[user] {
                    isSeen[Int(item)] = false
                    for entry in Int(neighbours.offsets[Int(item)])..<Int(neighbours.offsets[Int(item) + 1]) {
                        affinity[Int(neighbours.items[entry])] = 0
                    }
                }
            }
            everyone.add(row.item, at: row.time)
            if let place = persona[user] { own[place].add(row.item, at: row.time) }
            histories[user].append(row.item)
            personas.space.add(item: Int(row.item), to: &vectors[user])
            persona[user] = personas.clustering.centroids.assign(history: vectors[user], current: persona[user])
        }
        let count = Double(max(1, range.count))
        result.personal /= count
        result.popular /= count
        result.device /= count
        result.names /= count
        return result
    }

    private func candidates(
        _ place: Int, _ everyone: DecayedPopularity, _ own: [DecayedPopularity], now: Int64
    ) -> [Int32] {
        // Shares of everyone do not depend on the factor.
        guard place < own.count else {
            return PersonaList(
                counts: everyone.weights.map { _ in 0 }, everyone: everyone.weights, strength: 1,
                limit: Self.candidates
            ).items
        }
        let factor = own[place].factor(now: now)
        return PersonaList(
            counts: own[place].weights.map { $0 * factor }, everyone: everyone.weights, strength: strength,
            limit: Self.candidates
        ).items
    }
}
