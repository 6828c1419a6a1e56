public import Primitives

/// UTC offsets of time zones, injected so that a decision never asks the machine.
public protocol ZoneOffsets: Sendable {
    /// Seconds east of UTC at `seconds` since 1970; `nil` for a zone that is not known.
    func offset(zone: String, at seconds: Int64) -> Int64?

    /// The offsets of one zone, found once for many questions; `nil` for a zone that is not known.
    func offsets(of zone: String) -> (@Sendable (_ seconds: Int64) -> Int64?)?
}

extension ZoneOffsets {
    public func offsets(of zone: String) -> (@Sendable (_ seconds: Int64) -> Int64?)? {
        guard offset(zone: zone, at: 0) != nil else { return nil }
        return { offset(zone: zone, at: $0) }
    }
}

/// A member's own days: their time zone and the time at which their day starts. Days are counted from 1970-01-01.
public struct MemberCalendar: Sendable {
    private let calendar: PeriodCalendar
    public let periods = DayPeriods()

    /// A zone that is not known counts as UTC; the edges refuse such zones before they get here.
    public init(zone: String, dayStartMinutes: Int, offsets: any ZoneOffsets) {
        let dayStart = DayStart(minutes: dayStartMinutes) ?? .midnight
        let known = offsets.offsets(of: zone)
        let calendar = known.flatMap { offset in
            PeriodCalendar(zone: zone, dayStart: dayStart) { _, seconds in offset(seconds).map { Int($0) } }
        }
        self.calendar = calendar ?? .utc(dayStart: dayStart)
    }

    /// The local day that contains `instant`.
    public func day(of instant: Instant) -> Int32 { Int32(clamping: calendar.date(at: instant).daysSinceEpoch) }

    /// Seconds from the start of its local day to `instant`.
    public func secondOfDay(_ instant: Instant) -> Int64 { (instant - start(of: day(of: instant))) / 1_000 }

    /// The instant at which a local day starts.
    public func start(of day: Int32) -> Instant { calendar.start(of: CivilDate(daysSinceEpoch: Int(day))) }

    /// The first instant of a local day at which the clocks show a time, in minutes after midnight. Before the start of the
    /// day it is that of the date after it.
    func clock(_ minutes: Int, from day: Int32) -> Instant {
        let date = CivilDate(daysSinceEpoch: Int(day) + (minutes < dayStartMinutes ? 1 : 0))
        return calendar.instant(on: date, minutes: minutes)
    }

    /// When a local day starts on the clock, in minutes after midnight.
    var dayStartMinutes: Int { calendar.dayStart.minutes }

    /// The start of a day that is nearest to `instant`; the later one of two that are equally far.
    public func nearestStart(to instant: Instant) -> Instant {
        let day = day(of: instant)
        let (before, after) = (start(of: day), start(of: day + 1))
        return instant - before < after - instant ? before : after
    }

    /// `span` before the start of `day`.
    public func instant(_ span: DurationSpan, before day: Int32) -> Instant {
        switch span {
        case .milliseconds(let amount): start(of: day).adding(milliseconds: -amount)
        case .days(let count): start(of: Int32(clamping: Int64(day) - Int64(count)))
        case .months(let count): start(of: periods.adding(months: -count, to: day))
        }
    }

    /// `span` after the start of `day`; calendar lengths follow the calendar.
    public func instant(_ span: DurationSpan, after day: Int32) -> Instant {
        switch span {
        case .milliseconds(let amount): start(of: day).adding(milliseconds: amount)
        case .days(let count): start(of: Int32(clamping: Int64(day) + Int64(count)))
        case .months(let count): start(of: periods.adding(months: count, to: day))
        }
    }
}

extension MemberCalendar {
    /// The day of `instant` in UTC, for where no calendar is known.
    static func utcDay(of instant: Instant) -> Int32 {
        Int32(clamping: Int64((Double(instant.milliseconds) / 86_400_000).rounded(.down)))
    }
}
