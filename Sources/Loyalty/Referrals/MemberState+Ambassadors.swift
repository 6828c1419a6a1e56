import Primitives

/// Members who bring others, in the standings that the programme gives them. What was reached stays.
extension MemberState {
    /// The highest standing that was reached.
    public func ambassador(in referral: Referral) -> Referral.Ambassador? {
        referral.ambassadors.last { ambassadorSince($0.id) != nil }
    }

    /// The day on which a standing was reached; `nil` if it was not.
    public func ambassadorSince(_ standing: String) -> Int32? {
        counters[ReferralCounters.ambassador(standing)]?.marks.first?.day
    }

    /// Standings to which the member is invited, and has not answered.
    public func ambassadorInvitations(in referral: Referral) -> [Referral.Ambassador] {
        referral.ambassadors.filter {
            ambassadorSince($0.id) == nil && !(counters[ReferralCounters.invited($0.id)]?.marks.isEmpty ?? true)
        }
    }

    /// Gives the standings to which friends or a condition lead now.
    ///
    /// - Returns: whether there was one.
    mutating func reachStandings(
        _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) -> Bool {
        guard let referral = context.programme.programme.referral else { return false }
        var isNew = false
        for standing in referral.ambassadors where ambassadorSince(standing.id) == nil {
            let isReached =
                standing.at.map { friends >= $0 } ?? false
                || context.programme.standings[standing.id]?.contains(self, in: context.programme, context) ?? false
            guard isReached else { continue }
            try reach(standing, referral, context, budgets: &budgets, into: &changes)
            isNew = true
        }
        return isNew
    }

    private mutating func reach(
        _ standing: Referral.Ambassador, _ referral: Referral, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        let day = context.calendar.day(of: context.now)
        let name = ReferralCounters.ambassador(standing.id)
        counters[name] = Counter(marks: [CounterMark(day: day, wanted: 1)])
        changes.counters.insert(name)
        forgetInvitation(to: standing.id, into: &changes)
        let before = changes.effects.count
        try reward(
            standing.effects, referral, cause: EffectID.derived(from: id.value, step: name), day: day, context,
            budgets: &budgets, into: &changes)
        // What the budget did not give is not taken back either, should this record be joined with another.
        var refused: Int64 = 0
        for effect in changes.effects[before...] where effect.source == referral.id {
            if case .budget(_)? = effect.refusal { refused += effect.wanted - effect.amount }
        }
        if refused > 0 { counters[name]?.refused = refused }
        tell("referral-ambassador", referral, of: standing.id, day: day, context, into: &changes)
    }

    private mutating func forgetInvitation(to standing: String, into changes: inout Changes) {
        let name = ReferralCounters.invited(standing)
        guard let counter = counters[name], !counter.marks.isEmpty else { return }
        // How often it was invited stays: each invitation is told.
        counters[name] = Counter(granted: counter.granted)
        changes.counters.insert(name)
    }

    /// Staff invite the member to a standing, or take the invitation back. Doing it again changes nothing.
    public mutating func invite(
        to id: String, withdraws: Bool, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard let referral = context.programme.programme.referral,
            let standing = referral.ambassadors.first(where: { $0.id == id }), standing.isInvited
        else { throw .referral(.unknownStanding) }
        if withdraws { return forgetInvitation(to: id, into: &changes) }
        guard ambassadorSince(id) == nil else { throw .referral(.isAmbassador) }
        let day = context.calendar.day(of: context.now)
        let name = ReferralCounters.invited(id)
        let before = counters[name] ?? .empty
        guard before.marks.isEmpty else { return }
        let number = before.granted + 1
        counters[name] = Counter(marks: [CounterMark(day: day, wanted: 1)], granted: number)
        changes.counters.insert(name)
        tell("referral-invited", referral, of: id, number: number, day: day, context, into: &changes)
    }

    /// The member says yes or no to an invitation.
    public mutating func answerInvitation(
        to id: String, accepts: Bool, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(CommandProblem) {
        guard let referral = context.programme.programme.referral,
            let standing = ambassadorInvitations(in: referral).first(where: { $0.id == id })
        else { throw .referral(.notInvited) }
        guard accepts else { return forgetInvitation(to: id, into: &changes) }
        do throws(LedgerProblem) {
            try reach(standing, referral, context, budgets: &budgets, into: &changes)
        } catch {
            throw .ledger(error)
        }
    }

    /// What both records got for the same standing counts once.
    mutating func mergeStanding(
        _ name: String, mine: Counter, theirs: Counter, merged: inout Counter, other: MemberState,
        _ context: DecisionContext, at: Instant, day: Int32, into changes: inout Changes
    ) throws(LedgerProblem) {
        let days = (mine.marks + theirs.marks).map(\.day)
        let isTwice = !mine.marks.isEmpty && !theirs.marks.isEmpty
        merged = Counter(
            marks: days.min().map { [CounterMark(day: $0, wanted: 1)] } ?? [], granted: mine.granted + theirs.granted,
            refused: isTwice ? min(mine.refused, theirs.refused) : mine.refused + theirs.refused)
        let id = String(name.dropFirst(ReferralCounters.ambassadorPrefix.count))
        guard name.hasPrefix(ReferralCounters.ambassadorPrefix), isTwice,
            let referral = context.programme.programme.referral,
            let standing = referral.ambassadors.first(where: { $0.id == id })
        else { return }
        // The record that got more keeps it: what the other got comes back, and that was less by what a budget refused.
        var refused = max(mine.refused, theirs.refused)
        for (index, effect) in standing.effects.enumerated() {
            guard case .award(let text, let unit) = effect, let wanted = Int64(text), wanted > 0 else { continue }
            let less = min(wanted, refused)
            refused -= less
            guard wanted > less else { continue }
            _ = try takeBack(
                wanted - less, unit: unit, source: referral.id, name: "\(name)/\(index)", cause: other.id.value,
                earned: day, context, at: at, day: day, into: &changes)
        }
    }
}
