/// How far a zone's clocks are ahead of UTC at a time, in seconds; `nil` for a zone that is not known.
///
/// Offsets stay below 24 hours either way.
public typealias ZoneOffset = @Sendable (_ zone: String, _ unixSeconds: Int64) -> Int?

/// When a day begins on the clock: night owls' reading at one o'clock may still belong to the day before.
public struct DayStart: Hashable, Sendable {
    /// Minutes after midnight, 0 to 1439.
    public let minutes: Int

    public init?(minutes: Int) {
        guard (0..<1_440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    private init(unchecked minutes: Int) {
        self.minutes = minutes
    }

    public static let midnight = DayStart(unchecked: 0)
}

/// Someone's days, weeks (from Monday), months and years: a zone and the clock time at which their days begin.
///
/// A day begins at the first instant at which the zone's clocks show its date at the day start or later. Where the
/// clocks are put forward over that time, it begins at the change; where they are put back over it, at the first of the
/// two occurrences, and the repeated hour belongs to the new day. A date that a zone leaves out is a day of no length,
/// in which no instant falls. So each instant is in exactly one day, and days follow one another without gaps.
public struct PeriodCalendar: Sendable {
    public let zone: String
    public let dayStart: DayStart
    private let offset: ZoneOffset

    /// `nil` when the zone is not known.
    public init?(zone: String, dayStart: DayStart = .midnight, offset: @escaping ZoneOffset) {
        guard offset(zone, 0) != nil else { return nil }
        self.zone = zone
        self.dayStart = dayStart
        self.offset = offset
    }

    /// Days in Coordinated Universal Time.
    public static func utc(dayStart: DayStart = .midnight) -> PeriodCalendar {
        PeriodCalendar(known: "UTC", dayStart) { _, _ in 0 }
    }

    private init(known zone: String, _ dayStart: DayStart, offset: @escaping ZoneOffset) {
        self.zone = zone
        self.dayStart = dayStart
        self.offset = offset
    }

    /// The day that an instant falls in.
    public func date(at instant: Instant) -> CivilDate {
        let seconds = instant.seconds
        let local = seconds + Int64(offset(at: seconds)) - Int64(dayStart.minutes * 60)
        var day = Int((local >= 0 ? local : local - 86_399) / 86_400)
        // The clock is right but around a change over the day start.
        while start(ofDay: day) > seconds { day -= 1 }
        while start(ofDay: day + 1) <= seconds { day += 1 }
        return CivilDate(daysSinceEpoch: day)
    }

    /// When a day begins.
    public func start(of date: CivilDate) -> Instant { Instant(seconds: start(ofDay: date.daysSinceEpoch)) }

    /// The period that holds an instant.
    public func period(_ kind: Period.Kind, containing instant: Instant) -> Period {
        period(kind, on: date(at: instant))
    }

    /// The period that holds a day.
    public func period(_ kind: Period.Kind, on date: CivilDate) -> Period {
        let first = kind.firstDay(on: date)
        return Period(
            kind: kind, firstDay: first, start: start(of: first),
            end: start(of: kind.firstDay(1, periodsAfter: first)))
    }

    /// The period that many periods later; earlier when negative.
    public func period(_ count: Int, after period: Period) -> Period {
        self.period(period.kind, on: period.kind.firstDay(count, periodsAfter: period.firstDay))
    }

    private func offset(at seconds: Int64) -> Int {
        // Known zones are known at all times; the initialiser asked.
        offset(zone, seconds) ?? 0
    }

    /// The first instant at which the zone's clocks show a date at a time of day, or later.
    ///
    /// - Parameter minutes: after midnight.
    public func instant(on date: CivilDate, minutes: Int) -> Instant {
        Instant(seconds: firstInstant(atLocal: Int64(date.daysSinceEpoch) * 86_400 + Int64(minutes * 60)))
    }

    private func start(ofDay day: Int) -> Int64 {
        firstInstant(atLocal: Int64(day) * 86_400 + Int64(dayStart.minutes * 60))
    }

    /// The first instant at which the clocks show `local` (seconds as if the zone were UTC) or later.
    private func firstInstant(atLocal local: Int64) -> Int64 {
        var from = local - 86_400
        var current = offset(at: from)
        // One round for each stretch of equal offset; zones never change eight times in a day.
        for _ in 0..<8 {
            let candidate = max(from, local - Int64(current))
            if offset(at: candidate) == current { return candidate }
            // The clocks change on the way: what is left to find comes after the change.
            from = firstChange(from: from, to: candidate, offset: current)
            current = offset(at: from)
        }
        return local - Int64(current)
    }

    /// The first second after `from` with another offset; `to` has another one.
    private func firstChange(from: Int64, to: Int64, offset current: Int) -> Int64 {
        var low = from
        var high = to
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == current { low = middle } else { high = middle }
        }
        return high
    }
}
