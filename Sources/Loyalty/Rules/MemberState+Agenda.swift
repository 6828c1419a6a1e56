public import Primitives

/// What the calendar does to a member: lots, holds and every slice that has something to do at a time of its own.
///
/// The earliest of all agendas is kept beside the member (`member_due`), so that the keeper finds whoever has something
/// due; ``settle(_:into:)`` carries it out whenever the member is decided on, so that no decision depends on whether the
/// keeper came by.
extension MemberState {
    /// When the calendar has something to do for this member next; `nil` for never.
    public func nextDue(_ context: DecisionContext) -> Instant? {
        agendas(context).reduce(nil) { earliest, due in
            guard let due else { return earliest }
            return earliest.map { min($0, due) } ?? due
        }
    }

    /// When each slice has something to do. Pure functions of the state; what is past is due now.
    private func agendas(_ context: DecisionContext) -> [Instant?] {
        [
            wallet.nextDue, nextUrging(context), nextStreakEnd(context), nextTierMove(context),
            nextReviewEnd(context), nextQuizEnd(context), nextAnniversary(context),
        ]
    }

    /// Carries out what the calendar says, slice by slice.
    public mutating func settle(
        _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard context.settles else { return }
        if streakDue == nil { streakDue = .some(nextStreakEnd(context)) }
        if tierDue == nil { tierDue = .some(nextTierMove(context)) }
        guard let due = nextDue(context), due <= context.now else { return }
        try settleReviews(context, into: &changes)
        try settleWallet(context, into: &changes)
        settleStreaks(context, into: &changes)
        settleTiers(context, into: &changes)
        settleUrging(context, into: &changes)
        try settleAnniversaries(context, into: &changes)
    }

    private mutating func settleWallet(
        _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let due = wallet.nextDue, due <= context.now else { return }
        let calendar = context.calendar
        let exact = profile.level == .personal
        let before = changes.journal.transfers.count
        try wallet.settle(
            at: context.now, stamp: { exact ? $0 : calendar.start(of: calendar.day(of: $0)) },
            into: &changes.journal)
        tellActivated(changes.journal.transfers[before...], context, into: &changes)
        for unit in Set(wallet.accounts.filter { $0.kind == .debt }.map(\.unit)).sorted() {
            try payDebt(unit, context, into: &changes)
        }
        for hold in changes.journal.holds.values where hold.state == .expired { expire(hold, context, into: &changes) }
        explainReturnedGifts(context, into: &changes)
    }
}
