/// What staff did with a parcel.
public enum ParcelStep: String, Sendable, Hashable {
    case packed, sent
}

/// The rewards of a programme as its staff see them.
public struct ConsoleRewards: Sendable, Hashable {
    public struct Reward: Sendable, Hashable {
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
            isLow: Bool = false
        ) {
            self.title = title
            self.left = left
            self.taken = taken
            self.waiting = waiting
            self.codes = codes
            self.isLow = isLow
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

    public init(today: LocalDay, rewards: [Reward], parcels: [Parcel]) {
        self.today = today
        self.rewards = rewards
        self.parcels = parcels
    }
}
