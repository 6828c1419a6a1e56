import Primitives

/// What an amendment of an event does to challenges.
extension MemberState {
    /// Takes the marks that the original left out of its challenges, adds those of the corrected event, and undoes what was
    /// completed and no longer is.
    ///
    /// A challenge is a function of the set of its marks, so it ends as if the event had been sent like that from the
    /// start, whichever came first, the completion or the amendment. Where a challenge says `rollback: false`, what is
    /// complete stays complete, and so do the marks that made it so.
    mutating func amendChallenges(
        _ original: Event, _ before: [Want], to corrected: Event?, _ after: [Want], _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let removed = challengeMarks(before, on: context.calendar.day(of: original.at))
        let added = corrected.map { challengeMarks(after, on: context.calendar.day(of: $0.at)) } ?? [:]
        let day = context.calendar.day(of: context.now)
        let moment = Moment(
            cause: Self.amendment(of: original.claim), at: stamp(context.now, day: day, context), day: day,
            event: context.now)
        var undone = Undone()
        for challengeID in Set(removed.keys).union(added.keys).sorted() {
            guard let challenge = context.programme.challenges[challengeID] else { continue }
            let name = CompiledChallenge.counter(of: challengeID)
            let kept = counters[name] ?? .empty
            let completed = evaluation(of: challenge).completions
            var counter = kept
            if let marks = removed[challengeID] {
                // Who had not joined when it happened has no marks of it, and gets none now.
                guard take(marks, from: &counter) else { continue }
            }
            for mark in added[challengeID]?.marks(at: profile.level) ?? []
            where context.calendar.periods.days(of: challenge, containing: mark.day) != nil
                && (!challenge.isJoined || isJoined(challengeID, on: mark.day))
            {
                counter.add(mark)
            }
            guard counter != kept else { continue }
            counters[name] = counter
            changes.counters.insert(name)
            // What a team loses by it is worked out with the team's other members.
            if challenge.team != nil { continue }
            let lost = Self.lost(completed, evaluation(of: challenge).completions)
            guard lost.isEmpty || challenge.rollsBack else {
                counters[name] = kept
                continue
            }
            try settle(
                challenge, from: completed, moment, context, budgets: &budgets, undone: &undone, into: &changes)
        }
        try followBack(&undone, moment, context, budgets: &budgets, into: &changes)
    }

    /// The marks of one event in one challenge.
    private struct EventMarks {
        var personal: [CounterMark] = []
        var below: [CounterMark] = []

        func marks(at level: PrivacyLevel) -> [CounterMark] { level == .personal ? personal : below }
    }

    /// What was lost by an amendment, and what that may concern.
    private struct Undone {
        var challenges: Set<String> = []
        var badges: Set<String> = []
        var isEmpty: Bool { challenges.isEmpty && badges.isEmpty }
    }

    /// The marks of the challenges that an event moves, by itself or through rules.
    private func challengeMarks(_ wants: [Want], on day: Int32) -> [String: EventMarks] {
        var found: [String: EventMarks] = [:]
        for want in wants {
            switch want.kind {
            case .step(let challenge, let by):
                let mark = CounterMark(day: day, wanted: 1, count: by)
                found[challenge, default: EventMarks()].personal.append(mark)
                found[challenge, default: EventMarks()].below.append(mark)
            case .marks(let challenge, let personal, let below):
                func marks(_ marks: [ChallengeMark]) -> [CounterMark] {
                    marks.map { CounterMark(day: day, slot: $0.slot, wanted: $0.size, count: $0.count) }
                }
                found[challenge, default: EventMarks()].personal += marks(personal)
                found[challenge, default: EventMarks()].below += marks(below)
            default: break
            }
        }
        return found
    }

    /// Takes out what one event left, in the form of the member's level or of the one that they had then.
    ///
    /// - Returns: whether there was anything of it.
    private func take(_ marks: EventMarks, from counter: inout Counter) -> Bool {
        for form in profile.level == .personal ? [marks.personal, marks.below] : [marks.below, marks.personal] {
            var changed = counter
            guard !form.isEmpty, form.allSatisfy({ changed.remove($0) }) else { continue }
            counter = changed
            return true
        }
        return false
    }

    private static func lost(
        _ before: [ChallengeCompletion], _ after: [ChallengeCompletion]
    ) -> [ChallengeCompletion] {
        let keys = Set(after.map(\.key))
        return before.filter { !keys.contains($0.key) }.sorted()
    }

    /// Undoes what a challenge no longer has, and gives what it has newly.
    private mutating func settle(
        _ challenge: Challenge, from completed: [ChallengeCompletion], _ moment: Moment, _ context: DecisionContext,
        budgets: inout BudgetBook, undone: inout Undone, into changes: inout Changes
    ) throws(LedgerProblem) {
        let now = evaluation(of: challenge).completions
        let lost = Self.lost(completed, now)
        // What asks for it counts from the day on which it was first finished.
        let last = challenge.completions.count - 1
        func first(_ completions: [ChallengeCompletion]) -> Int32? {
            completions.filter { $0.stage == last }.map(\.day).min()
        }
        if let earlier = first(completed), first(now).map({ earlier < $0 }) ?? true {
            undone.challenges.insert(challenge.id)
        }
        for completion in lost {
            try takeBack(completion, of: challenge, context, undone: &undone, into: &changes)
        }
        counters[CompiledChallenge.counter(of: challenge.id)]?.granted -= Int64(lost.count)
        try complete(
            challenge, before: completed, after: now, moment, { [] }, context, budgets: &budgets, into: &changes)
    }

    /// Undoes one completion.
    private mutating func takeBack(
        _ completion: ChallengeCompletion, of challenge: Challenge, _ context: DecisionContext,
        undone: inout Undone, into changes: inout Changes
    ) throws(LedgerProblem) {
        let name = CompiledChallenge.counter(of: challenge.id)
        let cause = cause(of: completion, challenge)
        let day = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: day, context)
        let version = context.programme.version
        for (index, effect) in challenge.completions[completion.stage].reward.enumerated() {
            let id = EffectID.derived(programme: programme, source: name, cause: cause, member: self.id, index: index)
            let reversal = EffectID.derived(from: id, step: "reverse")
            var (subject, taken, wanted): (String, Int64, Int64)
            switch effect {
            case .award(let text, let unit):
                guard let amount = Int64(text), amount > 0 else { continue }
                // What staff took back already is not taken twice.
                if takeKept(completion, index, of: challenge, into: &changes) != 0 { continue }
                let dates = dates(of: unit, earned: completion.day, context)
                taken = try wallet.reverse(
                    Transfer(
                        id: reversal, kind: .reverse, unit: unit, amount: amount, at: at, source: name,
                        sourceVersion: version, refers: id),
                    lot: id, alike: { $0.activeAt == dates.activeAt && $0.expiresAt == dates.expiresAt },
                    policy: reversalPolicy(of: nil, unit: unit, context), at: context.now, into: &changes.journal)
                if taken < amount {
                    // What could not be taken counts when it is completed anew.
                    remember(completion, index, amount - taken, of: challenge, into: &changes)
                    changes.short[unit, default: 0] += amount - taken
                }
                (subject, wanted) = (unit, amount)
            case .badge(let badge) where badges[badge]?.effect == id:
                badges[badge] = otherGrant(of: badge, context)
                changes.badges.insert(badge)
                guard badges[badge] == nil else { continue }
                undone.badges.insert(badge)
                (subject, taken, wanted) = (badge, 0, 0)
            case .entitlement(let access, _) where entitlements[access]?.effect == id:
                entitlements[access] =
                    otherGrant(ofAccess: access, context)
                    ?? EntitlementGrant(day: completion.day, expiresAt: at, effect: id)
                changes.entitlements.insert(access)
                (subject, taken, wanted) = (access, 0, 0)
            default: continue
            }
            changes.effects.append(
                AppliedEffect(
                    id: reversal, kind: .reversal, source: name, version: version, subject: subject, amount: -taken,
                    wanted: -wanted, at: at, day: day))
        }
        let rolled = CompiledChallenge.rolledBack(of: challenge.id)
        counters[rolled, default: .empty].add(completion.mark())
        changes.counters.insert(rolled)
    }

    // MARK: What rests on it

    /// Takes back what was there only because of what is gone: prerequisites, badges made of badges.
    private mutating func followBack(
        _ undone: inout Undone, _ moment: Moment, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        // Each round takes something away that was there, so it ends.
        while !undone.isEmpty {
            let gone = undone
            undone = Undone()
            for badge in context.programme.compositeBadges where badges[badge.id] != nil {
                guard badge.allOf.contains(where: { gone.badges.contains($0) && badges[$0] == nil }),
                    let grant = badges[badge.id]
                else { continue }
                badges[badge.id] = nil
                changes.badges.insert(badge.id)
                undone.badges.insert(badge.id)
                changes.effects.append(
                    AppliedEffect(
                        id: EffectID.derived(from: grant.effect, step: "reverse"), kind: .reversal,
                        source: "badge/" + badge.id, version: context.programme.version, subject: badge.id,
                        at: moment.at, day: moment.day))
            }
            for challenge in context.programme.gatedChallenges {
                try lock(challenge, after: gone, moment, context, budgets: &budgets, undone: &undone, into: &changes)
            }
        }
    }

    /// Takes back that a prerequisite is met, or says that it was met later.
    private mutating func lock(
        _ challenge: Challenge, after gone: Undone, _ moment: Moment, _ context: DecisionContext,
        budgets: inout BudgetBook, undone: inout Undone, into changes: inout Changes
    ) throws(LedgerProblem) {
        let name = CompiledChallenge.counter(of: challenge.id)
        let kept = counters[name] ?? .empty
        let completed = evaluation(of: challenge).completions
        var counter = kept
        for (index, prerequisite) in challenge.after.enumerated() {
            let day: Int32?
            switch prerequisite {
            case .challenge(let id) where gone.challenges.contains(id):
                day = context.programme.challenges[id].flatMap { evaluation(of: $0).completedOn }
            case .badge(let id) where gone.badges.contains(id): day = badges[id]?.day
            default: continue
            }
            let slot = ChallengeMark.prerequisite(index)
            for mark in counter.marks where mark.slot == slot && day.map({ mark.day < $0 }) ?? true {
                _ = counter.remove(mark)
            }
            if let day, counter.unlocked(index) == nil { counter.add(CounterMark(day: day, slot: slot, wanted: 0)) }
        }
        guard counter != kept else { return }
        counters[name] = counter
        changes.counters.insert(name)
        guard challenge.rollsBack || Self.lost(completed, evaluation(of: challenge).completions).isEmpty else {
            counters[name] = kept
            return
        }
        try settle(challenge, from: completed, moment, context, budgets: &budgets, undone: &undone, into: &changes)
    }

    /// The earliest completion that still stands and gives a badge as well.
    private func otherGrant(of badge: String, _ context: DecisionContext) -> BadgeGrant? {
        let grants = standingRewards(context).compactMap { completion, effect, id -> BadgeGrant? in
            guard case .badge(badge) = effect else { return nil }
            return BadgeGrant(day: completion.day, effect: id)
        }
        return grants.min { ($0.day, $0.effect) < ($1.day, $1.effect) }
    }

    /// The longest access that a completion gives which still stands.
    private func otherGrant(ofAccess name: String, _ context: DecisionContext) -> EntitlementGrant? {
        let grants = standingRewards(context).compactMap { completion, effect, id -> EntitlementGrant? in
            guard case .entitlement(name, let lasts) = effect else { return nil }
            return EntitlementGrant(
                day: completion.day,
                expiresAt: lasts.map { context.calendar.instant($0, after: completion.day) }, effect: id)
        }
        return grants.max { ($0.expiresAt ?? .latest, $1.effect) < ($1.expiresAt ?? .latest, $0.effect) }
    }

    /// What all completions that stand give.
    private func standingRewards(
        _ context: DecisionContext
    ) -> [(completion: ChallengeCompletion, effect: Effect, id: ID128)] {
        context.programme.challenges.values.filter { $0.team == nil }.sorted { $0.id < $1.id }.flatMap { challenge in
            let name = CompiledChallenge.counter(of: challenge.id)
            return evaluation(of: challenge).completions.flatMap { completion in
                let cause = cause(of: completion, challenge)
                return challenge.completions[completion.stage].reward.enumerated().map { index, effect in
                    let id = EffectID.derived(
                        programme: programme, source: name, cause: cause, member: self.id, index: index)
                    return (completion, effect, id)
                }
            }
        }
    }

    // MARK: What was undone before

    /// What a completion is caused by: another cause than before if it was taken back meanwhile, so that completing it anew
    /// is another completion and not the same.
    func cause(of completion: ChallengeCompletion, _ challenge: Challenge, round: Int64? = nil) -> ID128 {
        let round = round ?? counters[CompiledChallenge.counter(of: challenge.id)]?.round ?? 0
        let cause = CompiledChallenge.cause(of: completion, round: round)
        let times = counters[CompiledChallenge.rolledBack(of: challenge.id)]?.marks.first {
            $0.isAlike(completion.mark())
        }
        return times.map { EffectID.derived(from: cause, step: "again", occurrence: $0.count) } ?? cause
    }

    /// What a completion gives, less what the member kept of it when it was taken back before.
    mutating func reward(
        _ effect: Effect, of challenge: Challenge, _ completion: ChallengeCompletion, at index: Int,
        into changes: inout Changes
    ) -> Effect {
        guard case .award(let text, let unit) = effect, let amount = Int64(text) else { return effect }
        let kept = max(0, takeKept(completion, index, of: challenge, into: &changes))
        return kept == 0 ? effect : .award(amount: String(max(0, amount - kept)), unit: unit)
    }

    /// Remembers that staff took back what a completion or a contest gave.
    mutating func noteReversal(
        of award: ID128, source: String, _ context: DecisionContext, into changes: inout Changes
    ) {
        noteContestReversal(of: award, source: source, context, into: &changes)
        guard source.hasPrefix("challenge/"),
            let challenge = context.programme.challenges[String(source.dropFirst("challenge/".count))]
        else { return }
        for completion in evaluation(of: challenge).completions {
            let cause = cause(of: completion, challenge)
            for index in challenge.completions[completion.stage].reward.indices
            where EffectID.derived(programme: programme, source: source, cause: cause, member: id, index: index)
                == award
            {
                remember(completion, index, -1, of: challenge, into: &changes)
            }
        }
    }

    private mutating func remember(
        _ completion: ChallengeCompletion, _ index: Int, _ amount: Int64, of challenge: Challenge,
        into changes: inout Changes
    ) {
        let name = CompiledChallenge.rolledBack(of: challenge.id)
        counters[name, default: .empty].add(completion.mark(of: index, amount))
        changes.counters.insert(name)
    }

    /// Takes out what is remembered of an award of a completion: what the member kept of it, or less than 0 if staff took it
    /// back.
    private mutating func takeKept(
        _ completion: ChallengeCompletion, _ index: Int, of challenge: Challenge, into changes: inout Changes
    ) -> Int64 {
        let name = CompiledChallenge.rolledBack(of: challenge.id)
        let slot = completion.mark(of: index, 0).slot
        guard let mark = counters[name]?.marks.first(where: { $0.day == completion.period && $0.slot == slot }) else {
            return 0
        }
        _ = counters[name]?.remove(mark)
        changes.counters.insert(name)
        return mark.wanted
    }
}

extension CompiledChallenge {
    /// The name of the counter of completions that were taken back. Per period and stage it says how often, and per award
    /// what the member kept of it because it was spent, or -1 if staff took it back.
    static func rolledBack(of id: String) -> String { "rolled/" + id }
}

extension ChallengeCompletion {
    /// The mark of ``CompiledChallenge/rolledBack(of:)`` that says how often it was taken back, or what became of one of
    /// its awards.
    fileprivate func mark(of award: Int? = nil, _ amount: Int64 = 1) -> CounterMark {
        CounterMark(day: period, slot: Int32(clamping: stage * 1_000 + (award.map { $0 + 1 } ?? 0)), wanted: amount)
    }
}
