public import Primitives

/// What urges is said once a day, when the member's quiet hours are over, and only as much as the budget allows.
///
/// Everything that comes up later on a day waits for the next one, and so does what is over budget, if it still holds
/// then. So what is said on a day follows from what was there when its hours began, and the order in which events of a
/// day come in says nothing about it; and nobody is urged right after they did something.
extension MemberState {
    /// How much the member lets the programme urge them.
    public var urgingChoice: UrgingChoice {
        UrgingChoice(rawValue: counters[PressureCounters.choice]?.granted ?? 0) ?? .normal
    }

    /// It holds from the next decision on.
    public mutating func choose(_ choice: UrgingChoice, into changes: inout Changes) {
        guard choice != urgingChoice else { return }
        counters[PressureCounters.choice] = Counter(granted: choice.rawValue)
        changes.counters.insert(PressureCounters.choice)
    }

    /// What was said, under the terms and the member's choice.
    public func pressure(_ programme: CompiledProgramme) -> PressureBudget {
        var said: [Int32: Int64] = [:]
        for mark in counters[PressureCounters.said]?.marks ?? [] { said[mark.day, default: 0] += mark.count }
        return PressureBudget(terms: programme.programme.pressure, choice: urgingChoice, said: said)
    }

    /// How much was held back from a day on.
    public func withheldCount(since day: Int32) -> Int64 {
        counters[PressureCounters.withheld]?.count(in: day..<Int32.max) ?? 0
    }

    /// When something that urges is next decided on: a function of what is kept.
    func nextUrging(_ context: DecisionContext) -> Instant? {
        let all = urgings(context)
        guard !all.isEmpty else { return nil }
        let today = context.calendar.day(of: context.now)
        let isOver = isAsked(on: today) || context.now >= hours(of: today, context).upperBound
        let earliest = isOver ? today + 1 : today
        let budget = pressure(context.programme)
        return all.compactMap { urging -> Int32? in
            var day: Int32? = max(urging.from, earliest)
            // What was withheld waits for room; what was not yet is decided on at once, so that it is known why.
            if isWithheld(urging), budget.choice == .off || budget.counts(urging) {
                day = day.flatMap { budget.firstDay(from: $0) }
            }
            return day.flatMap { urging.holds(on: $0) ? $0 : nil }
        }.min().map { hours(of: $0, context).lowerBound }
    }

    /// Says what is due and allowed, and keeps why the rest is not said.
    public mutating func settleUrging(_ context: DecisionContext, into changes: inout Changes) {
        guard context.settles, context.programme.urges else { return }
        let today = context.calendar.day(of: context.now)
        guard !isAsked(on: today) else { return }
        let found = urgings(context).filter { $0.holds(on: today) }
        guard !found.isEmpty, hours(of: today, context).contains(context.now) else { return }
        let due = found.compactMap { confirmed($0, today, context, into: &changes) }
        guard !due.isEmpty else { return }
        counters[PressureCounters.asked] = Counter(granted: Int64(today))
        changes.counters.insert(PressureCounters.asked)
        let budget = pressure(context.programme)
        let decision = budget.decide(due, on: today)
        for urging in decision.said {
            count(urging, today, budget, into: &changes)
            say(urging, today, context, into: &changes)
        }
        for (urging, reason) in decision.withheld { withhold(urging, reason, today, context, into: &changes) }
    }

    /// Takes back the occasions for nudges that an event gave and its correction would not. What was said stays said.
    mutating func takeNudges(
        _ original: Event, _ before: [Want], except after: [Want], _ context: DecisionContext,
        into changes: inout Changes
    ) {
        for want in before {
            guard case .effect(.nudge(let nudge)) = want.kind,
                !after.contains(where: { $0.source == want.source && $0.index == want.index })
            else { continue }
            let name = PressureCounters.wants(of: nudge)
            let mark = CounterMark(day: context.calendar.day(of: original.at), wanted: 1)
            if counters[name]?.remove(mark) ?? false { changes.counters.insert(name) }
        }
    }

    /// Leaves what came up after the hours of a day began for the next one. Called after each command.
    public mutating func deferUrging(_ context: DecisionContext, into changes: inout Changes) {
        guard context.settles, context.programme.urges else { return }
        let today = context.calendar.day(of: context.now)
        guard !isAsked(on: today) else { return }
        guard urgings(context).contains(where: { $0.holds(on: today) }),
            context.now >= hours(of: today, context).lowerBound
        else { return }
        counters[PressureCounters.asked] = Counter(granted: Int64(today))
        changes.counters.insert(PressureCounters.asked)
    }

    /// Says what cannot wait, if the hour and the budget allow it; else it is not said, and why is kept.
    mutating func sayAtOnce(_ urging: Urging, _ context: DecisionContext, into changes: inout Changes) {
        let today = context.calendar.day(of: context.now)
        let budget = pressure(context.programme)
        var reason = budget.decide([urging], on: today).withheld.first?.reason
        if reason == nil, !hours(of: today, context).contains(context.now) { reason = .quiet }
        if let reason { return withhold(urging, reason, today, context, into: &changes) }
        count(urging, today, budget, into: &changes)
        tell(urging, today, context, into: &changes)
    }

    // MARK: Parts

    private func isAsked(on day: Int32) -> Bool { counters[PressureCounters.asked]?.granted ?? .min >= Int64(day) }

    private func hours(of day: Int32, _ context: DecisionContext) -> Range<Instant> {
        context.calendar.hours(of: day, without: context.programme.programme.pressure.quiet)
    }

    /// What still holds; a tier that was reached again meanwhile will not end.
    private mutating func confirmed(
        _ urging: Urging, _ today: Int32, _ context: DecisionContext, into changes: inout Changes
    ) -> Urging? {
        guard urging.kind == .tier else { return urging }
        if let status = tierStatus(in: context.programme, today: today), status.endsOn.map(Int64.init) == urging.key {
            var urging = urging
            urging.subject = status.tier
            urging.source += status.tier
            return urging
        }
        forgetWord(into: &changes)
        return nil
    }

    private mutating func forgetWord(into changes: inout Changes) {
        counters[TierCounters.word] = .empty
        changes.counters.insert(TierCounters.word)
    }

    private mutating func count(
        _ urging: Urging, _ today: Int32, _ budget: PressureBudget, into changes: inout Changes
    ) {
        guard budget.counts(urging) else { return }
        note(CounterMark(day: today, slot: urging.kind.slot, wanted: 1), PressureCounters.said, today, &changes)
    }

    private mutating func say(
        _ urging: Urging, _ today: Int32, _ context: DecisionContext, into changes: inout Changes
    ) {
        switch urging.kind {
        case .tier: forgetWord(into: &changes)
        case .expiry:
            let name = Self.toldCounter(urging.subject)
            // A day that is over needs no memory.
            var counter = (counters[name] ?? .empty).since(today)
            for day in urging.days { counter.add(CounterMark(day: day, wanted: 1)) }
            counters[name] = counter
            changes.counters.insert(name)
        case .offer:
            counters[Self.tenure(urging.subject)] = Counter(marks: [CounterMark(day: today, wanted: 1)])
            changes.counters.insert(Self.tenure(urging.subject))
        case .wish:
            let name = Self.wish(urging.subject)
            counters[name]?.granted = 2
            counters[name]?.refused += 1
            changes.counters.insert(name)
        case .challenge, .streak:
            let name = PressureCounters.urged(urging.subject)
            note(CounterMark(day: Int32(clamping: urging.key), wanted: 1), name, today, &changes)
        case .nudge:
            note(CounterMark(day: today, wanted: 1), PressureCounters.urged(urging.subject), today, &changes)
        }
        tell(urging, today, context, into: &changes)
    }

    private mutating func tell(
        _ urging: Urging, _ today: Int32, _ context: DecisionContext, into changes: inout Changes
    ) {
        let effect = notice(urging, .notice, amount: urging.amount, id: urging.id, today, context)
        changes.effects.append(effect)
        if let webhook = urging.webhook { changes.webhooks.append((webhook, effect)) }
    }

    /// Keeps, once, that something was not said and why.
    private mutating func withhold(
        _ urging: Urging, _ reason: PressureBudget.Reason, _ today: Int32, _ context: DecisionContext,
        into changes: inout Changes
    ) {
        guard !isWithheld(urging) else { return }
        note(
            CounterMark(day: today, slot: urging.kind.slot, wanted: Self.name(of: urging)), PressureCounters.withheld,
            today, &changes)
        var effect = notice(
            urging, .withheld, amount: 0, id: EffectID.derived(from: urging.id, step: "withheld"), today, context)
        effect.refusal = .pressure(reason)
        changes.effects.append(effect)
    }

    private func isWithheld(_ urging: Urging) -> Bool {
        let name = Self.name(of: urging)
        return counters[PressureCounters.withheld]?.marks.contains {
            $0.slot == urging.kind.slot && $0.wanted == name
        } ?? false
    }

    /// What tells one urging from others in a mark.
    private static func name(of urging: Urging) -> Int64 {
        // The tier is known only once it is confirmed that it ends.
        EffectID.unkeyedReference((urging.kind == .tier ? "" : urging.subject) + "/" + String(urging.key))
    }

    private mutating func note(_ mark: CounterMark, _ name: String, _ today: Int32, _ changes: inout Changes) {
        var counter = (counters[name] ?? .empty).since(today - PressureCounters.memory)
        counter.add(mark)
        counters[name] = counter
        changes.counters.insert(name)
    }

    private func notice(
        _ urging: Urging, _ kind: AppliedEffect.Kind, amount: Int64, id: ID128, _ today: Int32,
        _ context: DecisionContext
    ) -> AppliedEffect {
        AppliedEffect(
            id: id, kind: kind, source: urging.source, version: context.programme.version, subject: urging.code,
            amount: amount, wanted: urging.wanted, at: stamp(context.now, day: today, context), day: today,
            proof: urging.facts.isEmpty ? [] : JSONValue.object(urging.facts).bytes())
    }
}

extension MemberCalendar {
    /// The hours of a local day in which a member may be urged: those between two quiet times, the longer ones if a day
    /// begins between them.
    public func hours(of day: Int32, without quiet: QuietHours?) -> Range<Instant> {
        let (start, end) = (start(of: day), start(of: day + 1))
        guard let quiet, start < end else { return start..<max(start, end) }
        func span(_ first: Instant) -> Range<Instant> {
            var last = clock(quiet.from, from: day)
            if last <= first { last = clock(quiet.from, from: day + 1) }
            return first..<max(first, min(last, end))
        }
        let morning = span(min(end, clock(quiet.until, from: day)))
        guard !quiet.contains(dayStartMinutes) else { return morning }
        let early = span(start)
        return early.upperBound - early.lowerBound > morning.upperBound - morning.lowerBound ? early : morning
    }
}
