extension MemberState {
    /// Counts an opening of a metered gate: the member's day, and nothing of what was opened.
    ///
    /// Where something else opens the gate, nothing is counted.
    ///
    /// - Returns: `false`, and nothing is counted, if the gate stays closed.
    public mutating func open(_ gate: Gate, _ context: DecisionContext, into changes: inout Changes) -> Bool {
        let decision = EntitlementCheck.decide(
            gate, GateFacts(self, programme: context.programme, calendar: context.calendar, now: context.now))
        guard decision.isMetered else { return decision.isOpen }
        let name = GateFacts.counter(of: gate.id)
        var counter = counters[name] ?? .empty
        counter.add(CounterMark(day: context.calendar.day(of: context.now), wanted: 1))
        counters[name] = counter
        changes.counters.insert(name)
        return true
    }
}
