public import Primitives

/// Shared wallets. A wallet is a record of its own with a ledger; what members give to it and take from it are transfers
/// between records, so every one of them still sums to zero within its record.
extension MemberState {
    /// The wallets that this member belongs to.
    public var wallets: [Membership] {
        memberships.values.filter(\.isCurrent).sorted { $0.wallet < $1.wallet }
    }

    /// Opens a wallet with this member as its owner.
    public mutating func open(
        _ other: inout MemberState, kind: String, invitation: ID128, _ context: DecisionContext,
        into changes: inout Changes, walletChanges: inout Changes
    ) throws(CommandProblem) {
        guard let declared = context.programme.walletKinds[kind] else { throw .unknownWallet }
        if other.shared != nil, memberships[other.id]?.isCurrent ?? false { return }
        guard other.shared == nil, !other.isStored else { throw .unknownWallet }
        try checkPools(declared, context)
        other.shared = SharedWallet(kind: kind, openedDay: context.programmeDay, invitation: invitation, memberCount: 1)
        other.profile.joinedDay = context.programmeDay
        walletChanges.sharedChanged = true
        belong(to: other.id, kind: kind, role: .owner, context, into: &changes)
    }

    /// Joins a wallet with its invitation.
    public mutating func join(
        _ other: inout MemberState, invitation: ID128, _ context: DecisionContext, into changes: inout Changes,
        walletChanges: inout Changes
    ) throws(CommandProblem) {
        guard let shared = other.shared, shared.invitation == invitation,
            let declared = context.programme.walletKinds[shared.kind]
        else { throw .unknownWallet }
        if memberships[other.id]?.isCurrent ?? false { return }
        guard shared.memberCount < declared.maximumMembers else { throw .walletFull(declared.maximumMembers) }
        try checkPools(declared, context)
        other.shared?.memberCount += 1
        walletChanges.sharedChanged = true
        belong(to: other.id, kind: shared.kind, role: .member, context, into: &changes)
    }

    /// A unit can go to one wallet only.
    private func checkPools(_ kind: WalletKind, _ context: DecisionContext) throws(CommandProblem) {
        for membership in wallets {
            let pools = context.programme.walletKinds[membership.kind]?.pools ?? []
            if let unit = pools.first(where: { kind.pools.contains($0) }) { throw .alreadyPooled(unit) }
        }
    }

    private mutating func belong(
        to other: MemberID, kind: String, role: Membership.Role, _ context: DecisionContext, into changes: inout Changes
    ) {
        var membership =
            memberships[other] ?? Membership(wallet: other, kind: kind, role: role, since: context.programmeDay)
        membership.role = role
        membership.since = context.programmeDay
        noteJoined(other, on: context.calendar.day(of: context.now), into: &changes)
        memberships[other] = membership
        changes.memberships.insert(other)
    }

    /// Leaves a wallet. Who is the last takes along what can be spent in it.
    public mutating func leave(
        _ other: inout MemberState, id: ID128, _ context: DecisionContext, _ otherContext: DecisionContext,
        into changes: inout Changes, walletChanges: inout Changes
    ) throws(CommandProblem) {
        guard let shared = other.shared, let membership = memberships[other.id] else { throw .unknownWallet }
        guard membership.isCurrent else { return }
        guard membership.role != .owner || shared.memberCount <= 1 else { throw .ownerStays }
        if shared.memberCount <= 1 {
            do throws(LedgerProblem) {
                try other.settle(otherContext, into: &walletChanges)
                for (index, unit) in context.programme.programme.units.enumerated() {
                    let amount = other.wallet.spendable(unit.id, at: context.now)
                    guard amount > 0 else { continue }
                    try other.move(
                        amount, of: unit.id, to: &self,
                        id: EffectID.derived(from: id, step: "rest", occurrence: Int64(index)),
                        kind: shared.kind, otherContext, context, into: &walletChanges, otherChanges: &changes)
                }
            } catch {
                throw .ledger(error)
            }
        }
        noteLeft(other.id, on: context.calendar.day(of: context.now), into: &changes)
        memberships[other.id]?.role = .left
        changes.memberships.insert(other.id)
        other.shared?.memberCount -= 1
        walletChanges.sharedChanged = true
    }

    /// Makes another member of the wallet its owner.
    public mutating func handOver(
        wallet: MemberID, to other: inout MemberState, into changes: inout Changes, otherChanges: inout Changes
    ) throws(CommandProblem) {
        guard memberships[wallet]?.role == .owner else { throw .notOwner }
        guard other.memberships[wallet]?.isCurrent ?? false else { throw .unknownWallet }
        memberships[wallet]?.role = .member
        other.memberships[wallet]?.role = .owner
        changes.memberships.insert(wallet)
        otherChanges.memberships.insert(wallet)
    }

    /// Says whether the others see what this member gave.
    public mutating func show(_ shows: Bool, in wallet: MemberID, into changes: inout Changes) throws(CommandProblem) {
        guard memberships[wallet]?.isCurrent ?? false else { throw .unknownWallet }
        memberships[wallet]?.shows = shows
        changes.memberships.insert(wallet)
    }

    /// Gives of one's own to the wallet.
    public mutating func donate(
        _ amount: Int64, of unit: String, to other: inout MemberState, id: ID128, _ context: DecisionContext,
        _ otherContext: DecisionContext, into changes: inout Changes, walletChanges: inout Changes
    ) throws(CommandProblem) {
        guard let shared = other.shared, memberships[other.id]?.isCurrent ?? false else { throw .unknownWallet }
        try checkUnit(unit, amount, context)
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            try other.settle(otherContext, into: &walletChanges)
            try move(
                amount, of: unit, to: &other, id: id, kind: shared.kind, context, otherContext, into: &changes,
                otherChanges: &walletChanges)
        } catch {
            throw .ledger(error)
        }
        memberships[other.id]?.given[unit, default: 0] += amount
        changes.memberships.insert(other.id)
    }

    /// Takes from the wallet, to spend it.
    public mutating func draw(
        _ amount: Int64, of unit: String, from other: inout MemberState, id: ID128, _ context: DecisionContext,
        _ otherContext: DecisionContext, into changes: inout Changes, walletChanges: inout Changes
    ) throws(CommandProblem) {
        guard let shared = other.shared, let membership = memberships[other.id], membership.isCurrent else {
            throw .unknownWallet
        }
        guard membership.role == .owner || context.programme.walletKinds[shared.kind]?.spend == .any else {
            throw .notOwner
        }
        try checkUnit(unit, amount, context)
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            try other.settle(otherContext, into: &walletChanges)
            try other.move(
                amount, of: unit, to: &self, id: id, kind: shared.kind, otherContext, context, into: &walletChanges,
                otherChanges: &changes)
        } catch {
            throw .ledger(error)
        }
    }

    private func checkUnit(
        _ unit: String, _ amount: Int64, _ context: DecisionContext
    ) throws(CommandProblem) {
        guard let declared = context.programme.units[unit] else { throw .unknownUnit }
        guard declared.kind == .points else { throw .transfersNotAllowed }
        guard amount > 0, amount <= CompiledAward.maximum else { throw .ledger(.notPositive(amount)) }
    }

    /// A transfer between a member and a wallet, on both statements.
    private mutating func move(
        _ amount: Int64, of unit: String, to other: inout MemberState, id: ID128, kind: String,
        _ context: DecisionContext, _ otherContext: DecisionContext, into changes: inout Changes,
        otherChanges: inout Changes
    ) throws(LedgerProblem) {
        let source = "wallet/" + kind
        try pass(
            amount, of: unit, to: &other, id: id, source: source, context, otherContext, into: &changes,
            otherChanges: &otherChanges)
        explain(
            .sent, -amount, of: unit, id: id, source: source, day: context.calendar.day(of: context.now), context,
            into: &changes)
        other.explainReceived(amount, of: unit, id: id, source: source, otherContext, into: &otherChanges)
    }

    // MARK: What goes to the wallet as it is earned

    /// The wallet that a unit goes to as it is earned.
    public func pool(of unit: String, in programme: CompiledProgramme) -> MemberID? {
        if memberships.isEmpty { return nil }
        return wallets.first { programme.walletKinds[$0.kind]?.pools.contains(unit) ?? false }?.wallet
    }

    /// Sends what was just earned on to the wallet. It stays an award of this member, under their limits; only the points
    /// move, with their dates.
    ///
    /// - Parameter earned: the transfer that issued the lot.
    public mutating func pool(
        _ earned: Transfer, into other: inout MemberState, _ context: DecisionContext,
        _ otherContext: DecisionContext, changes: inout Changes, walletChanges: inout Changes
    ) throws(LedgerProblem) {
        try pool(
            earned.id, earned.unit, id: EffectID.derived(from: earned.id, step: "pool"), at: earned.at, into: &other,
            context, otherContext, changes: &changes, walletChanges: &walletChanges)
    }

    mutating func pool(
        _ lot: ID128, _ unit: String, id: ID128, at: Instant, into other: inout MemberState,
        _ context: DecisionContext, _ otherContext: DecisionContext, changes: inout Changes,
        walletChanges: inout Changes
    ) throws(LedgerProblem) {
        guard let shared = other.shared else { return }
        let source = "wallet/" + shared.kind
        let watch = wallet.lots.first { $0.id == lot }?.terms?.watch
        guard
            var parcel = try wallet.forward(
                lot: lot,
                Transfer(
                    id: id, kind: .transferOut, unit: unit, amount: 0, at: at, source: source,
                    sourceVersion: context.programme.version, refers: lot),
                into: &changes.journal)
        else { return }
        if let watch {
            let earner = earnerHash(context, into: &changes)
            parcel.terms = parcel.terms?.pooled(watch, lot: lot, earner: earner)
        }
        try other.take([parcel], of: unit, id: id, source: source, otherContext, into: &walletChanges)
        memberships[other.id]?.given[unit, default: 0] += parcel.amount
        changes.memberships.insert(other.id)
        explain(
            .sent, -parcel.amount, of: unit, id: id, source: source,
            day: context.calendar.day(of: context.now), context, into: &changes)
        other.explainReceived(parcel.amount, of: unit, id: id, source: source, otherContext, into: &walletChanges)
    }

    /// Calls back what a correction has to take from this member, up to what they gave and what is there.
    ///
    /// - Returns: how much.
    public mutating func callBack(
        _ amount: Int64, of unit: String, from other: inout MemberState, cause: ID128, _ context: DecisionContext,
        _ otherContext: DecisionContext, into changes: inout Changes, walletChanges: inout Changes
    ) throws(LedgerProblem) -> Int64 {
        guard let shared = other.shared, let given = memberships[other.id]?.given[unit], given > 0 else { return 0 }
        try other.settle(otherContext, into: &walletChanges)
        let most = min(amount, given, other.wallet.spendable(unit, at: context.now))
        guard most > 0 else { return 0 }
        let id = EffectID.derived(
            programme: programme, source: "recall/" + unit, cause: cause, member: other.id)
        try other.move(
            most, of: unit, to: &self, id: id, kind: shared.kind, otherContext, context, into: &walletChanges,
            otherChanges: &changes)
        memberships[other.id]?.given[unit, default: 0] -= most
        changes.memberships.insert(other.id)
        return most
    }

    /// Calls back what is left of an award in the wallet, so that it can be taken back from its earner.
    public mutating func recall(
        _ earned: Transfer, from other: inout MemberState, _ context: DecisionContext,
        _ otherContext: DecisionContext, changes: inout Changes, walletChanges: inout Changes
    ) throws(CommandProblem) {
        do throws(LedgerProblem) {
            // What was pooled a second time, after a review, has another identifier, and says which lot it was.
            let pooled = EffectID.derived(from: EffectID.derived(from: earned.id, step: "pool"), step: "in")
            let lots = other.wallet.lots.filter { $0.id == pooled || $0.terms?.watch?.pooled?.lot == earned.id }
            for lot in lots {
                try recall(
                    lot, to: earned.id, granted: earned.amount, from: &other, context, otherContext, changes: &changes,
                    walletChanges: &walletChanges)
            }
        } catch {
            throw .ledger(error)
        }
    }

    /// Puts what is left of a lot in the wallet back into the lot that it was at its earner's.
    mutating func recall(
        _ lot: Lot, to own: ID128, granted: Int64, from other: inout MemberState, _ context: DecisionContext,
        _ otherContext: DecisionContext, changes: inout Changes, walletChanges: inout Changes
    ) throws(LedgerProblem) {
        guard let shared = other.shared, memberships[other.id] != nil else { return }
        let source = "wallet/" + shared.kind
        let id = EffectID.derived(
            from: lot.id, step: "recall", occurrence: other.wallet.version(lot.unit, .transferred))
        let otherDay = otherContext.calendar.day(of: otherContext.now)
        let day = context.calendar.day(of: context.now)
        try other.settle(otherContext, into: &walletChanges)
        guard
            var parcel = try other.wallet.forward(
                lot: lot.id,
                Transfer(
                    id: id, kind: .transferOut, unit: lot.unit, amount: 0,
                    at: other.stamp(otherContext.now, day: otherDay, otherContext), source: source,
                    sourceVersion: context.programme.version, refers: lot.id),
                into: &walletChanges.journal)
        else { return }
        if var watch = lot.terms?.watch {
            watch.pooled = nil
            watch.goesToPool = true
            parcel.terms = parcel.terms?.watched(watch, review: nil)
        }
        try wallet.restore(
            parcel, to: own, granted: granted,
            Transfer(
                id: EffectID.derived(from: id, step: "in"), kind: .transferIn, unit: lot.unit, amount: 0,
                at: stamp(context.now, day: day, context), source: source,
                sourceVersion: context.programme.version, refers: id),
            into: &changes.journal)
        memberships[other.id]?.given[lot.unit, default: 0] -= parcel.amount
        changes.memberships.insert(other.id)
        other.explain(
            .sent, -parcel.amount, of: lot.unit, id: id, source: source, day: otherDay, otherContext,
            into: &walletChanges)
        explainReceived(parcel.amount, of: lot.unit, id: id, source: source, context, into: &changes)
    }
}
