import Primitives

/// Takes a JSON object apart and collects everything that is wrong with it.
///
/// ```swift
/// var fields = try Fields(call.json())
/// let unit = fields.text("unit", required: true)
/// let amount = fields.integer("amount", required: true)
/// try fields.finish()
/// ```
struct Fields {
    private let object: JSONObject
    private let prefix: String
    private var known: Set<String> = []
    private(set) var errors: [Problem.FieldError] = []

    /// - Throws: a problem if the value is no object.
    init(_ value: JSONValue, prefix: String = "") throws(Problem) {
        guard case .object(let object) = value else {
            throw .invalid(prefix.isEmpty ? "body" : prefix, "Send a JSON object.")
        }
        self.object = object
        self.prefix = prefix.isEmpty ? "" : prefix + "."
    }

    mutating func fault(_ field: String, _ detail: String) {
        errors.append(Problem.FieldError(prefix + field, detail))
    }

    mutating func add(_ faults: [Problem.FieldError]) { errors += faults }

    /// The value of a field; `nil` if it is absent. An explicit `null` counts as a value.
    mutating func value(_ name: String, required: Bool = false) -> JSONValue? {
        known.insert(name)
        let value = object[name]
        if value == nil, required { fault(name, "The field is required.") }
        return value
    }

    /// A text of 1 to `limit` characters (Unicode scalars).
    mutating func text(_ name: String, required: Bool = false, limit: Int = 255) -> String? {
        guard let value = value(name, required: required) else { return nil }
        guard let text = value.stringValue, (1...limit).contains(text.unicodeScalars.count) else {
            fault(name, "Send a text of 1 to \(limit) characters.")
            return nil
        }
        return text
    }

    /// A whole number; `30.0` counts as one.
    mutating func integer(
        _ name: String, required: Bool = false, in range: ClosedRange<Int64> = .min ... .max
    ) -> Int64? {
        guard let value = value(name, required: required) else { return nil }
        guard let number = value.intValue, range.contains(number) else {
            let bounds = range == .min ... .max ? "within 64 bits" : "from \(range.lowerBound) to \(range.upperBound)"
            fault(name, "Send a whole number \(bounds).")
            return nil
        }
        return number
    }

    mutating func object(_ name: String, required: Bool = false) -> JSONObject? {
        guard let value = value(name, required: required), required || value != .null else { return nil }
        guard let object = value.objectValue else {
            fault(name, "Send an object.")
            return nil
        }
        return object
    }

    mutating func flag(_ name: String, required: Bool = false) -> Bool? {
        guard let value = value(name, required: required) else { return nil }
        guard let flag = value.boolValue else {
            fault(name, "Send true or false.")
            return nil
        }
        return flag
    }

    mutating func array(_ name: String, required: Bool = false, limit: Int) -> [JSONValue]? {
        guard let value = value(name, required: required) else { return nil }
        guard let array = value.arrayValue else {
            fault(name, "Send an array.")
            return nil
        }
        guard array.count <= limit else {
            fault(name, "Send at most \(limit) at once.")
            return nil
        }
        return array
    }

    /// Refuses fields that nobody asked for.
    ///
    /// - Throws: a problem with everything that is wrong.
    mutating func finish() throws(Problem) {
        for member in object.members where !known.contains(member.key) {
            // The name is the sender's own text: it goes back to the sender only, and shortened.
            fault(String(member.key.prefix(64)), "There is no such field here. Leave it out.")
            if errors.count >= 50 { break }
        }
        guard errors.isEmpty else { throw .invalid(errors) }
    }
}
