public import Primitives

/// When an event of one type meets a condition, something happens.
public struct Rule: Sendable, Hashable {
    public var id: String
    /// The event type that triggers it.
    public var trigger: String
    /// A CEL expression of type bool over `event` and `member`; `nil` means always.
    public var condition: String?
    public var effects: [Effect]
    public var limits: [Limit]
    /// At most one award per slot of this length; slots are counted from the start of the member's day.
    public var cooldown: DurationSpan?
    public var validFrom: Instant?
    public var validUntil: Instant?
    /// Of the matching rules of one exclusivity group only the one with the highest priority applies.
    public var priority: Int
    public var exclusive: String?
    public var budget: String?
    /// Overrides when the unit's awards become spendable, for this rule's.
    public var pending: PendingTerm?
    /// Overrides when they expire.
    public var expires: ExpiryTerm?
    /// What its awards say otherwise, by their place among the effects.
    public var awardTerms: [Int: AwardTerms] = [:]
    /// Overrides what a reversal may take back.
    public var reversal: ReversalPolicy?
    /// The share of members, in basis points, for whom the rule does nothing so that its effect can be measured.
    public var holdoutBasisPoints: Int
    public var why: LocalizedText
    public var examples: [Example]

    public init(
        id: String, trigger: String, condition: String? = nil, effects: [Effect] = [], limits: [Limit] = [],
        cooldown: DurationSpan? = nil, validFrom: Instant? = nil, validUntil: Instant? = nil, priority: Int = 0,
        exclusive: String? = nil, budget: String? = nil, pending: PendingTerm? = nil, expires: ExpiryTerm? = nil,
        reversal: ReversalPolicy? = nil, holdoutBasisPoints: Int = 0,
        why: LocalizedText = LocalizedText([:]), examples: [Example] = []
    ) {
        self.id = id
        self.trigger = trigger
        self.condition = condition
        self.effects = effects
        self.limits = limits
        self.cooldown = cooldown
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.priority = priority
        self.exclusive = exclusive
        self.budget = budget
        self.pending = pending
        self.expires = expires
        self.reversal = reversal
        self.holdoutBasisPoints = holdoutBasisPoints
        self.why = why
        self.examples = examples
    }

    /// An event, a member and what the rule must give them; run by `programme check`.
    public struct Example: Sendable, Hashable {
        public var event: JSONValue
        public var member: JSONValue
        /// The amount per unit that the rule gives; empty means nothing.
        public var gives: [String: Int64]

        public init(event: JSONValue, member: JSONValue, gives: [String: Int64]) {
            self.event = event
            self.member = member
            self.gives = gives
        }
    }
}

/// What a rule, or the completion of a challenge, does.
public enum Effect: Sendable, Hashable {
    /// `amount` is a CEL expression of type int over `event` and `member`; a literal in most rules.
    case award(amount: String, unit: String)
    case progress(challenge: String, by: Int64)
    case badge(String)
    /// Access to something, for a time (`nil` = until it is taken away).
    case entitlement(String, lasts: DurationSpan?)
    case trait(String, value: JSONValue)
    case webhook(String)
    case tickets(raffle: String, count: Int64)
    /// An occasion for a ``Nudge``; whether and when it is said is for the pressure budget.
    case nudge(String)
}

/// How much a rule may give one member in a period.
///
/// What a period gives is a function of the *set* of awards that were wanted in it, never of the order in which they
/// arrived: the largest count first. So late, repeated and offline delivery end in the same balance.
public struct Limit: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The sum of a period; the award that crosses it is reduced.
        case amount(Int64)
        /// The number of awards of a period; the largest ones count.
        case times(Int64)
        /// The most that one event gives; more is reduced.
        case perEvent(Int64)
    }

    public var kind: Kind
    public var period: PeriodUnit

    public init(kind: Kind, period: PeriodUnit) {
        self.kind = kind
        self.period = period
    }
}
