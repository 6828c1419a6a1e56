import Primitives

extension MemberState {
    /// The completions of the merged history, against those that were rewarded already on either side.
    mutating func mergeChallenge(
        _ challenge: Challenge, mine: Counter, theirs: Counter, merged: inout Counter, other: MemberState,
        _ context: DecisionContext, at: Instant, day: Int32, into changes: inout Changes
    ) throws(LedgerProblem) {
        let name = CompiledChallenge.counter(of: challenge.id)
        let goals = CompiledChallenge.goals(of: challenge.id)
        let (myGoals, theirGoals) = (counters[goals] ?? .empty, other.counters[goals] ?? .empty)
        merged.round = max(mine.round, theirs.round)
        guard challenge.team == nil else { return }
        let before = ChallengeEvaluation(challenge, mine, goals: myGoals).completions
        let others = ChallengeEvaluation(challenge, theirs, goals: theirGoals).completions
        let after = ChallengeEvaluation(
            challenge, merged, goals: myGoals.marks.isEmpty ? theirGoals : myGoals
        ).completions
        let (mineDid, theirsDid) = (Set(before.map(\.key)), Set(others.map(\.key)))
        for completion in after.sorted() {
            let effects = challenge.completions[completion.stage].reward
            let cause = cause(of: completion, challenge, round: merged.round)
            let (mine, theirs) = (mineDid.contains(completion.key), theirsDid.contains(completion.key))
            if mine && theirs {
                for (index, effect) in effects.enumerated() {
                    guard case .award(let text, let unit) = effect, let amount = Int64(text) else { continue }
                    // Once per award, completion and record that is merged: each is another correction.
                    let stage = completion.stage == 0 ? "" : "/\(completion.stage)"
                    _ = try takeBack(
                        amount, unit: unit, source: name, name: "\(name)/\(completion.period)\(stage)/\(index)",
                        cause: other.id.value, earned: completion.day, context, at: at, day: day, into: &changes)
                }
            } else if !mine && !theirs {
                var budgets = BudgetBook()
                let moment = Moment(cause: cause, at: at, day: day, event: context.now)
                for (index, effect) in effects.enumerated() {
                    try give(
                        effect, source: name, version: context.programme.version, cause: cause, index: index, moment,
                        { [] }, context, budgets: &budgets, into: &changes)
                }
            }
        }
        merged.granted = Int64(after.count)
    }

    /// Of two records that joined the same challenge, the one that joined first counts.
    static func joinings(_ mine: Counter, _ theirs: Counter) -> Counter {
        guard mine.granted > 0 else { return theirs }
        guard theirs.granted > 0, let first = theirs.marks.first, let own = mine.marks.first else { return mine }
        return first.day < own.day ? theirs : mine
    }
}
