import Primitives

extension MemberState {
    /// The name of the counter of what was told of a reward that came back: `granted` is the last time.
    static func restocked(_ reward: String) -> String { "restock/" + reward }

    /// Tells the member that something they wish for is there again, once each time it comes back, and only if nothing
    /// stands between them and it now: a notice must not lead to a closed door.
    ///
    /// - Parameters:
    ///   - number: how often it has come back.
    ///   - shelf: what there is.
    public mutating func tellRestock(
        of reward: String, number: Int64, shelf: RewardShelf, _ context: DecisionContext, into changes: inout Changes
    ) {
        let name = Self.restocked(reward)
        guard let compiled = context.programme.rewards[reward], counters[Self.wish(reward)]?.marks.isEmpty == false,
            (counters[name]?.granted ?? 0) < number
        else { return }
        let choice = RedemptionChoice(quantity: compiled.reward.quantity.lowerBound)
        guard obstacles(compiled, choice, chosen: false, shelf: shelf, context).isEmpty,
            canPay(for: compiled.reward, choice, context)
        else { return }
        let day = context.calendar.day(of: context.now)
        counters[name] = Counter(marks: [CounterMark(day: day, wanted: 1)], granted: number)
        changes.counters.insert(name)
        // What is on the shelf now may be gone tomorrow, so it does not wait.
        sayAtOnce(
            Urging(
                kind: .wish, subject: reward, key: -number, from: day,
                id: EffectID.derived(
                    programme: programme, source: name, cause: id.value, member: id, occurrence: number),
                source: reward, code: "back-in-stock"), context, into: &changes)
    }

    /// Whether the member has what it costs, in any of the units that are accepted.
    public func canPay(for reward: Reward, _ choice: RedemptionChoice, _ context: DecisionContext) -> Bool {
        reward.prices.contains { price in
            let inUnit = RedemptionChoice(quantity: choice.quantity, slot: choice.slot, unit: price.unit)
            return self.price(of: reward, inUnit, context).map {
                wallet.spendable($0.unit, at: context.now) >= $0.amount
            } ?? false
        }
    }

    /// What two records were told of a reward that came back: the later of both, so that nobody is told twice.
    static func joinedRestocks(_ mine: Counter, _ theirs: Counter) -> Counter {
        mine.granted >= theirs.granted ? mine : theirs
    }
}
