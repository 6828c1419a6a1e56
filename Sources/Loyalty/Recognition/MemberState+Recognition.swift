import CEL
import Primitives

/// Moments of a member: what they did, for how long they are with us, what they reached.
///
/// Whether something is a moment is a function of the sets of days that counters keep, so late events lead to the same
/// letters; that a letter is sent is of the day on which it is.
extension MemberState {
    /// Whether the member wants letters.
    public var wantsLetters: Bool { (counters[RecognitionCounters.off]?.granted ?? 0) <= 0 }

    public mutating func chooseLetters(_ wants: Bool, into changes: inout Changes) {
        guard wants != wantsLetters else { return }
        counters[RecognitionCounters.off] = Counter(granted: wants ? 0 : 1)
        changes.counters.insert(RecognitionCounters.off)
    }

    // MARK: Events

    /// Counts what an event adds to occasions, and says which of them it makes a moment.
    mutating func recognize(
        _ event: Event, _ frame: Frame, day: Int32, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        let programme = context.programme
        guard !programme.programme.occasions.isEmpty else { return }
        for compiled in event.type.occasions {
            if let since = compiled.count.since, profile.joinedDay < since { continue }
            for (name, maker) in compiled.counters(event, frame, level: profile.level) {
                counters[name, default: .empty].add(CounterMark(day: day, wanted: 1))
                changes.counters.insert(name)
                let total = counters[name]?.count ?? 0
                for number in compiled.count.at where number <= total {
                    // The day that made it so many, whichever event came last.
                    try recognize(
                        compiled.occasion, key: maker.isEmpty ? number : number << 20 | Self.key(maker, context),
                        number: number, subject: maker, context, budgets: &budgets, into: &changes)
                }
            }
        }
        if programme.watchesPresence { try notePresence(day, context, budgets: &budgets, into: &changes) }
    }

    /// Counts an event that is known by its day alone.
    mutating func count(
        _ compiled: CompiledOccasion, day: Int32, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        if let since = compiled.count.since, profile.joinedDay < since { return }
        let name = RecognitionCounters.count(compiled.occasion.id)
        counters[name, default: .empty].add(CounterMark(day: day, wanted: 1))
        changes.counters.insert(name)
        let total = counters[name]?.count ?? 0
        for number in compiled.count.at where number <= total {
            try recognize(
                compiled.occasion, key: number, number: number, context, budgets: &budgets, into: &changes)
        }
    }

    /// What keeps makers apart in the marks of one counter: keyed, because the marks stay when the member leaves the level
    /// at which it is known whose work they read.
    private static func key(_ maker: String, _ context: DecisionContext) -> Int64 {
        context.reference("maker/" + maker) & 0xF_FFFF
    }

    /// Takes back what an event counted that did not happen as it was sent. A letter that was sent stays sent.
    mutating func amendRecognition(
        _ original: Event, to corrected: Event?, _ context: DecisionContext, into changes: inout Changes
    ) {
        func frame(_ event: Event) -> Frame {
            var frame = Frame(layout: event.type.layout)
            event.type.frameFiller.fill(
                event, self, programme: context.programme, day: context.calendar.day(of: event.at), now: context.now,
                into: &frame)
            return frame
        }
        for (event, adds) in [(original, false), (corrected, true)] {
            guard let event, !event.type.occasions.isEmpty else { continue }
            let day = context.calendar.day(of: event.at)
            let frame = frame(event)
            for compiled in event.type.occasions {
                if let since = compiled.count.since, profile.joinedDay < since { continue }
                for (name, _) in compiled.counters(event, frame, level: profile.level) {
                    let mark = CounterMark(day: day, wanted: 1)
                    if adds {
                        counters[name, default: .empty].add(mark)
                    } else {
                        guard counters[name]?.remove(mark) ?? false else { continue }
                    }
                    changes.counters.insert(name)
                }
            }
        }
    }

    // MARK: Presence

    mutating func notePresence(
        _ day: Int32, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let known = counters[RecognitionCounters.days]?.marks ?? []
        guard !known.contains(where: { $0.day == day }) else { return }
        var days = Counter.empty
        for mark in (known.map(\.day) + [day]).sorted().suffix(RecognitionCounters.rememberedDays) {
            days.add(CounterMark(day: mark, wanted: 1))
        }
        counters[RecognitionCounters.days] = days
        changes.counters.insert(RecognitionCounters.days)
        let present = days.marks.map(\.day)
        guard present.contains(day) else { return }
        for occasion in context.programme.programme.occasions {
            switch occasion.moment {
            case .comeback(let after, let pause):
                guard let last = present.last(where: { $0 < day }) else { continue }
                let away = day - last - 1
                let declared = pausedDays(between: last, and: day)
                let isBack = away >= Int32(after) || pause.map { declared >= $0 } ?? false
                guard isBack else { continue }
                // Known by the last day before it: whatever comes late within it is the same return.
                try recognize(
                    occasion, key: Int64(last), number: Int64(away), context, budgets: &budgets, into: &changes)
            case .regular(let count, let within):
                guard day == present.last else { continue }
                let first = day - Int32(within) + 1
                let recent = present.count { $0 >= first }
                guard recent >= count else { continue }
                let told = counters[RecognitionCounters.told(occasion.id)]?.marks.map(\.wanted).max()
                let rest = Int64(context.programme.programme.letters.restDays)
                if let told, Int64(day) - told < rest { continue }
                try recognize(
                    occasion, key: Int64(day), number: Int64(recent), context, budgets: &budgets, into: &changes)
            default: continue
            }
        }
    }

    /// How many days of declared pauses lie between two days of presence.
    private func pausedDays(between last: Int32, and day: Int32) -> Int {
        guard day - last > 1 else { return 0 }
        let gap = last + 1...day - 1
        return StreakCounters.spans(counters[StreakCounters.pause]).map { span in
            let (first, end) = (max(span.first, gap.lowerBound), min(span.last, gap.upperBound))
            return first <= end ? Int(end - first) + 1 : 0
        }.max() ?? 0
    }

    // MARK: What was reached

    /// Finds what a command reached that is a moment: a tier, a milestone of a streak.
    ///
    /// - Parameters:
    ///   - first: where the command's effects begin.
    ///   - tier: the member's tier before it.
    public mutating func recognizeReached(
        since first: Int, tierBefore tier: String?, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let compiled = Optional(context.programme), compiled.watchesReached else { return }
        let fresh = changes.effects[min(first, changes.effects.count)...].filter { $0.kind == .completed }
        let today = context.calendar.day(of: context.now)
        let ladder = compiled.programme.tiers?.tiers ?? []
        let after = tier.map { _ in self.tier(in: compiled, today: today) }
        for occasion in compiled.programme.occasions {
            switch occasion.moment {
            case .streak(let id, let lengths):
                for effect in fresh where effect.source == id && effect.subject == id && lengths.contains(effect.amount)
                {
                    try recognize(
                        occasion, key: Int64(effect.day) << 24 | effect.amount, number: effect.amount, subject: id,
                        context, budgets: &budgets, into: &changes)
                }
            case .tier(let wanted):
                guard let tier, let after, tier != after,
                    let place = ladder.firstIndex(where: { $0.id == wanted }),
                    let now = ladder.firstIndex(where: { $0.id == after }), now >= place,
                    (ladder.firstIndex { $0.id == tier } ?? -1) < place
                else { continue }
                try recognize(
                    occasion, key: Int64(today), number: 0, subject: wanted, context, budgets: &budgets, into: &changes)
            default: continue
            }
        }
    }

    // MARK: The calendar

    /// For so many days after an anniversary it is still one.
    private static let celebratedDays: Int32 = 7

    /// The anniversaries that are due or come next: a function of the first day and of what was told.
    private func anniversaries(_ context: DecisionContext) -> [(occasion: Occasion, years: Int64, day: Int32)] {
        let today = context.calendar.day(of: context.now)
        let start = CivilDate(daysSinceEpoch: Int(profile.joinedDay))
        let passed = CivilDate(daysSinceEpoch: Int(today)).year - start.year
        return context.programme.programme.occasions.compactMap { occasion in
            guard occasion.moment == .anniversary else { return nil }
            let told = Set((counters[RecognitionCounters.told(occasion.id)]?.marks ?? []).map(\.wanted))
            for years in max(1, passed)...max(1, passed + 1) where !told.contains(Int64(years)) {
                let day = Int32(clamping: start.adding(months: 12 * years).daysSinceEpoch)
                if day + Self.celebratedDays > today { return (occasion, Int64(years), day) }
            }
            return nil
        }
    }

    /// When the next anniversary is.
    func nextAnniversary(_ context: DecisionContext) -> Instant? {
        guard context.programme.watchesAnniversaries, wantsLetters, profile.mergedInto == nil else { return nil }
        return anniversaries(context).map { context.calendar.start(of: $0.day) }.min()
    }

    mutating func settleAnniversaries(
        _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard context.programme.watchesAnniversaries, wantsLetters, profile.mergedInto == nil else { return }
        var budgets = BudgetBook()
        for (occasion, years, day) in anniversaries(context) where context.calendar.start(of: day) <= context.now {
            try recognize(occasion, key: years, number: years, context, budgets: &budgets, into: &changes)
        }
    }
}
