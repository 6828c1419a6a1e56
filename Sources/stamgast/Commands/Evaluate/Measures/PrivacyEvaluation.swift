import Anonymity
import Foundation
import Primitives
import Recommending

/// The guarantees of persona mode, measured as attacks on data that anyone can have, each beside what the same attack does
/// without protection. Pure: rows and a seed give the same table everywhere.
struct PrivacyEvaluation {
    struct Terms {
        /// The smallest groups to measure.
        var ks = [100, 200]
        /// Genres that count as sensitive, in the words of the data.
        var sensitive = ["horror", "romance", "war"]
        var epsilons = [1.0, 2, 4, 8, 16]
        /// Members whom linkage attacks.
        var linkageTrials = 1_000
        /// Items that the attacker knows.
        var knownItems = [2, 4, 8, 16]
        /// The popular items that it does not get to know in the second half of the attack.
        var withoutMostPopular = 100
        /// Personas on which the tracing attack is carried out, each against noise drawn anew.
        var tracedCohorts = 24
        /// Draws for each input and vote.
        var voteDraws = 2_500
        /// Items that a member must have to take part in the membership attack.
        var leastHistory = 10
        var shadowSeeds = 3
        var dimension = 32
        var seed: UInt64 = 1

        init() {}
    }

    /// One measurement of a guarantee.
    struct Row {
        enum Bound {
            case atMost(Double)
            case atLeast(Double)
            /// For comparison; it neither passes nor fails.
            case none
        }

        var guarantee: String
        var k: Int?
        var measure: String
        var measured: Double
        var standardError: Double?
        var bound: Bound
        /// What the same attack or count does without protection.
        var unprotected: Double?

        var passes: Bool? {
            switch bound {
            case .atMost(let limit): measured <= limit
            case .atLeast(let limit): measured >= limit
            case .none: nil
            }
        }
    }

    let members: Int
    let items: Int
    let interactions: Int
    let seed: UInt64
    private(set) var rows: [Row] = []
    /// Seconds of each part.
    private(set) var seconds: [(part: String, seconds: Double)] = []

    private let terms: Terms
    private let data: EvaluationData
    private let histories: SparseRows

    /// - Throws: `CohortProblem` where there are fewer members than k.
    init(_ data: EvaluationData, terms: Terms = Terms(), progress: (String) -> Void = { _ in }) throws {
        let matrix = Interactions(
            data.rows.rows, users: data.rows.users.count, items: data.rows.items.count)
        histories = try EvaluationData.histories(matrix)
        (members, items, interactions) = (matrix.users, matrix.items, data.rows.rows.count)
        (self.data, self.terms, seed) = (data, terms, terms.seed)
        var spent: [(part: String, seconds: Double)] = []
        defer { seconds = spent }
        func time<Result>(_ part: String, _ work: () throws -> Result) rethrows -> Result {
            let start = ContinuousClock.now
            let result = try work()
            spent.append((part, (ContinuousClock.now - start) / .seconds(1)))
            return result
        }
        let space = try time("vectors of items") {
            try PersonaSet.space(histories, dimension: terms.dimension, seed: terms.seed)
        }
        for k in terms.ks {
            progress("k = \(k)")
            let personas = try time("personas, k = \(k)") {
                try PersonaSet(histories, space: space, k: k, seed: terms.seed)
            }
            rows += try time("G2, k = \(k)") { try groups(personas) }
            rows += try time("G3, k = \(k)") { try closeness(personas) }
            rows += try time("G4 tracing, k = \(k)") { try Self.tracing(personas, histories, terms: terms) }
            rows += try time("G5, k = \(k)") { try Self.sequences(personas, histories) }
            rows += try time("G6, k = \(k)") { try Self.linkage(personas, histories, terms: terms) }
            rows += try time("G8, k = \(k)") { try timeJoin(personas) }
        }
        progress("releases")
        rows += try time("G4 weekly release") { try weeklyRelease() }
        rows += try time("G4 nine votes") { try nineVotes() }
        progress("membership")
        rows += try time("G7") { try membership() }
        rows = rows.enumerated().sorted { ($0.element.guarantee, $0.offset) < ($1.element.guarantee, $1.offset) }
            .map(\.element)
    }
}

// MARK: - G2: k

extension PrivacyEvaluation {
    private func groups(_ personas: PersonaSet) throws -> [Row] {
        var rows: [Row] = []
        let k = personas.k
        let bare = try PersonaSet(histories, space: personas.space, k: k, seed: seed, guarded: false)
        let groups = personas.publication.groups
        rows.append(
            Row(
                guarantee: "G2", k: k, measure: "smallest group that is published (\(groups.count) groups)",
                measured: Double(groups.min() ?? 0), bound: .atLeast(Double(k)),
                unprotected: Double(bare.counts.min() ?? 0)))
        let large = bare.counts.filter { $0 >= 2 * k }.reduce(0, +)
        rows.append(
            Row(
                guarantee: "G2", k: k, measure: "share of members in groups of 2k or more",
                measured: personas.publication.shareInLargeGroups, bound: .atLeast(0.98),
                unprotected: Double(large) / Double(max(1, bare.counts.reduce(0, +)))))
        rows.append(
            Row(
                guarantee: "G2", k: k, measure: "members whose history says nothing: they have no persona",
                measured: Double(histories.count - personas.counts.reduce(0, +)), bound: .none, unprotected: nil))
        // A slice of a persona (here: who has more than five items) is published only where the rest of the persona has
        // k, too; and everyone less any one group must leave k.
        var slices = personas.counts.map { _ in 0 }
        for member in 0..<histories.count where histories[member].count > 5 {
            let persona = personas.clustering.assignment[member]
            if persona >= 0 { slices[Int(persona)] += 1 }
        }
        let cells = zip(personas.counts, slices).map { min($1, $0 - $1) }
        let total = groups.reduce(0, +)
        let shown = cells.filter { $0 >= k } + (groups.count > 1 ? groups.map { total - $0 } : [])
        rows.append(
            Row(
                guarantee: "G2", k: k,
                measure: "smallest slice or complement that differences of what is published isolate",
                measured: Double(shown.min() ?? total), bound: .atLeast(Double(k)),
                unprotected: Double(cells.min() ?? 0)))
        return rows
    }
}

// MARK: - G3: t-closeness

extension PrivacyEvaluation {
    private func closeness(_ personas: PersonaSet) throws -> [Row] {
        var rows: [Row] = []
        let flags = try sensitiveFlags()
        guard flags.itemCount > 0 else { return [] }
        let assignment = personas.clustering.assignment
        let all = try Closeness(categories: flags, assignment: assignment, personas: personas.counts.count)
        // Those of violating personas get the generic one, last.
        let generic = Int32(personas.counts.count)
        let violating = Set(all.violating.map(Int32.init))
        let shown = ContiguousArray(assignment.map { violating.contains($0) ? generic : $0 })
        let kept = try Closeness(categories: flags, assignment: shown, personas: personas.counts.count + 1)
        let moved = shown.count { $0 == generic }
        let bound = Row.Bound.atMost(Closeness.threshold)
        rows.append(
            Row(
                guarantee: "G3", k: personas.k, measure: "largest gap of a persona that is shown",
                measured: kept.gaps.dropLast().max() ?? 0, bound: bound, unprotected: all.gaps.max()))
        rows.append(
            Row(
                guarantee: "G3", k: personas.k, measure: "gap of those who get the generic persona instead",
                measured: kept.gaps.last ?? 0, bound: bound, unprotected: nil))
        rows.append(
            Row(
                guarantee: "G3", k: personas.k, measure: "share of members who get the generic persona",
                measured: Double(moved) / Double(max(1, members)), bound: .none, unprotected: 0))
        return rows
    }

    /// A member has a sensitive genre when its share of the member's films is in the top tenth of all members.
    private func sensitiveFlags() throws -> SparseRows {
        let chosen = terms.sensitive.compactMap { name in data.genres.firstIndex(of: name).map(Int32.init) }
        var flags = [[Int32]](repeating: [], count: histories.count)
        for (category, genre) in chosen.enumerated() {
            let shares = (0..<histories.count).map { member in
                let films = histories[member]
                return Double(films.count { data.genresOf[Int($0)].contains(genre) }) / Double(max(1, films.count))
            }
            let bar = shares.sorted()[shares.count * 9 / 10]
            for member in shares.indices where shares[member] >= bar && shares[member] > 0 {
                flags[member].append(Int32(category))
            }
        }
        return try SparseRows(flags, itemCount: chosen.count)
    }
}

// MARK: - G4: differential privacy

extension PrivacyEvaluation {
    /// δ of N members: 1 / N^1.5.
    static func delta(members: Int) -> Double { 1 / pow(Double(max(2, members)), 1.5) }

    /// The largest ρ, in ten-thousandths, that costs at most ε.
    static func rho(epsilon: Double, delta: Double) -> UInt64 {
        var (low, high): (UInt64, UInt64) = (1, 1_000_000)
        while low < high {
            let middle = (low + high + 1) / 2
            if PrivacyAccountant.epsilon(rho: Double(middle) / 10_000, delta: delta) <= epsilon {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return low
    }

    /// The noise of ρ ten-thousandths in units of ``BoundedContribution``.
    static func noise(rho: UInt64) throws -> DiscreteGaussian {
        let norm = BoundedContribution<Int32>.norm
        return try DiscreteGaussian(variance: Ratio(norm * norm * 10_000, 2 * rho))
    }

    /// Half of a persona's members take part in a release of all its items' counts, half do not; the attacker knows
    /// everyone's items and tells which half a member is in. Two attackers: the likelihood ratio of Gaussian noise, and
    /// ``Tracing``; the better one counts.
    static func tracing(_ personas: PersonaSet, _ histories: SparseRows, terms: Terms) throws -> [Row] {
        let delta = Self.delta(members: histories.count)
        var random = Xoshiro256(seed: SplitMix64.seed(terms.seed, 4, UInt64(personas.k)))
        let order = personas.counts.indices.sorted { personas.counts[$0] < personas.counts[$1] }
        let cohorts = order.prefix(terms.tracedCohorts).map { persona in
            (0..<histories.count).filter { personas.clustering.assignment[$0] == Int32(persona) }
                .shuffled(using: &random)
        }
        var exact: [Double] = []
        var noisy = terms.epsilons.map { _ in [[Double]](repeating: [], count: 2) }
        for cohort in cohorts {
            let half = cohort.count / 2
            let (inside, outside) = (
                histories.selecting(Array(cohort[..<half])), histories.selecting(Array(cohort[half...]))
            )
            let population = histories.selecting(cohort).frequencies()
            exact.append(
                Tracing.attack(
                    published: Tracing.exactCounts(of: inside), cohort: inside, others: outside,
                    population: population, members: cohort.count
                ).auc)
            let (own, other) = (contributions(inside), contributions(outside))
            var sums = [Double](repeating: 0, count: histories.itemCount)
            var mean = sums
            for row in own {
                for (item, units) in row {
                    sums[Int(item)] += units
                    mean[Int(item)] += units / Double(cohort.count)
                }
            }
            for row in other { for (item, units) in row { mean[Int(item)] += units / Double(cohort.count) } }
            let held = population.indices.filter { population[$0] > 0 }
            for (place, epsilon) in terms.epsilons.enumerated() {
                let noise = try Self.noise(rho: Self.rho(epsilon: epsilon, delta: delta))
                var published = sums
                for item in held { published[item] += Double(noise.sample(using: &random)) }
                func score(_ rows: [[(Int32, Double)]]) -> [Double] {
                    rows.map { row in
                        row.reduce(0.0) {
                            $0 + $1.1 * (published[Int($1.0)] - Double(half) * mean[Int($1.0)])
                        }
                    }
                }
                noisy[place][0].append(Roc(members: score(own), others: score(other)).auc)
                noisy[place][1].append(
                    Tracing.attack(
                        published: published.map { $0 / Double(BoundedContribution<Int32>.norm) }, cohort: inside,
                        others: outside, population: population, members: cohort.count
                    ).auc)
            }
        }
        let bare = mean(exact).mean
        return terms.epsilons.enumerated().map { place, epsilon in
            let rho = Double(Self.rho(epsilon: epsilon, delta: delta)) / 10_000
            let best = noisy[place].map(mean).max { $0.mean < $1.mean } ?? (0.5, 0)
            return Row(
                guarantee: "G4", k: personas.k,
                measure: "tracing AUC at ε = \(number(epsilon)), ρ = \(rho), δ = \(scientific(delta)), N = "
                    + "\(histories.count); bound Φ(√ρ) = \(number(PrivacyAccountant.largestAUC(rho: rho)))",
                measured: best.mean, standardError: best.error,
                bound: .atMost(PrivacyAccountant.largestAUC(rho: rho) + 3 * best.error), unprotected: bare)
        }
    }

    private static func contributions(_ rows: SparseRows) -> [[(Int32, Double)]] {
        (0..<rows.count).map { row in
            let weights = Dictionary(uniqueKeysWithValues: rows[row].map { ($0, UInt32(1)) })
            return BoundedContribution(weights, partitionsPerMember: weights.count).units.map {
                ($0.key, Double($0.units))
            }
        }
    }

    /// The weekly release as it is shipped: ρ of .005 for the noise, as much for the selection.
    private func weeklyRelease() throws -> [Row] {
        var rows: [Row] = []
        let delta = Self.delta(members: members)
        var random = Xoshiro256(seed: SplitMix64.seed(seed, 41))
        let terms = try ReleaseTerms(
            rho: Ratio(49, 10_000),
            selection: PartitionSelection(
                epsilon: 0.1, delta: delta, partitionsPerMember: 3, minimum: self.terms.ks.min() ?? 100))
        let cost = try terms.cost
        rows.append(
            Row(
                guarantee: "G4", k: nil, measure: "ρ of a weekly release, selection included",
                measured: cost.rho, bound: .atMost(0.01), unprotected: nil))
        rows.append(
            Row(
                guarantee: "G4", k: nil,
                measure: "ε of a year of weekly releases at δ = \(Self.scientific(delta)), ρ = "
                    + Self.number(52 * cost.rho),
                measured: PrivacyAccountant.epsilon(rho: 52 * cost.rho, delta: delta), bound: .none,
                unprotected: nil))
        var areas: [Double] = []
        var bare: [Double] = []
        var published = 0
        let population = histories.frequencies()
        for _ in 0..<4 {
            let order = (0..<members).shuffled(using: &random)
            let (inside, outside) = (
                histories.selecting(Array(order[..<(members / 2)])), histories.selecting(Array(order[(members / 2)...]))
            )
            let release = try Release.release(
                contributions: (0..<inside.count).map { row in
                    Dictionary(uniqueKeysWithValues: inside[row].suffix(3).map { ($0, UInt32(1)) })
                }, terms: terms, paid: cost, using: &random)
            published += release.cells.count
            var counts = [Double](repeating: 0, count: items)
            for cell in release.cells { counts[Int(cell.key)] = cell.members }
            func area(_ counts: [Double]) -> Double {
                Tracing.attack(
                    published: counts, cohort: inside, others: outside, population: population, members: members
                ).auc
            }
            areas.append(area(counts))
            bare.append(area(Tracing.exactCounts(of: inside)))
        }
        let (mean, error) = Self.mean(areas)
        rows.append(
            Row(
                guarantee: "G4", k: nil,
                measure: "tracing AUC on a weekly release (\(published / 4) items of \(items) published)",
                measured: mean, standardError: error,
                bound: .atMost(PrivacyAccountant.largestAUC(rho: cost.rho) + 3 * error),
                unprotected: Self.mean(bare).mean))
        return rows
    }

    /// Google's stochastic test on ``Release`` itself, majority of nine: δ' of the promised ε against neighbours.
    private func nineVotes() throws -> [Row] {
        var rows: [Row] = []
        let (right, wrong) = (try votes(Ratio(1, 2)), try votes(Ratio(6_903, 10_000)))
        rows.append(
            Row(
                guarantee: "G4", k: nil,
                measure: "votes of nine that accept a release; unprotected: sensitivity understated by 17.5 %",
                measured: Double(right), bound: .atLeast(5), unprotected: Double(wrong)))
        return rows
    }

    private func votes(_ rho: Ratio) throws -> Int {
        // Certain from three members on, so that the noise alone is judged.
        let release = try ReleaseTerms(rho: rho, selection: PartitionSelection(epsilon: 8, delta: 0.3))
        let cost = try release.cost
        var accepted = 0
        for vote in 0..<9 {
            var random = Xoshiro256(seed: SplitMix64.seed(seed, 49, UInt64(vote)))
            func shares(_ members: Int) throws -> [Int64: Double] {
                let contributions = (0..<terms.voteDraws).flatMap { topic in
                    repeatElement([topic: UInt32(5)], count: members)
                }
                return try Release.release(contributions: contributions, terms: release, paid: cost, using: &random)
                    .cells.reduce(into: [:]) { $0[$1.units >> 9, default: 0] += 1 / Double(terms.voteDraws) }
            }
            let (with, without) = (try shares(4), try shares(3))
            // ρ = 1/2 promises σ = 1, whose exact δ at ε = 1 is 0.1269; the tolerance is that of 2,500 draws.
            let delta = with.sorted { $0.key < $1.key }
                .reduce(0) { $0 + max(0, $1.value - exp(1) * (without[$1.key] ?? 0)) }
            if delta < 0.1269 + 0.035 { accepted += 1 }
        }
        return accepted
    }
}

// MARK: - G5 and G6: sequences and linkage

extension PrivacyEvaluation {
    /// Histories that grow from 40 % to all over five periods, on fixed centres.
    static func sequences(_ personas: PersonaSet, _ histories: SparseRows) throws -> [Row] {
        func replay(_ margin: Centroids.Margin?) throws -> Sequences {
            var current = [Int?](repeating: nil, count: histories.count)
            var periods: [ContiguousArray<Int32>] = []
            for share in [40, 55, 70, 85, 100] {
                for member in 0..<histories.count {
                    let items = histories[member]
                    var vector = [Int32](repeating: 0, count: personas.space.dimension)
                    for item in items.prefix((items.count * share + 99) / 100) {
                        personas.space.add(item: Int(item), to: &vector)
                    }
                    current[member] = personas.clustering.centroids.assign(
                        history: vector, current: margin == nil ? nil : current[member],
                        margin: margin ?? .standard)
                }
                periods.append(ContiguousArray(current.map { Int32($0 ?? -1) }))
            }
            return try Sequences(periods: periods)
        }
        let (sticky, weekly) = (try replay(.standard), try replay(nil))
        let wider = try Centroids.Margin(thousandths: 450)
        return [
            Row(
                guarantee: "G5", k: personas.k,
                measure: "share of members in a sequence class below 50; unprotected: assigned anew each period",
                measured: sticky.belowFifty, bound: .atMost(0.05), unprotected: weekly.belowFifty),
            Row(
                guarantee: "G5", k: personas.k, measure: "share of members whose sequence is unique",
                measured: sticky.unique, bound: .atMost(0.02), unprotected: weekly.unique),
            Row(
                guarantee: "G5", k: personas.k,
                measure: "the same with a margin of .45 instead of .3",
                measured: try replay(wider).unique, bound: .none, unprotected: weekly.unique),
        ]
    }

    static func linkage(_ personas: PersonaSet, _ histories: SparseRows, terms: Terms) throws -> [Row] {
        let lists = try personas.lists(histories)
        let own = ContiguousArray((0..<histories.count).map { Int32($0) })
        var rows: [Row] = []
        for hidden in Set([0, terms.withoutMostPopular]).sorted() {
            for known in terms.knownItems {
                let knowledge = Linkage.Knowledge(items: known, withoutMostPopular: hidden)
                func attack(_ dump: SparseRows, _ record: ContiguousArray<Int32>) throws -> AttackRate {
                    try Linkage.attack(
                        dump: dump, recordOf: record, histories: histories, knowing: knowledge,
                        trials: terms.linkageTrials, seed: terms.seed)
                }
                let safe = try attack(lists, personas.clustering.assignment)
                guard safe.trials > 0 else { continue }
                rows.append(
                    Row(
                        guarantee: "G6", k: personas.k,
                        measure: "linkage, \(known) known items and 2 wrong"
                            + (hidden > 0 ? ", none of the \(hidden) most popular" : "") + ", \(safe.trials) members",
                        measured: safe.rate, standardError: safe.standardError,
                        bound: .atMost(1 / Double(personas.k) + 3 * safe.standardError),
                        unprotected: try attack(histories, own).rate))
            }
        }
        return rows
    }
}

// MARK: - G7: membership

extension PrivacyEvaluation {
    /// A recommender that was learned on some people, and the lists of those and of others.
    private struct Taught {
        var members: [Int]
        var others: [Int]
        var personal: (members: Membership.Group, others: Membership.Group)
        var persona: (members: Membership.Group, others: Membership.Group)
        var popular: Membership.Group
    }

    /// Strict: who was not learned from gets lists of its own, as members do. Easy: those get the popular list.
    private func membership() throws -> [Row] {
        var rows: [Row] = []
        let candidates = (0..<members).filter { histories[$0].count >= terms.leastHistory }
        let rest = (0..<members).filter { histories[$0].count < terms.leastHistory }
        let k = terms.ks.min() ?? 100
        guard candidates.count >= 40, !rest.isEmpty else { return [] }
        let space = try PersonaSet.space(histories.selecting(rest), dimension: terms.dimension, seed: seed)
        var (strict, strictPersonal, easy, easyPersonal): ([Roc], [Roc], [Roc], [Roc]) = ([], [], [], [])
        for shadowSeed in 0..<terms.shadowSeeds {
            var random = Xoshiro256(seed: SplitMix64.seed(seed, 7, UInt64(shadowSeed)))
            let order = candidates.shuffled(using: &random)
            let quarter = order.count / 4
            func part(_ index: Int) -> [Int] { Array(order[index * quarter..<(index + 1) * quarter]) }
            let shadow = try teach(members: part(0), others: part(1), rest: rest, space: space, k: k)
            let target = try teach(members: part(2), others: part(3), rest: rest, space: space, k: k)
            func attack(
                _ lists: KeyPath<Taught, (members: Membership.Group, others: Membership.Group)>, easy: Bool = false
            ) -> Roc {
                Membership.attack(
                    shadowMembers: shadow[keyPath: lists].members,
                    shadowOthers: easy ? shadow.popular : shadow[keyPath: lists].others,
                    members: target[keyPath: lists].members,
                    others: easy ? target.popular : target[keyPath: lists].others, space: space)
            }
            strict.append(attack(\.persona))
            strictPersonal.append(attack(\.personal))
            easy.append(attack(\.persona, easy: true))
            easyPersonal.append(attack(\.personal, easy: true))
        }
        let area = Self.mean(strict.map(\.auc))
        let size = "\(candidates.count / 4) members and as many others, \(terms.shadowSeeds) shadows"
        rows.append(
            Row(
                guarantee: "G7", k: k,
                measure: "|AUC − .5| of strict membership, \(size); AUC \(Self.number(area.mean)); unprotected: "
                    + "personal lists",
                measured: abs(area.mean - 0.5), standardError: area.error, bound: .atMost(0.02),
                unprotected: abs(Self.mean(strictPersonal.map(\.auc)).mean - 0.5)))
        rows.append(
            Row(
                guarantee: "G7", k: k, measure: "true positives at 1 % false ones, strict; unprotected: personal lists",
                measured: Self.mean(strict.map(\.truePositivesAtOnePercent)).mean, bound: .atMost(0.015),
                unprotected: Self.mean(strictPersonal.map(\.truePositivesAtOnePercent)).mean))
        rows.append(
            Row(
                guarantee: "G7", k: k, measure: "AUC of the easy protocol, popular lists for others; not judged",
                measured: Self.mean(easy.map(\.auc)).mean, bound: .none,
                unprotected: Self.mean(easyPersonal.map(\.auc)).mean))
        return rows
    }

    private func teach(
        members: [Int], others: [Int], rest: [Int], space: ItemSpace, k: Int
    ) throws -> Taught {
        let (inside, outside) = (histories.selecting(members), histories.selecting(others))
        // Personal: learned from the members alone, where the attack bites most. Personas need k: the rest is in them.
        var interactions: [Interaction] = []
        for row in 0..<inside.count {
            for (place, item) in inside[row].enumerated() {
                interactions.append(Interaction(user: Int32(row), item: item, time: Int64(place)))
            }
        }
        let neighbours = RP3Beta().fit(Interactions(interactions, users: inside.count, items: items))
        let popularity = DecayedPopularity(items: items, halfLife: .infinity)
        let ranker = Ranker(neighbours: neighbours, popularity: popularity, weight: 1)
        var scratch = Ranker.Scratch()
        func personal(_ rows: SparseRows) throws -> Membership.Group {
            try Membership.Group(
                histories: rows,
                lists: SparseRows(
                    (0..<rows.count).map { row in
                        ranker.recommend(
                            history: Array(rows[row])[...], limit: 20, now: 0, scratch: &scratch)
                        return scratch.results.map(\.item)
                    }, itemCount: items))
        }
        let learned = histories.selecting(members + rest)
        let personas = try PersonaSet(learned, space: space, k: k, seed: seed)
        let lists = try personas.lists(learned, limit: 20)
        let popular = learned.frequencies()
        let best = popular.indices.sorted { (popular[$1], $0) < (popular[$0], $1) }.prefix(20).map { Int32($0) }
        func persona(_ rows: SparseRows) throws -> Membership.Group {
            let vectors = space.histories(rows)
            return try Membership.Group(
                histories: rows,
                lists: SparseRows(
                    (0..<rows.count).map { row in
                        let place = personas.clustering.centroids.assign(
                            history: vectors[row * space.dimension..<(row + 1) * space.dimension], current: nil)
                        return place.map { Array(lists[$0]) } ?? best
                    }, itemCount: items))
        }
        return try Taught(
            members: members, others: others, personal: (personal(inside), personal(outside)),
            persona: (persona(inside), persona(outside)),
            popular: Membership.Group(
                histories: outside,
                lists: SparseRows((0..<outside.count).map { _ in best }, itemCount: items)))
    }
}

// MARK: - G8: time

extension PrivacyEvaluation {
    private func timeJoin(_ personas: PersonaSet) throws -> [Row] {
        var rows: [Row] = []
        let events = data.rows.rows.filter { personas.clustering.assignment[Int($0.user)] >= 0 }
        let times = events.map(\.time)
        let known = events.map { personas.clustering.assignment[Int($0.user)] }
        let unknown = events.map { _ in Int32(0) }
        let bound = Row.Bound.atMost(1 / Double(personas.k))
        let bare = try TimeJoin.attack(times: times, personas: known, bucket: 1).rate
        let widths: [(String, Int64)] = [
            ("15 minutes", 900), ("an hour", 3_600), ("6 hours", 21_600), ("a day", 86_400), ("a week", 604_800),
        ]
        for (name, width) in widths {
            // What is kept is the day: finer buckets are there to show what they would do.
            let kept = width >= 86_400
            rows.append(
                Row(
                    guarantee: "G8", k: personas.k,
                    measure: "time join, buckets of \(name), the attacker knows the member's persona",
                    measured: try TimeJoin.attack(times: times, personas: known, bucket: width).rate,
                    bound: kept ? bound : .none, unprotected: bare))
            rows.append(
                Row(
                    guarantee: "G8", k: personas.k,
                    measure: "time join, buckets of \(name), as the ledger is: without persona",
                    measured: try TimeJoin.attack(times: times, personas: unknown, bucket: width).rate,
                    bound: kept ? bound : .none, unprotected: bare))
        }
        if let days = try (1...120).first(where: { days in
            try TimeJoin.attack(times: times, personas: known, bucket: Int64(days) * 86_400).rate
                <= 1 / Double(personas.k)
        }) {
            rows.append(
                Row(
                    guarantee: "G8", k: personas.k, measure: "days that a bucket needs where the persona is known",
                    measured: Double(days), bound: .none, unprotected: nil))
        }
        return rows
    }
}
