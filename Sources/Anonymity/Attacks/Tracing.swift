/// Who is in a cohort, told from the item frequencies that it publishes (Homer et al. 2008; Sankararaman et al. 2009;
/// attack 5 of the reference).
public enum Tracing {
    /// The attacker's score of each candidate: over the candidate's items, the published count's excess over what is
    /// expected of the population, in standard deviations squared of a count.
    /// - Parameters:
    ///   - published: count of each item in the cohort, exact or noisy, suppressed ones 0.
    ///   - population: count of each item among all `members`.
    ///   - size: members of the cohort.
    public static func scores(
        published: [Double], size: Int, population: [Int32], members: Int, candidates: SparseRows
    ) -> [Double] {
        var weights = ContiguousArray<Double>(repeating: 0, count: candidates.itemCount)
        var offset = 0.0
        for item in weights.indices {
            let share = (Double(population[item]) + 0.5) / (Double(members) + 1)
            let excess = published[item] / Double(size) - share
            // The likelihood's derivative; the rarest items are held back so that one noisy cell does not decide.
            weights[item] = excess / (share * (1 - share) + 1 / Double(size))
            offset += share * weights[item]
        }
        return (0..<candidates.count).map { row in
            candidates.range(row).reduce(-offset) { $0 + weights[Int(candidates.items[$1])] }
        }
    }

    /// Published counts of a cohort without protection: the baseline.
    public static func exactCounts(of cohort: SparseRows) -> [Double] { cohort.frequencies().map(Double.init) }

    /// The attack on a cohort: members against others of the same population.
    public static func attack(
        published: [Double], cohort: SparseRows, others: SparseRows, population: [Int32], members: Int
    ) -> Roc {
        let size = cohort.count
        func score(_ rows: SparseRows) -> [Double] {
            scores(published: published, size: size, population: population, members: members, candidates: rows)
        }
        return Roc(members: score(cohort), others: score(others))
    }
}
