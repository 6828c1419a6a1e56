/// Why a distribution of noise cannot be drawn from exactly.
public enum NoiseProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// A fraction with a denominator of zero.
    case zeroDenominator
    /// A scale or variance of zero: it would add no noise.
    case zero(field: String)
    /// Outside the range in which every intermediate product fits 128 bits.
    case outOfRange(field: String, maximum: UInt64)

    public var description: String {
        switch self {
        case .zeroDenominator: "The denominator is zero."
        case .zero(let field): "\(field) is zero, which would add no noise."
        case .outOfRange(let field, let maximum): "\(field) is above \(maximum)."
        }
    }
}
