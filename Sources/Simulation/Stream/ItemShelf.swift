import Primitives

/// What there is on one day, arranged for fast choice: by kind and subject, recent and good things first.
struct ItemShelf {
    /// One row for each kind and subject; all rows' items one after another.
    private let tables: WeightedRows
    private let items: [Int16]
    private let subjectCount: Int
    /// Items that take place on the day.
    let evenings: [Int16]

    init(facts: GroundFacts, day: Int) {
        let end = Int64(day + 1) * 86_400_000
        let rows = facts.kinds.count * facts.subjectCount
        var items = [[Int16]](repeating: [], count: rows)
        var weights = [[Double]](repeating: [], count: rows)
        var evenings: [Int16] = []
        for position in facts.items.indices {
            if let time = facts.items[position].takesPlaceAt {
                if Population.day(of: time) == day { evenings.append(Int16(position)) }
                continue
            }
            guard facts.published[position] < end, facts.kind[position] >= 0 else { continue }
            let age = Double(end - facts.published[position]) / 86_400_000
            // Interest halves every three days and never quite ends.
            let recency = Self.halving(age / 3) + 0.02
            for (place, subject) in facts.subjects[position].enumerated() {
                let row = facts.kind[position] * facts.subjectCount + subject
                items[row].append(Int16(position))
                weights[row].append(facts.items[position].appeal * recency * (place == 0 ? 1 : 0.4))
            }
        }
        tables = WeightedRows(weights)
        self.items = Array(items.joined())
        self.evenings = evenings
        subjectCount = facts.subjectCount
    }

    /// 2^-x, stepwise, without the mathematics library.
    private static func halving(_ x: Double) -> Double {
        var value = 1.0
        var rest = x
        while rest >= 1, value > 1e-9 {
            value /= 2
            rest -= 1
        }
        return value * (1 - rest / 2)
    }

    func pick(kind: Int, subject: Int, using random: inout SplitMix64) -> Int16? {
        tables.pick(kind * subjectCount + subject, using: &random).map { items[$0] }
    }
}
