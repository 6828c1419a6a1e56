/// What a member hears about something that looked suspicious.
public enum ReviewNews: Sendable, Hashable {
    /// So much waits; `nil` where nothing of it is points.
    case waits(Amount?)
    case released
    case refused
}

/// What waits because it looked suspicious, as the console lists it.
public struct ReviewQueue: Sendable, Hashable {
    public struct Case: Sendable, Hashable {
        /// The member's pseudonym: who they are plays no part here.
        public var member: String
        public var check: String
        /// The programme's own words about the check.
        public var why: Wording?
        public var day: LocalDay
        public var held: [Amount]
        public var badges: Int64
        /// Access, tickets, traits and webhooks.
        public var others: Int64 = 0
        /// When it is released if nobody looks.
        public var until: LocalDay

        public init(
            member: String, check: String, why: Wording? = nil, day: LocalDay, held: [Amount], badges: Int64,
            until: LocalDay
        ) {
            self.member = member
            self.check = check
            self.why = why
            self.day = day
            self.held = held
            self.badges = badges
            self.until = until
        }
    }

    public var today: LocalDay
    public var total: Int64
    /// The oldest day first; at most 100.
    public var cases: [Case]
    public var mayDecide: Bool

    public init(today: LocalDay, total: Int64 = 0, cases: [Case] = [], mayDecide: Bool = false) {
        self.today = today
        self.total = total
        self.cases = cases
        self.mayDecide = mayDecide
    }
}

/// What staff decide: about one member's day, or about all of a check.
public struct ReviewChoice: Sendable, Hashable {
    public var releases: Bool
    public var check: String
    public var member: String?
    public var day: LocalDay?
    /// All members seen on a device on that day.
    public var device: Int64?
    public var reason: String
}

/// Devices with open cases that several members used on one day.
public struct DeviceQueue: Sendable, Hashable {
    public struct Device: Sendable, Hashable {
        public var check: String
        public var why: Wording?
        public var day: LocalDay
        /// Holds for its day only.
        public var device: Int64
        public var members: Int64

        public init(check: String, why: Wording? = nil, day: LocalDay, device: Int64, members: Int64) {
            self.check = check
            self.why = why
            self.day = day
            self.device = device
            self.members = members
        }
    }

    public var today: LocalDay
    /// The oldest day first; at most 100.
    public var devices: [Device]
    public var mayDecide: Bool

    public init(today: LocalDay, devices: [Device] = [], mayDecide: Bool = false) {
        self.today = today
        self.devices = devices
        self.mayDecide = mayDecide
    }
}

/// Something of the member's that waits because somebody is to look at it.
public struct WaitingReview: Sendable, Hashable {
    public var why: Wording?
    public var held: [Amount]
    /// When it is the member's at the latest.
    public var until: LocalDay

    public init(why: Wording? = nil, held: [Amount] = [], until: LocalDay) {
        self.why = why
        self.held = held
        self.until = until
    }
}
