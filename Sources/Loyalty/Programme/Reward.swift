public import Primitives

/// Something a member can have for points: redeeming holds the points, confirming spends them, cancelling gives them
/// back.
public struct Reward: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Early access to something that is not published yet.
        case preview
        /// A question to a maker.
        case questions
        /// Digital access.
        case digital
        /// Seats at an event.
        case ticket
        /// A visit or an evening, booked for a slot.
        case experience
        /// A workshop given by a maker.
        case workshop
        /// A talk with a maker, for one member alone.
        case advice
        /// A live stream.
        case stream
        /// Extra listening minutes: an amount of a unit that is spent by listening.
        case minutes
        /// An in-depth analysis.
        case analysis
        /// A thing that is sent by post.
        case physical
        /// Points given to a cause.
        case donation
        /// An amount of one unit for an amount of another.
        case conversion
        /// Money off a subscription.
        case credit
    }

    public var id: String
    public var kind: Kind
    public var name: LocalizedText
    public var text: LocalizedText
    /// What it costs, the standard price first; a member pays one of them.
    public var prices: [Price]
    /// How many there are; `nil` means no end.
    public var stock: Int64?
    /// At most so many for one member in each ``perMemberPeriod``.
    public var perMember: Int64?
    public var perMemberPeriod: PeriodUnit
    /// How many one redemption may be for: seats, steps of a conversion, gifts.
    public var quantity: ClosedRange<Int64>
    /// A CEL expression of type bool over `member`.
    public var condition: String?
    /// How long the points are held before an unconfirmed redemption is cancelled.
    public var holds: DurationSpan
    public var validFrom: Instant?
    public var validUntil: Instant?
    /// How much earlier than ``validFrom`` it opens for a tier and all above it.
    public var early: [EarlyWindow]
    /// How long somebody must have been with us.
    public var after: DurationSpan?
    public var slots: SlotPlan?
    public var waitingList: WaitingList?
    public var codes: CodePool?
    /// What one of it gives in another unit: conversions and minutes.
    public var into: UnitAmount?
    /// What one of it is worth in money: donations and credits.
    public var value: Money?
    /// How long after the confirmation staff may refund it; `nil`: as ``Kind/refund`` says.
    public var refund: Refund?
    /// It is not offered any more; who has it keeps it.
    public var isWithdrawn: Bool
    public var maker: String?
    public var item: String?
    public var topics: [String]
    /// What confirming gives besides the thing itself.
    public var entitlement: String?
    /// How long the entitlement lasts; `nil`: until it is taken away.
    public var entitlementLasts: DurationSpan?

    public init(
        id: String, kind: Kind, name: LocalizedText = LocalizedText([:]), text: LocalizedText = LocalizedText([:]),
        unit: String, price: Int64, stock: Int64? = nil, perMember: Int64? = nil, condition: String? = nil,
        holds: DurationSpan = .minutes(15), validFrom: Instant? = nil, validUntil: Instant? = nil,
        maker: String? = nil, item: String? = nil, topics: [String] = [], entitlement: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.text = text
        prices = [Price(unit: unit, amount: price)]
        self.stock = stock
        self.perMember = perMember
        perMemberPeriod = .ever
        quantity = 1...1
        self.condition = condition
        self.holds = holds
        self.validFrom = validFrom
        self.validUntil = validUntil
        early = []
        isWithdrawn = false
        self.maker = maker
        self.item = item
        self.topics = topics
        self.entitlement = entitlement
    }

    /// The unit of the standard price.
    public var unit: String {
        get { prices.first?.unit ?? "" }
        set { prices = [Price(unit: newValue, amount: price)] }
    }

    /// The amount of the standard price, for members without a tier.
    public var price: Int64 {
        get { prices.first?.amount ?? 0 }
        set { prices = [Price(unit: unit, amount: newValue)] }
    }

    /// What a member pays for one, in a unit.
    public struct Price: Sendable, Hashable {
        public var unit: String
        public var amount: Int64
        /// The amount for a tier and those above it that have none of their own.
        public var tiers: [TierPrice]

        public init(unit: String, amount: Int64, tiers: [TierPrice] = []) {
            self.unit = unit
            self.amount = amount
            self.tiers = tiers
        }

        /// The amount for a member of `tier`; the nearest tier at or below it that has a price.
        ///
        /// - Parameter ladder: the tiers, lowest first.
        public func amount(tier: String, ladder: [TierLadder.Tier]) -> Int64 {
            guard !tiers.isEmpty, let place = ladder.firstIndex(where: { $0.id == tier }) else { return amount }
            for level in ladder[...place].reversed() {
                if let own = tiers.first(where: { $0.tier == level.id }) { return own.amount }
            }
            return amount
        }
    }

    public struct TierPrice: Sendable, Hashable {
        public var tier: String
        public var amount: Int64

        public init(tier: String, amount: Int64) {
            self.tier = tier
            self.amount = amount
        }
    }

    public struct EarlyWindow: Sendable, Hashable {
        public var tier: String
        public var span: DurationSpan

        public init(tier: String, span: DurationSpan) {
            self.tier = tier
            self.span = span
        }
    }

    /// Whoever comes too late waits in order; what comes free is offered to the first whom it suits.
    public struct WaitingList: Sendable, Hashable {
        /// How long an offer stands, counted from the end of its day in the programme's time zone.
        public var offer: DurationSpan
        /// How many may wait for one reward or slot.
        public var most: Int64

        public init(offer: DurationSpan, most: Int64 = 1_000) {
            self.offer = offer
            self.most = most
        }

        /// The longest list.
        public static let maximum: Int64 = 10_000
    }

    /// Codes that were uploaded, of which each redemption gets one.
    public struct CodePool: Sendable, Hashable {
        /// How few are few.
        public var low: Int64?

        public init(low: Int64? = nil) {
            self.low = low
        }
    }

    public struct UnitAmount: Sendable, Hashable {
        public var unit: String
        public var amount: Int64

        public init(unit: String, amount: Int64) {
            self.unit = unit
            self.amount = amount
        }
    }

    /// An amount in the smallest coin of a currency (ISO 4217).
    public struct Money: Sendable, Hashable {
        public var amount: Int64
        public var currency: String

        public init(amount: Int64, currency: String) {
            self.amount = amount
            self.currency = currency
        }
    }

    public enum Refund: Sendable, Hashable {
        case never
        case within(DurationSpan)
    }

    /// Whether confirmed redemptions can be refunded at all, apart from a ``refund`` of its own.
    public var isRefundable: Bool { refund != .never && kind.allowsRefund && codes == nil }

    /// The places that there are, in order of time; empty without slots.
    public var allSlots: [Slot] { slots?.slots ?? [] }
}

extension Reward.Kind {
    /// What was given to a cause, turned into another unit or shown as a code cannot be taken back.
    public var allowsRefund: Bool {
        switch self {
        case .donation, .conversion, .minutes: false
        default: true
        }
    }

    /// Whether it goes by post.
    public var isSent: Bool { self == .physical }

    /// Whether the member shows a ticket for it.
    public var hasTicket: Bool {
        switch self {
        case .ticket, .experience, .workshop, .advice: true
        default: false
        }
    }
}
