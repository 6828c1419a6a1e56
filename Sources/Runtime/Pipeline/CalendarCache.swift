import Loyalty
import Primitives

/// The calendars of members, found once: most members share the programme's, and finding a zone costs more than asking
/// it.
struct CalendarCache {
    private struct Key: Hashable {
        var zone: String
        var dayStartMinutes: Int
    }

    private struct Today {
        var key: Key
        var day: Int32
        var start: Instant
        var end: Instant
    }

    /// There are some 600 zones, and few day starts.
    private static let capacity = 2_000

    private let offsets: any ZoneOffsets
    private var calendars: [Key: MemberCalendar] = [:]
    private var today: [ProgrammeID: Today] = [:]

    init(offsets: any ZoneOffsets) {
        self.offsets = offsets
    }

    mutating func context(
        _ compiled: CompiledProgramme, _ profile: MemberProfile, _ now: Instant
    ) -> DecisionContext {
        let programme = compiled.programme
        let key = Key(
            zone: profile.timeZone ?? programme.timeZone,
            dayStartMinutes: profile.dayStartMinutes ?? programme.dayStartMinutes)
        return DecisionContext(
            programme: compiled, calendar: calendar(key), now: now, programmeDay: programmeDay(compiled, now))
    }

    /// The day of `now` in the programme's time zone.
    mutating func programmeDay(_ compiled: CompiledProgramme, _ now: Instant) -> Int32 {
        let key = Key(zone: compiled.programme.timeZone, dayStartMinutes: compiled.programme.dayStartMinutes)
        if let known = today[compiled.id], known.key == key, known.start <= now, now < known.end { return known.day }
        let calendar = calendar(key)
        let day = calendar.day(of: now)
        today[compiled.id] = Today(
            key: key, day: day, start: calendar.start(of: day), end: calendar.start(of: day + 1))
        return day
    }

    /// The days of a programme.
    mutating func programmeCalendar(_ compiled: CompiledProgramme) -> MemberCalendar {
        calendar(Key(zone: compiled.programme.timeZone, dayStartMinutes: compiled.programme.dayStartMinutes))
    }

    private mutating func calendar(_ key: Key) -> MemberCalendar {
        if let known = calendars[key] { return known }
        if calendars.count >= Self.capacity { calendars = [:] }
        let calendar = MemberCalendar(
            zone: key.zone, dayStartMinutes: key.dayStartMinutes, offsets: offsets)
        calendars[key] = calendar
        return calendar
    }
}
