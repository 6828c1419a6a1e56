import Primitives

extension MemberState {
    /// What the member has done of a challenge.
    public func evaluation(of challenge: Challenge) -> ChallengeEvaluation {
        ChallengeEvaluation(
            challenge, counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty,
            goals: counters[CompiledChallenge.goals(of: challenge.id)] ?? .empty)
    }

    /// How far a challenge is on a day; 0 when it does not run.
    func progress(of challenge: Challenge, on day: Int32) -> Int64 {
        guard !challenge.isPlain else {
            let counter = counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty
            return counter.count(in: DayPeriods().days(of: challenge.every, containing: day))
        }
        return evaluation(of: challenge).standing(on: day)?.value ?? 0
    }

    /// Adds what an event, or a rule, gives to a challenge, and carries out what that completes.
    mutating func advance(
        _ challengeID: String, _ marks: [ChallengeMark], _ moment: Moment, _ proof: () -> [UInt8],
        _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let challenge = context.programme.challenges[challengeID], !marks.isEmpty else { return }
        guard context.calendar.periods.days(of: challenge, containing: moment.day) != nil else { return }
        if challenge.isJoined, !isJoined(challengeID, on: moment.day) { return }
        let name = CompiledChallenge.counter(of: challengeID)
        let before = challenge.team == nil ? completions(of: challenge, around: moment.day) : []
        for mark in marks {
            counters[name, default: .empty].add(
                CounterMark(day: moment.day, slot: mark.slot, wanted: mark.size, count: mark.count))
        }
        changes.counters.insert(name)
        let value = progress(of: challenge, on: moment.day)
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(programme: programme, source: name, cause: moment.cause, member: id),
                kind: .progress, source: challengeID, version: context.programme.version, subject: challengeID,
                amount: min(value, challenge.finish), wanted: challenge.finish, at: moment.at, day: moment.day))
        // A team's is completed by the team.
        guard challenge.team == nil else { return }
        let after = completions(of: challenge, around: moment.day)
        try complete(
            challenge, before: before, after: after, moment, proof, context, budgets: &budgets, into: &changes)
    }

    /// The completions that a mark of `day` can change: all, or those of one period where the others cannot be concerned.
    private func completions(of challenge: Challenge, around day: Int32) -> [ChallengeCompletion] {
        guard challenge.isPlain else { return evaluation(of: challenge).completions }
        let counter = counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty
        let days = DayPeriods().days(of: challenge.every, containing: day)
        guard counter.count(in: days) >= challenge.target else { return [] }
        return [ChallengeCompletion(period: days.lowerBound, stage: 0, day: day)]
    }

    /// Gives what newly is complete.
    mutating func complete(
        _ challenge: Challenge, before: [ChallengeCompletion], after: [ChallengeCompletion], _ moment: Moment,
        _ proof: () -> [UInt8], _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let known = Set(before.map(\.key))
        let gained = after.filter { !known.contains($0.key) }.sorted()
        guard !gained.isEmpty else { return }
        let name = CompiledChallenge.counter(of: challenge.id)
        let version = context.programme.version
        counters[name, default: .empty].granted += Int64(gained.count)
        changes.counters.insert(name)
        for completion in gained {
            let stage = challenge.completions[completion.stage]
            let cause = cause(of: completion, challenge)
            let standing = challenge.isPlain ? nil : evaluation(of: challenge).standing(on: completion.day)
            let wanted = challenge.stages.isEmpty ? standing?.target ?? stage.at : stage.at
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(programme: programme, source: name, cause: cause, member: id, occurrence: 1),
                    kind: .completed, source: challenge.id, version: version, subject: challenge.id,
                    amount: max(wanted, progress(of: challenge, on: completion.day)), wanted: wanted, at: moment.at,
                    day: moment.day, proof: proof()))
            for (index, effect) in stage.reward.enumerated() {
                let effect = reward(effect, of: challenge, completion, at: index, into: &changes)
                try give(
                    effect, source: name, version: version, cause: cause, index: index, moment, { [] }, context,
                    budgets: &budgets, into: &changes)
            }
            guard completion.stage == challenge.completions.count - 1 else { continue }
            for next in challenge.starts { startJoining(next, after: cause, moment, context, into: &changes) }
        }
    }

    /// Carries out what follows from what the member has now, until nothing more follows: challenges whose prerequisites
    /// are met, badges whose parts are all there, levels that are reached.
    mutating func followUp(
        _ moment: Moment, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let compiled = context.programme
        guard compiled.hasFollowUps else { return }
        // Each round unlocks, grants or lifts something for good, so it ends.
        var isSettled = false
        while !isSettled {
            isSettled = true
            for challenge in compiled.gatedChallenges {
                if try unlock(challenge, moment, context, budgets: &budgets, into: &changes) { isSettled = false }
            }
            for badge in compiled.compositeBadges where badges[badge.id] == nil && !isRevoked(badge.id) {
                guard badge.allOf.allSatisfy({ badges[$0] != nil }) else { continue }
                // It follows from its parts; those are what a review holds.
                var unwatched = moment
                unwatched.type = nil
                try give(
                    .badge(badge.id), source: "badge/" + badge.id, version: compiled.version, cause: moment.cause,
                    index: 0, unwatched, { [] }, context, budgets: &budgets, into: &changes)
                isSettled = false
            }
            if try levelUp(moment, context, budgets: &budgets, into: &changes) { isSettled = false }
            if !compiled.standings.isEmpty, try reachStandings(context, budgets: &budgets, into: &changes) {
                isSettled = false
            }
        }
    }

    /// - Returns: whether a prerequisite is met that was not, or on an earlier day than was known.
    private mutating func unlock(
        _ challenge: Challenge, _ moment: Moment, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) -> Bool {
        let name = CompiledChallenge.counter(of: challenge.id)
        var met: [(index: Int, day: Int32)] = []
        for (index, prerequisite) in challenge.after.enumerated() {
            let known = counters[name]?.unlocked(index)
            let day: Int32? =
                switch prerequisite {
                case .challenge(let id):
                    context.programme.challenges[id].flatMap { evaluation(of: $0).completedOn }
                case .badge(let id): badges[id]?.day
                case .tier(let id): known ?? (hasTier(id, context) ? moment.day : nil)
                }
            if let day, known.map({ day < $0 }) ?? true { met.append((index, day)) }
        }
        guard !met.isEmpty else { return false }
        let before = evaluation(of: challenge).completions
        for (index, day) in met {
            counters[name, default: .empty].add(
                CounterMark(day: day, slot: ChallengeMark.prerequisite(index), wanted: 0))
        }
        changes.counters.insert(name)
        try complete(
            challenge, before: before, after: evaluation(of: challenge).completions, moment, { [] }, context,
            budgets: &budgets, into: &changes)
        return true
    }

    private func hasTier(_ wanted: String, _ context: DecisionContext) -> Bool {
        let tier = tier(in: context.programme, today: context.calendar.day(of: context.now))
        return context.programme.programme.tiers?.upTo(tier).contains { $0.id == wanted } ?? false
    }

    /// Forgets which things a member has had, where that tells the item, and keeps how many: for a member who leaves the
    /// level `personal`.
    public mutating func forgetIdentities(in programme: CompiledProgramme, into changes: inout Changes) {
        for challenge in programme.identityChallenges {
            let name = CompiledChallenge.counter(of: challenge.id)
            guard let counter = counters[name], counter.marks.contains(where: { $0.slot == 0 && $0.wanted > 0 }) else {
                continue
            }
            counters[name] = ChallengeEvaluation.unnamed(counter, challenge)
            changes.counters.insert(name)
        }
    }
}

extension ChallengeEvaluation {
    /// The counter with one unnamed mark for each value that a period has, on its first day there.
    static func unnamed(_ counter: Counter, _ challenge: Challenge) -> Counter {
        let periods = DayPeriods()
        struct Seen: Hashable {
            var period: Int32
            var value: Int64
        }
        let first = counter.unlocked(challenge) ?? .min
        var seen: Set<Seen> = []
        var changed = Counter(granted: counter.granted, refused: counter.refused)
        for mark in counter.marks {
            guard mark.slot == 0, mark.wanted != ChallengeMark.unnamed else {
                changed.add(mark)
                continue
            }
            guard mark.day >= first, let days = periods.days(of: challenge, containing: mark.day),
                seen.insert(Seen(period: days.lowerBound, value: mark.wanted)).inserted
            else { continue }
            changed.add(CounterMark(day: mark.day, wanted: ChallengeMark.unnamed))
        }
        return changed
    }
}
