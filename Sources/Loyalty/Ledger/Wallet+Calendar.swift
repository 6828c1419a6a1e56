public import Primitives

/// What time does to a wallet.
extension Wallet {
    /// Carries out what the calendar says at `now`: activates pending lots, ends expired holds, expires lots.
    ///
    /// Identifiers are derived from the lot or hold, so carrying it out twice, or later, gives the same transfers.
    ///
    /// - Parameter stamp: maps the due instant to the instant that may be stored for this member.
    public mutating func settle(
        at now: Instant, stamp: (Instant) -> Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        guard let due = nextDue, due <= now else { return }
        // In order of their due time, so that a lot that was activated and expired meanwhile does both.
        for hold in holds where hold.expiresAt <= now {
            _ = try cancel(
                hold: hold.id, as: .expired, transferID: EffectID.derived(from: hold.id, step: "hold-expired"),
                sourceVersion: 0, at: stamp(hold.expiresAt), into: &journal)
        }
        for index in lots.indices {
            guard let activeAt = lots[index].activeAt, let due = lots[index].activationDue, due <= now,
                lots[index].remaining > 0, !lots[index].isInReview
            else { continue }
            if lots[index].lapses {
                try expire(lotAt: index, at: stamp(activeAt), into: &journal)
            } else {
                try activate(lotAt: index, at: stamp(activeAt), into: &journal)
            }
        }
        for index in lots.indices {
            guard let expiresAt = lots[index].expiresAt, let due = lots[index].expiryDue, due <= now,
                lots[index].remaining > 0
            else { continue }
            try expire(lotAt: index, at: stamp(expiresAt), into: &journal)
        }
        lots.removeAll { !$0.isOpen }
    }

    /// Makes a pending lot spendable before its time: the event that it waited for has come.
    public mutating func activate(
        lot id: ID128, at: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        guard let index = lots.firstIndex(where: { $0.id == id }), lots[index].activeAt != nil,
            lots[index].remaining > 0, !lots[index].isInReview
        else { return }
        try activate(lotAt: index, at: at, into: &journal)
    }

    private mutating func activate(
        lotAt index: Int, at: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        let lot = lots[index]
        try post(
            Transfer(
                id: EffectID.derived(from: lot.id, step: "activate"), kind: .activate, unit: lot.unit,
                amount: lot.remaining, at: at, refers: lot.id),
            from: .pending, to: .active, into: &journal)
        lots[index].activeAt = nil
        journal.lots[lot.id] = lots[index]
    }

    private mutating func expire(
        lotAt index: Int, at: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        let lot = lots[index]
        // A cancelled hold can refill a lot that expired before: the rest expires under the next number.
        let transferID = EffectID.derived(
            from: lot.id, step: "expire", occurrence: version(lot.unit, .expired) + 1)
        try post(
            Transfer(
                id: transferID, kind: .expire, unit: lot.unit, amount: lot.remaining, at: at, refers: lot.id),
            from: lot.activeAt == nil ? .active : .pending, to: .expired, into: &journal)
        change(lotAt: index, by: -lot.remaining, for: transferID, into: &journal)
    }

    /// Changes when open lots become spendable and expire. Nothing moves between accounts.
    ///
    /// - Parameter dates: when that is from now on; what is spendable already stays so.
    public mutating func reschedule(
        _ dates: (Lot) -> (activeAt: Instant?, expiresAt: Instant?), into journal: inout LedgerJournal
    ) {
        for index in lots.indices {
            let dates = dates(lots[index])
            var lot = lots[index]
            if lot.activeAt != nil { lot.activeAt = dates.activeAt ?? lot.activeAt }
            lot.expiresAt = dates.expiresAt
            guard lot != lots[index] else { continue }
            lots[index] = lot
            journal.lots[lot.id] = lot
        }
    }
}
