public import Primitives

/// One row of a result, read by position.
///
/// The rows of one result share their storage: keeping one keeps them all.
public struct Row: Sendable {
    let values: [SQLValue]
    let start: Int
    /// Number of columns.
    public let count: Int

    init(values: [SQLValue], start: Int, count: Int) {
        self.values = values
        self.start = start
        self.count = count
    }

    /// A row outside any result, for tests of code that reads rows.
    public init(_ values: [SQLValue]) {
        self.init(values: values, start: 0, count: values.count)
    }

    /// The value as the engine gave it. A blob of sixteen bytes appears as ``SQLValue/id(_:)``.
    ///
    /// - Throws: `.column` when the row has no such column.
    public func value(_ index: Int) throws(StorageProblem) -> SQLValue {
        guard index >= 0, index < count else { throw .column(index, expected: "one of \(count) columns") }
        return values[start + index]
    }

    /// - Throws: `.column` unless the column holds an integer.
    public func int(_ index: Int) throws(StorageProblem) -> Int64 {
        guard case .integer(let value) = try value(index) else { throw .column(index, expected: "integer") }
        return value
    }

    /// - Throws: `.column` unless the column holds a real or an integer.
    public func real(_ index: Int) throws(StorageProblem) -> Double {
        switch try value(index) {
        case .real(let value): return value
        case .integer(let value): return Double(value)
        default: throw .column(index, expected: "real")
        }
    }

    /// - Throws: `.column` unless the column holds text.
    public func text(_ index: Int) throws(StorageProblem) -> String {
        guard case .text(let value) = try value(index) else { throw .column(index, expected: "text") }
        return value
    }

    /// - Throws: `.column` unless the column holds bytes.
    public func blob(_ index: Int) throws(StorageProblem) -> [UInt8] {
        switch try value(index) {
        case .blob(let value): return value
        case .id(let value): return value.bytes
        default: throw .column(index, expected: "bytes")
        }
    }

    /// - Throws: `.column` unless the column holds sixteen bytes.
    public func id(_ index: Int) throws(StorageProblem) -> ID128 {
        guard case .id(let value) = try value(index) else { throw .column(index, expected: "sixteen bytes") }
        return value
    }

    /// An integer 0 or 1 as a boolean.
    ///
    /// - Throws: `.column` for anything else.
    public func flag(_ index: Int) throws(StorageProblem) -> Bool {
        switch try int(index) {
        case 0: return false
        case 1: return true
        default: throw .column(index, expected: "0 or 1")
        }
    }

    public func isNull(_ index: Int) throws(StorageProblem) -> Bool { try value(index) == .null }

    public func intOrNil(_ index: Int) throws(StorageProblem) -> Int64? { try isNull(index) ? nil : int(index) }
    public func realOrNil(_ index: Int) throws(StorageProblem) -> Double? { try isNull(index) ? nil : real(index) }
    public func textOrNil(_ index: Int) throws(StorageProblem) -> String? { try isNull(index) ? nil : text(index) }
    public func blobOrNil(_ index: Int) throws(StorageProblem) -> [UInt8]? { try isNull(index) ? nil : blob(index) }
    public func idOrNil(_ index: Int) throws(StorageProblem) -> ID128? { try isNull(index) ? nil : id(index) }

    /// - Throws: `.column` unless the column holds sixteen bytes.
    public func member(_ index: Int) throws(StorageProblem) -> MemberID { MemberID(try id(index)) }

    /// - Throws: `.column` unless the column holds integer milliseconds.
    public func instant(_ index: Int) throws(StorageProblem) -> Instant { Instant(milliseconds: try int(index)) }

    /// - Throws: `.column` unless the column holds a programme's name.
    public func programme(_ index: Int) throws(StorageProblem) -> ProgrammeID {
        guard let programme = ProgrammeID(try text(index)) else { throw .column(index, expected: "programme name") }
        return programme
    }
}
