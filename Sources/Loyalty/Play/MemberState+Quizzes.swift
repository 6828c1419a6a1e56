import CEL
import Primitives

/// How a member answers, before it is held against the question.
public enum QuizResponse: Sendable, Hashable {
    /// Names of options.
    case options([String])
    case number(Int64)
    /// Goes on without an answer.
    case none
}

extension MemberState {
    /// The attempt that runs; one whose time is over is still there until it is closed.
    public func attempt(at quiz: String) -> QuizAttempt? { QuizAttempt(counters[PlayCounters.run(of: quiz)]) }

    /// Starts an attempt. One that runs goes on: nothing changes.
    public mutating func startQuiz(
        _ id: String, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(CommandProblem) {
        let compiled = try quiz(id, context)
        let quiz = compiled.quiz
        try closeQuiz(compiled, context, budgets: &budgets, into: &changes)
        if let running = attempt(at: id), running.fingerprint == compiled.fingerprint { return }
        if let from = quiz.validFrom, context.now < from { throw .play(.notYet(from)) }
        guard quiz.isOpen(at: context.now) else { throw .play(.over) }
        guard compiled.isFor(self, context) else { throw .play(.notForYou) }
        let day = context.calendar.day(of: context.now)
        guard triesLeft(quiz, on: day, context) > 0 else { throw .play(.noTryLeft(nextTryDay(quiz, on: day, context))) }
        let number = counters[PlayCounters.results(of: id)]?.count ?? 0
        let seed = EffectID.derived(
            programme: programme, source: PlayCounters.results(of: id), cause: ID128(high: 0, low: UInt64(number)),
            member: self.id
        ).low
        set(
            QuizAttempt(day: day, startedAt: context.now, seed: seed, fingerprint: compiled.fingerprint).counter,
            PlayCounters.run(of: id), into: &changes)
    }

    /// Answers the question that is next. To answer a question again changes nothing: the first answer stands. The last
    /// answer finishes the attempt.
    public mutating func answerQuiz(
        _ id: String, question: String, _ response: QuizResponse, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(CommandProblem) -> QuizResult? {
        let compiled = try quiz(id, context)
        let quiz = compiled.quiz
        guard var attempt = attempt(at: id), attempt.fingerprint == compiled.fingerprint else {
            throw .play(.noAttempt)
        }
        let drawn = QuizAttempt.draw(quiz, seed: attempt.seed)
        if attempt.isOver(quiz, at: context.now) {
            return try closeQuiz(compiled, context, budgets: &budgets, into: &changes)
        }
        let place = drawn.firstIndex { quiz.questions[$0].id == question }
        if let place, place < attempt.answers.count { return nil }
        let next = quiz.questions[drawn[attempt.answers.count]]
        guard place == attempt.answers.count else { throw .play(.otherQuestion(next.id)) }
        guard let answer = next.answer(response) else { throw .play(.notAnAnswer) }
        attempt.answer(answer, quiz, at: context.now)
        set(attempt.counter, PlayCounters.run(of: id), into: &changes)
        return try closeQuiz(compiled, context, budgets: &budgets, into: &changes)
    }

    /// Ends the attempt that runs, with what was answered. Without one nothing changes.
    public mutating func finishQuiz(
        _ id: String, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(CommandProblem) -> QuizResult? {
        let compiled = try quiz(id, context)
        guard attempt(at: id) != nil || counters[PlayCounters.last(of: id)] != nil else { throw .play(.noAttempt) }
        return try closeQuiz(compiled, early: true, context, budgets: &budgets, into: &changes)
    }

    /// Ends attempts whose time is over, whoever noticed it.
    public mutating func closeQuizzes(
        _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(CommandProblem) {
        guard context.settles, let due = nextQuizEnd(context), due <= context.now else { return }
        for quiz in context.programme.programme.quizzes {
            guard let compiled = context.programme.quizzes[quiz.id] else { continue }
            try closeQuiz(compiled, context, budgets: &budgets, into: &changes)
        }
    }

    /// When the time of an attempt next runs out.
    func nextQuizEnd(_ context: DecisionContext) -> Instant? {
        guard !context.programme.quizzes.isEmpty else { return nil }
        return context.programme.programme.quizzes.compactMap { quiz in attempt(at: quiz.id)?.deadline(quiz) }.min()
    }

    // MARK: Tries

    /// How many attempts may still be started in the period of a day.
    public func triesLeft(_ quiz: Quiz, on day: Int32, _ context: DecisionContext) -> Int64 {
        let period = context.calendar.periods.days(of: quiz.tries.period, containing: day)
        let done = counters[PlayCounters.results(of: quiz.id)]?.count(in: period) ?? 0
        return max(0, quiz.tries.times - done)
    }

    /// The first day on which there are tries again; `nil` if never.
    func nextTryDay(_ quiz: Quiz, on day: Int32, _ context: DecisionContext) -> Int32? {
        guard quiz.tries.period != .ever else { return nil }
        let next = context.calendar.periods.days(of: quiz.tries.period, containing: day).upperBound
        if let until = quiz.validUntil, context.calendar.start(of: next) >= until { return nil }
        return next
    }

    // MARK: The end of an attempt

    private func quiz(_ id: String, _ context: DecisionContext) throws(CommandProblem) -> CompiledQuiz {
        guard let compiled = context.programme.quizzes[id] else { throw .play(.unknownQuiz) }
        return compiled
    }

    private mutating func set(_ counter: Counter, _ name: String, into changes: inout Changes) {
        counters[name] = counter
        changes.counters.insert(name)
    }

    /// Ends the attempt if it is over, or if `early`.
    @discardableResult
    private mutating func closeQuiz(
        _ compiled: CompiledQuiz, early: Bool = false, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(CommandProblem) -> QuizResult? {
        let quiz = compiled.quiz
        guard let attempt = attempt(at: quiz.id) else { return nil }
        guard attempt.fingerprint == compiled.fingerprint else {
            // The quiz was changed meanwhile: nobody can judge the attempt fairly, so it has not taken a try.
            set(.empty, PlayCounters.run(of: quiz.id), into: &changes)
            return nil
        }
        guard early || attempt.isOver(quiz, at: context.now) else { return nil }
        let result = QuizResult(attempt, quiz)
        set(.empty, PlayCounters.run(of: quiz.id), into: &changes)
        set(result.counter(attempt), PlayCounters.last(of: quiz.id), into: &changes)
        let name = PlayCounters.results(of: quiz.id)
        counters[name, default: .empty].add(result.mark)
        changes.counters.insert(name)
        changes.count(PlayTally.of(name, Counter(marks: [result.mark])))
        do throws(LedgerProblem) {
            try settleFinished(result, min(context.now, attempt.deadline(quiz)), compiled, context, &budgets, &changes)
        } catch {
            throw .ledger(error)
        }
        return result
    }

    /// What a finished attempt gives, by itself and by the rules that count it.
    private mutating func settleFinished(
        _ result: QuizResult, _ end: Instant, _ compiled: CompiledQuiz, _ context: DecisionContext,
        _ budgets: inout BudgetBook, _ changes: inout Changes
    ) throws(LedgerProblem) {
        let quiz = compiled.quiz
        try settle(context, into: &changes)
        let period = context.calendar.periods.days(of: quiz.tries.period, containing: result.day)
        let paid = PlayCounters.paid(of: quiz.id)
        if result.passed, counters[paid]?.count(in: period) ?? 0 == 0 {
            counters[paid, default: .empty].add(CounterMark(day: result.day, wanted: 1))
            changes.counters.insert(paid)
            try reward(result, at: end, quiz, context, &budgets, &changes)
        }
        guard let type = context.programme.eventTypes[EventType.quizFinished.id] else { return }
        let number = counters[PlayCounters.results(of: quiz.id)]?.count ?? 0
        let claim = EffectID.derived(
            programme: programme, source: EventType.quizFinished.id + "/" + quiz.id,
            cause: ID128(high: UInt64(UInt32(bitPattern: result.day)), low: UInt64(number)), member: id)
        let event = Event(
            claim: claim, type: type, at: end,
            values: [.string(quiz.id), .int(result.score), .int(result.most), .bool(result.passed)],
            items: [nil, nil, nil, nil])
        try decide(event, context, budgets: &budgets, into: &changes)
    }

    private mutating func reward(
        _ result: QuizResult, at end: Instant, _ quiz: Quiz, _ context: DecisionContext, _ budgets: inout BudgetBook,
        _ changes: inout Changes
    ) throws(LedgerProblem) {
        let source = PlayCounters.results(of: quiz.id)
        let version = context.programme.version
        let cause = Self.cause(ofPass: result.day)
        let moment = Moment(
            cause: cause, at: stamp(end, day: result.day, context), day: result.day, event: context.now)
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(programme: programme, source: source, cause: cause, member: id, occurrence: 1),
                kind: .completed, source: source, version: version, subject: quiz.id, amount: result.score,
                wanted: result.most, at: moment.at, day: moment.day))
        for (index, effect) in quiz.reward.enumerated() {
            try give(
                effect, source: source, version: version, cause: cause, index: index, moment, { [] }, context,
                budgets: &budgets, into: &changes)
        }
    }

    private static func cause(ofPass day: Int32) -> ID128 { ID128(high: 0, low: UInt64(UInt32(bitPattern: day))) }

    // MARK: Two records of one person

    mutating func mergeQuizCounter(_ name: String, mine: Counter, theirs: Counter, merged: inout Counter) {
        if name.hasPrefix("quiz-run/") {
            merged = mine.marks.isEmpty ? theirs : mine
        } else if name.hasPrefix("quiz-last/") {
            merged = (theirs.marks.last?.day ?? .min) > (mine.marks.last?.day ?? .min) ? theirs : mine
        }
    }

    /// Passing is rewarded once in a period: what two records had of it beyond that goes back.
    mutating func reviewQuizzes(
        cause: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        let today = context.calendar.day(of: context.now)
        for quiz in context.programme.programme.quizzes {
            let name = PlayCounters.paid(of: quiz.id)
            guard let paid = counters[name], paid.count > 1 else { continue }
            var kept: Set<Int32> = []
            var left = Counter.empty
            for mark in paid.marks {
                let period = context.calendar.periods.days(of: quiz.tries.period, containing: mark.day).lowerBound
                var surplus = mark.count
                if kept.insert(period).inserted {
                    left.add(CounterMark(day: mark.day, wanted: 1))
                    surplus -= 1
                }
                for time in 0..<surplus {
                    try takeBackPass(of: quiz, on: mark.day, time, cause, today: today, context, &changes)
                }
            }
            guard left != paid else { continue }
            set(left, name, into: &changes)
        }
    }

    private mutating func takeBackPass(
        of quiz: Quiz, on day: Int32, _ time: Int64, _ cause: ID128, today: Int32, _ context: DecisionContext,
        _ changes: inout Changes
    ) throws(LedgerProblem) {
        let source = PlayCounters.results(of: quiz.id)
        for (index, effect) in quiz.reward.enumerated() {
            guard case .award(let text, let unit) = effect, let amount = Int64(text) else { continue }
            _ = try takeBack(
                amount, unit: unit, source: source, name: "\(source)/\(day)/\(time)/\(index)", cause: cause,
                earned: day, context, at: stamp(context.now, day: today, context), day: today, into: &changes)
        }
    }
}

extension Quiz.Question {
    /// `nil` for what cannot be an answer to it: an unknown option, two where one is asked, a number where options stand.
    func answer(_ response: QuizResponse) -> QuizAnswer? {
        switch (kind, response) {
        case (_, .none): return QuizAnswer.none
        case (.number, .number(let value)): return Quiz.Number.range.contains(value) ? .number(value) : nil
        case (.choice(let choice), .options(let names)):
            var bits: UInt32 = 0
            for name in names {
                guard let index = choice.options.firstIndex(where: { $0.id == name }) else { return nil }
                bits |= 1 << UInt32(index)
            }
            guard bits != 0 else { return QuizAnswer.none }
            return choice.isMultiple || bits.nonzeroBitCount == 1 ? .options(bits) : nil
        default: return nil
        }
    }
}
