import Anonymity
import Foundation
import Primitives
import Recommending

/// How good recommendations are on each level of profiling: recall@20 and NDCG@100. Items that a member has are left out on
/// every level; a device knows them. What is chosen, such as how strongly everyone's taste smooths a persona's, is chosen on
/// train rows alone.
struct LevelEvaluation {
    /// How rows become train and test rows.
    enum Method: String, CaseIterable {
        /// The first 80 % train; popularity of now decides most.
        case time = "by time"
        /// A fifth of the items of members with ten or more is hidden, whenever they came: taste decides more.
        case hidden = "hidden items"

        /// Half-life of everyone's popularity.
        fileprivate var halfLife: Double { self == .time ? 2 * LevelEvaluation.day : .infinity }
        /// Of the persona's own counts: what validation chooses from.
        fileprivate var personaHalfLives: [Double] {
            self == .time ? [2 * LevelEvaluation.day, 14 * LevelEvaluation.day] : [.infinity]
        }
        /// The weight of affinity: what validation chooses from.
        fileprivate var weights: [Double] { self == .time ? [0.05] : [0.2, 0.5, 1, 2, 4, 8] }
    }

    struct Table {
        var method: Method
        /// Members whom the models learned from, and those who are tested.
        var members: Int
        var tested: Int
        var chosen: Choice
        fileprivate(set) var rows: [Row] = []
    }

    /// What validation chose: the weight of affinity, that of everyone's taste in interactions, and the persona's half-life
    /// in seconds.
    struct Choice {
        var weight = 0.05
        var strength = 100.0
        var halfLife = Double.infinity
    }

    struct Terms {
        var ks = [50, 100, 200, 500]
        /// The k whose personas the device re-ranks.
        var deviceKs = [100, 200]
        var epsilons = [1.0, 2, 4, 8, 16]
        /// Items of the released matrix.
        var matrixItems = 300
        var prequential = true
        var dimension = 32
        var seed: UInt64 = 1

        init() {}
    }

    struct Row {
        var level: String
        var k: Int?
        var epsilon: Double?
        var recall = 0.0
        var ndcg = 0.0
        var coverage = 0.0
        /// NDCG@100 over that of the personal level.
        var retained = 0.0
        /// The same, less what popularity alone has.
        var gainKept = 0.0
        /// ``retained`` of the quarters of members by taste, mainstream first.
        var quartiles: [Double] = []
        /// What the level costs in privacy: no figure of use stands without it.
        var privacy: String
        fileprivate(set) var perMember: [Double] = []
    }

    struct Hit {
        var model: String
        var k: Int?
        var hitRate: Double
        var retained: Double
        var privacy: String
    }

    private(set) var tables: [Table] = []
    private(set) var hits: [Hit] = []
    let seed: UInt64

    static let day = 86_400.0
    private static let listLength = 100
    private static let candidates = 200
    private static let kept = "the server keeps (member, item) pairs: no guarantee but erasure"

    /// - Throws: `CohortProblem` where there are fewer members than k.
    init(_ data: EvaluationData, terms: Terms = Terms(), progress: (String) -> Void = { _ in }) throws {
        seed = terms.seed
        for method in Method.allCases {
            progress(method.rawValue)
            tables.append(try Self.table(data.rows, method: method, terms: terms))
        }
        guard terms.prequential, let chosen = tables.first(where: { $0.method == .time })?.chosen else { return }
        progress("prequential")
        let train = data.rows.rows.count * 4 / 5
        let histories = try EvaluationData.histories(StaticSplit(data.rows, trainCount: train).train)
        let space = try PersonaSet.space(histories, dimension: terms.dimension, seed: terms.seed)
        for k in terms.deviceKs {
            let personas = try PersonaSet(histories, space: space, k: k, seed: terms.seed)
            let run = PersonaPrequential(personas: personas, strength: chosen.strength, halfLife: chosen.halfLife)
            let result = run.run(data.rows, evaluating: train..<data.rows.rows.count)
            let privacy = try Self.privacy(personas, histories, terms)
            func add(_ model: String, _ k: Int?, _ rate: Double, _ privacy: String) {
                hits.append(
                    Hit(
                        model: model, k: k, hitRate: rate, retained: rate / max(result.personal, 1e-9),
                        privacy: privacy))
            }
            if hits.isEmpty {
                add("personal", nil, result.personal, Self.kept)
                add("off", nil, result.popular, "nothing about the member")
            }
            add("persona + device, popularity of the list's hour", k, result.device, privacy + "; matrix exact")
            add("persona + device, names in order only", k, result.names, privacy + "; matrix exact")
        }
    }

    private static func split(_ rows: RatedRows, method: Method, seed: UInt64) -> StaticSplit {
        guard method == .hidden else { return StaticSplit(rows, trainCount: rows.rows.count * 4 / 5) }
        var random = Xoshiro256(seed: SplitMix64.seed(seed, 3))
        let own = Dictionary(grouping: rows.rows.indices, by: { rows.rows[$0].user }).sorted { $0.key < $1.key }
        let able = own.filter { $0.value.count >= 10 }.shuffled(using: &random).prefix(1_000)
        let hidden = Set(able.flatMap { $0.value.shuffled(using: &random).prefix($0.value.count / 5) })
        let end = (rows.rows.last?.time ?? 0) + 1
        let moved = RatedRows(
            rows.rows.indices.map { index in
                let row = rows.rows[index]
                return (
                    rows.users[Int(row.user)], rows.items[Int(row.item)], hidden.contains(index) ? end : row.time
                )
            })
        return StaticSplit(moved, trainCount: rows.rows.count - hidden.count)
    }

    private static func table(_ rows: RatedRows, method: Method, terms: Terms) throws -> Table {
        let split = split(rows, method: method, seed: terms.seed)
        let histories = try EvaluationData.histories(split.train)
        let space = try PersonaSet.space(histories, dimension: terms.dimension, seed: terms.seed)
        let members = (0..<histories.count).count { !histories[$0].isEmpty }
        let chosen = try choose(rows, split, method: method, terms: terms)
        var table = Table(method: method, members: members, tested: split.testUsers.count, chosen: chosen)
        let popularity = split.popularity(halfLife: method.halfLife)
        let now = split.trainRows.last?.time ?? 0
        let neighbours = RP3Beta().fit(split.train)
        let personal = Ranker(neighbours: neighbours, popularity: popularity, weight: chosen.weight)
        table.add("off", split, "nothing about the member", split.lists(popularity, now: now, at: listLength))
        for last in [3, 5] {
            table.add(
                "session, last \(last) items", split, "this visit, in memory only",
                lists(split) { history, scratch in
                    // Left out is all that the member has, though the last few alone speak.
                    personal.recommend(
                        history: history.suffix(last), excluding: Array(history), limit: listLength, now: now,
                        scratch: &scratch)
                })
        }
        table.add("personal", split, kept, split.lists(personal, now: now, at: listLength))
        let delta = PrivacyEvaluation.delta(members: members)
        for k in Set(terms.ks + terms.deviceKs).sorted() {
            let personas = try PersonaSet(histories, space: space, k: k, seed: terms.seed)
            let privacy = try privacy(personas, histories, terms)
            let offers = offers(personas, split, popularity, chosen, limit: candidates)
            table.add(
                "persona list", split, privacy,
                split.testUsers.map { user in
                    let has = Set(split.train[Int(user)])
                    return Array(
                        offer(offers, personas.clustering.assignment[Int(user)]).lazy
                            .filter { !has.contains($0) }.prefix(listLength))
                }, k: k)
            guard terms.deviceKs.contains(k) else { continue }
            func device(_ matrix: ItemNeighbours) -> [[Int32]] {
                let ranker = DeviceRanker(matrix: matrix, weight: chosen.weight)
                return split.testUsers.map { user in
                    ranker.rank(
                        offer(offers, personas.clustering.assignment[Int(user)]), history: split.train[Int(user)],
                        popularity: popularity.weights, factor: popularity.factor(now: now), limit: listLength)
                }
            }
            table.add(
                "persona + device, matrix without noise", split, privacy + "; matrix exact: tracing as unprotected",
                device(neighbours), k: k)
            var traced = PrivacyEvaluation.Terms()
            traced.epsilons = terms.epsilons
            traced.seed = terms.seed
            let tracing = try PrivacyEvaluation.tracing(personas, histories, terms: traced)
            // The lists of all personas are public, and the matrix is of the items that head them.
            let items = matrixItems(offers, limit: terms.matrixItems)
            for (place, epsilon) in terms.epsilons.enumerated() {
                let rho = PrivacyEvaluation.rho(epsilon: epsilon, delta: delta)
                var random = Xoshiro256(seed: SplitMix64.seed(terms.seed, 5, UInt64(k), UInt64(place)))
                let matrix = try ReleasedMatrix.make(split.train, items: items, rho: rho, using: &random)
                table.add(
                    "persona + device, released matrix", split,
                    privacy
                        + String(
                            format: "; ρ %.4f, δ %.1e, N %d: tracing AUC %.3f, bound %.3f, unprotected %.3f",
                            Double(rho) / 10_000, delta, members, tracing[place].measured,
                            PrivacyAccountant.largestAUC(rho: Double(rho) / 10_000), tracing[place].unprotected ?? 0),
                    device(matrix), k: k, epsilon: epsilon)
            }
        }
        table.compare(split)
        return table
    }

    private static func lists(
        _ split: StaticSplit, _ recommend: (ArraySlice<Int32>, inout Ranker.Scratch) -> Void
    ) -> [[Int32]] {
        var scratch = Ranker.Scratch()
        return split.testUsers.map { user in
            recommend(split.train[Int(user)], &scratch)
            return scratch.results.map(\.item)
        }
    }

    /// The privacy figures of a k: groups, sequences, linkage.
    private static func privacy(_ personas: PersonaSet, _ histories: SparseRows, _ terms: Terms) throws -> String {
        var attack = PrivacyEvaluation.Terms()
        attack.seed = terms.seed
        attack.knownItems = [4]
        attack.withoutMostPopular = 0
        let sequences = try PrivacyEvaluation.sequences(personas, histories)
        let linkage = try PrivacyEvaluation.linkage(personas, histories, terms: attack).first
        let below = personas.k < ClusteringTerms.leastPublicK ? " (k below 100 is never shipped)" : ""
        return "smallest group \(personas.publication.groups.min() ?? 0)\(below), "
            + String(
                format: "sequences below 50: %.3f, unique: %.3f, linkage by 4 items: %.4f (bare rows %.3f)",
                sequences[0].measured, sequences[1].measured, linkage?.measured ?? 0, linkage?.unprotected ?? 0)
    }

    /// Each persona's list, and last that of everyone. Counts fade, as popularity does.
    private static func offers(
        _ personas: PersonaSet, _ split: StaticSplit, _ popularity: DecayedPopularity,
        _ chosen: Choice, limit: Int
    ) -> [[Int32]] {
        var own = personas.counts.map { _ in
            DecayedPopularity(
                items: split.train.items, halfLife: chosen.halfLife, start: split.trainRows.first?.time ?? 0)
        }
        for row in split.trainRows {
            let persona = personas.clustering.assignment[Int(row.user)]
            if persona >= 0 { own[Int(persona)].add(row.item, at: row.time) }
        }
        let now = split.trainRows.last?.time ?? 0
        return own.map { counts in
            let factor = counts.factor(now: now)
            return PersonaList(
                counts: counts.weights.map { $0 * factor }, everyone: popularity.weights, strength: chosen.strength,
                limit: limit
            ).items
        } + [
            PersonaList(
                counts: popularity.weights.map { _ in 0 }, everyone: popularity.weights, strength: 1, limit: limit
            ).items
        ]
    }

    private static func offer(_ offers: [[Int32]], _ persona: Int32) -> [Int32] {
        offers[persona >= 0 ? Int(persona) : offers.count - 1]
    }

    /// The items that stand highest in the lists of most personas.
    private static func matrixItems(_ offers: [[Int32]], limit: Int) -> [Int32] {
        var places: [Int32: Double] = [:]
        for offer in offers {
            for (place, item) in offer.enumerated() { places[item, default: 0] += 1 / Double(place + 1) }
        }
        return Array(places.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key))
    }

    /// On train rows alone, split once more in the same way.
    private static func choose(
        _ rows: RatedRows, _ split: StaticSplit, method: Method, terms: Terms
    ) throws -> Choice {
        // Numbers will do for names: what is compared is the same.
        let inner = Self.split(
            RatedRows(split.trainRows.map { (String($0.user), String($0.item), $0.time) }), method: method,
            seed: terms.seed &+ 1)
        let histories = try EvaluationData.histories(inner.train)
        let space = try PersonaSet.space(histories, dimension: terms.dimension, seed: terms.seed)
        let personas = try PersonaSet(histories, space: space, k: terms.deviceKs.min() ?? 100, seed: terms.seed)
        let popularity = inner.popularity(halfLife: method.halfLife)
        let now = inner.trainRows.last?.time ?? 0
        var choice = Choice()
        var best = -1.0
        for halfLife in method.personaHalfLives {
            for strength in [10.0, 100, 1_000, 10_000] {
                let tried = Choice(strength: strength, halfLife: halfLife)
                let offers = offers(personas, inner, popularity, tried, limit: candidates)
                let quality = inner.quality(
                    inner.testUsers.map { user in
                        let has = Set(inner.train[Int(user)])
                        return offer(offers, personas.clustering.assignment[Int(user)]).filter { !has.contains($0) }
                    }, at: listLength
                ).ndcg
                if quality > best { (best, choice) = (quality, tried) }
            }
        }
        guard method.weights.count > 1 else {
            choice.weight = method.weights[0]
            return choice
        }
        let neighbours = RP3Beta().fit(inner.train)
        best = -1
        for weight in method.weights {
            let ranker = Ranker(neighbours: neighbours, popularity: popularity, weight: weight)
            let quality = inner.quality(inner.lists(ranker, now: now, at: listLength), at: listLength).ndcg
            if quality > best { (best, choice.weight) = (quality, weight) }
        }
        return choice
    }
}

extension LevelEvaluation.Table {
    fileprivate mutating func add(
        _ level: String, _ split: StaticSplit, _ privacy: String, _ lists: [[Int32]], k: Int? = nil,
        epsilon: Double? = nil
    ) {
        var row = LevelEvaluation.Row(level: level, k: k, epsilon: epsilon, privacy: privacy)
        row.recall = split.quality(lists, at: 20).recall
        row.coverage = split.quality(lists.map { Array($0.prefix(20)) }, at: 20).coverage
        row.perMember = zip(lists, split.relevant).map {
            RankingMetrics.ndcg($0, relevant: $1, relevantCount: $1.count, at: 100)
        }
        row.ndcg = row.perMember.reduce(0, +) / Double(max(1, row.perMember.count))
        rows.append(row)
    }

    /// Fills in what compares a level with `personal` and `off`.
    fileprivate mutating func compare(_ split: StaticSplit) {
        guard let best = rows.first(where: { $0.level == "personal" }),
            let least = rows.first(where: { $0.level == "off" })
        else { return }
        let frequencies = split.train.columns.reduce(into: [Int32: Int]()) { $0[$1, default: 0] += 1 }
        let taste = split.testUsers.map { user in
            let history = split.train[Int(user)]
            return history.reduce(0.0) { $0 + log(Double(frequencies[$1] ?? 1)) } / Double(max(1, history.count))
        }
        let order = taste.indices.sorted { (-taste[$0], $0) < (-taste[$1], $1) }
        let quarters = (0..<4).map { order[(order.count * $0 / 4)..<(order.count * ($0 + 1) / 4)] }
        for index in rows.indices {
            rows[index].retained = rows[index].ndcg / max(best.ndcg, 1e-9)
            let gain = best.ndcg - least.ndcg
            rows[index].gainKept = abs(gain) > 1e-9 ? (rows[index].ndcg - least.ndcg) / gain : 0
            rows[index].quartiles = quarters.map { quarter in
                let own = quarter.reduce(0.0) { $0 + rows[index].perMember[$1] }
                return own / max(quarter.reduce(0.0) { $0 + best.perMember[$1] }, 1e-9)
            }
        }
    }
}

/// What the member's device does with the persona's list: the ranking of ``Ranker``, over the candidates alone.
struct DeviceRanker {
    let matrix: ItemNeighbours
    let weight: Double

    /// - Parameter factor: turns weights of popularity into popularity.
    func rank(
        _ candidates: [Int32], history: ArraySlice<Int32>, popularity: [Double], factor: Double, limit: Int
    ) -> [Int32] {
        var affinity: [Int32: Double] = [:]
        for item in history.suffix(Ranker.historyLimit) where Int(item) < matrix.count {
            for entry in Int(matrix.offsets[Int(item)])..<Int(matrix.offsets[Int(item) + 1]) {
                affinity[matrix.items[entry], default: 0] += Double(matrix.weights[entry])
            }
        }
        let has = Set(history)
        return candidates.filter { !has.contains($0) }.enumerated().map { place, item in
            (
                score: log(popularity[Int(item)] * factor + 1e-4) + weight * log((affinity[item] ?? 0) + 1e-4),
                place: place, item: item
            )
        }
        .sorted { (-$0.score, $0.place) < (-$1.score, $1.place) }.prefix(limit).map(\.item)
    }
}

/// An item-item matrix with member-level differential privacy: each member adds its pairs as one vector of length 1, and
/// every cell of a public list of items gets noise, so that which cells there are tells nothing. All after the noise is
/// arithmetic on what is published.
enum ReleasedMatrix {
    /// How many of a member's last items make pairs.
    static let lastItems = 30

    /// - Parameters:
    ///   - items: the public list.
    ///   - rho: of the whole release, in ten-thousandths.
    static func make(
        _ interactions: Interactions, items: [Int32], rho: UInt64, using random: inout Xoshiro256
    ) throws -> ItemNeighbours {
        let size = items.count
        let places = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) })
        var sums = [Double](repeating: 0, count: size * size)
        for user in 0..<interactions.users {
            let held = interactions[user].compactMap { places[$0] }.suffix(lastItems).sorted()
            guard held.count > 1 else { continue }
            var pairs: [Int32: UInt32] = [:]
            for (index, first) in held.enumerated() {
                for second in held[(index + 1)...] { pairs[Int32(first * size + second)] = 1 }
            }
            for (pair, units) in BoundedContribution(pairs, partitionsPerMember: pairs.count).units {
                sums[Int(pair)] += Double(units)
            }
        }
        let noise = try PrivacyEvaluation.noise(rho: rho)
        let deviation = Double(BoundedContribution<Int32>.norm) / (2 * Double(rho) / 10_000).squareRoot()
        var totals = [Double](repeating: 0, count: size)
        for first in 0..<size {
            for second in (first + 1)..<max(size, first + 1) {
                let noisy = sums[first * size + second] + Double(noise.sample(using: &random))
                // Below two deviations it is noise as likely as not.
                let kept = noisy > 2 * deviation ? noisy : 0
                sums[first * size + second] = kept
                sums[second * size + first] = kept
                totals[first] += kept
                totals[second] += kept
            }
        }
        var rows = [[(item: Int32, weight: Float)]](repeating: [], count: interactions.items)
        for first in 0..<size {
            // Popular items are held back, as RP3beta does.
            let row = (0..<size).filter { $0 != first && sums[first * size + $0] > 0 }
                .map { (item: items[$0], weight: sums[first * size + $0] * pow(totals[$0], -0.4)) }
            let total = row.reduce(0) { $0 + $1.weight }
            rows[Int(items[first])] = row.map { ($0.item, Float($0.weight / total)) }
        }
        return ItemNeighbours(rows: rows)
    }
}
