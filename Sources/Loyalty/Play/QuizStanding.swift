public import Primitives

/// What an attempt came to.
public struct QuizResult: Sendable, Hashable {
    public var day: Int32
    public var score: Int64
    public var most: Int64
    public var passed: Bool
    /// The places in the pool of its questions; empty if the quiz has changed since then.
    public var questions: [Int]
    /// What was answered, while somebody still knows: it is not kept.
    public var answers: [QuizAnswer]

    init(_ attempt: QuizAttempt, _ quiz: Quiz) {
        day = attempt.day
        score = QuizAttempt.score(attempt.answers, quiz, seed: attempt.seed)
        most = QuizAttempt.most(quiz, seed: attempt.seed)
        passed = score >= quiz.pass ?? 0
        questions = QuizAttempt.draw(quiz, seed: attempt.seed)
        answers = attempt.answers
    }

    /// From what is kept of the last attempt.
    init?(last counter: Counter?, _ compiled: CompiledQuiz) {
        guard let counter, let mark = counter.marks.last else { return nil }
        let quiz = compiled.quiz
        let seed = UInt64(bitPattern: counter.granted)
        let isSame = counter.refused == compiled.fingerprint
        day = mark.day
        score = mark.wanted
        passed = mark.slot == PlayCounters.passedSlot
        most = isSame ? QuizAttempt.most(quiz, seed: seed) : max(mark.wanted, 0)
        questions = isSame ? QuizAttempt.draw(quiz, seed: seed) : []
        answers = []
    }

    var mark: CounterMark { CounterMark(day: day, slot: passed ? PlayCounters.passedSlot : 0, wanted: score) }

    func counter(_ attempt: QuizAttempt) -> Counter {
        Counter(marks: [mark], granted: Int64(bitPattern: attempt.seed), refused: attempt.fingerprint)
    }
}

/// A quiz as a member sees it at one moment. It never says what is right while an attempt runs.
public struct QuizStanding: Sendable, Hashable {
    /// An attempt that runs.
    public struct Running: Sendable, Hashable {
        /// The place in the pool of the question that is next.
        public var question: Int
        /// How many are answered, of how many.
        public var answered: Int
        public var of: Int
        public var endsAt: Instant
        public var questionEndsAt: Instant?
    }

    public var quiz: String
    public var running: Running?
    /// The last attempt that is over.
    public var result: QuizResult?
    /// Whether right answers and explanations are shown: the attempt is over, none runs, and it was passed or there is no
    /// further try in this period that it would spoil.
    public var showsSolutions: Bool
    public var triesLeft: Int64
    /// The first day on which there are tries again.
    public var nextTryDay: Int32?
    /// Whether it is within its time.
    public var isOpen: Bool
    public var isForMember: Bool

    public var canStart: Bool { running == nil && isOpen && isForMember && triesLeft > 0 }
}

extension MemberState {
    /// A quiz as this member sees it: exact whether or not anything ran when the time of an attempt was over.
    public func standing(of compiled: CompiledQuiz, _ context: DecisionContext) -> QuizStanding {
        let quiz = compiled.quiz
        let today = context.calendar.day(of: context.now)
        var standing = QuizStanding(
            quiz: quiz.id, result: QuizResult(last: counters[PlayCounters.last(of: quiz.id)], compiled),
            showsSolutions: false, triesLeft: triesLeft(quiz, on: today, context),
            isOpen: quiz.isOpen(at: context.now), isForMember: compiled.isFor(self, context))
        if let attempt = attempt(at: quiz.id), attempt.fingerprint == compiled.fingerprint {
            // Its try is taken as soon as it has begun.
            if context.calendar.periods.days(of: quiz.tries.period, containing: today).contains(attempt.day) {
                standing.triesLeft = max(0, standing.triesLeft - 1)
            }
            if attempt.isOver(quiz, at: context.now) {
                standing.result = QuizResult(attempt, quiz)
            } else {
                standing.running = QuizStanding.Running(
                    question: QuizAttempt.draw(quiz, seed: attempt.seed)[attempt.answers.count],
                    answered: attempt.answers.count, of: quiz.drawn, endsAt: attempt.deadline(quiz),
                    questionEndsAt: attempt.questionDeadline(quiz))
            }
        }
        if standing.triesLeft == 0 { standing.nextTryDay = nextTryDay(quiz, on: today, context) }
        if let result = standing.result, standing.running == nil {
            // Not before a quiz opens again for those who had it before.
            let isOver = quiz.validUntil.map { context.now >= $0 } ?? false
            standing.showsSolutions = result.passed || standing.triesLeft == 0 || isOver
        }
        return standing
    }
}
