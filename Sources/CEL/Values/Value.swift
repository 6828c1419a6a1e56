/// A value of the Common Expression Language.
///
/// `==` and `hash(into:)` are *identity of representation* for hosts and tests: same kind, same bits, strings compared
/// byte for byte (never normalised), `NaN` equal to itself. The language's own `==`, under which `1 == 1.0` holds and
/// `NaN` equals nothing, is ``Value/isEqual(to:)``.
public enum Value: Sendable {
    /// The only value of `null_type`.
    case null
    case bool(Bool)
    /// A 64-bit signed integer; arithmetic that overflows is an error.
    case int(Int64)
    /// A 64-bit unsigned integer.
    case uint(UInt64)
    case double(Double)
    /// A sequence of Unicode code points. Length and indices in the language count code points.
    case string(String)
    case bytes([UInt8])
    /// An instant between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z.
    case timestamp(Timestamp)
    /// A signed length of time in nanoseconds.
    case duration(TimeSpan)
    case list([Value])
    case map(MapValue)
    /// A type as a value, as `type(1)` gives.
    case type(TypeName)
    /// An optional: empty, or holding a value.
    indirect case optional(Value?)
    /// An IP address of the network extension.
    indirect case ip(IPAddress)
    /// An IP network of the network extension.
    indirect case cidr(CIDRBlock)

    /// The name of the value's runtime type, as `type()` shows it.
    public var typeName: TypeName {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .timestamp: .timestamp
        case .duration: .duration
        case .list: .list
        case .map: .map
        case .type: .type
        case .optional: .optional
        case .ip: .ip
        case .cidr: .cidr
        }
    }
}

/// The name of a runtime type, such as `int` or `google.protobuf.Timestamp`.
public struct TypeName: Sendable, Hashable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) { self.name = name }

    public var description: String { name }

    public static let null = TypeName("null_type")
    public static let bool = TypeName("bool")
    public static let int = TypeName("int")
    public static let uint = TypeName("uint")
    public static let double = TypeName("double")
    public static let string = TypeName("string")
    public static let bytes = TypeName("bytes")
    public static let timestamp = TypeName("google.protobuf.Timestamp")
    public static let duration = TypeName("google.protobuf.Duration")
    public static let list = TypeName("list")
    public static let map = TypeName("map")
    public static let type = TypeName("type")
    public static let optional = TypeName("optional_type")
    public static let ip = TypeName("net.IP")
    public static let cidr = TypeName("net.CIDR")
}

extension Value: Hashable {
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.uint(let a), .uint(let b)): a == b
        case (.double(let a), .double(let b)): a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
        case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
        case (.bytes(let a), .bytes(let b)): a == b
        case (.timestamp(let a), .timestamp(let b)): a == b
        case (.duration(let a), .duration(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.map(let a), .map(let b)): a == b
        case (.type(let a), .type(let b)): a == b
        case (.optional(let a), .optional(let b)): a == b
        case (.ip(let a), .ip(let b)): a == b
        case (.cidr(let a), .cidr(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .uint(let value): hasher.combine(value)
        case .double(let value): hasher.combine(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
        case .string(let value): ByteString(value).hash(into: &hasher)
        case .bytes(let value): hasher.combine(value)
        case .timestamp(let value): hasher.combine(value)
        case .duration(let value): hasher.combine(value)
        case .list(let value): hasher.combine(value)
        case .map(let value): hasher.combine(value.count)
        case .type(let value): hasher.combine(value)
        case .optional(let value): hasher.combine(value)
        case .ip(let value): hasher.combine(value)
        case .cidr(let value): hasher.combine(value)
        }
    }
}
