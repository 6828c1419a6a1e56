/// The facts that programs are evaluated on: one value, or none, for each slot of a ``FrameLayout``.
///
/// Make one frame, fill it for an event, run every program of the environment on it, ``clear()`` it, fill it again:
/// after the first event nothing is allocated but what the values themselves hold. A frame is a value: a copy does not
/// change with the original.
///
/// The setters with a label (`frame.set(slot, double: 0.9)`) are the fastest; `frame[slot] = .double(0.9)` is the
/// general form. A slot that is not set is an attribute that does not exist: reading it is an error, which `&&` and
/// `||` absorb, and `has()` is false.
public struct Frame: Sendable {
    enum Tag {
        static let unset: UInt64 = 0
        static let bool: UInt64 = 1
        static let int: UInt64 = 2
        static let uint: UInt64 = 3
        static let double: UInt64 = 4
        static let string: UInt64 = 5
        static let duration: UInt64 = 6
        /// A value of another kind, kept beside the cell.
        static let other: UInt64 = 7
    }

    /// One slot: a number inline, or a string.
    struct Cell {
        var tag = Tag.unset
        var word: UInt64 = 0
        var text = ""
    }

    /// The slots; never changed while more than one frame refers to it, which makes sharing it between threads safe.
    final class Storage: @unchecked Sendable {
        let count: Int
        let cells: UnsafeMutablePointer<Cell>
        let others: UnsafeMutablePointer<Value>
        var holdsOthers = false

        init(count: Int) {
            self.count = count
            cells = .allocate(capacity: count)
            cells.initialize(repeating: Cell(), count: count)
            others = .allocate(capacity: count)
            others.initialize(repeating: .null, count: count)
        }

        init(copying source: Storage) {
            count = source.count
            cells = .allocate(capacity: count)
            cells.initialize(from: source.cells, count: count)
            others = .allocate(capacity: count)
            others.initialize(from: source.others, count: count)
            holdsOthers = source.holdsOthers
        }

        deinit {
            cells.deinitialize(count: count)
            cells.deallocate()
            others.deinitialize(count: count)
            others.deallocate()
        }
    }

    private(set) var storage: Storage

    /// A frame with every slot of the layout unset.
    public init(layout: FrameLayout) { storage = Storage(count: layout.count) }

    /// The number of slots.
    public var count: Int { storage.count }

    @inline(__always)
    private mutating func cell(_ slot: Int) -> UnsafeMutablePointer<Cell> {
        precondition(slot >= 0 && slot < storage.count, "the slot belongs to another layout")
        if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage) }
        return storage.cells + slot
    }

    /// The value of a slot, nil when it is not set. Setting nil makes it unset.
    public subscript(slot: Int) -> Value? {
        get {
            precondition(slot >= 0 && slot < storage.count, "the slot belongs to another layout")
            return storage.value(slot)
        }
        set {
            switch newValue {
            case .bool(let flag): set(slot, bool: flag)
            case .int(let number): set(slot, int: number)
            case .uint(let number): set(slot, uint: number)
            case .double(let number): set(slot, double: number)
            case .string(let text): set(slot, string: text)
            case .duration(let span): set(slot, duration: span)
            case .some(let value):
                cell(slot).pointee.tag = Tag.other
                storage.others[slot] = value
                storage.holdsOthers = true
            case nil: cell(slot).pointee.tag = Tag.unset
            }
        }
    }

    public mutating func set(_ slot: Int, bool flag: Bool) {
        let cell = cell(slot)
        cell.pointee.tag = Tag.bool
        cell.pointee.word = flag ? 1 : 0
    }

    public mutating func set(_ slot: Int, int number: Int64) {
        let cell = cell(slot)
        cell.pointee.tag = Tag.int
        cell.pointee.word = UInt64(bitPattern: number)
    }

    public mutating func set(_ slot: Int, uint number: UInt64) {
        let cell = cell(slot)
        cell.pointee.tag = Tag.uint
        cell.pointee.word = number
    }

    public mutating func set(_ slot: Int, double number: Double) {
        let cell = cell(slot)
        cell.pointee.tag = Tag.double
        cell.pointee.word = number.bitPattern
    }

    public mutating func set(_ slot: Int, string text: String) {
        let cell = cell(slot)
        cell.pointee.tag = Tag.string
        cell.pointee.text = text
    }

    public mutating func set(_ slot: Int, duration span: TimeSpan) {
        let cell = cell(slot)
        cell.pointee.tag = Tag.duration
        cell.pointee.word = UInt64(bitPattern: span.nanoseconds)
    }

    public mutating func set(_ slot: Int, timestamp instant: Timestamp) { self[slot] = .timestamp(instant) }

    /// A list of strings, the usual list in facts.
    public mutating func set(_ slot: Int, strings: [String]) { self[slot] = .list(strings.map { .string($0) }) }

    /// Makes every slot unset.
    ///
    /// Strings stay in memory until their slot is set again or the frame goes.
    /// - Complexity: O(slots), a few nanoseconds.
    public mutating func clear() {
        if !isKnownUniquelyReferenced(&storage) {
            storage = Storage(count: storage.count)
            return
        }
        for slot in 0..<storage.count { storage.cells[slot].tag = Tag.unset }
        if storage.holdsOthers {
            for slot in 0..<storage.count { storage.others[slot] = .null }
            storage.holdsOthers = false
        }
    }
}

extension Frame.Storage {
    /// The value of a slot within bounds, nil when unset.
    func value(_ slot: Int) -> Value? {
        let word = cells[slot].word
        switch cells[slot].tag {
        case Frame.Tag.unset: return nil
        case Frame.Tag.bool: return .bool(word != 0)
        case Frame.Tag.int: return .int(Int64(bitPattern: word))
        case Frame.Tag.uint: return .uint(word)
        case Frame.Tag.double: return .double(Double(bitPattern: word))
        case Frame.Tag.string: return .string(cells[slot].text)
        case Frame.Tag.duration: return .duration(TimeSpan(nanoseconds: Int64(bitPattern: word)))
        default: return others[slot]
        }
    }
}
