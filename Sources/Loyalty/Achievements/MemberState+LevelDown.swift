import Primitives

/// Levels that were reached with an event that did not happen, or not like that. Nobody falls from a level by spending, by
/// points that expire, or by what staff take back.
extension MemberState {
    /// The counter of how often each level was taken back (the size is the level): what is reached anew is another effect.
    static let levelsBack = "levels/back"

    /// What the effects of reaching a level follow from.
    func levelCause(_ level: Int64) -> ID128 {
        let times = (counters[Self.levelsBack]?.marks ?? []).filter { $0.wanted == level }.reduce(0) { $0 + $1.count }
        return ID128(high: UInt64(times), low: UInt64(level))
    }

    /// Goes down to the level that what was earned reaches now, with what the levels above it gave.
    ///
    /// - Parameter earnedBefore: what was earned before the amendment; `nil` without levels. A level that this did not reach
    ///   any more, because staff took something back, is not the amendment's to take.
    mutating func levelDown(
        from earnedBefore: Int64?, _ moment: Moment, _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let ladder = context.programme.programme.levels, let earnedBefore else { return }
        let earned = earned(ladder.unit)
        let reached = Int64(context.programme.levels.prefix { $0 <= earned }.count)
        let before = Int64(level)
        guard reached < before, before <= context.programme.levels.count,
            context.programme.levels[Int(before) - 1] <= earnedBefore
        else { return }
        for level in stride(from: before, to: reached, by: -1) {
            let cause = levelCause(level)
            for (index, effect) in ladder.reward.enumerated() {
                try takeBack(effect, index, level, cause, moment, context, into: &changes)
            }
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(
                        programme: programme, source: "levels", cause: cause, member: id, occurrence: 2),
                    kind: .reversal, source: "levels", version: context.programme.version, subject: "level",
                    wanted: level, at: moment.at, day: moment.day))
            counters[Self.levelsBack, default: .empty].add(CounterMark(day: 0, wanted: level))
        }
        counters[Self.levelCounter, default: .empty].granted = reached
        changes.counters.formUnion([Self.levelCounter, Self.levelsBack])
    }

    private mutating func takeBack(
        _ effect: Effect, _ index: Int, _ level: Int64, _ cause: ID128, _ moment: Moment, _ context: DecisionContext,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        let id = EffectID.derived(
            programme: programme, source: "levels", cause: cause, member: self.id, index: index)
        let reversal = EffectID.derived(from: id, step: "reverse")
        var (subject, taken, wanted): (String, Int64, Int64)
        switch effect {
        case .award(let text, let unit):
            guard let amount = Int64(text), amount > 0 else { return }
            taken = try wallet.reverse(
                Transfer(
                    id: reversal, kind: .reverse, unit: unit, amount: amount, at: moment.at, source: "levels",
                    sourceVersion: context.programme.version, refers: id),
                lot: id, policy: reversalPolicy(of: nil, unit: unit, context), at: context.now,
                into: &changes.journal)
            if taken < amount { changes.short[unit, default: 0] += amount - taken }
            (subject, wanted) = (unit, amount)
        case .badge(let badge) where badges[badge]?.effect == id:
            badges[badge] = nil
            changes.badges.insert(badge)
            (subject, taken, wanted) = (badge, 0, 0)
        case .entitlement(let name, _) where entitlements[name]?.effect == id:
            entitlements[name]?.expiresAt = moment.at
            changes.entitlements.insert(name)
            (subject, taken, wanted) = (name, 0, 0)
        case .webhook(let name):
            let effect = AppliedEffect(
                id: reversal, kind: .reversal, source: "levels", version: context.programme.version, subject: name,
                at: moment.at, day: moment.day)
            changes.webhooks.append((name, effect))
            changes.reversedWebhooks[reversal] = id
            return
        default: return
        }
        changes.effects.append(
            AppliedEffect(
                id: reversal, kind: .reversal, source: "levels", version: context.programme.version, subject: subject,
                amount: -taken, wanted: -wanted, at: moment.at, day: moment.day))
    }
}
