/// Noise on the integers with P(x) proportional to e^(-x² / 2σ²): a sum of L2 sensitivity Δ becomes
/// Δ² / 2σ²-zero-concentrated differentially private.
///
/// Drawn exactly, in integers (Canonne, Kamath and Steinke 2020, algorithm 3).
public struct DiscreteGaussian: Hashable, Sendable {
    /// The largest variance, in squared units of the integers.
    public static let largestVariance: UInt64 = 1 << 40
    /// The largest denominator of a variance.
    public static let largestDenominator: UInt64 = 1 << 16

    /// σ². On the integers the variance of the draws is at most this, and equal to it to nine digits from σ² = 4 on.
    public let variance: Ratio
    private let proposal: DiscreteLaplace

    /// - Throws: ``NoiseProblem`` for a variance of zero, above ``largestVariance``, or with a denominator above
    ///   ``largestDenominator``.
    public init(variance: Ratio) throws(NoiseProblem) {
        guard variance.numerator > 0 else { throw .zero(field: "variance") }
        guard variance.denominator <= Self.largestDenominator else {
            throw .outOfRange(field: "denominator of the variance", maximum: Self.largestDenominator)
        }
        guard variance.numerator / variance.denominator < Self.largestVariance else {
            throw .outOfRange(field: "variance", maximum: Self.largestVariance)
        }
        self.variance = variance
        let root = Self.squareRoot(UInt128(variance.numerator / variance.denominator))
        // ⌊√x⌋ = ⌊√⌊x⌋⌋, so this is ⌊σ⌋ + 1.
        proposal = try DiscreteLaplace(scale: Ratio(UInt64(root) + 1))
    }

    /// A draw from the system's generator.
    public func sample() -> Int64 {
        var generator = SystemRandomNumberGenerator()
        return sample(using: &generator)
    }

    /// A draw; a seeded generator is for tests and simulations alone.
    public func sample(using generator: inout some RandomNumberGenerator) -> Int64 {
        let p = UInt128(variance.numerator)
        let q = UInt128(variance.denominator)
        let t = UInt128(proposal.scale.numerator)
        let denominator = 2 * p * q * t * t
        while true {
            let candidate = proposal.sample(using: &generator)
            // (|y| - σ²/t)² / 2σ² with σ² = p/q is (|y|qt - p)² / 2pqt².
            let (scaled, overflow) = UInt128(candidate.magnitude).multipliedReportingOverflow(by: q * t)
            guard !overflow else { continue }
            let distance = scaled > p ? scaled - p : p - scaled
            let (numerator, tooFar) = distance.multipliedReportingOverflow(by: distance)
            // Refused rather than wrapped: |y| is then more than 2^7 σ away, where e^(-x) is below e^(-8000).
            guard !tooFar else { continue }
            if generator.bernoulliExponential(minus: numerator, over: denominator) { return candidate }
        }
    }

    /// The largest whole number whose square is at most `value`.
    static func squareRoot(_ value: UInt128) -> UInt128 {
        guard value > 1 else { return value }
        // Newton's method from above falls until it has arrived.
        var root = UInt128(1) << UInt128((129 - value.leadingZeroBitCount) / 2)
        while true {
            let next = (root + value / root) / 2
            if next >= root { return root }
            root = next
        }
    }
}
