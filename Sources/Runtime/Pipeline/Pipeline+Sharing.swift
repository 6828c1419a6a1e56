import Loyalty
import Primitives
import Storage

/// Transfers between members and shared wallets: both sides are decided in one command and written in one transaction.
extension Pipeline {
    /// What a decision is about besides the batch's work: the member of the command, taken out of it.
    struct Side {
        var state: MemberState
        var changes: Changes
        var context: DecisionContext
    }

    /// Lends another member's state out of the work.
    func withOther<T>(
        _ other: MemberID, _ now: Instant, _ compiled: CompiledProgramme, settles: Bool, _ work: inout Work,
        _ body: (inout Side) throws -> T
    ) throws -> T {
        let root = work.root(of: other)
        guard let state = work.states.removeValue(forKey: root) else { throw CommandProblem.sameMember }
        noteMeasures(of: state, compiled, &work)
        var otherContext = context(compiled, state.profile, now)
        otherContext.settles = settles
        var side = Side(
            state: state, changes: work.changes.removeValue(forKey: root) ?? Changes(), context: otherContext)
        // Refused, nothing of the other may stay changed.
        let before = side
        do {
            let result = try body(&side)
            work.states[root] = side.state
            work.changes[root] = side.changes
            return result
        } catch {
            work.states[root] = before.state
            work.changes[root] = before.changes
            throw error
        }
    }

    func transfer(
        _ command: Command, to other: MemberID, _ unit: String, _ amount: Int64, _ id: ID128,
        _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws {
        guard work.root(of: other) != state.id else { throw CommandProblem.sameMember }
        try withOther(other, command.now, compiled, settles: context.settles, &work) { side in
            guard side.state.shared == nil, state.shared == nil else { throw CommandProblem.unknownWallet }
            try state.transfer(
                amount, of: unit, to: &side.state, id: id, context, side.context, into: &changes,
                otherChanges: &side.changes)
        }
    }

    func offerGift(
        _ unit: String, _ amount: Int64, _ id: ID128, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws -> Hold {
        if let earlier = work.holds[id] { return earlier }
        let hold = try state.offerGift(amount, of: unit, id: id, context, into: &changes)
        work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].gift(id, of: state.id)
        work.holds[id] = hold
        return hold
    }

    func acceptGift(
        _ command: Command, _ gift: ID128, from sender: MemberID, _ compiled: CompiledProgramme,
        _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        // The gift stays with the record that offered it, even if another has taken that one over since.
        guard sender != state.id, work.root(of: sender) != state.id else { throw CommandProblem.sameMember }
        guard var giver = work.states.removeValue(forKey: sender) else { throw CommandProblem.ledger(.unknownHold) }
        var theirs = work.changes.removeValue(forKey: sender) ?? Changes()
        var giverContext = self.context(compiled, giver.profile, command.now)
        giverContext.settles = context.settles
        let before = (giver, theirs)
        do {
            try state.acceptGift(
                gift, from: &giver, context, giverContext, into: &changes, senderChanges: &theirs)
            work.states[sender] = giver
            work.changes[sender] = theirs
        } catch {
            (work.states[sender], work.changes[sender]) = before
            throw error
        }
    }

    func wallet(
        _ action: WalletAction, _ wallet: MemberID, _ command: Command, _ compiled: CompiledProgramme,
        _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        guard wallet != state.id else { throw CommandProblem.unknownWallet }
        switch action {
        case .show(let shows): try state.show(shows, in: wallet, into: &changes)
        case .handOver(let other):
            guard work.root(of: other) != state.id else { throw CommandProblem.sameMember }
            try withOther(other, command.now, compiled, settles: context.settles, &work) { side in
                try state.handOver(wallet: wallet, to: &side.state, into: &changes, otherChanges: &side.changes)
            }
        default:
            try withOther(wallet, command.now, compiled, settles: context.settles, &work) { side in
                switch action {
                case .open(let kind, let invitation):
                    try state.open(
                        &side.state, kind: kind, invitation: invitation, context, into: &changes,
                        walletChanges: &side.changes)
                case .join(let invitation):
                    try state.join(
                        &side.state, invitation: invitation, context, into: &changes, walletChanges: &side.changes)
                case .leave(let id):
                    try state.leave(
                        &side.state, id: id, context, side.context, into: &changes, walletChanges: &side.changes)
                case .renew(let invitation):
                    guard state.memberships[wallet]?.role == .owner else { throw CommandProblem.notOwner }
                    side.state.shared?.invitation = invitation
                    side.changes.sharedChanged = true
                case .donate(let unit, let amount, let id):
                    try state.donate(
                        amount, of: unit, to: &side.state, id: id, context, side.context, into: &changes,
                        walletChanges: &side.changes)
                case .draw(let unit, let amount, let id):
                    try state.draw(
                        amount, of: unit, from: &side.state, id: id, context, side.context, into: &changes,
                        walletChanges: &side.changes)
                case .show, .handOver: break
                }
            }
        }
    }

    /// Sends on to shared wallets what the member has just earned of the units that they pool.
    ///
    /// - Parameter index: the first transfer of the decision.
    func pool(
        from index: Int, _ now: Instant, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        guard !state.memberships.isEmpty, state.profile.mergedInto == nil else { return }
        for earned in changes.journal.transfers[index...] where earned.kind == .earn {
            guard let wallet = state.pool(of: earned.unit, in: compiled), work.states[wallet] != nil else { continue }
            try withOther(wallet, now, compiled, settles: context.settles, &work) { side in
                try state.pool(
                    earned, into: &side.state, context, side.context, changes: &changes,
                    walletChanges: &side.changes)
            }
        }
    }

    /// Decides an event. What a correction has to take back may lie in a shared wallet: then it is called back first and
    /// the event is decided again, so that the order in which events come in does not matter there either.
    func decide(
        _ event: Event, _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws {
        let programme = compiled.id
        let wallets = state.memberships.keys.filter { work.states[$0] != nil }.sorted()
        let before = wallets.isEmpty ? nil : (state, changes, budgets[programme])
        changes.short = [:]
        try state.decide(event, context, budgets: &budgets[programme, default: BudgetBook()], into: &changes)
        guard let before, !changes.short.isEmpty else { return }
        let short = changes.short
        (state, changes, budgets[programme]) = before
        try callBack(short, from: wallets, cause: event.claim, compiled, context, &state, &changes, &work)
        try state.decide(event, context, budgets: &budgets[programme, default: BudgetBook()], into: &changes)
    }

    /// Calls back what a correction has to take and the member does not have, wallet by wallet.
    func callBack(
        _ short: [String: Int64], from wallets: [MemberID], cause: ID128, _ compiled: CompiledProgramme,
        _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        for (unit, amount) in short.sorted(by: { $0.key < $1.key }) {
            var open = amount
            for wallet in wallets where open > 0 {
                try withOther(wallet, context.now, compiled, settles: context.settles, &work) { side in
                    open -= try state.callBack(
                        open, of: unit, from: &side.state, cause: cause, context, side.context,
                        into: &changes, walletChanges: &side.changes)
                }
            }
        }
    }

    /// Brings points in shared wallets to where the cases of their days want them: what is suspicious comes back to its
    /// earner and waits there, what waits no longer goes where it would have gone.
    func settlePools(
        _ now: Instant, _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws {
        guard !state.memberships.isEmpty, state.profile.mergedInto == nil else { return }
        if !changes.cases.isEmpty {
            for wallet in state.memberships.keys.sorted() where work.states[wallet] != nil {
                try withOther(wallet, now, compiled, settles: context.settles, &work) { side in
                    try state.holdPooled(
                        in: &side.state, context, side.context,
                        budgets: &budgets[compiled.id, default: BudgetBook()], changes: &changes,
                        walletChanges: &side.changes)
                }
            }
        }
        for lot in state.lotsToPool { try poolAgain(lot, now, compiled, context, &state, &changes, &work) }
    }

    func poolAgain(
        _ lot: Lot, _ now: Instant, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        guard let wallet = state.pool(of: lot.unit, in: compiled), work.states[wallet] != nil else { return }
        try withOther(wallet, now, compiled, settles: context.settles, &work) { side in
            try state.poolAgain(
                lot, into: &side.state, context, side.context, changes: &changes, walletChanges: &side.changes)
        }
    }

    /// Calls back an award that was sent on, before it is reversed.
    func recall(
        _ earned: Transfer, _ now: Instant, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        for wallet in state.memberships.keys.sorted() where work.states[wallet] != nil {
            try withOther(wallet, now, compiled, settles: context.settles, &work) { side in
                try state.recall(
                    earned, from: &side.state, context, side.context, changes: &changes,
                    walletChanges: &side.changes)
            }
        }
    }

    /// Wallets to which members of the batch belong: what they earn may go there.
    func loadWallets(_ work: inout Work) async throws {
        var missing: [ProgrammeID: Set<MemberID>] = [:]
        for state in work.states.values {
            for wallet in state.memberships.keys where work.states[wallet] == nil {
                if let cached = cache.take(wallet) {
                    work.states[wallet] = cached
                } else {
                    missing[state.programme, default: []].insert(wallet)
                }
            }
        }
        guard !missing.isEmpty else { return }
        let wanted = missing
        let found = try await database.read { connection in
            var found: [MemberID: MemberState] = [:]
            for (programme, wallets) in wanted {
                found.merge(
                    try LoyaltyStore(programme: programme).load(wallets.sorted(), joinedDay: 0, connection)
                ) { first, _ in first }
            }
            return found
        }
        work.states.merge(found.filter { $0.value.isStored }) { first, _ in first }
    }
}
