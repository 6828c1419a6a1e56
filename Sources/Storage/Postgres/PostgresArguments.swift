internal import CPQ
internal import Primitives

/// Arguments of one statement in PostgreSQL's binary form, in one buffer.
struct PostgresArguments {
    private(set) var types: [Oid] = []
    /// Place of each argument in `bytes`; `nil` for NULL.
    private var places: [(start: Int, count: Int)?] = []
    private var bytes: [UInt8] = []

    var count: Int { types.count }

    init() {}

    init(_ values: [SQLValue]) throws(StorageProblem) {
        for value in values { try append(value) }
    }

    mutating func append(_ value: SQLValue) throws(StorageProblem) {
        types.append(value.postgresType)
        let start = bytes.count
        switch value {
        case .null:
            places.append(nil)
            return
        case .integer(let value): Self.put(UInt64(bitPattern: value), &bytes)
        case .real(let value):
            guard !value.isNaN else { throw .invalid("a real is not a number") }
            Self.put(value.bitPattern, &bytes)
        case .text(let value):
            try SQLLimits.check(bytes: value.utf8.count)
            bytes.append(contentsOf: value.utf8)
            if bytes[start...].contains(0) { throw .invalid("a text contains a NUL character") }
        case .blob(let value):
            try SQLLimits.check(bytes: value.count)
            bytes.append(contentsOf: value)
        case .id(let value):
            Self.put(value.high, &bytes)
            Self.put(value.low, &bytes)
        }
        places.append((start, bytes.count - start))
    }

    /// Appends one array argument.
    mutating func append(array keys: [SQLValue]) throws(StorageProblem) {
        var elements = PostgresArguments()
        for key in keys { try elements.append(key) }
        let element = elements.types.first ?? PostgresType.text
        types.append(PostgresType.array(of: element))
        let start = bytes.count
        appendArrayHeader(element, count: keys.count)
        for place in elements.places {
            guard let place else {
                Self.put(UInt32.max, &bytes)
                continue
            }
            Self.put(UInt32(truncatingIfNeeded: place.count), &bytes)
            bytes.append(contentsOf: elements.bytes[place.start..<place.start + place.count])
        }
        places.append((start, bytes.count - start))
    }

    /// Appends one array argument per column of the batch, of the rows given.
    mutating func append(columnsOf batch: RowBatch, rows: [Int]?) {
        let width = batch.types.count
        let count = rows?.count ?? batch.count
        batch.cells.withUnsafeBufferPointer { cells in
            batch.bytes.withUnsafeBufferPointer { values in
                for (column, type) in batch.types.enumerated() {
                    types.append(PostgresType.array(of: type.postgresType))
                    let start = bytes.count
                    bytes.reserveCapacity(start + 20 + count * 20)
                    appendArrayHeader(type.postgresType, count: count)
                    for index in 0..<count {
                        let cell = cells[(rows?[index] ?? index) * width + column]
                        switch cell.kind {
                        case .null: Self.put(UInt32.max, &bytes)
                        case .integer, .real:
                            Self.put(UInt32(8), &bytes)
                            Self.put(UInt64(bitPattern: cell.payload), &bytes)
                        case .text, .blob:
                            Self.put(UInt32(truncatingIfNeeded: cell.length), &bytes)
                            let first = Int(cell.payload)
                            bytes.append(contentsOf: values[first..<first + Int(cell.length)])
                        }
                    }
                    places.append((start, bytes.count - start))
                }
            }
        }
    }

    /// Calls `body` with what libpq wants: pointers to the values, their lengths and their formats.
    func withPointers<R>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<CInt>?, UnsafePointer<CInt>?) -> R
    ) -> R {
        // NULL has no address, everything else must have one, even when it is empty.
        let empty: [UInt8] = [0]
        return (bytes.isEmpty ? empty : bytes).withUnsafeBytes { buffer in
            let characters = buffer.bindMemory(to: CChar.self)
            let pointers = places.map { place in
                place.flatMap { place in characters.baseAddress.map { UnsafePointer($0 + place.start) } }
            }
            let lengths = places.map { CInt(truncatingIfNeeded: $0?.count ?? 0) }
            let formats = [CInt](repeating: 1, count: places.count)
            return body(pointers, lengths, formats)
        }
    }

    /// `array_recv`: dimensions, whether NULLs may occur, element type, then per dimension its size and lower bound.
    private mutating func appendArrayHeader(_ element: Oid, count: Int) {
        Self.put(UInt32(count == 0 ? 0 : 1), &bytes)
        Self.put(UInt32(1), &bytes)
        Self.put(UInt32(element), &bytes)
        guard count > 0 else { return }
        Self.put(UInt32(truncatingIfNeeded: count), &bytes)
        Self.put(UInt32(1), &bytes)
    }

    private static func put(_ value: some FixedWidthInteger, _ bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
