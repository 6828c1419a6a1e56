internal import CPQ

/// The types we exchange with PostgreSQL, by the numbers of its catalogue (`pg_type.dat`), which never change.
enum PostgresType {
    static let unknown: Oid = 0
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let char: Oid = 18
    static let name: Oid = 19
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let oid: Oid = 26
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let byteaArray: Oid = 1001
    static let textArray: Oid = 1009
    static let int8Array: Oid = 1016
    static let float8Array: Oid = 1022
    static let bpchar: Oid = 1042
    static let varchar: Oid = 1043
    static let numeric: Oid = 1700

    static func array(of element: Oid) -> Oid {
        switch element {
        case int8: int8Array
        case float8: float8Array
        case bytea: byteaArray
        default: textArray
        }
    }
}

extension SQLValue {
    /// The type we declare for a parameter: the value's own, so that a text never becomes a number on the way. NULL
    /// takes the type of its place.
    var postgresType: Oid {
        switch self {
        case .null: PostgresType.unknown
        case .integer: PostgresType.int8
        case .real: PostgresType.float8
        case .text: PostgresType.text
        case .blob, .id: PostgresType.bytea
        }
    }
}

extension BulkStatement.ColumnType {
    var postgresType: Oid {
        switch self {
        case .integer: PostgresType.int8
        case .real: PostgresType.float8
        case .text: PostgresType.text
        case .blob, .id: PostgresType.bytea
        }
    }
}
