public import Primitives

/// Giving bought tickets back: their points return with the life that they had.
extension MemberState {
    /// Remembers what tickets were paid with.
    ///
    /// | Counter | Holds |
    /// |---|---|
    /// | `raffle-paid/ID/UNIT` | points by the price of one ticket (slot) and by when they expire (size, in milliseconds) |
    mutating func notePaid(
        _ parts: [Hold.Part], from lots: [Lot], for raffle: Raffle, _ price: Reward.UnitAmount,
        into changes: inout Changes
    ) {
        let name = RaffleCounters.paid(for: raffle.id, in: price.unit)
        for part in parts {
            let end = lots.first { $0.id == part.lot }?.expiresAt?.milliseconds ?? Self.withoutEnd
            counters[name, default: .empty].add(
                CounterMark(day: 0, slot: Int32(clamping: price.amount), wanted: end, count: part.amount))
        }
        changes.counters.insert(name)
    }

    private func paidCounters(_ raffle: String) -> [(unit: String, name: String)] {
        let prefix = RaffleCounters.paid(for: raffle, in: "")
        return counters.keys.filter { $0.hasPrefix(prefix) }.sorted().map { (String($0.dropFirst(prefix.count)), $0) }
    }

    /// How many bought tickets the member can give back, as long as the list is open.
    public func returnableTickets(in raffle: Raffle) -> Int64 {
        let paid = paidCounters(raffle.id).reduce(Int64(0)) { sum, one in
            var byPrice: [Int32: Int64] = [:]
            for mark in counters[one.name]?.marks ?? [] { byPrice[mark.slot, default: 0] += mark.count }
            return sum + byPrice.reduce(0) { $0 + $1.value / Int64(max(1, $1.key)) }
        }
        return min(paid, boughtTickets(in: raffle))
    }

    private func boughtTickets(in raffle: Raffle) -> Int64 {
        (counters[RaffleCounters.tickets(of: raffle.id)]?.marks ?? [])
            .filter { $0.slot == RaffleCounters.Way.bought.rawValue }.reduce(0) { $0 + $1.count }
    }

    /// Gives bought tickets back, until the list can be closed. What they cost comes back; points that have expired in the
    /// meantime expire again at once, so that nobody prolongs a life by buying tickets.
    ///
    /// - Parameter request: derived from the request.
    public mutating func giveBack(
        _ count: Int64, of id: String, request: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard let compiled = context.programme.raffles[id] else { throw .raffle(.unknown) }
        let raffle = compiled.raffle
        guard context.programmeDay <= compiled.lastReturn(context.programme.programme) else {
            throw .noLongerAvailable
        }
        let returnable = returnableTickets(in: raffle)
        guard count > 0, count <= returnable else { throw .raffle(.notReturnable(returnable)) }
        let today = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: today, context)
        removeBought(count, from: raffle, into: &changes)
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            var open = count
            var number: Int64 = 0
            for (unit, name) in paidCounters(id) where open > 0 {
                var returned: Int64 = 0
                // The dearest first; of one price, what lives longest: it was taken last.
                for price in Set((counters[name]?.marks ?? []).map(\.slot)).sorted(by: >) where open > 0 && price > 0 {
                    let marks = (counters[name]?.marks ?? []).filter { $0.slot == price }
                        .sorted { $0.wanted > $1.wanted }
                    let tickets = min(open, marks.reduce(0) { $0 + $1.count } / Int64(price))
                    open -= tickets
                    var amount = tickets * Int64(price)
                    for var mark in marks where amount > 0 {
                        mark.count = min(mark.count, amount)
                        amount -= mark.count
                        _ = counters[name]?.remove(mark)
                        try issue(
                            mark, of: unit, source: id,
                            id: EffectID.derived(from: request, step: "back", occurrence: number), at: at, today,
                            context, into: &changes)
                        returned += mark.count
                        number += 1
                    }
                }
                changes.counters.insert(name)
                guard returned > 0 else { continue }
                try payDebt(unit, context, into: &changes)
                changes.effects.append(
                    AppliedEffect(
                        id: EffectID.derived(from: request, step: "returned/" + unit), kind: .refund, source: id,
                        version: context.programme.version, subject: unit, amount: returned, wanted: returned, at: at,
                        day: today))
            }
        } catch {
            throw .ledger(error)
        }
    }

    private mutating func issue(
        _ paid: CounterMark, of unit: String, source: String, id: ID128, at: Instant, _ today: Int32,
        _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        var expiresAt = paid.wanted == Self.withoutEnd ? nil : Instant(milliseconds: paid.wanted)
        var terms: LotTerms?
        if case .inactive = context.programme.units[unit]?.expires {
            // What lives by activity lives on by this one.
            let dates = dates(of: unit, earned: today, context)
            (expiresAt, terms) = (dates.expiresAt, dates.terms?.withoutEvent)
        }
        try wallet.issue(
            Transfer(
                id: id, kind: .refund, unit: unit, amount: paid.count, at: at, source: source,
                sourceVersion: context.programme.version),
            from: .charged, expiresAt: expiresAt, terms: terms, into: &changes.journal)
        if let expiresAt, expiresAt <= context.now { changes.reschedules = true }
    }

    private mutating func removeBought(_ count: Int64, from raffle: Raffle, into changes: inout Changes) {
        let name = RaffleCounters.tickets(of: raffle.id)
        let marks = (counters[name]?.marks ?? []).filter { $0.slot == RaffleCounters.Way.bought.rawValue }
        var open = count
        for var mark in marks.reversed() where open > 0 {
            mark.count = min(mark.count, open)
            open -= mark.count
            _ = counters[name]?.remove(mark)
        }
        changes.counters.insert(name)
    }
}

extension CompiledRaffle {
    /// The last day, in the programme's time zone, on which tickets can be given back: the list cannot be closed on it.
    public func lastReturn(_ programme: Programme) -> Int32 {
        let grace: Int64 =
            switch raffle.grace ?? programme.lateness ?? EventReader.standardLateness {
            case .days(let days): Int64(days)
            case .months(let months): Int64(months) * 28
            // A day has 25 hours at most.
            case .milliseconds(let length): length / 90_000_000
            }
        return raffle.days.last + Int32(clamping: grace)
    }
}
