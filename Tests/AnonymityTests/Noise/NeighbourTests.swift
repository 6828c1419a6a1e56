import TestSupport
import Testing

@testable import Anonymity

/// Google's stochastic test, as in the privacy reference 4.5: two neighbouring inputs, δ' = Σ max(0, a - e^ε b) over the
/// shares of draws, and the majority of nine votes. Each vote's budget is small; the tolerance is set to it.
@Suite struct NeighbourTests {
    static let votes = 9

    /// How many of nine votes accept; every vote draws `draws` from each input.
    private func accepted(
        _ what: String, seed: UInt64, draws: Int, epsilon: Double, delta: Double, tolerance: Double,
        _ with: (inout SeededRandom, Int) throws -> [Int64], _ without: (inout SeededRandom, Int) throws -> [Int64]
    ) rethrows -> Int {
        print("\(what): nine votes of \(draws) draws from seeds \(seed)...\(seed + 8).")
        var accepted = 0
        for vote in 0..<Self.votes {
            var generator = SeededRandom(seed: seed + UInt64(vote))
            func shares(_ values: [Int64]) -> [Int64: Double] {
                values.reduce(into: [:]) { $0[$1, default: 0] += 1 / Double(values.count) }
            }
            let a = shares(try with(&generator, draws))
            let b = shares(try without(&generator, draws))
            let estimate = a.reduce(0) { $0 + max(0, $1.value - exponential(epsilon) * (b[$1.key] ?? 0)) }
            if estimate < delta + tolerance { accepted += 1 }
        }
        return accepted
    }

    /// A count with Laplace noise for ε = ln 3, where the member really counts `weight` times and the scale is divided by
    /// `understatement`.
    private func laplaceVotes(understatement: UInt64, weight: Int64, seed: UInt64) throws -> Int {
        // 1 / ln 3 to seven digits.
        let noise = try DiscreteLaplace(scale: Ratio(10_000_000 * 1_000, 10_986_123 * understatement))
        return accepted(
            "Laplace, sensitivity \(understatement) thousandths, weight \(weight)", seed: seed, draws: 10_000,
            epsilon: 1.0986123, delta: 0, tolerance: 0.05,
            { generator, draws in (0..<draws).map { _ in noise.sample(using: &generator) } },
            { generator, draws in (0..<draws).map { _ in weight + noise.sample(using: &generator) } })
    }

    @Test("Nine votes accept a count with the right noise, and reject it when sensitivity is understated by 17.5 %")
    func laplaceCount() throws {
        #expect(try laplaceVotes(understatement: 1_000, weight: 1, seed: 0x5EED_7001) >= 7)
        #expect(try laplaceVotes(understatement: 1_175, weight: 1, seed: 0x5EED_7101) <= 2)
        #expect(try laplaceVotes(understatement: 1_000, weight: 2, seed: 0x5EED_7201) == 0)
    }

    /// One release with many topics is as many independent pairs: in each topic three members, or some more.
    private func releaseVotes(_ what: String, rho: Ratio, more: Int, seed: UInt64) throws -> Int {
        // Certain from three members on, so that the noise alone is judged.
        let terms = try ReleaseTerms(rho: rho, selection: PartitionSelection(epsilon: 8, delta: 0.3))
        #expect(terms.selection.certain <= 3)
        let cost = try terms.cost
        func draws(_ members: Int) -> (inout SeededRandom, Int) throws -> [Int64] {
            { generator, count in
                let contributions = (0..<count).flatMap { topic in
                    (0..<members).map { _ in [topic: UInt32(5)] }
                }
                // An eighth of a member to a bin: whoever bins sees no more than whoever does not.
                return try Release.release(
                    contributions: contributions, terms: terms, paid: cost, using: &generator
                ).cells.map { $0.units >> 9 }
            }
        }
        // ρ = 1/2 promises σ = 1, whose exact δ at ε = 1 is 0.1269.
        return try accepted(
            "Release, \(what)", seed: seed, draws: 2_500, epsilon: 1, delta: 0.1269, tolerance: 0.035, draws(3 + more),
            draws(3))
    }

    @Test("Nine votes accept the release, and reject one whose noise understates sensitivity by 17.5 %")
    func release() throws {
        #expect(try releaseVotes("as promised", rho: Ratio(1, 2), more: 1, seed: 0x5EED_8001) >= 7)
        // Noise that is 1.175 times too small is the noise of 1.175² ρ.
        #expect(try releaseVotes("understated", rho: Ratio(6_903, 10_000), more: 1, seed: 0x5EED_8101) <= 2)
        #expect(try releaseVotes("counted twice", rho: Ratio(1, 2), more: 2, seed: 0x5EED_8201) == 0)
    }
}
