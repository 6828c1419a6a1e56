/// What the simulator is asked: how many invented people, for how long, and which.
public struct SimulatorOrder: Sendable, Hashable {
    public static let members = 50...2_000
    public static let days = 7...180
    /// A programme in one text with its form around it, in bytes.
    public static let formBytes = 1 << 20

    public var members: Int
    public var days: Int
    /// Another number gives other people.
    public var seed: Int64
    /// Another programme to try on the same people, as one text; empty for none.
    public var candidate: String

    public init(members: Int = 500, days: Int = 60, seed: Int64 = 1, candidate: String = "") {
        self.candidate = candidate
        self.members = members
        self.days = days
        self.seed = seed
    }
}

/// What the programme would do to these people.
public struct SimulatorResult: Sendable, Hashable {
    public struct Unit: Sendable, Hashable {
        public var unit: PointUnit
        public var issued: Int64
        public var redeemed: Int64
        public var expired: Int64
        /// What is owed at the end of each week.
        public var weeks: [Week]
        /// The same of the candidate; empty without one, or without this unit.
        public var candidate: [Week]

        public init(
            unit: PointUnit, issued: Int64, redeemed: Int64, expired: Int64, weeks: [Week], candidate: [Week] = []
        ) {
            self.candidate = candidate
            self.unit = unit
            self.issued = issued
            self.redeemed = redeemed
            self.expired = expired
            self.weeks = weeks
        }
    }

    public struct Week: Sendable, Hashable {
        public var day: LocalDay
        public var outstanding: Int64

        public init(day: LocalDay, outstanding: Int64) {
            self.day = day
            self.outstanding = outstanding
        }
    }

    /// Something that can be reached or taken, and by how many it was.
    public struct Row: Sendable, Hashable {
        public var name: Wording
        public var members: Int64

        public init(name: Wording, members: Int64) {
            self.name = name
            self.members = members
        }
    }

    /// One figure of both programmes.
    public struct Difference: Sendable, Hashable {
        public enum Figure: String, Sendable, CaseIterable {
            case reached, neverReached, issued, redeemed, expired, outstanding, times, completed, members, taken, cancel
            case visits
        }

        public var figure: Figure
        /// The unit, rule, challenge, tier or reward; `nil` for what is of all.
        public var subject: Wording?
        public var running: Double
        public var candidate: Double

        public init(_ figure: Figure, _ subject: Wording?, running: Double, candidate: Double) {
            self.figure = figure
            self.subject = subject
            self.running = running
            self.candidate = candidate
        }
    }

    public var order: SimulatorOrder
    /// Whether the programme does not say how people behave, so that it is supposed.
    public var isDerived = false
    /// Whether something ties people that can end.
    public var hasTies = true
    /// Whether there was a candidate, and where it differs.
    public var isCompared = false
    public var differences: [Difference] = []
    public var reached: Int64
    public var neverReached: Int64
    public var subscribers: Int64
    public var cancelWith: Int64
    public var cancelWithout: Int64
    /// The 95 % interval of the effect on the share that cancels, as a hold-out would show it.
    public var interval: ClosedRange<Double>?
    public var units: [Unit]
    public var challenges: [Row]
    public var tiers: [Row]
    public var rewards: [Row]
    /// Names of rules that never fire.
    public var silent: [String]

    public init(
        order: SimulatorOrder, reached: Int64, neverReached: Int64, subscribers: Int64, cancelWith: Int64,
        cancelWithout: Int64, interval: ClosedRange<Double>? = nil, units: [Unit] = [], challenges: [Row] = [],
        tiers: [Row] = [], rewards: [Row] = [], silent: [String] = []
    ) {
        self.order = order
        self.reached = reached
        self.neverReached = neverReached
        self.subscribers = subscribers
        self.cancelWith = cancelWith
        self.cancelWithout = cancelWithout
        self.interval = interval
        self.units = units
        self.challenges = challenges
        self.tiers = tiers
        self.rewards = rewards
        self.silent = silent
    }
}

/// How far the last simulation is.
public enum SimulatorState: Sendable, Hashable {
    case none
    /// From 0 to 1.
    case running(Double)
    case done(SimulatorResult)
    case failed
}

/// What is wrong with a candidate, at its place.
public struct SimulatorProblem: Sendable, Hashable {
    public var place: String
    public var message: String

    public init(place: String, message: String) {
        self.place = place
        self.message = message
    }
}

/// What became of an order.
public enum SimulatorAnswer: Sendable, Hashable {
    /// The simulation's id.
    case begun(String)
    /// Too many wait already.
    case full
    case refused([SimulatorProblem])
}

/// The simulation that is looked at, and earlier ones.
public struct SimulatorDesk: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public var id: String
        public var day: LocalDay
        public var members: Int64
        public var days: Int64
        public var isCompared: Bool

        public init(id: String, day: LocalDay, members: Int64, days: Int64, isCompared: Bool) {
            self.id = id
            self.day = day
            self.members = members
            self.days = days
            self.isCompared = isCompared
        }
    }

    public var today: LocalDay
    public var state: SimulatorState
    public var entries: [Entry]
    /// Whether the account may order one.
    public var mayOrder: Bool

    public init(today: LocalDay, state: SimulatorState, entries: [Entry] = [], mayOrder: Bool = true) {
        self.today = today
        self.state = state
        self.entries = entries
        self.mayOrder = mayOrder
    }
}
