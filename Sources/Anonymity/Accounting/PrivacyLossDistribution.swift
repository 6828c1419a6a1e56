internal import Foundation

/// How much is lost, and how likely that is, when noisy counts of sensitivity 1 are released: the distribution of
/// ln P(outcome with the member) / P(outcome without). Losses of several releases add, so distributions convolve, which
/// gives the exact (ε, δ) of all together (Sommer, Meiser and Mohammadi 2019).
///
/// These are figures to report, and a check on what a ledger in zCDP adds up to.
public struct PrivacyLossDistribution: Sendable {
    /// The loss of the first mass; the others follow at equal distances.
    private let lowest: Double
    private let step: Double
    private let masses: [Double]

    /// Discrete Gaussian noise. Its losses, (1 - 2x) / 2σ² for whole x, lie at equal distances, so nothing is rounded;
    /// what lies beyond 16σ, less than 10^-55 of it, is left out.
    ///
    /// - Precondition: 0 < `variance`.
    public static func discreteGaussian(variance: Double) -> PrivacyLossDistribution {
        precondition(variance > 0, "Noise without variance loses everything.")
        let reach = Int((16 * variance.squareRoot()).rounded(.up)) + 1
        let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * variance)) }
        let total = weights.reduce(0, +)
        // x and -x are equally likely: in ascending order of losses the weights read the same.
        return PrivacyLossDistribution(
            lowest: Double(1 - 2 * reach) / (2 * variance), step: 1 / variance, masses: weights.map { $0 / total })
    }

    /// Continuous Laplace noise, for comparison with published figures. Losses between -1/b and 1/b are put on a grid so
    /// that every interval keeps its probability under both inputs, which never understates a δ (Doroshenko et al. 2022,
    /// "Connect the dots").
    ///
    /// - Precondition: 0 < `scale`.
    public static func laplace(scale: Double) -> PrivacyLossDistribution {
        precondition(scale > 0, "Noise without scale loses everything.")
        let intervals = 40
        let most = 1 / scale
        let step = 2 * most / Double(intervals)
        var masses = [Double](repeating: 0, count: intervals + 1)
        masses[0] = exp(-most) / 2
        masses[intervals] = 0.5
        for index in 0..<intervals {
            let (low, high) = (-most + Double(index) * step, -most + Double(index + 1) * step)
            // The density of the loss is e^((L - 1/b) / 2) / 4 with the member, and e^-L times that without.
            let with = exp(-most / 2) / 2 * (exp(high / 2) - exp(low / 2))
            let without = exp(-most / 2) / 2 * (exp(-low / 2) - exp(-high / 2))
            let upper = (with * exp(-low) - without) / (exp(-low) - exp(-high))
            masses[index] += with - upper
            masses[index + 1] += upper
        }
        return PrivacyLossDistribution(lowest: -most, step: step, masses: masses)
    }

    /// Of so many releases alike.
    ///
    /// - Complexity: O(releases² · masses²).
    public func composed(releases: Int) -> PrivacyLossDistribution {
        precondition(releases > 0, "No release loses nothing.")
        var sum = masses
        for _ in 1..<releases {
            var next = [Double](repeating: 0, count: sum.count + masses.count - 1)
            for (i, left) in sum.enumerated() where left > 0 {
                for (j, right) in masses.enumerated() { next[i + j] += left * right }
            }
            sum = next
        }
        return PrivacyLossDistribution(lowest: lowest * Double(releases), step: step, masses: sum)
    }

    /// δ at ε: the expectation of 1 - e^(ε - loss) where the loss is above ε.
    public func delta(epsilon: Double) -> Double {
        var delta = 0.0
        for (index, mass) in masses.enumerated() {
            let loss = lowest + Double(index) * step
            if loss > epsilon { delta -= mass * expm1(epsilon - loss) }
        }
        return delta
    }

    /// The least ε with at most this δ.
    public func epsilon(delta: Double) -> Double {
        PrivacyAccountant.leastEpsilon(delta: delta) { self.delta(epsilon: $0) }
    }
}
