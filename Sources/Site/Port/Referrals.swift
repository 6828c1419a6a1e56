/// What a member sees of bringing others.
public struct FriendDesk: Sendable, Hashable {
    public var title: Wording
    public var why: Wording?
    /// In groups of four.
    public var code: String
    public var link: String
    public var waiting: Int64
    public var friends: Int64
    /// The standing that was reached.
    public var standing: Wording?
    /// The next one, and how many friends are missing.
    public var next: Wording?
    public var missing: Int64
    /// Whether the member may still say who brought them.
    public var mayClaim: Bool

    public init(
        title: Wording, why: Wording? = nil, code: String, link: String, waiting: Int64 = 0, friends: Int64 = 0,
        standing: Wording? = nil, next: Wording? = nil, missing: Int64 = 0, mayClaim: Bool = false
    ) {
        self.title = title
        self.why = why
        self.code = code
        self.link = link
        self.waiting = waiting
        self.friends = friends
        self.standing = standing
        self.next = next
        self.missing = missing
        self.mayClaim = mayClaim
    }
}

/// Those in the console: how many there are, and which look like one person with two names.
public struct ConsoleFriends: Sendable, Hashable {
    public struct Case: Sendable, Hashable {
        public var id: String
        public var day: LocalDay

        public init(id: String, day: LocalDay) {
            self.id = id
            self.day = day
        }
    }

    public var today: LocalDay
    public var open: Int64
    public var rewarded: Int64
    public var ended: Int64
    public var cases: [Case]
    public var mayDecide: Bool

    public init(
        today: LocalDay, open: Int64 = 0, rewarded: Int64 = 0, ended: Int64 = 0, cases: [Case] = [],
        mayDecide: Bool = false
    ) {
        self.today = today
        self.open = open
        self.rewarded = rewarded
        self.ended = ended
        self.cases = cases
        self.mayDecide = mayDecide
    }
}
