internal import Foundation

/// What privacy costs come to: from ρ to (ε, δ), and to what an attack can reach at most.
///
/// These are figures to report. Nothing here touches noise.
public enum PrivacyAccountant {
    /// The ρ of Gaussian noise of variance σ² on a sum of L2 sensitivity Δ: Δ² / 2σ² (Canonne, Kamath and Steinke 2020,
    /// theorem 4).
    public static func rho(variance: Ratio, sensitivity: UInt64 = 1) -> Double {
        Double(sensitivity) * Double(sensitivity) / (2 * variance.value)
    }

    /// The simple bound ε = ρ + 2√(ρ ln(1/δ)) (Bun and Steinke 2016, proposition 1.3).
    public static func looseEpsilon(rho: Double, delta: Double) -> Double {
        rho + 2 * (rho * log(1 / delta)).squareRoot()
    }

    /// The least ε for a ρ and a δ: the one with δ = min over α of e^((α-1)(αρ-ε)) (1 - 1/α)^α / (α - 1) (Canonne, Kamath
    /// and Steinke 2020, corollary 13).
    public static func epsilon(rho: Double, delta: Double) -> Double {
        guard rho > 0 else { return 0 }
        func epsilon(_ logarithm: Double) -> Double {
            let excess = exp(logarithm)
            let alpha = 1 + excess
            return alpha * rho + (log(1 / delta) + alpha * (logarithm - log1p(excess)) - logarithm) / excess
        }
        // In ln(α - 1) the expression falls, then rises: golden-section search.
        let golden = (5.0.squareRoot() - 1) / 2
        var (low, high) = (-10.0, 30.0)
        for _ in 0..<120 {
            let span = (high - low) * golden
            if epsilon(high - span) < epsilon(low + span) { high = low + span } else { low = high - span }
        }
        return max(epsilon((low + high) / 2), 0)
    }

    /// The exact ε at δ of a number of releases with continuous Gaussian noise, for comparison with published figures:
    /// δ = Φ(μ/2 - ε/μ) - e^ε Φ(-μ/2 - ε/μ) with μ = √releases / σ (Balle and Wang 2018, theorem 8).
    public static func gaussianEpsilon(sigma: Double, delta: Double, releases: Int) -> Double {
        let mu = Double(releases).squareRoot() / sigma
        return leastEpsilon(delta: delta) { epsilon in
            normal(mu / 2 - epsilon / mu) - exp(epsilon) * normal(-mu / 2 - epsilon / mu)
        }
    }

    /// The largest area under the ROC curve of any attack that tells whether a member took part in releases that cost ρ
    /// with Gaussian noise: Φ(√ρ).
    public static func largestAUC(rho: Double) -> Double { normal(rho.squareRoot()) }

    /// The same for pure ε-differential privacy: e^ε / (1 + e^ε).
    public static func largestAUC(epsilon: Double) -> Double { 1 / (1 + exp(-epsilon)) }

    /// The standard normal distribution function.
    static func normal(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

    /// Bisection of a δ that falls with ε, to 40 binary digits.
    static func leastEpsilon(delta: Double, _ deltaAt: (Double) -> Double) -> Double {
        var high = 1.0
        while deltaAt(high) > delta, high < 1e4 { high *= 2 }
        var low = 0.0
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if deltaAt(middle) > delta { low = middle } else { high = middle }
        }
        return high
    }
}
