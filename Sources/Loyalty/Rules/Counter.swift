/// What one rule or challenge has counted for one member: its own history, from which every limit, every progress and
/// every total can be computed again.
public struct Counter: Sendable, Hashable {
    /// Sorted, no two alike.
    public private(set) var marks: [CounterMark]
    /// The net amount that the ledger holds on behalf of this counter; for challenges the number of completions.
    public var granted: Int64
    /// What budgets refused of what the limits had allowed. A refusal stays one.
    public var refused: Int64

    public init(marks: [CounterMark] = [], granted: Int64 = 0, refused: Int64 = 0) {
        self.marks = marks
        self.granted = granted
        self.refused = refused
    }

    public static let empty = Counter()

    /// Adds one mark.
    ///
    /// - Complexity: O(number of marks) at worst; O(1) when the mark belongs to the latest day.
    public mutating func add(_ mark: CounterMark) {
        var index = marks.endIndex
        while index > 0, mark < marks[index - 1] { index -= 1 }
        if index > 0, marks[index - 1].isAlike(mark) {
            marks[index - 1].count += mark.count
        } else {
            marks.insert(mark, at: index)
        }
    }

    /// Takes one mark back; `false` if there is none like it.
    public mutating func remove(_ mark: CounterMark) -> Bool {
        guard let index = marks.firstIndex(where: { $0.isAlike(mark) }), marks[index].count >= mark.count else {
            return false
        }
        marks[index].count -= mark.count
        if marks[index].count == 0 { marks.remove(at: index) }
        return true
    }

    /// Joins the history of another counter of the same name, when two members turn out to be one.
    public mutating func merge(_ other: Counter) {
        for mark in other.marks { add(mark) }
        granted += other.granted
        refused += other.refused
    }

    /// The marks of the days `range`.
    func marks(in range: Range<Int32>) -> [CounterMark] {
        var start = marks.endIndex
        while start > 0, marks[start - 1].day >= range.lowerBound { start -= 1 }
        return marks[start...].filter { $0.day < range.upperBound }
    }

    /// How many marks fall in the days `range`.
    public func count(in range: Range<Int32>) -> Int64 {
        var total: Int64 = 0
        for mark in marks.reversed() {
            if mark.day < range.lowerBound { break }
            if mark.day < range.upperBound { total += mark.count }
        }
        return total
    }

    /// The number of all marks.
    public var count: Int64 { marks.reduce(0) { $0 + $1.count } }
}

extension Counter {
    /// The history as bytes: per mark day, slot, size and count as variable-length integers, days as differences.
    public var encodedMarks: [UInt8] {
        var writer = VarintWriter()
        var day: Int64 = 0
        for mark in marks {
            writer.signed(Int64(mark.day) - day)
            writer.signed(Int64(mark.slot))
            writer.signed(mark.wanted)
            writer.signed(mark.count)
            day = Int64(mark.day)
        }
        return writer.bytes
    }

    /// `nil` if the bytes are not such a history.
    public init?(encodedMarks bytes: [UInt8], granted: Int64, refused: Int64) {
        var reader = VarintReader(bytes)
        var marks: [CounterMark] = []
        var day: Int64 = 0
        while !reader.isAtEnd {
            guard let step = reader.signed(), let slot = reader.signed(), let wanted = reader.signed(),
                let count = reader.signed(), let exactDay = Int32(exactly: day + step),
                let exactSlot = Int32(exactly: slot), count > 0
            else { return nil }
            day += step
            marks.append(CounterMark(day: exactDay, slot: exactSlot, wanted: wanted, count: count))
        }
        self.init(marks: marks, granted: granted, refused: refused)
    }
}

/// Zigzag variable-length integers (as in Protocol Buffers).
struct VarintWriter {
    private(set) var bytes: [UInt8] = []

    mutating func signed(_ value: Int64) {
        var bits = UInt64(bitPattern: value << 1) ^ UInt64(bitPattern: value >> 63)
        while bits >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: bits) | 0x80)
            bits >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: bits))
    }
}

struct VarintReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func signed() -> Int64? {
        var bits: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            bits |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1) }
            shift += 7
        }
        return nil
    }
}
