import CEL

/// A measure of a streak made ready for the event type that it counts.
struct CompiledMeasure: Sendable {
    /// The most that one event adds to a sum.
    static let maximum: Int64 = 1_000_000_000

    let streak: String
    let measure: Streak.Measure
    let version: Int64
    let condition: CompiledCondition?
    let sum: CompiledCondition?

    var reads: Set<AttributePath> { (condition?.reads ?? []).union(sum?.reads ?? []) }

    init(
        _ measure: Streak.Measure, of streak: Streak, environment: Environment, version: Int64
    ) throws(CompilationProblem) {
        self.streak = streak.id
        self.measure = measure
        self.version = version
        let place = "streaks/\(streak.id)"
        condition = try measure.condition.map { source throws(CompilationProblem) in
            try CompiledCondition(source, environment: environment, place: place + ": when")
        }
        sum = try measure.sum.map { source throws(CompilationProblem) in
            try CompiledCondition(source, environment: environment, place: place + ": sum")
        }
    }

    /// What an event adds; `nil` if the sum cannot be evaluated for it or leaves the range.
    func amount(_ frame: Frame) -> Int64? {
        guard let sum else { return 1 }
        guard let value = try? sum.program.evaluate(frame), case .int(let amount) = value, amount <= Self.maximum else {
            return nil
        }
        return amount
    }
}
