/// How long a streak is: a pure function of the set of active days, what excuses days, and today.
///
/// A period is active when the measures are met in it. Between two active periods each period without activity is
///
/// 1. excused if one of its days is paused, repaired, or was shortened or swallowed by a journey;
/// 2. else covered by a freeze, if one is left;
/// 3. else the end of the run.
///
/// The running period ends nothing. Freezes are earned by active periods, in order, and are lost beyond the maximum. So
/// an event that comes late may give a freeze back, or join two runs, as if it had been on time.
public struct StreakCalculator: Sendable {
    private let streak: Streak
    private let periods = DayPeriods()

    public init(_ streak: Streak) {
        self.streak = streak
    }

    /// - Parameter today: the member's local day; days after it that have activity count as if they had come.
    /// - Complexity: O(days with activity + periods excused or frozen).
    public func result(_ history: StreakHistory, today: Int32) -> StreakResult {
        let active = activePeriods(history)
        var result = StreakResult()
        result.freezes = min(streak.freezes?.initial ?? 0, streak.freezes?.maximum ?? 0)
        let current = periods.firstDay(of: streak.every, containing: max(today, active.last?.first ?? today))
        /// The next period that has not been looked at.
        var next: Int32 = active.first?.first ?? current
        if let base = history.base {
            result.current = base.length
            result.longest = base.longest
            result.freezes = min(base.freezes, streak.freezes?.maximum ?? 0)
            result.sinceFreeze = base.sinceFreeze
            result.start = base.length > 0 ? base.start : nil
            result.paid = base.paid
            next = base.day
        }
        for period in active {
            pass(from: next, to: period.first, history, &result)
            extend(period, &result)
            next = after(period.first)
        }
        if next < current { pass(from: next, to: current, history, &result) }
        result.isActive = active.last?.first == current
        return result
    }

    /// How many days of the period that begins on `first` are wanted; `nil` if days are not counted.
    public func goal(_ history: StreakHistory, of first: Int32) -> Int? {
        guard let days = streak.days else { return nil }
        let chosen = history.goals.last { $0.chosen < first }?.days ?? days.usual
        return min(max(chosen, days.least), days.most)
    }

    /// What has been done in the period that contains `day`, by measure; for streaks that count days, the number of
    /// active days.
    public func progress(_ history: StreakHistory, on day: Int32) -> (amounts: [String: Int64], days: Int) {
        let range = periods.days(of: streak.every, containing: day)
        var sums: [String: Int64] = [:]
        for measure in streak.measures {
            sums[measure.id] = (history.amounts[measure.id] ?? [:]).reduce(into: Int64(0)) { sum, entry in
                if range.contains(entry.key) { sum = Self.sum(sum, entry.value) }
            }
        }
        let days = range.count(where: { day in isMet { history.amounts[$0]?[day] ?? 0 } })
        return (sums, days)
    }

    /// What became of the last periods up to the running one, the latest last.
    public func recent(
        _ history: StreakHistory, today: Int32, count: Int
    ) -> [(first: Int32, state: StreakResult.State)] {
        let result = result(history, today: today)
        let active = Set(activePeriods(history).map(\.first))
        let frozen = Set(result.frozen.map(\.period))
        var first = periods.firstDay(of: streak.every, containing: today)
        let current = first
        var states: [(first: Int32, state: StreakResult.State)] = []
        for _ in 0..<count {
            let state: StreakResult.State
            if active.contains(first) {
                state = .active
            } else if frozen.contains(first) {
                state = .frozen
            } else if isExcused(first, history) {
                state = .excused
            } else {
                state = first == current ? .open : .empty
            }
            states.append((first, state))
            first = periods.firstDay(of: streak.every, containing: first - 1)
        }
        return states.reversed()
    }

    /// What becomes of the periods if nothing more happens: every freeze that will be used, and the end of the run.
    public func eventual(_ history: StreakHistory) -> StreakResult {
        let last = activePeriods(history).last?.first ?? history.base?.day ?? 0
        return result(history, today: last + Self.horizon)
    }

    /// Longer than any number of freezes and pauses, in days.
    private static let horizon: Int32 = 10_000

    // MARK: Periods

    struct Active {
        /// The first day of the period.
        var first: Int32
        /// The day on which it became active.
        var reached: Int32
    }

    private func after(_ first: Int32) -> Int32 { periods.days(of: streak.every, containing: first).upperBound }

    private func isExcused(_ first: Int32, _ history: StreakHistory) -> Bool {
        let days = periods.days(of: streak.every, containing: first)
        return history.excused.contains { $0.overlaps(days) }
    }

    /// Whether the measures are met by amounts.
    private func isMet(_ amount: (String) -> Int64) -> Bool {
        streak.needsAll
            ? streak.measures.allSatisfy { amount($0.id) >= $0.needs }
            : streak.measures.contains { amount($0.id) >= $0.needs }
    }

    private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }

    /// The active periods in order.
    func activePeriods(_ history: StreakHistory) -> [Active] {
        var days: Set<Int32> = []
        for measure in streak.measures { days.formUnion((history.amounts[measure.id] ?? [:]).keys) }
        let counted = days.filter { day in history.base.map { day >= $0.day } ?? true }.sorted()
        var active: [Active] = []
        var period = Int32.min..<Int32.min
        var sums: [String: Int64] = [:]
        var met = 0
        for day in counted {
            if !period.contains(day) {
                period = periods.days(of: streak.every, containing: day)
                sums = [:]
                met = 0
            }
            guard active.last?.first != period.lowerBound else { continue }
            let isReached: Bool
            if let goal = goal(history, of: period.lowerBound) {
                if isMet({ history.amounts[$0]?[day] ?? 0 }) { met += 1 }
                isReached = met >= goal
            } else {
                for measure in streak.measures {
                    sums[measure.id] = Self.sum(sums[measure.id] ?? 0, history.amounts[measure.id]?[day] ?? 0)
                }
                isReached = isMet { sums[$0] ?? 0 }
            }
            if isReached { active.append(Active(first: period.lowerBound, reached: day)) }
        }
        return active
    }

    // MARK: Walking

    private func extend(_ period: Active, _ result: inout StreakResult) {
        if result.current == 0 {
            result.start = period.first
            result.paid = 0
        }
        result.current += 1
        result.longest = max(result.longest, result.current)
        if result.current > result.paid, streak.milestones.contains(where: { $0.at == result.current }) {
            result.reached.append(StreakResult.Reach(at: result.current, day: period.reached))
            result.paid = result.current
        }
        guard let freezes = streak.freezes, let every = freezes.earnedEvery else { return }
        result.sinceFreeze += 1
        guard result.sinceFreeze >= every else { return }
        result.sinceFreeze = 0
        result.freezes = min(result.freezes + 1, freezes.maximum)
    }

    /// Periods without activity from `first` until `end`, which is none of them.
    private func pass(from first: Int32, to end: Int32, _ history: StreakHistory, _ result: inout StreakResult) {
        var period = first
        while period < end, result.current > 0 {
            if !isExcused(period, history) {
                if result.freezes > 0 {
                    result.freezes -= 1
                    result.frozen.append(StreakResult.Freeze(period: period, length: result.current))
                } else {
                    result.ended.append(
                        StreakResult.Run(start: result.start ?? period, length: result.current, endedBy: period))
                    result.current = 0
                    result.start = nil
                    result.paid = 0
                }
            }
            period = after(period)
        }
    }
}
