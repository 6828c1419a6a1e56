import Primitives

/// What an award counts once an event is taken out of its counter, and what that leaves to post.
extension MemberState {
    /// Takes a mark out; one of another slot of that day if the member has moved since, one of another size if a
    /// correction has put today's amount on that day.
    mutating func remove(_ mark: CounterMark, of rule: CompiledRule, _ award: CompiledAward) -> Bool {
        let name = award.counter
        guard let counter = counters[name] else { return false }
        if counters[name]?.remove(mark) ?? false { return true }
        let sameDay = counter.marks.filter { $0.day == mark.day }
        var alike = sameDay.last { $0.wanted == mark.wanted }
        if alike == nil, correctedVersion(of: rule.rule.id, on: mark.day) != nil {
            alike = sameDay.last { $0.wanted == award.fixed } ?? sameDay.last
        }
        guard let alike else { return false }
        return counters[name]?.remove(CounterMark(day: alike.day, slot: alike.slot, wanted: alike.wanted)) ?? false
    }

    /// The version whose terms a correction has put on a day; `nil` without one.
    public func correctedVersion(of rule: String, on day: Int32) -> Int64? {
        counters[RuleCorrection.counter(of: rule)]?.marks.filter { $0.day <= day }.map(\.wanted).max()
    }

    /// By how much the days that compete with an event's own are worth more or less than before, less what could not be
    /// taken back earlier: that is tried again.
    ///
    /// Other days stay as they were decided, whatever limits hold now.
    ///
    /// - Parameters:
    ///   - kept: the counter before the change.
    ///   - days: of the event as it was sent, and as it should have been.
    ///   - limits: those of then, where they are others now.
    func difference(
        of rule: CompiledRule, _ award: CompiledAward, from kept: Counter, days: [Int32], limits: [Limit]?,
        _ context: DecisionContext
    ) -> Int64 {
        let limits = limits ?? rule.rule.limits
        let calendar = context.calendar.periods
        let scopes = days.map { Allocation.scope(of: limits, containing: $0, calendar: calendar) }
        func total(_ counter: Counter) -> Int64 {
            Allocation.compute(
                marks: counter.marks.filter { mark in scopes.contains { $0.contains(mark.day) } }, limits: limits,
                oncePerSlot: rule.slotSeconds > 0, calendar: calendar
            ).total
        }
        return total(counters[award.counter] ?? .empty) - total(kept) - short(of: award.counter)
    }

    /// The name of the counter of what was to be taken back of an award and was not there any more.
    private static func shortfall(_ counter: String) -> String { "short/" + counter }

    private func short(of counter: String) -> Int64 { counters[Self.shortfall(counter)]?.granted ?? 0 }

    /// Remembers what could not be taken back; what was remembered before was in the amount that was tried.
    mutating func noteShort(_ amount: Int64, of counter: String, into changes: inout Changes) {
        guard amount != short(of: counter) else { return }
        let name = Self.shortfall(counter)
        counters[name] = Counter(granted: amount)
        changes.counters.insert(name)
    }

    /// What a budget had refused of an event that did not happen like that was never given, so it is not taken back.
    ///
    /// - Parameter stored: what is stored of it; `nil` for a refusal that was not the first of its day.
    /// - Returns: how much of `amount` that is.
    mutating func giveUpUnfunded(
        _ amount: Int64, of counter: String, on day: Int32, _ stored: AppliedEffect?, into changes: inout Changes
    ) -> Int64 {
        var most = amount
        if let stored {
            guard case .budget? = stored.refusal else { return 0 }
            most = min(most, stored.wanted - stored.amount)
        }
        return giveUp(most, from: Self.unfunded(counter), of: counter, on: day, into: &changes)
    }

    /// The name of the counter of what reviews took back of an award, by the day on which it was earned.
    private static func withheld(_ counter: String) -> String { "withheld/" + counter }

    mutating func noteWithheld(_ amount: Int64, of counter: String, on day: Int32, into changes: inout Changes) {
        let name = Self.withheld(counter)
        counters[name, default: .empty].add(CounterMark(day: day, wanted: amount))
        changes.counters.insert(name)
    }

    /// What a review took back already of an event that did not happen like that is not taken back again.
    ///
    /// - Parameter stored: what is stored of it.
    /// - Returns: how much of `amount` that is.
    mutating func giveUpWithheld(
        _ amount: Int64, of counter: String, on day: Int32, _ stored: AppliedEffect?, into changes: inout Changes
    ) -> Int64 {
        let most = stored.map { min(amount, $0.amount) } ?? amount
        return giveUp(most, from: Self.withheld(counter), of: counter, on: day, into: &changes)
    }

    /// Takes up to an amount out of the marks of a day, and out of what the counter knows as refused.
    private mutating func giveUp(
        _ most: Int64, from name: String, of counter: String, on day: Int32, into changes: inout Changes
    ) -> Int64 {
        var left = most
        for mark in counters[name]?.marks.filter({ $0.day == day }) ?? [] {
            let taken = min(left, mark.wanted * mark.count)
            guard taken > 0 else { break }
            var rest = mark.wanted * mark.count - taken
            _ = counters[name]?.remove(mark)
            // What is left of marks of one size: those that stay whole, and what is over.
            if rest >= mark.wanted {
                counters[name]?.add(CounterMark(day: day, wanted: mark.wanted, count: rest / mark.wanted))
                rest %= mark.wanted
            }
            if rest > 0 { counters[name]?.add(CounterMark(day: day, wanted: rest)) }
            left -= taken
        }
        guard left < most else { return 0 }
        counters[counter]?.refused -= most - left
        changes.counters.formUnion([name, counter])
        return most - left
    }
}
