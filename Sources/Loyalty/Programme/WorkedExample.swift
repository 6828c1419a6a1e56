public import Primitives

/// A worked example: a new member, what they do and when, and what they must have at the end. `programme test` decides it
/// with all that decides live events: limits, cooldowns, streaks, tiers, expiry.
public struct WorkedExample: Sendable, Hashable {
    public struct Step: Sendable, Hashable {
        public var type: String
        public var at: Instant
        /// The fields of the event, as a sender writes them.
        public var data: JSONValue
        /// How often it happens, a minute apart.
        public var times: Int64
        /// Rules that want to give something for the last of them, and from which a limit, a cooldown or a budget keeps some
        /// or all of it.
        public var refused: [String]

        public init(
            type: String, at: Instant, data: JSONValue = .object(JSONObject()), times: Int64 = 1, refused: [String] = []
        ) {
            self.type = type
            self.at = at
            self.data = data
            self.times = times
            self.refused = refused
        }
    }

    /// What the member must have; `nil` where it does not matter.
    public struct Outcome: Sendable, Hashable {
        /// By unit, what can be spent.
        public var balances: [String: Int64]
        /// By unit, what cannot be spent yet.
        public var pending: [String: Int64]
        /// Empty for none.
        public var tier: String?
        /// All badges, no more and no less.
        public var badges: [String]?
        /// The running length by streak, in periods.
        public var streaks: [String: Int64]
        /// How often each challenge was completed.
        public var challenges: [String: Int64]

        public init(
            balances: [String: Int64] = [:], pending: [String: Int64] = [:], tier: String? = nil,
            badges: [String]? = nil, streaks: [String: Int64] = [:], challenges: [String: Int64] = [:]
        ) {
            self.balances = balances
            self.pending = pending
            self.tier = tier
            self.badges = badges
            self.streaks = streaks
            self.challenges = challenges
        }
    }

    public var id: String
    /// `nil`: as a new member.
    public var level: PrivacyLevel?
    /// `nil`: the programme's.
    public var timeZone: String?
    public var steps: [Step]
    /// When the outcome is looked at; `nil`: right after the last event.
    public var until: Instant?
    public var outcome: Outcome

    public init(
        id: String, level: PrivacyLevel? = nil, timeZone: String? = nil, steps: [Step] = [], until: Instant? = nil,
        outcome: Outcome = Outcome()
    ) {
        self.id = id
        self.level = level
        self.timeZone = timeZone
        self.steps = steps
        self.until = until
        self.outcome = outcome
    }

    /// The most events of one example.
    public static let maximumEvents: Int64 = 10_000
}
