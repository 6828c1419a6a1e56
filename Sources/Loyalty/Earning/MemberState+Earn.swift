import Assignment
import CEL
public import Primitives

extension MemberState {
    /// Gives what a token is worth, as if an event of its class had come on its day: the same limits, budgets, hold-outs,
    /// campaigns and tiers, decided by the same functions, without an event.
    ///
    /// - Parameters:
    ///   - token: its keyed hash; the cause of what it gives.
    ///   - day: the day for which it was issued; it counts as the member's own day of that date.
    /// - Throws: ``LedgerProblem``, as ``decide(_:_:budgets:into:)``.
    public mutating func earn(
        _ earned: EarningClass, of type: CompiledEventType, token: ID128, day: Int32, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let event = Event(
            claim: token, type: type, at: context.calendar.start(of: day),
            values: Array(repeating: nil, count: type.declaration.fields.count),
            items: Array(repeating: nil, count: type.declaration.fields.count))
        try settle(context, into: &changes)
        try observe(event, day: day, context, into: &changes)
        guard takesPart(in: context.programme.programme) else {
            trackTiers(context, into: &changes)
            return
        }
        var frame = Frame(layout: type.layout)
        type.frameFiller.fillMember(self, programme: context.programme, day: day, now: context.now, into: &frame)
        let moment = Moment(
            cause: token, at: stamp(event.at, day: day, context), day: day, event: event.at,
            type: type.declaration.id)
        if earned.isOpen(to: frame) {
            for want in wants(earned, frame) {
                // What is known of the reason is the class, and that is the source.
                try apply(want, moment, { [] }, context, budgets: &budgets, into: &changes)
            }
            if case .occasion(let compiled) = earned.source {
                try count(compiled, day: day, context, budgets: &budgets, into: &changes)
            }
        }
        if context.programme.watchesPresence { try notePresence(day, context, budgets: &budgets, into: &changes) }
        trackTiers(context, into: &changes)
        try followUp(moment, context, budgets: &budgets, into: &changes)
    }

    private func wants(_ earned: EarningClass, _ frame: Frame) -> [Want] {
        switch earned.source {
        case .rule(let compiled):
            let rule = compiled.rule
            if rule.holdoutBasisPoints > 0,
                Assignment.bucket(unit: id.value, salt: rule.id) < rule.holdoutBasisPoints
            {
                return [
                    Want(
                        kind: .heldOut, source: rule.id, version: compiled.version, index: 0, counter: rule.id,
                        condition: nil, rule: compiled)
                ]
            }
            var wants: [Want] = []
            Decide.add(compiled, frame, condition: nil, to: &wants)
            return wants
        case .challenge(let compiled, let step):
            let mark = step.map { ChallengeMark(slot: $0) } ?? ChallengeMark()
            return [
                Want(
                    kind: .marks(challenge: compiled.challenge.id, personal: [mark], below: [mark]),
                    source: compiled.challenge.id, version: compiled.version, index: 0,
                    counter: CompiledChallenge.counter(of: compiled.challenge.id), condition: nil, rule: nil)
            ]
        case .streak(let measure):
            return [
                Want(
                    kind: .streak(measure.streak, measure: measure.measure.id, amount: 1), source: measure.streak,
                    version: measure.version, index: 0,
                    counter: StreakCounters.marks(of: measure.streak, measure.measure.id), condition: nil, rule: nil)
            ]
        case .occasion: return []
        }
    }
}
