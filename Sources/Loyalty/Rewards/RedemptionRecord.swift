public import Primitives

/// What a member chose when they redeemed.
public struct RedemptionChoice: Sendable, Hashable {
    public var quantity: Int64
    /// The name of a slot; empty for none.
    public var slot: String
    /// The unit of the price; `nil` for the standard price.
    public var unit: String?

    public init(quantity: Int64 = 1, slot: String = "", unit: String? = nil) {
        self.quantity = quantity
        self.slot = slot
        self.unit = unit
    }
}

/// What is kept of a redemption beside its hold.
public struct RedemptionRecord: Sendable, Hashable {
    /// The hold's.
    public let id: ID128
    public var reward: String
    public var state: Hold.State
    public var quantity: Int64
    /// The name of a slot; empty for none.
    public var slot: String
    /// The member's local day on which it was made.
    public var day: Int32
    /// The local day on which it was confirmed, cancelled, refunded or ran out.
    public var endedDay: Int32?
    /// The code of the pool that was set aside or given.
    public var code: ID128?
    public var fulfilment: Fulfilment?
    /// How to follow the parcel, sealed.
    public var tracking: [UInt8]
    /// In which round of publishing it was given to a cause; see ``DonationTotal``.
    public var round: Int64?

    public init(
        id: ID128, reward: String, state: Hold.State = .open, quantity: Int64 = 1, slot: String = "", day: Int32,
        endedDay: Int32? = nil, code: ID128? = nil, fulfilment: Fulfilment? = nil, tracking: [UInt8] = [],
        round: Int64? = nil
    ) {
        self.id = id
        self.reward = reward
        self.state = state
        self.quantity = quantity
        self.slot = slot
        self.day = day
        self.endedDay = endedDay
        self.code = code
        self.fulfilment = fulfilment
        self.tracking = tracking
        self.round = round
    }

    /// Whether it counts in stock, in limits and in what the member has.
    public var counts: Bool { state == .open || state == .confirmed }
}
