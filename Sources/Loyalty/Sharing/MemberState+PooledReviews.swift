import Primitives

/// Points that went to a shared wallet as they were earned, when a case of their day is opened or ends.
extension MemberState {
    /// What names an earner in a shared wallet, before it is hashed.
    private static func earner(_ member: MemberID) -> String { "pooled\n" + member.description }

    /// The name of the counter of the hashes under which shared wallets know this person: one per record that turned out to
    /// be theirs.
    private static let earnerCounter = "pooled/earner"

    /// The hash under which a wallet knows this earner, remembered.
    mutating func earnerHash(_ context: DecisionContext, into changes: inout Changes) -> Int64 {
        let hash = context.reference(Self.earner(id))
        let mark = CounterMark(day: 0, wanted: hash)
        if !(counters[Self.earnerCounter]?.marks.contains(mark) ?? false) {
            counters[Self.earnerCounter, default: .empty].add(mark)
            changes.counters.insert(Self.earnerCounter)
        }
        return hash
    }

    /// Takes out of a wallet what a case of its day sets aside: it waits with its earner, like everything else of that day.
    /// What others have spent of it is gone, as what its earner has spent.
    public mutating func holdPooled(
        in other: inout MemberState, _ context: DecisionContext, _ otherContext: DecisionContext,
        budgets: inout BudgetBook, changes: inout Changes, walletChanges: inout Changes
    ) throws(LedgerProblem) {
        let earners = Set(counters[Self.earnerCounter]?.marks.map(\.wanted) ?? [])
        var days: Set<Int32> = []
        for lot in other.wallet.lots {
            guard let terms = lot.terms, let watch = terms.watch, let pooled = watch.pooled,
                earners.contains(pooled.earner)
            else { continue }
            let verdict = reviewVerdict(watch.by, day: terms.earned, context)
            guard verdict.isRefused || verdict.heldUntil != nil else { continue }
            try recall(
                lot, to: pooled.lot, granted: lot.granted, from: &other, context, otherContext, changes: &changes,
                walletChanges: &walletChanges)
            days.insert(terms.earned)
        }
        for day in days.sorted() {
            try applyReviews(on: day, context, budgets: &budgets, into: &changes)
            for check in context.programme.allReviews { noteHeld(by: [check], day: day, context, into: &changes) }
        }
    }

    /// The lots that were kept back for a review, or called back for a correction, and go to the shared wallet now.
    public var lotsToPool: [Lot] {
        wallet.lots.filter { lot in
            (lot.terms?.watch?.goesToPool ?? false) && !lot.isInReview && lot.remaining > 0
                && lot.terms?.awaits == nil
        }
    }

    /// Sends a lot on that was kept back.
    public mutating func poolAgain(
        _ lot: Lot, into other: inout MemberState, _ context: DecisionContext, _ otherContext: DecisionContext,
        changes: inout Changes, walletChanges: inout Changes
    ) throws(LedgerProblem) {
        let day = context.calendar.day(of: context.now)
        let id = EffectID.derived(
            from: lot.id, step: "pool", occurrence: wallet.version(lot.unit, .transferred) + 1)
        try pool(
            lot.id, lot.unit, id: id, at: stamp(context.now, day: day, context), into: &other, context, otherContext,
            changes: &changes, walletChanges: &walletChanges)
    }
}

extension LotTerms {
    /// The terms of a lot in a shared wallet: it awaits nothing, and remembers who looks at it.
    func pooled(_ watch: LotWatch, lot: ID128, earner: Int64) -> LotTerms {
        var watch = watch
        watch.goesToPool = false
        watch.pooled = LotWatch.Pooled(lot: lot, earner: earner)
        return watched(watch, review: nil)
    }

    /// What a lot keeps on its way into a shared wallet and out of it.
    var onTheWay: LotTerms? {
        guard watch != nil || inactive != nil else { return nil }
        return LotTerms(
            earned: earned, inactive: inactive, resetBy: resetBy, graceMilliseconds: graceMilliseconds, watch: watch)
    }
}
