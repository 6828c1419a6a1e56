public import Primitives

/// What is taken back of what was given, and what is owed where there is not enough.
extension Wallet {
    /// Takes back an award: from its own lot first, then as far as the policy goes.
    ///
    /// - Parameter alike: pending lots that stand in for its own, because the same limits gave them.
    /// - Parameter policy: ``ReversalPolicy/negative`` takes what is missing as a debt.
    /// - Returns: what was really taken back, debt included.
    public mutating func reverse(
        _ transfer: Transfer, lot: ID128, alike: (Lot) -> Bool = { _ in false },
        policy: ReversalPolicy = .withinBalance,
        at now: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Int64 {
        guard transfer.amount > 0 else { throw .notPositive(transfer.amount) }
        var rest = transfer
        func taken(_ amount: Int64, _ step: String) {
            rest.amount -= amount
            rest.id = EffectID.derived(from: transfer.id, step: step)
        }
        let waiting = lots.indices
            .filter { lots[$0].activeAt != nil && lots[$0].remaining > 0 && lots[$0].unit == transfer.unit }
            .filter { lots[$0].id == lot || alike(lots[$0]) }
            .sorted { lots[$0].id == lot || (lots[$1].id != lot && lots[$0].id < lots[$1].id) }
        for (number, index) in waiting.enumerated() where rest.amount > 0 {
            var part = rest
            part.amount = min(rest.amount, lots[index].remaining)
            try post(part, from: .pending, to: .issued, into: &journal)
            change(lotAt: index, by: -part.amount, for: part.id, into: &journal)
            taken(part.amount, "beyond-pending-\(number)")
        }
        lots.removeAll { !$0.isOpen }
        guard policy != .pendingOnly, rest.amount > 0 else { return transfer.amount - rest.amount }
        let available = lots.reduce(Int64(0)) { sum, candidate in
            guard candidate.unit == transfer.unit, candidate.activeAt == nil else { return sum }
            if candidate.id != lot, let expiresAt = candidate.expiresAt, expiresAt <= now { return sum }
            return sum + candidate.remaining
        }
        var part = rest
        part.amount = min(rest.amount, available)
        if part.amount > 0 {
            try take(part, to: .issued, preferring: lot, at: now, into: &journal)
            taken(part.amount, "owed")
        }
        guard policy == .negative, rest.amount > 0 else { return transfer.amount - rest.amount }
        try post(rest, from: .debt, to: .issued, into: &journal)
        return transfer.amount
    }

    /// Takes back what was earned on one day: from lots that become spendable and expire when that day's do, pending ones
    /// too, then from what else is active; never below zero.
    ///
    /// - Parameter transferID: the identifier of the n-th transfer; a lot that is pending needs one of its own.
    /// - Returns: what was really taken back.
    public mutating func takeBack(
        _ transfer: Transfer, activeAt: Instant?, expiresAt: Instant?, transferID: (Int) -> ID128, at now: Instant,
        into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Int64 {
        var open = transfer.amount
        var count = 0
        func isAlike(_ lot: Lot) -> Bool {
            lot.unit == transfer.unit && lot.ownActiveAt == activeAt && lot.expiresAt == expiresAt && lot.remaining > 0
        }
        while open > 0 {
            let alike = lots.filter(isAlike).min { $0.id < $1.id }
            var part = transfer
            part.id = transferID(count)
            part.amount = min(open, alike?.remaining ?? open)
            let taken = try reverse(part, lot: alike?.id ?? part.id, at: now, into: &journal)
            guard taken > 0 else { break }
            open -= taken
            count += 1
            if alike == nil { break }
        }
        return transfer.amount - open
    }

    /// What is owed of a unit; 0 for most.
    public func owed(_ unit: String) -> Int64 { -balance(unit, .debt) }

    /// Pays as much of a debt as there is to spend.
    ///
    /// - Returns: how much that was.
    @discardableResult
    public mutating func payDebt(
        _ unit: String, at: Instant, now: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Int64 {
        let owed = owed(unit)
        guard owed > 0 else { return 0 }
        let available = lots.reduce(Int64(0)) { sum, lot in
            guard lot.unit == unit, lot.activeAt == nil, lot.expiresAt.map({ $0 > now }) ?? true else { return sum }
            return sum + lot.remaining
        }
        let amount = min(owed, available)
        guard amount > 0, let first = lots.first(where: { $0.unit == unit }) else { return 0 }
        let id = EffectID.derived(from: first.id, step: "pay-debt", occurrence: version(unit, .debt) + 1)
        try take(
            Transfer(id: id, kind: .payDebt, unit: unit, amount: amount, at: at), to: .debt, at: now, into: &journal)
        return amount
    }

    /// Moves what is owed to the record that takes this one over, or takes it over there.
    public mutating func moveDebt(
        _ transfer: Transfer, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        let leaves = transfer.kind == .mergeOut
        try post(transfer, from: leaves ? .merged : .debt, to: leaves ? .debt : .merged, into: &journal)
    }
}
