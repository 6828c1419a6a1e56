public import Primitives

/// A prediction as a member makes it.
public enum PredictionAnswer: Sendable, Hashable {
    case option(String)
    case number(Int64)
    case score(home: Int64, away: Int64)
}

extension Contest {
    /// The number that stands for an answer; `nil` if it is none.
    public func value(of answer: PredictionAnswer) -> Int64? {
        switch (question, answer) {
        case (.options(let options), .option(let id)): return options.first { $0.id == id }?.value
        case (.number(let range), .number(let number)): return range.contains(number) ? number : nil
        case (.score(let score), .score(let home, let away)):
            guard (0...score.most).contains(home), (0...score.most).contains(away) else { return nil }
            return home * Score.base + away
        default: return nil
        }
    }

    /// The answer that a number stands for.
    public func answer(of value: Int64) -> PredictionAnswer? {
        guard isAnswer(value) else { return nil }
        switch question {
        case .options(let options): return options.first { $0.value == value }.map { .option($0.id) }
        case .number: return .number(value)
        case .score: return .score(home: value / Score.base, away: value % Score.base)
        }
    }
}

extension MemberState {
    /// What the member predicts.
    public func prediction(of contest: String) -> Int64? {
        counters[PlayCounters.prediction(of: contest)]?.marks.last?.wanted
    }

    /// Predicts, or predicts something else, or takes the prediction back (`nil`), as long as the contest is open.
    public mutating func predict(
        _ answer: PredictionAnswer?, of id: String, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard let compiled = context.programme.contests[id] else { throw .play(.unknownContest) }
        let contest = compiled.contest
        if let opens = contest.opens, context.now < opens { throw .play(.notYet(opens)) }
        guard contest.isOpen(at: context.now), context.programme.contestOutcomes[id] == nil else {
            throw .play(.over)
        }
        guard compiled.isFor(self, context) else { throw .play(.notForYou) }
        var value: Int64?
        if let answer {
            guard let found = contest.value(of: answer) else { throw .play(.notAnAnswer) }
            value = found
        }
        let name = PlayCounters.prediction(of: id)
        let before = counters[name] ?? .empty
        guard prediction(of: id) != value else { return }
        var after = Counter.empty
        if let value { after.add(CounterMark(day: context.calendar.day(of: context.now), wanted: value)) }
        counters[name] = after
        changes.counters.insert(name)
        changes.count(PlayTally.of(name, before), -1)
        changes.count(PlayTally.of(name, after))
    }

    /// Gives what the outcome of a contest gives, and takes back what it does not give: the difference between what the
    /// prediction is worth and what was given. Doing it again changes nothing.
    ///
    /// - Parameter cause: of the effects; a correction of the outcome has another one.
    public mutating func settleContest(
        _ contest: Contest, cause: ID128? = nil, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let outcome = context.programme.contestOutcomes[contest.id] else { return }
        let name = PlayCounters.prediction(of: contest.id)
        let prediction = prediction(of: contest.id)
        let effects = prediction.map { ContestScoring.effects(of: $0, contest, outcome) } ?? []
        var due: [ContestAward: Int64] = [:]
        for (index, effect) in effects.enumerated() {
            guard case .award(let text, let unit) = effect, let amount = Int64(text) else { continue }
            due[ContestAward(unit: unit, index: index, amount: amount)] = 1
        }
        let given = ContestAward.given(of: contest.id, counters)
        // What staff took back is not given again, nor taken a second time.
        for award in ContestAward.reversed(of: contest.id, counters).keys { due[award] = nil }
        let isNew = counters[name]?.granted != outcome.revision
        // Two records that were one person's may each have got what is not counted by amount.
        let isMerge = cause != nil
        guard isNew || isMerge || given != due else { return }
        let source = name
        let cause = cause ?? ContestOutcome.cause(of: outcome.revision)
        let today = context.calendar.day(of: context.now)
        let moment = Moment(
            cause: cause, at: stamp(context.now, day: today, context), day: today, event: context.now)
        try settle(context, into: &changes)
        if isNew, prediction != nil {
            counters[name, default: .empty].granted = outcome.revision
            changes.counters.insert(name)
        }
        for award in Set(given.keys).union(due.keys).sorted() {
            let surplus = given[award, default: 0] - due[award, default: 0]
            for time in 0..<max(0, surplus) {
                _ = counters[award.counter(of: contest.id)]?.remove(award.mark)
                changes.counters.insert(award.counter(of: contest.id))
                _ = try takeBack(
                    award.amount, unit: award.unit, source: source,
                    name: "\(source)/\(award.unit)/\(award.index)/\(award.amount)/\(time)", cause: cause, earned: today,
                    context, at: stamp(context.now, day: today, context), day: today, into: &changes)
            }
        }
        if isNew || isMerge {
            try settleOthers(effects, of: contest, moment, context, budgets: &budgets, into: &changes)
        }
        guard isNew, !effects.isEmpty else { return }
        if given != due {
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(programme: programme, source: source, cause: cause, member: id, occurrence: 1),
                    kind: .completed, source: source, version: context.programme.version, subject: contest.id,
                    amount: 1, wanted: 1, at: moment.at, day: moment.day,
                    proof: ContestScoring.proof(of: prediction, contest, outcome)))
        }
        for (index, effect) in effects.enumerated() {
            guard case .award(let text, let unit) = effect, let amount = Int64(text) else { continue }
            let award = ContestAward(unit: unit, index: index, amount: amount)
            guard due[award] != nil, given[award, default: 0] == 0 else { continue }
            counters[award.counter(of: contest.id), default: .empty].add(award.mark)
            changes.counters.insert(award.counter(of: contest.id))
            try give(
                effect, source: source, version: context.programme.version, cause: cause, index: index, moment, { [] },
                context, budgets: &budgets, into: &changes)
        }
    }

    // MARK: Two records of one person

    /// One person predicts once: the prediction of the record that stays counts.
    mutating func mergePrediction(
        _ name: String, mine: Counter, theirs: Counter, merged: inout Counter, into changes: inout Changes
    ) {
        guard !mine.marks.isEmpty, !theirs.marks.isEmpty else {
            merged.granted = max(mine.granted, theirs.granted)
            return
        }
        merged = mine
        changes.count(PlayTally.of(name, theirs), -1)
    }

    /// What both got for their predictions becomes what the one prediction is worth.
    mutating func reviewContests(
        cause: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        var budgets = BudgetBook()
        for contest in context.programme.programme.contests {
            try settleContest(contest, cause: cause, context, budgets: &budgets, into: &changes)
        }
    }
}

/// Points that a contest gave to one member.
struct ContestAward: Hashable, Comparable {
    var unit: String
    /// Its place among the effects.
    var index: Int
    var amount: Int64

    func counter(of contest: String) -> String { PlayCounters.given(of: contest) + unit }

    var mark: CounterMark { CounterMark(day: 0, slot: Int32(index), wanted: amount) }
    /// Once staff has taken it back.
    var reversedMark: CounterMark { CounterMark(day: 0, slot: Int32(-1 - index), wanted: amount) }

    /// What a contest gave and nobody took back.
    static func given(of contest: String, _ counters: [String: Counter]) -> [ContestAward: Int64] {
        marked(of: contest, counters) { $0 >= 0 ? Int($0) : nil }
    }

    /// What a contest gave and staff took back.
    static func reversed(of contest: String, _ counters: [String: Counter]) -> [ContestAward: Int64] {
        marked(of: contest, counters) { $0 < 0 ? -1 - Int($0) : nil }
    }

    private static func marked(
        of contest: String, _ counters: [String: Counter], _ index: (Int32) -> Int?
    ) -> [ContestAward: Int64] {
        let prefix = PlayCounters.given(of: contest)
        var found: [ContestAward: Int64] = [:]
        for (name, counter) in counters where name.hasPrefix(prefix) {
            for mark in counter.marks {
                guard let index = index(mark.slot) else { continue }
                let unit = String(name.dropFirst(prefix.count))
                found[ContestAward(unit: unit, index: index, amount: mark.wanted), default: 0] += mark.count
            }
        }
        return found
    }

    static func < (left: ContestAward, right: ContestAward) -> Bool {
        (left.unit, left.index, left.amount) < (right.unit, right.index, right.amount)
    }
}

extension Changes {
    /// Notes what changed in a running total of all members.
    mutating func count(_ totals: [PlayTally: Int64], _ sign: Int64 = 1) {
        for (tally, amount) in totals { tallies[tally, default: 0] += sign * amount }
    }
}
