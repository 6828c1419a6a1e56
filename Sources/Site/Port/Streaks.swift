/// A habit that is counted in days, weeks or months on end.
public struct StreakProgress: Sendable, Hashable {
    public enum Every: String, Sendable, Hashable, CaseIterable { case day, week, month }

    public enum State: String, Sendable, Hashable, CaseIterable { case active, frozen, excused, empty, open }

    public struct Period: Sendable, Hashable {
        public var firstDay: LocalDay
        public var state: State

        public init(firstDay: LocalDay, state: State) {
            self.firstDay = firstDay
            self.state = state
        }
    }

    /// On how many days of a week or month the member wants to be active.
    public struct Goal: Sendable, Hashable {
        public var done: Int
        public var wanted: Int
        /// What holds from the next period on.
        public var next: Int
        /// What there is to choose from; `nil` where there is no choice.
        public var choice: ClosedRange<Int>?

        public init(done: Int, wanted: Int, next: Int, choice: ClosedRange<Int>? = nil) {
            self.done = done
            self.wanted = wanted
            self.next = next
            self.choice = choice
        }
    }

    public var id: String
    public var title: Wording
    public var summary: Wording?
    public var every: Every
    /// In periods.
    public var length: Int64
    public var longest: Int64
    /// The next length that gives something.
    public var milestone: Int64?
    /// `nil` where there are none.
    public var freezes: Int?
    /// Whether the running period counts already.
    public var active: Bool
    public var goal: Goal?
    /// The latest last.
    public var recent: [Period]

    public init(
        id: String, title: Wording, summary: Wording? = nil, every: Every = .day, length: Int64, longest: Int64,
        milestone: Int64? = nil, freezes: Int? = nil, active: Bool = false, goal: Goal? = nil, recent: [Period] = []
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.every = every
        self.length = length
        self.longest = longest
        self.milestone = milestone
        self.freezes = freezes
        self.active = active
        self.goal = goal
        self.recent = recent
    }
}

/// Days on which a member's streaks lie aside; both ends included.
public struct StreakPause: Sendable, Hashable {
    public var from: LocalDay
    public var to: LocalDay

    public init(from: LocalDay, to: LocalDay) {
        self.from = from
        self.to = to
    }
}

/// A member's tier, and the way to the next one.
public struct TierProgress: Sendable, Hashable {
    public struct Invitation: Sendable, Hashable {
        public var tier: String
        public var title: Wording
        public var until: LocalDay?

        public init(tier: String, title: Wording, until: LocalDay? = nil) {
            self.tier = tier
            self.title = title
            self.until = until
        }
    }

    /// `nil` below the lowest tier.
    public var title: Wording?
    public var next: Wording?
    /// What is missing to the next tier, and the part of it that is there, from 0 to 1.
    public var missing: Amount?
    public var share: Double
    /// The last day of the tier, if nothing is earned; `nil` if it stays.
    public var lastDay: LocalDay?
    /// The tier after the running period, at the pace so far; only where it is another one.
    public var projected: Wording?
    public var gives: [Wording]
    public var invitations: [Invitation]

    public init(
        title: Wording?, next: Wording? = nil, missing: Amount? = nil, share: Double = 0, lastDay: LocalDay? = nil,
        projected: Wording? = nil, gives: [Wording] = [], invitations: [Invitation] = []
    ) {
        self.title = title
        self.next = next
        self.missing = missing
        self.share = share
        self.lastDay = lastDay
        self.projected = projected
        self.gives = gives
        self.invitations = invitations
    }
}

/// How members are spread over streaks and tiers. Whatever fewer than ``least`` members share is not told.
public struct HabitFigures: Sendable, Hashable {
    public static let least: Int64 = 10

    public struct Cell: Sendable, Hashable {
        public var title: Wording
        /// `nil`: fewer than ``HabitFigures/least``, or it would tell such a number.
        public var members: Int64?

        public init(title: Wording, members: Int64?) {
            self.title = title
            self.members = members
        }
    }

    public struct Table: Sendable, Hashable {
        /// The streak that days can be repaired for; empty for tiers.
        public var id: String
        public var title: Wording
        public var cells: [Cell]
        /// Days that count as excused for everybody.
        public var repairs: [StreakPause]

        public init(id: String, title: Wording, cells: [Cell], repairs: [StreakPause] = []) {
            self.id = id
            self.title = title
            self.cells = cells
            self.repairs = repairs
        }
    }

    public var today: LocalDay
    public var tables: [Table]
    public var mayRepair: Bool
    /// How many members the figures are estimated from; `nil` where all were counted.
    public var sample: Int64?

    public init(today: LocalDay, tables: [Table], mayRepair: Bool, sample: Int64? = nil) {
        self.today = today
        self.tables = tables
        self.mayRepair = mayRepair
        self.sample = sample
    }

    /// Figures with small ones left out. If one alone was, the smallest of the others goes with it: their sum is known
    /// elsewhere.
    public static func protected(_ counts: [(title: Wording, members: Int64)]) -> [Cell] {
        var hidden = Set(counts.indices.filter { counts[$0].members > 0 && counts[$0].members < least })
        if hidden.count == 1,
            let other = counts.indices.filter({ !hidden.contains($0) && counts[$0].members > 0 }).min(by: {
                counts[$0].members < counts[$1].members
            })
        {
            hidden.insert(other)
        }
        return counts.indices.map {
            Cell(title: counts[$0].title, members: hidden.contains($0) ? nil : counts[$0].members)
        }
    }
}
