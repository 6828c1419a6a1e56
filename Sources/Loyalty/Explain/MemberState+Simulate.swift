import Assignment
import CEL
import Primitives

/// What an event would do, decided on a copy.
public struct Simulation: Sendable {
    /// What the calendar has to do first, whether or not the event comes.
    public var calendar: [AppliedEffect]
    /// What the event would do.
    public var effects: [AppliedEffect]
    /// Of every rule, challenge and streak that looks at events of this type, rules by priority.
    public var verdicts: [RuleVerdict]
    public var before: MemberState
    public var after: MemberState
    /// The member's local day of the event.
    public var day: Int32
}

extension MemberState {
    /// Decides an event on a copy of this state, and says of every rule why or why not. The effects are those that
    /// ``decide(_:_:budgets:into:)`` gives, because it is what gives them.
    ///
    /// - Throws: ``LedgerProblem`` as the decision does.
    public func simulated(
        _ event: Event, _ context: DecisionContext, budgets: BudgetBook
    ) throws(LedgerProblem) -> Simulation {
        var before = self
        var calendar = Changes()
        try before.settle(context, into: &calendar)
        // A refusal that was explained today would not be explained again: here it always is.
        for rule in event.type.rules { before.counters[rule.refusalCounter] = nil }
        var after = before
        var changes = Changes()
        var left = budgets
        try after.decide(event, context, budgets: &left, into: &changes)
        let day = context.calendar.day(of: event.at)
        var frame = Frame(layout: event.type.layout)
        event.type.frameFiller.fill(
            event, before, programme: context.programme, day: day, now: context.now, into: &frame)
        var verdicts =
            before.ruleVerdicts(event, frame, changes.effects, budgets, context)
            + before.challengeVerdicts(event, frame, changes.effects)
            + before.streakVerdicts(event, frame)
        if !before.takesPart(in: context.programme.programme) { verdicts = verdicts.map(\.outsideThePilot) }
        return Simulation(
            calendar: calendar.effects, effects: changes.effects, verdicts: verdicts, before: before, after: after,
            day: day)
    }

    // MARK: Rules

    private func ruleVerdicts(
        _ event: Event, _ frame: Frame, _ effects: [AppliedEffect], _ budgets: BudgetBook, _ context: DecisionContext
    ) -> [RuleVerdict] {
        var taken: Set<String> = []
        var winners: [String: String] = [:]
        var verdicts: [RuleVerdict] = []
        for compiled in event.type.rules {
            let standing = Decide.standing(of: compiled, event: event, frame: frame, taken: &taken) {
                Assignment.bucket(unit: id.value, salt: $0)
            }
            var verdict = RuleVerdict(
                kind: .rule, source: compiled.rule.id, version: compiled.version, outcome: .gives,
                condition: compiled.condition?.source)
            verdict.group = compiled.rule.exclusive
            switch standing {
            case .notYet: verdict.outcome = .notYet
            case .noLonger: verdict.outcome = .noLonger
            case .excluded(let group):
                verdict.outcome = .excluded
                verdict.winner = winners[group]
            case .notMet:
                verdict.outcome = .notMet
                verdict.prove(compiled.condition, frame)
            case .heldOut:
                verdict.outcome = .heldOut
                verdict.prove(compiled.condition, frame)
            case .applies:
                verdict.prove(compiled.condition, frame)
                awards(of: compiled, event, frame, effects, budgets, context, into: &verdict)
            }
            if let group = compiled.rule.exclusive, standing == .applies || standing == .heldOut {
                winners[group] = compiled.rule.id
            }
            verdicts.append(verdict)
        }
        return verdicts
    }

    /// Reads off the effects what the rule gave, and works out what kept the rest back.
    private func awards(
        of compiled: CompiledRule, _ event: Event, _ frame: Frame, _ effects: [AppliedEffect], _ budgets: BudgetBook,
        _ context: DecisionContext, into verdict: inout RuleVerdict
    ) {
        var others = false
        for award in compiled.awards {
            guard let wanted = award.amount(frame), wanted > 0 else { continue }
            let effectID = EffectID.derived(
                programme: programme, source: compiled.rule.id, cause: event.claim, member: id, index: award.index)
            let given = effects.first { $0.id == effectID }?.amount ?? 0
            verdict.awards.append(
                RuleVerdict.Award(
                    unit: award.unit, wanted: wanted, given: given,
                    obstacle: given < wanted
                        ? obstacle(to: wanted, of: award, compiled, event, budgets, context) : nil))
        }
        for (index, effect) in compiled.others {
            // Progress and webhooks always come to something; a badge or access only if it was not there.
            let effectID = EffectID.derived(
                programme: programme, source: compiled.rule.id, cause: event.claim, member: id, index: index)
            if case .progress = effect { others = true }
            if effects.contains(where: { $0.id == effectID }) { others = true }
        }
        let given = verdict.awards.reduce(Int64(0)) { $0 + $1.given }
        if verdict.awards.contains(where: { $0.obstacle != nil }) {
            verdict.outcome = given > 0 || others ? .reduced : .refused
        } else if verdict.awards.isEmpty, !others {
            verdict.outcome = .nothing
        }
    }

    private func obstacle(
        to wanted: Int64, of award: CompiledAward, _ compiled: CompiledRule, _ event: Event, _ budgets: BudgetBook,
        _ context: DecisionContext
    ) -> RuleVerdict.Obstacle? {
        let rule = compiled.rule
        let (calendar, day) = (context.calendar, context.calendar.day(of: event.at))
        let slot =
            compiled.slotSeconds > 0 ? Int32(clamping: calendar.secondOfDay(event.at) / compiled.slotSeconds) : 0
        var counter = counters[award.counter] ?? .empty
        let marks = counter.marks
        let change = Allocation.change(
            of: &counter, adding: CounterMark(day: day, slot: slot, wanted: wanted), limits: rule.limits,
            oncePerSlot: compiled.slotSeconds > 0, calendar: calendar.periods)
        if change.total >= wanted {
            guard let id = rule.budget, let budget = context.programme.budgets[id] else { return nil }
            let key = BudgetBook.Key(
                budget: id, day: calendar.periods.firstDay(of: budget.period, containing: context.programmeDay))
            return .budget(id, amount: budget.amount, spent: budgets.spent[key, default: 0])
        }
        if let index = change.limitedBy {
            let limit = rule.limits[index]
            let days = calendar.periods.days(of: limit.period, containing: day)
            let before = Allocation.compute(
                marks: marks.filter { days.contains($0.day) }, limits: rule.limits,
                oncePerSlot: compiled.slotSeconds > 0, calendar: calendar.periods)
            let used: Int64 =
                switch limit.kind {
                case .amount: before.total
                case .times(let most): min(most, marks.reduce(0) { days.contains($1.day) ? $0 + $1.count : $0 })
                case .perEvent: 0
                }
            return .limit(index: index, limit, used: used)
        }
        let end = calendar.start(of: day).adding(milliseconds: (Int64(slot) + 1) * compiled.slotSeconds * 1_000)
        return .cooldown(until: min(end, calendar.start(of: day + 1)))
    }

    // MARK: Challenges and streaks

    private func challengeVerdicts(
        _ event: Event, _ frame: Frame, _ effects: [AppliedEffect]
    ) -> [RuleVerdict] {
        event.type.challenges.map { compiled in
            var verdict = RuleVerdict(
                kind: .challenge, source: compiled.challenge.id, version: compiled.version, outcome: .gives,
                condition: compiled.condition?.source)
            let marks = compiled.marks(frame)
            verdict.prove(compiled.condition, frame)
            if (profile.level == .personal ? marks.personal : marks.below).isEmpty {
                verdict.outcome = .notMet
            } else if !effects.contains(where: { $0.source == compiled.challenge.id }) {
                verdict.outcome = .nothing
            }
            return verdict
        }
    }

    private func streakVerdicts(_ event: Event, _ frame: Frame) -> [RuleVerdict] {
        event.type.streaks.map { measure in
            var verdict = RuleVerdict(
                kind: .streak, source: measure.streak, version: measure.version, outcome: .gives,
                condition: measure.condition?.source)
            verdict.prove(measure.condition, frame)
            if let condition = measure.condition, (try? condition.program.evaluateBool(frame)) != true {
                verdict.outcome = .notMet
            } else if (measure.amount(frame) ?? 0) <= 0 {
                verdict.outcome = .nothing
            }
            return verdict
        }
    }
}

extension RuleVerdict {
    /// The caller sent the event and may read the member, and nothing of this is stored: nothing is withheld.
    fileprivate mutating func prove(_ condition: CompiledCondition?, _ frame: Frame) {
        guard let condition else { return }
        let proof = condition.proof(frame, redact: { _ in false })
        self.proof = proof.jsonBytes
        switch proof.result {
        case .value(.bool(true)): break
        default: failing = proof.culprit.text
        }
    }
}
