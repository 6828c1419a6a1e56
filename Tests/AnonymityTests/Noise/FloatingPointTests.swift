import Foundation
import TestSupport
import Testing

@testable import Anonymity

/// Privacy reference 4.7: noise from floating-point numbers gives members away (Mironov 2012). The attack, and why it finds
/// nothing here.
@Suite struct FloatingPointTests {
    /// Laplace noise of scale 1 as it is often written.
    private func naive(_ uniform: UInt64) -> Double {
        let u = Double(uniform) * 0x1p-53 - 0.5
        return u < 0 ? log(1 + 2 * u) : -log(1 - 2 * u)
    }

    /// Whether a noisy value can have come from a count, by any of the uniform numbers around the one that fits best.
    private func fits(_ noisy: Double, _ count: Double) -> Bool {
        let noise = noisy - count
        let u = noise < 0 ? (exp(noise) - 1) / 2 : (1 - exp(-noise)) / 2
        let centre = Int64(((u + 0.5) * 0x1p53).rounded())
        // At most 16 neighbours either side can round to the same value where the noise is moderate.
        return (Int64(-16)...16).contains { offset in
            let uniform = centre + offset
            return uniform > 0 && uniform < 1 << 53 && count + naive(UInt64(uniform)) == noisy
        }
    }

    @Test("Many values of naive floating-point noise fit one of two counts only")
    func attackBites() {
        let seed: UInt64 = 0x5EED_C001
        print("Naive Laplace noise: 1000 draws from seed \(seed).")
        var generator = SeededRandom(seed: seed)
        var fitsOneOnly = 0
        for _ in 0..<1_000 {
            let noisy = 1 + naive(generator.uniform(below: UInt64(1) << 53 - 1) + 1)
            // The attack finds the truth where it is possible at all.
            if fits(noisy, 1) != fits(noisy, 0) { fitsOneOnly += 1 }
        }
        print("\(fitsOneOnly) of 1000 noisy values give the count away.")
        #expect(fitsOneOnly > 400)
    }

    @Test("Every value that one count can give, its neighbour can give")
    func sameSupport() throws {
        let noise = try DiscreteLaplace(scale: Ratio(1))
        let tally = Tally(draws: 60_000, seed: 0x5EED_C002, of: "Laplace 1") { noise.sample(using: &$0) }
        // All whole numbers in reach come up, so a shift by one member takes none away.
        #expect((Int64(-6)...6).allSatisfy { tally.counts[$0] != nil })
        #expect(try #require(tally.counts.keys.max()) < 40)
    }

    @Test("No floating-point number stands in the samplers or in what is summed and noised")
    func integersOnly() throws {
        let room = URL(fileURLWithPath: #filePath)
            .appendingPathComponent("../../../../Sources/Anonymity").standardized
        for file in ["Noise/DiscreteLaplace", "Noise/DiscreteGaussian", "Contributions/BoundedContribution"] {
            let source = try String(contentsOf: room.appendingPathComponent(file + ".swift"), encoding: .utf8)
            #expect(!source.contains("Double") && !source.contains("Float"))
            #expect(!source.contains("import Foundation"))
        }
    }
}
