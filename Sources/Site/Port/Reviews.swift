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
    public var reason: String
}
