internal import CPQ

/// What PostgreSQL said about a statement.
struct PostgresFailure: Error {
    /// SQLSTATE (Appendix A of its manual); empty when the server said nothing.
    let state: String
    /// Whether the server ended the connection with it.
    let isFatal: Bool
    let problem: StorageProblem

    /// Whether it was said about the commit itself.
    let isCommit: Bool

    /// - Parameter sql: the portable text, for errors that are the code's own fault.
    init(_ result: OpaquePointer, sql: String) {
        func field(_ code: Int32) -> String { PQresultErrorField(result, code).map { String(cString: $0) } ?? "" }
        // PG_DIAG_SQLSTATE, PG_DIAG_SEVERITY_NONLOCALIZED, PG_DIAG_TABLE_NAME, PG_DIAG_MESSAGE_PRIMARY: characters,
        // which Swift does not import as macros.
        state = field(Int32(UInt8(ascii: "C")))
        isCommit = sql == "COMMIT"
        let severity = field(Int32(UInt8(ascii: "V")))
        isFatal = severity == "FATAL" || severity == "PANIC" || state.isEmpty
        let table = field(Int32(UInt8(ascii: "t")))
        problem = StorageProblem(
            sqlState: state, message: field(Int32(UInt8(ascii: "M"))), table: table.isEmpty ? nil : table, sql: sql)
    }

    /// The transaction lost against another one: run it again.
    var isConflict: Bool { state == "40001" || state == "40P01" || state == "55P03" }

    /// A prepared statement no longer fits the tables: forget it and run again.
    var isStalePlan: Bool { state == "0A000" || state == "26000" }
}

extension StorageProblem {
    /// Messages are kept only for class 42 (the statement itself is wrong): others can quote values.
    init(sqlState: String, message: String, table: String?, sql: String) {
        switch sqlState {
        case "23505": self = .constraint(.unique, table: table)
        case "23502": self = .constraint(.notNull, table: table)
        case "23503": self = .constraint(.foreignKey, table: table)
        case "23514": self = .constraint(.check, table: table)
        case "22P02", "22P03", "42804": self = .constraint(.type, table: table)
        case "40001", "40P01", "55P03": self = .busy
        case "53100": self = .full
        case "53200", "53300", "53400": self = .busy
        case "25006": self = .readOnly
        case "57014": self = .timeout
        case "58030": self = .inputOutput(code: 58_030)
        case "XX001", "XX002": self = .corrupt
        case "57P01", "57P02", "57P03", "57P05", "25P03", "": self = .connectionLost
        default:
            if sqlState.hasPrefix("08") {
                self = .connectionLost
            } else if sqlState.hasPrefix("23") {
                self = .constraint(.other, table: table)
            } else {
                self = .statement(
                    code: "SQLSTATE \(sqlState)", message: sqlState.hasPrefix("42") ? message : "", sql: sql)
            }
        }
    }
}
