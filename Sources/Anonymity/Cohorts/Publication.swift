/// Which group each persona is published in, so that no group, and nothing that differences of groups can isolate, has
/// fewer than k eligible members (G2).
public struct Publication: Hashable, Sendable {
    public enum Level: Hashable, Sendable {
        case persona
        /// With the other suppressed personas of the parent.
        case parent
        /// With all that no parent can speak for.
        case generic
    }

    public let k: Int
    /// Eligible members of each persona, in the order of the centroids.
    public let counts: [Int]
    public let levels: [Level]
    /// Sizes of the published groups; they are disjoint and add up to all eligible members.
    public let groups: [Int]

    /// The share of eligible members in groups of 2k or more; at least .98 is wanted.
    public var shareInLargeGroups: Double {
        let all = groups.reduce(0, +)
        return all > 0 ? Double(groups.filter { $0 >= 2 * k }.reduce(0, +)) / Double(all) : 0
    }

    /// Suppresses a persona below k to its parent, with as many siblings, smallest first, as make the remainder k; and
    /// the same from parents to the generic persona. Without that, total minus published siblings gives the small one.
    /// - Parameter counts: eligible members of each persona: adults, human, of sufficient account age.
    /// - Throws: ``CohortProblem/tooFewMembers(members:needed:)`` where all together are fewer than k.
    public init(counts: [Int], centroids: Centroids) throws(CohortProblem) {
        guard counts.count == centroids.personas.count, counts.allSatisfy({ $0 >= 0 }) else {
            throw .malformedRows(field: "counts")
        }
        let (k, total) = (centroids.k, counts.reduce(0, +))
        guard total >= k else { throw .tooFewMembers(members: total, needed: k) }
        var levels = [Level](repeating: .persona, count: counts.count)
        var remainders: [String: Int] = [:]
        for parent in Set(centroids.personas.map(\.parent)).sorted() {
            let children = counts.indices.filter { centroids.personas[$0].parent == parent }
            remainders[parent] = Self.suppress(children, counts, k, &levels)
        }
        // Parents whose remainder is too small join the generic group, which takes on further groups until it has k.
        var generic = 0
        for (parent, remainder) in remainders where remainder > 0 && remainder < k {
            generic += remainder
            remainders[parent] = 0
            for child in counts.indices
            where centroids.personas[child].parent == parent && levels[child] == .parent { levels[child] = .generic }
        }
        while generic > 0 && generic < k {
            let parent = remainders.filter { $0.value > 0 }
                .min { ($0.value, $0.key) < ($1.value, $1.key) }
            let child = counts.indices.filter { levels[$0] == .persona && counts[$0] > 0 }
                .min { (counts[$0], $0) < (counts[$1], $1) }
            if let parent, child.map({ parent.value <= counts[$0] }) ?? true {
                generic += parent.value
                remainders[parent.key] = 0
                for child in counts.indices
                where centroids.personas[child].parent == parent.key && levels[child] == .parent {
                    levels[child] = .generic
                }
            } else if let child {
                generic += counts[child]
                levels[child] = .generic
            }
        }
        // An empty persona has nothing of its own to publish.
        for child in counts.indices where counts[child] == 0 { levels[child] = .generic }
        self.k = k
        self.counts = counts
        self.levels = levels
        groups =
            counts.indices.filter { levels[$0] == .persona }.map { counts[$0] }
            + remainders.keys.sorted().compactMap { remainders[$0] }.filter { $0 > 0 } + (generic > 0 ? [generic] : [])
    }

    /// - Returns: how many members were suppressed.
    private static func suppress(_ children: [Int], _ counts: [Int], _ k: Int, _ levels: inout [Level]) -> Int {
        var remainder = 0
        for child in children.sorted(by: { (counts[$0], $0) < (counts[$1], $1) }) {
            guard counts[child] > 0 else { continue }
            guard counts[child] < k || (remainder > 0 && remainder < k) else { break }
            remainder += counts[child]
            levels[child] = .parent
        }
        return remainder
    }
}
