import CEL
public import Catalogue
public import Primitives

/// Holds events against their declaration: what comes out fits, what does not says which field is wrong and what to do.
public struct EventReader: Sendable {
    /// How far a sender's clock may run ahead.
    public static let clockToleranceMilliseconds: Int64 = 5 * 60_000
    /// The window of a programme that declares none, in a home that says nothing.
    public static let standardLateness = DurationSpan.hours(72)
    /// The longest text of a field, in bytes.
    public static let longestText = 4_096
    /// The longest list of a field.
    public static let longestList = 256

    private let programme: CompiledProgramme
    private let item: @Sendable (ItemID) -> Item

    /// - Parameter item: finds an item of the catalogue, or a stub for one that is not known yet.
    public init(_ programme: CompiledProgramme, item: @escaping @Sendable (ItemID) -> Item) {
        self.programme = programme
        self.item = item
    }

    /// - Parameters:
    ///   - claim: the keyed hash of (programme, source, event id).
    ///   - now: when the event is accepted.
    ///   - acceptsLate: takes an event from before the window as well: somebody has decided that it shall count.
    /// - Throws: ``EventProblem``; the event belongs in quarantine.
    public func read(
        _ incoming: IncomingEvent, claim: ID128, now: Instant, acceptsLate: Bool = false
    ) throws(EventProblem) -> Event {
        guard let type = programme.eventTypes[incoming.type] else {
            throw EventProblem(
                .unknownType, field: "type",
                "The programme declares no event type of this name. Declare it under events/ or correct the sender.")
        }
        guard incoming.type != EventType.quizFinished.id || programme.quizzes.isEmpty else {
            throw EventProblem(
                .unknownType, field: "type", "Stamgast makes this event itself; nobody sends it.")
        }
        guard incoming.time.milliseconds <= now.milliseconds + Self.clockToleranceMilliseconds else {
            throw EventProblem(
                .inFuture, field: "time",
                "The event's time lies more than 5 minutes ahead of this server's clock. Correct the sender's clock.")
        }
        let earliest: Int64 =
            switch programme.programme.lateness ?? Self.standardLateness {
            case .milliseconds(let amount): now.milliseconds - amount
            case .days(let days): now.milliseconds - Int64(days) * 86_400_000
            case .months(let months): now.milliseconds - Int64(months) * 31 * 86_400_000
            }
        guard acceptsLate || incoming.time.milliseconds >= earliest else {
            throw EventProblem(
                .tooLate, field: "time",
                "The event is older than the setting `lateness` allows. Replay it from quarantine to count it all the same, "
                    + "or bring old events in with `stamgast import`.")
        }
        var values: [Value?] = []
        var items: [Item?] = []
        values.reserveCapacity(type.declaration.fields.count)
        items.reserveCapacity(type.declaration.fields.count)
        var seen = 0
        for field in type.declaration.fields {
            guard let json = incoming.fields[field.id], json != .null else {
                guard !field.required else {
                    throw EventProblem(
                        .missingField, field: field.id, "The field is required. Send it, or declare it optional.")
                }
                if incoming.fields[field.id] != nil { seen += 1 }
                values.append(nil)
                items.append(nil)
                continue
            }
            seen += 1
            if field.type == .item {
                guard let text = json.stringValue, let id = ItemID(text) else {
                    throw EventProblem(
                        .wrongType, field: field.id, "Send the item's identifier: a text of 1 to 200 bytes.")
                }
                values.append(.null)
                items.append(item(id))
            } else {
                values.append(try Self.value(json, of: field.type, field: field))
                items.append(nil)
            }
        }
        if seen < incoming.fields.count {
            let unknown = incoming.fields.keys.first { type.fieldIndex[$0] == nil } ?? ""
            throw EventProblem(
                .unknownField, field: unknown,
                "The event type has no such field. Declare it under events/\(type.declaration.id).yaml or leave it out."
            )
        }
        return Event(
            claim: claim, type: type, at: incoming.time, channel: incoming.channel, values: values, items: items)
    }

    static func value(
        _ json: JSONValue, of type: FieldType, field: EventType.Field
    ) throws(EventProblem) -> Value {
        func wrong(_ expected: String) -> EventProblem {
            EventProblem(.wrongType, field: field.id, "The field must be \(expected).")
        }
        switch type {
        case .boolean:
            guard let value = json.boolValue else { throw wrong("true or false") }
            return .bool(value)
        case .integer:
            guard let value = json.intValue else { throw wrong("a whole number within 64 bits") }
            try check(Double(value), field)
            return .int(value)
        case .number:
            guard let value = json.doubleValue, value.isFinite else { throw wrong("a number") }
            try check(value, field)
            return .double(value)
        case .fraction:
            guard let value = json.doubleValue, value.isFinite else { throw wrong("a number from 0 to 1") }
            guard value >= 0, value <= 1 else {
                throw EventProblem(
                    .outOfRange, field: field.id, "The field must lie from 0 to 1; a percentage must be divided by 100."
                )
            }
            return .double(value)
        case .duration:
            guard let value = json.doubleValue, value.isFinite else { throw wrong("a number of \(field.unit ?? "s")") }
            guard value >= 0 else {
                throw EventProblem(.outOfRange, field: field.id, "A length of time cannot be negative.")
            }
            let factor: Double =
                switch field.unit {
                case "ms": 0.001
                case "min": 60
                case "h": 3_600
                default: 1
                }
            let seconds = (value * factor).rounded(.down)
            guard seconds <= 366 * 86_400 else {
                throw EventProblem(
                    .outOfRange, field: field.id,
                    "The length of time exceeds a year: check that it is given in \(field.unit ?? "s").")
            }
            try check(value, field)
            return .int(Int64(seconds))
        case .text, .topic:
            guard let value = json.stringValue else { throw wrong("a text") }
            guard value.utf8.count <= longestText else {
                throw EventProblem(
                    .outOfRange, field: field.id, "The text has more than \(longestText) bytes. Shorten it.")
            }
            guard field.oneOf.isEmpty || field.oneOf.contains(value) else {
                throw EventProblem(
                    .outOfRange, field: field.id, "The text must be one of: \(field.oneOf.joined(separator: ", ")).")
            }
            return .string(value)
        case .timestamp:
            guard let text = json.stringValue, let instant = RFC3339.parse(text),
                let value = Timestamp(instant)
            else { throw wrong("a time such as 2026-11-21T20:15:00Z") }
            return .timestamp(value)
        case .item: throw wrong("an item")
        case .list(let element):
            guard let values = json.arrayValue else { throw wrong("a list") }
            guard values.count <= longestList else {
                throw EventProblem(
                    .outOfRange, field: field.id, "The list has more than \(longestList) elements. Shorten it.")
            }
            var list: [Value] = []
            list.reserveCapacity(values.count)
            for value in values { list.append(try Self.value(value, of: element, field: field)) }
            return .list(list)
        }
    }

    private static func check(_ value: Double, _ field: EventType.Field) throws(EventProblem) {
        if let minimum = field.minimum, value < minimum {
            throw EventProblem(.outOfRange, field: field.id, "The field must be at least \(minimum).")
        }
        if let maximum = field.maximum, value > maximum {
            throw EventProblem(.outOfRange, field: field.id, "The field must be at most \(maximum).")
        }
    }
}
