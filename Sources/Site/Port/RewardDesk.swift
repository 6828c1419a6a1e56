/// A change of a reward's stock that staff ask for.
public struct StockOrder: Sendable, Hashable {
    public var reward: String
    /// More than 0 puts in; less takes out.
    public var amount: Int64
    public var reason: String

    public init(reward: String, amount: Int64, reason: String) {
        self.reward = reward
        self.amount = amount
        self.reason = reason
    }
}

/// What became of a change of stock.
public enum StockOutcome: Sendable, Hashable {
    case changed
    /// So many are left to take out.
    case tooFew(Int64)
    /// There is no such reward, or it is not counted.
    case refused
}

/// What became of codes that were put into a pool. The codes themselves are shown to nobody again.
public struct CodesOutcome: Sendable, Hashable {
    public var added: Int64
    /// In the pool already, in whatever state.
    public var known: Int64

    public init(added: Int64, known: Int64) {
        self.added = added
        self.known = known
    }
}

/// A ticket that somebody shows.
public struct TicketFinding: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It may be let in.
        case good
        /// It was let in just now.
        case admitted
        /// It was used before.
        case used
        /// Cancelled, refunded or run out.
        case void
    }

    public var title: Wording
    public var quantity: Int64
    public var slot: LocalMoment?
    public var state: State

    public init(title: Wording, quantity: Int64, slot: LocalMoment? = nil, state: State) {
        self.title = title
        self.quantity = quantity
        self.slot = slot
        self.state = state
    }
}

/// How a parcel can be followed.
public struct ParcelTracking: Sendable, Hashable {
    public var carrier: String?
    public var number: String

    public init(carrier: String? = nil, number: String) {
        self.carrier = carrier
        self.number = number
    }
}

/// Something that a member is told of a reward.
public enum RewardNews: Sendable, Hashable {
    /// A wish came in reach.
    case inReach
    /// A wish is there again.
    case back
    /// It opened because the member is with us so long.
    case opened
    /// Seats are set aside, or were given to the next in line.
    case seatOffered, seatLapsed
    case parcel(HeldReward.State)
}
