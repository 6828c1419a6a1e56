public import Catalogue
public import Primitives

/// A programme run over a history, in memory and from nothing: what it would have cost and what members would have.
///
/// Two of these over the same history, under today's programme and a changed one, are a back-test (``BacktestReport``).
/// Every event is decided as of its own moment by what decides live ones. Redemptions, corrections by staff and what
/// members choose are no events, so they are in neither run and the difference is that of the rules alone. The same
/// history gives the same outcome.
public struct Backtest: Sendable {
    private struct CalendarKey: Hashable {
        var zone: String
        var dayStartMinutes: Int
    }

    private let programme: CompiledProgramme
    private let offsets: any ZoneOffsets
    private let reader: EventReader
    private var profiles: [MemberID: MemberProfile]
    private var states: [MemberID: MemberState] = [:]
    private var budgets = BudgetBook()
    private var claims: Set<ID128> = []
    private var failed: Set<MemberID> = []
    private var calendars: [CalendarKey: MemberCalendar] = [:]
    private let programmeCalendar: MemberCalendar
    private var today: (day: Int32, start: Instant, end: Instant)?
    private var outcome = BacktestOutcome()
    private var last: Instant?
    /// Whether what happens now is counted; what came before still fills limits, streaks and tiers.
    public var counts = true

    /// - Parameters:
    ///   - item: an item as conditions see it; a stub for one that is not known.
    ///   - profiles: time zone, day start and level of members that are known; others are new ones.
    public init(
        _ programme: CompiledProgramme, offsets: any ZoneOffsets,
        item: @escaping @Sendable (ItemID) -> Item = { Item.stub($0) }, profiles: [MemberID: MemberProfile] = [:]
    ) {
        self.programme = programme
        self.offsets = offsets
        self.profiles = profiles
        reader = EventReader(programme, item: item)
        programmeCalendar = programme.calendar(offsets: offsets)
    }

    /// Time zone, day start and level of members whose events come next.
    public mutating func know(_ profiles: [MemberID: MemberProfile]) {
        self.profiles.merge(profiles) { first, _ in first }
    }

    // MARK: The history

    /// Takes the next event. Events come in order of time; one that came before is a duplicate, and one that does not fit
    /// its declaration is counted as refused.
    public mutating func take(_ incoming: IncomingEvent, of member: MemberID) {
        take(
            incoming, of: member,
            claim: EffectID.derived(
                programme: programme.id, source: incoming.source + "\u{1F}" + incoming.id,
                cause: ID128(high: 0, low: 0), member: MemberID(ID128(high: 0, low: 0))))
    }

    /// As ``take(_:of:)`` for an event whose claim is known.
    public mutating func take(_ incoming: IncomingEvent, of member: MemberID, claim: ID128) {
        last = incoming.time
        guard claims.insert(claim).inserted else {
            if counts { outcome.duplicates += 1 }
            return
        }
        let event: Event
        do throws(EventProblem) {
            event = try reader.read(incoming, claim: claim, now: incoming.time, acceptsLate: true)
        } catch {
            if counts { outcome.refused[error.code.rawValue, default: 0] += 1 }
            return
        }
        decide(member, at: incoming.time) { state, context, budgets, changes throws(LedgerProblem) in
            try state.decide(event, context, budgets: &budgets, into: &changes)
        }
        if counts { outcome.events += 1 }
    }

    /// Two members turned out to be one person.
    public mutating func merge(_ from: MemberID, into member: MemberID, at now: Instant) {
        guard from != member, var other = states.removeValue(forKey: from) else { return }
        let otherContext = context(other.profile, now)
        decide(member, at: now) { state, context, _, changes throws(LedgerProblem) in
            var theirs = Changes()
            // Only the ledger can refuse: the two are different, and nothing else is asked.
            try? state.absorb(&other, context, otherContext, into: &changes, otherChanges: &theirs)
        }
    }

    private mutating func decide(
        _ member: MemberID, at now: Instant,
        _ body: (inout MemberState, DecisionContext, inout BudgetBook, inout Changes) throws(LedgerProblem) -> Void
    ) {
        guard !failed.contains(member) else { return }
        let known = profiles[member]
        var state =
            states.removeValue(forKey: member)
            ?? MemberState(
                programme: programme.id, id: member,
                profile: known.map { profile in
                    var profile = profile
                    profile.joinedDay = min(profile.joinedDay, programmeDay(now))
                    profile.mergedInto = nil
                    return profile
                } ?? MemberProfile(joinedDay: programmeDay(now)))
        let context = context(state.profile, now)
        var changes = Changes()
        do throws(LedgerProblem) {
            try body(&state, context, &budgets, &changes)
            state.trackTiers(context, into: &changes)
            budgets.commit()
            note(changes)
            states[member] = state
        } catch {
            // An amount left the range of the ledger: nothing more can be said of this member.
            failed.insert(member)
        }
    }

    private mutating func note(_ changes: Changes) {
        guard counts else { return }
        for effect in changes.effects { outcome.note(effect) }
        for transfer in changes.journal.transfers where transfer.kind == .expire {
            outcome.units[transfer.unit, default: .init()].expired += transfer.amount
        }
    }

    // MARK: Time

    private mutating func context(_ profile: MemberProfile, _ now: Instant) -> DecisionContext {
        let key = CalendarKey(
            zone: profile.timeZone ?? programme.programme.timeZone,
            dayStartMinutes: profile.dayStartMinutes ?? programme.programme.dayStartMinutes)
        let calendar =
            calendars[key]
            ?? MemberCalendar(zone: key.zone, dayStartMinutes: key.dayStartMinutes, offsets: offsets)
        calendars[key] = calendar
        return DecisionContext(
            programme: programme, calendar: calendar, now: now, programmeDay: programmeDay(now), explains: false)
    }

    private mutating func programmeDay(_ now: Instant) -> Int32 {
        if let today, today.start <= now, now < today.end { return today.day }
        let day = programmeCalendar.day(of: now)
        today = (day, programmeCalendar.start(of: day), programmeCalendar.start(of: day + 1))
        return day
    }

    // MARK: The end

    /// Carries out the calendar up to `end` (the last event's time if it is `nil`), and says what came of it all.
    ///
    /// - Complexity: O(members).
    public mutating func finish(at end: Instant? = nil) -> BacktestOutcome {
        let now = end ?? last ?? Instant(milliseconds: 0)
        for member in states.keys.sorted() {
            decide(member, at: now) { state, context, _, changes throws(LedgerProblem) in
                try state.settle(context, into: &changes)
            }
        }
        var result = outcome
        result.members = Int64(states.count)
        result.failed = Int64(failed.count)
        for state in states.values {
            result.note(state, in: programme, today: context(state.profile, now).calendar.day(of: now))
        }
        return result
    }
}
