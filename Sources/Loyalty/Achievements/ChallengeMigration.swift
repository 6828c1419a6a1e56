/// What a change of a challenge does to one member's progress. A pure function of their counter.
///
/// A counter holds how much happened on which day, nothing else; progress and completions follow from it. So a change is
/// carried out by making the counter say, under the new terms, what the member was promised:
///
/// - **restart**: it is emptied.
/// - **keep**: counts stay. A period that was completed stays completed; one that was not is completed by the next step
///   at the earliest, even if it has reached a nearer target already.
/// - **convert**: a period that was not completed keeps its share: `count × new target / old target`, rounded down.
///
/// When the period changes, days are gathered into the new periods first; a new period counts as completed if it has the
/// count and something in it was completed (and paid) before. What was paid stays paid, and nothing is paid by the
/// change itself.
struct ChallengeMigration: Sendable {
    let old: Challenge
    /// `nil`: the challenge goes.
    let new: Challenge?
    let choice: LiveChange.Choice
    /// The version that makes the change.
    let version: Int64

    /// Whether it changes counters at all.
    var isNeeded: Bool {
        guard choice != .restart, let new else { return true }
        return old.every != new.every || old.target != new.target || !old.isPlain || !new.isPlain
    }

    /// - Returns: the counter under the new terms, and how many completions it no longer tells of.
    func apply(_ counter: Counter) -> (counter: Counter, earlier: Int64) {
        guard choice != .restart, let new else {
            return (Counter(marks: [], granted: 0, refused: version), counter.granted)
        }
        guard old.isPlain, new.isPlain else { return kept(counter, new) }
        let calendar = DayPeriods()
        let isRedrawn = old.every != new.every
        let paid = Set(periods(of: counter, old.every, calendar).filter { $0.count >= old.target }.map(\.days))
        var marks: [CounterMark] = []
        var completed: Int64 = 0
        for period in periods(of: counter, new.every, calendar) {
            let wasCompleted =
                period.count >= old.target && (!isRedrawn || paid.contains { $0.overlaps(period.days) })
            let count = mapped(period.count, wasCompleted: wasCompleted, to: new)
            if wasCompleted { completed += 1 }
            marks += Self.adjusted(period.marks, from: period.count, to: count)
        }
        guard isRedrawn else {
            return (Counter(marks: marks, granted: counter.granted, refused: counter.round), 0)
        }
        return (Counter(marks: marks, granted: completed, refused: version), counter.granted - completed)
    }

    /// What is set aside of a counter whose target comes nearer: it could not be rewarded by the change itself, and may be
    /// by a correction (``AchievementCorrection``).
    var keepsSurplus: Bool {
        guard choice == .keep, let new else { return false }
        return old.isPlain && new.isPlain && old.every == new.every
    }

    static func surplus(of counter: Counter, carried: Counter) -> [CounterMark] {
        counter.marks.compactMap { mark in
            let left = carried.marks.first { $0.isAlike(mark) }?.count ?? 0
            guard left < mark.count else { return nil }
            return CounterMark(day: mark.day, slot: mark.slot, wanted: mark.wanted, count: mark.count - left)
        }
    }

    /// Keeps the marks under other terms, less what would complete something at once that was not rewarded.
    private func kept(_ counter: Counter, _ new: Challenge) -> (counter: Counter, earlier: Int64) {
        let calendar = DayPeriods()
        let before = ChallengeEvaluation(old, counter).completions
        let isRolling = if case .rolling = new.cycle { true } else { false }
        func surplus(_ counter: Counter) -> ChallengeCompletion? {
            let after = ChallengeEvaluation(new, counter).completions
            if isRolling { return after.count > before.count ? after.last : nil }
            return after.last { completion in
                let days = calendar.days(of: new, containing: completion.day)
                return !before.contains { $0.stage == completion.stage && days?.contains($0.day) ?? false }
            }
        }
        var kept = Counter(marks: counter.marks, granted: 0, refused: version)
        while let completion = surplus(kept),
            let mark = kept.marks.last(where: { $0.slot >= 0 && $0.day <= completion.day })
        {
            // The most of the mark that can stay.
            var (low, high): (Int64, Int64) = (0, mark.count)
            while high - low > 1 {
                let middle = low + (high - low) / 2
                var tried = kept
                _ = tried.remove(
                    CounterMark(
                        day: mark.day, slot: mark.slot, wanted: mark.wanted, count: mark.count - middle))
                if surplus(tried)?.key == completion.key { high = middle } else { low = middle }
            }
            _ = kept.remove(
                CounterMark(day: mark.day, slot: mark.slot, wanted: mark.wanted, count: mark.count - low))
        }
        kept.granted = Int64(ChallengeEvaluation(new, kept).completions.count)
        return (kept, max(0, counter.granted - kept.granted))
    }

    private func mapped(_ count: Int64, wasCompleted: Bool, to new: Challenge) -> Int64 {
        if wasCompleted { return new.target + (count - old.target) }
        let count = min(count, old.target - 1)
        guard choice == .convert else { return min(count, new.target - 1) }
        let product = count.multipliedFullWidth(by: new.target)
        return old.target.dividingFullWidth(product).quotient
    }

    private struct Period {
        var days: Range<Int32>
        var count: Int64
        var marks: [CounterMark]
    }

    /// The periods that a counter knows of, in order.
    private func periods(of counter: Counter, _ unit: PeriodUnit, _ calendar: DayPeriods) -> [Period] {
        var periods: [Period] = []
        for mark in counter.marks {
            if let last = periods.indices.last, periods[last].days.contains(mark.day) {
                periods[last].count += mark.count
                periods[last].marks.append(mark)
            } else {
                let days = calendar.days(of: unit, containing: mark.day)
                periods.append(Period(days: days, count: mark.count, marks: [mark]))
            }
        }
        return periods
    }

    /// The marks with another sum: what is too much goes from the latest days, what is missing comes on the latest.
    private static func adjusted(_ marks: [CounterMark], from count: Int64, to wanted: Int64) -> [CounterMark] {
        var marks = marks
        if wanted > count, let last = marks.indices.last { marks[last].count += wanted - count }
        var surplus = max(0, count - wanted)
        for index in marks.indices.reversed() where surplus > 0 {
            let taken = min(surplus, marks[index].count)
            marks[index].count -= taken
            surplus -= taken
        }
        return marks.filter { $0.count > 0 }
    }
}
