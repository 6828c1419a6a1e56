/// A fraction that is zero or more, in lowest terms. Noise is drawn from fractions only: a floating-point number never
/// reaches a sampler, so it can be neither rounded nor NaN (Mironov 2012).
public struct Ratio: Hashable, Sendable, CustomStringConvertible {
    public let numerator: UInt64
    /// At least 1.
    public let denominator: UInt64

    /// - Throws: ``NoiseProblem/zeroDenominator``.
    public init(_ numerator: UInt64, _ denominator: UInt64 = 1) throws(NoiseProblem) {
        guard denominator > 0 else { throw .zeroDenominator }
        var (a, b) = (numerator, denominator)
        while b > 0 { (a, b) = (b, a % b) }
        self.numerator = numerator / a
        self.denominator = denominator / a
    }

    /// The nearest floating-point number: for reports, never for noise.
    public var value: Double { Double(numerator) / Double(denominator) }

    public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
