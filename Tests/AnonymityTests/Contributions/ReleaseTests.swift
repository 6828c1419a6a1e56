import TestSupport
import Testing

@testable import Anonymity

@Suite struct ReleaseTests {
    private static let open = PrivacyCost(rhoBillionths: 1_000_000_000_000, deltaAttos: 900_000_000_000_000_000)

    private func budget() throws -> PrivacyBudget {
        try PrivacyBudget(yearly: Self.open, perRelease: Self.open, year: 2_026)
    }

    @Test(
        "Whatever a member did, the contribution's norm is 1 at most and nearly 1", arguments: 0..<20 as Range<UInt64>)
    func bound(seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        let partitions = Int(generator.uniform(below: UInt64(40))) + 1
        var weights: [Int: UInt32] = [:]
        for key in 0..<Int(generator.uniform(below: UInt64(60)) + 1) {
            weights[key] = UInt32(truncatingIfNeeded: generator.next() >> (generator.uniform(below: UInt64(31)) + 32))
        }
        weights[0] = seed == 0 ? .max : 1
        let bounded = BoundedContribution(weights, partitionsPerMember: partitions)
        let norm = BoundedContribution<Int>.norm
        let squares = bounded.units.reduce(0) { $0 + $1.units * $1.units }
        #expect(squares <= norm * norm)
        #expect(Double(squares) > 0.97 * Double(norm * norm))
        #expect(bounded.units.count <= partitions)
        #expect(bounded.units.map(\.key) == bounded.units.map(\.key).sorted())
    }

    @Test("The heaviest weights are kept, of equals the first; a member who did nothing adds nothing")
    func heaviest() {
        let bounded = BoundedContribution(["a": 1, "b": 3, "c": 1, "d": 3, "e": 0], partitionsPerMember: 3)
        #expect(bounded.units.map(\.key) == ["a", "b", "d"])
        #expect(BoundedContribution(["a": 7], partitionsPerMember: 1).units.map(\.units) == [4_096])
        #expect(
            BoundedContribution(["a": UInt32.max, "b": UInt32.max], partitionsPerMember: 2).units.map(\.units)
                == [2_896, 2_896])
        #expect(BoundedContribution(["a": 0], partitionsPerMember: 1).units.isEmpty)
        #expect(BoundedContribution([String: UInt32](), partitionsPerMember: 1).units.isEmpty)
    }

    @Test("Figures come near the truth, in an order that tells nothing, and cost what the terms say")
    func figures() throws {
        let terms = try ReleaseTerms(
            rho: Ratio(1, 100), selection: PartitionSelection(epsilon: 0.5, delta: 1e-6, minimum: 100))
        let contributions =
            (0..<900).map { _ in ["nature": UInt32(3)] } + (0..<400).map { _ in ["art": UInt32(1)] }
            + (0..<99).map { _ in ["rare": UInt32(1)] }
        let seed: UInt64 = 0x5EED_B001
        print("Release of three topics from seed \(seed).")
        var generator = SeededRandom(seed: seed)
        var budget = try budget()
        let release = try Release.release(
            contributions: contributions, terms: terms, budget: &budget, year: 2_026, using: &generator)
        #expect(release.cells.map(\.key) == ["art", "nature"])
        // σ = √50 members, seven of them.
        #expect(abs(release.cells[0].members - 400) < 50)
        #expect(abs(release.cells[1].members - 900) < 50)
        #expect(release.cost == PrivacyCost(rhoBillionths: 135_000_000, deltaAttos: 1_000_000_000_000))
        #expect(budget.spent == release.cost)
        // The same members in any other order and the same randomness give the same figures.
        var again = SeededRandom(seed: seed)
        let other = try Release.release(
            contributions: contributions.reversed(), terms: terms, budget: &budget, year: 2_026, using: &again)
        #expect(other.cells == release.cells)
        // In production nothing is seeded.
        let first = try Release.release(contributions: contributions, terms: terms, budget: &budget, year: 2_026)
        #expect(first.cells != release.cells)
    }

    @Test("A budget that is spent refuses before anything is calculated")
    func refusal() throws {
        let terms = try ReleaseTerms(rho: Ratio(1, 100), selection: PartitionSelection(epsilon: 0.1, delta: 1e-9))
        let cost = try terms.cost
        #expect(cost == PrivacyCost(rhoBillionths: 15_000_000, deltaAttos: 1_000_000_000))
        var budget = try PrivacyBudget(yearly: cost, perRelease: cost, year: 2_026)
        _ = try Release.release(contributions: [["a": 1]], terms: terms, budget: &budget, year: 2_026)
        let unread = AnySequence<[String: UInt32]> { () -> AnyIterator<[String: UInt32]> in
            Issue.record("A refused release read a member's contribution.")
            return AnyIterator { nil }
        }
        #expect(throws: ReleaseProblem.budget(.spent(asked: cost, left: .zero, year: 2_026))) {
            try Release.release(contributions: unread, terms: terms, budget: &budget, year: 2_026)
        }
    }

    @Test("A release that a ledger was charged less for than it costs is refused")
    func paid() throws {
        let terms = try ReleaseTerms(rho: Ratio(1, 3), selection: PartitionSelection(epsilon: 8, delta: 0.3))
        let cost = try terms.cost
        #expect(cost.rhoMillionths == 32_333_334)
        let contributions = (0..<5).map { _ in ["a": UInt32(1)] }
        #expect(try Release.release(contributions: contributions, terms: terms, paid: cost).cells.count == 1)
        let less = PrivacyCost(rhoBillionths: cost.rhoBillionths - 1, deltaAttos: cost.deltaAttos)
        #expect(throws: ReleaseProblem.budget(.releaseTooDear(asked: cost, limit: less))) {
            try Release.release(contributions: contributions, terms: terms, paid: less)
        }
    }

    @Test("Terms without noise, or with more than can be drawn, are refused")
    func terms() throws {
        let selection = try PartitionSelection(epsilon: 1, delta: 1e-6)
        #expect(throws: NoiseProblem.zero(field: "rho")) { try ReleaseTerms(rho: Ratio(0), selection: selection) }
        #expect(throws: NoiseProblem.self) { try ReleaseTerms(rho: Ratio(1, 1 << 20), selection: selection) }
        #expect(throws: NoiseProblem.self) { try ReleaseTerms(rho: Ratio(1 << 16), selection: selection) }
        #expect(throws: NoiseProblem.self) { try ReleaseTerms(rho: Ratio(1, UInt64.max), selection: selection) }
        #expect(try ReleaseTerms(rho: Ratio(1, 2), selection: selection).noise.variance == Ratio(4_096 * 4_096))
    }
}
