/// A habit that is counted in days, weeks or months on end: how long it lasts now, and how long it lasted at best.
///
/// Its length is a function of the set of active local days, pauses, freezes and repairs, never of the order in which
/// events arrived; see ``StreakCalculator``.
public struct Streak: Sendable, Hashable {
    public var id: String
    public var name: LocalizedText
    /// `day`, `week` (from Monday) or `month`, in the member's own time zone and day start.
    public var every: PeriodUnit
    /// What makes a period active; at least one.
    public var measures: [Measure]
    /// Whether all measures must be met, or any of them.
    public var needsAll: Bool
    /// On how many days of a week or month the measures must be met; `nil` if they are met over the period as a whole.
    public var days: Days?
    public var freezes: Freezes?
    /// Lengths that give something, rising.
    public var milestones: [Milestone]
    /// Days on which nobody's streak ends, because something was down.
    public var repairs: [DaySpan]
    public var why: LocalizedText

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), every: PeriodUnit = .day, measures: [Measure] = [],
        needsAll: Bool = true, days: Days? = nil, freezes: Freezes? = nil, milestones: [Milestone] = [],
        repairs: [DaySpan] = [], why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.every = every
        self.measures = measures
        self.needsAll = needsAll
        self.days = days
        self.freezes = freezes
        self.milestones = milestones
        self.repairs = repairs
        self.why = why
    }

    /// One thing that is counted or summed.
    public struct Measure: Sendable, Hashable {
        /// Its name within the streak; `count` where there is but one without a name.
        public var id: String
        /// The event type that is counted.
        public var event: String
        public var condition: String?
        /// A CEL expression of type int that is summed; `nil` counts events.
        public var sum: String?
        public var needs: Int64

        public init(id: String = "count", event: String, condition: String? = nil, sum: String? = nil, needs: Int64 = 1)
        {
            self.id = id
            self.event = event
            self.condition = condition
            self.sum = sum
            self.needs = needs
        }
    }

    /// The number of days of a period; the member chooses where `least` and `most` differ.
    public struct Days: Sendable, Hashable {
        public var usual: Int
        public var least: Int
        public var most: Int

        public init(usual: Int, least: Int? = nil, most: Int? = nil) {
            self.usual = usual
            self.least = least ?? usual
            self.most = most ?? usual
        }

        public var isChosen: Bool { least < most }
    }

    /// Periods that a member may miss. One is used by itself, at the end of a period without activity.
    public struct Freezes: Sendable, Hashable {
        public var initial: Int
        /// One more for so many active periods; `nil` for none.
        public var earnedEvery: Int?
        public var maximum: Int

        public init(initial: Int, earnedEvery: Int? = nil, maximum: Int) {
            self.initial = initial
            self.earnedEvery = earnedEvery
            self.maximum = maximum
        }
    }

    public struct Milestone: Sendable, Hashable {
        /// In periods.
        public var at: Int64
        public var effects: [Effect]

        public init(at: Int64, effects: [Effect]) {
            self.at = at
            self.effects = effects
        }
    }

    /// Whether the two are counted alike, so that lengths of one are lengths of the other.
    func countsLike(_ other: Streak) -> Bool {
        every == other.every && Set(measures) == Set(other.measures) && needsAll == other.needsAll
            && days == other.days && freezes == other.freezes && milestones.map(\.at) == other.milestones.map(\.at)
    }
}

/// Local days from `first` to `last`, both included, counted from 1970-01-01.
public struct DaySpan: Sendable, Hashable, Comparable {
    public var first: Int32
    public var last: Int32

    public init(first: Int32, last: Int32) {
        self.first = first
        self.last = last
    }

    public init(_ day: Int32) { self.init(first: day, last: day) }

    public func contains(_ day: Int32) -> Bool { first <= day && day <= last }

    public func overlaps(_ days: Range<Int32>) -> Bool { first < days.upperBound && last >= days.lowerBound }

    public static func < (left: DaySpan, right: DaySpan) -> Bool {
        left.first != right.first ? left.first < right.first : left.last < right.last
    }
}
