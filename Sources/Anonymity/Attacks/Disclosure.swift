/// Attacks on published counts and groups: differencing, averaging, homogeneity and Sybils (attacks 6, 7, 8 and 11).
public enum Disclosure {
    /// What the difference of two publications says of the member who left between them.
    public struct Differencing: Hashable, Sendable {
        /// The share of the member's items that the attacker names.
        public let recall: Double
        /// The share of the named items that are the member's.
        public let precision: Double
    }

    /// The attacker names every item whose published count fell.
    public static func differencing(before: [Double], after: [Double], erased items: [Int32]) -> Differencing {
        let truth = Set(items.map(Int.init))
        let named = zip(before, after).enumerated().filter { $0.element.0 - $0.element.1 >= 0.5 }.map(\.offset)
        let hits = Double(named.count { truth.contains($0) })
        return Differencing(
            recall: truth.isEmpty ? 0 : hits / Double(truth.count),
            precision: named.isEmpty ? 0 : hits / Double(named.count))
    }

    /// Root mean square error of the mean of repeated answers to the same questions: it falls with their number where
    /// noise is drawn anew, and stays where the released value is cached.
    /// - Parameter answers: for each repetition, the answer to each question.
    public static func averagingError(answers: [[Double]], truth: [Double]) -> Double {
        guard !answers.isEmpty, !truth.isEmpty else { return 0 }
        let squares = truth.indices.reduce(0.0) { sum, question in
            let error = answers.reduce(0.0) { $0 + $1[question] } / Double(answers.count) - truth[question]
            return sum + error * error
        }
        return (squares / Double(truth.count)).squareRoot()
    }

    /// For each cohort the largest share of its members that one item has: near 1, whoever is in it has the item.
    public static func homogeneity(
        histories: SparseRows, assignment: ContiguousArray<Int32>, cohorts: Int
    ) throws(CohortProblem) -> [Double] {
        guard histories.count == assignment.count, assignment.allSatisfy({ $0 >= -1 && Int($0) < cohorts }) else {
            throw .malformedRows(field: "assignment")
        }
        var members = [[Int]](repeating: [], count: cohorts)
        for member in assignment.indices where assignment[member] >= 0 {
            members[Int(assignment[member])].append(member)
        }
        var counts = ContiguousArray<Int32>(repeating: 0, count: histories.itemCount)
        return members.map { rows in
            var largest: Int32 = 0
            for row in rows {
                for place in histories.range(row) {
                    counts[Int(histories.items[place])] += 1
                    largest = max(largest, counts[Int(histories.items[place])])
                }
            }
            for row in rows { for place in histories.range(row) { counts[Int(histories.items[place])] = 0 } }
            return rows.isEmpty ? 0 : Double(largest) / Double(rows.count)
        }
    }

    /// The population with Sybils at its end: rows of those of the target's items that the attacker knows.
    public static func withSybils(
        _ histories: SparseRows, target: Int, knownItems: Int, sybils: Int
    ) -> SparseRows {
        var (offsets, items) = (histories.offsets, histories.items)
        let known = histories[target].prefix(knownItems)
        for _ in 0..<sybils {
            items.append(contentsOf: known)
            offsets.append(Int32(items.count))
        }
        return SparseRows(trusted: offsets, items, itemCount: histories.itemCount)
    }

    /// Real members, with the target, who are left in the target's cohort: 1 means isolated.
    public static func realMembers(
        beside target: Int, in assignment: ContiguousArray<Int32>, firstSybil: Int
    ) -> Int {
        assignment.prefix(firstSybil).count { $0 == assignment[target] }
    }
}
