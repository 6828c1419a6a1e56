#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Joining the ledger to behaviour by time (attack 1 and section 7.2 of the reference; G8).
public enum TimeJoin {
    /// (1 − e^−λ) / λ: the mean of one over the events in a bucket that holds the one looked for.
    /// - Parameter lambda: events per persona and bucket; 0 gives 1.
    public static func expected(lambda: Double) -> Double { lambda > 0 ? -expm1(-lambda) / lambda : 1 }

    /// The attack on events: for each, one over those of the same persona and bucket.
    /// - Parameters:
    ///   - times: any unit, such as seconds.
    ///   - bucket: the width of what the server keeps, in the same unit; 1 is the unprotected baseline.
    /// - Throws: ``CohortProblem``.
    public static func attack(
        times: [Int64], personas: [Int32], bucket: Int64
    ) throws(CohortProblem) -> AttackRate {
        guard times.count == personas.count else { throw .malformedRows(field: "personas") }
        guard bucket >= 1 else { throw .outOfRange(field: "bucket", least: 1, most: .max) }
        let buckets = times.map { $0 / bucket - ($0 % bucket < 0 ? 1 : 0) }
        let order = times.indices.sorted { (personas[$0], buckets[$0]) < (personas[$1], buckets[$1]) }
        var successes: [Double] = []
        var start = 0
        for place in order.indices {
            let here = order[place]
            if place + 1 < order.count {
                let next = order[place + 1]
                if personas[next] == personas[here] && buckets[next] == buckets[here] { continue }
            }
            let size = place + 1 - start
            successes.append(contentsOf: repeatElement(1 / Double(size), count: size))
            start = place + 1
        }
        return AttackRate(successes: successes)
    }
}
