/// One completion of a challenge by one member.
public struct ChallengeCompletion: Sendable, Hashable, Comparable {
    /// The first day of the period; for a rolling challenge the how-manieth completion, from 0.
    public var period: Int32
    /// Which of ``Challenge/completions``, from 0.
    public var stage: Int
    /// The day on which it was reached.
    public var day: Int32

    public static func < (left: Self, right: Self) -> Bool {
        (left.period, left.stage) < (right.period, right.stage)
    }

    /// Its identity: the day may still become earlier.
    struct Key: Hashable {
        var period: Int32
        var stage: Int
    }

    var key: Key { Key(period: period, stage: stage) }
}

/// How far a member is in one period of a challenge.
public struct ChallengeStanding: Sendable, Hashable {
    /// The days that count: for a rolling challenge the window, else the period.
    public var days: Range<Int32>
    public var value: Int64
    public var target: Int64
    /// For steps: how many of each have happened, no more than are needed.
    public var steps: [Int64] = []
    /// For distinct values: those that are there, as marks' sizes.
    var values: Set<Int64> = []

    public var isComplete: Bool { value >= target }

    /// Whether there are things of which it is not kept which ones they were.
    public var hasUnnamed: Bool { value > Int64(values.count) }

    /// Whether a value was had.
    public func has(_ value: String) -> Bool { values.contains(ChallengeMark.size(of: value)) }
}

/// What a member has done of a challenge: a function of the set of their marks and of nothing else.
///
/// Decisions, merging, `verify`, a change of the programme and the member's page all compute it here, so they cannot
/// disagree; and because it is a function of a set, the order in which events arrive cannot matter.
public struct ChallengeEvaluation: Sendable {
    private let challenge: Challenge
    private let periods = DayPeriods()
    /// By period, in order; what lies outside the season or before the prerequisites is left out.
    private let marks: [CounterMark]
    private let goals: Counter

    /// - Parameters:
    ///   - counter: the counter named ``CompiledChallenge/counter(of:)``.
    ///   - goals: the counter of targets that the member chose.
    public init(_ challenge: Challenge, _ counter: Counter, goals: Counter = .empty) {
        self.challenge = challenge
        self.goals = goals
        guard let first = counter.unlocked(challenge) else {
            marks = []
            return
        }
        marks = counter.marks.filter { $0.slot >= 0 && $0.day >= first }
    }

    /// Every completion, by period and stage.
    public var completions: [ChallengeCompletion] {
        if case .rolling(let length) = challenge.cycle { return rolling(length).completions }
        var found: [ChallengeCompletion] = []
        for period in byPeriod {
            let stages = stages(in: period.days)
            var tally = Tally(challenge)
            for day in period.marks.byDay {
                let before = tally.value
                tally.add(day)
                for (stage, at) in stages.enumerated() where before < at && tally.value >= at {
                    found.append(
                        ChallengeCompletion(period: period.days.lowerBound, stage: stage, day: day[0].day))
                }
            }
        }
        return found
    }

    /// The first day on which its last stage was reached.
    var completedOn: Int32? {
        let last = challenge.completions.count - 1
        return completions.filter { $0.stage == last }.map(\.day).min()
    }

    /// How far it is on `day`; `nil` if the challenge does not run then.
    public func standing(on day: Int32) -> ChallengeStanding? {
        if case .rolling(let length) = challenge.cycle {
            let used = rolling(length).used
            let first = max(Int32(clamping: Int64(day) - Int64(length) + 1), used.map { $0 + 1 } ?? .min)
            return standing(in: min(first, day)..<day + 1, marks.filter { $0.day >= first && $0.day <= day })
        }
        guard let days = periods.days(of: challenge, containing: day) else { return nil }
        return standing(in: days, marks.filter { days.contains($0.day) })
    }

    /// What some days add up to, whatever the challenge's own periods: for leaderboards.
    func value(in days: Range<Int32>) -> Int64 {
        var tally = Tally(challenge)
        for day in marks.filter({ days.contains($0.day) }).byDay { tally.add(day) }
        return tally.value
    }

    private func standing(in days: Range<Int32>, _ marks: [CounterMark]) -> ChallengeStanding {
        var tally = Tally(challenge)
        for day in marks.byDay { tally.add(day) }
        return ChallengeStanding(
            days: days, value: tally.value, target: target(in: days), steps: tally.steps, values: tally.values)
    }

    /// What completes it in a period: what the member chose last before its end, else what the challenge says.
    func target(in days: Range<Int32>) -> Int64 {
        guard challenge.goal != nil else { return challenge.finish }
        return goals.marks.last { $0.day < days.upperBound }?.wanted ?? challenge.finish
    }

    private func stages(in days: Range<Int32>) -> [Int64] {
        challenge.stages.isEmpty ? [target(in: days)] : challenge.stages.map(\.at)
    }

    private var byPeriod: [(days: Range<Int32>, marks: [CounterMark])] {
        var found: [(days: Range<Int32>, marks: [CounterMark])] = []
        for mark in marks {
            if let last = found.indices.last, found[last].days.contains(mark.day) {
                found[last].marks.append(mark)
            } else if let days = periods.days(of: challenge, containing: mark.day) {
                found.append((days, [mark]))
            }
        }
        return found
    }

    /// Windows that end as early as they can and do not overlap: no choice gives more of them, and a further mark never
    /// takes one away.
    private func rolling(_ length: Int32) -> (completions: [ChallengeCompletion], used: Int32?) {
        var found: [ChallengeCompletion] = []
        var used: Int32?
        var window: [[CounterMark]] = []
        for day in marks.byDay where periods.days(of: challenge, containing: day[0].day) != nil {
            window.append(day)
            window.removeAll { Int64($0[0].day) <= Int64(day[0].day) - Int64(length) }
            var tally = Tally(challenge)
            for day in window { tally.add(day) }
            guard tally.value >= challenge.finish else { continue }
            found.append(ChallengeCompletion(period: Int32(found.count), stage: 0, day: day[0].day))
            used = day[0].day
            window = []
        }
        return (found, used)
    }
}

extension [CounterMark] {
    /// The marks of each day, in order.
    fileprivate var byDay: [[CounterMark]] {
        var days: [[CounterMark]] = []
        for mark in self {
            if let last = days.indices.last, days[last][0].day == mark.day {
                days[last].append(mark)
            } else {
                days.append([mark])
            }
        }
        return days
    }
}

/// What is counted of one period, day by day.
private struct Tally {
    private let measure: Challenge.Measure
    private(set) var steps: [Int64] = []
    private(set) var values: Set<Int64> = []
    private var wanted: Set<Int64> = []
    private var sum: Int64 = 0
    private var finished = 0

    init(_ challenge: Challenge) {
        measure = challenge.measure
        switch measure {
        case .events, .sum: break
        case .distinct(let distinct): wanted = Set(distinct.within.map { ChallengeMark.size(of: $0) })
        case .steps(let all, _): steps = all.map { _ in 0 }
        }
    }

    var value: Int64 {
        switch measure {
        case .events, .sum: sum
        case .distinct: Int64(values.count) + sum
        case .steps: Int64(finished)
        }
    }

    /// - Parameter day: all marks of one day; days come in order.
    mutating func add(_ day: [CounterMark]) {
        switch measure {
        case .events: for mark in day { add(mark.count) }
        case .sum:
            for mark in day {
                let (product, overflow) = mark.wanted.multipliedReportingOverflow(by: mark.count)
                add(overflow ? .max : product)
            }
        case .distinct:
            for mark in day {
                if mark.wanted == ChallengeMark.unnamed {
                    add(mark.count)
                } else if wanted.isEmpty || wanted.contains(mark.wanted) {
                    values.insert(mark.wanted)
                }
            }
        case .steps(let all, let inOrder): add(day, to: all, inOrder: inOrder)
        }
    }

    private mutating func add(_ count: Int64) {
        let (total, overflow) = sum.addingReportingOverflow(count)
        sum = overflow ? .max : total
    }

    /// The times of day are not known, so within a day the best order counts.
    private mutating func add(_ day: [CounterMark], to all: [Challenge.Step], inOrder: Bool) {
        var counts: [Int: Int64] = [:]
        for mark in day where mark.slot >= 1 && mark.slot <= all.count { counts[Int(mark.slot) - 1] = mark.count }
        guard inOrder else {
            for (index, count) in counts { steps[index] = min(all[index].count, steps[index] + count) }
            finished = zip(steps, all).count { $0 >= $1.count }
            return
        }
        while finished < all.count, let count = counts[finished] {
            let needed = all[finished].count
            steps[finished] = min(needed, steps[finished] + count)
            guard steps[finished] == needed else { return }
            finished += 1
        }
    }
}
