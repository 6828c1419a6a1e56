public import Catalogue
public import Primitives

/// Something that stands before content: which items it is before, and what opens it.
///
/// A gate is asked by its name, or found by the item it stands before. It decides about nothing else: the publisher's site
/// or app shows, or does not show, what lies behind it.
public struct Gate: Sendable, Hashable {
    /// The items that a gate stands before: each list that is not empty must hold something of the item.
    public struct Scope: Sendable, Hashable {
        public var kinds: [ItemKind]
        public var topics: [String]
        public var series: [String]
        public var items: [String]
        /// As the catalogue says: `free`, `subscriber`, `tier:gold`.
        public var access: [String]
        /// Before items that are not published yet, while their early-access window is open; every other gate stands before
        /// published ones only.
        public var isEarly: Bool

        public init(
            kinds: [ItemKind] = [], topics: [String] = [], series: [String] = [], items: [String] = [],
            access: [String] = [], isEarly: Bool = false
        ) {
            self.kinds = kinds
            self.topics = topics
            self.series = series
            self.items = items
            self.access = access
            self.isEarly = isEarly
        }

        /// Whether the gate stands before this item, leaving out when.
        public func contains(_ item: Item) -> Bool {
            if !kinds.isEmpty, !kinds.contains(item.kind) { return false }
            if !topics.isEmpty, !item.topics.contains(where: { topics.contains($0) }) { return false }
            if !series.isEmpty, !(item.series.map { series.contains($0.text) } ?? false) { return false }
            if !items.isEmpty, !items.contains(item.id.text) { return false }
            return access.isEmpty || access.contains(item.content.access.text)
        }
    }

    /// What opens a gate.
    public indirect enum Condition: Sendable, Hashable {
        case any([Condition])
        case all([Condition])
        /// This tier or one above it.
        case tier(String)
        case badge(String)
        /// Given by a rule, a challenge, a reward, a ticket or a code.
        case entitlement(String)
        /// At least so much that can be spent; nothing is taken.
        case balance(unit: String, atLeast: Int64)
        /// A trait with this value; `true` for a trait that is given alone.
        case trait(String, is: JSONValue)
        /// The reward was redeemed and handed out: a ticket, say.
        case reward(String)
        /// A part of time; either end may be open.
        case window(from: Instant?, until: Instant?)
        /// So many openings in a period, for everybody.
        case meter(free: Int64, per: PeriodUnit)
        /// A CEL expression of type bool over `member`; of a visitor nothing is known, so it is not met.
        case when(String)
    }

    public var id: String
    public var name: LocalizedText
    /// `nil`: it is asked by name only.
    public var scope: Scope?
    /// Any of these opens it.
    public var opens: [Condition]
    /// Rewards to point to when it stays closed, the best first.
    public var offers: [String]
    /// Said to whoever stands before it.
    public var why: LocalizedText

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), scope: Scope? = nil, opens: [Condition] = [],
        offers: [String] = [], why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.scope = scope
        self.opens = opens
        self.offers = offers
        self.why = why
    }

    /// Its meter, if it has one: a gate has at most one, which the checker sees to.
    public var meter: (free: Int64, per: PeriodUnit)? {
        for condition in opens {
            if let found = condition.meter { return found }
        }
        return nil
    }
}

extension Gate.Condition {
    /// The conditions inside this one, itself included.
    public var leaves: [Gate.Condition] {
        switch self {
        case .any(let parts), .all(let parts): parts.flatMap(\.leaves)
        default: [self]
        }
    }

    var meter: (free: Int64, per: PeriodUnit)? {
        for case .meter(let free, let per) in leaves { return (free, per) }
        return nil
    }

    /// The word for it in answers: `tier`, `balance`, …
    public var code: String {
        switch self {
        case .any: "any"
        case .all: "all"
        case .tier: "tier"
        case .badge: "badge"
        case .entitlement: "entitlement"
        case .balance: "balance"
        case .trait: "trait"
        case .reward: "reward"
        case .window: "window"
        case .meter: "meter"
        case .when: "when"
        }
    }

    /// The name of what it asks for; empty where there is none.
    public var subject: String {
        switch self {
        case .tier(let name), .badge(let name), .entitlement(let name), .reward(let name), .trait(let name, _): name
        case .balance(let unit, _): unit
        case .meter(_, let per): per.rawValue
        case .when(let source): source
        case .any, .all, .window: ""
        }
    }
}
