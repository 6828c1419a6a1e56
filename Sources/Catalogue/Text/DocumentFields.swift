import Primitives

/// Takes the members of one JSON object apart, noting a fault for each that has the wrong kind or an unknown name.
struct DocumentFields {
    private let object: JSONObject
    private var known: [String] = []
    var check: FieldCheck

    /// `nil`, with a fault, when `value` is no object.
    init?(_ value: JSONValue, check: inout FieldCheck) {
        guard let object = value.objectValue else {
            check.fault("", "it is \(value.kind.named)", "Send an object with at least an id and a title")
            return nil
        }
        self.object = object
        self.check = check
    }

    mutating func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        if let string = value.stringValue { return string }
        wrong(key, value, "a text")
        return nil
    }

    mutating func strings(_ key: String) -> [String] {
        guard let value = value(key) else { return [] }
        guard let array = value.arrayValue else {
            wrong(key, value, "a list of texts")
            return []
        }
        return array.enumerated().compactMap { index, element in
            if let string = element.stringValue { return string }
            wrong("\(key)[\(index)]", element, "a text")
            return nil
        }
    }

    /// Text per language; a bare text is in `language`.
    mutating func texts(_ key: String, language: String?) -> [String: String] {
        guard let value = value(key) else { return [:] }
        if let text = value.stringValue { return [language ?? LanguageTag.undetermined.name: text] }
        guard let object = value.objectValue else {
            wrong(key, value, "a text, or an object with a text per language")
            return [:]
        }
        var result: [String: String] = [:]
        for member in object {
            if let text = member.value.stringValue {
                result[member.key] = text
            } else {
                wrong("\(key).\(member.key.quoted)", member.value, "a text")
            }
        }
        return result
    }

    mutating func integer(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        if let integer = value.intValue { return Int(integer) }
        wrong(key, value, "a whole number")
        return nil
    }

    mutating func flag(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        if let flag = value.boolValue { return flag }
        wrong(key, value, "true or false")
        return nil
    }

    mutating func instant(_ key: String) -> Instant? {
        guard let value = value(key) else { return nil }
        if let text = value.stringValue, let instant = DateText.read(text) { return instant }
        check.fault(key, "it is no time", "Write it as in RFC 3339, e.g. 2026-03-01T08:00:00Z")
        return nil
    }

    /// The member as it is; `null` is as good as absent.
    mutating func value(_ key: String) -> JSONValue? {
        known.append(key)
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    /// Notes members that nobody asked for: a misspelt field must not be lost in silence.
    mutating func refuseOthers() {
        for key in object.keys where !known.contains(key) {
            check.fault(
                key.quoted, "there is no such field", "Use one of \(known.joined(separator: ", ")), or leave it out")
        }
    }

    private mutating func wrong(_ key: String, _ value: JSONValue, _ expected: String) {
        check.fault(key, "it is \(value.kind.named)", "Send \(expected)")
    }
}

extension JSONKind {
    fileprivate var named: String {
        switch self {
        case .object: "an object"
        case .array: "a list"
        case .string: "a text"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        }
    }
}
