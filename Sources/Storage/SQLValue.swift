public import Primitives

/// One value on its way into or out of a database.
///
/// Both engines treat the cases alike; what only one of them could hold is refused on both: text with a NUL character
/// (PostgreSQL cannot store it) and reals that are not a number (SQLite would store NULL).
public enum SQLValue: Sendable, Hashable {
    case null
    /// 64 bits, signed.
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    /// Sixteen bytes, most significant first: a 16-byte blob in SQLite, a 16-byte `bytea` in PostgreSQL.
    case id(ID128)
}

extension SQLValue {
    /// An instant as integer milliseconds.
    public static func instant(_ instant: Instant) -> SQLValue { .integer(instant.milliseconds) }

    public static func member(_ member: MemberID) -> SQLValue { .id(member.value) }

    public static func programme(_ programme: ProgrammeID) -> SQLValue { .text(programme.name) }

    /// SQL booleans are the integers 0 and 1.
    public static func flag(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }

    public init(_ value: Int64?) { self = value.map(SQLValue.integer) ?? .null }
    public init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
    public init(_ value: ID128?) { self = value.map(SQLValue.id) ?? .null }
    public init(_ value: [UInt8]?) { self = value.map(SQLValue.blob) ?? .null }
    public init(_ value: Double?) { self = value.map(SQLValue.real) ?? .null }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByFloatLiteral,
    ExpressibleByNilLiteral
{
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(floatLiteral value: Double) { self = .real(value) }
    public init(nilLiteral: ()) { self = .null }
}
