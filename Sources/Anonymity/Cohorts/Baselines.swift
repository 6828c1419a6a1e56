/// Cohorts to compare with: as FLoC made them, and by lot.
public enum Baselines {
    /// Cohorts by lot, of at least k members each and below 2k: mean cohesion is near 1/√k.
    /// - Throws: ``CohortProblem/tooFewMembers(members:needed:)``.
    public static func random(members: Int, k: Int, seed: UInt64) throws(CohortProblem) -> ContiguousArray<Int32> {
        var random = SplitMix(state: seed)
        return try cut(Array(0..<members).shuffled(using: &random), k: k)
    }

    /// SortingLSH (FLoC whitepaper 2020): members sorted by the signs of their vectors on random hyperplanes, cut into
    /// contiguous groups of at least k.
    /// - Throws: ``CohortProblem``.
    public static func sortingLSH(
        histories: ContiguousArray<Int32>, dimension: Int, k: Int, seed: UInt64
    ) throws(CohortProblem) -> ContiguousArray<Int32> {
        guard dimension > 0, histories.count.isMultiple(of: dimension) else {
            throw .malformedRows(field: "histories")
        }
        var random = SplitMix(state: seed)
        // A sum of twelve uniforms less six: near enough to a normal for directions.
        let planes = ContiguousArray(
            (0..<64 * dimension).map { _ in (0..<12).reduce(-6.0) { sum, _ in sum + random.unit() } })
        let members = histories.count / dimension
        let hashes = (0..<members).map { member in
            var hash: UInt64 = 0
            for plane in 0..<64 {
                var sum = 0.0
                for column in 0..<dimension {
                    sum += planes[plane * dimension + column] * Double(histories[member * dimension + column])
                }
                hash = hash << 1 | (sum > 0 ? 1 : 0)
            }
            return hash
        }
        return try cut((0..<members).sorted { (hashes[$0], $0) < (hashes[$1], $1) }, k: k)
    }

    /// Mean cosine of a member's vector with the mean of the unit vectors of its cohort: the utility of the FLoC
    /// whitepaper. Members without a vector or cohort are left out.
    public static func cohesion(
        histories: ContiguousArray<Int32>, dimension: Int, assignment: ContiguousArray<Int32>
    ) -> Double {
        let cohorts = Int(assignment.max() ?? -1) + 1
        var sums = ContiguousArray<Double>(repeating: 0, count: cohorts * dimension)
        var lengths = ContiguousArray<Double>(repeating: 0, count: assignment.count)
        for member in assignment.indices where assignment[member] >= 0 {
            let start = member * dimension
            var square = 0.0
            for column in 0..<dimension {
                square += Double(histories[start + column]) * Double(histories[start + column])
            }
            guard square > 0 else { continue }
            lengths[member] = square.squareRoot()
            for column in 0..<dimension {
                let value = Double(histories[start + column]) / lengths[member]
                sums[Int(assignment[member]) * dimension + column] += value
            }
        }
        var (total, counted) = (0.0, 0)
        for member in assignment.indices where lengths[member] > 0 {
            let (start, centre) = (member * dimension, Int(assignment[member]) * dimension)
            var (product, square) = (0.0, 0.0)
            for column in 0..<dimension {
                product += Double(histories[start + column]) * sums[centre + column]
                square += sums[centre + column] * sums[centre + column]
            }
            counted += 1
            if square > 0 { total += product / (lengths[member] * square.squareRoot()) }
        }
        return counted > 0 ? total / Double(counted) : 0
    }

    private static func cut(_ order: [Int], k: Int) throws(CohortProblem) -> ContiguousArray<Int32> {
        guard k >= 1 else { throw .outOfRange(field: "k", least: 1, most: .max) }
        guard order.count >= k else { throw .tooFewMembers(members: order.count, needed: k) }
        var assignment = ContiguousArray<Int32>(repeating: 0, count: order.count)
        let cohorts = order.count / k
        for (place, member) in order.enumerated() { assignment[member] = Int32(min(place / k, cohorts - 1)) }
        return assignment
    }
}
