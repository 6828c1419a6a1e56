import Foundation
import Primitives
import Testing

@Suite struct PeriodCalendarTests {
    static let zones = [
        "UTC", "Europe/Amsterdam", "Asia/Tokyo", "America/New_York", "America/Sao_Paulo", "America/Havana",
        "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Asia/Beirut", "America/Nuuk",
    ]

    static let foundation: ZoneOffset = { zone, seconds in
        TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }

    static func calendar(_ zone: String, _ minutes: Int = 0) throws -> PeriodCalendar {
        let dayStart = try #require(DayStart(minutes: minutes))
        return try #require(PeriodCalendar(zone: zone, dayStart: dayStart, offset: foundation))
    }

    static func instant(_ text: String) throws -> Instant { try #require(RFC3339.parse(text)) }

    @Test(arguments: [
        // Answers of Python's zoneinfo; where the clock time does not exist, the time of the change.
        ("Europe/Amsterdam", "2026-03-29", 0, "2026-03-28T23:00:00Z"),
        ("Europe/Amsterdam", "2026-03-30", 0, "2026-03-29T22:00:00Z"),
        ("Europe/Amsterdam", "2026-03-29", 150, "2026-03-29T01:00:00Z"),
        ("Europe/Amsterdam", "2026-10-25", 150, "2026-10-25T00:30:00Z"),
        ("Europe/Amsterdam", "2026-10-25", 0, "2026-10-24T22:00:00Z"),
        ("Asia/Tokyo", "2026-11-21", 240, "2026-11-20T19:00:00Z"),
        ("America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00:00Z"),
        ("America/Sao_Paulo", "2018-02-18", 0, "2018-02-18T03:00:00Z"),
        ("America/Havana", "2026-11-01", 0, "2026-11-01T04:00:00Z"),
        ("Asia/Beirut", "2024-03-31", 0, "2024-03-30T22:00:00Z"),
        ("Pacific/Apia", "2011-12-29", 0, "2011-12-29T10:00:00Z"),
        ("Pacific/Apia", "2011-12-30", 0, "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-31", 0, "2011-12-30T10:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", 120, "2026-10-03T15:30:00Z"),
        ("Asia/Kathmandu", "2026-11-21", 0, "2026-11-20T18:15:00Z"),
    ])
    func `a day starts when the clocks say so`(_ zone: String, _ day: String, _ minutes: Int, _ start: String) throws {
        let date = try #require(CivilDate(day))
        #expect(try Self.calendar(zone, minutes).start(of: date) == Self.instant(start))
    }

    @Test(arguments: [
        ("2026-03-29", 23.0), ("2026-10-25", 25.0), ("2026-11-21", 24.0),
    ])
    func `days have 23 or 25 hours when the clocks change`(_ day: String, _ hours: Double) throws {
        let date = try #require(CivilDate(day))
        let period = try Self.calendar("Europe/Amsterdam").period(.day, on: date)
        #expect(Double(period.end - period.start) == hours * 3_600_000)
    }

    @Test func `periods have their keys and bounds`() throws {
        let calendar = try Self.calendar("Europe/Amsterdam", 240)
        // Half past two at night still belongs to Saturday.
        let night = try Self.instant("2026-11-22T01:30:00Z")
        #expect(calendar.period(.day, containing: night).key == "2026-11-21")
        let week = calendar.period(.week, containing: night)
        #expect(week.key == "2026-W47")
        #expect(week.start == (try Self.instant("2026-11-16T03:00:00Z")))
        #expect(week.end == (try Self.instant("2026-11-23T03:00:00Z")))
        let month = calendar.period(.month, containing: night)
        #expect(month.key == "2026-11")
        #expect(month.end == (try Self.instant("2026-12-01T03:00:00Z")))
        let year = calendar.period(.year, containing: night)
        #expect(year.key == "2026")
        #expect(year.start == (try Self.instant("2026-01-01T03:00:00Z")))
        #expect(calendar.period(1, after: month).key == "2026-12")
        #expect(calendar.period(-11, after: month).key == "2025-12")
        #expect(calendar.period(7, after: week).key == "2027-W01")
        #expect(calendar.period(.week, containing: try Self.instant("2027-01-01T12:00:00Z")).key == "2026-W53")
    }

    @Test func `a date that a zone leaves out holds no instant`() throws {
        let calendar = try Self.calendar("Pacific/Apia")
        let skipped = try #require(CivilDate("2011-12-30"))
        let period = calendar.period(.day, on: skipped)
        #expect(period.start == period.end)
        #expect(calendar.date(at: period.start).description == "2011-12-31")
        #expect(calendar.date(at: period.start.adding(milliseconds: -1)).description == "2011-12-29")
    }

    @Test func `unknown zones and impossible day starts are refused`() {
        #expect(PeriodCalendar(zone: "Mars/Olympus", offset: Self.foundation) == nil)
        #expect(DayStart(minutes: -1) == nil)
        #expect(DayStart(minutes: 1_440) == nil)
        #expect(DayStart(minutes: 1_439) != nil)
    }

    @Test(arguments: zones)
    func `starts of days agree with Foundation's calendar`(_ zone: String) throws {
        let seed: UInt64 = 3
        var random = Xoshiro256(seed: seed)
        let calendar = try Self.calendar(zone)
        var theirs = Calendar(identifier: .gregorian)
        theirs.timeZone = try #require(TimeZone(identifier: zone))
        for _ in 0..<100 {
            let seconds = Int64.random(in: 0...2_100_000_000, using: &random)
            let day = calendar.period(.day, containing: Instant(seconds: seconds))
            let expected = theirs.startOfDay(for: Date(timeIntervalSince1970: Double(seconds)))
            #expect(
                Double(day.start.seconds) == expected.timeIntervalSince1970, "\(zone), \(seconds), seed \(seed)")
        }
    }

    /// What every calendar must keep, whatever its zone does.
    static func checkInvariants(_ calendar: PeriodCalendar, at instant: Instant, _ comment: Comment) {
        for kind in Period.Kind.allCases {
            let period = calendar.period(kind, containing: instant)
            #expect(period.contains(instant), comment)
            #expect(period.key == kind.key(on: period.firstDay), comment)
            let next = calendar.period(1, after: period)
            #expect(next.start == period.end, comment)
            #expect(next.key != period.key, comment)
            #expect(calendar.period(-1, after: next) == period, comment)
            #expect(calendar.period(kind, containing: period.start) == period, comment)
            #expect(calendar.period(kind, containing: period.end.adding(milliseconds: -1)) == period, comment)
            #expect(!calendar.period(kind, containing: period.end).contains(instant), comment)
        }
    }

    @Test(arguments: zones, [0, 150, 240, 1_439])
    func `each instant is in exactly one period of each kind`(_ zone: String, _ minutes: Int) throws {
        let seed = UInt64(minutes)
        var random = Xoshiro256(seed: seed)
        let calendar = try Self.calendar(zone, minutes)
        for _ in 0..<12 {
            let instant = Instant(milliseconds: Int64.random(in: 0...2_100_000_000_000, using: &random))
            Self.checkInvariants(calendar, at: instant, "\(zone), \(instant), seed \(seed)")
        }
    }

    /// A zone whose clocks are put forward and back wildly, but never twice within three days.
    struct WildZone {
        let changes: [(at: Int64, offset: Int)]

        init(seed: UInt64) {
            var random = Xoshiro256(seed: seed)
            var changes: [(Int64, Int)] = []
            var time: Int64 = 1_000_000_000
            for _ in 0..<40 {
                time += Int64.random(in: 3 * 86_400...20 * 86_400, using: &random)
                changes.append((time, Int.random(in: -56_000...56_000, using: &random)))
            }
            self.changes = changes
        }

        func offset(_ seconds: Int64) -> Int {
            changes.last { $0.at <= seconds }?.offset ?? 3_600
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `a zone that changes wildly still has orderly days`(_ seed: UInt64) throws {
        print("wild zone: seed \(seed)")
        let zone = WildZone(seed: seed)
        var random = Xoshiro256(seed: seed)
        for minutes in [0, 135, 720] {
            let dayStart = try #require(DayStart(minutes: minutes))
            let calendar = try #require(PeriodCalendar(zone: "Wild", dayStart: dayStart) { _, at in zone.offset(at) })
            for change in zone.changes {
                let instant = Instant(seconds: change.at + Int64.random(in: -90_000...90_000, using: &random))
                Self.checkInvariants(calendar, at: instant, "seed \(seed), \(instant)")
                // By definition: the first second at which the clocks show the day start or later.
                let date = calendar.date(at: instant)
                let start = calendar.start(of: date).seconds
                let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(minutes * 60)
                #expect(start + Int64(zone.offset(start)) >= local)
                for earlier in stride(from: start - 1, to: start - 120_000, by: -7) {
                    guard earlier + Int64(zone.offset(earlier)) < local else {
                        Issue.record("\(date) begins at \(earlier) or before, not \(start); seed \(seed)")
                        break
                    }
                }
            }
        }
    }
}
