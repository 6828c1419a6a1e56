public import Primitives

/// A question about what is yet to come: members predict, staff say what it was, and whoever was right gets something.
///
/// Who gets what is a function of all predictions and the outcome; see ``ContestScoring``. A corrected outcome takes back
/// what the former one gave and gives what the new one gives.
public struct Contest: Sendable, Hashable {
    public var id: String
    public var name: LocalizedText
    public var text: LocalizedText
    public var question: Question
    public var opens: Instant?
    /// Predictions are taken and changed before this moment only.
    public var closes: Instant
    /// Who may predict: a condition over the member.
    public var condition: String?
    public var gives: Gives
    public var ties: Ties
    public var why: LocalizedText

    public static let mostOptions = 50

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), text: LocalizedText = LocalizedText([:]),
        question: Question, opens: Instant? = nil, closes: Instant, condition: String? = nil, gives: Gives = Gives(),
        ties: Ties = .all, why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.text = text
        self.question = question
        self.opens = opens
        self.closes = closes
        self.condition = condition
        self.gives = gives
        self.ties = ties
        self.why = why
    }

    public enum Question: Sendable, Hashable {
        case options([Option])
        case number(ClosedRange<Int64>)
        /// Two numbers, as of a match.
        case score(Score)
    }

    public struct Option: Sendable, Hashable {
        public var id: String
        public var text: LocalizedText
        /// What this option gives if it was right, in place of what the contest gives: the unlikely one may give more.
        public var gives: [Effect]

        public init(id: String, text: LocalizedText = LocalizedText([:]), gives: [Effect] = []) {
            self.id = id
            self.text = text
            self.gives = gives
        }
    }

    public struct Score: Sendable, Hashable {
        public var home: LocalizedText
        public var away: LocalizedText
        /// The largest number of each side.
        public var most: Int64

        public init(
            home: LocalizedText = LocalizedText([:]), away: LocalizedText = LocalizedText([:]), most: Int64 = 20
        ) {
            self.home = home
            self.away = away
            self.most = most
        }

        /// A score is kept as one number.
        public static let base: Int64 = 1_000
    }

    /// What predictions give. One prediction gets one of these: the first that fits.
    public struct Gives: Sendable, Hashable {
        public var exact: [Effect]
        /// To those who came nearest; numbers only.
        public var nearest: [Effect]
        /// To those who had the winner, or the draw, but not the score; scores only.
        public var outcome: [Effect]

        public init(exact: [Effect] = [], nearest: [Effect] = [], outcome: [Effect] = []) {
            self.exact = exact
            self.nearest = nearest
            self.outcome = outcome
        }
    }

    /// What happens when several are equally right.
    public enum Ties: String, Sendable, Hashable, CaseIterable {
        /// Each gets the whole.
        case all
        /// They share the points: each gets an equal part, rounded down, and at least one.
        case share
    }

    public var allEffects: [Effect] {
        var effects = gives.exact + gives.nearest + gives.outcome
        if case .options(let options) = question { effects += options.flatMap(\.gives) }
        return effects
    }

    public func isOpen(at now: Instant) -> Bool { (opens.map { now >= $0 } ?? true) && now < closes }

    /// Whether a number stands for an answer to the question.
    public func isAnswer(_ value: Int64) -> Bool {
        switch question {
        case .options(let options): options.contains { $0.value == value }
        case .number(let range): range.contains(value)
        case .score(let score): value >= 0 && value / Score.base <= score.most && value % Score.base <= score.most
        }
    }
}
