public import Primitives

/// What a member wishes for, and what they are told of it.
extension MemberState {
    /// The name of the counter of a wish: with a mark it is wished, `granted` says whether it was in reach and told,
    /// `refused` how often.
    static func wish(_ reward: String) -> String { "wish/" + reward }

    /// The rewards on the member's wish list.
    public var wishes: [String] {
        counters.filter { $0.key.hasPrefix("wish/") && !$0.value.marks.isEmpty }.map { String($0.key.dropFirst(5)) }
            .sorted()
    }

    /// Puts a reward on the wish list or takes it off. Doing it again changes nothing.
    public mutating func wish(
        _ reward: String, _ isWished: Bool, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        let name = Self.wish(reward)
        let present = counters[name] ?? .empty
        guard isWished == present.marks.isEmpty else { return }
        if isWished, context.programme.rewards[reward] == nil { throw .unknownReward }
        let marks = isWished ? [CounterMark(day: context.calendar.day(of: context.now), wanted: 1)] : []
        counters[name] = Counter(marks: marks, granted: 0, refused: present.refused)
        changes.counters.insert(name)
        if isWished { noticeWishes(context, into: &changes) }
    }

    /// Tells the member of wishes that came in reach, once each time they do.
    public mutating func noticeWishes(_ context: DecisionContext, into changes: inout Changes) {
        guard !context.programme.rewards.isEmpty else { return }
        for (name, counter) in counters where name.hasPrefix("wish/") && !counter.marks.isEmpty {
            let id = String(name.dropFirst(5))
            guard let compiled = context.programme.rewards[id] else { continue }
            let choice = RedemptionChoice(quantity: compiled.reward.quantity.lowerBound)
            // Whether there are any is for the moment of redeeming: the list would tell what others do.
            let isInReach =
                obstacles(compiled, choice, chosen: false, shelf: RewardShelf(), context).isEmpty
                && price(of: compiled.reward, choice, context).map {
                    wallet.spendable($0.unit, at: context.now) >= $0.amount
                } ?? false
            guard isInReach != (counter.granted > 0) else { continue }
            counters[name]?.granted = isInReach ? 1 : 0
            changes.counters.insert(name)
            guard isInReach else { continue }
            counters[name]?.refused += 1
            let day = context.calendar.day(of: context.now)
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(
                        programme: programme, source: name, cause: self.id.value, member: self.id,
                        occurrence: counter.refused + 1), kind: .notice, source: id,
                    version: context.programme.version, subject: "in-reach",
                    at: stamp(context.now, day: day, context), day: day))
        }
    }

    // MARK: Tenure

    private static func tenure(_ reward: String) -> String { "tenure/" + reward }

    /// When the next reward opens because the member is with us so long.
    func nextTenure(_ context: DecisionContext) -> Instant? {
        var next: Instant?
        for reward in context.programme.tenureRewards where counters[Self.tenure(reward.id)] == nil {
            guard let after = reward.after else { continue }
            let reached = context.calendar.instant(after, after: profile.joinedDay)
            next = next.map { min($0, reached) } ?? reached
        }
        return next
    }

    /// Tells the member what opened to them.
    mutating func settleTenure(_ context: DecisionContext, into changes: inout Changes) {
        for reward in context.programme.tenureRewards where counters[Self.tenure(reward.id)] == nil {
            guard let after = reward.after,
                context.calendar.instant(after, after: profile.joinedDay) <= context.now
            else { continue }
            let name = Self.tenure(reward.id)
            let day = context.calendar.day(of: context.now)
            counters[name] = Counter(marks: [CounterMark(day: day, wanted: 1)])
            changes.counters.insert(name)
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(programme: programme, source: name, cause: id.value, member: id),
                    kind: .notice, source: reward.id, version: context.programme.version, subject: "offer-opened",
                    at: stamp(context.now, day: day, context), day: day))
        }
    }
}
