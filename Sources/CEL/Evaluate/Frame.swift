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
    @usableFromInline
    enum Tag {
        @usableFromInline static let unset: UInt64 = 0
        @usableFromInline static let bool: UInt64 = 1
        @usableFromInline static let int: UInt64 = 2
        @usableFromInline static let uint: UInt64 = 3
        @usableFromInline static let double: UInt64 = 4
        @usableFromInline static let string: UInt64 = 5
        @usableFromInline static let duration: UInt64 = 6
        /// A value of another kind, kept beside the cell.
        @usableFromInline static let other: UInt64 = 7
    }

    /// One slot: a number inline, or a string.
    @usableFromInline
    struct Cell {
        @usableFromInline var tag = Tag.unset
        @usableFromInline var word: UInt64 = 0
        @usableFromInline var text = ""
    }

    /// The slots; never changed while more than one frame refers to it, which makes sharing it between threads safe.
    final class Storage: @unchecked Sendable {
        let count: Int
        let cells: UnsafeMutablePointer<Cell>
        let inlinesStrings = RawString.isKnown
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

    public mutating func set(_ slot: Int, bool flag: Bool) { cell(slot).pointee.set(Tag.bool, flag ? 1 : 0) }

    public mutating func set(_ slot: Int, int number: Int64) {
        cell(slot).pointee.set(Tag.int, UInt64(bitPattern: number))
    }

    public mutating func set(_ slot: Int, uint number: UInt64) { cell(slot).pointee.set(Tag.uint, number) }

    public mutating func set(_ slot: Int, double number: Double) {
        cell(slot).pointee.set(Tag.double, number.bitPattern)
    }

    public mutating func set(_ slot: Int, string text: String) {
        let cell = cell(slot)
        cell.pointee.tag = Tag.string
        cell.setText(text, storage.inlinesStrings)
    }

    public mutating func set(_ slot: Int, duration span: TimeSpan) {
        cell(slot).pointee.set(Tag.duration, UInt64(bitPattern: span.nanoseconds))
    }

    public mutating func set(_ slot: Int, timestamp instant: Timestamp) { self[slot] = .timestamp(instant) }

    /// A list of strings, the usual list in facts.
    public mutating func set(_ slot: Int, strings: [String]) { self[slot] = .list(strings.map { .string($0) }) }

    /// Sets many slots at once: a little faster than one by one.
    ///
    /// ```swift
    /// frame.fill { cells in
    ///     cells.set(share, double: 0.9)
    ///     cells.set(tier, string: "gold")
    /// }
    /// ```
    @inlinable
    public mutating func fill<E: Error>(_ body: (inout Cells) throws(E) -> Void) throws(E) {
        var cells = openCells()
        try body(&cells)
    }

    @usableFromInline
    mutating func openCells() -> Cells {
        if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage) }
        return Cells(storage.cells, storage.count, storage.inlinesStrings)
    }

    /// The slots of a frame while ``fill(_:)`` runs; it cannot leave the closure.
    public struct Cells: ~Copyable {
        @usableFromInline let cells: UnsafeMutablePointer<Cell>
        @usableFromInline let count: Int
        @usableFromInline let inlinesStrings: Bool

        init(_ cells: UnsafeMutablePointer<Cell>, _ count: Int, _ inlinesStrings: Bool) {
            self.cells = cells
            self.count = count
            self.inlinesStrings = inlinesStrings
        }

        @inlinable
        func cell(_ slot: Int) -> UnsafeMutablePointer<Cell> {
            precondition(slot >= 0 && slot < count, "the slot belongs to another layout")
            return cells + slot
        }

        @inlinable
        public mutating func set(_ slot: Int, bool flag: Bool) { cell(slot).pointee.set(Tag.bool, flag ? 1 : 0) }

        @inlinable
        public mutating func set(_ slot: Int, int number: Int64) {
            cell(slot).pointee.set(Tag.int, UInt64(bitPattern: number))
        }

        @inlinable
        public mutating func set(_ slot: Int, uint number: UInt64) { cell(slot).pointee.set(Tag.uint, number) }

        @inlinable
        public mutating func set(_ slot: Int, double number: Double) {
            cell(slot).pointee.set(Tag.double, number.bitPattern)
        }

        @inlinable
        public mutating func set(_ slot: Int, string text: String) {
            let cell = cell(slot)
            cell.pointee.tag = Tag.string
            cell.setText(text, inlinesStrings)
        }

        @inlinable
        public mutating func unset(_ slot: Int) { cell(slot).pointee.tag = Tag.unset }
    }

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

extension Frame.Cell {
    @inlinable
    mutating func set(_ tag: UInt64, _ word: UInt64) {
        self.tag = tag
        self.word = word
    }
}

extension UnsafeMutablePointer where Pointee == Frame.Cell {
    /// Replaces the text; strings that lie in their two words are copied as such, without counting references.
    @inlinable
    func setText(_ text: String, _ inlinesStrings: Bool) {
        let new = RawString(text)
        if inlinesStrings, new.isSmall, RawString(pointee.text).isSmall {
            let target = UnsafeMutableRawPointer(self) + (MemoryLayout<Frame.Cell>.offset(of: \.text) ?? 16)
            target.storeBytes(of: new.first, as: UInt64.self)
            target.storeBytes(of: new.second, toByteOffset: 8, as: UInt64.self)
        } else {
            pointee.text = text
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
