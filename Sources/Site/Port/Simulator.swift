/// What the simulator is asked: how many invented people, for how long, and which.
public struct SimulatorOrder: Sendable, Hashable {
    public static let members = 50...2_000
    public static let days = 7...180

    public var members: Int
    public var days: Int
    /// Another number gives other people.
    public var seed: Int64

    public init(members: Int = 500, days: Int = 60, seed: Int64 = 1) {
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

        public init(unit: PointUnit, issued: Int64, redeemed: Int64, expired: Int64, weeks: [Week]) {
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

    public var order: SimulatorOrder
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
