/// A type as the checker knows it.
public indirect enum CELType: Sendable, Hashable {
    /// Any value; what is known only when the expression runs.
    case dyn
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case timestamp
    case duration
    case list(CELType)
    case map(CELType, CELType)
    /// A value of the type, or null.
    case nullable(CELType)
    /// A type as a value.
    case type(CELType)
    /// A named type with parameters, such as `optional_type(int)` or `net.IP`.
    case abstract(String, [CELType])
    /// A type parameter of a function declaration.
    case parameter(String)
    /// An object with a closed set of fields; only as the type of a declared variable or of a field of a record.
    case record([String: CELType])
    /// The type of an expression with a problem.
    case error

    /// An optional value of a type.
    public static func optional(_ content: CELType) -> CELType { .abstract("optional_type", [content]) }

    public static let ip = CELType.abstract("net.IP", [])
    public static let cidr = CELType.abstract("net.CIDR", [])

    var optionalContent: CELType? {
        guard case .abstract("optional_type", let parameters) = self, let content = parameters.first else { return nil }
        return content
    }

    var isDynamic: Bool { self == .dyn || self == .error }

    var isParameter: Bool {
        if case .parameter = self { return true }
        return false
    }

    /// This type with `transform` applied to its direct parts.
    func mapParts(_ transform: (CELType) -> CELType) -> CELType {
        switch self {
        case .list(let element): .list(transform(element))
        case .map(let key, let value): .map(transform(key), transform(value))
        case .nullable(let type): .nullable(transform(type))
        case .type(let type): .type(transform(type))
        case .abstract(let name, let parameters): .abstract(name, parameters.map(transform))
        default: self
        }
    }

    /// The direct parts.
    var parts: [CELType] {
        switch self {
        case .list(let element): [element]
        case .map(let key, let value): [key, value]
        case .nullable(let type), .type(let type): [type]
        case .abstract(_, let parameters): parameters
        default: []
        }
    }
}

extension CELType: CustomStringConvertible {
    /// The type as the documentation of the language writes it: `list(map(string, dyn))`.
    public var description: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .nullable(let type): "wrapper(\(type))"
        case .type(let type): "type(\(type))"
        case .abstract(let name, let parameters):
            parameters.isEmpty ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        case .parameter(let name): name.hasPrefix("@") ? "dyn" : name
        case .record: "object"
        case .error: "error"
        }
    }
}
