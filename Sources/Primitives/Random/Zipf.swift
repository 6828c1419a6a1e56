#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ranks 1...count with probability proportional to rank^-exponent: few are popular, many are not.
///
/// Rejection-inversion (Hörmann, Derflinger, "Rejection-inversion to generate variates from monotone discrete
/// distributions", ACM TOMACS 1996): constant time and memory for any count.
public struct Zipf: Sendable {
    public let count: Int
    public let exponent: Double
    private let first: Double
    private let last: Double
    private let squeeze: Double

    /// - Parameters:
    ///   - count: at least 1.
    ///   - exponent: above zero; 1 is Zipf's own.
    public init(count: Int, exponent: Double) {
        self.count = max(1, count)
        self.exponent = exponent
        first = Self.integral(1.5, exponent) - 1
        last = Self.integral(Double(self.count) + 0.5, exponent)
        squeeze = 2 - Self.inverse(Self.integral(2.5, exponent) - pow(2, -exponent), exponent)
    }

    public func rank(using random: inout some RandomNumberGenerator) -> Int {
        while true {
            let u = last + random.uniform() * (first - last)
            let x = Self.inverse(u, exponent)
            let rank = min(max(Int(x.rounded()), 1), count)
            if Double(rank) - x <= squeeze
                || u >= Self.integral(Double(rank) + 0.5, exponent) - pow(Double(rank), -exponent)
            {
                return rank
            }
        }
    }

    /// An antiderivative of x^-exponent.
    private static func integral(_ x: Double, _ exponent: Double) -> Double {
        exponent == 1 ? log(x) : (pow(x, 1 - exponent) - 1) / (1 - exponent)
    }

    private static func inverse(_ y: Double, _ exponent: Double) -> Double {
        exponent == 1 ? exp(y) : pow(max(0, 1 + y * (1 - exponent)), 1 / (1 - exponent))
    }
}
