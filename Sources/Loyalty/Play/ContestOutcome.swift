import Primitives
public import Storage
import Synchronization

/// What a contest came to, as staff said it, and what that means for predictions: enough to judge each one by itself.
public struct ContestOutcome: Sendable, Hashable {
    public var contest: String
    /// Rises with every correction.
    public var revision: Int64
    /// The answer; `nil` if the contest was called off: nobody wins, and what was given goes back.
    public var value: Int64?
    /// How far off the nearest prediction was; -1 if nobody predicted a number.
    public var distance: Int64
    /// How many were right, were nearest, or had the winner: for those who share.
    public var counts: [ContestGrade: Int64]
    /// Whether some members still have to be told.
    public var isOpen: Bool

    public init(
        contest: String, revision: Int64, value: Int64?, distance: Int64 = -1, counts: [ContestGrade: Int64] = [:],
        isOpen: Bool = true
    ) {
        self.contest = contest
        self.revision = revision
        self.value = value
        self.distance = distance
        self.counts = counts
        self.isOpen = isOpen
    }

    /// What the effects of an outcome are caused by.
    static func cause(of revision: Int64) -> ID128 { ID128(high: 0, low: UInt64(bitPattern: revision)) }
}

/// How right a prediction was.
public enum ContestGrade: String, Sendable, Hashable, CaseIterable {
    case exact, nearest
    /// The winner or the draw, not the score.
    case outcome
}

/// Who was right: pure functions of the predictions, their totals and the outcome.
public enum ContestScoring {
    /// The outcome with what it means.
    ///
    /// - Parameter totals: how many predicted which answer.
    public static func outcome(
        of contest: Contest, value: Int64?, totals: [Int64: Int64], revision: Int64
    ) -> ContestOutcome {
        var outcome = ContestOutcome(contest: contest.id, revision: revision, value: value)
        guard let value else { return outcome }
        let valid = totals.filter { contest.isAnswer($0.key) && $0.value > 0 }
        if case .number = contest.question {
            outcome.distance = valid.keys.map { abs($0 - value) }.min() ?? -1
        }
        for (prediction, count) in valid {
            if let grade = grade(prediction, contest, outcome) { outcome.counts[grade, default: 0] += count }
        }
        return outcome
    }

    /// How right a prediction was; `nil` if it was not. The best grade for which the contest gives something.
    public static func grade(_ prediction: Int64, _ contest: Contest, _ outcome: ContestOutcome) -> ContestGrade? {
        guard let value = outcome.value, contest.isAnswer(prediction) else { return nil }
        switch contest.question {
        case .options: return prediction == value ? .exact : nil
        case .number:
            if prediction == value, !contest.gives.exact.isEmpty { return .exact }
            return abs(prediction - value) == outcome.distance && !contest.gives.nearest.isEmpty ? .nearest : nil
        case .score:
            if prediction == value { return .exact }
            return winner(prediction) == winner(value) && !contest.gives.outcome.isEmpty ? .outcome : nil
        }
    }

    /// What was predicted, what it was, and how right that is, as JSON: the facts behind what a contest gave.
    static func proof(of prediction: Int64?, _ contest: Contest, _ outcome: ContestOutcome) -> [UInt8] {
        func said(_ value: Int64?) -> JSONValue {
            switch value.flatMap(contest.answer) {
            case nil: .null
            case .option(let id): .string(id)
            case .number(let number): .integer(number)
            case .score(let home, let away): .string("\(home)-\(away)")
            }
        }
        let facts: JSONValue = [
            "prediction": said(prediction), "outcome": said(outcome.value),
            "grade": prediction.flatMap { grade($0, contest, outcome) }.map { .string($0.rawValue) } ?? .null,
            "revision": .integer(outcome.revision),
        ]
        return facts.bytes()
    }

    /// 1 for the home side, -1 for the other, 0 for a draw.
    private static func winner(_ score: Int64) -> Int64 {
        (score / Contest.Score.base - score % Contest.Score.base).signum()
    }

    /// What a prediction gives, shared where ties share.
    public static func effects(of prediction: Int64, _ contest: Contest, _ outcome: ContestOutcome) -> [Effect] {
        guard let grade = grade(prediction, contest, outcome) else { return [] }
        var effects: [Effect] =
            switch grade {
            case .exact: contest.gives.exact
            case .nearest: contest.gives.nearest
            case .outcome: contest.gives.outcome
            }
        if case .options(let options) = contest.question,
            let own = options.first(where: { $0.value == prediction })?.gives, !own.isEmpty
        {
            effects = own
        }
        let winners = max(1, outcome.counts[grade] ?? 1)
        guard contest.ties == .share, winners > 1 else { return effects }
        return effects.map { effect in
            guard case .award(let text, let unit) = effect, let amount = Int64(text) else { return effect }
            return .award(amount: String(max(1, amount / winners)), unit: unit)
        }
    }
}

extension Contest.Option {
    /// What stands for it where answers are numbers: a hash of its name, so that options may be added and moved.
    public var value: Int64 { EffectID.unkeyedReference(id) }
}

/// The outcomes of a programme's contests. Loaded with the programme, and replaced as a whole.
public final class ContestOutcomes: Sendable {
    private let outcomes = Mutex<[String: ContestOutcome]>([:])

    public init() {}

    public subscript(_ contest: String) -> ContestOutcome? { outcomes.withLock { $0[contest] } }

    public func replace(_ all: [ContestOutcome]) {
        let byContest = Dictionary(all.map { ($0.contest, $0) }, uniquingKeysWith: { $1 })
        outcomes.withLock { $0 = byContest }
    }

    public func replace(_ other: ContestOutcomes) {
        let all = other.outcomes.withLock { $0 }
        outcomes.withLock { $0 = all }
    }
}

extension LoyaltyStore {
    /// The outcomes of all contests that have one.
    public func contestOutcomes(_ connection: any Connection) throws -> [ContestOutcome] {
        try connection.query(
            """
            SELECT contest, revision, value, distance, exact_count, nearest_count, winner_count, is_open
            FROM contest_outcome WHERE programme_id = ? ORDER BY contest
            """, [.text(programme.name)]
        ).map { row in
            ContestOutcome(
                contest: try row.text(0), revision: try row.int(1), value: try row.intOrNil(2),
                distance: try row.int(3),
                counts: [.exact: try row.int(4), .nearest: try row.int(5), .outcome: try row.int(6)]
                    .filter { $0.value > 0 },
                isOpen: try row.int(7) != 0)
        }
    }

    /// Writes an outcome in the place of the former one.
    public func put(_ outcome: ContestOutcome, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO contest_outcome
            (programme_id, contest, revision, value, distance, exact_count, nearest_count, winner_count, is_open)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (programme_id, contest) DO UPDATE SET revision = excluded.revision, value = excluded.value,
            distance = excluded.distance, exact_count = excluded.exact_count, nearest_count = excluded.nearest_count,
            winner_count = excluded.winner_count, is_open = excluded.is_open
            """,
            [
                .text(programme.name), .text(outcome.contest), .integer(outcome.revision),
                outcome.value.map { .integer($0) } ?? .null, .integer(outcome.distance),
                .integer(outcome.counts[.exact] ?? 0), .integer(outcome.counts[.nearest] ?? 0),
                .integer(outcome.counts[.outcome] ?? 0), .integer(outcome.isOpen ? 1 : 0),
            ])
    }

    /// Says that all members have been told of an outcome.
    public func close(_ outcome: ContestOutcome, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE contest_outcome SET is_open = 0 WHERE programme_id = ? AND contest = ? AND revision = ?",
            [.text(programme.name), .text(outcome.contest), .integer(outcome.revision)])
    }
}
