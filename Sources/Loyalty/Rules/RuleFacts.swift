public import CEL

/// How much a rule must know of what a member does, from nothing to a history. It decides at which privacy levels a rule
/// can be served.
public enum RuleFacts: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Nothing about the content: how much, how long, when, and the member's own record in the programme.
    case none
    /// The class of the content: kind, topics, language.
    case `class`
    /// Which item it is. Looked at in memory for this one event, never kept beside the member.
    case item
    /// What the member did with items before.
    case history

    private var rank: Int {
        switch self {
        case .none: 0
        case .class: 1
        case .item: 2
        case .history: 3
        }
    }

    public static func < (left: RuleFacts, right: RuleFacts) -> Bool { left.rank < right.rank }

    /// Whether the server can evaluate it for a member at `level`. Below `personal` no history is kept, so what needs one
    /// would have to come from the member's device.
    public func isServed(at level: PrivacyLevel) -> Bool { self < .history || level == .personal }

    /// What `programme check` prints.
    public var sentence: String {
        switch self {
        case .none: "served at every level: it looks at no content"
        case .class: "served at every level: it looks at kind, topics or language only"
        case .item:
            "served at every level: it looks at the item in memory, and below 'personal' the reason leaves it out"
        case .history: "served at the level 'personal' only: it needs what the member did before"
        }
    }

    /// The facts behind the attributes that an expression over events of `type` reads.
    ///
    /// A free text of an event that names an item may tell which item it is, so it counts as one.
    public init(reads: some Sequence<AttributePath>, of type: EventType?) {
        self = reads.reduce(.none) { max($0, Self.of($1.text, type)) }
    }

    /// Parts of `member` that are a history of items. The engine keeps none yet; the names are reserved for it.
    static let historyPrefixes = ["member.topics.", "member.items."]

    private static func of(_ path: String, _ type: EventType?) -> RuleFacts {
        if historyPrefixes.contains(where: { path.hasPrefix($0) }) { return .history }
        let parts = path.split(separator: ".").map(String.init)
        guard parts.count >= 2, parts[0] == "event", let type,
            let field = type.fields.first(where: { $0.id == parts[1] })
        else { return .none }
        switch field.type {
        case .item: return parts.count > 2 && RuleEnvironment.itemIdentity[parts[2]] != nil ? .item : .class
        case .topic, .list(.topic): return .class
        case .text, .list(.text):
            let namesItem = type.fields.contains { $0.type == .item }
            return namesItem && field.oneOf.isEmpty ? .item : .none
        default: return .none
        }
    }
}
