public import Loyalty
public import Primitives

/// A streak as a member sees it at one moment.
public struct StreakState: Sendable, Hashable {
    public struct Period: Sendable, Hashable {
        public var firstDay: Int32
        public var state: StreakResult.State
    }

    public struct Progress: Sendable, Hashable {
        public var measure: String
        public var amount: Int64
        public var needs: Int64
    }

    public var streak: String
    public var every: PeriodUnit
    public var current: Int64
    public var longest: Int64
    /// The first day of the running run; `nil` without one.
    public var startDay: Int32?
    public var freezes: Int
    public var freezesMaximum: Int
    /// Whether the running period is active already.
    public var isActive: Bool
    /// When the running period ends.
    public var endsAt: Instant
    public var progress: [Progress]
    /// Active days of the running period, and how many are wanted; `nil` where days are not counted.
    public var days: (done: Int, wanted: Int)?
    /// What the member may choose from; `nil` if there is nothing to choose.
    public var choice: ClosedRange<Int>?
    /// What holds from the next period on.
    public var nextGoal: Int?
    /// The next length that gives something.
    public var nextMilestone: Int64?
    /// The last periods up to the running one, the latest last.
    public var recent: [Period]

    /// How many periods are shown.
    public static let recentPeriods = 14

    init(_ streak: Streak, _ state: MemberState, _ programme: CompiledProgramme, _ calendar: MemberCalendar, day: Int32)
    {
        let history = state.streakHistory(streak, programme)
        let calculator = StreakCalculator(streak)
        let result = calculator.result(history, today: day)
        let period = calendar.periods.days(of: streak.every, containing: day)
        let progress = calculator.progress(history, on: day)
        self.streak = streak.id
        every = streak.every
        current = result.current
        longest = result.longest
        startDay = result.start
        freezes = result.freezes
        freezesMaximum = streak.freezes?.maximum ?? 0
        isActive = result.isActive
        endsAt = calendar.start(of: period.upperBound)
        self.progress = streak.measures.map {
            Progress(measure: $0.id, amount: progress.amounts[$0.id] ?? 0, needs: $0.needs)
        }
        days = calculator.goal(history, of: period.lowerBound).map { (progress.days, $0) }
        choice = streak.days.flatMap { $0.isChosen ? $0.least...$0.most : nil }
        nextGoal = calculator.goal(history, of: period.upperBound)
        nextMilestone = streak.milestones.first { $0.at > result.current }?.at
        recent = calculator.recent(history, today: day, count: Self.recentPeriods).map {
            Period(firstDay: $0.first, state: $0.state)
        }
    }

    public static func == (left: StreakState, right: StreakState) -> Bool {
        left.streak == right.streak && left.current == right.current && left.longest == right.longest
            && left.freezes == right.freezes && left.recent == right.recent && left.progress == right.progress
            && left.days?.done == right.days?.done && left.days?.wanted == right.days?.wanted
            && left.nextGoal == right.nextGoal && left.endsAt == right.endsAt
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(streak)
        hasher.combine(current)
    }
}
