/// Whether and how members may give a unit to each other: `transfers` of a unit in the document.
public struct TransferTerms: Sendable, Hashable {
    public enum Allowed: String, Sendable, Hashable, CaseIterable {
        /// Only with a code that whoever is given it enters: nobody is searched for.
        case gift
        /// Also from member to member, on behalf of the publisher's server.
        case any
    }

    public var allowed: Allowed
    /// The least of one transfer.
    public var minimum: Int64
    /// The most that a member may give in a period; `nil` for as much as they have. What came back counts as given.
    public var maximum: Int64?
    public var per: PeriodUnit
    /// What the programme keeps of each transfer: the sender pays it on top.
    public var fee: Int64
    /// How long a gift waits to be accepted before it returns.
    public var deadline: DurationSpan

    public init(
        allowed: Allowed, minimum: Int64 = 1, maximum: Int64? = nil, per: PeriodUnit = .day, fee: Int64 = 0,
        deadline: DurationSpan = .days(14)
    ) {
        self.allowed = allowed
        self.minimum = minimum
        self.maximum = maximum
        self.per = per
        self.fee = fee
        self.deadline = deadline
    }

    /// The name of the counter of what a member has given of a unit.
    public static func counter(of unit: String) -> String { "transfers/" + unit }

    /// What stands in the place of a reward in a hold that is a gift; no reward can be called so.
    public static let gift = "transfers/gift"
}

extension Hold {
    /// Whether it is a gift that waits to be accepted, and not the price of a reward.
    public var isGift: Bool { reward == TransferTerms.gift }
}
