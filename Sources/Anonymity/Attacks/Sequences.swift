/// How far the sequence of a member's personas is a fingerprint (Berke and Calacci 2022; G5).
public struct Sequences: Hashable, Sendable {
    /// The share of members whose sequence nobody else has.
    public let unique: Double
    /// The share of members whose sequence fewer than 50 have.
    public let belowFifty: Double

    /// - Parameter periods: for each period, each member's persona (-1 for none).
    /// - Throws: ``CohortProblem/malformedRows(field:)`` for periods of unequal length.
    public init(periods: [ContiguousArray<Int32>]) throws(CohortProblem) {
        let members = periods.first?.count ?? 0
        guard periods.allSatisfy({ $0.count == members }) else { throw .malformedRows(field: "periods") }
        let order = (0..<members).sorted { first, second in
            for period in periods where period[first] != period[second] { return period[first] < period[second] }
            return false
        }
        var (single, small, start) = (0, 0, 0)
        for place in 0..<members {
            let isLast =
                place + 1 == members || periods.contains { $0[order[place]] != $0[order[place + 1]] }
            guard isLast else { continue }
            let size = place + 1 - start
            if size == 1 { single += 1 }
            if size < 50 { small += size }
            start = place + 1
        }
        unique = Double(single) / Double(max(1, members))
        belowFifty = Double(small) / Double(max(1, members))
    }
}
