public import Loyalty
public import Primitives

/// An event that was sent wrongly: as it was sent, and as it should have been.
public struct Amendment: Sendable {
    public var original: IncomingEvent
    public var claim: ID128
    /// The same event with its right time and fields; `nil` if it did not happen.
    public var corrected: IncomingEvent?

    public init(original: IncomingEvent, claim: ID128, corrected: IncomingEvent?) {
        self.original = original
        self.claim = claim
        self.corrected = corrected
    }
}

extension Pipeline {
    /// Amends an event that was taken, once. Its claim says that it was taken; the amendment has a claim of its own.
    func amend(
        _ amendment: Amendment, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        let programme = compiled.id
        guard work.claimed.contains(amendment.claim) else { throw CommandProblem.unknownEvent }
        let own = MemberState.amendment(of: amendment.claim)
        guard !work.claimed.contains(own) else { throw CommandProblem.alreadyAmended }
        let reader = EventReader(compiled) { [catalogue] id in catalogue.item(id, in: programme) }
        func read(_ incoming: IncomingEvent) throws(CommandProblem) -> Event {
            do throws(EventProblem) {
                return try reader.read(incoming, claim: amendment.claim, now: context.now, acceptsLate: true)
            } catch {
                throw .event(error)
            }
        }
        let original = try read(amendment.original)
        let corrected = try amendment.corrected.map { incoming throws(CommandProblem) in try read(incoming) }
        let (kept, effects) = (state, changes)
        let budgets = self.budgets[programme]
        let stored = work.stored[own] ?? StoredAwards()
        let wallets = state.memberships.keys.filter { work.states[$0] != nil }.sorted()
        let before = wallets.map { ($0, work.states[$0], work.changes[$0]) }
        do {
            changes.short = [:]
            try state.amend(
                original, to: corrected, stored: stored, context,
                budgets: &self.budgets[programme, default: BudgetBook()], into: &changes)
            // What the event gave may lie in a shared wallet: then it is called back first, the lots themselves before any
            // other points, and the amendment is decided again.
            let awards = stored.transfers.values.sorted { $0.id < $1.id }.filter { award in
                changes.short[award.unit] != nil
                    || changes.journal.transfers[effects.journal.transfers.count...].contains {
                        $0.kind == .reverse && $0.refers == award.id
                    }
            }
            if !wallets.isEmpty, !awards.isEmpty || !changes.short.isEmpty {
                (state, changes) = (kept, effects)
                self.budgets[programme] = budgets
                for award in awards { try recall(award, context.now, compiled, context, &state, &changes, &work) }
                let recalled = (state, changes)
                changes.short = [:]
                try state.amend(
                    original, to: corrected, stored: stored, context,
                    budgets: &self.budgets[programme, default: BudgetBook()], into: &changes)
                if !changes.short.isEmpty {
                    let short = changes.short
                    (state, changes) = recalled
                    self.budgets[programme] = budgets
                    try callBack(short, from: wallets, cause: own, compiled, context, &state, &changes, &work)
                    try state.amend(
                        original, to: corrected, stored: stored, context,
                        budgets: &self.budgets[programme, default: BudgetBook()], into: &changes)
                }
                // What is left of it goes where it was.
                let left = state.wallet.lots.filter { lot in
                    lot.remaining > 0 && awards.contains { $0.id == lot.id }
                }
                for lot in left { try poolAgain(lot, context.now, compiled, context, &state, &changes, &work) }
            }
        } catch {
            // Nothing has happened, whatever was tried before it was refused.
            (state, changes) = (kept, effects)
            self.budgets[programme] = budgets
            for (wallet, state, changes) in before {
                work.states[wallet] = state
                work.changes[wallet] = changes
            }
            throw error
        }
        work.claimed.insert(own)
        work.touched.insert(state.id)
        work.batches[programme, default: LoyaltyBatch(programme: programme)].claim(own)
        work.batches[programme, default: LoyaltyBatch(programme: programme)].forget(
            event: amendment.claim, of: state.id)
        if let corrected, let incoming = amendment.corrected { keepRaw(corrected, incoming, state, context, &work) }
    }
}
