public import Primitives

extension MemberState {
    /// Carries out what a job does to this member.
    ///
    /// - Parameter id: derived from job and member.
    /// - Returns: whether anything changed.
    public mutating func perform(
        _ action: BulkAction, id: ID128, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(CommandProblem) -> Bool {
        let before = changes.effects.count
        switch action {
        case .grant(let unit, let amount):
            try adjust(unit: unit, by: amount, id: id, reason: "job", context, into: &changes)
        case .activate(let unit): try endLots(of: unit, activates: true, id: id, context, into: &changes)
        case .expire(let unit): try endLots(of: unit, activates: false, id: id, context, into: &changes)
        case .revokeBadge(let badge):
            guard badges.removeValue(forKey: badge) != nil else { return false }
            changes.badges.insert(badge)
            note("badge-revoked", of: badge, 0, id: id, context, into: &changes)
        case .trait(let name, let value):
            guard traits[name] != (value == .null ? nil : value) else { return false }
            forgetSettings(of: name)
            traits[name] = value == .null ? nil : value
            changes.profileChanged = true
            note("trait-set", of: name, 0, id: id, context, into: &changes)
        case .correct(let correction): try correct(correction, context, budgets: &budgets, into: &changes)
        case .correctAchievement(let correction):
            try correct(correction, context, budgets: &budgets, into: &changes)
        }
        return changes.effects.count > before
    }

    private mutating func endLots(
        of unit: String, activates: Bool, id: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        let day = context.calendar.day(of: context.now)
        let amount: Int64
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            let at = stamp(context.now, day: day, context)
            amount =
                activates
                ? try wallet.activateAll(unit, at: at, into: &changes.journal)
                : try wallet.expireAll(unit, at: at, into: &changes.journal)
        } catch {
            throw .ledger(error)
        }
        guard amount > 0 else { return }
        if activates {
            note("activated", of: unit, amount, id: id, context, into: &changes)
        } else {
            explain(.adjustment, -amount, of: unit, id: id, source: "staff", day: day, context, into: &changes)
        }
    }

    /// Tells the member; `subject` says what happened, `source` to what.
    private mutating func note(
        _ code: String, of source: String, _ amount: Int64, id: ID128, _ context: DecisionContext,
        into changes: inout Changes
    ) {
        let day = context.calendar.day(of: context.now)
        changes.effects.append(
            AppliedEffect(
                id: id, kind: .notice, source: source, version: context.programme.version, subject: code,
                amount: amount, wanted: amount, at: stamp(context.now, day: day, context), day: day))
    }
}

extension Wallet {
    /// Makes all pending lots of a unit spendable. The transfers are those that the calendar would have made later.
    ///
    /// - Returns: how much.
    mutating func activateAll(
        _ unit: String, at: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Int64 {
        var total: Int64 = 0
        for index in lots.indices
        where lots[index].unit == unit && lots[index].activeAt != nil && !lots[index].isInReview {
            let lot = lots[index]
            guard lot.remaining > 0 else { continue }
            try post(
                Transfer(
                    id: EffectID.derived(from: lot.id, step: "activate"), kind: .activate, unit: unit,
                    amount: lot.remaining, at: at, source: "staff", refers: lot.id),
                from: .pending, to: .active, into: &journal)
            lots[index].activeAt = nil
            journal.lots[lot.id] = lots[index]
            total += lot.remaining
        }
        return total
    }

    /// Lets all that can be spent of a unit expire; what is set aside or pending stays.
    ///
    /// - Returns: how much.
    mutating func expireAll(
        _ unit: String, at: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Int64 {
        var total: Int64 = 0
        for index in lots.indices where lots[index].unit == unit && lots[index].activeAt == nil {
            let lot = lots[index]
            guard lot.remaining > 0 else { continue }
            let id = EffectID.derived(
                from: lot.id, step: "expire", occurrence: transfers(of: unit, .expired) + 1)
            try post(
                Transfer(
                    id: id, kind: .expire, unit: unit, amount: lot.remaining, at: at, source: "staff", refers: lot.id),
                from: .active, to: .expired, into: &journal)
            change(lotAt: index, by: -lot.remaining, for: id, into: &journal)
            total += lot.remaining
        }
        lots.removeAll { !$0.isOpen }
        return total
    }

    /// How many transfers have touched one account.
    private func transfers(of unit: String, _ kind: AccountKind) -> Int64 {
        accounts.first { $0.kind == kind && $0.unit == unit }?.version ?? 0
    }
}
