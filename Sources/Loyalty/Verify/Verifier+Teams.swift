import Primitives
import Storage

extension Verifier {
    /// Computes the sums of teams again from their members' own counters, and what each has a share in from the sums.
    func checkTeams(_ database: any Database, _ report: inout VerificationReport) async throws {
        guard let compiled, !compiled.teamChallenges.isEmpty else { return }
        let store = LoyaltyStore(programme: programme)
        let kinds = Set(compiled.teamChallenges.compactMap { $0.team?.wallet })
        let (wallets, hasErased) = try await database.read { [programme] connection in
            let wallets = try connection.query(
                "SELECT member_id, kind FROM shared_wallet WHERE programme_id = ? ORDER BY member_id",
                [.text(programme.name)]
            ).filter { kinds.contains(try $0.text(1)) }.map { try $0.member(0) }
            let erased = try connection.first(
                "SELECT 1 FROM erased_total WHERE programme_id = ? LIMIT 1", [.text(programme.name)])
            return (wallets, erased != nil)
        }
        for wallet in wallets {
            let (team, members, others) = try await database.read { connection in
                let ids = try store.members(of: wallet, connection).map(\.member)
                let members = try store.load(ids, joinedDay: 0, connection)
                let known = Set(members.values.flatMap(\.memberships.keys)).union([wallet])
                let others = try store.load(known.sorted(), joinedDay: 0, connection)
                return (others[wallet], members, others)
            }
            guard let team, let kind = team.shared?.kind else { continue }
            for challenge in compiled.teamChallenges where challenge.team?.wallet == kind {
                check(challenge, team, members, others, hasErased: hasErased, &report)
            }
        }
    }

    private func check(
        _ challenge: Challenge, _ team: MemberState, _ members: [MemberID: MemberState],
        _ others: [MemberID: MemberState], hasErased: Bool, _ report: inout VerificationReport
    ) {
        func differ(_ kind: Difference.Kind, _ member: MemberID, _ stored: Int64, _ recomputed: Int64) {
            report.add(
                Difference(
                    kind: kind, member: member, subject: challenge.id, stored: stored, recomputed: recomputed))
        }
        let counter = team.counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty
        var sum = Counter.empty
        for member in members.values {
            for mark in member.teamMarks(of: challenge)[team.id] ?? [] { sum.add(mark) }
        }
        let (more, missing) = MemberState.difference(counter.marks.filter { $0.slot >= 0 }, sum.marks)
        // What an erased member added stays the team's.
        if !missing.isEmpty || (!more.isEmpty && !hasErased) { differ(.teamSum, team.id, counter.count, sum.count) }
        let completions = Int64(team.teamCompletions(of: challenge).count)
        if completions != counter.granted { differ(.challengeCompletions, team.id, counter.granted, completions) }
        for record in members.values.filter({ $0.profile.mergedInto == nil }) + [team] {
            let wallets = record.shared == nil ? Array(record.memberships.keys) : [record.id]
            var teams: [MemberID: [ChallengeCompletion]] = [:]
            for wallet in wallets { teams[wallet] = others[wallet]?.teamCompletions(of: challenge) }
            let (given, due) = record.teamAwards(of: challenge, teams)
            if given != due { differ(.teamAwards, record.id, given, due) }
        }
    }
}

extension MemberState {
    /// How many awards of a team's challenge this record has, and how many it should have; -1 for others than those.
    fileprivate func teamAwards(
        of challenge: Challenge, _ teams: [MemberID: [ChallengeCompletion]]
    ) -> (given: Int64, due: Int64) {
        let due = shares(in: challenge, teams)
        let round = counters[CompiledChallenge.counter(of: challenge.id)]?.round ?? 0
        let given = (counters[MemberState.teamAwards(of: challenge.id)]?.marks ?? []).filter {
            $0.slot >= 0 && $0.wanted == round + 1
        }
        let isSame = given.allSatisfy { due[ChallengeCompletion.Key(period: $0.day, stage: Int($0.slot))] != nil }
        return (isSame ? given.reduce(0) { $0 + $1.count } : -1, Int64(due.count))
    }
}
