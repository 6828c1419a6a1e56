import Loyalty
import Primitives
import Storage

/// What changes scores of finished periods after the end: noted beside the members whose places they are, in the batch that
/// changes them.
extension Pipeline {
    /// The finished periods of a programme that are followed.
    func followedPeriods(of programme: ProgrammeID) async throws -> [String: [Int32: Range<Int32>]] {
        for _ in 0..<5 {
            if let followed = boards.followed[programme] { return followed }
            let epoch = boards.epoch
            let store = LoyaltyStore(programme: programme)
            let followed = try await database.read { try store.followedPeriods($0) }
            guard boards.epoch == epoch else { continue }
            if boards.followed[programme] == nil { boards.followed[programme] = followed }
        }
        throw PipelineProblem.unavailable
    }

    /// Whether a command may change what happened on a day before `end`.
    private static func mayReachBack(_ command: Command, before end: Int32) -> Bool {
        switch command.action {
        case .event(let event, _), .replay(let event, _, _):
            // Wherever the member is, and whenever their day starts.
            event.time.milliseconds < (Int64(end) + 2) * 86_400_000
        case .settle, .reschedule, .tendRewards, .alone: false
        default: true
        }
    }

    /// Looks at the places of all members whose counters this batch may have changed back in a finished period.
    func noteDrift(_ commands: [Command], _ work: inout Work) async throws {
        for programme in Set(commands.map(\.programme)).sorted() {
            guard let compiled = host[programme], !compiled.leaderboards.isEmpty else { continue }
            _ = try await followedPeriods(of: programme)
            // From here on whoever fixes a period knows that it was not looked at for these records.
            boards.running[programme] = Set(work.states.keys)
            let followed = boards.followed[programme] ?? [:]
            guard let end = followed.values.flatMap(\.values).map(\.upperBound).max() else { continue }
            let reaching = commands.filter { $0.programme == programme && Self.mayReachBack($0, before: end) }
            guard !reaching.isEmpty else { continue }
            let declared = followed.keys.sorted().compactMap { compiled.leaderboards[$0] }
            let owners = owners(of: reaching, declared, compiled, work)
            guard !owners.isEmpty else { continue }
            let store = LoyaltyStore(programme: programme)
            let places = try await database.read { connection in
                var places: [MemberID: [StoredPlace]] = [:]
                for (owner, records) in owners {
                    // Of two records of one person the places stay that are the survivor's; see `mergeBoards`.
                    var own: [StoredPlace] = []
                    for record in records {
                        for place in try store.boardPlaces(of: record, connection)
                        where !own.contains(where: { $0.board == place.board && $0.first == place.first }) {
                            own.append(place)
                        }
                    }
                    places[owner] = own
                }
                return places
            }
            let now = work.now ?? .latest
            for owner in owners.keys.sorted() {
                guard var state = work.states.removeValue(forKey: owner) else { continue }
                var changes = work.changes.removeValue(forKey: owner) ?? Changes()
                let context = context(compiled, state.profile, now)
                for board in declared {
                    let id = board.board.id
                    state.noteDrift(
                        (places[owner] ?? []).filter { $0.board == id }, followed[id] ?? [:], on: board, context,
                        into: &changes)
                }
                work.states[owner] = state
                work.changes[owner] = changes
            }
        }
    }

    /// Whose places may be concerned, each with the records whose places are theirs now: their own and those that they took
    /// over in this batch, in that order.
    private func owners(
        of commands: [Command], _ boards: [CompiledLeaderboard], _ compiled: CompiledProgramme, _ work: Work
    ) -> [MemberID: [MemberID]] {
        let counters = boards.reduce(into: Set<String>()) { $0.formUnion($1.counters) }
        let names = boards.map { CompiledLeaderboard.counter(of: $0.board.id) }
        var owners: [MemberID: [MemberID]] = [:]
        func add(_ id: MemberID, always: Bool = false) {
            guard owners[id] == nil, let state = work.states[id], state.programme == compiled.id,
                state.profile.mergedInto == nil, names.contains(where: { state.counters[$0] != nil }),
                always || !(work.changes[id]?.counters.isDisjoint(with: counters) ?? true)
            else { return }
            owners[id] = [id]
        }
        for command in commands {
            if case .recheckBoards = command.action {
                add(work.root(of: command.member), always: true)
            } else {
                add(work.root(of: command.member))
            }
        }
        if boards.contains(where: { $0.board.teams != nil }) {
            for state in work.states.values where state.shared != nil { add(state.id) }
        }
        for (owner, records) in Self.merged(commands, work) { owners[owner]? += records }
        for command in commands {
            guard case .recheckBoards = command.action, case let owner = work.root(of: command.member),
                owner != command.member
            else { continue }
            owners[owner]?.append(command.member)
        }
        return owners
    }

    /// The records that were taken over in these commands, by who has them in the end, in the order in which their places
    /// are looked at.
    private static func merged(_ commands: [Command], _ work: Work) -> [MemberID: [MemberID]] {
        var taken: [MemberID: [MemberID]] = [:]
        var waiting: Set<MemberID> = []
        for command in commands { if case .merge(let from) = command.action { waiting.insert(from) } }
        for command in commands {
            guard case .merge(let from) = command.action, waiting.remove(from) != nil else { continue }
            var into = command.member
            while !waiting.contains(into), let next = work.successors[into] { into = next }
            guard into != from else { continue }
            taken[into, default: []] += [from] + (taken.removeValue(forKey: from) ?? [])
        }
        return taken
    }
}
