import Anonymity
import TestSupport
import Testing

struct AttackTests {
    @Test func areaUnderTheCurve() {
        let perfect = Roc(members: [3, 4], others: [1, 2])
        #expect(perfect.auc == 1 && perfect.truePositivesAtOnePercent == 1)
        #expect(Roc(members: [1, 1], others: [1, 1]).auc == 0.5)
        // By hand: of six pairs four are won and one is tied.
        #expect(Roc(members: [2, 3, 5], others: [2, 4]).auc == 3.5 / 6)
        let many = Roc(members: Array(stride(from: 0.0, to: 200, by: 1)), others: (0..<200).map { Double($0) + 0.5 })
        #expect(abs(many.auc - 0.5) < 0.01 && abs(many.standardError - 0.0289) < 0.0005)
        #expect(many.truePositivesAtOnePercent < 0.02)
    }

    /// Section 4.6 of the reference.
    @Test(arguments: [(0.001, 0.513), (0.005, 0.528), (0.01, 0.540), (0.05, 0.589), (0.1, 0.624)])
    func boundsOfTheArea(rho: Double, published: Double) {
        #expect(abs(Roc.bound(rho: rho) - published) < 0.0006)
        #expect(abs(Roc.bound(epsilon: 0) - 0.5) < 1e-12)
    }

    /// Section 7.2 of the reference: 600 events a day.
    @Test(arguments: [(1, 0.997), (60, 0.818), (900, 0.160), (3600, 0.040), (21600, 0.0067), (86400, 0.0017)])
    func timeJoin(seconds: Int64, published: Double) throws {
        let lambda = 600 * Double(seconds) / 86400
        #expect(abs(TimeJoin.expected(lambda: lambda) - published) < 0.0006)
        var random = SeededRandom(seed: 31)
        let days: Int64 = 40
        let times = (0..<600 * Int(days)).map { _ in Int64.random(in: 0..<86400 * days, using: &random) }
        let found = try TimeJoin.attack(
            times: times, personas: [Int32](repeating: 0, count: times.count), bucket: seconds)
        #expect(abs(found.rate - TimeJoin.expected(lambda: lambda)) < 0.005, "seed 31")
    }

    @Test func tracingBitesOnExactCountsAndNotOnNoise() throws {
        let world = try TopicWorld(members: 2000, seed: 41)
        let cohort = world.rows.selecting(Array(0..<50))
        let others = world.rows.selecting(Array(1000..<2000))
        let exact = Tracing.exactCounts(of: cohort)
        let population = world.rows.frequencies()
        let bare = Tracing.attack(
            published: exact, cohort: cohort, others: others, population: population, members: 2000)
        #expect(bare.auc > 0.7, "seed 41: \(bare)")
        // Gaussian noise for a member of twelve items, so of length √12, at ρ = .01.
        var random = SeededRandom(seed: 42)
        let sigma = (12 / 0.02).squareRoot()
        let noisy = exact.map { count in
            count + sigma * (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        }
        let hidden = Tracing.attack(
            published: noisy, cohort: cohort, others: others, population: population, members: 2000)
        #expect(hidden.auc < Roc.bound(rho: 0.01) + 3 * hidden.standardError, "seed 42: \(hidden)")
    }

    @Test func linkageBitesOnRowsAndNotOnPersonaLists() throws {
        let world = try TopicWorld(members: 1600, seed: 51)
        let own = ContiguousArray<Int32>(0..<1600)
        let lists = try SparseRows(
            (0..<8).map { topic in (0..<400).filter { $0 % 8 == topic }.map { Int32($0) } }, itemCount: 400)
        let personas = ContiguousArray(world.topicOf.map(Int32.init))
        let least = (0..<8).map { topic in world.topicOf.count { $0 == topic } }.min() ?? 0
        for (items, hidden) in [(2, 0), (4, 0), (8, 0), (4, 100)] {
            let knowing = Linkage.Knowledge(items: items, withoutMostPopular: hidden)
            let bare = try Linkage.attack(
                dump: world.rows, recordOf: own, histories: world.rows, knowing: knowing, trials: 300, seed: 52)
            let safe = try Linkage.attack(
                dump: lists, recordOf: personas, histories: world.rows, knowing: knowing, trials: 300, seed: 52)
            #expect(safe.rate <= 1 / Double(least) + 3 * safe.standardError, "\(items): \(safe)")
            #expect(safe.rate * 10 < bare.rate, "\(items): \(bare)")
            if items == 8 { #expect(bare.rate > 0.9) }
        }
    }

    @Test func stickyPersonasMakeFewSequences() throws {
        let world = try TopicWorld(members: 1200, length: 15, seed: 61)
        let space = try ItemSpace.latent(of: world.rows, dimension: 8, seed: 61)
        let made = try Clustering.make(
            histories: space.histories(world.rows), dimension: 8, terms: ClusteringTerms(k: 50, personas: 12),
            release: 1, seed: 61)
        func replay(sticky: Bool) throws -> Sequences {
            var current = [Int?](repeating: nil, count: world.rows.count)
            var periods: [ContiguousArray<Int32>] = []
            for period in 1...5 {
                for member in current.indices {
                    var history = [Int32](repeating: 0, count: 8)
                    // Sticky: all that was read so far. Else: this period's reading alone.
                    for item in world.rows[member].prefix(3 * period).dropFirst(sticky ? 0 : 3 * (period - 1)) {
                        space.add(item: Int(item), to: &history)
                    }
                    let before = sticky ? current[member] : nil
                    current[member] = made.centroids.assign(history: history, current: before)
                }
                periods.append(ContiguousArray(current.map { Int32($0 ?? -1) }))
            }
            return try Sequences(periods: periods)
        }
        let (sticky, weekly) = (try replay(sticky: true), try replay(sticky: false))
        #expect(weekly.unique > 0.2, "seed 61: \(weekly)")
        #expect(sticky.unique < weekly.unique / 4, "seed 61: \(sticky)")
    }

    @Test func sequencesAreCounted() throws {
        let first = ContiguousArray<Int32>(repeating: 0, count: 60)
        var second = first
        second[7] = 1
        let sequences = try Sequences(periods: [first, second])
        #expect(sequences.unique == 1.0 / 60 && sequences.belowFifty == 1.0 / 60)
    }

    /// Section 6 of the reference: the easy protocol tells personal lists from popular ones, the strict one nothing.
    @Test func strictMembershipInferenceFindsNothingInFoldedInLists() throws {
        let world = try TopicWorld(members: 2400, seed: 71)
        let space = try ItemSpace.topics(world.topics, centredOn: world.rows)
        func group(_ range: Range<Int>, popular: Bool) throws -> Membership.Group {
            let lists: [[Int32]] = range.map { member in
                (0..<20).map { Int32(popular ? $0 : ($0 * 8 + world.topicOf[member]) % 400) }
            }
            return try Membership.Group(
                histories: world.rows.selecting(Array(range)), lists: SparseRows(lists, itemCount: 400))
        }
        for popular in [true, false] {
            let roc = Membership.attack(
                shadowMembers: try group(0..<600, popular: false),
                shadowOthers: try group(600..<1200, popular: popular),
                members: try group(1200..<1800, popular: false), others: try group(1800..<2400, popular: popular),
                space: space)
            if popular {
                #expect(roc.auc > 0.95, "seed 71: \(roc)")
            } else {
                #expect(abs(roc.auc - 0.5) < 3 * roc.standardError + 0.02, "seed 71: \(roc)")
            }
        }
    }

    @Test func differencingRecoversAnErasedMemberFromExactCountsAlone() throws {
        let world = try TopicWorld(members: 300, seed: 81)
        let before = Tracing.exactCounts(of: world.rows)
        let after = Tracing.exactCounts(of: world.rows.selecting(Array(1..<300)))
        let erased = Array(world.rows[0])
        let bare = Disclosure.differencing(before: before, after: after, erased: erased)
        #expect(bare.recall == 1 && bare.precision == 1)
        // The cached release does not change with an erasure.
        #expect(Disclosure.differencing(before: before, after: before, erased: erased).recall == 0)
    }

    @Test func repeatedAnswersAverageOutUnlessTheyAreCached() {
        var random = SeededRandom(seed: 91)
        let truth = (0..<200).map(Double.init)
        func answer() -> [Double] { truth.map { $0 + Double.random(in: -30...30, using: &random) } }
        let once = answer()
        let fresh = Disclosure.averagingError(answers: (0..<400).map { _ in answer() }, truth: truth)
        let cached = Disclosure.averagingError(answers: [[Double]](repeating: once, count: 400), truth: truth)
        #expect(fresh < 1.2 && cached > 15, "seed 91")
    }

    @Test func sybilsIsolateWhereCohortsAreRemadeAndNotByFixedCentroids() throws {
        let world = try TopicWorld(members: 600, seed: 101)
        let space = try ItemSpace.latent(of: world.rows, dimension: 16, seed: 101)
        let joined = Disclosure.withSybils(world.rows, target: 0, knownItems: 12, sybils: 49)
        let histories = space.histories(joined)
        let remade = try Baselines.sortingLSH(histories: histories, dimension: 16, k: 50, seed: 102)
        let left = Disclosure.realMembers(beside: 0, in: remade, firstSybil: 600)
        #expect(left < 50, "seed 102: \(left)")
        let fixed = try Clustering.make(
            histories: space.histories(world.rows), dimension: 16, terms: ClusteringTerms(k: 50, personas: 8),
            release: 1, seed: 103)
        let assigned = ContiguousArray(
            (0..<joined.count).map { member in
                Int32(fixed.centroids.assign(history: histories[member * 16..<(member + 1) * 16], current: nil) ?? -1)
            })
        #expect(Disclosure.realMembers(beside: 0, in: assigned, firstSybil: 600) >= 50, "seed 103")
    }

    @Test func anItemThatEveryoneOfACohortHasIsFound() throws {
        let rows = try SparseRows([[0, 1], [0], [0, 2], [1], [2]], itemCount: 3)
        let found = try Disclosure.homogeneity(histories: rows, assignment: [0, 0, 0, 1, 1], cohorts: 2)
        #expect(found == [1, 0.5])
    }
}
