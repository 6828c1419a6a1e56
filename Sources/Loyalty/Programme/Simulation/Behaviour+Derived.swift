import Primitives

extension Behaviour {
    /// What is supposed of the people of a programme that says nothing about them: everything that it declares happens,
    /// about as often as everything else, with values from the whole of what is declared.
    ///
    /// Good enough to see which rules fire and what they come to; not to see whom they suit.
    public static func derived(from programme: Programme) -> Behaviour {
        let zone = SimulatedZone(programme.timeZone) ?? .utc
        let share = 1 / Double(max(1, programme.languages.count))
        let subjects =
            programme.events.contains { $0.fields.contains { $0.type.isAboutSubjects } }
            ? (1...6).map { "subject-\($0)" } : []
        let even = Dictionary(uniqueKeysWithValues: subjects.map { ($0, 1.0) })
        var channel = Channel(id: "app", does: programme.events.map { Weighted($0.id, 1) })
        channel.again = 0.45
        channel.most = 8
        var behaviour = Behaviour(
            id: "derived", source: "/\(programme.id.name)", subjects: subjects,
            places: programme.languages.map { Place($0, zone, share: share) },
            rhythms: [
                Rhythm(
                    id: "day",
                    hours: [1, 0, 0, 0, 0, 1, 4, 8, 10, 8, 7, 7, 9, 7, 6, 6, 7, 8, 9, 10, 10, 9, 6, 3])
            ],
            groups: [
                Group(id: "regular", share: 0.3, visits: 1.2, tastes: even, channels: ["app": 1], hours: ["day": 1]),
                Group(
                    id: "now-and-then", share: 0.7, visits: 0.3, tastes: even, channels: ["app": 1], hours: ["day": 1]),
            ], channels: [channel], events: programme.events.map { event($0, subjects: subjects) })
        behaviour.isDerived = true
        behaviour.visits.weekend = 0.9
        // Nobody says what ties people to it: some leave each month.
        behaviour.subscription = Subscription(plans: [
            Plan(id: "staying", share: 1, everyDays: 30, months: 1, hazard: .usual(0.03))
        ])
        return behaviour
    }

    private static func event(_ type: EventType, subjects: [String]) -> Event {
        var event = Event(id: type.id)
        if type.fields.contains(where: { $0.type == .item }) { event.item = "item" }
        // Of an item, its topics and series come with it.
        let known: Set<String> = event.item == nil ? [] : ["topics", "series"]
        for field in type.fields where field.type != .item && !known.contains(field.id) {
            if let draw = draw(field.type, field) { event.fields.append(Field(field.id, draw)) }
        }
        return event
    }

    private static func draw(_ type: FieldType, _ field: EventType.Field) -> Draw? {
        func span(_ least: Double, _ most: Double, whole: Bool) -> Draw {
            let low = max(-1e9, min(1e9, field.minimum ?? min(least, field.maximum ?? least)))
            let high = max(low, min(1e9, field.maximum ?? max(most, low)))
            return .span(
                whole ? Span(low.rounded(.up), high.rounded(.down), power: 2, isWhole: true) : Span(low, high, power: 2)
            )
        }
        switch type {
        case .boolean: return .oneOf([Choice(.bool(false)), Choice(.bool(true))])
        case .integer: return span(1, 100, whole: true)
        case .number: return span(0, 100, whole: false)
        case .fraction: return .span(Span(0, 1))
        case .duration:
            // From half a minute to half an hour, in the field's own unit.
            let seconds = EventType.Field.seconds(of: field.unit)
            return span(30 / seconds, 1_800 / seconds, whole: false)
        case .text:
            let values = field.oneOf.isEmpty ? ["one", "two", "three"] : field.oneOf
            return .oneOf(values.map { Choice(.string($0)) })
        case .timestamp: return .moment
        case .topic: return .taste
        case .item: return nil
        case .list(let element):
            // Topics come from the item where there is one; other lists have one element.
            guard let one = draw(element, field) else { return nil }
            return .list(one)
        }
    }
}

extension FieldType {
    fileprivate var isAboutSubjects: Bool {
        switch self {
        case .topic, .item: true
        case .list(let element): element.isAboutSubjects
        default: false
        }
    }
}

extension EventType.Field {
    /// The seconds in one unit of a duration.
    static func seconds(of unit: String?) -> Double {
        switch unit {
        case "ms": 0.001
        case "min": 60
        case "h": 3_600
        default: 1
        }
    }
}
