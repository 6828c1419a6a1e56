import Primitives

/// JSON Schema (draft 2020-12), as OpenAPI 3.1 uses it, put together from small pieces.
enum JSONSchema {
    static func ref(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/" + name)] }

    /// An object of exactly these properties.
    ///
    /// - Parameters:
    ///   - required: the names that must be there; `nil` for all.
    ///   - isOpen: whether there may be others.
    static func object(
        _ properties: [(String, JSONValue)], required: [String]? = nil, isOpen: Bool = false
    ) -> JSONValue {
        var schema: JSONValue = ["type": "object", "properties": .object(JSONObject(properties))]
        let required = required ?? properties.map(\.0)
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
        if !isOpen { schema["additionalProperties"] = false }
        return schema
    }

    static func array(_ items: JSONValue, atMost limit: Int? = nil) -> JSONValue {
        var schema: JSONValue = ["type": "array", "items": items]
        schema["maxItems"] = limit.map { .integer(Int64($0)) }
        return schema
    }

    static func text(atMost limit: Int? = nil, atLeast least: Int? = nil, format: String? = nil, pattern: String? = nil)
        -> JSONValue
    {
        var schema: JSONValue = ["type": "string"]
        schema["minLength"] = least.map { .integer(Int64($0)) }
        schema["maxLength"] = limit.map { .integer(Int64($0)) }
        schema["format"] = format.map { .string($0) }
        schema["pattern"] = pattern.map { .string($0) }
        return schema
    }

    static func integer(from least: Int64? = nil, to most: Int64? = nil) -> JSONValue {
        var schema: JSONValue = ["type": "integer"]
        schema["minimum"] = least.map { .integer($0) }
        schema["maximum"] = most.map { .integer($0) }
        return schema
    }

    static let number: JSONValue = ["type": "number"]
    static let boolean: JSONValue = ["type": "boolean"]
    static let uuid = text(format: "uuid")
    static let time = text(format: "date-time")
    static let day = text(format: "date")
    static let anyObject: JSONValue = ["type": "object"]

    static func choice(_ names: [String]) -> JSONValue {
        ["type": "string", "enum": .array(names.map { .string($0) })]
    }

    static func orNull(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

    /// A map from any text to values of one kind.
    static func map(_ values: JSONValue) -> JSONValue { ["type": "object", "additionalProperties": values] }

    /// A page of a list.
    static func page(_ element: JSONValue) -> JSONValue {
        object([("data", array(element)), ("next", orNull(text()))])
    }

    /// With a sentence about it.
    static func described(_ schema: JSONValue, _ text: String) -> JSONValue {
        var schema = schema
        schema["description"] = .string(text)
        return schema
    }
}
