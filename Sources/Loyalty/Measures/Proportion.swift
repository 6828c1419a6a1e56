/// A share of a number of people, with its interval.
public struct Proportion: Sendable, Hashable {
    public let count: Int
    public let of: Int

    /// - Precondition: `count` lies between 0 and `of`, and `of` is above zero.
    public init(_ count: Int, of: Int) {
        precondition(of > 0 && (0...of).contains(count), "a share of some people")
        self.count = count
        self.of = of
    }

    /// From 0 to 1.
    public var value: Double { Double(count) / Double(of) }

    /// z for 95 % of a normal distribution.
    private static let z = 1.959963984540054

    /// Wilson's score interval at 95 % (Wilson 1927, "Probable inference, the law of succession, and statistical
    /// inference", Journal of the American Statistical Association 22).
    public var interval: ClosedRange<Double> {
        let (n, z) = (Double(of), Self.z)
        let centre = (value + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
        return max(0, centre - half)...min(1, centre + half)
    }

    /// The interval of this share less another at 95 %: Newcombe's hybrid score interval (Newcombe 1998, "Interval
    /// estimation for the difference between independent proportions", Statistics in Medicine 17, method 10).
    public func difference(from other: Proportion) -> ClosedRange<Double> {
        let (mine, theirs) = (interval, other.interval)
        let estimate = value - other.value
        func root(_ left: Double, _ right: Double) -> Double { (left * left + right * right).squareRoot() }
        return
            (estimate - root(value - mine.lowerBound, theirs.upperBound - other.value))...(estimate
            + root(mine.upperBound - value, other.value - theirs.lowerBound))
    }
}
