public import Primitives

/// Why a command about one member is refused. Nothing has changed.
public enum CommandProblem: Error, Sendable, Hashable {
    case ledger(LedgerProblem)
    case unknownReward
    case unknownLeaderboard
    case unknownUnit
    case notYet
    case noLongerAvailable
    case outOfStock
    case perMemberLimit(Int64)
    case conditionNotMet
    case unknownTransfer
    case notReversible
    case reasonMissing
    case sameMember
    case unknownStreak
    case pauseOutOfRange
    case goalNotOffered
    case transfersNotAllowed
    case transferMinimum(Int64)
    case transferLimit(most: Int64, left: Int64)
    case unknownWallet
    case walletFull(Int64)
    /// One of two who would be friends has this many already.
    case friendsFull(Int64)
    /// Another wallet of the member's takes this unit already.
    case alreadyPooled(String)
    case notOwner
    /// An owner hands a wallet over before leaving others in it.
    case ownerStays
    case reward(RewardProblem)
    case raffle(RaffleProblem)
    case referral(ReferralProblem)
    case unknownGate
    /// No such event was taken.
    case unknownEvent
    case alreadyAmended
    /// The event left no trace at this member that fits what is said of it.
    case notAsSent
    /// An event, or its correction, does not fit its declaration.
    case event(EventProblem)
    case unknownChallenge
    case unknownBadge
    /// Nobody joins it: it counts for everybody.
    case notJoinable
    /// So many may be joined at the same time.
    case tooManyChallenges(Int64)
    /// Its target is not the member's to choose.
    case noGoal
    case goalOutOfBounds(Int64, Int64)
    case alreadyComplete
    case unknownTier
    case notInvited
    case invitationHolds
    case invitationOver
    case play(PlayProblem)
    case human(HumanProblem)
}

extension MemberState {
    /// A correction by staff, upwards or downwards.
    public mutating func adjust(
        unit: String, by amount: Int64, id: ID128, reason: String, _ context: DecisionContext,
        into changes: inout Changes
    ) throws(CommandProblem) {
        guard context.programme.units[unit] != nil else { throw .unknownUnit }
        guard !reason.isEmpty else { throw .reasonMissing }
        guard amount != 0, amount.magnitude <= UInt64(CompiledAward.maximum) else {
            throw .ledger(.notPositive(amount))
        }
        let day = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: day, context)
        let transfer = Transfer(
            id: id, kind: .adjust, unit: unit, amount: Int64(amount.magnitude), at: at, source: "staff",
            sourceVersion: context.programme.version)
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            if amount > 0 {
                touch(.earning, unit: unit, on: day, context, into: &changes)
                let dates = dates(of: unit, earned: day, context)
                try wallet.issue(
                    transfer, from: .adjusted, expiresAt: dates.expiresAt, terms: dates.terms?.withoutEvent,
                    into: &changes.journal)
                try payDebt(unit, context, into: &changes)
            } else {
                try wallet.take(transfer, to: .adjusted, at: context.now, into: &changes.journal)
            }
        } catch {
            throw .ledger(error)
        }
        changes.effects.append(
            AppliedEffect(
                id: id, kind: .adjustment, source: "staff", version: context.programme.version, subject: unit,
                amount: amount, wanted: amount, at: at, day: day))
    }

    /// Takes back an award that a rule, a challenge or staff gave: a compensating transfer, never a deletion. What the
    /// award had kept from others under the same limits, they get.
    ///
    /// - Parameters:
    ///   - award: the stored effect.
    ///   - transfer: its stored transfer.
    ///   - limits: those under which it was given, where they are others now.
    public mutating func reverse(
        _ award: AppliedEffect, _ transfer: Transfer, limits: [Limit]? = nil, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(CommandProblem) -> Int64 {
        guard transfer.kind == .earn || (transfer.kind == .adjust && award.amount > 0) else { throw .notReversible }
        let day = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: day, context)
        var amount = transfer.amount
        var short: Int64?
        // What a challenge gave has a counter of that name as well, which counts completions.
        let rule = context.programme.programme.rules.first { $0.id == award.source }
        let counterName = rule.flatMap { counter(behind: award, unit: transfer.unit, of: $0, context) }
        if let name = counterName, var counter = counters[name], let rule {
            let slot = counter.marks.last { $0.day == award.day && $0.wanted == award.wanted }?.slot ?? 0
            let mark = CounterMark(day: award.day, slot: slot, wanted: award.wanted)
            if let compiled = context.programme.rule(rule.id),
                let given = compiled.awards.first(where: { $0.counter == name }), remove(mark, of: compiled, given)
            {
                var due = difference(
                    of: compiled, given, from: counter, days: [award.day], limits: limits, context)
                if due < 0 { due += giveUpUnfunded(-due, of: name, on: award.day, award, into: &changes) }
                if due < 0 { due += giveUpWithheld(-due, of: name, on: award.day, award, into: &changes) }
                amount = max(0, -due)
                counter = counters[name] ?? counter
                short = amount
                changes.counters.insert(name)
            }
        }
        let effectID = EffectID.derived(from: transfer.id, step: "reverse")
        var taken: Int64 = 0
        if amount > 0 {
            do throws(LedgerProblem) {
                try settle(context, into: &changes)
                taken = try wallet.reverse(
                    Transfer(
                        id: effectID, kind: .reverse, unit: transfer.unit, amount: amount, at: at,
                        source: award.source, sourceVersion: award.version, refers: transfer.id,
                        budget: transfer.budget, budgetDay: transfer.budgetDay),
                    lot: transfer.id, policy: reversalPolicy(of: rule, unit: transfer.unit, context), at: context.now,
                    into: &changes.journal)
            } catch {
                throw .ledger(error)
            }
        }
        if let name = counterName { counters[name]?.granted -= taken }
        if let name = counterName, let short { noteShort(short - taken, of: name, into: &changes) }
        noteReversal(of: transfer.id, source: award.source, context, into: &changes)
        if taken > 0, let budget = transfer.budget, let budgetDay = transfer.budgetDay {
            budgets.giveBack(taken, budget: budget, day: budgetDay)
        }
        changes.effects.append(
            AppliedEffect(
                id: effectID, kind: .reversal, source: award.source, version: award.version, subject: transfer.unit,
                amount: -taken, wanted: -transfer.amount, at: at, day: day))
        return taken
    }

    /// The counter in which an award of a rule left its mark: each award of a rule has its own.
    private func counter(
        behind award: AppliedEffect, unit: String, of rule: Rule, _ context: DecisionContext
    ) -> String? {
        let names = (context.programme.rule(rule.id)?.awards ?? []).filter { $0.unit == unit }.map(\.counter)
        let holding = names.first { name in
            counters[name]?.marks.contains { $0.day == award.day && $0.wanted == award.wanted } ?? false
        }
        return holding ?? names.first { counters[$0] != nil }
    }

    /// Takes over the record of an anonymous visitor who turned out to be this member, as if all their events had been
    /// this member's from the start: what both earned under one limit counts once, a challenge completed twice in one
    /// period is rewarded once.
    public mutating func absorb(
        _ other: inout MemberState, _ context: DecisionContext, _ otherContext: DecisionContext,
        into changes: inout Changes, otherChanges: inout Changes
    ) throws(CommandProblem) {
        guard other.id != id else { throw .sameMember }
        let day = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: day, context)
        let absorber = id
        // One person has one level: the one they chose for the record that stays.
        let isLeaving = other.profile.level == .personal && profile.level != .personal
        if isLeaving {
            other.leavePersonal(otherContext, into: &otherChanges)
            other.profile.level = profile.level
            // Its letters are this record's by the time they are written.
            forgetMakers(in: context.programme.programme, into: &changes)
        }
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            try other.settle(otherContext, into: &otherChanges)
            trackTiers(context, into: &changes)
            other.trackTiers(otherContext, into: &otherChanges)
            try takeLots(
                of: &other, time: 0, at: at, otherAt: other.stamp(context.now, day: day, otherContext),
                into: &changes, otherChanges: &otherChanges)
            skipTracking(context, into: &changes)
            other.skipTracking(otherContext, into: &otherChanges)
            try mergeCounters(of: other, context, at: at, day: day, into: &changes)
            slide(context, into: &changes)
            try resolveAwaiting(context, into: &changes)
            try joinReviews(of: other, context, into: &changes, otherChanges: &otherChanges)
            for unit in context.programme.units.keys.sorted() { try payDebt(unit, context, into: &changes) }
        } catch {
            throw .ledger(error)
        }
        for (badge, grant) in other.badges where badges[badge] == nil {
            badges[badge] = grant
            changes.badges.insert(badge)
        }
        for (name, grant) in other.entitlements {
            let present = entitlements[name]
            let lasts = grant.expiresAt ?? .latest
            if present == nil || lasts > (present?.expiresAt ?? .latest) {
                entitlements[name] = grant
                changes.entitlements.insert(name)
            }
        }
        joinTraits(of: other)
        takeOver(redemptionsOf: other, into: &changes)
        absorbMemberships(of: &other, into: &changes, otherChanges: &otherChanges)
        profile.joinedDay = min(profile.joinedDay, other.profile.joinedDay)
        tierDue = nil
        do throws(LedgerProblem) {
            var budgets = BudgetBook()
            let moment = Moment(cause: other.id.value, at: at, day: day, event: context.now)
            try followUp(moment, context, budgets: &budgets, into: &changes)
        } catch {
            throw .ledger(error)
        }
        changes.profileChanged = true
        otherChanges.counters.formUnion(other.counters.keys)
        other.counters = [:]
        other.streakDue = nil
        other.tierDue = nil
        other.profile.mergedInto = absorber
        otherChanges.profileChanged = true
    }

    /// Takes what a record that was taken over has got back since then: its holds stayed with it, and one that is cancelled
    /// or runs out gives its points back there.
    public mutating func collect(
        _ other: inout MemberState, _ context: DecisionContext, _ otherContext: DecisionContext,
        into changes: inout Changes, otherChanges: inout Changes
    ) throws(CommandProblem) {
        guard other.profile.mergedInto != nil, other.id != id, other.wallet.lots.contains(where: { $0.remaining > 0 })
        else { return }
        let day = context.calendar.day(of: context.now)
        do throws(LedgerProblem) {
            try takeLots(
                of: &other, time: other.wallet.transfers(of: .merged) + 1, at: stamp(context.now, day: day, context),
                otherAt: other.stamp(context.now, day: day, otherContext), into: &changes, otherChanges: &otherChanges)
        } catch {
            throw .ledger(error)
        }
    }

    /// - Parameter time: the how-manieth time lots are taken from the record.
    private mutating func takeLots(
        of other: inout MemberState, time: Int64, at: Instant, otherAt: Instant, into changes: inout Changes,
        otherChanges: inout Changes
    ) throws(LedgerProblem) {
        let lots = try other.wallet.mergeOut(
            transferID: { EffectID.derived(from: $0, step: "merge-out", occurrence: time) }, at: otherAt,
            into: &otherChanges.journal)
        for lot in lots {
            try wallet.issue(
                Transfer(
                    id: EffectID.derived(from: lot.id, step: "merge-in", occurrence: time), kind: .mergeIn,
                    unit: lot.unit, amount: lot.remaining, at: at, refers: lot.id),
                from: .merged, activeAt: lot.activeAt, expiresAt: lot.expiresAt, terms: lot.terms,
                into: &changes.journal)
        }
        try takeDebts(of: &other, time: time, at: at, otherAt: otherAt, into: &changes, otherChanges: &otherChanges)
    }

    /// Who owes, owes under whatever record.
    private mutating func takeDebts(
        of other: inout MemberState, time: Int64, at: Instant, otherAt: Instant, into changes: inout Changes,
        otherChanges: inout Changes
    ) throws(LedgerProblem) {
        for account in other.wallet.accounts where account.kind == .debt && account.balance < 0 {
            let cause = EffectID.derived(
                programme: programme, source: "debt/" + account.unit, cause: other.id.value, member: id,
                occurrence: time)
            var transfer = Transfer(
                id: EffectID.derived(from: cause, step: "merge-out"), kind: .mergeOut, unit: account.unit,
                amount: -account.balance, at: otherAt)
            try other.wallet.moveDebt(transfer, into: &otherChanges.journal)
            transfer.id = EffectID.derived(from: cause, step: "merge-in")
            transfer.kind = .mergeIn
            transfer.at = at
            try wallet.moveDebt(transfer, into: &changes.journal)
        }
    }

    private mutating func mergeCounters(
        of other: MemberState, _ context: DecisionContext, at: Instant, day: Int32, into changes: inout Changes
    ) throws(LedgerProblem) {
        for name in other.counters.keys.sorted() {
            guard let theirs = other.counters[name] else { continue }
            let mine = counters[name] ?? .empty
            var merged = mine
            if PlayCounters.addsUp(name) { merged.merge(theirs) }
            if name == TierStanding.floorCounter || name == Self.levelCounter {
                merged.granted = max(mine.granted, theirs.granted)
            }
            if name.hasPrefix("restock/") { merged = Self.joinedRestocks(mine, theirs) }
            if name.hasPrefix("case/") { merged = Self.joinedCases(mine, theirs) }
            if name == Self.levelCounter {
                try mergeLevels(
                    both: min(mine.granted, theirs.granted), other: other, context, at: at, day: day, into: &changes)
            }
            if name.hasPrefix(ReferralCounters.ambassadorPrefix) || name.hasPrefix(ReferralCounters.invitedPrefix) {
                try mergeStanding(
                    name, mine: mine, theirs: theirs, merged: &merged, other: other, context, at: at, day: day,
                    into: &changes)
            }
            if name.hasPrefix("joined/") { merged = Self.joinings(mine, theirs) }
            if name.hasPrefix("goal/"), !mine.marks.isEmpty { merged = mine }
            if name.hasPrefix("revoked/") { merged.granted = min(1, merged.granted) }
            mergeStreakCounter(name, mine: mine, theirs: theirs, merged: &merged)
            if name.hasPrefix("tiers/") { mergeTierCounter(name, mine: mine, theirs: theirs, merged: &merged) }
            mergeQuizCounter(name, mine: mine, theirs: theirs, merged: &merged)
            PressureCounters.merge(name, mine: mine, theirs: theirs, merged: &merged)
            if name == Self.pauseCounter { merged = Counter(granted: max(mine.granted, theirs.granted)) }
            if name.hasPrefix(PlayCounters.predictions) {
                mergePrediction(name, mine: mine, theirs: theirs, merged: &merged, into: &changes)
            }
            changes.counters.insert(name)
            if let challenge = context.programme.challenges.values.first(where: {
                CompiledChallenge.counter(of: $0.id) == name
            }) {
                try mergeChallenge(
                    challenge, mine: mine, theirs: theirs, merged: &merged, other: other, context, at: at, day: day,
                    into: &changes)
            } else if let (rule, unit, index) = context.programme.award(counter: name) {
                try mergeAwards(
                    rule, unit: unit, index: index, mine: mine, theirs: theirs, merged: &merged, cause: other.id.value,
                    context,
                    at: at,
                    day: day, into: &changes)
            }
            counters[name] = merged
        }
        try reviewStreaks(context, into: &changes)
        try reviewQuizzes(cause: other.id.value, context, into: &changes)
        try reviewContests(cause: other.id.value, context, into: &changes)
    }

    /// What both earned under one limit counts once: day by day, so that what is taken back is what was given too much.
    private mutating func mergeAwards(
        _ declared: Rule, unit: String, index: Int, mine: Counter, theirs: Counter, merged: inout Counter, cause: ID128,
        _ context: DecisionContext, at: Instant, day: Int32, into changes: inout Changes
    ) throws(LedgerProblem) {
        func allocation(_ counter: Counter) -> Allocation {
            Allocation.compute(
                marks: counter.marks, limits: declared.limits, oncePerSlot: declared.cooldown != nil,
                calendar: context.calendar.periods)
        }
        let (before, other, after) = (allocation(mine).days, allocation(theirs).days, allocation(merged).days)
        for earned in Set(before.keys).union(other.keys).union(after.keys).sorted() {
            let surplus = before[earned, default: 0] + other[earned, default: 0] - after[earned, default: 0]
            let rule = terms(of: declared, award: index, on: earned, context)
            let source = rule.id + "/" + String(earned)
            if surplus > 0 {
                merged.granted -= try takeBack(
                    surplus, unit: unit, rule: rule, source: rule.id, name: source, cause: cause, earned: earned,
                    context, at: at, day: day, into: &changes)
            } else if surplus < 0 {
                let id = EffectID.derived(programme: programme, source: source, cause: cause, member: self.id)
                let dates = dates(of: unit, earned: earned, rule: rule, context)
                try wallet.issue(
                    Transfer(
                        id: id, kind: .earn, unit: unit, amount: -surplus, at: at, source: rule.id,
                        sourceVersion: context.programme.version),
                    activeAt: dates.activeAt, expiresAt: dates.expiresAt, terms: dates.terms, into: &changes.journal)
                merged.granted -= surplus
            }
        }
    }

    mutating func takeBack(
        _ amount: Int64, unit: String, rule: Rule? = nil, source: String, name: String, cause: ID128, earned: Int32,
        _ context: DecisionContext, at: Instant, day: Int32, into changes: inout Changes
    ) throws(LedgerProblem) -> Int64 {
        let (programme, member) = (programme, self.id)
        let id = EffectID.derived(programme: programme, source: name + "/merge", cause: cause, member: member)
        let dates = dates(of: unit, earned: earned, rule: rule, context)
        let taken = try wallet.takeBack(
            Transfer(
                id: id, kind: .correct, unit: unit, amount: amount, at: at, source: source,
                sourceVersion: context.programme.version),
            activeAt: dates.activeAt, expiresAt: dates.expiresAt,
            transferID: { $0 == 0 ? id : EffectID.derived(from: id, step: "part", occurrence: Int64($0)) },
            at: context.now, into: &changes.journal)
        if taken > 0 {
            changes.effects.append(
                AppliedEffect(
                    id: id, kind: .correction, source: source, version: context.programme.version, subject: unit,
                    amount: -taken, wanted: -amount, at: at, day: day))
        }
        return taken
    }
}

extension CompiledProgramme {
    /// The rule and unit behind the name of an award's counter.
    func award(counter name: String) -> (rule: Rule, unit: String, index: Int)? {
        for type in eventTypes.values {
            for rule in type.rules {
                for award in rule.awards where award.counter == name { return (rule.rule, award.unit, award.index) }
            }
        }
        return nil
    }
}
