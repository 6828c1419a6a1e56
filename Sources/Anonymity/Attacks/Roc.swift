#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How well a score tells members from non-members.
public struct Roc: Hashable, Sendable {
    /// Probability that a member scores above a non-member, ties halved (Mann and Whitney 1947); .5 is guessing.
    public let auc: Double
    /// Of the area (Hanley and McNeil 1982).
    public let standardError: Double
    /// True positive rate at the largest false positive rate not above 1 % (Carlini et al. 2022); .01 is guessing.
    public let truePositivesAtOnePercent: Double

    /// Scores must be numbers; without a member or a non-member the area is .5 and its standard error .5.
    public init(members: [Double], others: [Double]) {
        guard !members.isEmpty, !others.isEmpty else {
            (auc, standardError, truePositivesAtOnePercent) = (0.5, 0.5, 0)
            return
        }
        let (positive, negative) = (members.sorted(by: >), others.sorted(by: >))
        var (wins, rate) = (0.0, 0.0)
        var (above, i, j) = (0, 0, 0)
        let allowed = others.count / 100
        while i < positive.count || j < negative.count {
            let score = max(
                i < positive.count ? positive[i] : -.infinity, j < negative.count ? negative[j] : -.infinity)
            let (startI, startJ) = (i, j)
            while i < positive.count, positive[i] >= score { i += 1 }
            while j < negative.count, negative[j] >= score { j += 1 }
            guard i > startI || j > startJ else { break }
            wins += Double(j - startJ) * (Double(above) + Double(i - startI) / 2)
            above = i
            if j <= allowed { rate = Double(i) / Double(positive.count) }
        }
        let (m, n) = (Double(positive.count), Double(negative.count))
        let area = wins / (m * n)
        let q1 = area / (2 - area)
        let q2 = 2 * area * area / (1 + area)
        let variance = area * (1 - area) + (m - 1) * (q1 - area * area) + (n - 1) * (q2 - area * area)
        auc = area
        standardError = max(0, variance / (m * n)).squareRoot()
        truePositivesAtOnePercent = rate
    }

    /// The largest area that any attack can reach on a Gaussian release of ρ-zCDP: Φ(√ρ).
    public static func bound(rho: Double) -> Double { erfc(-(rho / 2).squareRoot()) / 2 }

    /// The largest area on a pure ε-differentially private release: e^ε / (1 + e^ε).
    public static func bound(epsilon: Double) -> Double { 1 / (1 + exp(-epsilon)) }
}

/// A success rate with its standard error.
public struct AttackRate: Hashable, Sendable {
    public let rate: Double
    public let standardError: Double
    public let trials: Int

    /// - Parameter successes: for each trial the probability, 0 to 1, that the attacker is right.
    public init(successes: [Double]) {
        trials = successes.count
        let n = Double(max(1, trials))
        let mean = successes.reduce(0, +) / n
        rate = mean
        standardError = (successes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n / n).squareRoot()
    }
}
