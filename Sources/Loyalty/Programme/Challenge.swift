import Primitives

/// Something to finish in a period: so many events, an amount, different things, all of a set, or steps.
public struct Challenge: Sendable, Hashable {
    public var id: String
    public var name: LocalizedText
    /// The event type that is looked at; `nil` if only rules move it (`progress`), or if it has steps.
    public var count: String?
    /// Further event types that are looked at in the same way.
    public var also: [String] = []
    /// A CEL expression of type bool that must hold over each of them.
    public var condition: String?
    public var measure: Measure = .events
    /// What completes it. With ``stages`` the last of them, with steps their number.
    public var target: Int64
    public var every: PeriodUnit
    /// Periods of their own length, in place of ``every``.
    public var cycle: Cycle?
    /// The days on which it runs; `nil` for always. What happens on other days does not count.
    public var season: Season?
    /// Completions on the way, from the nearest to the furthest; empty for one completion at ``target``.
    public var stages: [Stage] = []
    /// What a member must have before it counts.
    public var after: [Prerequisite] = []
    /// Challenges that its completion lets the member join.
    public var starts: [String] = []
    /// Whether it counts only for members who have joined it.
    public var isJoined = false
    /// Whether a completion is taken back when an event that made it is amended away.
    public var rollsBack = true
    /// Between which numbers a member may choose an own target.
    public var goal: ClosedRange<Int64>?
    public var reward: [Effect]
    public var why: LocalizedText
    /// What makes it a team's.
    public var team: TeamTerms?

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), count: String?, condition: String? = nil, target: Int64,
        every: PeriodUnit = .ever, reward: [Effect] = [], why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.count = count
        self.condition = condition
        self.target = target
        self.every = every
        self.reward = reward
        self.why = why
    }

    /// What is added up.
    public enum Measure: Sendable, Hashable {
        /// Events.
        case events
        /// A CEL expression of type int over each event, such as `event.seconds`; what is below 1 adds nothing.
        case sum(String)
        /// Different values of a CEL expression of type string or list of strings.
        case distinct(Distinct)
        case steps([Step], inOrder: Bool)
    }

    /// Values of which each counts once in a period.
    public struct Distinct: Sendable, Hashable {
        public var value: String
        /// Only these count; empty for any.
        public var within: [String]
        /// For members below the level `personal`, where the values tell which item it was: a CEL expression of type
        /// bool that the member's own device answers, whether this one is new.
        public var device: String?

        public init(value: String, within: [String] = [], device: String? = nil) {
            self.value = value
            self.within = within
            self.device = device
        }
    }

    /// So many events of one type.
    public struct Step: Sendable, Hashable {
        public var name: LocalizedText
        public var event: String
        public var condition: String?
        public var count: Int64

        public init(
            name: LocalizedText = LocalizedText([:]), event: String, condition: String? = nil, count: Int64 = 1
        ) {
            self.name = name
            self.event = event
            self.condition = condition
            self.count = count
        }
    }

    /// One of several completions of a challenge, with a reward of its own.
    public struct Stage: Sendable, Hashable {
        public var id: String
        public var name: LocalizedText
        public var at: Int64
        public var reward: [Effect]

        public init(id: String, name: LocalizedText = LocalizedText([:]), at: Int64, reward: [Effect] = []) {
            self.id = id
            self.name = name
            self.at = at
            self.reward = reward
        }
    }

    public enum Cycle: Sendable, Hashable {
        /// Periods of so many days, one of which starts on the day `from` (days since 1970-01-01).
        case days(Int32, from: Int32)
        /// Any so many days in a row. Days that led to one completion do not count towards the next.
        case rolling(Int32)
    }

    /// Days in the member's own calendar, the last one included.
    public enum Season: Sendable, Hashable {
        case once(from: Int32, to: Int32)
        /// The same days every year, possibly across its end. A 29 February that does not exist is 1 March at the start
        /// and 28 February at the end.
        case yearly(from: MonthDay, to: MonthDay)
    }

    public struct MonthDay: Sendable, Hashable {
        /// 1 to 12.
        public var month: Int
        /// 1 to 31.
        public var day: Int

        public init(month: Int, day: Int) {
            self.month = month
            self.day = day
        }
    }

    public enum Prerequisite: Sendable, Hashable {
        /// It was completed; what happens from that day on counts.
        case challenge(String)
        case badge(String)
        case tier(String)
    }

    /// Its completions from the nearest to the furthest; one without a name if it has only one.
    public var completions: [Stage] {
        stages.isEmpty ? [Stage(id: "", at: finish, reward: reward)] : stages
    }

    /// What completes it under its own terms.
    public var finish: Int64 {
        if case .steps(let steps, _) = measure { return Int64(steps.count) }
        return stages.last?.at ?? target
    }

    /// All event types that it looks at.
    public var eventTypes: [String] {
        var types = (count.map { [$0] } ?? []) + also
        if case .steps(let steps, _) = measure { types += steps.map(\.event) }
        var seen: Set<String> = []
        return types.filter { seen.insert($0).inserted }
    }

    /// All that its completions give.
    public var allRewards: [Effect] { completions.flatMap(\.reward) }

    /// Whether it counts events up to one target in a calendar period and asks for nothing else: the progress of one
    /// period then tells nothing about another.
    public var isPlain: Bool {
        guard case .events = measure else { return false }
        return cycle == nil && season == nil && stages.isEmpty && after.isEmpty && goal == nil
    }
}
