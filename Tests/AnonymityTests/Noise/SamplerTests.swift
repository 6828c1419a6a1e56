import TestSupport
import Testing

@testable import Anonymity

/// Privacy reference 4.2 (published figures) and 4.5 (OpenDP's battery), with fixed budgets and printed seeds.
@Suite struct SamplerTests {
    static let draws = 60_000

    @Test(
        "The discrete Laplace distribution is the published one",
        arguments: [
            (1, 2, 0.761594155956, 0.103070560808, 7.997625095e-05, 0.362030830),
            (1, 1, 0.462117157260, 0.170003401569, 9.851667912e-03, 1.841347188),
            (2, 1, 0.244918662404, 0.148550677884, 0.1021891466903, 7.835396178),
            (3, 1, 0.165140412925, 0.118328276502, 0.2200665979, 17.834255193),
        ] as [(UInt64, UInt64, Double, Double, Double, Double)])
    func laplaceVectors(
        numerator: UInt64, denominator: UInt64, zero: Double, one: Double, tail: Double, variance: Double
    ) throws {
        let noise = try DiscreteLaplace(scale: Ratio(numerator, denominator))
        let scale = noise.scale.value
        // The formula that the battery judges by gives the published figures.
        #expect(abs(laplace(0, scale: scale) - zero) < 1e-11)
        #expect(abs(laplace(1, scale: scale) - one) < 1e-11)
        let moment = (1...2_000).reduce(0.0) { $0 + 2 * Double($1 * $1) * laplace(Int64($1), scale: scale) }
        #expect(abs(moment - variance) < 1e-7)
        let tally = Tally(
            draws: Self.draws, seed: 0x5EED_0001 + numerator * 16 + denominator, of: "Laplace \(noise.scale)"
        ) {
            noise.sample(using: &$0)
        }
        #expect(tally.agrees(tally.counts[0] ?? 0, with: zero))
        #expect(tally.agrees(tally.counts[1] ?? 0, with: one))
        #expect(tally.agrees(tally.count { $0.magnitude >= 5 }, with: tail))
        #expect(abs(tally.variance / variance - 1) < 0.06)
        judge(tally) { laplace($0, scale: scale) }
        // Each step further is e^(1/s) times as rare.
        let (near, far) = (tally.count { $0.magnitude == 1 }, tally.count { $0.magnitude == 2 })
        #expect(abs(Double(near) / Double(far) / exponential(1 / scale) - 1) < 0.15)
    }

    @Test(
        "The discrete Gaussian distribution is the published one",
        arguments: [
            (1, 4, 0.786570707042, 0.215012675), (1, 1, 0.398942278267, 0.999999789), (4, 1, 0.199471140201, 4.0),
            (100, 1, 0.039894228040, 100.0),
        ] as [(UInt64, UInt64, Double, Double)])
    func gaussianVectors(numerator: UInt64, denominator: UInt64, zero: Double, variance: Double) throws {
        let noise = try DiscreteGaussian(variance: Ratio(numerator, denominator))
        let probability = gaussian(variance: noise.variance.value)
        #expect(abs(probability(0) - zero) < 1e-11)
        let moment = (1...2_000).reduce(0.0) { $0 + 2 * Double($1 * $1) * probability(Int64($1)) }
        #expect(abs(moment - variance) < 1e-7)
        let tally = Tally(
            draws: Self.draws, seed: 0x5EED_1001 + numerator * 16 + denominator, of: "Gaussian \(noise.variance)"
        ) { noise.sample(using: &$0) }
        #expect(tally.agrees(tally.counts[0] ?? 0, with: zero))
        #expect(abs(tally.variance / variance - 1) < 0.04)
        judge(tally, probability)
    }

    @Test("A sampler that is off by a tenth does not pass the battery")
    func batteryBites() throws {
        let noise = try DiscreteLaplace(scale: Ratio(22, 10))
        let tally = Tally(draws: Self.draws, seed: 0x5EED_2001, of: "Laplace 2.2 judged as 2") {
            noise.sample(using: &$0)
        }
        let verdict = tally.chiSquare { laplace($0, scale: 2) }
        #expect(verdict.statistic > verdict.critical)
    }

    @Test("Integers below a bound are equally likely, also beyond 64 bits")
    func uniform() {
        let small = Tally(draws: 12_000, seed: 0x5EED_3001, of: "Uniform below 7") {
            Int64($0.uniform(below: UInt64(7)))
        }
        let verdict = small.chiSquare { (0..<7).contains($0) ? 1.0 / 7 : 0 }
        #expect(verdict.statistic < verdict.critical)
        let bound = UInt128(1) << 100 + 12_345
        let wide = Tally(draws: 12_000, seed: 0x5EED_3002, of: "Uniform below 2^100 + 12345") { generator in
            let draw = generator.uniform(below: bound)
            #expect(draw < bound)
            return Int64(draw / (bound / 8 + 1))
        }
        let wideVerdict = wide.chiSquare { (0..<8).contains($0) ? 0.125 : 0 }
        #expect(wideVerdict.statistic < wideVerdict.critical)
    }

    @Test("A coin falls with e^-x", arguments: [(0, 1), (1, 3), (1, 1), (5, 2), (30, 1)] as [(UInt128, UInt128)])
    func exponentialCoin(numerator: UInt128, denominator: UInt128) {
        let tally = Tally(draws: 12_000, seed: 0x5EED_4001, of: "e^-\(numerator)/\(denominator)") {
            $0.bernoulliExponential(minus: numerator, over: denominator) ? 1 : 0
        }
        #expect(tally.agrees(tally.counts[1] ?? 0, with: exponential(-Double(numerator) / Double(denominator))))
    }

    @Test("A coin falls with exactly the number it is given", arguments: [0, 0x1p-3, 0.1, 0.5, 0.9, 1])
    func exactCoin(probability: Double) {
        let tally = Tally(draws: 12_000, seed: 0x5EED_5001, of: "coin of \(probability)") {
            $0.bernoulli(exactly: probability) ? 1 : 0
        }
        #expect(tally.agrees(tally.counts[1] ?? 0, with: probability))
        if probability == 0 || probability == 1 { #expect(tally.counts.count == 1) }
    }

    @Test("Parameters that would add no noise, or need more than 128 bits, are refused")
    func refusals() throws {
        #expect(throws: NoiseProblem.zeroDenominator) { try Ratio(1, 0) }
        #expect(throws: NoiseProblem.zero(field: "scale")) { try DiscreteLaplace(scale: Ratio(0)) }
        #expect(throws: NoiseProblem.zero(field: "variance")) { try DiscreteGaussian(variance: Ratio(0)) }
        #expect(throws: NoiseProblem.self) { try DiscreteLaplace(scale: Ratio(UInt64.max)) }
        #expect(throws: NoiseProblem.self) { try DiscreteGaussian(variance: Ratio(1 << 40)) }
        #expect(throws: NoiseProblem.self) { try DiscreteGaussian(variance: Ratio(1, 1 << 17)) }
    }

    @Test("The widest parameters are drawn from without overflow, by any generator")
    func extremes() throws {
        var generator = SeededRandom(seed: 0x5EED_6001)
        let wide = try DiscreteGaussian(variance: Ratio((1 << 40) * 65_535 - 1, 65_535))
        let laplace = try DiscreteLaplace(scale: Ratio(DiscreteLaplace.largestTerm, 3))
        for _ in 0..<400 {
            #expect(wide.sample(using: &generator).magnitude < 1 << 24)
            #expect(laplace.sample(using: &generator).magnitude < 1 << 46)
        }
        #expect((0..<64).contains { _ in wide.sample() != wide.sample() })
    }

    @Test(
        "Square roots are rounded down",
        arguments: [0, 1, 2, 3, 4, 15, 16, 17, UInt128(1) << 126 - 1, UInt128(1) << 126])
    func roots(value: UInt128) {
        let root = DiscreteGaussian.squareRoot(value)
        #expect(root * root <= value && (root + 1) * (root + 1) > value)
    }

    /// Symmetry for each distance, no drift, and chi-square against the distribution.
    private func judge(_ tally: Tally, _ probability: (Int64) -> Double) {
        let verdict = tally.chiSquare(probability)
        #expect(verdict.statistic < verdict.critical)
        for distance in Int64(1)...30 {
            let (above, below) = (tally.counts[distance] ?? 0, tally.counts[-distance] ?? 0)
            #expect(abs(Double(above - below)) <= 4.9 * Double(above + below).squareRoot() + 1)
        }
        #expect(abs(tally.mean) < 4.9 * (tally.variance / Double(tally.draws)).squareRoot())
    }
}
