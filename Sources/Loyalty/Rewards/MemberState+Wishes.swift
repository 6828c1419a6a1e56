import Primitives

/// What a member wishes for, and what they are told of it.
extension MemberState {
    /// The name of the counter of a wish: with a mark it is wished, `granted` is 1 while it is in reach and to
    /// be told, 2 once it was told, and `refused` says how often.
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

    /// Notes which wishes came in reach, and which went out of it. The member is told once each time they come in reach,
    /// when the pressure budget allows it. Called after each command.
    public mutating func noticeWishes(_ context: DecisionContext, into changes: inout Changes) {
        guard !context.programme.rewards.isEmpty else { return }
        for (name, counter) in counters where name.hasPrefix("wish/") && !counter.marks.isEmpty {
            let id = String(name.dropFirst(5))
            guard let compiled = context.programme.rewards[id] else { continue }
            let choice = RedemptionChoice(quantity: compiled.reward.quantity.lowerBound)
            // Whether there are any is for the moment of redeeming: the list would tell what others do.
            let isInReach =
                obstacles(compiled, choice, chosen: false, shelf: RewardShelf(), context).isEmpty
                && canPay(for: compiled.reward, choice, context)
            guard isInReach != (counter.granted > 0) else { continue }
            counters[name]?.granted = isInReach ? 1 : 0
            changes.counters.insert(name)
        }
    }

    // MARK: Tenure

    /// The name of the counter that says that an offer was opened to the member and told.
    static func tenure(_ reward: String) -> String { "tenure/" + reward }
}
