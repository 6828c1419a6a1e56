public import Primitives

extension CompiledChallenge {
    /// The name of the counter that says whether a member has joined: ``Counter/granted`` is 1 while they have, and its
    /// mark the day from which on it counts.
    static func joining(of id: String) -> String { "joined/" + id }

    /// The name of the counter of targets that a member chose: each mark's size from its day on.
    public static func goals(of id: String) -> String { "goal/" + id }
}

extension MemberState {
    /// Whether what happens on `day` counts for a challenge that members join.
    public func isJoined(_ challenge: String, on day: Int32) -> Bool {
        guard let counter = counters[CompiledChallenge.joining(of: challenge)], counter.granted > 0 else {
            return false
        }
        return counter.marks.last.map { $0.day <= day } ?? false
    }

    /// Joins a challenge: it counts from the member's present day on. Joining twice changes nothing.
    public mutating func join(
        _ challengeID: String, id: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard let challenge = context.programme.challenges[challengeID] else { throw .unknownChallenge }
        guard challenge.isJoined else { throw .notJoinable }
        let day = context.calendar.day(of: context.now)
        guard !isJoined(challengeID, on: day) else { return }
        guard context.calendar.periods.days(of: challenge, containing: day) != nil else { throw .noLongerAvailable }
        let counter = counters[CompiledChallenge.counter(of: challengeID)] ?? .empty
        guard counter.unlocked(challenge) != nil else { throw .conditionNotMet }
        if let most = context.programme.programme.joinedAtMost, activeJoined(day, context) >= most {
            throw .tooManyChallenges(most)
        }
        setJoined(challengeID, from: day, into: &changes)
        notice("challenge-joined", challengeID, id: id, day: day, context, into: &changes)
    }

    /// Leaves it again: nothing more counts, and what counted so far stays. Leaving twice changes nothing.
    public mutating func leave(
        _ challengeID: String, id: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        guard let challenge = context.programme.challenges[challengeID] else { throw .unknownChallenge }
        guard challenge.isJoined else { throw .notJoinable }
        let name = CompiledChallenge.joining(of: challengeID)
        guard counters[name]?.granted ?? 0 > 0 else { return }
        counters[name]?.granted = 0
        changes.counters.insert(name)
        let day = context.calendar.day(of: context.now)
        notice("challenge-left", challengeID, id: id, day: day, context, into: &changes)
    }

    /// Chooses an own target, from the present period on.
    public mutating func setGoal(
        _ challengeID: String, to goal: Int64, id: ID128, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(CommandProblem) {
        guard let challenge = context.programme.challenges[challengeID] else { throw .unknownChallenge }
        guard let bounds = challenge.goal else { throw .noGoal }
        guard bounds.contains(goal) else { throw .goalOutOfBounds(bounds.lowerBound, bounds.upperBound) }
        let day = context.calendar.day(of: context.now)
        guard let standing = evaluation(of: challenge).standing(on: day) else { throw .noLongerAvailable }
        guard standing.target != goal else { return }
        // What was reached stays reached, and a completion is not taken back by aiming higher.
        guard !standing.isComplete else { throw .alreadyComplete }
        let before = evaluation(of: challenge).completions
        let name = CompiledChallenge.goals(of: challengeID)
        var goals = counters[name] ?? .empty
        for mark in goals.marks where mark.day == day { _ = goals.remove(mark) }
        goals.add(CounterMark(day: day, wanted: goal))
        counters[name] = goals
        changes.counters.insert(name)
        notice("goal-set", challengeID, amount: goal, id: id, day: day, context, into: &changes)
        let moment = Moment(cause: id, at: stamp(context.now, day: day, context), day: day, event: context.now)
        do throws(LedgerProblem) {
            try complete(
                challenge, before: before, after: evaluation(of: challenge).completions, moment, { [] }, context,
                budgets: &budgets, into: &changes)
            try followUp(moment, context, budgets: &budgets, into: &changes)
        } catch {
            throw .ledger(error)
        }
    }

    /// Joins what a completion starts; whoever has joined already stays as they are.
    mutating func startJoining(
        _ challengeID: String, after cause: ID128, _ moment: Moment, _ context: DecisionContext,
        into changes: inout Changes
    ) {
        guard let challenge = context.programme.challenges[challengeID], challenge.isJoined,
            counters[CompiledChallenge.joining(of: challengeID)]?.granted ?? 0 == 0
        else { return }
        setJoined(challengeID, from: moment.day, into: &changes)
        let id = EffectID.derived(
            programme: programme, source: CompiledChallenge.joining(of: challengeID), cause: cause, member: self.id)
        notice("challenge-joined", challengeID, id: id, day: moment.day, context, into: &changes)
    }

    private mutating func setJoined(_ challenge: String, from day: Int32, into changes: inout Changes) {
        let name = CompiledChallenge.joining(of: challenge)
        counters[name] = Counter(marks: [CounterMark(day: day, wanted: 1)], granted: 1)
        changes.counters.insert(name)
    }

    /// How many challenges the member has joined and not finished for good.
    private func activeJoined(_ day: Int32, _ context: DecisionContext) -> Int64 {
        Int64(
            context.programme.challenges.values.count { challenge in
                guard challenge.isJoined,
                    counters[CompiledChallenge.joining(of: challenge.id)]?.granted ?? 0 > 0
                else { return false }
                let isOnce = challenge.every == .ever && challenge.cycle == nil
                return !(isOnce && (evaluation(of: challenge).standing(on: day)?.isComplete ?? true))
            })
    }

    private mutating func notice(
        _ code: String, _ source: String, amount: Int64 = 0, id: ID128, day: Int32, _ context: DecisionContext,
        into changes: inout Changes
    ) {
        changes.effects.append(
            AppliedEffect(
                id: id, kind: .notice, source: source, version: context.programme.version, subject: code,
                amount: amount, at: stamp(context.now, day: day, context), day: day))
    }
}
