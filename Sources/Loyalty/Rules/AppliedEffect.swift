public import Primitives

/// What became of a want: the value that is answered, stored as explanation, shown to the member and sent onwards.
public struct AppliedEffect: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case award, progress, completed, badge, entitlement, trait, webhook
        case correction, reversal, adjustment
        case redemption, confirmation, cancellation
        /// Points went to another member or a shared wallet, were set aside as a gift, came from one, or came back from a
        /// gift that nobody took.
        case sent, received, returned
        /// A confirmed redemption was undone.
        case refund
        /// Tickets of a raffle: the amount is how many, what was wanted is what was paid for them.
        case ticket
        case heldOut = "held-out"
        /// Something the member is told; its subject says what, such as `expiring-soon`.
        case notice
        /// Something was wanted, and a limit, a budget or an earlier effect left nothing of it.
        case refused
        /// Something that urges was not said, or not yet; the refusal says why.
        case withheld
    }

    public enum Refusal: Sendable, Hashable {
        case limit(Int)
        case cooldown
        case budget(String)
        case pressure(PressureBudget.Reason)

        /// Such as `limit:0`, as stored.
        public var text: String {
            switch self {
            case .limit(let index): "limit:\(index)"
            case .cooldown: "cooldown"
            case .budget(let id): "budget:\(id)"
            case .pressure(let reason): "pressure:\(reason.rawValue)"
            }
        }
    }

    public var id: ID128
    public var kind: Kind
    /// The rule, challenge or reward.
    public var source: String
    public var version: Int64
    /// What it is about: the unit of an award, the name of a badge, entitlement, trait, webhook or challenge.
    public var subject: String
    /// What was given; for progress the count reached.
    public var amount: Int64
    /// What was wanted; for progress the target.
    public var wanted: Int64
    public var refusal: Refusal?
    /// For members below the level `personal` the start of the day.
    public var at: Instant
    public var day: Int32
    /// Which sub-expression had which value, as JSON; empty where there is no condition.
    public var proof: [UInt8]
    /// The version of the time zone data under which it was decided, as read from the store: one name; more where its day
    /// does not tell which of them it was; none where that was not kept.
    public var zoneData: [String] = []

    public init(
        id: ID128, kind: Kind, source: String, version: Int64, subject: String, amount: Int64 = 0, wanted: Int64 = 0,
        refusal: Refusal? = nil, at: Instant, day: Int32, proof: [UInt8] = []
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.version = version
        self.subject = subject
        self.amount = amount
        self.wanted = wanted
        self.refusal = refusal
        self.at = at
        self.day = day
        self.proof = proof
    }

    /// Whether it is kept: progress is in its counter already and needs no explanation of its own.
    public var isKept: Bool { kind != .progress && kind != .webhook }
}
