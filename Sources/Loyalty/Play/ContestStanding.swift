public import Primitives

/// A contest as a member sees it at one moment.
public struct ContestStanding: Sendable, Hashable {
    public enum Phase: String, Sendable, Hashable, CaseIterable {
        case announced, open, closed, settled
        /// Called off: nobody wins.
        case void
    }

    public var contest: String
    public var phase: Phase
    public var isForMember: Bool
    /// What the member predicts.
    public var prediction: PredictionAnswer?
    /// What it was, once settled.
    public var outcome: PredictionAnswer?
    /// How right the member was; `nil` before it is settled, and for those who were not.
    public var grade: ContestGrade?
}

extension CompiledContest {
    public func phase(at now: Instant, _ outcome: ContestOutcome?) -> ContestStanding.Phase {
        if let outcome { return outcome.value == nil ? .void : .settled }
        if let opens = contest.opens, now < opens { return .announced }
        return now < contest.closes ? .open : .closed
    }
}

extension MemberState {
    public func standing(of compiled: CompiledContest, _ context: DecisionContext) -> ContestStanding {
        let contest = compiled.contest
        let outcome = context.programme.contestOutcomes[contest.id]
        let prediction = prediction(of: contest.id)
        var standing = ContestStanding(
            contest: contest.id, phase: compiled.phase(at: context.now, outcome),
            isForMember: compiled.isFor(self, context), prediction: prediction.flatMap(contest.answer))
        if let outcome {
            standing.outcome = outcome.value.flatMap(contest.answer)
            standing.grade = prediction.flatMap { ContestScoring.grade($0, contest, outcome) }
        }
        return standing
    }
}

/// How answers were shared out, in a form that tells nothing of anybody: no part stands for fewer than ``least`` members,
/// and none can be worked out from the others.
public struct AnswerShares: Sendable, Hashable {
    public static let least: Int64 = 10

    /// Answers that at least ``least`` members gave, the most frequent first.
    public var shown: [(value: Int64, count: Int64)]
    /// All others together; zero, or at least ``least``.
    public var others: Int64
    public var total: Int64

    /// Small parts go together; if together they are still small, the smallest shown part goes with them.
    public init(_ totals: [Int64: Int64]) {
        let sorted = totals.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var shown = sorted.filter { $0.value >= Self.least }.map { (value: $0.key, count: $0.value) }
        var others = sorted.filter { $0.value < Self.least }.reduce(Int64(0)) { $0 + $1.value }
        while others > 0, others < Self.least, let smallest = shown.popLast() { others += smallest.count }
        if others < Self.least { others = 0 }
        self.shown = shown
        self.others = others
        total = others + shown.reduce(0) { $0 + $1.count }
    }

    public static func == (left: AnswerShares, right: AnswerShares) -> Bool {
        left.others == right.others && left.shown.elementsEqual(right.shown) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(total) }
}
