public import Primitives

/// One member's accounts, open lots and open holds: the ledger's decisions, as a value without a database.
///
/// Every operation checks all it needs before it changes anything; when it throws, the wallet is as it was. What
/// happened is appended to a ``LedgerJournal``, which the store writes.
public struct Wallet: Sendable, Hashable {
    /// A member has few accounts; looking through them beats hashing.
    public private(set) var accounts: [Account]
    /// Lots with something remaining or held.
    public internal(set) var lots: [Lot]
    /// Holds that are open.
    public internal(set) var holds: [Hold]

    public init(accounts: [Account] = [], lots: [Lot] = [], holds: [Hold] = []) {
        self.accounts = accounts
        self.lots = lots
        self.holds = holds
    }

    /// The balance of one account; 0 if it has no entries.
    public func balance(_ unit: String, _ kind: AccountKind) -> Int64 {
        for account in accounts where account.kind == kind && account.unit == unit { return account.balance }
        return 0
    }

    /// What can be spent at `now`: active lots that have not expired, whether or not the calendar was carried out.
    public func spendable(_ unit: String, at now: Instant) -> Int64 {
        var total: Int64 = 0
        for lot in lots where lot.unit == unit {
            if let activeAt = lot.activeAt, activeAt > now || lot.lapses || lot.isInReview { continue }
            if let expiresAt = lot.expiresAt, expiresAt <= now { continue }
            total += lot.remaining
        }
        return total
    }

    /// The earliest instant at which the calendar has something to do here.
    public var nextDue: Instant? {
        var due: Instant?
        func consider(_ instant: Instant?) {
            if let instant, due.map({ instant < $0 }) ?? true { due = instant }
        }
        for lot in lots {
            guard lot.remaining > 0 else { continue }
            consider(lot.activationDue)
            consider(lot.expiryDue)
        }
        for hold in holds { consider(hold.expiresAt) }
        return due
    }

    // MARK: Operations

    /// Issues a lot.
    ///
    /// - Parameter transfer: of kind `earn`, `adjust` (upwards) or `mergeIn`; its identifier becomes the lot's.
    /// - Throws: ``LedgerProblem``.
    public mutating func issue(
        _ transfer: Transfer, from contra: AccountKind = .issued, activeAt: Instant? = nil, expiresAt: Instant? = nil,
        terms: LotTerms? = nil, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        guard transfer.amount > 0 else { throw .notPositive(transfer.amount) }
        let target: AccountKind = activeAt == nil ? .active : .pending
        try post(transfer, from: contra, to: target, into: &journal)
        let lot = Lot(
            id: transfer.id, unit: transfer.unit, granted: transfer.amount, remaining: transfer.amount,
            activeAt: activeAt, expiresAt: expiresAt, terms: terms)
        lots.append(lot)
        journal.lots[lot.id] = lot
    }

    /// Takes up to `transfer.amount` out of the lots in spending order and posts it to `target`.
    ///
    /// - Parameters:
    ///   - preferred: a lot that is used first.
    ///   - includesPending: whether pending lots may be used too, after the preferred one.
    /// - Returns: the parts that were taken.
    /// - Throws: ``LedgerProblem/insufficient(unit:needed:spendable:)`` if there is less.
    @discardableResult
    public mutating func take(
        _ transfer: Transfer, to target: AccountKind, preferring preferred: ID128? = nil, at now: Instant,
        into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> [Hold.Part] {
        guard transfer.amount > 0 else { throw .notPositive(transfer.amount) }
        let candidates = lots.indices.filter { index in
            let lot = lots[index]
            guard lot.unit == transfer.unit else { return false }
            if lot.id == preferred { return lot.activeAt == nil }
            return lot.activeAt == nil && (lot.expiresAt.map { $0 > now } ?? true)
        }
        let available = candidates.reduce(Int64(0)) { $0 + lots[$1].remaining }
        guard available >= transfer.amount else {
            throw .insufficient(unit: transfer.unit, needed: transfer.amount, spendable: available)
        }
        let ordered = candidates.sorted { left, right in
            if lots[left].id == preferred { return true }
            if lots[right].id == preferred { return false }
            return Lot.spendsBefore(lots[left], lots[right])
        }
        try post(transfer, from: .active, to: target, into: &journal)
        var parts: [Hold.Part] = []
        var open = transfer.amount
        for index in ordered where open > 0 {
            let amount = min(open, lots[index].remaining)
            guard amount > 0 else { continue }
            open -= amount
            if target == .held { lots[index].held += amount }
            change(lotAt: index, by: -amount, for: transfer.id, into: &journal)
            parts.append(Hold.Part(lot: lots[index].id, amount: amount))
        }
        lots.removeAll { !$0.isOpen }
        return parts
    }

    /// Sets points aside.
    public mutating func hold(
        _ transfer: Transfer, reward: String, until expiresAt: Instant, at now: Instant,
        into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Hold {
        let parts = transfer.amount == 0 ? [] : try take(transfer, to: .held, at: now, into: &journal)
        let hold = Hold(
            id: transfer.id, unit: transfer.unit, amount: transfer.amount, reward: reward, parts: parts,
            openedAt: transfer.at, expiresAt: expiresAt)
        holds.append(hold)
        journal.holds[hold.id] = hold
        return hold
    }

    /// Spends what a hold set aside.
    public mutating func confirm(
        hold id: ID128, transferID: ID128, sourceVersion: Int64, at: Instant, now: Instant,
        into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Hold {
        guard let index = holds.firstIndex(where: { $0.id == id }) else { throw .unknownHold }
        guard holds[index].expiresAt > now else { throw .holdExpired }
        return try end(holdAt: index, as: .confirmed, transferID, version: sourceVersion, at: at, into: &journal)
    }

    /// Gives back what a hold set aside, to the lots it came from. A lot that has expired meanwhile expires at the next
    /// turn of the calendar.
    public mutating func cancel(
        hold id: ID128, as state: Hold.State = .cancelled, transferID: ID128, sourceVersion: Int64, at: Instant,
        into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Hold {
        guard let index = holds.firstIndex(where: { $0.id == id }) else { throw .unknownHold }
        return try end(holdAt: index, as: state, transferID, version: sourceVersion, at: at, into: &journal)
    }

    /// Empties the wallet towards another record of the same person.
    ///
    /// Open holds stay where they are: they are confirmed or cancelled under the old record.
    ///
    /// - Returns: the lots as they were, pending ones included; the other wallet issues them again.
    public mutating func mergeOut(
        transferID: (ID128) -> ID128, at: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> [Lot] {
        let moved = lots.filter { $0.remaining > 0 }
        for index in lots.indices where lots[index].remaining > 0 {
            let lot = lots[index]
            let transfer = Transfer(
                id: transferID(lot.id), kind: .mergeOut, unit: lot.unit, amount: lot.remaining, at: at, refers: lot.id)
            try post(transfer, from: lot.activeAt == nil ? .active : .pending, to: .merged, into: &journal)
            change(lotAt: index, by: -lot.remaining, for: transfer.id, into: &journal)
        }
        lots.removeAll { !$0.isOpen }
        return moved
    }

    /// How many transfers have touched the accounts of a kind, in all units together.
    func transfers(of kind: AccountKind) -> Int64 {
        accounts.reduce(0) { $1.kind == kind ? $0 + $1.version : $0 }
    }

    // MARK: The one way to write

    func version(_ unit: String, _ kind: AccountKind) -> Int64 {
        for account in accounts where account.kind == kind && account.unit == unit { return account.version }
        return 0
    }

    /// Posts both entries of a transfer.
    mutating func post(
        _ transfer: Transfer, from source: AccountKind, to target: AccountKind, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        let sourceIndex = index(of: transfer.unit, source)
        let targetIndex = index(of: transfer.unit, target)
        let (sourceBalance, sourceOverflow) = accounts[sourceIndex].balance.subtractingReportingOverflow(
            transfer.amount)
        let (targetBalance, targetOverflow) = accounts[targetIndex].balance.addingReportingOverflow(transfer.amount)
        guard !sourceOverflow, !targetOverflow else { throw .overflow(unit: transfer.unit) }
        guard !source.isMembers || sourceBalance >= 0 else {
            throw .insufficient(
                unit: transfer.unit, needed: transfer.amount, spendable: accounts[sourceIndex].balance)
        }
        accounts[sourceIndex].balance = sourceBalance
        accounts[sourceIndex].version += 1
        accounts[targetIndex].balance = targetBalance
        accounts[targetIndex].version += 1
        journal.transfers.append(transfer)
        journal.entries.append(
            Entry(
                transfer: transfer.id, unit: transfer.unit, kind: source, version: accounts[sourceIndex].version,
                amount: -transfer.amount, balance: sourceBalance))
        journal.entries.append(
            Entry(
                transfer: transfer.id, unit: transfer.unit, kind: target, version: accounts[targetIndex].version,
                amount: transfer.amount, balance: targetBalance))
    }

    private mutating func end(
        holdAt index: Int, as state: Hold.State, _ transferID: ID128, version: Int64, at: Instant,
        into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Hold {
        var hold = holds[index]
        let transfer = Transfer(
            id: transferID, kind: state == .confirmed ? .confirm : .cancel, unit: hold.unit, amount: hold.amount,
            at: at, source: hold.reward, sourceVersion: version, refers: hold.id)
        if hold.amount > 0 {
            try post(transfer, from: .held, to: state == .confirmed ? .redeemed : .active, into: &journal)
        }
        for part in hold.parts {
            guard let lotIndex = lots.firstIndex(where: { $0.id == part.lot }) else { throw .unbalanced }
            lots[lotIndex].held -= part.amount
            if state == .confirmed {
                journal.lots[part.lot] = lots[lotIndex]
            } else {
                change(lotAt: lotIndex, by: part.amount, for: transferID, into: &journal)
            }
        }
        lots.removeAll { !$0.isOpen }
        hold.state = state
        holds.remove(at: index)
        journal.holds[hold.id] = hold
        return hold
    }

    mutating func change(
        lotAt index: Int, by amount: Int64, for transfer: ID128, into journal: inout LedgerJournal
    ) {
        lots[index].remaining += amount
        journal.lots[lots[index].id] = lots[index]
        journal.lotUses.append(LotUse(transfer: transfer, lot: lots[index].id, amount: amount))
    }

    private mutating func index(of unit: String, _ kind: AccountKind) -> Int {
        if let index = accounts.firstIndex(where: { $0.kind == kind && $0.unit == unit }) { return index }
        accounts.append(Account(unit: unit, kind: kind))
        return accounts.endIndex - 1
    }
}
