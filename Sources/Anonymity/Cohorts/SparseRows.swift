/// Rows of item numbers, stored flat: row r holds `items[offsets[r]..<offsets[r + 1]]`.
public struct SparseRows: Hashable, Sendable {
    /// One more than there are rows; starts at 0 and never falls.
    public let offsets: ContiguousArray<Int32>
    public let items: ContiguousArray<Int32>
    /// Item numbers are 0..<itemCount.
    public let itemCount: Int

    public var count: Int { offsets.count - 1 }

    /// - Throws: ``CohortProblem/malformedRows(field:)`` where the offsets or an item number are out of order or range.
    public init(offsets: [Int32], items: [Int32], itemCount: Int) throws(CohortProblem) {
        guard offsets.first == 0, offsets.last.map(Int.init) == items.count,
            zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 })
        else { throw .malformedRows(field: "offsets") }
        guard items.allSatisfy({ $0 >= 0 && Int($0) < itemCount }) else { throw .malformedRows(field: "items") }
        self.init(trusted: ContiguousArray(offsets), ContiguousArray(items), itemCount: itemCount)
    }

    init(trusted offsets: ContiguousArray<Int32>, _ items: ContiguousArray<Int32>, itemCount: Int) {
        (self.offsets, self.items, self.itemCount) = (offsets, items, itemCount)
    }

    /// - Throws: as ``init(offsets:items:itemCount:)``.
    public init(_ rows: [[Int32]], itemCount: Int) throws(CohortProblem) {
        var offsets: [Int32] = [0]
        for row in rows { offsets.append(offsets[offsets.count - 1] + Int32(row.count)) }
        try self.init(offsets: offsets, items: Array(rows.joined()), itemCount: itemCount)
    }

    public subscript(row: Int) -> ContiguousArray<Int32>.SubSequence {
        items[range(row)]
    }

    func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

    /// Rows that hold each item.
    public func frequencies() -> [Int32] {
        var counts = [Int32](repeating: 0, count: itemCount)
        for item in items { counts[Int(item)] += 1 }
        return counts
    }

    /// The rows of these numbers, in this order.
    public func selecting(_ rows: [Int]) -> SparseRows {
        var offsets: ContiguousArray<Int32> = [0]
        var chosen: ContiguousArray<Int32> = []
        for row in rows {
            chosen.append(contentsOf: items[range(row)])
            offsets.append(Int32(chosen.count))
        }
        return SparseRows(trusted: offsets, chosen, itemCount: itemCount)
    }
}
