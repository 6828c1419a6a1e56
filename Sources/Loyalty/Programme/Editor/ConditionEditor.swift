public import CEL
internal import Catalogue
internal import Primitives

/// An editor for the expressions of a programme: what each kind of them may name, and which texts its facts can have.
public struct ConditionEditor: Sendable {
    /// Where an expression stands, and so what it may name and has to be.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// What stands at `when` of a rule, and the amount that it awards.
        case rule, amount
        case challenge, streak, occasion, measure
        case reward, gate, raffle
        /// Whom a job is about.
        case job

        /// Whether it sees an event; others see a member only.
        public var isOverEvents: Bool {
            switch self {
            case .rule, .amount, .challenge, .streak, .occasion, .measure: true
            case .reward, .gate, .raffle, .job: false
            }
        }

        /// The type that the programme's checks ask for.
        public var wanted: CELType { self == .amount ? .int : .bool }
    }

    public let kind: Kind
    /// The event type it is over, if it is over one.
    public let event: EventType?
    public let editor: ExpressionEditor

    /// - Parameters:
    ///   - event: the name of the event type; left aside by kinds that see none.
    ///   - topics: topics of the catalogue, to be offered.
    ///   - language: of the names that are shown beside units and challenges.
    /// - Returns: `nil` for a kind over events without an event type that the programme accepts.
    public init?(
        _ kind: Kind, event: String?, in programme: Programme, zones: (any TimeZoneSource)? = nil,
        topics: [String] = [], language: Language = .en
    ) {
        self.kind = kind
        var hints = Self.memberHints(programme, language)
        hints.wanted = [kind.wanted]
        guard kind.isOverEvents else {
            self.event = nil
            editor = ExpressionEditor(RuleEnvironment.memberEnvironment(in: programme, zones: zones), hints: hints)
            return
        }
        guard let type = programme.acceptedEvents.first(where: { $0.id == event }) else { return nil }
        self.event = type
        Self.add(type, topics, programme, to: &hints)
        editor = ExpressionEditor(
            RuleEnvironment.environment(for: type, in: programme, zones: zones), hints: hints)
    }

    private static func memberHints(_ programme: Programme, _ language: Language) -> EditorHints {
        var hints = EditorHints()
        hints.values["member.tier"] = programme.tiers?.tiers.map(\.id) ?? []
        hints.values["member.badges"] = programme.badges.map(\.id)
        hints.values["member.language"] = programme.languages.map(\.rawValue)
        hints.open.insert("member.language")
        let effects = programme.rules.flatMap(\.effects) + programme.challenges.flatMap(\.reward)
        for effect in effects {
            guard case .trait(let id, let value) = effect, let text = value.stringValue, !text.isEmpty else { continue }
            let path = "member.traits." + id
            hints.open.insert(path)
            if hints.values[path]?.contains(text) != true { hints.values[path, default: []].append(text) }
        }
        for unit in programme.units {
            let name = unit.name.text(language)
            if !name.isEmpty { hints.notes["member.balance." + unit.id] = name }
        }
        for challenge in programme.challenges {
            let name = challenge.name.text(language)
            if !name.isEmpty { hints.notes["member.progress." + challenge.id] = name }
        }
        for streak in programme.streaks {
            let name = streak.name.text(language)
            if !name.isEmpty { hints.notes["member.streak." + streak.id] = name }
        }
        return hints
    }

    private static func add(
        _ type: EventType, _ topics: [String], _ programme: Programme, to hints: inout EditorHints
    ) {
        hints.values["event.type"] = [type.id]
        for field in type.fields {
            let path = "event." + field.id
            if !field.meaning.isEmpty { hints.notes[path] = field.meaning }
            if !field.oneOf.isEmpty { hints.values[path] = field.oneOf }
            switch field.type {
            case .topic, .list(.topic):
                hints.values[path] = topics
                hints.open.insert(path)
            case .item:
                hints.values[path + ".kind"] = ItemKind.allCases.map(\.rawValue)
                hints.values[path + ".topics"] = topics
                hints.values[path + ".language"] = programme.languages.map(\.rawValue)
                hints.open.formUnion([path + ".topics", path + ".language"])
            default: break
            }
        }
    }
}
