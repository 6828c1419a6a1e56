/// A reward as one member sees it.
public struct RewardOffer: Sendable, Hashable {
    public enum Availability: Sendable, Hashable {
        case available
        /// Not yet: so many points are missing.
        case short(by: Int64)
        case outOfStock
        case closed
    }

    public var id: String
    public var title: Wording
    public var summary: Wording?
    public var picture: WebLink?
    /// Who gives it.
    public var giver: Face?
    public var price: Amount
    /// The member's active points in the unit of the price.
    public var balance: Int64
    public var availability: Availability
    /// How many are left; `nil` where there is no stock to run out of.
    public var left: Int64?
    public var isWished: Bool
    /// How many one redemption may be for.
    public var quantity: ClosedRange<Int64>
    public var slots: [OfferedSlot]
    /// Whether it is sent, and nobody knows where to yet.
    public var asksAddress: Bool
    /// What all members together gave to the cause, as far as it is published.
    public var donated: Amount?
    /// What else it can be had for, by the identifier of the unit.
    public var otherPrices: [Price] = []
    /// Goes with the link to it: says that it stood first, and how likely that was. Hexadecimal digits.
    public var seal: String?

    public struct Price: Sendable, Hashable {
        public var unit: String
        public var amount: Amount

        public init(unit: String, amount: Amount) {
            self.unit = unit
            self.amount = amount
        }
    }

    public init(
        id: String, title: Wording, summary: Wording? = nil, picture: WebLink? = nil, giver: Face? = nil, price: Amount,
        balance: Int64, availability: Availability, left: Int64? = nil, isWished: Bool = false,
        quantity: ClosedRange<Int64> = 1...1, slots: [OfferedSlot] = [], asksAddress: Bool = false,
        donated: Amount? = nil
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.picture = picture
        self.giver = giver
        self.price = price
        self.balance = balance
        self.availability = availability
        self.left = left
        self.isWished = isWished
        self.quantity = quantity
        self.slots = slots
        self.asksAddress = asksAddress
        self.donated = donated
    }
}

/// A reward that a member has redeemed.
public struct Redemption: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        /// The points are held; the reward is being prepared.
        case held
        case confirmed
        /// Cancelled; the points are back.
        case cancelled
    }

    /// Today in the member's own time zone.
    public var today: LocalDay
    public var id: String
    public var title: Wording
    public var price: Amount
    public var state: State
    /// What to show at the counter or type in; `nil` for a reward without one.
    public var code: String?
    public var when: LocalMoment
    /// A word of thanks from a person.
    public var thanks: Wording?
    public var giver: Face?

    public init(
        today: LocalDay, id: String, title: Wording, price: Amount, state: State, code: String? = nil,
        when: LocalMoment,
        thanks: Wording? = nil, giver: Face? = nil
    ) {
        self.today = today
        self.id = id
        self.title = title
        self.price = price
        self.state = state
        self.code = code
        self.when = when
        self.thanks = thanks
        self.giver = giver
    }
}

/// What came of a redemption.
public enum RedeemOutcome: Sendable, Hashable {
    /// Done now, or done before under the same key.
    case redeemed(id: String)
    /// Not done; nothing changed.
    case refused(RewardOffer.Availability)
}
