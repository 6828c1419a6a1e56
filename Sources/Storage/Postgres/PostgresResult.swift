internal import CPQ
internal import Primitives

/// A libpq result of a statement run with binary results.
struct PostgresResult {
    let pointer: OpaquePointer

    /// Rows changed.
    var changes: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    /// The command's name, such as `COMMIT`.
    var command: String { String(cString: PQcmdStatus(pointer)) }

    func rows() throws(StorageProblem) -> [Row] {
        let columns = PQnfields(pointer)
        let count = PQntuples(pointer)
        guard columns > 0, count > 0 else { return [] }
        let types = (0..<columns).map { PQftype(pointer, $0) }
        var values: [SQLValue] = []
        values.reserveCapacity(Int(columns) * Int(count))
        for row in 0..<count {
            for column in 0..<columns {
                guard PQgetisnull(pointer, row, column) == 0, let start = PQgetvalue(pointer, row, column) else {
                    values.append(.null)
                    continue
                }
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(pointer, row, column)))
                values.append(try Self.value(bytes, types[Int(column)]))
            }
        }
        return stride(from: 0, to: values.count, by: Int(columns)).map {
            Row(values: values, start: $0, count: Int(columns))
        }
    }

    private static func value(_ bytes: UnsafeRawBufferPointer, _ type: Oid) throws(StorageProblem) -> SQLValue {
        switch (type, bytes.count) {
        case (PostgresType.int8, 8): return .integer(read(bytes, 0, Int64.self))
        case (PostgresType.int4, 4): return .integer(Int64(read(bytes, 0, Int32.self)))
        case (PostgresType.int2, 2): return .integer(Int64(read(bytes, 0, Int16.self)))
        case (PostgresType.oid, 4): return .integer(Int64(read(bytes, 0, UInt32.self)))
        case (PostgresType.bool, 1): return .integer(bytes[0] == 0 ? 0 : 1)
        case (PostgresType.float8, 8): return .real(Double(bitPattern: read(bytes, 0, UInt64.self)))
        case (PostgresType.float4, 4): return .real(Double(Float(bitPattern: read(bytes, 0, UInt32.self))))
        case (PostgresType.bytea, _): return SQLValue(bytes: bytes)
        case (PostgresType.text, _), (PostgresType.varchar, _), (PostgresType.bpchar, _), (PostgresType.name, _),
            (PostgresType.char, _), (705, _):
            return .text(String(decoding: bytes, as: UTF8.self))
        case (PostgresType.numeric, 8...): return try numeric(bytes)
        default: throw .invalid("a column has PostgreSQL's type \(type): cast it to one of ours")
        }
    }

    /// `numeric_recv`: number of digits, weight of the first, sign, scale, then digits to the base 10,000. What sums and
    /// averages of 64-bit integers give: without a scale an integer, else a real.
    private static func numeric(_ bytes: UnsafeRawBufferPointer) throws(StorageProblem) -> SQLValue {
        let digits = Int(read(bytes, 0, Int16.self))
        let weight = Int(read(bytes, 2, Int16.self))
        let sign = read(bytes, 4, UInt16.self)
        let scale = read(bytes, 6, UInt16.self)
        guard digits >= 0, bytes.count == 8 + 2 * digits, sign == 0 || sign == 0x4000 else {
            throw .invalid("a sum is not a number")
        }
        if scale == 0 {
            var total: Int64 = 0
            for place in 0...max(0, weight) {
                let digit = place < digits ? Int64(read(bytes, 8 + 2 * place, Int16.self)) : 0
                let (product, over) = total.multipliedReportingOverflow(by: 10_000)
                let (sum, under) = product.subtractingReportingOverflow(digit)
                if over || under { throw .invalid("a sum does not fit into 64 bits") }
                total = sum
            }
            if sign == 0, total == .min { throw .invalid("a sum does not fit into 64 bits") }
            return .integer(sign == 0 ? -total : total)
        }
        var text = sign == 0 ? "" : "-"
        var mantissa = ""
        for place in 0..<digits {
            let digit = String(read(bytes, 8 + 2 * place, Int16.self))
            mantissa += String(repeating: "0", count: 4 - digit.count) + digit
        }
        text += (mantissa.isEmpty ? "0" : mantissa) + "e\((weight - digits + 1) * 4)"
        guard let value = Double(text) else { throw .invalid("a sum is not a number") }
        return .real(value)
    }

    private static func read<T: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _: T.Type) -> T {
        T(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
}
