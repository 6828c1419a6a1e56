import Anonymity
import TestSupport
import Testing

struct ClusteringTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func everyPersonaHasKMembersAndTwoPercentAtMostAreInSmallOnes(seed: UInt64) throws {
        let world = try TopicWorld(members: 1500, seed: seed)
        let space = try ItemSpace.latent(of: world.rows, dimension: 16, seed: seed)
        let histories = space.histories(world.rows)
        let terms = try ClusteringTerms(k: 40, personas: 30)
        let made = try Clustering.make(
            histories: histories, dimension: 16, terms: terms, release: 1, seed: seed)
        var counts = [Int](repeating: 0, count: made.centroids.personas.count)
        for member in 0..<world.rows.count {
            // What a device computes from the published numbers is what was counted.
            let persona = made.centroids.assign(history: histories[member * 16..<(member + 1) * 16], current: nil)
            #expect(persona == Int(made.assignment[member]), "seed \(seed)")
            if let persona { counts[persona] += 1 }
        }
        #expect(counts.allSatisfy { $0 >= 40 }, "seed \(seed): \(counts)")
        #expect(counts.count >= 6)
        let publication = try Publication(counts: counts, centroids: made.centroids)
        #expect(publication.shareInLargeGroups >= 0.98)
        let again = try Clustering.make(
            histories: histories, dimension: 16, terms: terms, release: 1, seed: seed)
        #expect(again == made)
        // The topics of the made-up world are found.
        let cohesion = Baselines.cohesion(histories: histories, dimension: 16, assignment: made.assignment)
        let lot = Baselines.cohesion(
            histories: histories, dimension: 16,
            assignment: try Baselines.random(members: world.rows.count, k: 40, seed: seed))
        #expect(cohesion > lot + 0.1, "seed \(seed): \(cohesion) against \(lot)")
    }

    @Test func fewerThanKForEachPersonaIsRefused() throws {
        let histories = ContiguousArray<Int32>(repeating: 1, count: 199)
        #expect(throws: CohortProblem.tooFewMembers(members: 199, needed: 200)) {
            try Clustering.make(
                histories: histories, dimension: 1, terms: ClusteringTerms(k: 100, personas: 2), release: 1, seed: 1)
        }
    }

    @Test func aMemberWithoutHistoryHasNoPersona() throws {
        var histories = ContiguousArray<Int32>(repeating: 5, count: 20)
        histories[6] = 0
        histories[7] = 0
        let made = try Clustering.make(
            histories: histories, dimension: 2, terms: ClusteringTerms(k: 4, personas: 2), release: 1, seed: 1)
        #expect(made.assignment[3] == -1)
        #expect(made.assignment.count { $0 == 0 } == 9)
    }

    /// Section 5 of the reference: mean cosine of random cohorts near 1/√k, published .089/.063/.039/.029.
    @Test(arguments: [100, 200, 500, 1000])
    func randomCohortsCohereAsOneOverTheRootOfK(k: Int) throws {
        var random = SeededRandom(seed: 11)
        let dimension = 32
        let histories = ContiguousArray<Int32>(
            (0..<10_000 * dimension).map { _ in Int32.random(in: -1000...1000, using: &random) })
        let lot = try Baselines.random(members: 10_000, k: k, seed: 12)
        let cohesion = Baselines.cohesion(histories: histories, dimension: dimension, assignment: lot)
        #expect(abs(cohesion - 1 / Double(k).squareRoot()) < 0.01)
        let sorted = try Baselines.sortingLSH(histories: histories, dimension: dimension, k: k, seed: 13)
        #expect(Baselines.cohesion(histories: histories, dimension: dimension, assignment: sorted) > 2 * cohesion)
        var counts = [Int](repeating: 0, count: 10_000 / k)
        for cohort in sorted { counts[Int(cohort)] += 1 }
        #expect(counts.allSatisfy { $0 >= k })
    }

    @Test func publishedGroupsNeverHideFewerThanK() throws {
        var random = SeededRandom(seed: 21)
        for run in 0..<500 {
            let k = 20
            let count = Int.random(in: 1...12, using: &random)
            let centroids = try Centroids(
                release: 1, k: k, dimension: 1,
                personas: (0..<count).map { .init(id: "p\($0)", parent: "g\($0 % 3)", vector: [Int32($0)]) })
            let counts = (0..<count).map { _ in Int.random(in: 0...60, using: &random) }
            let total = counts.reduce(0, +)
            guard total >= k else {
                #expect(throws: CohortProblem.tooFewMembers(members: total, needed: k)) {
                    try Publication(counts: counts, centroids: centroids)
                }
                continue
            }
            let publication = try Publication(counts: counts, centroids: centroids)
            // Disjoint groups of k that add up to everyone: every complement is empty or k as well.
            #expect(publication.groups.reduce(0, +) == total, "run \(run)")
            #expect(publication.groups.allSatisfy { $0 >= k && (total - $0 == 0 || total - $0 >= k) }, "run \(run)")
            for persona in counts.indices where publication.levels[persona] == .persona {
                #expect(counts[persona] >= k, "run \(run)")
            }
        }
    }

    @Test func personasFarFromThePopulationOnASensitiveCategoryAreNamed() throws {
        // Half of the first persona, a tenth of the second, and a fifth of all, have the category.
        let flags: [[Int32]] = (0..<80).map { ($0 < 10 || ($0 >= 20 && $0 < 26)) ? [0] : [] }
        let assignment = ContiguousArray<Int32>((0..<80).map { $0 < 20 ? 0 : 1 })
        let closeness = try Closeness(
            categories: SparseRows(flags, itemCount: 1), assignment: assignment, personas: 2)
        #expect(abs(closeness.gaps[0] - 0.3) < 1e-12 && abs(closeness.gaps[1] - 0.1) < 1e-9)
        #expect(closeness.violating.contains(0))
    }
}
