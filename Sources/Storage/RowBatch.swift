public import Primitives

/// Rows for one ``BulkStatement``, row after row in flat storage: filling one allocates nothing per row.
///
/// A value of the wrong type, a row of the wrong length and values no engine is asked to store (see ``SQLValue``) spoil
/// the batch: `bulk` refuses it with `.invalid` and writes nothing.
public struct RowBatch: Sendable {
    enum Kind: UInt8 { case null, integer, real, text, blob }

    /// One value: an integer, the bits of a real, or a place in `bytes`.
    struct Cell {
        var payload: Int64
        var length: Int32
        var kind: Kind
    }

    let types: [BulkStatement.ColumnType]
    private(set) var cells: [Cell] = []
    /// Never empty, so that it always has an address to bind.
    private(set) var bytes: [UInt8] = [0]
    private(set) var problem: StorageProblem?
    private var column = 0

    public init(_ statement: BulkStatement) {
        types = statement.columns.map(\.type)
    }

    /// Number of rows.
    public var count: Int { types.isEmpty ? 0 : cells.count / types.count }

    public var isEmpty: Bool { cells.isEmpty }

    public mutating func reserveCapacity(_ rows: Int) {
        cells.reserveCapacity(rows * types.count)
    }

    public mutating func removeAll(keepingCapacity: Bool = true) {
        cells.removeAll(keepingCapacity: keepingCapacity)
        bytes.removeAll(keepingCapacity: keepingCapacity)
        bytes.append(0)
        problem = nil
        column = 0
    }

    /// Adds one row.
    public mutating func append(_ values: SQLValue...) { append(contentsOf: values) }

    /// Adds one row.
    public mutating func append(contentsOf values: some Collection<SQLValue>) {
        if values.count != types.count || column != 0 { spoil("a row has \(values.count) of \(types.count) columns") }
        for value in values { add(value) }
    }

    /// Adds the next value of the row being built.
    public mutating func add(_ value: SQLValue) {
        switch value {
        case .null: addNull()
        case .integer(let value): add(value)
        case .real(let value): add(value)
        case .text(let value): add(value)
        case .blob(let value): add(bytes: value)
        case .id(let value): add(value)
        }
    }

    public mutating func addNull() {
        _ = next()
        cells.append(Cell(payload: 0, length: 0, kind: .null))
    }

    public mutating func add(_ value: Int64) {
        switch next() {
        case .integer: cells.append(Cell(payload: value, length: 0, kind: .integer))
        case .real:
            cells.append(Cell(payload: Int64(bitPattern: Double(value).bitPattern), length: 0, kind: .real))
        case let type: mismatch("integer", type)
        }
    }

    public mutating func add(_ value: Double) {
        let type = next()
        guard case .real = type else { return mismatch("real", type) }
        if value.isNaN { spoil("a real is not a number") }
        cells.append(Cell(payload: Int64(bitPattern: value.bitPattern), length: 0, kind: .real))
    }

    public mutating func add(_ value: String) {
        let type = next()
        guard case .text = type else { return mismatch("text", type) }
        let start = bytes.count
        bytes.append(contentsOf: value.utf8)
        if bytes[start...].contains(0) { spoil("a text contains a NUL character") }
        cell(from: start, .text)
    }

    public mutating func add(bytes value: some Collection<UInt8>) {
        switch next() {
        case .blob: break
        case .id where value.count == 16: break
        case let type: return mismatch("\(value.count) bytes", type)
        }
        let start = bytes.count
        bytes.append(contentsOf: value)
        cell(from: start, .blob)
    }

    public mutating func add(_ value: ID128) {
        switch next() {
        case .id, .blob: break
        case let type: return mismatch("id", type)
        }
        let start = bytes.count
        withUnsafeBytes(of: value.high.bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: value.low.bigEndian) { bytes.append(contentsOf: $0) }
        cell(from: start, .blob)
    }

    public mutating func add(_ value: MemberID) { add(value.value) }
    public mutating func add(_ value: Instant) { add(value.milliseconds) }
    public mutating func add(_ value: ProgrammeID) { add(value.name) }

    /// - Throws: `.invalid` when the batch does not fit `statement` or was spoiled while it was filled.
    func check(for statement: BulkStatement) throws(StorageProblem) {
        if let problem { throw problem }
        guard types == statement.columns.map(\.type) else { throw .invalid("the batch was made for another statement") }
        guard column == 0 else { throw .invalid("the last row has \(column) of \(types.count) columns") }
    }

    private mutating func next() -> BulkStatement.ColumnType? {
        guard !types.isEmpty else { return nil }
        defer { column = column + 1 == types.count ? 0 : column + 1 }
        return types[column]
    }

    private mutating func cell(from start: Int, _ kind: Kind) {
        let length = bytes.count - start
        if length > SQLLimits.valueBytes { spoil("a value has more than \(SQLLimits.valueBytes) bytes") }
        cells.append(Cell(payload: Int64(start), length: Int32(clamping: length), kind: kind))
    }

    private mutating func mismatch(_ found: String, _ type: BulkStatement.ColumnType?) {
        spoil("a column for \(type.map { "\($0)" } ?? "nothing") was given \(found)")
        cells.append(Cell(payload: 0, length: 0, kind: .null))
    }

    private mutating func spoil(_ reason: String) {
        if problem == nil { problem = .invalid(reason) }
    }
}

/// Limits that hold on both engines.
enum SQLLimits {
    /// The longest text or blob, in bytes: a row must fit comfortably in the memory of a small machine.
    static let valueBytes = 64 << 20

    static func check(bytes count: Int) throws(StorageProblem) {
        guard count <= valueBytes else { throw .invalid("a value has more than \(valueBytes) bytes") }
    }
}
