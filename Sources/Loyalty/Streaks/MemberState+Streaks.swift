import Primitives

/// What a member may choose about their streaks.
public enum StreakLimits {
    /// A pause may begin so many days before today: illness is rarely announced.
    public static let pauseBack: Int32 = 7
    /// The longest pause, in days.
    public static let pauseLength: Int32 = 92
    /// A pause may begin at most so many days from now.
    public static let pauseAhead: Int32 = 366
    /// The most days of one repair.
    public static let repairLength: Int32 = 31
}

extension MemberState {
    /// What a streak is worked out from.
    public func streakHistory(_ streak: Streak, _ programme: CompiledProgramme) -> StreakHistory {
        StreakCounters.history(of: streak, repairs: programme.streakRepairs[streak.id]) { counters[$0] }
    }

    /// What a streak comes to on a local day: exact whether or not anything has run at midnight.
    public func streak(_ streak: Streak, _ programme: CompiledProgramme, today: Int32) -> StreakResult {
        StreakCalculator(streak).result(streakHistory(streak, programme), today: today)
    }

    // MARK: Counting

    /// Counts for one measure of a streak, or takes back what was counted (`by` below zero). Milestones that the set of
    /// days reaches now and did not before are given, and the other way round.
    mutating func count(
        _ streakID: String, measure: String, by amount: Int64, _ moment: Moment, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let streak = context.programme.streaks[streakID] else {
            // What a referral waits for is counted like a measure.
            if streakID == ReferralCounters.qualifies || streakID == ReferralCounters.cancels {
                countReferral(streakID, by: amount, moment, context, into: &changes)
            }
            return
        }
        let name = StreakCounters.marks(of: streakID, measure)
        let before = counters[name] ?? .empty
        if amount > 0 {
            counters[name, default: .empty].add(CounterMark(day: moment.day, wanted: 1, count: amount))
        } else if amount < 0 {
            guard counters[name]?.remove(CounterMark(day: moment.day, wanted: 1, count: -amount)) ?? false else {
                return
            }
        }
        changes.counters.insert(name)
        // Most events come after their period has become active, and change nothing more: neither that it did, nor on which
        // day.
        let after = counters[name] ?? .empty
        let needs = streak.measures.first { $0.id == measure }?.needs ?? 1
        if streak.measures.count == 1 {
            let whole =
                streak.days == nil
                ? context.calendar.periods.days(of: streak.every, containing: moment.day) : moment.day..<moment.day + 1
            let (less, more) = amount > 0 ? (before, after) : (after, before)
            if more.count(in: whole) < needs || less.count(in: whole.lowerBound..<moment.day + 1) >= needs { return }
        }
        try reconcile(streak, context, day: moment.day, budgets: &budgets, into: &changes)
    }

    /// Counts what a corrected event says instead of what the original said; `nil` if it did not happen.
    mutating func amendStreaks(
        _ original: Event, _ before: [Want], to corrected: Event?, _ after: [Want], _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        func marks(_ event: Event?, _ wants: [Want]) -> [(streak: String, measure: String, amount: Int64, day: Int32)] {
            guard let event else { return [] }
            let day = context.calendar.day(of: event.at)
            return wants.compactMap { want in
                guard case .streak(let streak, let measure, let amount) = want.kind else { return nil }
                return (streak, measure, amount, day)
            }
        }
        let cause = Self.amendment(of: original.claim)
        for (mark, sign) in marks(original, before).map({ ($0, Int64(-1)) })
            + marks(corrected, after).map({ ($0, Int64(1)) })
        {
            let moment = Moment(
                cause: cause, at: context.calendar.start(of: mark.day), day: mark.day, event: context.now)
            try count(
                mark.streak, measure: mark.measure, by: sign * mark.amount, moment, context, budgets: &budgets,
                into: &changes)
        }
    }

    /// Gives milestones that the days reach, and takes back what they do not reach any more: the difference between what
    /// the set of days gives and what was given.
    mutating func reconcile(
        _ streak: Streak, _ context: DecisionContext, day: Int32, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        streakDue = nil
        guard !streak.milestones.isEmpty else { return }
        let history = streakHistory(streak, context.programme)
        let today = max(day, context.calendar.day(of: context.now))
        let reached = Set(StreakCalculator(streak).result(history, today: today).reached)
        let name = StreakCounters.paid(of: streak.id)
        let paid = StreakPayments(counters[name] ?? .empty)
        for reach in Set(paid.net.keys).union(reached).sorted(by: { ($0.day, $0.at) < ($1.day, $1.at) }) {
            guard let milestone = streak.milestones.first(where: { $0.at == reach.at }) else { continue }
            if let base = history.base, reach.day < base.day { continue }
            let difference = (reached.contains(reach) ? 1 : 0) - (paid.net[reach] ?? 0)
            if difference > 0 {
                let time = paid.given[reach] ?? 0
                counters[name, default: .empty].add(CounterMark(day: reach.day, wanted: reach.at))
                changes.counters.insert(name)
                try give(milestone, of: streak, reach, time: time, context, budgets: &budgets, into: &changes)
            } else if difference < 0 {
                counters[name, default: .empty].add(
                    CounterMark(day: reach.day, slot: 1, wanted: reach.at, count: -difference))
                changes.counters.insert(name)
                try takeBack(milestone, of: streak, reach, times: -difference, paid, context, into: &changes)
            }
        }
    }

    private mutating func give(
        _ milestone: Streak.Milestone, of streak: Streak, _ reach: StreakResult.Reach, time: Int64,
        _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let source = StreakCounters.prefix + streak.id
        let cause = Self.cause(of: reach, time: time)
        let version = context.programme.version
        // A milestone waits while the day that reached it does.
        let moment = Moment(
            cause: cause, at: context.calendar.start(of: reach.day), day: reach.day, event: context.now,
            type: LotWatch.streak + streak.id)
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(programme: programme, source: source, cause: cause, member: id, occurrence: 1),
                kind: .completed, source: streak.id, version: version, subject: streak.id, amount: reach.at,
                wanted: reach.at, at: moment.at, day: moment.day))
        for (index, effect) in milestone.effects.enumerated() {
            try give(
                effect, source: source, version: version, cause: cause, index: index, moment, { [] }, context,
                budgets: &budgets, into: &changes)
        }
        try finishReviews(ofStreak: streak.id, day: reach.day, context, budgets: &budgets, into: &changes)
    }

    /// Points go back; a badge stays, as every badge does.
    private mutating func takeBack(
        _ milestone: Streak.Milestone, of streak: Streak, _ reach: StreakResult.Reach, times: Int64,
        _ paid: StreakPayments, _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        let source = StreakCounters.prefix + streak.id
        let today = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: today, context)
        for time in 0..<times {
            let cause = Self.cause(of: reach, time: (paid.taken[reach] ?? 0) + time)
            for (index, effect) in milestone.effects.enumerated() {
                guard case .award(let text, let unit) = effect, let amount = Int64(text) else { continue }
                _ = try takeBack(
                    amount, unit: unit, source: source, name: "\(source)/\(index)", cause: cause, earned: reach.day,
                    context, at: at, day: today, into: &changes)
            }
        }
    }

    /// A milestone of a run is known by the day that reached it; what is given again after it was taken back is another
    /// effect.
    private static func cause(of reach: StreakResult.Reach, time: Int64) -> ID128 {
        ID128(
            high: UInt64(bitPattern: reach.at),
            low: UInt64(UInt32(bitPattern: reach.day)) << 32 | UInt64(UInt32(truncatingIfNeeded: time)))
    }

    // MARK: The calendar

    /// When midnight next uses a freeze of the member, or ends a run: a function of what is kept, whatever the time is.
    func nextStreakEnd(_ context: DecisionContext) -> Instant? {
        if let streakDue { return streakDue }
        guard !context.programme.streaks.isEmpty, counters.keys.contains(where: { $0.hasPrefix(StreakCounters.prefix) })
        else { return nil }
        return context.programme.programme.streaks.compactMap { streak in
            untold(streak, context).first.map { context.calendar.start(of: $0.day) }
        }.min()
    }

    /// Tells the member, once, what midnight did: a freeze that was used, a run that ended.
    mutating func settleStreaks(_ context: DecisionContext, into changes: inout Changes) {
        if streakDue == nil { streakDue = .some(nextStreakEnd(context)) }
        guard case .some(.some(let due)) = streakDue, due <= context.now else { return }
        let today = context.calendar.day(of: context.now)
        for streak in context.programme.programme.streaks {
            for end in untold(streak, context) where end.day <= today {
                let name = StreakCounters.told(of: streak.id)
                counters[name, default: .empty].granted = Int64(end.period)
                changes.counters.insert(name)
                // A single period is no run to speak of.
                if !end.isFreeze, end.length < 2 { continue }
                changes.effects.append(notice(of: end, streak, context))
            }
        }
        streakDue = nil
        streakDue = .some(nextStreakEnd(context))
    }

    private func notice(of end: StreakEnd, _ streak: Streak, _ context: DecisionContext) -> AppliedEffect {
        AppliedEffect(
            id: EffectID.derived(
                programme: programme, source: StreakCounters.told(of: streak.id),
                cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: end.period))), member: id),
            kind: .notice, source: streak.id, version: context.programme.version,
            subject: end.isFreeze ? "streak-freeze-used" : "streak-ended", amount: end.length,
            wanted: end.longest, at: context.calendar.start(of: end.day), day: end.day)
    }

    private struct StreakEnd {
        /// The first day of the period.
        var period: Int32
        /// The day after its last.
        var day: Int32
        /// Whether a freeze covers the period, and the run goes on.
        var isFreeze: Bool
        /// Of the run.
        var length: Int64
        var longest: Int64
    }

    /// Freezes and ends, past and to come, that the member was not told of, in order.
    private func untold(_ streak: Streak, _ context: DecisionContext) -> [StreakEnd] {
        let told = counters[StreakCounters.told(of: streak.id)].map { $0.granted } ?? Int64(Int32.min)
        let history = streakHistory(streak, context.programme)
        let result = StreakCalculator(streak).eventual(history)
        func end(_ period: Int32, _ length: Int64, isFreeze: Bool) -> StreakEnd {
            StreakEnd(
                period: period, day: context.calendar.periods.days(of: streak.every, containing: period).upperBound,
                isFreeze: isFreeze, length: length, longest: result.longest)
        }
        let ends =
            result.frozen.map { end($0.period, $0.length, isFreeze: true) }
            + result.ended.map { end($0.endedBy, $0.length, isFreeze: false) }
        return ends.filter { Int64($0.period) > told }.sorted { $0.period < $1.period }
    }

    // MARK: What the member chooses

    /// Lays all streaks of the member aside from one day to another. It takes the place of a pause that goes on or lies
    /// ahead; days that are over stay as they were.
    public mutating func pauseStreaks(
        _ days: DaySpan?, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        let today = context.calendar.day(of: context.now)
        if let days {
            guard days.last >= days.first, days.last - days.first < StreakLimits.pauseLength,
                days.first >= today - StreakLimits.pauseBack, days.first <= today + StreakLimits.pauseAhead
            else { throw .pauseOutOfRange }
        }
        var spans: [DaySpan] = []
        for span in StreakCounters.spans(counters[StreakCounters.pause]) {
            if span.last < today {
                spans.append(span)
            } else if span.first < today {
                spans.append(DaySpan(first: span.first, last: today - 1))
            }
        }
        if let days { spans = spans.filter { !(days.first <= $0.first && $0.last <= days.last) } + [days] }
        counters[StreakCounters.pause] = StreakCounters.counter(spans)
        changes.counters.insert(StreakCounters.pause)
        do throws(LedgerProblem) {
            try reviewStreaks(context, into: &changes)
        } catch {
            throw .ledger(error)
        }
    }

    /// The pause that goes on or lies ahead.
    public func streakPause(today: Int32) -> DaySpan? {
        StreakCounters.spans(counters[StreakCounters.pause]).filter { $0.last >= today }.min()
    }

    /// Chooses on how many days of a period the member wants to be active; it holds from the next period on.
    public mutating func chooseGoal(
        _ days: Int, of streakID: String, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard let streak = context.programme.streaks[streakID] else { throw .unknownStreak }
        guard let offered = streak.days, offered.isChosen, (offered.least...offered.most).contains(days) else {
            throw .goalNotOffered
        }
        let name = StreakCounters.goal(of: streakID)
        let today = context.calendar.day(of: context.now)
        var counter = Counter.empty
        for mark in counters[name]?.marks ?? [] where mark.day != today { counter.add(mark) }
        counter.add(CounterMark(day: today, wanted: Int64(days)))
        counters[name] = counter
        changes.counters.insert(name)
        streakDue = nil
    }

    /// Works all streaks out again: after a pause, a repair, or a merge.
    public mutating func reviewStreaks(
        _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        streakDue = nil
        var budgets = BudgetBook()
        for streak in context.programme.programme.streaks {
            try reconcile(
                streak, context, day: context.calendar.day(of: context.now), budgets: &budgets, into: &changes)
        }
    }

    /// Excuses the days that a change of time zone or day start cut short, left out, or let begin late.
    ///
    /// - Parameters:
    ///   - old: the calendar before the change.
    ///   - context: with the calendar after it.
    public mutating func noteJourney(
        from old: MemberCalendar, _ context: DecisionContext, into changes: inout Changes
    ) {
        guard !context.programme.streaks.isEmpty else { return }
        streakDue = nil
        let before = old.day(of: context.now)
        // The day of the change did not become shorter: there is nothing to excuse.
        guard context.calendar.start(of: before + 1) < old.start(of: before + 1) else { return }
        let span = DaySpan(first: before, last: max(before, context.calendar.day(of: context.now)))
        let known = StreakCounters.spans(counters[StreakCounters.journey])
        guard !known.contains(span) else { return }
        counters[StreakCounters.journey] = StreakCounters.counter(known + [span])
        changes.counters.insert(StreakCounters.journey)
    }

    /// Joins the streaks of a record that turned out to be the same person's.
    mutating func mergeStreakCounter(_ name: String, mine: Counter, theirs: Counter, merged: inout Counter) {
        if name.hasPrefix("streak-told/") {
            merged.granted = max(mine.granted, theirs.granted)
        } else if name.hasPrefix("streak-base/"), let base = StreakBase(mine), let other = StreakBase(theirs) {
            merged = base.joined(other).counter
        }
    }
}

/// Milestones that were given and taken back.
struct StreakPayments {
    var given: [StreakResult.Reach: Int64] = [:]
    var taken: [StreakResult.Reach: Int64] = [:]

    init(_ counter: Counter) {
        for mark in counter.marks {
            let reach = StreakResult.Reach(at: mark.wanted, day: mark.day)
            if mark.slot == 0 { given[reach, default: 0] += mark.count } else { taken[reach, default: 0] += mark.count }
        }
    }

    /// What members have of each.
    var net: [StreakResult.Reach: Int64] {
        given.merging(taken) { $0 - $1 }.filter { $0.value != 0 }
    }
}
