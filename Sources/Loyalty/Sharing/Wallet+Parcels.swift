public import Primitives

/// Points on their way from one record to another; they keep the dates of the lot that they came from.
public struct Parcel: Sendable, Hashable {
    public var amount: Int64
    public var activeAt: Instant?
    public var expiresAt: Instant?
    /// What keeps them alive. They await nothing: an event that they waited for was their earner's.
    public var terms: LotTerms?

    public init(amount: Int64, activeAt: Instant? = nil, expiresAt: Instant? = nil, terms: LotTerms? = nil) {
        self.amount = amount
        self.activeAt = activeAt
        self.expiresAt = expiresAt
        self.terms = terms
    }

    /// Parcels of the same dates as one, in order.
    static func joined(_ parcels: [Parcel]) -> [Parcel] {
        var result: [Parcel] = []
        for parcel in parcels where parcel.amount > 0 {
            if let index = result.firstIndex(where: {
                $0.activeAt == parcel.activeAt && $0.expiresAt == parcel.expiresAt && $0.terms == parcel.terms
            }) {
                result[index].amount += parcel.amount
            } else {
                result.append(parcel)
            }
        }
        return result
    }
}

extension Wallet {
    /// Takes spendable points out towards another record, in spending order.
    public mutating func send(
        _ transfer: Transfer, at now: Instant, into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> [Parcel] {
        let before = lots
        let parts = try take(transfer, to: .transferred, at: now, into: &journal)
        return Parcel.joined(
            parts.map { part in
                let lot = before.first { $0.id == part.lot }
                return Parcel(amount: part.amount, expiresAt: lot?.expiresAt, terms: lot?.terms?.withoutEvent)
            })
    }

    /// Takes in what another record sent.
    ///
    /// - Parameters:
    ///   - transfer: one for all parcels; each is given an identifier of its own and the parcel's amount.
    ///   - id: the identifier of the n-th.
    public mutating func receive(
        _ parcels: [Parcel], _ transfer: Transfer, id: (Int) -> ID128, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        for (index, parcel) in parcels.enumerated() {
            var part = transfer
            part.id = id(index)
            part.kind = .transferIn
            part.amount = parcel.amount
            try issue(
                part, from: .transferred, activeAt: parcel.activeAt, expiresAt: parcel.expiresAt,
                terms: parcel.terms, into: &journal)
        }
    }

    /// Ends a hold by handing over what it set aside, less what the programme keeps.
    ///
    /// - Parameters:
    ///   - transfer: its amount is set here to what is handed over.
    ///   - chargeID: the identifier of the transfer of what is kept, if anything is.
    public mutating func handOver(
        hold id: ID128, charge: Int64, _ transfer: Transfer, chargeID: ID128, at now: Instant,
        into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> (hold: Hold, parcels: [Parcel]) {
        guard let index = holds.firstIndex(where: { $0.id == id }) else { throw .unknownHold }
        var hold = holds[index]
        guard hold.expiresAt > now else { throw .holdExpired }
        guard hold.amount > charge, hold.parts.allSatisfy({ part in lots.contains { $0.id == part.lot } }) else {
            throw .unbalanced
        }
        var out = transfer
        out.amount = hold.amount - charge
        try post(out, from: .held, to: .transferred, into: &journal)
        if charge > 0 {
            var kept = transfer
            kept.id = chargeID
            kept.kind = .charge
            kept.amount = charge
            try post(kept, from: .held, to: .charged, into: &journal)
        }
        var parcels: [Parcel] = []
        // What is kept comes out of what would have expired first.
        var open = charge
        for part in hold.parts {
            guard let place = lots.firstIndex(where: { $0.id == part.lot }) else { throw .unbalanced }
            lots[place].held -= part.amount
            journal.lots[part.lot] = lots[place]
            let kept = min(open, part.amount)
            open -= kept
            parcels.append(
                Parcel(
                    amount: part.amount - kept, expiresAt: lots[place].expiresAt,
                    terms: lots[place].terms?.withoutEvent))
        }
        lots.removeAll { !$0.isOpen }
        hold.state = .confirmed
        holds.remove(at: index)
        journal.holds[hold.id] = hold
        return (hold, Parcel.joined(parcels))
    }

    /// Sends on what is left of one lot, pending or not; not what awaits an event, which will be its earner's.
    ///
    /// - Returns: `nil` if nothing is left of it.
    public mutating func forward(
        lot id: ID128, _ transfer: Transfer, into journal: inout LedgerJournal
    ) throws(LedgerProblem) -> Parcel? {
        guard let index = lots.firstIndex(where: { $0.id == id && $0.remaining > 0 }) else { return nil }
        let lot = lots[index]
        guard !lot.isInReview, lot.activeAt == nil || lot.terms?.awaits == nil else { return nil }
        var out = transfer
        out.amount = lot.remaining
        try post(out, from: lot.activeAt == nil ? .active : .pending, to: .transferred, into: &journal)
        change(lotAt: index, by: -lot.remaining, for: out.id, into: &journal)
        lots.removeAll { !$0.isOpen }
        return Parcel(
            amount: lot.remaining, activeAt: lot.activeAt, expiresAt: lot.expiresAt, terms: lot.terms?.onTheWay)
    }

    /// Puts what was sent on from a lot back into it.
    ///
    /// - Parameter granted: what the lot was issued with.
    public mutating func restore(
        _ parcel: Parcel, to id: ID128, granted: Int64, _ transfer: Transfer, into journal: inout LedgerJournal
    ) throws(LedgerProblem) {
        var back = transfer
        back.kind = .transferIn
        back.amount = parcel.amount
        try post(back, from: .transferred, to: parcel.activeAt == nil ? .active : .pending, into: &journal)
        if !lots.contains(where: { $0.id == id }) {
            lots.append(
                Lot(
                    id: id, unit: transfer.unit, granted: granted, remaining: 0, activeAt: parcel.activeAt,
                    expiresAt: parcel.expiresAt, terms: parcel.terms))
        }
        guard let index = lots.firstIndex(where: { $0.id == id }) else { return }
        change(lotAt: index, by: parcel.amount, for: back.id, into: &journal)
    }
}
