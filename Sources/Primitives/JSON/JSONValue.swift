/// Any JSON value.
///
/// A whole number that fits is an `.integer`; one between `Int64.max` and `UInt64.max` is `.unsigned`; every other
/// number is a `.double`. `.integer(1)` and `.double(1)` are different values here, as `1` and `1.0` are different
/// texts; their canonical forms are the same.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Only above `Int64.max`.
    case unsigned(UInt64)
    /// Finite; a NaN or an infinity is written as `null`.
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// Reads one JSON text: exactly one value, nothing after it.
    ///
    /// - Throws: `JSONProblem` with line and column.
    public init(parsing bytes: [UInt8], maximumDepth: Int = JSONReader.defaultDepth) throws(JSONProblem) {
        var reader = JSONReader(bytes.span, maximumDepth: maximumDepth)
        self = try reader.value()
        try reader.finish()
    }

    /// Reads one JSON text: exactly one value, nothing after it.
    ///
    /// - Throws: `JSONProblem` with line and column.
    public init(parsing text: String, maximumDepth: Int = JSONReader.defaultDepth) throws(JSONProblem) {
        try self.init(parsing: Array(text.utf8), maximumDepth: maximumDepth)
    }

    /// The value as JSON, without spaces.
    public func bytes() -> [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// The value as JSON text.
    ///
    /// - Parameter pretty: with line breaks and two spaces for each level.
    public func text(pretty: Bool = false) -> String {
        var writer = JSONWriter(pretty ? .pretty : .compact)
        writer.value(self)
        return writer.text
    }

    /// The canonical form, for hashing and signing: equal values give equal bytes (RFC 8785).
    ///
    /// Integers are written in full: beyond 2^53 that is more than RFC 8785, which knows doubles only.
    public func canonicalBytes() -> [UInt8] {
        var writer = JSONWriter(.canonical)
        writer.value(self)
        return writer.bytes
    }

    public var kind: JSONKind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .integer, .unsigned, .double: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    public var isNull: Bool { self == .null }

    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// A whole number in the range of `Int64`: an integer, or a double without a fraction up to 2^53.
    public var intValue: Int64? {
        switch self {
        case .integer(let value): value
        case .double(let value): JSONNumber.whole(value)
        default: nil
        }
    }

    /// Any number, as the nearest double.
    public var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
    public var arrayValue: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    public var objectValue: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// The member of an object; `nil` when there is none or this is no object. Setting on `null` makes an object.
    public subscript(key: String) -> JSONValue? {
        get { if case .object(let object) = self { object[key] } else { nil } }
        set {
            switch self {
            case .object(var object):
                self = .null
                object[key] = newValue
                self = .object(object)
            case .null:
                var object = JSONObject()
                object[key] = newValue
                self = .object(object)
            default: break
            }
        }
    }

    /// The element of an array; `nil` when it is out of range or this is no array.
    public subscript(index: Int) -> JSONValue? {
        if case .array(let array) = self, array.indices.contains(index) { array[index] } else { nil }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

extension JSONValue: CustomStringConvertible {
    public var description: String { text() }
}
