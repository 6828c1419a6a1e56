/// How much a programme may urge a member: the pressure budget.
///
/// Only what urges counts (``Urging/Kind``). Thanks, congratulations, receipts, and what a member must know of their own
/// things (a place that is held for them, points that wait for a look) are never held back.
public struct PressureTerms: Sendable, Hashable {
    /// What holds where a document says nothing: one on a day, three in any seven days, none between nine and nine.
    public static let usual = PressureTerms(
        perDay: 1, perWeek: 3, quiet: QuietHours(from: 21 * 60, until: 9 * 60), counts: Urging.Kind.allCases)
    /// No end: only what a member chose still holds.
    public static let unbounded = PressureTerms(perDay: 0, perWeek: 0, quiet: nil, counts: [])
    /// The most that a document may say; above ``gentleDay`` and ``gentleWeek`` the checker warns.
    public static let mostPerDay: Int64 = 20
    public static let mostPerWeek: Int64 = 100
    public static let gentleDay: Int64 = 2
    public static let gentleWeek: Int64 = 7

    /// The most on one day of the member.
    public var perDay: Int64
    /// The most in any seven days on end.
    public var perWeek: Int64
    /// When nothing urges, on the member's own clock; `nil` for never.
    public var quiet: QuietHours?
    /// What counts, the most useful first: if not all may be said, this decides. What is not in it is said without end;
    /// empty for ``unbounded``.
    public var counts: [Urging.Kind]

    public var isUnbounded: Bool { counts.isEmpty }

    public init(perDay: Int64, perWeek: Int64, quiet: QuietHours?, counts: [Urging.Kind]) {
        self.perDay = perDay
        self.perWeek = perWeek
        self.quiet = quiet
        self.counts = counts
    }
}

/// Hours of the day in which nothing urges, on the member's own clock.
public struct QuietHours: Sendable, Hashable {
    /// Minutes after midnight.
    public var from: Int
    /// Minutes after midnight; earlier than ``from`` where the night lies between them.
    public var until: Int

    public init(from: Int, until: Int) {
        self.from = from
        self.until = until
    }

    func contains(_ minutes: Int) -> Bool {
        from < until ? (from..<until).contains(minutes) : minutes >= from || minutes < until
    }
}
