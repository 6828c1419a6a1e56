import Catalogue
import Primitives
import Recommending

/// The stored form. Version 1, little endian: `SGRM`, version (1 byte), trained at (8 bytes, ms since 1970-01-01), readers
/// (8), readings (8), number of items (4), each item as its length (1) and UTF-8; then the rows as `ItemNeighbours` writes
/// them.
extension RecommendationModel {
    private static let mark = Array("SGRM".utf8) + [1]

    public var bytes: [UInt8] {
        let rows = beside.bytes
        var bytes = Self.mark
        bytes.reserveCapacity(64 + items.count * 24 + rows.count)
        bytes.append(number: UInt64(bitPattern: trainedAt.milliseconds))
        bytes.append(number: UInt64(readers))
        bytes.append(number: UInt64(readings))
        bytes.append(number: UInt32(items.count))
        for item in items {
            bytes.append(UInt8(item.text.utf8.count))
            bytes.append(contentsOf: item.text.utf8)
        }
        return bytes + rows
    }

    /// - Returns: `nil` for bytes of another form, or cut off: then it is trained anew.
    public init?(bytes: [UInt8]) {
        var reader = LittleEndianReader(bytes)
        guard reader.take(Self.mark.count).map({ Array($0) == Self.mark }) == true,
            let at = reader.number(8), let readers = reader.number(8), let readings = reader.number(8),
            readers <= UInt64(Int32.max), readings <= UInt64(Int64.max), let count = reader.number(4),
            count <= bytes.count
        else { return nil }
        var items: [ItemID] = []
        items.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let length = reader.number(1), let text = reader.take(Int(length)),
                let item = String(validating: text, as: UTF8.self).flatMap({ ItemID($0) })
            else { return nil }
            items.append(item)
        }
        guard let rows = try? ItemNeighbours(bytes: Array(reader.rest)), rows.count <= items.count else { return nil }
        self.init(
            items: items, beside: rows, trainedAt: Instant(milliseconds: Int64(bitPattern: at)),
            readers: Int(readers), readings: Int(readings))
    }
}

private struct LittleEndianReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var rest: ArraySlice<UInt8> { bytes[place...] }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.count - place else { return nil }
        defer { place += count }
        return bytes[place..<place + count]
    }

    mutating func number(_ width: Int) -> UInt64? {
        take(width)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension [UInt8] {
    fileprivate mutating func append<T: FixedWidthInteger & UnsignedInteger>(number value: T) {
        for shift in stride(from: 0, to: T.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: value >> T(shift))) }
    }
}
