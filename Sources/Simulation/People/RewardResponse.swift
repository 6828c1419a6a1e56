/// What rewards really do to someone: known to the simulator, to be found out by whoever analyses the events.
public enum RewardResponse: Int, Hashable, Sendable, CaseIterable {
    /// Stays because of them.
    case persuadable
    /// Stays anyway.
    case sureThing
    /// Leaves anyway.
    case lostCause
    /// Leaves because it was reminded.
    case sleepingDog

    public var name: String {
        switch self {
        case .persuadable: "persuadable"
        case .sureThing: "sure-thing"
        case .lostCause: "lost-cause"
        case .sleepingDog: "sleeping-dog"
        }
    }

    /// Factor on the probability of cancelling at each renewal.
    public var hazardRatio: Double {
        switch self {
        case .persuadable: 0.60
        case .sureThing: 0.97
        case .lostCause: 1.00
        case .sleepingDog: 1.30
        }
    }

    /// Factor on the number of sessions.
    public var activityRatio: Double {
        switch self {
        case .persuadable: 1.25
        case .sureThing: 1.05
        case .lostCause: 1.00
        case .sleepingDog: 0.85
        }
    }
}
