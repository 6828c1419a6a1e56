/// All rewards as one member sees them.
public struct OfferedRewards: Sendable, Hashable {
    public var balances: [Balance]
    public var offers: [RewardOffer]
    /// Today in the member's own time zone.
    public var today: LocalDay
    /// Whether something is drawn among members.
    public var hasRaffles = false

    public init(today: LocalDay, balances: [Balance], offers: [RewardOffer]) {
        self.today = today
        self.balances = balances
        self.offers = offers
    }
}

/// A time that can be booked.
public struct OfferedSlot: Sendable, Hashable {
    public var id: String
    public var when: LocalMoment
    public var left: Int64

    public init(id: String, when: LocalMoment, left: Int64) {
        self.id = id
        self.when = when
        self.left = left
    }
}

/// What a member chose on the page of a reward.
public struct RedeemChoice: Sendable, Hashable {
    public var quantity: Int64
    public var slot: String
    public var address: String?
    /// What it is paid with; `nil` for the first price.
    public var unit: String?
    /// What came with the link to the reward; see ``RewardOffer/seal``.
    public var seal: String?

    public init(
        quantity: Int64 = 1, slot: String = "", address: String? = nil, unit: String? = nil, seal: String? = nil
    ) {
        self.unit = unit
        self.seal = seal
        self.quantity = quantity
        self.slot = slot
        self.address = address
    }
}

/// Something a member has redeemed, with what to show or follow.
public struct HeldReward: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        case held, confirmed, cancelled, refunded, used
        case requested, packed, sent, delivered, returned
    }

    public var id: String
    public var title: Wording
    public var state: State
    public var when: LocalMoment
    public var quantity: Int64
    public var slot: LocalMoment?
    public var code: String?
    /// What to show at the door.
    public var ticket: String?
    public var tracking: String?

    public init(
        id: String, title: Wording, state: State, when: LocalMoment, quantity: Int64 = 1, slot: LocalMoment? = nil,
        code: String? = nil, ticket: String? = nil, tracking: String? = nil
    ) {
        self.id = id
        self.title = title
        self.state = state
        self.when = when
        self.quantity = quantity
        self.slot = slot
        self.code = code
        self.ticket = ticket
        self.tracking = tracking
    }
}

/// A member's codes and tickets, the latest first.
public struct HeldRewards: Sendable, Hashable {
    public var today: LocalDay
    public var rewards: [HeldReward]

    public init(today: LocalDay, rewards: [HeldReward]) {
        self.today = today
        self.rewards = rewards
    }
}
