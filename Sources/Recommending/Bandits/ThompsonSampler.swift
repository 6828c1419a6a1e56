import Foundation
import Primitives

/// Chooses a kind of offer for a persona: Thompson sampling over Beta posteriors, every persona shrunk to the global
/// rate of the kind, with a uniform floor and exact propensities (Chapelle and Li, "An empirical evaluation of Thompson
/// sampling", NIPS 2011).
///
/// Drawing a kind from its exact propensity and drawing every kind's rate and taking the largest are the same choice; the
/// first knows what to log.
public struct ThompsonSampler: Sendable, Hashable, Codable {
    /// What was shown and taken, to be added to a sampler elsewhere.
    public struct Delta: Sendable, Hashable, Codable {
        public var persona: Int
        public var kind: Int
        public var successes: Double
        public var failures: Double

        public init(persona: Int, kind: Int, successes: Double, failures: Double) {
            (self.persona, self.kind, self.successes, self.failures) = (persona, kind, successes, failures)
        }
    }

    public struct Choice: Sendable, Hashable {
        public var kind: Int
        /// The probability with which it was chosen.
        public var propensity: Double
    }

    public let kinds: Int
    /// How many observations the global rate is worth, m. With much less than one success among them, m·p̂ < 1, a kind
    /// that begins with failures is hardly tried again.
    public var strength: Double
    /// ε, the share of choices made uniformly.
    public var floor: Double
    private var successes: [Double]
    private var failures: [Double]

    public init(personas: Int, kinds: Int, strength: Double = 20, floor: Double = 0.02) {
        (self.kinds, self.strength, self.floor) = (kinds, strength, floor)
        successes = [Double](repeating: 0, count: personas * kinds)
        failures = successes
    }

    /// Learns.
    public mutating func apply(_ delta: Delta) {
        let index = delta.persona * kinds + delta.kind
        successes[index] += delta.successes
        failures[index] += delta.failures
    }

    /// The rate of a kind over all personas, with one success and one failure before the first.
    public func globalRate(of kind: Int) -> Double {
        var (won, all) = (1.0, 2.0)
        for index in stride(from: kind, to: successes.count, by: kinds) {
            won += successes[index]
            all += successes[index] + failures[index]
        }
        return won / all
    }

    /// The posteriors of a persona: `Beta(m·p̂ + s, m·(1-p̂) + f)`.
    public func posteriors(of persona: Int) -> [(alpha: Double, beta: Double)] {
        (0..<kinds).map { kind in
            let rate = globalRate(of: kind)
            let index = persona * kinds + kind
            return (strength * rate + successes[index], strength * (1 - rate) + failures[index])
        }
    }

    /// The probability of every kind, the floor included.
    public func propensities(for persona: Int) -> [Double] {
        Self.propensities(posteriors(of: persona)).map { (1 - floor) * $0 + floor / Double(kinds) }
    }

    public func choose(for persona: Int, using random: inout some RandomNumberGenerator) -> Choice {
        let propensities = propensities(for: persona)
        var left = Double(random.next() >> 11) / 9_007_199_254_740_992
        for (kind, propensity) in propensities.enumerated() {
            left -= propensity
            if left < 0 { return Choice(kind: kind, propensity: propensity) }
        }
        return Choice(kind: kinds - 1, propensity: propensities[kinds - 1])
    }

    /// `P(a) = ∫ f_a(x) Π_{b≠a} F_b(x) dx`; for a place k in a slate, counted from 1, the probability that exactly k - 1
    /// others exceed x.
    ///
    /// In log-odds the densities vanish at both ends, where the trapezoid rule is exact to rounding; the distribution
    /// functions carry its first end correction.
    public static func propensities(
        _ posteriors: [(alpha: Double, beta: Double)], place: Int = 1
    ) -> [Double] {
        guard posteriors.count > 1 else { return [1] }
        // Where mass is: a Beta's tails in log-odds z fall like e^(αz) and e^(-βz).
        var (low, high, narrowest) = (Double.infinity, -Double.infinity, Double.infinity)
        for (a, b) in posteriors {
            let centre = log(a / b)
            let spread = (1 / a + 1 / b).squareRoot()
            narrowest = min(narrowest, spread)
            low = min(low, centre - 10 * spread - 25 / a)
            high = max(high, centre + 10 * spread + 25 / b)
        }
        // The narrowest posterior sets the step: a wide one beside it must not blur it.
        let points = min(32_768, max(256, Int((high - low) / (0.15 * narrowest)) + 2))
        let step = (high - low) / Double(points - 1)
        var densities = [[Double]](repeating: [], count: posteriors.count)
        var cumulative = densities
        for (index, (a, b)) in posteriors.enumerated() {
            let peak = -a * log1p(b / a) - b * log1p(a / b)
            var values = (0..<points).map { point in
                let z = low + Double(point) * step
                // a·log x + b·log(1 - x) with x = 1 / (1 + e^-z)
                let logX = z > 0 ? -log1p(exp(-z)) : z - log1p(exp(z))
                return exp(a * logX + b * (logX - z) - peak)
            }
            let total = values.reduce(0, +) * step
            for point in values.indices { values[point] /= total }
            var sum = 0.0
            var running: [Double] = []
            for (point, value) in values.enumerated() {
                let x = 1 / (1 + exp(-(low + Double(point) * step)))
                sum += value
                let slope = value * (a * (1 - x) - b * x)
                running.append(min(1, max(0, step * (sum - value / 2) - step * step / 12 * slope)))
            }
            densities[index] = values
            cumulative[index] = running
        }
        var output = [Double](repeating: 0, count: posteriors.count)
        var above = [Double](repeating: 0, count: place + 1)
        for index in posteriors.indices {
            for point in 0..<points {
                // above[j]: the probability that j others exceed this point.
                for j in above.indices { above[j] = j == 0 ? 1 : 0 }
                for other in posteriors.indices where other != index {
                    let below = cumulative[other][point]
                    for j in stride(from: place - 1, through: 0, by: -1) {
                        above[j] = above[j] * below + (j > 0 ? above[j - 1] * (1 - below) : 0)
                    }
                }
                output[index] += densities[index][point] * above[place - 1] * step
            }
        }
        let total = output.reduce(0, +)
        return output.map { $0 / total }
    }
}
