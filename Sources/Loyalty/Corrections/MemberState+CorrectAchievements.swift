import Primitives

extension MemberState {
    /// What a correction comes to for this member. A function of their counters and badges, so what was given already is
    /// not in it.
    public func gains(_ correction: AchievementCorrection, in programme: CompiledProgramme) -> AchievementGains {
        var gains = AchievementGains()
        switch correction.kind {
        case .challenge:
            guard let challenge = programme.challenges[correction.id],
                let restored = restored(challenge, from: correction.from)
            else { return gains }
            for completion in gained(challenge, restored.counter) {
                gains.completions += 1
                for effect in challenge.completions[completion.stage].reward {
                    switch effect {
                    case .award(let text, let unit):
                        if let amount = Int64(text), amount > 0 { gains.awards[unit, default: 0] += amount }
                    case .badge(let badge) where badges[badge] == nil: gains.badges.insert(badge)
                    default: break
                    }
                }
            }
        case .badge:
            if giver(of: correction, in: programme) != nil { gains.badges.insert(correction.id) }
        }
        return gains
    }

    /// Carries out a correction. A second time it does nothing.
    mutating func correct(
        _ correction: AchievementCorrection, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(CommandProblem) {
        guard !gains(correction, in: context.programme).isEmpty else { return }
        let day = context.calendar.day(of: context.now)
        let cause = EffectID.derived(
            programme: programme, source: "correction/\(correction.kind.rawValue)/\(correction.id)",
            cause: ID128(
                high: UInt64(bitPattern: correction.version), low: UInt64(bitPattern: Int64(correction.from))),
            member: id)
        let moment = Moment(cause: cause, at: stamp(context.now, day: day, context), day: day, event: context.now)
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            switch correction.kind {
            case .challenge:
                guard let challenge = context.programme.challenges[correction.id],
                    let restored = restored(challenge, from: correction.from)
                else { return }
                let before = evaluation(of: challenge).completions
                let (name, aside) = (
                    CompiledChallenge.counter(of: challenge.id), CompiledChallenge.surplus(of: challenge.id)
                )
                counters[name] = restored.counter
                counters[aside] = restored.aside
                changes.counters.formUnion([name, aside])
                try complete(
                    challenge, before: before, after: evaluation(of: challenge).completions, moment, { [] }, context,
                    budgets: &budgets, into: &changes)
            case .badge:
                guard let giver = giver(of: correction, in: context.programme) else { return }
                try give(
                    .badge(correction.id), source: giver, version: context.programme.version, cause: cause, index: 0,
                    moment, { [] }, context, budgets: &budgets, into: &changes)
            }
            trackTiers(context, into: &changes)
            try followUp(moment, context, budgets: &budgets, into: &changes)
        } catch {
            throw .ledger(error)
        }
    }

    // MARK: Challenges

    /// The counter with what was set aside from a day on, and what is still aside; `nil` if nothing was.
    private func restored(_ challenge: Challenge, from day: Int32) -> (counter: Counter, aside: Counter)? {
        guard challenge.isPlain, challenge.team == nil,
            let surplus = counters[CompiledChallenge.surplus(of: challenge.id)]
        else { return nil }
        var counter = counters[CompiledChallenge.counter(of: challenge.id)] ?? .empty
        var aside = Counter.empty
        for mark in surplus.marks {
            if mark.day >= day { counter.add(mark) } else { aside.add(mark) }
        }
        return aside.marks == surplus.marks ? nil : (counter, aside)
    }

    private func gained(_ challenge: Challenge, _ counter: Counter) -> [ChallengeCompletion] {
        let known = Set(evaluation(of: challenge).completions.map(\.key))
        return ChallengeEvaluation(challenge, counter).completions.filter { !known.contains($0.key) }
    }

    // MARK: Badges

    /// What a member without the badge would have had it from; `nil` if from nothing. What was taken away stays so.
    private func giver(of correction: AchievementCorrection, in programme: CompiledProgramme) -> String? {
        let badge = correction.id
        guard badges[badge] == nil, !isRevoked(badge) else { return nil }
        for rule in programme.badgeRules(badge)
        where rule.awards.contains(where: { award in
            counters[award.counter]?.marks.contains { mark in
                mark.day >= correction.from && mark.wanted > 0
                    && !isDoubted(rule.rule.trigger, day: mark.day, in: programme)
            } ?? false
        }) {
            return rule.rule.id
        }
        for challenge in programme.programme.challenges where challenge.team == nil && challenge.gives(badge) {
            let stages = challenge.completions
            let has = evaluation(of: challenge).completions.contains {
                $0.day >= correction.from && stages[$0.stage].reward.contains(.badge(badge))
            }
            if has { return CompiledChallenge.counter(of: challenge.id) }
        }
        let parts = programme.badges[badge]?.allOf ?? []
        return !parts.isEmpty && parts.allSatisfy { badges[$0] != nil } ? "badge/" + badge : nil
    }

    /// Whether what came from events of a type on a day waits for a review, or was refused in one. Marks stay all the same.
    private func isDoubted(_ type: String, day: Int32, in programme: CompiledProgramme) -> Bool {
        programme.checks(of: type).contains { check in
            let state = reviewState(check.id, day: day)
            return state == .open || state == .refused
        }
    }
}

extension Challenge {
    func gives(_ badge: String) -> Bool { allRewards.contains(.badge(badge)) }
}

extension CompiledProgramme {
    /// Rules that give a badge, by name.
    func badgeRules(_ badge: String) -> [CompiledRule] {
        eventTypes.values.flatMap(\.rules).filter { $0.rule.effects.contains(.badge(badge)) }
            .sorted { $0.rule.id < $1.rule.id }
    }
}
