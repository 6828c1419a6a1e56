/// What evaluating a node gave.
enum Outcome: Sendable {
    case value(Value)
    case failure(Failure)
    /// Depends on slots whose values are not known.
    case unknown(Set<Int>)
}

/// Combines the outcomes of operands of which none decides: unknown before failure, the first failure otherwise.
struct Undecided {
    private(set) var unknown: Set<Int> = []
    private(set) var failure: Failure?

    mutating func add(_ failure: Failure) { self.failure = self.failure ?? failure }

    mutating func add(_ slots: Set<Int>) { unknown.formUnion(slots) }

    /// The combined outcome, nil when there was none.
    var outcome: Outcome? {
        if !unknown.isEmpty { return .unknown(unknown) }
        return failure.map { .failure($0) }
    }
}
