/// A share in hundredths of a percent: 10,000 is all. Exact, so that shares add up.
public struct BasisPoints: Hashable, Sendable, Comparable {
    /// 0 to 10,000.
    public let value: Int

    public init?(_ value: Int) {
        guard (0...10_000).contains(value) else { return nil }
        self.value = value
    }

    private init(unchecked value: Int) {
        self.value = value
    }

    /// The nearest share; `nil` outside 0 to 1.
    public init?(fraction: Double) {
        guard (0...1).contains(fraction) else { return nil }
        self.init(unchecked: Int((fraction * 10_000).rounded()))
    }

    public static let none = BasisPoints(unchecked: 0)
    public static let all = BasisPoints(unchecked: 10_000)

    /// 0 to 1.
    public var fraction: Double { Double(value) / 10_000 }

    /// A share of a share, rounded down.
    public static func * (left: BasisPoints, right: BasisPoints) -> BasisPoints {
        BasisPoints(unchecked: left.value * right.value / 10_000)
    }

    public static func < (left: BasisPoints, right: BasisPoints) -> Bool { left.value < right.value }
}
