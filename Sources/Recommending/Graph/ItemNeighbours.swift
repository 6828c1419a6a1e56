/// For every item the items that go with it, at most K: what all recommenders here train
/// to. In storage a row is in no order.
public struct ItemNeighbours: Sendable, Hashable, Codable {
    /// Why bytes were refused.
    public enum Problem: Error, Sendable, Hashable {
        case notNeighbours
        case truncated
        /// An offset or an item lies outside.
        case inconsistent
    }

    /// Where each row begins; one more than there are items.
    public private(set) var offsets: [Int32]
    public private(set) var items: [Int32]
    public private(set) var weights: [Float]

    public var count: Int { offsets.count - 1 }

    /// - Parameter rows: of each item, its neighbours and their weights.
    public init(rows: [[(item: Int32, weight: Float)]]) {
        offsets = [0]
        items = []
        weights = []
        offsets.reserveCapacity(rows.count + 1)
        let total = rows.reduce(0) { $0 + $1.count }
        items.reserveCapacity(total)
        weights.reserveCapacity(total)
        for row in rows {
            for (item, weight) in row {
                items.append(item)
                weights.append(weight)
            }
            offsets.append(Int32(items.count))
        }
    }

    /// The neighbours of an item, the heaviest first.
    public func row(_ item: Int) -> [(item: Int32, weight: Float)] {
        stored(item).sorted { (-abs($0.weight), $0.item) < (-abs($1.weight), $1.item) }
    }

    /// The neighbours of an item as they are stored.
    func stored(_ item: Int) -> [(item: Int32, weight: Float)] {
        guard item >= 0, item < count else { return [] }
        return (Int(offsets[item])..<Int(offsets[item + 1])).map { (items[$0], weights[$0]) }
    }

    /// These rows, and those of `other` where these are empty: content for items nobody has taken up.
    public func filled(by other: ItemNeighbours) -> ItemNeighbours {
        ItemNeighbours(
            rows: (0..<max(count, other.count)).map { item in
                let own = stored(item)
                return own.isEmpty ? other.stored(item) : own
            })
    }

    /// Offsets, items and weights, for loops that add up rows.
    @inline(__always)
    func withUnsafeRows(
        _ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Float>) -> Void
    ) {
        offsets.withUnsafeBufferPointer { offsets in
            items.withUnsafeBufferPointer { items in
                weights.withUnsafeBufferPointer { body(offsets, items, $0) }
            }
        }
    }

    private static let magic: [UInt8] = Array("SGN1".utf8)

    /// A compact form: `SGN1`, number of items, number of entries, offsets, items, weights, 32 bits each, little-endian.
    public var bytes: [UInt8] {
        var output = Self.magic
        output.reserveCapacity(12 + 4 * (offsets.count + 2 * items.count))
        func put(_ value: UInt32) {
            for shift in stride(from: 0, to: 32, by: 8) { output.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        put(UInt32(count))
        put(UInt32(items.count))
        for value in offsets { put(UInt32(bitPattern: value)) }
        for value in items { put(UInt32(bitPattern: value)) }
        for value in weights { put(value.bitPattern) }
        return output
    }

    /// - Throws: ``Problem`` when the bytes are not what ``bytes`` writes.
    public init(bytes: [UInt8]) throws(Problem) {
        guard bytes.count >= 12, Array(bytes[..<4]) == Self.magic else { throw .notNeighbours }
        func word(_ index: Int) -> UInt32 {
            let at = 4 + 4 * index
            return UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
                | UInt32(bytes[at + 3]) << 24
        }
        let (rows, entries) = (Int(word(0)), Int(word(1)))
        guard bytes.count == 12 + 4 * (rows + 1 + 2 * entries) else { throw .truncated }
        let offsets = (0...rows).map { Int32(bitPattern: word(2 + $0)) }
        let items = (0..<entries).map { Int32(bitPattern: word(3 + rows + $0)) }
        guard offsets[0] == 0, offsets[rows] == Int32(entries), zip(offsets, offsets.dropFirst()).allSatisfy(<=),
            items.allSatisfy({ $0 >= 0 && $0 < Int32(rows) })
        else { throw .inconsistent }
        self.offsets = offsets
        self.items = items
        weights = (0..<entries).map { Float(bitPattern: word(3 + rows + entries + $0)) }
    }
}
