import Loyalty
import Personalisation
import Primitives
import Storage

/// What members choose about profiling: decided with everything else of theirs, and on disk in the same transaction as what
/// goes because of it.
extension Pipeline {
    /// Reads the choices that the batch's commands rest on.
    func loadProfiling(_ commands: [Command], _ work: inout Work) async throws {
        var wanted: [ProgrammeID: Set<MemberID>] = [:]
        for command in commands {
            switch command.action {
            case .profiling: wanted[command.programme, default: []].insert(work.root(of: command.member))
            case .profile(let change) where change.level != nil || change.highestLevel != nil:
                wanted[command.programme, default: []].insert(work.root(of: command.member))
            case .merge(let from):
                wanted[command.programme, default: []].formUnion([work.root(of: command.member), from])
            default: break
            }
        }
        guard !wanted.isEmpty else { return }
        let members = wanted
        work.profiling = try await database.read { connection in
            var found: [MemberID: ProfilingChoice] = [:]
            for (programme, members) in members {
                found.merge(
                    try ProfilingStore(programme: programme).choices(of: members.sorted(), connection)
                ) { first, _ in first }
            }
            return found
        }
    }

    /// Whether a command is an event, or the correction of one, of which nothing is to be kept but the points and the day.
    static func isUntraced(_ command: Command, _ state: MemberState) -> Bool {
        switch command.action {
        case .event(let event, _), .replay(let event, _, _):
            event.isTraceless || state.isProfilingPaused(at: command.now)
        case .amend(let amendment):
            amendment.original.isTraceless || state.isProfilingPaused(at: command.now)
        default: false
        }
    }

    func choose(
        _ change: ProfilingChange, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes,
        _ work: inout Work
    ) -> ProfilingOutcome {
        let before = work.profiling[state.id] ?? .unsaid(at: state.profile.level)
        let tomorrow = context.calendar.day(of: context.now) + 1
        let outcome = before.change(change, endOfDay: context.calendar.start(of: tomorrow))
        keep(outcome.choice, context, &state, &changes, &work)
        forget(outcome.purges, context, &state, &changes)
        return outcome
    }

    /// What was declared for a level goes with it, however the level was lowered. What the level `personal` kept goes with
    /// the change of the level itself.
    func forget(
        _ purges: Set<ProfilingPurge>, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes
    ) {
        guard purges.contains(.persona), state.traits[Recommendations.Trait.persona] != nil else { return }
        change(ProfileChange(traits: [Recommendations.Trait.persona: .null]), context, &state, &changes)
    }

    /// A level for everything, from where there is one only. Who has no choice of their own needs none: their level says it.
    func note(
        _ change: ProfileChange, _ context: DecisionContext, _ state: MemberState, _ work: inout Work
    ) -> ProfilingOutcome? {
        guard change.level != nil || change.highestLevel != nil else { return nil }
        let stored = work.profiling[state.id]
        let before = stored ?? .unsaid(at: state.profile.level)
        var outcome = before.change(change.level.map { .all($0) } ?? ProfilingChange(), endOfDay: context.now)
        if let highest = change.highestLevel {
            outcome.choice = outcome.choice.stricter(with: ProfilingChoice(all: highest))
            outcome.purges = ProfilingPurge.all(from: before.storageLevel, to: outcome.choice.storageLevel)
        }
        if stored != nil {
            work.profiling[state.id] = outcome.choice
            work.profilingChanged[context.programme.id, default: []].insert(state.id)
        }
        return outcome
    }

    /// The stricter of what was chosen holds. Who has chosen nothing has no say: a visitor's beginning takes nothing from
    /// the member they turn out to be.
    func mergeProfiling(
        of other: MemberID, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes,
        _ work: inout Work
    ) {
        guard let theirs = work.profiling.removeValue(forKey: other) else { return }
        work.profilingChanged[context.programme.id, default: []].insert(other)
        let mine = work.profiling[state.id] ?? .unsaid(at: state.profile.level)
        let merged = mine.stricter(with: theirs)
        keep(merged, context, &state, &changes, &work)
        forget(ProfilingPurge.all(from: mine.storageLevel, to: merged.storageLevel), context, &state, &changes)
    }

    private func keep(
        _ choice: ProfilingChoice, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes,
        _ work: inout Work
    ) {
        work.profiling[state.id] = choice
        work.profilingChanged[context.programme.id, default: []].insert(state.id)
        state.pauseProfiling(until: choice.pausedUntil, into: &changes)
        change(ProfileChange(level: choice.storageLevel), context, &state, &changes)
    }
}

extension Pipeline.Work {
    func writeProfiling(_ connection: any Connection) throws {
        for (programme, members) in profilingChanged.sorted(by: { $0.key < $1.key }) {
            let store = ProfilingStore(programme: programme)
            for member in members.sorted() {
                if let choice = profiling[member] {
                    try store.write(choice, of: member, connection)
                } else {
                    try store.erase([member], connection)
                }
            }
        }
    }
}
