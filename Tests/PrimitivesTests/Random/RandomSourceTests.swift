import Foundation
import Testing

@testable import Primitives

@Suite struct RandomSourceTests {
    @Test func `SplitMix64 gives its published sequence`() {
        var random = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `xoshiro256** gives its published sequence`() {
        var random = Xoshiro256(state: (1, 2, 3, 4))
        let numbers = (0..<10).map { _ in random.next() }
        #expect(
            numbers == [
                11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
                607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
                10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
            ])
    }

    @Test func `derived seeds differ in every part and their order`() {
        let seeds = [
            SplitMix64.seed(1), SplitMix64.seed(2), SplitMix64.seed(1, 2), SplitMix64.seed(2, 1), SplitMix64.seed(1, 0),
            SplitMix64.seed(0, 1), SplitMix64.seed(),
        ]
        #expect(Set(seeds).count == seeds.count)
    }

    /// Mean and variance of 200,000 draws, within five standard errors of what theory gives.
    static func check(
        _ name: String, mean: Double, variance: Double, _ draw: (inout Xoshiro256) -> Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let seed: UInt64 = 42
        var random = Xoshiro256(seed: seed)
        let count = 200_000
        var sum = 0.0
        var squares = 0.0
        for _ in 0..<count {
            let value = draw(&random)
            sum += value
            squares += (value - mean) * (value - mean)
        }
        let error = (variance / Double(count)).squareRoot()
        #expect(abs(sum / Double(count) - mean) < 5 * error, "\(name), seed \(seed)", sourceLocation: sourceLocation)
        #expect(
            abs(squares / Double(count) / variance - 1) < 0.06, "\(name), seed \(seed)", sourceLocation: sourceLocation)
    }

    @Test func `draws have the mean and variance of their distribution`() {
        Self.check("uniform", mean: 0.5, variance: 1 / 12.0) { $0.uniform() }
        Self.check("uniform range", mean: 4, variance: 3) { $0.uniform(1..<7) }
        Self.check("index", mean: 4.5, variance: 8.25) { Double($0.index(below: 10)) }
        Self.check("chance", mean: 0.3, variance: 0.21) { $0.chance(0.3) ? 1 : 0 }
        Self.check("normal", mean: 3, variance: 4) { $0.normal(mean: 3, deviation: 2) }
        Self.check("exponential", mean: 0.25, variance: 0.0625) { $0.exponential(rate: 4) }
        Self.check("poisson", mean: 2.5, variance: 2.5) { Double($0.poisson(mean: 2.5)) }
        Self.check("poisson, large mean", mean: 100, variance: 100) { Double($0.poisson(mean: 100)) }
        Self.check("gamma", mean: 2.5, variance: 2.5) { $0.gamma(shape: 2.5) }
        Self.check("gamma, small shape", mean: 0.5, variance: 0.5) { $0.gamma(shape: 0.5) }
        Self.check("beta", mean: 0.25, variance: 0.25 * 0.75 / 9) { $0.beta(2, 6) }
    }

    @Test(arguments: [0.5, 1.0, 1.3])
    func `Zipf ranks follow their weights`(_ exponent: Double) {
        let seed: UInt64 = 7
        var random = Xoshiro256(seed: seed)
        let count = 20
        let zipf = Zipf(count: count, exponent: exponent)
        var seen = [Int](repeating: 0, count: count)
        let draws = 600_000
        for _ in 0..<draws { seen[zipf.rank(using: &random) - 1] += 1 }
        let weights = (1...count).map { pow(Double($0), -exponent) }
        #expect(Self.chiSquare(seen, weights) < 50, "19 degrees of freedom, seed \(seed)")
        #expect((1...3).contains(Zipf(count: 3, exponent: exponent).rank(using: &random)))
        #expect(Zipf(count: 1, exponent: exponent).rank(using: &random) == 1)
    }

    @Test func `a weighted table picks by weight`() throws {
        let seed: UInt64 = 8
        var random = Xoshiro256(seed: seed)
        let weights = [1.0, 0, 5, 2.5, 0.1]
        let table = try #require(WeightedTable(weights))
        var seen = [Int](repeating: 0, count: weights.count)
        for _ in 0..<200_000 { seen[table.pick(using: &random)] += 1 }
        #expect(seen[1] == 0)
        #expect(Self.chiSquare(seen, weights) < 25, "3 degrees of freedom, seed \(seed)")
        #expect(WeightedTable([]) == nil)
        #expect(WeightedTable([0, 0]) == nil)
        #expect(WeightedTable([1, -1]) == nil)
    }

    static func chiSquare(_ seen: [Int], _ weights: [Double]) -> Double {
        let total = Double(seen.reduce(0, +))
        let sum = weights.reduce(0, +)
        return zip(seen, weights).reduce(0) { result, pair in
            guard pair.1 > 0 else { return result }
            let expected = total * pair.1 / sum
            return result + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
        }
    }
}
