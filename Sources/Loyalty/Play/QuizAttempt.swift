public import Primitives

/// An attempt that runs. It is kept while it runs only; what stays is the score, whether it passed, and the day.
///
/// Questions come one after another, drawn from a seed of member, quiz and attempt: asking again gives the same ones. An
/// answer stands once it is given, and what came too late counts as none.
public struct QuizAttempt: Sendable, Hashable {
    /// The member's day on which it began: the day that it counts on.
    public var day: Int32
    public var startedAt: Instant
    /// When the question that is next was shown.
    public var shownAt: Instant
    public var seed: UInt64
    /// What the quiz asked when it began; see ``CompiledQuiz/fingerprint``.
    public var fingerprint: Int64
    public var answers: [QuizAnswer]

    public init(
        day: Int32, startedAt: Instant, shownAt: Instant? = nil, seed: UInt64, fingerprint: Int64,
        answers: [QuizAnswer] = []
    ) {
        self.day = day
        self.startedAt = startedAt
        self.shownAt = shownAt ?? startedAt
        self.seed = seed
        self.fingerprint = fingerprint
        self.answers = answers
    }

    /// When it is over, whatever was answered.
    public func deadline(_ quiz: Quiz) -> Instant {
        startedAt.adding(milliseconds: quiz.timeMilliseconds ?? Quiz.longestAttempt)
    }

    /// When the question that is next is over; `nil` where questions have no time of their own.
    public func questionDeadline(_ quiz: Quiz) -> Instant? {
        quiz.questionMilliseconds.map { min(shownAt.adding(milliseconds: $0), deadline(quiz)) }
    }

    public func isOver(_ quiz: Quiz, at now: Instant) -> Bool {
        answers.count >= quiz.drawn || now >= deadline(quiz)
    }

    /// Takes the answer to the next question; one that is late counts as none.
    mutating func answer(_ answer: QuizAnswer, _ quiz: Quiz, at now: Instant) {
        let isLate = questionDeadline(quiz).map { now >= $0 } ?? false
        answers.append(isLate ? .none : answer)
        shownAt = now
    }

    /// The places in the pool of the questions of an attempt, in the order in which they are asked.
    ///
    /// A partial Fisher-Yates shuffle (Durstenfeld, CACM 1964) from the seed.
    public static func draw(_ quiz: Quiz, seed: UInt64) -> [Int] {
        var places = Array(quiz.questions.indices)
        guard quiz.draw != nil else { return places }
        var random = SplitMix64(seed: seed)
        for index in 0..<quiz.drawn {
            places.swapAt(index, index + random.index(below: places.count - index))
        }
        return Array(places.prefix(quiz.drawn))
    }

    /// What the answers come to; questions without one score nothing.
    public static func score(_ answers: [QuizAnswer], _ quiz: Quiz, seed: UInt64) -> Int64 {
        zip(draw(quiz, seed: seed), answers).reduce(0) { sum, pair in
            let question = quiz.questions[pair.0]
            return sum + (question.accepts(pair.1) ? question.points : 0)
        }
    }

    /// The most points that the questions of an attempt give.
    public static func most(_ quiz: Quiz, seed: UInt64) -> Int64 {
        draw(quiz, seed: seed).reduce(0) { $0 + quiz.questions[$1].points }
    }

    // MARK: As a counter

    private enum Slot {
        static let fingerprint: Int32 = 0
        static let shownAt: Int32 = 1
        static let answers: Int32 = 2
        /// Per answer: none, options, number.
        static let kinds: Int32 = 3
    }

    var counter: Counter {
        var counter = Counter(granted: startedAt.milliseconds, refused: Int64(bitPattern: seed))
        func add(_ slot: Int32, _ value: Int64) {
            counter.add(CounterMark(day: day, slot: slot, wanted: value))
        }
        add(Slot.fingerprint, fingerprint)
        add(Slot.shownAt, shownAt.milliseconds)
        for (index, answer) in answers.enumerated() {
            let slot = Slot.answers + Int32(index) * Slot.kinds
            switch answer {
            case .none: add(slot, 0)
            case .options(let bits): add(slot + 1, Int64(bits))
            case .number(let value): add(slot + 2, value)
            }
        }
        return counter
    }

    /// `nil` if no attempt runs.
    init?(_ counter: Counter?) {
        guard let counter, let first = counter.marks.first, first.slot == Slot.fingerprint,
            let shown = counter.marks.first(where: { $0.slot == Slot.shownAt })
        else { return nil }
        self.init(
            day: first.day, startedAt: Instant(milliseconds: counter.granted),
            shownAt: Instant(milliseconds: shown.wanted), seed: UInt64(bitPattern: counter.refused),
            fingerprint: first.wanted)
        for mark in counter.marks where mark.slot >= Slot.answers {
            switch (mark.slot - Slot.answers) % Slot.kinds {
            case 1: answers.append(.options(UInt32(truncatingIfNeeded: mark.wanted)))
            case 2: answers.append(.number(mark.wanted))
            default: answers.append(.none)
            }
        }
    }
}
