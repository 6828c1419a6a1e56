import Loyalty
import Primitives
import Runtime
import Storage
import Testing

/// What members are reminded of: a challenge that ends, a run that would, a tier; and when.
@Suite struct ReminderTests {
    private static func day(_ text: String) -> Int32 {
        CivilDate(text).map { Int32($0.daysSinceEpoch) } ?? 0
    }

    private func nudged(_ test: TestEngine, _ user: String) async throws -> [String] {
        try await test.engine.history(of: test.member(user), in: test.programme, limit: 100)
            .filter { $0.kind == .notice }
            .map { "\(CivilDate(daysSinceEpoch: Int($0.day))) \($0.source) \($0.amount)/\($0.wanted)" }.sorted()
    }

    private func live(
        _ test: TestEngine, through last: Int, _ reads: [Int: Int] = [:], user: String = "é"
    ) async throws {
        for day in 20...last {
            for hour in ["12", "22"] {
                let month = day > 30 ? "12" : "11"
                let date = day > 30 ? day - 30 : day
                test.clock.set(
                    try #require(RFC3339.parse("2026-\(month)-\(date < 10 ? "0" : "")\(date)T\(hour):00:00Z")))
                if hour == "12" {
                    for index in 0..<(reads[day] ?? 0) {
                        _ = try await test.engine.take(
                            [test.event("\(user) \(day) \(index)", user: user)], in: test.programme)
                    }
                }
                for _ in 0..<2 { try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) }
            }
        }
    }

    @Test func aChallengeThatEndsIsSaidOnceToWhoIsNearlyThere() async throws {
        var programme = SampleProgramme.programme
        programme.nudges = [Nudge(id: "nearly", occasion: .challenge("week", before: 2, missing: 2))]
        try await TestEngine.each(programme) { test in
            // The week of Friday the 20th ends with the 22nd; it wants four.
            try await live(test, through: 24, [20: 2], user: "é")
            #expect(try await nudged(test, "é") == ["2026-11-21 nudge/nearly 2/4"])
        }
        try await TestEngine.with(.sqlite, programme) { test in
            try await live(test, through: 24, [20: 1], user: "é")
            #expect(try await nudged(test, "é") == [])
        }
        try await TestEngine.with(.sqlite, programme) { test in
            try await live(test, through: 24, [20: 4], user: "é")
            #expect(try await nudged(test, "é") == [])
        }
        // Whoever has joined is told of every week, also of one in which they did nothing yet.
        programme.challenges[0].isJoined = true
        programme.nudges = [Nudge(id: "nearly", occasion: .challenge("week", before: 2, missing: nil))]
        try await TestEngine.each(programme) { test in
            let member = try await test.member("é")
            _ = try await test.engine.perform(
                .achievement(.join(challenge: "week", id: ID128(high: 1, low: 1))), member: member, in: test.programme)
            try await live(test, through: 37, [20: 4])
            #expect(
                try await nudged(test, "é").filter { $0.contains("nudge") } == [
                    "2026-11-28 nudge/nearly 0/4", "2026-12-05 nudge/nearly 0/4",
                ])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aRunThatWouldEndIsSaidUnlessAFreezeCoversIt() async throws {
        var programme = SampleProgramme.programme
        programme.streaks = [Streak(id: "daily", every: .day, measures: [.init(event: "article.read")])]
        programme.nudges = [Nudge(id: "keep", occasion: .streak("daily", before: 1))]
        programme.pressure = PressureTerms(
            perDay: 1, perWeek: 50, quiet: .init(from: 1_260, until: 540), counts: Urging.Kind.allCases)
        try await TestEngine.each(programme) { test in
            try await live(test, through: 25, [20: 1, 21: 1, 22: 1])
            // On the 21st a run of one is no run; on the 23rd nothing was read, and the run ended.
            #expect(
                try await nudged(test, "é").filter { $0.contains("keep") } == [
                    "2026-11-22 nudge/keep 2/0", "2026-11-23 nudge/keep 3/0",
                ])
            #expect(try await test.verify().differenceCount == 0)
        }
        programme.streaks[0].freezes = Streak.Freezes(initial: 2, earnedEvery: nil, maximum: 2)
        try await TestEngine.with(.sqlite, programme) { test in
            try await live(test, through: 24, [20: 1, 21: 1, 22: 1])
            #expect(try await nudged(test, "é").filter { $0.contains("keep") } == [])
        }
    }

    @Test func aTierThatWillEndIsSaidByDayAndNotIfItWasReachedAgain() async throws {
        var programme = SampleProgramme.programme
        programme.tiers?.cycle = TierCycle(
            period: .calendar(months: 3), lasts: .cycle, downgrade: .byBalance, notice: .days(10))
        programme.pressure.perDay = 0
        try await TestEngine.each(programme) { test in
            func at(_ text: String) async throws {
                test.clock.set(try #require(RFC3339.parse(text)))
                for _ in 0..<2 { try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) }
            }
            _ = try await test.engine.take(
                (0..<12).map { test.event("\($0)", user: "é") }, in: test.programme)
            try await at("2026-12-22T04:00:00Z")
            #expect(try await nudged(test, "é").filter { $0.hasPrefix("2026-12") } == [])
            // The budget of nothing holds it back; a day later there is one.
            try await at("2026-12-22T08:00:00Z")
            var open = programme
            open.pressure = .usual
            test.engine.host.put(try CompiledProgramme(open, version: 2, zones: test.engine.zones))
            try await at("2026-12-23T08:00:00Z")
            // Whatever the member is decided on for, what is due is looked at first.
            _ = try await test.engine.perform(.pressure(.less), member: test.member("é"), in: test.programme)
            #expect(
                try await nudged(test, "é").filter { $0.hasPrefix("2026-12") } == ["2026-12-23 tier/silver 12/10"])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: [
        // Winter, summer, the days on which the clocks change, days that begin late.
        ("2026-01-15", 240, "2026-01-15T08:00:00Z", "2026-01-15T20:00:00Z"),
        ("2026-07-15", 0, "2026-07-15T07:00:00Z", "2026-07-15T19:00:00Z"),
        ("2026-03-29", 0, "2026-03-29T07:00:00Z", "2026-03-29T19:00:00Z"),
        ("2026-10-25", 0, "2026-10-25T08:00:00Z", "2026-10-25T20:00:00Z"),
        ("2026-01-15", 600, "2026-01-15T09:00:00Z", "2026-01-15T20:00:00Z"),
        ("2026-01-15", 1_320, "2026-01-16T08:00:00Z", "2026-01-16T20:00:00Z"),
        ("2026-01-15", 1_259, "2026-01-16T08:00:00Z", "2026-01-16T19:59:00Z"),
    ])
    func quietHoursAreOnTheMembersOwnClock(date: String, start: Int, from: String, until: String) {
        let calendar = MemberCalendar(zone: "Europe/Amsterdam", dayStartMinutes: start, offsets: SystemZones())
        let hours = calendar.hours(of: Self.day(date), without: QuietHours(from: 1_260, until: 540))
        #expect(RFC3339.format(hours.lowerBound).prefix(19) == from.prefix(19))
        #expect(RFC3339.format(hours.upperBound).prefix(19) == until.prefix(19))
    }
}
