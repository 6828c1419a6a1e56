public import Primitives

/// Questions with right answers: a pool of which every attempt draws some, a time to answer them in, and what is given to
/// whoever passes.
///
/// Which answers are right is known to the engine only until an attempt is over; see ``QuizAttempt``.
public struct Quiz: Sendable, Hashable {
    public var id: String
    public var name: LocalizedText
    /// What it is about, before it starts.
    public var text: LocalizedText
    public var questions: [Question]
    /// How many questions of the pool one attempt has; `nil` for all, in the order of the document.
    public var draw: Int?
    /// The points that pass; `nil`: every finished attempt passes.
    public var pass: Int64?
    public var tries: Tries
    /// How long an attempt may last, in milliseconds; never longer than ``longestAttempt``.
    public var timeMilliseconds: Int64?
    /// How long one question may last.
    public var questionMilliseconds: Int64?
    public var validFrom: Instant?
    public var validUntil: Instant?
    /// Who may take it: a condition over the member.
    public var condition: String?
    /// For the first attempt that passes in a period of ``Tries``.
    public var reward: [Effect]
    public var why: LocalizedText

    /// An attempt is kept for so long at most: what was answered is not meant to stay.
    public static let longestAttempt: Int64 = 86_400_000
    public static let mostQuestions = 500
    public static let mostOptions = 30

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), text: LocalizedText = LocalizedText([:]),
        questions: [Question] = [], draw: Int? = nil, pass: Int64? = nil, tries: Tries = Tries(),
        timeMilliseconds: Int64? = nil, questionMilliseconds: Int64? = nil, condition: String? = nil,
        reward: [Effect] = [], why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.text = text
        self.questions = questions
        self.draw = draw
        self.pass = pass
        self.tries = tries
        self.timeMilliseconds = timeMilliseconds
        self.questionMilliseconds = questionMilliseconds
        self.condition = condition
        self.reward = reward
        self.why = why
    }

    /// How often a member may try, in each of their own periods.
    public struct Tries: Sendable, Hashable {
        public var times: Int64
        public var period: PeriodUnit

        public init(times: Int64 = 1, period: PeriodUnit = .ever) {
            self.times = times
            self.period = period
        }
    }

    public struct Question: Sendable, Hashable {
        public var id: String
        public var text: LocalizedText
        public var kind: Kind
        public var points: Int64
        /// What is told when the attempt is over.
        public var explanation: LocalizedText

        public init(
            id: String, text: LocalizedText = LocalizedText([:]), kind: Kind, points: Int64 = 1,
            explanation: LocalizedText = LocalizedText([:])
        ) {
            self.id = id
            self.text = text
            self.kind = kind
            self.points = points
            self.explanation = explanation
        }

        /// Whether an answer is right.
        public func accepts(_ answer: QuizAnswer) -> Bool {
            switch (kind, answer) {
            case (.choice(let choice), .options(let chosen)): chosen == choice.right
            case (.number(let number), .number(let value)):
                // Numbers of a document and of answers are within ±10^15: no overflow.
                value >= number.answer - number.within && value <= number.answer + number.within
            default: false
            }
        }
    }

    public enum Kind: Sendable, Hashable {
        case choice(Choice)
        case number(Number)
    }

    public struct Choice: Sendable, Hashable {
        public var options: [Option]
        /// The right ones, one bit per option in the order of the document.
        public var right: UInt32
        /// Whether any number of options may be chosen; all right ones and no other score.
        public var isMultiple: Bool

        public init(options: [Option], right: UInt32, isMultiple: Bool) {
            self.options = options
            self.right = right
            self.isMultiple = isMultiple
        }
    }

    public struct Option: Sendable, Hashable {
        public var id: String
        public var text: LocalizedText

        public init(id: String, text: LocalizedText = LocalizedText([:])) {
            self.id = id
            self.text = text
        }
    }

    public struct Number: Sendable, Hashable {
        public var answer: Int64
        /// How far off still counts as right.
        public var within: Int64

        public init(answer: Int64, within: Int64 = 0) {
            self.answer = answer
            self.within = within
        }

        /// The range of numbers in questions and answers.
        public static let range: ClosedRange<Int64> = -1_000_000_000_000_000...1_000_000_000_000_000
    }

    /// How many questions an attempt has.
    public var drawn: Int { min(draw ?? questions.count, questions.count) }

    /// Whether it can be started at this time.
    public func isOpen(at now: Instant) -> Bool {
        (validFrom.map { now >= $0 } ?? true) && (validUntil.map { now < $0 } ?? true)
    }
}

/// What a member said.
public enum QuizAnswer: Sendable, Hashable {
    /// One bit per chosen option, in the order of the document.
    case options(UInt32)
    case number(Int64)
    /// No answer, or one that came too late.
    case none
}
