import Primitives

/// Many weighted tables, one after another in the same arrays: a pick touches no reference count.
struct WeightedRows {
    private var thresholds: [Double] = []
    private var aliases: [Int32] = []
    private var starts: [Int32] = [0]

    /// A row without weight gives nothing.
    init(_ rows: [[Double]]) {
        for weights in rows {
            if let table = WeightedTable(weights) {
                let start = Int32(thresholds.count)
                for entry in table.entries {
                    thresholds.append(entry.threshold)
                    aliases.append(start + Int32(entry.alias))
                }
            }
            starts.append(Int32(thresholds.count))
        }
    }

    /// A position in all rows together; `nil` for a row without weight.
    @inline(__always)
    func pick(_ row: Int, using random: inout SplitMix64) -> Int? {
        let start = Int(starts[row])
        let count = Int(starts[row + 1]) - start
        guard count > 0 else { return nil }
        let index = start + random.index(below: count)
        return random.uniform() < thresholds[index] ? index : Int(aliases[index])
    }

    /// A position within the row; `nil` for a row without weight.
    func place(in row: Int, using random: inout SplitMix64) -> Int? {
        pick(row, using: &random).map { $0 - Int(starts[row]) }
    }

    /// A position within the row; 0 for a row without weight.
    @inline(__always)
    func pickWithin(_ row: Int, using random: inout SplitMix64) -> Int {
        pick(row, using: &random).map { $0 - Int(starts[row]) } ?? 0
    }
}
