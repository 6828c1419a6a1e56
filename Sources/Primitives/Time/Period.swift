/// A day, week, month or year of someone's own calendar, as a stretch of time.
public struct Period: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case day, week, month, year
    }

    public let kind: Kind
    /// The first day of the period.
    public let firstDay: CivilDate
    public let start: Instant
    /// The start of the next period; not part of this one.
    public let end: Instant

    public init(kind: Kind, firstDay: CivilDate, start: Instant, end: Instant) {
        self.kind = kind
        self.firstDay = firstDay
        self.start = start
        self.end = end
    }

    public func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }

    /// The same for the same period forever, and different between periods of any kind: `2026-11-21`, `2026-W47`,
    /// `2026-11`, `2026`. Keys of one kind sort by time.
    public var key: String { kind.key(on: firstDay) }
}

extension Period.Kind {
    /// The key of the period of this kind that holds the day.
    public func key(on date: CivilDate) -> String {
        switch self {
        case .day: return date.description
        case .week:
            let (year, week) = date.isoWeek
            return "\(CivilDate.padded(year, 4))-W\(CivilDate.padded(week, 2))"
        case .month: return "\(CivilDate.padded(date.year, 4))-\(CivilDate.padded(date.month, 2))"
        case .year: return CivilDate.padded(date.year, 4)
        }
    }

    /// The first day of the period of this kind that holds the day.
    public func firstDay(on date: CivilDate) -> CivilDate {
        switch self {
        case .day: date
        case .week: date.startOfWeek
        case .month: date.startOfMonth
        case .year: date.startOfYear
        }
    }

    /// The first day of a period some periods later, counted from a first day.
    public func firstDay(_ count: Int, periodsAfter first: CivilDate) -> CivilDate {
        switch self {
        case .day: first.adding(days: count)
        case .week: first.adding(days: 7 * count)
        case .month: first.adding(months: count)
        case .year: first.adding(months: 12 * count)
        }
    }
}
