internal import GRDB
internal import GRDBSQLite

extension StorageProblem {
    init(sqlite error: any Error, sql: String? = nil) {
        switch error {
        case let problem as StorageProblem: self = problem
        case let error as DatabaseError:
            self.init(
                sqliteCode: error.extendedResultCode.rawValue, message: error.message ?? "", sql: sql ?? error.sql ?? ""
            )
        default: self = .statement(code: "GRDB", message: String(describing: type(of: error)), sql: sql ?? "")
        }
    }

    /// SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC, whose macros Swift cannot read.
    static func isFailedSync(sqliteCode code: Int32) -> Bool {
        code == SQLITE_IOERR | 4 << 8 || code == SQLITE_IOERR | 5 << 8
    }

    /// SQLite's messages name tables and columns, never values.
    init(sqliteCode code: Int32, message: String, sql: String) {
        switch code & 0xFF {
        case SQLITE_FULL: self = .full
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
        case SQLITE_READONLY: self = .readOnly
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PROTOCOL: self = .inputOutput(code: Int(code))
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt
        case SQLITE_INTERRUPT: self = .timeout
        case SQLITE_TOOBIG: self = .invalid("a value is too large")
        case SQLITE_MISUSE where message.contains("closed"): self = .closed
        case SQLITE_CONSTRAINT:
            self = .constraint(Constraint(sqliteCode: code), table: Self.table(in: message))
        default: self = .statement(code: "SQLite \(code)", message: message, sql: sql)
        }
    }

    /// "UNIQUE constraint failed: account.member_id, account.unit" names the table before the first full stop, as does
    /// "cannot store TEXT value in INTEGER column account.balance".
    private static func table(in message: String) -> String? {
        guard let dot = message.firstIndex(of: ".") else { return nil }
        let start = message[..<dot].lastIndex(of: " ").map { message.index(after: $0) } ?? message.startIndex
        return String(message[start..<dot])
    }
}

extension StorageProblem.Constraint {
    init(sqliteCode code: Int32) {
        switch code >> 8 {
        case 5: self = .notNull
        case 6, 8, 10: self = .unique
        case 3: self = .foreignKey
        case 1: self = .check
        case 12: self = .type
        default: self = .other
        }
    }
}
