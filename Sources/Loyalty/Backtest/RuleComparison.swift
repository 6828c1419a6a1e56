import Primitives

/// Whether what counters hold is enough to say what a rule would have given under other terms.
///
/// A counter holds, by day and size, which awards were wanted. So limits and fixed amounts can be put on it anew. What a
/// condition would have said of events that are not kept cannot; see `docs/decisions/0006-which-history-there-is.md`.
public enum RuleComparison {
    /// Why the new terms cannot be put on what was counted under the old ones, in a sentence; `nil` if they can.
    public static func obstacle(from old: Rule, to new: Rule) -> String? {
        if old.trigger != new.trigger { return "its trigger changed, and what other events said is not kept." }
        if old.condition != new.condition { return "its condition changed, and what events said is not kept." }
        if old.cooldown != new.cooldown { return "its cooldown changed, and the time of day is not kept." }
        if old.validFrom != new.validFrom || old.validUntil != new.validUntil {
            return "the time in which it holds changed, and what events said outside it is not kept."
        }
        if old.exclusive != new.exclusive || (new.exclusive != nil && old.priority != new.priority) {
            return "which rule goes first changed, and what the other would have given is not kept."
        }
        if old.holdoutBasisPoints != new.holdoutBasisPoints {
            return "its hold-out changed, and what held-out members did is not kept."
        }
        let (before, after) = (awards(old), awards(new))
        guard before.map(\.index) == after.map(\.index), before.map(\.unit) == after.map(\.unit) else {
            return "it gives other units, or in another order, and its counters are those of the old ones."
        }
        for (was, now) in zip(before, after) {
            let (own, new) = (old.awardTerms[was.index], new.awardTerms[now.index])
            let multiplies = (own?.multiplies ?? false) || (new?.multiplies ?? false)
            guard multiplies, was.amount != now.amount || own?.factors != new?.factors else { continue }
            return "a tier multiplies an amount that changed, and which tier it was is not kept."
        }
        for (was, now) in zip(before, after) where was.amount != now.amount {
            guard Int64(was.amount) != nil, Int64(now.amount) != nil else {
                return "an amount that is worked out from the event changed, and what events said is not kept."
            }
        }
        return nil
    }

    private static func awards(_ rule: Rule) -> [(index: Int, amount: String, unit: String)] {
        rule.effects.enumerated().compactMap { index, effect in
            if case .award(let amount, let unit) = effect { (index, amount, unit) } else { nil }
        }
    }
}

extension CompiledRule {
    /// What a counter of one of its awards comes to, day by day: the limits on what was wanted, with marks from `first`
    /// on at the fixed amount of today.
    func allocation(
        of award: CompiledAward, _ marks: [CounterMark], from first: Int32 = .min, limits: [Limit]? = nil,
        calendar: DayPeriods
    ) -> Allocation {
        Allocation.compute(
            marks: award.rewritten(marks, from: first), limits: limits ?? rule.limits, oncePerSlot: slotSeconds > 0,
            calendar: calendar)
    }
}

extension CompiledAward {
    /// Marks of days from `first` on as if today's fixed amount had been wanted; an amount that follows from the event
    /// stays what it was.
    func rewritten(_ marks: [CounterMark], from first: Int32) -> [CounterMark] {
        guard let fixed, fixed > 0 else { return marks }
        var counter = Counter.empty
        for var mark in marks {
            if mark.day >= first { mark.wanted = fixed }
            counter.add(mark)
        }
        return counter.marks
    }
}
