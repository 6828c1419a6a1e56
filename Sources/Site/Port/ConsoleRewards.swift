/// What staff did with a parcel.
public enum ParcelStep: String, Sendable, Hashable {
    case packed, sent
}

/// The rewards of a programme as its staff see them.
public struct ConsoleRewards: Sendable, Hashable {
    public struct Reward: Sendable, Hashable {
        /// Its name in the programme.
        public var id: String
        /// Whether staff may change how many there are.
        public var isCounted: Bool
        /// Whether its members show a ticket.
        public var hasTicket: Bool
        public var title: Wording
        /// `nil` where there is no end.
        public var left: Int64?
        public var taken: Int64?
        public var waiting: Int64
        /// Free codes; `nil` without a pool.
        public var codes: Int64?
        /// Whether it is time for more codes.
        public var isLow: Bool

        public init(
            title: Wording, left: Int64? = nil, taken: Int64? = nil, waiting: Int64 = 0, codes: Int64? = nil,
            isLow: Bool = false, id: String = "", isCounted: Bool = false, hasTicket: Bool = false
        ) {
            self.id = id
            self.isCounted = isCounted
            self.hasTicket = hasTicket
            self.title = title
            self.left = left
            self.taken = taken
            self.waiting = waiting
            self.codes = codes
            self.isLow = isLow
        }
    }

    /// A change of stock by staff.
    public struct Change: Sendable, Hashable {
        public var title: Wording
        public var amount: Int64
        public var when: LocalMoment
        public var reason: String

        public init(title: Wording, amount: Int64, when: LocalMoment, reason: String) {
            self.title = title
            self.amount = amount
            self.when = when
            self.reason = reason
        }
    }

    /// Something to pack or send. Who it goes to is not on this page.
    public struct Parcel: Sendable, Hashable {
        public var id: String
        public var title: Wording
        public var quantity: Int64
        public var since: LocalDay
        public var state: HeldReward.State

        public init(id: String, title: Wording, quantity: Int64, since: LocalDay, state: HeldReward.State) {
            self.id = id
            self.title = title
            self.quantity = quantity
            self.since = since
            self.state = state
        }
    }

    public var today: LocalDay
    public var rewards: [Reward]
    /// The oldest first.
    public var parcels: [Parcel]
    /// The last one first.
    public var changes: [Change]
    /// Whether these staff may see where a parcel goes.
    public var mayReveal: Bool

    public init(
        today: LocalDay, rewards: [Reward], parcels: [Parcel], changes: [Change] = [], mayReveal: Bool = false
    ) {
        self.changes = changes
        self.mayReveal = mayReveal
        self.today = today
        self.rewards = rewards
        self.parcels = parcels
    }
}
