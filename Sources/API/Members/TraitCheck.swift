import Loyalty
import Primitives

/// Whether a value can be the value of a declared trait.
enum TraitCheck {
    static let longestText = 4_096
    static let longestList = 256

    /// What a value of this type looks like; `nil` if the value is one.
    static func fault(_ value: JSONValue, _ type: FieldType) -> String? {
        switch type {
        case .boolean: value.boolValue == nil ? "Send true or false." : nil
        case .integer: value.intValue == nil ? "Send a whole number within 64 bits." : nil
        case .number: value.doubleValue == nil ? "Send a number." : nil
        case .fraction: value.doubleValue.map { (0...1).contains($0) } ?? false ? nil : "Send a number from 0 to 1."
        case .duration: value.doubleValue.map { $0 >= 0 } ?? false ? nil : "Send a length of time: a number from 0."
        case .text, .topic, .item:
            value.stringValue.map { (1...longestText).contains($0.utf8.count) } ?? false
                ? nil : "Send a text of 1 to \(longestText) bytes."
        case .timestamp:
            value.stringValue.flatMap { RFC3339.parse($0) } == nil ? "Send a time such as 2026-11-21T20:15:00Z." : nil
        case .list(let element): list(value, element)
        }
    }

    private static func list(_ value: JSONValue, _ element: FieldType) -> String? {
        guard let values = value.arrayValue, values.count <= longestList else {
            return "Send a list of at most \(longestList) values."
        }
        return values.lazy.compactMap { fault($0, element) }.first.map { "In the list: \($0)" }
    }
}
