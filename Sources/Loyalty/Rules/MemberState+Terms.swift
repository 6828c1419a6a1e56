import CEL
import Primitives

/// When what is earned becomes spendable and when it expires, by the terms of its unit or rule.
struct LotDates: Sendable {
    var activeAt: Instant?
    var expiresAt: Instant?
    var terms: LotTerms?
}

extension MemberState {
    /// The dates of points earned on a day: a pure function of that day, the terms, and the days of activity so far.
    ///
    /// - Parameters:
    ///   - rule: may override the unit's terms.
    ///   - reference: what joins it to the event that it waits for.
    func dates(
        of unit: String, earned day: Int32, rule: Rule? = nil, reference: Int64? = nil, _ context: DecisionContext
    ) -> LotDates {
        // Whoever has not said which of its awards it is about means the one of this unit.
        let rule = rule.map { rule in
            guard !rule.awardTerms.isEmpty else { return rule }
            let index = rule.effects.firstIndex { if case .award(_, unit) = $0 { true } else { false } }
            return self.terms(of: rule, award: index ?? -1, on: day, context)
        }
        let declared = context.programme.units[unit]
        let calendar = context.calendar
        var dates = LotDates()
        var awaits: AwaitedEvent?
        var windowEnd: Int32 = 0
        switch rule?.pending ?? declared?.pending {
        case nil, .atOnce: break
        case .after(let span): dates.activeAt = calendar.instant(span, after: day)
        case .next(let period): dates.activeAt = calendar.start(of: period.end(containing: day))
        case .on(let days): dates.activeAt = MonthDay.next(of: days, after: day).map { calendar.start(of: $0) }
        case .event(let term):
            awaits = term
            let end = calendar.instant(term.within, after: day)
            windowEnd = calendar.day(of: end)
            dates.activeAt = end
        }
        // What lapses at the end of its window stays pending until that is carried out.
        if awaits?.otherwise != .cancel, let activeAt = dates.activeAt, activeAt <= context.now { dates.activeAt = nil }
        var inactive: DurationSpan?
        var resetBy: [Activity] = []
        switch rule?.expires ?? declared?.expires {
        case nil, .never: break
        case .after(let span, nil): dates.expiresAt = calendar.instant(span, after: day)
        case .after(let span, let period?):
            let last = calendar.day(of: calendar.instant(span, after: day))
            dates.expiresAt = calendar.start(of: period.end(containing: last))
        case .on(let days): dates.expiresAt = MonthDay.next(of: days, after: day).map { calendar.start(of: $0 + 1) }
        case .inactive(let span, let activities):
            (inactive, resetBy) = (span, activities)
            dates.expiresAt = calendar.instant(span, after: day)
        }
        guard awaits != nil || inactive != nil else { return dates }
        let terms = LotTerms(
            earned: day, awaits: awaits, windowEnd: windowEnd, reference: awaits == nil ? nil : reference,
            inactive: inactive, resetBy: resetBy, graceMilliseconds: context.programme.terms.graceMilliseconds)
        dates.terms = terms
        if let expiresAt = dates.expiresAt, inactive != nil {
            dates.expiresAt = prolonged(expiresAt, terms, of: unit, context)
        }
        return dates
    }

    /// A rule with the terms of one of its awards, as they are for this member on a day.
    func terms(of rule: Rule, award index: Int, on day: Int32, _ context: DecisionContext) -> Rule {
        guard !rule.awardTerms.isEmpty else { return rule }
        return rule.terms(
            ofAward: index, tier: tier(in: context.programme, today: day),
            ladder: context.programme.programme.tiers?.tiers ?? [])
    }

    // MARK: Activity

    /// What an event means for what waits for it or lives by it. Called before the rules look at it.
    mutating func observe(
        _ event: Event, day: Int32, _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        let type = event.type.declaration.id
        if tracks(Activity.event(type).counter(""), context) {
            touch(.event(type), unit: "", on: day, context, into: &changes)
        }
        let fields = context.programme.terms.awaited[type] ?? []
        guard !fields.isEmpty || wallet.lots.contains(where: { $0.terms?.awaits?.concerns(type) ?? false }) else {
            return
        }
        var wanted = fields
        for lot in wallet.lots {
            if let awaits = lot.terms?.awaits, awaits.concerns(type) { wanted.insert(awaits.match ?? "") }
        }
        for field in wanted.sorted() {
            let name = ProgrammeTerms.counter(type, match: field.isEmpty ? nil : field)
            guard let reference = field.isEmpty ? 0 : event.reference(field, context) else { continue }
            let earliest = Int64(day) - Int64(context.programme.terms.longestWindow) - 62
            var counter = Counter(marks: (counters[name]?.marks ?? []).filter { Int64($0.day) >= earliest })
            guard !counter.marks.contains(where: { $0.day == day && $0.wanted == reference }) else { continue }
            counter.add(CounterMark(day: day, wanted: reference))
            counters[name] = counter
            changes.counters.insert(name)
        }
        try resolveAwaiting(context, into: &changes)
    }

    /// Makes spendable, or takes back, what the events so far say of lots that wait: a cancellation within the window
    /// wins, whichever came first.
    mutating func resolveAwaiting(
        _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        for lot in wallet.lots where lot.remaining > 0 {
            guard let terms = lot.terms, let awaits = terms.awaits else { continue }
            func came(_ type: String?) -> Bool {
                guard let type else { return false }
                let marks = counters[ProgrammeTerms.counter(type, match: awaits.match)]?.marks ?? []
                return marks.contains { terms.isMet(on: $0.day, reference: awaits.match == nil ? nil : $0.wanted) }
            }
            let day = context.calendar.day(of: context.now)
            let at = stamp(context.now, day: day, context)
            if came(awaits.cancelledBy) {
                // What a cancelled hold gave back to it is taken back under the next number.
                let earlier = wallet.version(lot.unit, .issued)
                let id = EffectID.derived(from: lot.id, step: "cancelled", occurrence: earlier)
                // What was set aside for a redemption stays there.
                let taken = try wallet.reverse(
                    Transfer(
                        id: id, kind: .reverse, unit: lot.unit, amount: lot.remaining, at: at, refers: lot.id),
                    lot: lot.id, at: context.now, into: &changes.journal)
                guard taken > 0 else { continue }
                changes.effects.append(
                    AppliedEffect(
                        id: id, kind: .reversal, source: awaits.cancelledBy ?? "", version: context.programme.version,
                        subject: lot.unit, amount: -taken, wanted: -lot.remaining, at: at, day: day))
            } else if lot.activeAt != nil, !lot.isInReview, came(awaits.until) {
                let before = changes.journal.transfers.count
                try wallet.activate(lot: lot.id, at: at, into: &changes.journal)
                tellActivated(changes.journal.transfers[before...], context, into: &changes)
                try payDebt(lot.unit, context, into: &changes)
            }
        }
    }

    /// Whether any terms, of the programme or of an open lot, look at a counter of activity.
    private func tracks(_ counter: String, _ context: DecisionContext) -> Bool {
        context.programme.terms.activities.contains(counter)
            || wallet.lots.contains { lot in
                lot.terms?.resetBy.contains { $0.counter(lot.unit) == counter } ?? false
            }
    }

    /// A sign of life on a day: prolongs what lives by it.
    mutating func touch(
        _ activity: Activity, unit: String, on day: Int32, _ context: DecisionContext, into changes: inout Changes
    ) {
        let name = activity.counter(unit)
        guard tracks(name, context) else { return }
        var marks = counters[name]?.marks ?? []
        guard !marks.contains(where: { $0.day == day }) else { return }
        // Days before the window of late events have done what they could do; the rest can still join up with days that
        // come late.
        let latest = max(day, marks.last?.day ?? day)
        let kept = Int64(latest) - context.programme.terms.graceMilliseconds / 86_400_000 - 2
        marks = marks.filter { Int64($0.day) >= kept }
        var counter = Counter(marks: marks)
        counter.add(CounterMark(day: day, wanted: 1))
        counters[name] = counter
        changes.counters.insert(name)
        slide(context, into: &changes)
    }

    /// Moves the expiry of lots that live by activity.
    mutating func slide(_ context: DecisionContext, into changes: inout Changes) {
        guard wallet.lots.contains(where: { $0.terms?.inactive != nil }) else { return }
        let state = self
        wallet.reschedule(
            { lot in
                guard let terms = lot.terms, terms.inactive != nil, let expiresAt = lot.expiresAt else {
                    return (lot.activeAt, lot.expiresAt)
                }
                return (lot.activeAt, state.prolonged(expiresAt, terms, of: lot.unit, context))
            }, into: &changes.journal)
    }

    /// The expiry of a lot after all activity: each day on which it was still alive gives it the full length again.
    private func prolonged(
        _ expiresAt: Instant, _ terms: LotTerms, of unit: String, _ context: DecisionContext
    ) -> Instant {
        guard let span = terms.inactive else { return expiresAt }
        var days: Set<Int32> = []
        for activity in terms.resetBy {
            for mark in counters[activity.counter(unit)]?.marks ?? [] where mark.day > terms.earned {
                days.insert(mark.day)
            }
        }
        var end = expiresAt
        for day in days.sorted() where context.calendar.start(of: day) < end {
            end = max(end, context.calendar.instant(span, after: day))
        }
        return end
    }

    // MARK: Debt

    /// Pays off what is owed with what can be spent.
    mutating func payDebt(
        _ unit: String, _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard wallet.owed(unit) > 0 else { return }
        try wallet.payDebt(
            unit, at: stamp(context.now, day: context.calendar.day(of: context.now), context), now: context.now,
            into: &changes.journal)
    }

    /// What a reversal of an award may take back.
    func reversalPolicy(of rule: Rule?, unit: String, _ context: DecisionContext) -> ReversalPolicy {
        rule?.reversal ?? context.programme.units[unit]?.reversal ?? .withinBalance
    }
}

extension AwaitedEvent {
    func concerns(_ type: String) -> Bool { until == type || cancelledBy == type }
}

extension Event {
    /// What a field says, as a keyed hash that joins events of one order without telling which; `nil` if it is absent.
    func reference(_ field: String, _ context: DecisionContext) -> Int64? {
        guard let index = type.fieldIndex[field], let value = values[index] else { return nil }
        let text: String
        switch value {
        case .string(let string): text = string
        case .int(let number): text = String(number)
        default: return nil
        }
        return context.reference(text)
    }
}
