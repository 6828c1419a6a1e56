/// How often the programme may urge the member, and what they chose.
public struct PressureDesk: Sendable, Hashable {
    public enum Choice: String, Sendable, Hashable, CaseIterable { case normal, less, off }

    public var choice: Choice
    /// What the programme allows itself at most, on a day and in seven days on end; `nil` for no end.
    public var most: Most?
    /// Times of day between which nothing urges; `nil` without quiet hours.
    public var quiet: Quiet?
    /// How much it was in the last seven days.
    public var week: Int64

    public struct Most: Sendable, Hashable {
        public var day: Int64
        public var week: Int64

        public init(day: Int64, week: Int64) {
            self.day = day
            self.week = week
        }
    }

    public struct Quiet: Sendable, Hashable {
        /// As a clock shows them: `21:00`.
        public var from: String
        public var until: String

        public init(from: String, until: String) {
            self.from = from
            self.until = until
        }
    }

    public init(choice: Choice, most: Most?, quiet: Quiet?, week: Int64) {
        self.choice = choice
        self.most = most
        self.quiet = quiet
        self.week = week
    }
}
