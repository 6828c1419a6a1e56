import Primitives

extension Wallet {
    /// Sets a lot aside until a review has ended.
    mutating func suspend(
        lot id: ID128, until end: Instant, at: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        guard let index = lots.firstIndex(where: { $0.id == id }), let terms = lots[index].terms else { return }
        let lot = lots[index]
        if lot.activeAt == nil, lot.remaining > 0 {
            try post(
                Transfer(
                    id: EffectID.derived(
                        from: lot.id, step: "suspend", occurrence: version(lot.unit, .pending) + 1),
                    kind: .suspend, unit: lot.unit, amount: lot.remaining, at: at, refers: lot.id),
                from: .active, to: .pending, into: &journal)
        }
        lots[index].terms = terms.watched(terms.watch, review: terms.review ?? LotReview(ownActiveAt: lot.activeAt))
        lots[index].activeAt = end
        journal.lots[lot.id] = lots[index]
    }

    /// Gives a lot back to its own terms.
    ///
    /// - Parameter expiresAt: when it expires from now on.
    mutating func resume(
        lot id: ID128, expiresAt: Instant?, at: Instant, now: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        guard let index = lots.firstIndex(where: { $0.id == id }), let terms = lots[index].terms,
            let review = terms.review
        else { return }
        let lot = lots[index]
        let waits = review.ownActiveAt.map { $0 > now || terms.awaits?.otherwise == .cancel } ?? false
        if !waits, lot.remaining > 0 {
            try post(
                Transfer(
                    id: EffectID.derived(from: lot.id, step: "resume", occurrence: version(lot.unit, .pending) + 1),
                    kind: .activate, unit: lot.unit, amount: lot.remaining, at: at, refers: lot.id),
                from: .pending, to: .active, into: &journal)
        }
        lots[index].terms = terms.watched(terms.watch, review: nil)
        lots[index].expiresAt = expiresAt
        lots[index].activeAt = waits ? review.ownActiveAt : nil
        journal.lots[lot.id] = lots[index]
    }
}
