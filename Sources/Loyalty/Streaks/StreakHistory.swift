/// All that a streak's length follows from: sets, in which no order of arrival is left.
public struct StreakHistory: Sendable, Hashable {
    /// By measure and local day: how much was counted or summed.
    public var amounts: [String: [Int32: Int64]]
    /// Days that never end a streak: pauses, repairs, and days that a journey shortened or swallowed.
    public var excused: [DaySpan]
    /// How many days of a period the member wants, from the period that begins on the day or after it; rising.
    public var goals: [Goal]
    /// Where counting began anew under changed terms.
    public var base: StreakBase?

    public struct Goal: Sendable, Hashable {
        /// The day on which it was chosen: it holds from the next period on.
        public var chosen: Int32
        public var days: Int

        public init(chosen: Int32, days: Int) {
            self.chosen = chosen
            self.days = days
        }
    }

    public init(
        amounts: [String: [Int32: Int64]] = [:], excused: [DaySpan] = [], goals: [Goal] = [], base: StreakBase? = nil
    ) {
        self.amounts = amounts
        self.excused = excused
        self.goals = goals
        self.base = base
    }
}

/// What a streak had come to when its terms changed; what lies before is not counted again.
public struct StreakBase: Sendable, Hashable {
    /// The first day that is counted under the terms of now: the start of a period.
    public var day: Int32
    public var length: Int64
    public var longest: Int64
    public var freezes: Int
    /// Active periods since a freeze was last earned.
    public var sinceFreeze: Int
    /// The first day of the run; ``day`` if there is none.
    public var start: Int32
    /// The highest milestone that the run was given already; 0 for none.
    public var paid: Int64

    public init(
        day: Int32, length: Int64, longest: Int64, freezes: Int, sinceFreeze: Int = 0, start: Int32, paid: Int64 = 0
    ) {
        self.day = day
        self.length = length
        self.longest = longest
        self.freezes = freezes
        self.sinceFreeze = sinceFreeze
        self.start = start
        self.paid = paid
    }
}

/// What a streak comes to on a day.
public struct StreakResult: Sendable, Hashable {
    /// Periods on end without a miss.
    public struct Run: Sendable, Hashable {
        /// The first day of its first period.
        public var start: Int32
        public var length: Int64
        /// The first day of the period that ended it.
        public var endedBy: Int32
    }

    /// A period that a freeze covered.
    public struct Freeze: Sendable, Hashable {
        /// The first day of the period.
        public var period: Int32
        /// The length of the run that goes on.
        public var length: Int64
    }

    /// A milestone that a run came to.
    public struct Reach: Sendable, Hashable {
        public var at: Int64
        /// The day on which the period became active that made it so long.
        public var day: Int32
    }

    /// What became of a period.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case active, frozen, excused
        /// Nothing was counted.
        case empty
        /// It goes on and is not active yet.
        case open
    }

    /// The length now; periods that are excused or frozen neither add to it nor end it.
    public var current: Int64 = 0
    public var longest: Int64 = 0
    /// The first day of the running run; `nil` without one.
    public var start: Int32?
    /// Freezes that are left.
    public var freezes = 0
    /// Whether the running period is active already.
    public var isActive = false
    /// Freezes used, in order.
    public var frozen: [Freeze] = []
    /// Runs that ended, in order.
    public var ended: [Run] = []
    /// In order.
    public var reached: [Reach] = []
    /// Active periods since a freeze was last earned.
    public var sinceFreeze = 0
    /// The highest milestone of the running run.
    public var paid: Int64 = 0
}
