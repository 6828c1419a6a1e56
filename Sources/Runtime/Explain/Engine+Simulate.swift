public import Loyalty
public import Primitives
import Storage
import Synchronization
import Vault

/// What would become of an event if it were sent now.
public enum EventDryRun: Sendable {
    /// - Parameter member: `nil` for somebody who is not known yet.
    case decided(Simulation, member: MemberID?, CompiledProgramme)
    /// It was taken before.
    case duplicate
    case quarantined(EventProblem)
}

extension Engine {
    /// Decides an event without taking it: nothing is written, claimed, counted or sent, and nobody becomes known.
    ///
    /// - Parameters:
    ///   - draft: a programme of this name that is not in force; `nil` for the one that is.
    ///   - asLaunched: whether everybody takes part, whatever the programme's pilot says.
    /// - Throws: ``PipelineProblem/unknownProgramme(_:)``; what the database throws.
    public func simulate(
        _ envelope: EventEnvelope, in programme: ProgrammeID, under draft: CompiledProgramme? = nil,
        asLaunched: Bool = false
    ) async throws -> EventDryRun {
        guard let running = draft ?? host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let compiled = asLaunched ? try running.launched(zones: zones) : running
        guard envelope.namesSomebody else { return .quarantined(Self.nobodyNamed) }
        let now = clock.now()
        let incoming = envelope.event
        let claim = claim(programme: programme, source: incoming.source, id: incoming.id)
        let reader = EventReader(compiled) { [catalogue] id in catalogue.item(id, in: programme) }
        let event: Event
        do throws(EventProblem) {
            event = try reader.read(incoming, claim: claim, now: now)
        } catch {
            return .quarantined(error)
        }
        var known = envelope.member
        if known == nil, let identity = envelope.user ?? envelope.anonymous {
            known = try await identities.find(identity, programme: programme)
        }
        let stranger = MemberID(claim)
        let joined = calendars.withLock { $0.programmeDay(compiled, now) }
        let store = LoyaltyStore(programme: programme)
        let keys = compiled.budgets.values.map { budget in
            BudgetBook.Key(budget: budget.id, day: DayPeriods().firstDay(of: budget.period, containing: joined))
        }
        let (isTaken, state, spent) = try await database.read { [known] connection in
            let isTaken = try !store.claimed([claim], connection).isEmpty
            var state = MemberState(programme: programme, id: stranger, profile: MemberProfile(joinedDay: joined))
            var next = known
            for _ in 0..<8 {
                guard let member = next else { break }
                state = try store.load([member], joinedDay: joined, connection)[member] ?? state
                next = state.profile.mergedInto
            }
            return (isTaken, state, try store.spent(keys, connection))
        }
        if isTaken { return .duplicate }
        var context = calendars.withLock { $0.context(compiled, state.profile, now) }
        context.settles = !host.pausesCalendar
        let claims = self.claims
        context.reference = { Int64(bitPattern: claims.id(ofParts: "reference", programme.name, $0).low) }
        let simulation = try state.simulated(event, context, budgets: BudgetBook(spent: spent))
        return .decided(simulation, member: known == nil ? nil : simulation.after.id, compiled)
    }
}
