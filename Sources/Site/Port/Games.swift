/// Quizzes and contests as one member sees them.
public struct GamesDesk: Sendable, Hashable {
    public var today: LocalDay
    public var quizzes: [QuizSheet]
    public var contests: [ContestSheet]

    public init(today: LocalDay, quizzes: [QuizSheet] = [], contests: [ContestSheet] = []) {
        self.today = today
        self.quizzes = quizzes
        self.contests = contests
    }
}

/// A quiz: what it is, the question that is next while an attempt runs, and what the last one came to. It holds nothing
/// of what is right but under ``Result/solutions``.
public struct QuizSheet: Sendable, Hashable {
    /// Whether the member can start, or why not.
    public enum Start: Sendable, Hashable {
        case ready
        case closed
        case forOthers
        /// All tries are used; there are more from that day on, if ever.
        case used(LocalDay?)
    }

    public struct Option: Sendable, Hashable {
        public var id: String
        public var text: Wording

        public init(id: String, text: Wording) {
            self.id = id
            self.text = text
        }
    }

    public enum Kind: Sendable, Hashable {
        case one([Option])
        case several([Option])
        case number
    }

    public struct Question: Sendable, Hashable {
        public var id: String
        public var text: Wording
        public var kind: Kind
        /// From 1 on.
        public var place: Int
        public var of: Int
        /// What is left of the time of the question, or of the attempt; `nil` where there is plenty.
        public var secondsLeft: Int?

        public init(id: String, text: Wording, kind: Kind, place: Int, of: Int, secondsLeft: Int? = nil) {
            self.id = id
            self.text = text
            self.kind = kind
            self.place = place
            self.of = of
            self.secondsLeft = secondsLeft
        }
    }

    public struct Solution: Sendable, Hashable {
        public var text: Wording
        public var right: [Wording]
        public var explanation: Wording?
        /// What the member said, while somebody still knows; empty for nothing.
        public var mine: [Wording]?

        public init(text: Wording, right: [Wording], explanation: Wording? = nil, mine: [Wording]? = nil) {
            self.text = text
            self.right = right
            self.explanation = explanation
            self.mine = mine
        }
    }

    public struct Result: Sendable, Hashable {
        public var score: Int64
        public var most: Int64
        public var passed: Bool
        /// `nil` while they must not be known.
        public var solutions: [Solution]?

        public init(score: Int64, most: Int64, passed: Bool, solutions: [Solution]? = nil) {
            self.score = score
            self.most = most
            self.passed = passed
            self.solutions = solutions
        }
    }

    public var id: String
    public var title: Wording
    public var summary: Wording?
    public var questions: Int
    /// For an attempt, in seconds.
    public var time: Int?
    public var questionTime: Int?
    public var pass: Int64?
    public var start: Start
    public var question: Question?
    public var result: Result?

    public init(
        id: String, title: Wording, summary: Wording? = nil, questions: Int, time: Int? = nil,
        questionTime: Int? = nil, pass: Int64? = nil, start: Start = .ready, question: Question? = nil,
        result: Result? = nil
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.questions = questions
        self.time = time
        self.questionTime = questionTime
        self.pass = pass
        self.start = start
        self.question = question
        self.result = result
    }
}

/// What a member does in a quiz.
public enum QuizMove: Sendable, Hashable {
    case start
    case answer(question: String, options: [String], number: Int64?)
    case finish
}

/// A contest: what is asked, what the member predicts, and what it came to.
public struct ContestSheet: Sendable, Hashable {
    public enum Phase: String, Sendable, Hashable { case announced, open, closed, settled, void }

    public enum Question: Sendable, Hashable {
        case options([QuizSheet.Option])
        case number(ClosedRange<Int64>)
        case score(home: Wording, away: Wording, most: Int64)
    }

    /// An answer as people say it.
    public enum Answer: Sendable, Hashable {
        case option(String)
        case number(Int64)
        case score(Int64, Int64)
    }

    public struct Share: Sendable, Hashable {
        /// `nil` for all others.
        public var answer: Answer?
        /// Of all predictions, from 0 to 1.
        public var share: Double

        public init(answer: Answer?, share: Double) {
            self.answer = answer
            self.share = share
        }
    }

    public var id: String
    public var title: Wording
    public var summary: Wording?
    public var question: Question
    public var phase: Phase
    public var isForMember: Bool
    public var opens: LocalMoment?
    public var closes: LocalMoment
    public var prediction: Answer?
    public var outcome: Answer?
    /// Whether the member was right, or near enough to get something.
    public var isRight: Bool
    public var shares: [Share]
    /// What is told in the console; `nil` on a member's page.
    public var predictions: Int64?

    public init(
        id: String, title: Wording, summary: Wording? = nil, question: Question, phase: Phase,
        isForMember: Bool = true, opens: LocalMoment? = nil, closes: LocalMoment, prediction: Answer? = nil,
        outcome: Answer? = nil, isRight: Bool = false, shares: [Share] = [], predictions: Int64? = nil
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.question = question
        self.phase = phase
        self.isForMember = isForMember
        self.opens = opens
        self.closes = closes
        self.prediction = prediction
        self.outcome = outcome
        self.isRight = isRight
        self.shares = shares
        self.predictions = predictions
    }
}

/// Quizzes and contests in the console: how many, never who.
public struct GamesFigures: Sendable, Hashable {
    public struct Quiz: Sendable, Hashable {
        public var title: Wording
        public var finished: Int64
        public var passed: Int64
        /// `nil` with too few attempts to hide one.
        public var meanScore: Double?

        public init(title: Wording, finished: Int64, passed: Int64, meanScore: Double? = nil) {
            self.title = title
            self.finished = finished
            self.passed = passed
            self.meanScore = meanScore
        }
    }

    public var today: LocalDay
    public var quizzes: [Quiz]
    public var contests: [ContestSheet]
    public var maySettle: Bool

    public init(today: LocalDay, quizzes: [Quiz] = [], contests: [ContestSheet] = [], maySettle: Bool = false) {
        self.today = today
        self.quizzes = quizzes
        self.contests = contests
        self.maySettle = maySettle
    }
}
