import CEL
public import Primitives

/// Why tickets of a raffle, or its prize, are refused.
public enum RaffleProblem: Error, Sendable, Hashable {
    case unknown
    /// Tickets of this raffle cannot be bought.
    case notForSale
    /// So many bought tickets can be given back.
    case notReturnable(Int64)
    /// So many may be taken for nothing.
    case freeLimit(Int64)
    /// It was drawn, with another public value, or its list is not closed yet.
    case alreadyDrawn
    case notClosed
    /// From when on the list may be closed.
    case closesFrom(Instant)
    /// The programme announced a public value, or none.
    case beaconMissing
    case beaconUnannounced
    /// There is nothing for this member to take.
    case nothingToTake
    /// A list so long is not drawn.
    case tooManyEntries(Int)
}

/// How tickets of a raffle are kept: as marks in counters of the member, so that loading, merging, erasing and back-up know
/// them.
///
/// | Counter | Holds |
/// |---|---|
/// | `raffle/ID` | tickets by day and by how they were gained (slot) |
/// | `raffle-told/ID` | the places the member was told of (slot), by day |
/// | `raffle-won/ID` | the places whose prize was given (slot), by day |
public enum RaffleCounters {
    public enum Way: Int32, Sendable { case free, bought, given }

    public static let prefix = "raffle/"
    public static func tickets(of raffle: String) -> String { "raffle/" + raffle }
    static func told(in raffle: String) -> String { "raffle-told/" + raffle }
    public static func won(in raffle: String) -> String { "raffle-won/" + raffle }
    static func paid(for raffle: String, in unit: String) -> String { "raffle-paid/\(raffle)/\(unit)" }
}

/// What a member asks of a raffle, or is given by it.
public enum RaffleAction: Sendable, Hashable {
    /// `id` is derived from the request.
    case enter(Int64, free: Bool, id: ID128)
    /// Gives bought tickets back; `id` is derived from the request.
    case giveBack(Int64, id: ID128)
    /// Tells the member that a prize waits for them; once per place.
    case offer(place: Int)
    /// The prize of a place; done once per place.
    case prize(String, place: Int)
}

extension MemberState {
    /// How many tickets count for this member.
    public func tickets(in raffle: Raffle) -> Int64 {
        min(raffle.most, (counters[RaffleCounters.tickets(of: raffle.id)] ?? .empty).tickets(in: raffle))
    }

    /// How many of them were taken for nothing.
    public func freeTickets(in raffle: Raffle) -> Int64 {
        (counters[RaffleCounters.tickets(of: raffle.id)]?.marks ?? [])
            .filter { $0.slot == RaffleCounters.Way.free.rawValue }.reduce(0) { $0 + $1.count }
    }

    /// Takes or buys tickets.
    ///
    /// - Parameter id: derived from the request.
    public mutating func enter(
        _ id: String, _ count: Int64, free: Bool, request: ID128, _ context: DecisionContext,
        into changes: inout Changes
    ) throws(CommandProblem) {
        guard let compiled = context.programme.raffles[id] else { throw .raffle(.unknown) }
        let raffle = compiled.raffle
        guard context.programmeDay >= raffle.days.first else { throw .notYet }
        guard context.programmeDay <= raffle.days.last else { throw .noLongerAvailable }
        guard compiled.allows(self, in: context.programme, context) else { throw .conditionNotMet }
        guard count > 0, tickets(in: raffle) + count <= raffle.most else { throw .perMemberLimit(raffle.most) }
        let today = context.calendar.day(of: context.now)
        // It is the programme's day that counts here; the member's may be another one at the edges.
        let day = min(max(today, raffle.days.first), raffle.days.last)
        let at = stamp(context.now, day: today, context)
        var paid: Int64 = 0
        if free {
            guard freeTickets(in: raffle) + count <= raffle.free else { throw .raffle(.freeLimit(raffle.free)) }
        } else {
            guard let price = raffle.price else { throw .raffle(.notForSale) }
            let (amount, overflow) = price.amount.multipliedReportingOverflow(by: count)
            guard !overflow else { throw .ledger(.overflow(unit: price.unit)) }
            paid = amount
            do throws(LedgerProblem) {
                try settle(context, into: &changes)
                let lots = wallet.lots
                let parts = try wallet.take(
                    Transfer(
                        id: request, kind: .charge, unit: price.unit, amount: amount, at: at, source: id,
                        sourceVersion: context.programme.version),
                    to: .charged, at: context.now, into: &changes.journal)
                notePaid(parts, from: lots, for: raffle, price, into: &changes)
                touch(.spending, unit: price.unit, on: today, context, into: &changes)
            } catch {
                throw .ledger(error)
            }
        }
        let way: RaffleCounters.Way = free ? .free : .bought
        add(count, to: raffle, way, day: day, into: &changes)
        changes.effects.append(
            AppliedEffect(
                id: request, kind: .ticket, source: id, version: context.programme.version, subject: id,
                amount: count, wanted: paid, at: at, day: today))
    }

    mutating func add(
        _ count: Int64, to raffle: Raffle, _ way: RaffleCounters.Way, day: Int32, into changes: inout Changes
    ) {
        let name = RaffleCounters.tickets(of: raffle.id)
        counters[name, default: .empty].add(CounterMark(day: day, slot: way.rawValue, wanted: 1, count: count))
        changes.counters.insert(name)
    }

    /// Takes back what an event gave; nothing changes in a list that is closed.
    mutating func removeTickets(
        _ count: Int64, from id: String, day: Int32, into changes: inout Changes
    ) -> Bool {
        let name = RaffleCounters.tickets(of: id)
        let mark = CounterMark(day: day, slot: RaffleCounters.Way.given.rawValue, wanted: 1, count: count)
        guard counters[name]?.remove(mark) ?? false else { return false }
        changes.counters.insert(name)
        return true
    }

    /// Tells the member that the prize of a place waits for them.
    public mutating func tell(
        place: Int, of id: String, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard context.programme.raffles[id] != nil else { throw .raffle(.unknown) }
        let day = context.calendar.day(of: context.now)
        guard note(place, under: RaffleCounters.told(in: id), day: day, into: &changes) else { return }
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(from: raffleCause(id, place), step: "offer"), kind: .notice, source: id,
                version: context.programme.version, subject: "raffle-offered", amount: Int64(place) + 1,
                at: stamp(context.now, day: day, context), day: day))
    }

    private func raffleCause(_ id: String, _ place: Int) -> ID128 {
        EffectID.derived(
            programme: programme, source: id, cause: ID128(high: 0, low: 0), member: self.id,
            occurrence: Int64(place))
    }

    /// Whether the place was not noted before.
    private mutating func note(
        _ place: Int, under name: String, day: Int32, into changes: inout Changes
    ) -> Bool {
        let slot = Int32(clamping: place)
        if counters[name]?.marks.contains(where: { $0.slot == slot }) ?? false { return false }
        counters[name, default: .empty].add(CounterMark(day: day, slot: slot, wanted: 1))
        changes.counters.insert(name)
        return true
    }

    /// Gives the prize of a place, with its reason. A place is given once.
    public mutating func win(
        _ prize: String, place: Int, of id: String, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(CommandProblem) {
        guard let raffle = context.programme.raffles[id]?.raffle,
            let prize = raffle.prizes.first(where: { $0.id == prize })
        else { throw .raffle(.unknown) }
        let day = context.calendar.day(of: context.now)
        guard note(place, under: RaffleCounters.won(in: id), day: day, into: &changes) else { return }
        let cause = raffleCause(id, place)
        let moment = Moment(
            cause: cause, at: stamp(context.now, day: day, context), day: day, event: context.now)
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            for (index, effect) in prize.effects.enumerated() {
                try give(
                    effect, source: id, version: context.programme.version, cause: cause, index: index, moment,
                    { [] }, context, budgets: &budgets, into: &changes)
            }
        } catch {
            throw .ledger(error)
        }
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(from: cause, step: "won"), kind: .notice, source: id,
                version: context.programme.version, subject: "raffle-won", amount: Int64(place) + 1,
                at: moment.at, day: day))
    }
}

extension Counter {
    /// How many tickets fall in the days of a raffle.
    func tickets(in raffle: Raffle) -> Int64 { count(in: raffle.days.first..<(raffle.days.last + 1)) }
}

/// A raffle made ready.
public final class CompiledRaffle: Sendable {
    public let raffle: Raffle
    private let audience: CompiledAudience

    init(
        _ raffle: Raffle, in programme: Programme, zones: (any TimeZoneSource)?
    ) throws(CompilationProblem) {
        self.raffle = raffle
        audience = try CompiledAudience(
            raffle.condition, in: programme, zones: zones, place: "raffles/\(raffle.id): when")
    }

    /// Whether the member may take tickets.
    func allows(_ state: MemberState, in programme: CompiledProgramme, _ context: DecisionContext) -> Bool {
        audience.contains(state, in: programme, context)
    }

    /// From when on the list may be closed: late events have come in by then.
    public func closes(_ programme: Programme, calendar: MemberCalendar) -> Instant {
        let after = raffle.days.last + 1
        switch raffle.grace ?? programme.lateness ?? EventReader.standardLateness {
        case .milliseconds(let amount): return calendar.start(of: after).adding(milliseconds: amount)
        case let span: return calendar.instant(span, after: after)
        }
    }
}
