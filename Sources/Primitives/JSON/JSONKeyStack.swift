/// The containers a reader stands in, and the keys that their objects have had.
///
/// Small objects are looked through; a large one gets a table, hashed with the process's random seed, so that no input
/// makes the look-up slow.
struct JSONKeyStack {
    /// One key, or the mark where a container begins.
    struct Record {
        /// The key's first and last bytes and its length, mixed: unequal fingerprints mean unequal keys.
        var fingerprint: UInt64
        /// Where the key stands in the text, or in `unescaped`.
        var start: Int
        /// Bytes; negative for a container's mark.
        var count: Int
        var isUnescaped: Bool
    }

    private static let objectMark = -1
    private static let arrayMark = -2
    /// Above this many keys an object gets a table.
    private static let smallCount = 24

    private var records: [Record] = []
    /// Position of the innermost container's mark.
    private var mark = -1
    private(set) var depth = 0
    private(set) var isInObject = false
    /// Keys whose text in the input has escapes.
    private var unescaped: [UInt8] = []
    private var tables: [(mark: Int, keys: Set<Key>)] = []

    private struct Key: Hashable {
        let bytes: [UInt8]
    }

    init() {
        records.reserveCapacity(16)
    }

    mutating func push(isObject: Bool) {
        records.append(
            Record(
                fingerprint: 0, start: mark, count: isObject ? Self.objectMark : Self.arrayMark, isUnescaped: false))
        mark = records.count - 1
        depth += 1
        isInObject = isObject
    }

    mutating func pop() {
        if let last = tables.last, last.mark == mark { tables.removeLast() }
        let outer = records[mark].start
        records.removeSubrange(mark...)
        mark = outer
        depth -= 1
        isInObject = mark >= 0 && records[mark].count == Self.objectMark
        if depth == 0 { unescaped.removeAll(keepingCapacity: true) }
    }

    /// The key read last in the innermost object.
    var last: Record { records[records.count - 1] }

    func unescapedBytes(of record: Record) -> [UInt8] {
        Array(unescaped[record.start..<record.start + record.count])
    }

    func string(of record: Record, in base: UnsafePointer<UInt8>) -> String {
        if record.isUnescaped { return String(decoding: unescapedBytes(of: record), as: UTF8.self) }
        return String(decoding: UnsafeBufferPointer(start: base + record.start, count: record.count), as: UTF8.self)
    }

    /// `false` when the innermost object has had this key.
    mutating func insert(start: Int, count: Int, base: UnsafePointer<UInt8>) -> Bool {
        insert(
            Record(
                fingerprint: Self.fingerprint(base + start, count), start: start, count: count, isUnescaped: false),
            base: base)
    }

    /// `false` when the innermost object has had this key.
    mutating func insert(unescaped bytes: [UInt8], base: UnsafePointer<UInt8>) -> Bool {
        let start = unescaped.count
        unescaped.append(contentsOf: bytes)
        let fingerprint = bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { Self.fingerprint($0, buffer.count) } ?? 0
        }
        return insert(
            Record(fingerprint: fingerprint, start: start, count: bytes.count, isUnescaped: true), base: base)
    }

    private mutating func insert(_ record: Record, base: UnsafePointer<UInt8>) -> Bool {
        let first = mark + 1
        if records.count - first >= Self.smallCount {
            if tables.last?.mark != mark {
                let keys = records[first...].map { Key(bytes: bytes(of: $0, in: base)) }
                tables.append((mark, Set(keys)))
            }
            guard tables[tables.count - 1].keys.insert(Key(bytes: bytes(of: record, in: base))).inserted else {
                return false
            }
        } else {
            var index = first
            while index < records.count {
                let other = records[index]
                if other.fingerprint == record.fingerprint, other.count == record.count,
                    isSame(other, record, in: base)
                {
                    return false
                }
                index += 1
            }
        }
        records.append(record)
        return true
    }

    private func bytes(of record: Record, in base: UnsafePointer<UInt8>) -> [UInt8] {
        if record.isUnescaped { return unescapedBytes(of: record) }
        return Array(UnsafeBufferPointer(start: base + record.start, count: record.count))
    }

    private func isSame(_ left: Record, _ right: Record, in base: UnsafePointer<UInt8>) -> Bool {
        // Up to eight bytes the fingerprint is the key.
        left.count <= 8 || bytes(of: left, in: base) == bytes(of: right, in: base)
    }

    /// Up to eight bytes the key itself; beyond, its first and last eight bytes mixed.
    @inline(__always)
    private static func fingerprint(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let raw = UnsafeRawPointer(bytes)
        if count >= 8 {
            let head = raw.loadUnaligned(as: UInt64.self)
            if count == 8 { return head }
            let tail = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            return head &* 0x9E37_79B9_7F4A_7C15 ^ tail
        }
        var word: UInt64 = 0
        for index in 0..<count { word = word << 8 | UInt64(bytes[index]) }
        return word
    }
}
