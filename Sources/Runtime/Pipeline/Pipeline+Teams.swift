import Loyalty
import Primitives
import Storage

/// Challenges of teams: what a member's command changes of their part is added to the team's record in the same
/// transaction, and whoever has a share in what that completes, or no longer completes, is decided on with it.
extension Pipeline {
    /// The members of some teams must be in memory for a decision that does not know them all. The batch is loaded again
    /// with them; it is thrown when a team's completions change, which few commands do.
    struct RosterMissing: Error {
        var programme: ProgrammeID
        var team: MemberID
        /// All teams of the batch in which more could follow.
        var all: Set<MemberID>
    }

    /// Teams whose members are loaded with a batch, because a decision asked for them.
    typealias Rosters = [ProgrammeID: Set<MemberID>]

    /// A record of which a command may change what it adds to teams.
    struct TeamPart {
        var before: MemberState
        var after: MemberState
    }

    /// The member before a command that may change what they add to teams; `nil` where it cannot.
    func teamPart(of state: MemberState, _ command: Command, _ compiled: CompiledProgramme) -> MemberState? {
        guard !compiled.teamChallenges.isEmpty, state.shared == nil else { return nil }
        switch command.action {
        // Both records are carried over by the merge itself.
        case .merge: return nil
        case .wallet: return state
        default: return state.memberships.isEmpty ? nil : state
        }
    }

    /// Carries over to the teams what changed of these parts.
    ///
    /// - Parameter state: the member of the command, taken out of the work.
    func carryToTeams(
        _ parts: [TeamPart], _ now: Instant, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        guard parts.contains(where: { !$0.before.memberships.isEmpty || !$0.after.memberships.isEmpty }) else { return }
        for challenge in compiled.teamChallenges {
            let name = CompiledChallenge.counter(of: challenge.id)
            let isConcerned = parts.contains { part in
                part.before.counters[name] != part.after.counters[name]
                    || part.before.memberships != part.after.memberships
                    || part.before.profile.mergedInto != part.after.profile.mergedInto
                    || changes.memberships.isEmpty == false
            }
            guard isConcerned else { continue }
            var old: [MemberID: [CounterMark]] = [:]
            var new: [MemberID: [CounterMark]] = [:]
            for part in parts {
                old.merge(part.before.teamMarks(of: challenge)) { $0 + $1 }
                new.merge(part.after.teamMarks(of: challenge)) { $0 + $1 }
            }
            var changed: [MemberID] = []
            for wallet in Set(old.keys).union(new.keys).sorted() where work.states[wallet] != nil {
                let isChanged = try withOther(wallet, now, compiled, settles: context.settles, &work) { side in
                    side.state.addToTeam(
                        challenge, removing: old[wallet] ?? [], adding: new[wallet] ?? [], into: &side.changes)
                }
                if isChanged { changed.append(wallet) }
            }
            try settleTeams(changed, challenge, now, compiled, context, &state, &changes, &work)
        }
    }

    /// Gives and takes back what follows from completions that changed.
    private func settleTeams(
        _ changed: [MemberID], _ challenge: Challenge, _ now: Instant, _ compiled: CompiledProgramme,
        _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        let programme = compiled.id
        if challenge.team?.gives == .wallet {
            for wallet in changed {
                try withOther(wallet, now, compiled, settles: context.settles, &work) { side in
                    let completions = [wallet: side.state.teamCompletions(of: challenge)]
                    try side.state.settleTeam(
                        challenge, completions, side.context, budgets: &budgets[programme, default: BudgetBook()],
                        into: &side.changes)
                }
            }
            return
        }
        func teams(of member: MemberState) -> [MemberID: [ChallengeCompletion]] {
            var teams: [MemberID: [ChallengeCompletion]] = [:]
            for wallet in member.memberships.keys {
                teams[wallet] = work.states[wallet]?.teamCompletions(of: challenge)
            }
            return teams
        }
        let own = teams(of: state)
        try state.settleTeam(
            challenge, own, context, budgets: &budgets[programme, default: BudgetBook()], into: &changes)
        var others: Set<MemberID> = []
        for wallet in changed {
            guard work.rosters.contains(wallet) else {
                let all = work.states.values.filter { $0.programme == programme && $0.shared != nil }.map(\.id)
                throw RosterMissing(programme: programme, team: wallet, all: Set(all + [wallet]))
            }
            for (id, member) in work.states where member.memberships[wallet] != nil && member.shared == nil {
                others.insert(id)
            }
        }
        for id in others.sorted() {
            guard let member = work.states[id], member.profile.mergedInto == nil else { continue }
            let theirs = teams(of: member)
            let firstEffect = work.changes[id]?.effects.count ?? 0
            try withOther(id, now, compiled, settles: context.settles, &work) { side in
                try side.state.settleTeam(
                    challenge, theirs, side.context, budgets: &budgets[programme, default: BudgetBook()],
                    into: &side.changes)
                side.state.trackTiers(side.context, into: &side.changes)
            }
            let effects = Array((work.changes[id]?.effects ?? []).dropFirst(firstEffect))
            if !effects.isEmpty { work.updates.append(update("team", effects, "accepted", id, programme, now)) }
        }
    }

    /// Loads all members of teams, with the other teams of each.
    func loadRosters(_ rosters: Rosters, _ work: inout Work) async throws {
        guard !rosters.isEmpty else { return }
        let found = try await database.read { connection in
            var members: [ProgrammeID: Set<MemberID>] = [:]
            for (programme, teams) in rosters {
                for team in teams.sorted() {
                    members[programme, default: []].formUnion(
                        try LoyaltyStore(programme: programme).members(of: team, connection).map(\.member))
                }
            }
            return members
        }
        var missing: [ProgrammeID: [MemberID]] = [:]
        for (programme, members) in found {
            for member in members.sorted() where work.states[member] == nil {
                if let state = cache.take(member) {
                    work.states[member] = state
                } else {
                    missing[programme, default: []].append(member)
                }
            }
        }
        let wanted = missing
        let loaded = try await database.read { connection in
            var loaded: [MemberID: MemberState] = [:]
            for (programme, members) in wanted {
                loaded.merge(
                    try LoyaltyStore(programme: programme).load(members, joinedDay: 0, connection)
                ) { first, _ in first }
            }
            return loaded
        }
        work.states.merge(loaded) { first, _ in first }
        for teams in rosters.values { work.rosters.formUnion(teams) }
    }
}
