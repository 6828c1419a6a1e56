/// How someone pays.
public enum SubscriptionPlan: Int, Hashable, Sendable, CaseIterable {
    case none, monthly, yearly

    public var name: String {
        switch self {
        case .none: "none"
        case .monthly: "monthly"
        case .yearly: "yearly"
        }
    }

    /// Days from one renewal to the next.
    public var cycleDays: Int { self == .yearly ? 365 : 30 }

    /// Months that a renewal pays for.
    public var months: Int { self == .yearly ? 12 : 1 }

    /// Price of a renewal in euro cents.
    public var priceCents: Int { self == .yearly ? 14_900 : 1_495 }

    /// Factor on the hazard of someone who has renewed that often: who stays, stays.
    func tenureFactor(_ renewals: Int) -> Double {
        let months = renewals * self.months
        return months < Self.tenureFactors.count ? Self.tenureFactors[months] : 0.6
    }

    /// 0.6 + 1.4 × 0.78^months.
    private static let tenureFactors: [Double] = {
        var power = 1.0
        return (0..<36).map { _ in
            defer { power *= 0.78 }
            return 0.6 + 1.4 * power
        }
    }()
}
