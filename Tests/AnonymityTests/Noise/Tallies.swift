import Anonymity
import TestSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How often each value came up in a fixed number of draws from a printed seed.
struct Tally {
    let counts: [Int64: Int]
    let draws: Int

    init(draws: Int, seed: UInt64, of what: String, _ draw: (inout SeededRandom) -> Int64) {
        print("\(what): \(draws) draws from seed \(seed).")
        var generator = SeededRandom(seed: seed)
        var counts: [Int64: Int] = [:]
        for _ in 0..<draws { counts[draw(&generator), default: 0] += 1 }
        self.counts = counts
        self.draws = draws
    }

    func count(where isIncluded: (Int64) -> Bool) -> Int {
        counts.reduce(0) { $0 + (isIncluded($1.key) ? $1.value : 0) }
    }

    var mean: Double { counts.reduce(0) { $0 + Double($1.key) * Double($1.value) } / Double(draws) }

    var variance: Double {
        counts.reduce(0) { $0 + Double($1.key) * Double($1.key) * Double($1.value) } / Double(draws) - mean * mean
    }

    /// Whether a probability lies in the Wilson interval of a count, at a significance of one in a million.
    func agrees(_ count: Int, with probability: Double) -> Bool {
        let z = 4.891638475699
        let n = Double(draws)
        let share = Double(count) / n
        let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return abs(probability - centre) <= half
    }

    /// The chi-square statistic over the values that are expected at least 20 times, the rest as one more cell; and its
    /// critical value at one in a million (Wilson and Hilferty 1931).
    func chiSquare(_ probability: (Int64) -> Double) -> (statistic: Double, critical: Double) {
        var statistic = 0.0
        var cells = 0
        var (seen, expectedSeen) = (0, 0.0)
        for value in Int64(-400)...400 {
            let expected = probability(value) * Double(draws)
            guard expected >= 20 else { continue }
            let count = counts[value] ?? 0
            statistic += (Double(count) - expected) * (Double(count) - expected) / expected
            cells += 1
            seen += count
            expectedSeen += expected
        }
        let rest = Double(draws) - expectedSeen
        if rest >= 5 {
            statistic += (Double(draws - seen) - rest) * (Double(draws - seen) - rest) / rest
            cells += 1
        }
        let freedom = Double(cells - 1)
        let h = 2 / (9 * freedom)
        let root = 1 - h + 4.753424308823 * h.squareRoot()
        return (statistic, freedom * root * root * root)
    }
}

/// P(x) of the discrete Laplace distribution: tanh(1 / 2s) e^(-|x|/s).
func laplace(_ x: Int64, scale: Double) -> Double { tanh(1 / (2 * scale)) * exp(-Double(x.magnitude) / scale) }

/// P(x) of the discrete Gaussian distribution, by summing.
func gaussian(variance: Double) -> (Int64) -> Double {
    let total = (-2_000...2_000).reduce(0.0) { $0 + exp(-Double($1 * $1) / (2 * variance)) }
    return { exp(-Double($0 * $0) / (2 * variance)) / total }
}

/// e^x.
func exponential(_ x: Double) -> Double { exp(x) }
