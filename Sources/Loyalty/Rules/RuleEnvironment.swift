public import CEL

/// What conditions may name: the one place where the checker and the engine learn it from.
///
/// An expression over an event sees `event` with `type`, `time`, `channel` and the declared fields, and `member`. A
/// condition of a reward sees `member` only. All expressions over one event type share the slots of one layout.
public enum RuleEnvironment {
    /// What every event has, besides its declared fields.
    public static let eventFields: [String: CELType] = ["type": .string, "time": .timestamp, "channel": .string]

    /// What is known of an item: its class, and who it is.
    public static let itemClass: [String: CELType] = ["kind": .string, "topics": .list(.string), "language": .string]
    public static let itemIdentity: [String: CELType] = ["id": .string, "series": .string, "makers": .list(.string)]

    /// What is known of every member; traits, balances and progress come from the programme.
    static let memberFields: [String: CELType] = [
        "tier": .string, "paused": .bool, "language": .string, "joinedDays": .int, "badges": .list(.string),
        "level": .int,
    ]

    /// Facts of a member that earlier events change, so that a condition on them depends on the order of delivery.
    static let orderedMemberFacts = ["tier", "badges", "level", "balance", "progress", "streak", "longestStreak"]

    /// Limits for expressions that people write into a programme: an evaluation must stay small beside the event that it
    /// decides on.
    public static let limits: Limits = {
        var limits = Limits.standard
        limits.expressionBytes = 8_192
        limits.nestingDepth = 100
        limits.nodes = 2_000
        limits.estimatedCost = 1_000_000
        limits.steps = 100_000
        limits.stringBytes = 65_536
        limits.listElements = 10_000
        return limits
    }()

    /// The environment of conditions and amounts over events of one type.
    ///
    /// - Parameter zones: where `event.time.getHours('Europe/Amsterdam')` finds its zone.
    public static func environment(
        for type: EventType, in programme: Programme, zones: (any TimeZoneSource)? = nil
    ) -> Environment {
        var environment = memberEnvironment(in: programme, zones: zones)
        var fields = eventFields
        for field in type.fields { fields[field.id] = self.type(field.type) }
        environment.declare(variable: "event", fields: fields)
        return environment
    }

    /// The environment of conditions over a member alone.
    public static func memberEnvironment(
        in programme: Programme, zones: (any TimeZoneSource)? = nil
    ) -> Environment {
        var environment = Environment(container: "", extensions: .all)
        environment.limits = limits
        environment.timeZones = zones
        var fields = memberFields
        fields["traits"] = .record(record(programme.traits) { ($0.id, type($0.type)) })
        fields["balance"] = .record(record(programme.units) { ($0.id, .int) })
        fields["progress"] = .record(record(programme.challenges) { ($0.id, .int) })
        fields["streak"] = .record(record(programme.streaks) { ($0.id, .int) })
        fields["longestStreak"] = .record(record(programme.streaks) { ($0.id, .int) })
        environment.declare(variable: "member", fields: fields)
        return environment
    }

    /// The type of a declared field or trait in conditions.
    public static func type(_ type: FieldType) -> CELType {
        switch type {
        case .boolean: .bool
        case .integer, .duration: .int
        case .number, .fraction: .double
        case .text, .topic: .string
        case .timestamp: .timestamp
        case .item: .record(itemClass.merging(itemIdentity) { known, _ in known })
        case .list(let element): .list(self.type(element))
        }
    }

    private static func record<Thing>(
        _ things: [Thing], _ entry: (Thing) -> (String, CELType)
    ) -> [String: CELType] {
        Dictionary(things.map(entry), uniquingKeysWith: { first, _ in first })
    }
}
