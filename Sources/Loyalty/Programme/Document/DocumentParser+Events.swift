internal import Primitives

/// `events/*.yaml`, and the types of fields and traits.
extension DocumentParser {
    func eventType(_ node: DocumentNode, _ stem: String) -> EventType? {
        guard let id = declaredID(node, "event", .event, stem) else { return nil }
        let name = "event:\(id)"
        let keys = ["event", "purpose", "keep", "popularity", "fields"]
        guard let section = DocumentSection(reader, node, what: "the event type", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        var event = EventType(id: id)
        if let node = section.node("purpose"), let purpose = reader.word(node, "the name of a purpose", .dotted) {
            event.purpose = purpose
        }
        if let node = section.node("popularity"), let counts = reader.boolean(node) { event.popularity = counts }
        let levels = PrivacyLevel.allCases.map(\.rawValue)
        if let keep = section.section("keep", what: "'keep'", keys: levels) {
            for level in PrivacyLevel.allCases {
                guard let node = keep.node(level.rawValue),
                    case .some(.some(let span)) = reader.duration(node, allowsNone: true)
                else { continue }
                if level < .personal {
                    reader.report(
                        "Below the level 'personal' no raw event is kept, whatever stands here.", at: node.mark,
                        fix: "Write '\(level.rawValue): none', or leave it out.")
                    continue
                }
                event.keep[level] = span
            }
        }
        if let fields = section.section("fields", what: "the fields", keys: []) {
            for entry in fields.entries {
                guard reader.word(.scalar(entry.key), "the name of a field", .field) != nil else {
                    reader.markBroken(name)
                    continue
                }
                if RuleEnvironment.eventFields[entry.key.text] != nil {
                    reader.report(
                        "Every event has '\(entry.key.text)' already.", at: entry.key.mark,
                        fix: "Leave it out, or choose another name.")
                    continue
                }
                reader.remember("\(name).\(entry.key.text)", entry.value)
                if let field = field(entry.key.text, entry.value, name) {
                    event.fields.append(field)
                } else {
                    reader.markBroken(name)
                }
            }
        }
        return event
    }

    private func field(_ id: String, _ node: DocumentNode, _ event: String) -> EventType.Field? {
        let keys = ["type", "of", "required", "unit", "min", "max", "one-of", "meaning"]
        guard
            let section = DocumentSection(
                reader, Self.shorthand(node), what: "the field '\(id)'", name: "\(event).\(id)", keys: keys),
            let type = fieldType(section)
        else { return nil }
        var field = EventType.Field(id: id, type: type)
        if let node = section.node("required"), let required = reader.boolean(node) { field.required = required }
        if let node = section.node("unit") { field.unit = durationUnit(node, type) }
        if type == .duration, field.unit == nil { field.unit = "s" }
        bounds(section, &field)
        for (node, _) in section.list("one-of", of: "texts") {
            guard let text = reader.text(node, "a text", maximum: 200) else { continue }
            if field.oneOf.contains(text) { reader.report("'\(text)' is given twice.", at: node.mark) }
            field.oneOf.append(text)
        }
        if !field.oneOf.isEmpty, type != .text {
            reader.report("Only a text can be 'one-of'.", at: section.node("one-of")?.mark)
        }
        if let node = section.node("meaning") { field.meaning = reader.text(node) ?? "" }
        return field
    }

    private func durationUnit(_ node: DocumentNode, _ type: FieldType) -> String? {
        guard type == .duration else {
            reader.report("Only a duration has a unit.", at: node.mark, fix: "Say the unit in 'meaning'.")
            return nil
        }
        guard let scalar = reader.scalar(node, "a unit of time") else { return nil }
        let known = ["ms", "s", "min", "h"]
        guard known.contains(scalar.text) else {
            reader.report(
                "'\(scalar.text.prefix(80))' is not a unit of time.", at: scalar.mark,
                fix: "Choose from: \(known.joined(separator: ", ")).")
            return nil
        }
        return scalar.text
    }

    private func bounds(_ section: DocumentSection, _ field: inout EventType.Field) {
        for (key, path) in [("min", \EventType.Field.minimum), ("max", \EventType.Field.maximum)] {
            guard let node = section.node(key), let number = reader.number(node) else { continue }
            switch field.type {
            case .integer, .number, .duration: field[keyPath: path] = number
            case .fraction: reader.report("A fraction is from 0 to 1 already.", at: node.mark, fix: "Leave it out.")
            default: reader.report("Only a number has a '\(key)'.", at: node.mark, fix: "Leave it out.")
            }
        }
        if let low = field.minimum, let high = field.maximum, low > high {
            reader.report("'min' is above 'max'.", at: section.node("min")?.mark)
        }
    }

    /// `share: fraction` and `topics: list of topic` are short for `{ type: fraction }` and `{ type: list, of: topic }`.
    static func shorthand(_ node: DocumentNode) -> DocumentNode {
        guard case .scalar(let scalar) = node else { return node }
        func word(_ text: String) -> DocumentNode.Scalar {
            DocumentNode.Scalar(text: text, style: .plain, mark: scalar.mark)
        }
        var entries = [DocumentNode.Entry(key: word("type"), value: node)]
        if scalar.text.hasPrefix("list of ") {
            entries = [
                DocumentNode.Entry(key: word("type"), value: .scalar(word("list"))),
                DocumentNode.Entry(
                    key: word("of"), value: .scalar(word(String(scalar.text.dropFirst("list of ".count))))),
            ]
        }
        return .mapping(entries, scalar.mark)
    }

    /// The `type` of a field or trait, with `of` for the elements of a list.
    func fieldType(_ section: DocumentSection) -> FieldType? {
        guard let node = section.need("type"), let name: FieldType.Name = reader.choice(node, "a type") else {
            return nil
        }
        guard name == .list else {
            if let of = section.node("of") {
                reader.report("Only a list is 'of' something.", at: of.mark, fix: "Leave it out.")
            }
            return name.type
        }
        guard let of = section.need("of"), let element: FieldType.Name = reader.choice(of, "a type") else { return nil }
        guard let type = element.type, type != .item else {
            reader.report("A list cannot be of '\(element.rawValue)'.", at: of.mark)
            return nil
        }
        return .list(type)
    }
}

extension FieldType {
    /// The words of the document for types.
    enum Name: String, CaseIterable {
        case boolean, integer, number, fraction, duration, text, timestamp, topic, item, list

        /// `nil` for a list, which needs the type of its elements.
        var type: FieldType? {
            switch self {
            case .boolean: .boolean
            case .integer: .integer
            case .number: .number
            case .fraction: .fraction
            case .duration: .duration
            case .text: .text
            case .timestamp: .timestamp
            case .topic: .topic
            case .item: .item
            case .list: nil
            }
        }
    }

    var name: Name {
        switch self {
        case .boolean: .boolean
        case .integer: .integer
        case .number: .number
        case .fraction: .fraction
        case .duration: .duration
        case .text: .text
        case .timestamp: .timestamp
        case .topic: .topic
        case .item: .item
        case .list: .list
        }
    }
}
