internal import CEL
internal import Primitives

/// Facts written as JSON, in an example or a dry run, as a frame that expressions can be evaluated on.
struct FactReader {
    struct Problem: Error {
        var message: String

        init(_ message: String) {
            self.message = message
        }
    }

    let programme: Programme
    private(set) var frame: Frame
    /// Slots of required fields that were left out.
    private(set) var unknown: Set<Int> = []
    private let layout: FrameLayout

    init(programme: Programme, layout: FrameLayout) {
        self.programme = programme
        self.layout = layout
        frame = Frame(layout: layout)
    }

    private mutating func set(_ path: String, _ value: Value?) {
        if let slot = layout.slot(path) { frame[slot] = value }
    }

    // MARK: Events

    mutating func read(event: JSONValue, of type: EventType) throws(Problem) {
        let known = type.fields.map(\.id) + RuleEnvironment.eventFields.keys
        let given = event.objectValue ?? JSONObject()
        for key in given.keys where !known.contains(key) {
            let fix = DocumentSuggestion.fix(for: key, in: known).map { " \($0)" } ?? ""
            throw Problem("the event type '\(type.id)' has no field '\(key)'.\(fix)")
        }
        set("event.type", .string(type.id))
        if let claimed = given["type"], claimed != .string(type.id) {
            throw Problem("its event is of another type than the rule's trigger.")
        }
        set("event.channel", .string(given["channel"]?.stringValue ?? ""))
        if let time = given["time"] {
            set("event.time", try Self.value(time, of: .timestamp, "event.time"))
        } else if let slot = layout.slot("event.time") {
            unknown.insert(slot)
        }
        for field in type.fields {
            let path = "event.\(field.id)"
            guard let json = given[field.id], !json.isNull else {
                if field.required { unknown.formUnion(slots(under: path)) }
                continue
            }
            if field.type == .item {
                try read(item: json, path)
            } else {
                do throws(EventProblem) {
                    set(path, try EventReader.value(json, of: field.type, field: field))
                } catch {
                    throw Problem("'\(path)' does not fit. \(error.detail)")
                }
            }
        }
    }

    private func slots(under path: String) -> [Int] {
        layout.paths.indices.filter { layout.paths[$0].text == path || layout.paths[$0].text.hasPrefix(path + ".") }
    }

    private mutating func read(item: JSONValue, _ path: String) throws(Problem) {
        let known = RuleEnvironment.itemClass.merging(RuleEnvironment.itemIdentity) { first, _ in first }
        if let id = item.stringValue {
            set("\(path).id", .string(id))
            for key in known.keys where key != "id" {
                if let slot = layout.slot("\(path).\(key)") { unknown.insert(slot) }
            }
            return
        }
        guard let given = item.objectValue else { throw Problem("'\(path)' is an item: its id, or a mapping.") }
        for key in given.keys where known[key] == nil {
            let fix = DocumentSuggestion.fix(for: key, in: known.keys.sorted()).map { " \($0)" } ?? ""
            throw Problem("an item has no '\(key)'.\(fix)")
        }
        for (key, type) in known {
            guard let json = given[key] else {
                if let slot = layout.slot("\(path).\(key)") { unknown.insert(slot) }
                continue
            }
            set("\(path).\(key)", try Self.value(json, of: type == .string ? .text : .list(.text), "\(path).\(key)"))
        }
    }

    // MARK: Members

    mutating func read(member: JSONValue) throws(Problem) {
        let given = member.objectValue ?? JSONObject()
        let known = RuleEnvironment.memberFields.keys + ["traits", "balance", "progress", "streak", "longestStreak"]
        for key in given.keys where !known.contains(key) {
            let fix = DocumentSuggestion.fix(for: key, in: Array(known)).map { " \($0)" } ?? ""
            throw Problem("a member has no '\(key)'.\(fix)")
        }
        func value(_ key: String, _ type: FieldType, _ fallback: Value) throws(Problem) -> Value {
            guard let json = given[key] else { return fallback }
            return try Self.value(json, of: type, "member.\(key)")
        }
        set("member.tier", try value("tier", .text, .string(programme.tiers?.tiers.first?.id ?? "")))
        if let tier = given["tier"]?.stringValue, !(programme.tiers?.tiers.contains { $0.id == tier } ?? false) {
            throw Problem("there is no tier '\(tier)'.")
        }
        set("member.paused", try value("paused", .boolean, .bool(false)))
        set("member.language", try value("language", .text, .string(programme.languages.first?.rawValue ?? "en")))
        set("member.joinedDays", try value("joinedDays", .integer, .int(0)))
        set("member.level", try value("level", .integer, .int(0)))
        set("member.badges", try value("badges", .list(.text), .list([])))
        try read(given["traits"], "traits", programme.traits.map { ($0.id, $0.type) }, fallback: nil)
        try read(given["balance"], "balance", programme.units.map { ($0.id, .integer) }, fallback: .int(0))
        try read(given["progress"], "progress", programme.challenges.map { ($0.id, .integer) }, fallback: .int(0))
        for name in ["streak", "longestStreak"] {
            try read(given[name], name, programme.streaks.map { ($0.id, .integer) }, fallback: .int(0))
        }
    }

    private mutating func read(
        _ json: JSONValue?, _ name: String, _ known: [(id: String, type: FieldType)], fallback: Value?
    ) throws(Problem) {
        let given = json?.objectValue ?? JSONObject()
        if let json, json.objectValue == nil { throw Problem("'member.\(name)' is a mapping, not \(json).") }
        for key in given.keys where !known.contains(where: { $0.id == key }) {
            let fix = DocumentSuggestion.fix(for: key, in: known.map(\.id)).map { " \($0)" } ?? ""
            throw Problem("'member.\(name)' has no '\(key)'.\(fix)")
        }
        for (id, type) in known {
            let path = "member.\(name).\(id)"
            set(path, try given[id].map { json throws(Problem) in try Self.value(json, of: type, path) } ?? fallback)
        }
    }

    // MARK: Values

    /// Why `json` is no value of the type; `nil` if it is one.
    static func problem(of json: JSONValue, as type: FieldType) -> String? {
        do {
            _ = try value(json, of: type, "the value")
            return nil
        } catch {
            return error.message
        }
    }

    private static func value(_ json: JSONValue, of type: FieldType, _ path: String) throws(Problem) -> Value {
        func wrong(_ expected: String) -> Problem {
            Problem("'\(path)' is \(expected), not \(json.text().prefix(80)).")
        }
        switch type {
        case .boolean:
            guard let value = json.boolValue else { throw wrong("true or false") }
            return .bool(value)
        case .integer:
            guard let value = json.intValue else { throw wrong("a whole number") }
            return .int(value)
        case .number:
            guard let value = json.doubleValue else { throw wrong("a number") }
            return .double(value)
        case .fraction:
            guard let value = json.doubleValue, (0...1).contains(value) else { throw wrong("a number from 0 to 1") }
            return .double(value)
        case .duration:
            guard let value = json.doubleValue, (0...1e12).contains(value) else { throw wrong("a length of time") }
            return .int(Int64(value.rounded(.down)))
        case .text, .topic:
            guard let value = json.stringValue else { throw wrong("a text") }
            return .string(value)
        case .timestamp:
            guard let value = json.stringValue.flatMap({ Timestamp(rfc3339: $0) }) else {
                throw wrong("a time such as 2026-03-01T18:30:00Z")
            }
            return .timestamp(value)
        case .item: throw wrong("an item")
        case .list(let element):
            guard let values = json.arrayValue else { throw wrong("a list") }
            var list: [Value] = []
            for value in values { list.append(try self.value(value, of: element, path)) }
            return .list(list)
        }
    }
}

extension FieldType {
    /// `a list of topic`, `a fraction`.
    var sentence: String {
        switch self {
        case .list(let element): "a list of \(element.name.rawValue)"
        case .integer, .item: "an \(name.rawValue)"
        default: "a \(name.rawValue)"
        }
    }
}
