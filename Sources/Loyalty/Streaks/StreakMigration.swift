/// What a change of a streak's terms does to one member: what the old terms came to becomes a base, and the new ones count
/// from the running period on. What was paid stays paid, and the change itself pays nothing.
struct StreakMigration: Sendable {
    let old: Streak
    /// `nil`: the streak goes.
    let new: Streak?
    let choice: LiveChange.Choice
    /// The programme's local day of the change.
    let today: Int32

    /// - Returns: the base, or `nil` if everything of the streak goes.
    func base(_ history: StreakHistory, paid: Counter) -> StreakBase? {
        guard let new else { return nil }
        let first = DayPeriods().firstDay(of: new.every, containing: today)
        let sameUnit = old.every == new.every
        var before = history
        // Days of the running period count under the new terms.
        for measure in before.amounts.keys {
            before.amounts[measure] = before.amounts[measure]?.filter { $0.key < first }
        }
        let result = StreakCalculator(old).result(before, today: first)
        // The best stays, also if today made it.
        let longest = sameUnit ? StreakCalculator(old).result(history, today: today).longest : 0
        guard choice == .keep, sameUnit else {
            return StreakBase(
                day: first, length: 0, longest: longest, freezes: new.freezes?.initial ?? 0,
                start: first)
        }
        var highest: Int64 = 0
        if let start = result.start {
            for (reach, net) in StreakPayments(paid).net where net > 0 && reach.day >= start {
                highest = max(highest, reach.at)
            }
        }
        return StreakBase(
            day: first, length: result.current, longest: longest, freezes: result.freezes,
            sinceFreeze: result.sinceFreeze, start: result.start ?? first,
            paid: result.current > 0 ? max(highest, result.paid) : 0)
    }

    /// Milestones of the running period that were given under the old terms are settled: nothing is taken back of them, and
    /// what the new terms give is another effect.
    func settled(_ paid: Counter, from first: Int32) -> Counter {
        var settled = paid
        for (reach, net) in StreakPayments(paid).net where net > 0 && reach.day >= first {
            settled.add(CounterMark(day: reach.day, slot: 1, wanted: reach.at, count: net))
        }
        return settled
    }
}
