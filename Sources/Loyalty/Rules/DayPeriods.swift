import Primitives

/// The calendar periods of local day numbers (days since 1970-01-01): all that limits and challenges need to know of
/// the calendar.
public struct DayPeriods: Sendable {
    public init() {}

    /// The first day of the period that contains `day`; `Int32.min` for `ever`.
    public func firstDay(of period: PeriodUnit, containing day: Int32) -> Int32 {
        switch period {
        case .day: return day
        case .week:
            // 1970-01-01 was a Thursday; the Monday of that week is day -3.
            let sinceMonday = ((Int64(day) + 3) % 7 + 7) % 7
            return Int32(clamping: Int64(day) - sinceMonday)
        case .month: return Int32(clamping: CivilDate(daysSinceEpoch: Int(day)).startOfMonth.daysSinceEpoch)
        case .year: return Int32(clamping: CivilDate(daysSinceEpoch: Int(day)).startOfYear.daysSinceEpoch)
        case .ever: return .min
        }
    }

    /// The days of the period that contains `day`.
    public func days(of period: PeriodUnit, containing day: Int32) -> Range<Int32> {
        if period == .ever { return Int32.min..<Int32.max }
        let first = firstDay(of: period, containing: day)
        switch period {
        case .day, .ever: return first..<first + 1
        case .week: return first..<first + 7
        case .month: return first..<adding(months: 1, to: first)
        case .year: return first..<adding(months: 12, to: first)
        }
    }

    /// The same day of the month `months` later, or the last day of that month if it is shorter.
    public func adding(months: Int, to day: Int32) -> Int32 {
        Int32(clamping: CivilDate(daysSinceEpoch: Int(day)).adding(months: months).daysSinceEpoch)
    }
}
