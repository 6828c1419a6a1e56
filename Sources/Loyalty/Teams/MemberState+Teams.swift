public import Primitives

/// Challenges of teams.
///
/// A member's marks stay in the member's own counter. The team's record has a counter of the same name, which is the sum,
/// over its members, of the marks of the days on which each belonged to it; so completions, `verify` and the order of
/// events are as for one member. What a completion gives each is again a function of sets, and differences are posted.
extension MemberState {
    /// What this member's marks add to each team. Nothing for a record that another has taken over.
    public func teamMarks(of challenge: Challenge) -> [MemberID: [CounterMark]] {
        guard let team = challenge.team, !memberships.isEmpty, profile.mergedInto == nil,
            let counter = counters[CompiledChallenge.counter(of: challenge.id)]
        else { return [:] }
        var marks: [MemberID: [CounterMark]] = [:]
        var last: (day: Int32, wallet: MemberID?)?
        for mark in counter.marks where mark.slot >= 0 {
            if last?.day != mark.day { last = (mark.day, self.team(of: team.wallet, on: mark.day)) }
            if let wallet = last?.wallet { marks[wallet, default: []].append(mark) }
        }
        return marks
    }

    /// How much a member added to a team themselves on some days.
    public func contribution(to wallet: MemberID, of challenge: Challenge, in days: Range<Int32>) -> Int64 {
        let marks = (teamMarks(of: challenge)[wallet] ?? []).filter { days.contains($0.day) }
        if case .steps = challenge.measure { return marks.reduce(0) { $0 + $1.count } }
        return ChallengeEvaluation(challenge, Counter(marks: marks)).value(in: days)
    }

    /// The completions of a team's challenge that this record has a share in, by what the teams reached.
    ///
    /// - Parameter teams: completions by team; those of this record itself if it is a team.
    func shares(
        in challenge: Challenge, _ teams: [MemberID: [ChallengeCompletion]]
    ) -> [ChallengeCompletion.Key: ChallengeCompletion] {
        guard let terms = challenge.team, profile.mergedInto == nil else { return [:] }
        var shares: [ChallengeCompletion.Key: ChallengeCompletion] = [:]
        for (wallet, completions) in teams {
            for completion in completions {
                guard let days = DayPeriods().days(of: challenge, containing: completion.day) else { continue }
                let isEntitled =
                    switch terms.gives {
                    case .wallet: wallet == id
                    case .each: memberships[wallet]?.kind == terms.wallet && belonged(to: wallet, in: days)
                    case .contributors:
                        memberships[wallet]?.kind == terms.wallet
                            && contribution(to: wallet, of: challenge, in: days) >= terms.least
                    }
                guard isEntitled, shares[completion.key].map({ completion.day < $0.day }) ?? true else { continue }
                shares[completion.key] = completion
            }
        }
        return shares
    }

    /// The name of the counter of what a team's challenge gave: a mark per period and stage.
    public static func teamAwards(of challenge: String) -> String { "team/" + challenge }

    /// Gives what this record has newly a share in, and takes back what it has none in any more, once per person however
    /// many teams they were in.
    ///
    /// - Parameter teams: the completions of all teams that the record belongs or belonged to.
    public mutating func settleTeam(
        _ challenge: Challenge, _ teams: [MemberID: [ChallengeCompletion]], _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let name = Self.teamAwards(of: challenge.id)
        let round = teamRound(of: challenge)
        let wanted = shares(in: challenge, teams)
        var given: [ChallengeCompletion.Key: Int64] = [:]
        for mark in counters[name]?.marks ?? [] where mark.slot >= 0 && mark.wanted == round + 1 {
            given[ChallengeCompletion.Key(period: mark.day, stage: Int(mark.slot)), default: 0] += mark.count
        }
        guard Set(wanted.keys) != Set(given.keys) || given.values.contains(where: { $0 > 1 }) else { return }
        let keys = Set(wanted.keys).union(given.keys).sorted { ($0.period, $0.stage) < ($1.period, $1.stage) }
        for key in keys {
            let difference = (wanted[key] == nil ? 0 : 1) - given[key, default: 0]
            guard difference != 0 else { continue }
            try post(difference, key, wanted[key], of: challenge, round: round, context, budgets: &budgets, &changes)
        }
    }

    /// The how-manieth terms of the challenge the awards belong to.
    private func teamRound(of challenge: Challenge) -> Int64 {
        counters[CompiledChallenge.counter(of: challenge.id)]?.round ?? 0
    }

    private mutating func post(
        _ difference: Int64, _ key: ChallengeCompletion.Key, _ completion: ChallengeCompletion?,
        of challenge: Challenge, round: Int64, _ context: DecisionContext, budgets: inout BudgetBook,
        _ changes: inout Changes
    ) throws(LedgerProblem) {
        let name = Self.teamAwards(of: challenge.id)
        let today = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: today, context)
        let takenSlot = Int32(-1 - key.stage)
        let revision = (counters[name]?.marks ?? []).reduce(Int64(0)) {
            $1.day == key.period && $1.slot == takenSlot && $1.wanted == round + 1 ? $0 + $1.count : $0
        }
        changes.counters.insert(name)
        guard challenge.completions.indices.contains(key.stage) else { return }
        let stage = challenge.completions[key.stage]
        let base = CompiledChallenge.cause(
            of: ChallengeCompletion(period: key.period, stage: key.stage, day: 0), round: round)
        let cause = ID128(high: base.high ^ UInt64(bitPattern: revision) << 40, low: base.low)
        let mark = CounterMark(day: key.period, slot: Int32(key.stage), wanted: round + 1, count: abs(difference))
        guard difference < 0 else {
            counters[name, default: .empty].add(mark)
            let moment = Moment(cause: cause, at: at, day: completion?.day ?? today, event: context.now)
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(programme: programme, source: name, cause: cause, member: id, occurrence: 1),
                    kind: .completed, source: challenge.id, version: context.programme.version,
                    subject: challenge.id, amount: stage.at, wanted: stage.at, at: at, day: today))
            for (index, effect) in stage.reward.enumerated() {
                try give(
                    effect, source: name, version: context.programme.version, cause: cause, index: index, moment,
                    { [] }, context, budgets: &budgets, into: &changes)
            }
            return
        }
        _ = counters[name]?.remove(mark)
        counters[name, default: .empty].add(
            CounterMark(day: key.period, slot: takenSlot, wanted: round + 1, count: -difference))
        for (index, effect) in stage.reward.enumerated() {
            let effectID = EffectID.derived(programme: programme, source: name, cause: cause, member: id, index: index)
            var subject: String?
            switch effect {
            case .award(let text, let unit):
                guard let amount = Int64(text) else { continue }
                _ = try takeBack(
                    amount * -difference, unit: unit, source: name, name: "\(name)/\(key.period)/\(index)/\(revision)",
                    cause: cause, earned: completion?.day ?? today, context, at: at, day: today, into: &changes)
            case .badge(let badge) where badges[badge]?.effect == effectID:
                badges[badge] = nil
                changes.badges.insert(badge)
                subject = badge
            case .entitlement(let entitlement, _) where entitlements[entitlement]?.effect == effectID:
                entitlements[entitlement]?.expiresAt = at
                changes.entitlements.insert(entitlement)
                subject = entitlement
            default: break
            }
            guard let subject else { continue }
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(from: effectID, step: "amendment"), kind: .reversal, source: name,
                    version: context.programme.version, subject: subject, at: at, day: today))
        }
    }

    // MARK: The team's own record

    /// Changes the team's sum by what a member's part of it changed.
    ///
    /// - Returns: whether its completions changed.
    public mutating func addToTeam(
        _ challenge: Challenge, removing old: [CounterMark], adding new: [CounterMark], into changes: inout Changes
    ) -> Bool {
        let name = CompiledChallenge.counter(of: challenge.id)
        var counter = counters[name] ?? .empty
        let before = ChallengeEvaluation(challenge, counter).completions
        let (gone, come) = Self.difference(old, new)
        guard !gone.isEmpty || !come.isEmpty else { return false }
        for mark in come { counter.add(mark) }
        for mark in gone { _ = counter.remove(mark) }
        let after = ChallengeEvaluation(challenge, counter).completions
        counter.granted = Int64(after.count)
        counters[name] = counter
        changes.counters.insert(name)
        return before != after
    }

    /// What a team's challenge has been completed to.
    public func teamCompletions(of challenge: Challenge) -> [ChallengeCompletion] {
        ChallengeEvaluation(challenge, counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty).completions
    }

    /// What is in one list of marks and not in the other, both ways.
    static func difference(
        _ old: [CounterMark], _ new: [CounterMark]
    ) -> (gone: [CounterMark], come: [CounterMark]) {
        var left = Counter(marks: [])
        for mark in old { left.add(mark) }
        var come: [CounterMark] = []
        for mark in new {
            let had = left.marks.first { $0.isAlike(mark) }?.count ?? 0
            let same = min(had, mark.count)
            if same > 0 {
                _ = left.remove(CounterMark(day: mark.day, slot: mark.slot, wanted: mark.wanted, count: same))
            }
            if mark.count > same {
                come.append(
                    CounterMark(day: mark.day, slot: mark.slot, wanted: mark.wanted, count: mark.count - same))
            }
        }
        return (left.marks, come)
    }
}
