internal import GRDBSQLite
internal import Primitives

/// A prepared statement, borrowed from GRDB's cache for one use.
struct SQLiteStatement {
    let pointer: OpaquePointer
    let handle: OpaquePointer
    let sql: String

    /// SQLite copies what it is given.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    var columns: Int { Int(sqlite3_column_count(pointer)) }

    /// Makes the statement ready for another run with the same arguments. What went wrong was already reported by the
    /// step.
    func rewind() { sqlite3_reset(pointer) }

    /// Leaves the statement in the cache as it was found: not running, without arguments that point into freed memory.
    func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    func run() -> Int32 { sqlite3_step(pointer) }

    /// - Returns: whether there is a row.
    func step() throws(StorageProblem) -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw problem()
        }
    }

    func problem() -> StorageProblem {
        StorageProblem(
            sqliteCode: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), sql: sql)
    }

    func bind(_ arguments: [SQLValue]) throws(StorageProblem) {
        let expected = Int(sqlite3_bind_parameter_count(pointer))
        guard arguments.count == expected else {
            throw .invalid("\(arguments.count) arguments for \(expected) placeholders in: \(sql)")
        }
        for (index, value) in arguments.enumerated() { try bind(value, at: index + 1) }
    }

    func bind(_ value: SQLValue, at index: Int) throws(StorageProblem) {
        let index = Int32(truncatingIfNeeded: index)
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(pointer, index)
        case .integer(let value): code = sqlite3_bind_int64(pointer, index, value)
        case .real(let value):
            guard !value.isNaN else { throw .invalid("a real is not a number") }
            code = sqlite3_bind_double(pointer, index, value)
        case .text(var value):
            try SQLLimits.check(bytes: value.utf8.count)
            var hasNUL = false
            code = value.withUTF8 { bytes in
                hasNUL = bytes.contains(0)
                return bytes.withMemoryRebound(to: CChar.self) { characters in
                    // An empty string may have no address, which would bind NULL.
                    guard let start = characters.baseAddress else {
                        return sqlite3_bind_text(pointer, index, "", 0, Self.transient)
                    }
                    return sqlite3_bind_text(
                        pointer, index, start, Int32(clamping: characters.count), Self.transient)
                }
            }
            if hasNUL { throw .invalid("a text contains a NUL character") }
        case .blob(let value):
            try SQLLimits.check(bytes: value.count)
            code = value.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_zeroblob(pointer, index, 0)
                }
                return sqlite3_bind_blob(pointer, index, start, Int32(clamping: bytes.count), Self.transient)
            }
        case .id(let value):
            code = withUnsafeBytes(of: (value.high.bigEndian, value.low.bigEndian)) {
                sqlite3_bind_blob(pointer, index, $0.baseAddress, 16, Self.transient)
            }
        }
        guard code == SQLITE_OK else { throw problem() }
    }

    /// Binds a cell without copying: `bytes` must outlive the step.
    func bind(_ cell: RowBatch.Cell, of bytes: UnsafeBufferPointer<UInt8>, at index: Int32) -> StorageProblem? {
        let code: Int32
        switch cell.kind {
        case .null: code = sqlite3_bind_null(pointer, index)
        case .integer: code = sqlite3_bind_int64(pointer, index, cell.payload)
        case .real:
            code = sqlite3_bind_double(pointer, index, Double(bitPattern: UInt64(bitPattern: cell.payload)))
        case .text, .blob:
            guard let start = bytes.baseAddress.map({ UnsafeRawPointer($0 + Int(cell.payload)) }) else {
                return .invalid("a batch without storage")
            }
            if cell.kind == .blob {
                code =
                    cell.length == 0
                    ? sqlite3_bind_zeroblob(pointer, index, 0)
                    : sqlite3_bind_blob(pointer, index, start, cell.length, nil)
            } else {
                code = sqlite3_bind_text(pointer, index, start.assumingMemoryBound(to: CChar.self), cell.length, nil)
            }
        }
        return code == SQLITE_OK ? nil : problem()
    }

    func appendRow(to values: inout [SQLValue]) {
        for column in 0..<sqlite3_data_count(pointer) {
            switch sqlite3_column_type(pointer, column) {
            case SQLITE_INTEGER: values.append(.integer(sqlite3_column_int64(pointer, column)))
            case SQLITE_FLOAT: values.append(.real(sqlite3_column_double(pointer, column)))
            case SQLITE_TEXT:
                let text = sqlite3_column_text(pointer, column)
                let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(pointer, column)))
                values.append(.text(String(decoding: bytes, as: UTF8.self)))
            case SQLITE_BLOB:
                let blob = sqlite3_column_blob(pointer, column)
                let bytes = UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(pointer, column)))
                values.append(SQLValue(bytes: bytes))
            default: values.append(.null)
            }
        }
    }
}

extension SQLValue {
    /// Bytes from an engine: an id when there are sixteen.
    init(bytes: UnsafeRawBufferPointer) {
        if bytes.count == 16 {
            self = .id(
                ID128(
                    high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                    low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))))
        } else {
            self = .blob([UInt8](bytes))
        }
    }
}
