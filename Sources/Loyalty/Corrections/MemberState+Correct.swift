import Primitives

extension MemberState {
    /// What a correction comes to for one award of one member.
    public struct CorrectionDifference: Sendable, Hashable {
        /// The award's place in the rule.
        public var index: Int
        public var unit: String
        /// What is still to be given, or taken back.
        public var amount: Int64
    }

    /// What a correction comes to for this member: what the rule gives on the counted days under the terms of today from
    /// ``RuleCorrection/from`` on and under those of then before, less what the ledger holds on its behalf and what a
    /// budget refused, which stays refused.
    ///
    /// A function of the counter alone, so events that come late, and corrections that were posted already, are in it.
    public func differences(_ correction: RuleCorrection, in programme: CompiledProgramme) -> [CorrectionDifference] {
        guard let rule = programme.rule(correction.rule), !isCorrected(correction) else { return [] }
        return rule.awards.compactMap { award in
            guard let counter = counters[award.counter] else { return nil }
            let calendar = DayPeriods()
            let now = rule.allocation(of: award, counter.marks, from: correction.from, calendar: calendar)
            let then = rule.allocation(
                of: award, counter.marks, from: .max, limits: correction.limitsBefore, calendar: calendar)
            var due = now.total - counter.granted - counter.refused
            for day in Set(now.days.keys).union(then.days.keys) where day < correction.from {
                due -= now.days[day, default: 0] - then.days[day, default: 0]
            }
            return due == 0 ? nil : CorrectionDifference(index: award.index, unit: award.unit, amount: due)
        }
    }

    /// Whether these terms were put on the same days before.
    private func isCorrected(_ correction: RuleCorrection) -> Bool {
        counters[RuleCorrection.counter(of: correction.rule)]?.marks.contains {
            $0.wanted == correction.version && $0.day <= correction.from
        } ?? false
    }

    /// Carries out a correction: one compensating transfer per award, and the counters as if today's amounts had been
    /// wanted. A second time it does nothing.
    ///
    /// What was spent meanwhile is taken back as far as the rule's `reversal` goes.
    mutating func correct(
        _ correction: RuleCorrection, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(CommandProblem) {
        guard let rule = context.programme.rule(correction.rule), !isCorrected(correction),
            rule.awards.contains(where: { counters[$0.counter] != nil })
        else { return }
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            let differences = differences(correction, in: context.programme)
            let cause = EffectID.derived(
                programme: programme, source: RuleCorrection.counter(of: correction.rule),
                cause: ID128(
                    high: UInt64(bitPattern: correction.version), low: UInt64(bitPattern: Int64(correction.from))),
                member: id)
            for award in rule.awards {
                guard let counter = counters[award.counter] else { continue }
                counters[award.counter] = Counter(
                    marks: award.rewritten(counter.marks, from: correction.from), granted: counter.granted,
                    refused: counter.refused)
                changes.counters.insert(award.counter)
                guard let difference = differences.first(where: { $0.index == award.index }) else {
                    noteShort(0, of: award.counter, into: &changes)
                    continue
                }
                let effectID = EffectID.derived(from: cause, step: "award", occurrence: Int64(award.index))
                try post(
                    difference.amount, rule, award,
                    Posting(
                        id: effectID, lot: effectID, lotDay: correction.from,
                        earned: context.calendar.day(of: context.now), isCorrection: true),
                    context, budgets: &budgets, into: &changes)
            }
        } catch {
            throw .ledger(error)
        }
        let name = RuleCorrection.counter(of: correction.rule)
        counters[name, default: .empty].add(CounterMark(day: correction.from, wanted: correction.version))
        changes.counters.insert(name)
    }
}
