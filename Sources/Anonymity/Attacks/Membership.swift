#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Was someone's history part of what a recommender learned from? Told from history and recommendations (Zhang et al.,
/// CCS 2021). In the strict protocol non-members receive lists folded in from their own histories, as members do; with
/// popularity lists for non-members the attack only tells personal lists from popular ones (section 6).
public enum Membership {
    /// People with their histories and the lists they received, in the same order.
    public struct Group: Sendable {
        public let histories: SparseRows
        public let lists: SparseRows

        /// - Throws: ``CohortProblem/malformedRows(field:)`` where they differ in length or items.
        public init(histories: SparseRows, lists: SparseRows) throws(CohortProblem) {
            guard histories.count == lists.count, histories.itemCount == lists.itemCount else {
                throw .malformedRows(field: "lists")
            }
            (self.histories, self.lists) = (histories, lists)
        }
    }

    /// A classifier learned on a shadow's members and others, whose truth the attacker knows, scores the target's.
    /// Features: the distance between the centre of the history and that of the list, squared per dimension, and their
    /// cosine; logistic regression.
    public static func attack(
        shadowMembers: Group, shadowOthers: Group, members: Group, others: Group, space: ItemSpace
    ) -> Roc {
        let width = space.dimension + 2
        let positive = features(shadowMembers, space)
        let negative = features(shadowOthers, space)
        let rows = (positive.count + negative.count) / width
        guard rows > 0 else { return Roc(members: [], others: []) }
        var all = positive + negative
        // Standardised by the shadow, so that one step size suits every feature.
        var (means, scales) = ([Double](repeating: 0, count: width), [Double](repeating: 1, count: width))
        for column in 1..<width {
            var (sum, square) = (0.0, 0.0)
            for row in 0..<rows {
                sum += all[row * width + column]
                square += all[row * width + column] * all[row * width + column]
            }
            means[column] = sum / Double(rows)
            let variance = square / Double(rows) - means[column] * means[column]
            scales[column] = variance > 1e-12 ? variance.squareRoot() : 1
        }
        func standardise(_ values: inout ContiguousArray<Double>) {
            for index in values.indices {
                values[index] = (values[index] - means[index % width]) / scales[index % width]
            }
        }
        standardise(&all)
        var weights = ContiguousArray<Double>(repeating: 0, count: width)
        let positives = positive.count / width
        for _ in 0..<200 {
            var gradient = ContiguousArray<Double>(repeating: 0, count: width)
            for row in 0..<rows {
                var sum = 0.0
                for column in 0..<width { sum += weights[column] * all[row * width + column] }
                // Both classes weigh the same, whatever their sizes.
                let share = row < positives ? positives : rows - positives
                let error = ((row < positives ? 1 : 0) - 1 / (1 + exp(-sum))) / Double(2 * share)
                for column in 0..<width { gradient[column] += error * all[row * width + column] }
            }
            for column in 0..<width { weights[column] += gradient[column] - 0.001 * weights[column] }
        }
        func scores(_ group: Group) -> [Double] {
            var values = features(group, space)
            standardise(&values)
            return (0..<values.count / width).map { row in
                (0..<width).reduce(0.0) { $0 + weights[$1] * values[row * width + $1] }
            }
        }
        return Roc(members: scores(members), others: scores(others))
    }

    private static func features(_ group: Group, _ space: ItemSpace) -> ContiguousArray<Double> {
        let (histories, lists) = (space.histories(group.histories), space.histories(group.lists))
        let dimension = space.dimension
        var result: ContiguousArray<Double> = []
        for row in 0..<group.histories.count {
            result.append(1)
            let scale = 1 / Double(ItemSpace.largestComponent)
            let (m, n) = (Double(max(1, group.histories[row].count)), Double(max(1, group.lists[row].count)))
            var (product, first, second) = (0.0, 0.0, 0.0)
            for column in 0..<dimension {
                let a = Double(histories[row * dimension + column]) * scale / m
                let b = Double(lists[row * dimension + column]) * scale / n
                result.append((a - b) * (a - b))
                product += a * b
                first += a * a
                second += b * b
            }
            result.append(first > 0 && second > 0 ? product / (first * second).squareRoot() : 0)
        }
        return result
    }
}
