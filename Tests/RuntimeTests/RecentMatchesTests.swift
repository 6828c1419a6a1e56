import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Which of last week's kept events a condition would have held for.
@Suite struct RecentMatchesTests {
    /// Six members of the level `personal` and one below it; each reads now, three days ago and ten days ago.
    private static func with(
        _ kind: Storage.Engine, _ body: (TestEngine, CompiledProgramme) async throws -> Void
    ) async throws {
        var programme = SampleProgramme.programme
        programme.lateness = .days(30)
        try await TestEngine.with(kind, programme) { test in
            for number in 1...7 {
                let member = try await test.member("é\(number)")
                let level: PrivacyLevel = number == 7 ? .session : .personal
                _ = try await test.engine.perform(
                    .profile(ProfileChange(level: level)), member: member, in: test.programme)
                let events = [0, 3, 10].map { days in
                    test.event(
                        "\(number)-\(days)", user: "é\(number)",
                        at: TestEngine.start.adding(milliseconds: -Int64(days) * 86_400_000),
                        fields: [
                            "item": "é-1", "share": .double(number <= 5 ? 0.9 : 0.1), "seconds": .integer(60),
                        ])
                }
                _ = try await test.engine.take(events, in: test.programme)
            }
            try await body(test, try #require(test.engine.host[test.programme]))
        }
    }

    @Test(arguments: TestDatabases.engines)
    func `kept events of seven days are counted, by day, without naming anybody`(kind: Storage.Engine) async throws {
        try await Self.with(kind) { test, programme in
            let run = RecentMatches(programme, engine: test.engine)
            let report = try #require(try await run.run("event.share > 0.5", over: "article.read"))
            #expect(report.isWhole && report.days.count == 7)
            #expect(report.whole.all == .init(events: 12, members: 6), "only what is kept, and of the week only")
            #expect(report.whole.matched == .init(events: 10, members: 5) && report.whole.open.events == 0)
            #expect(report.days.map(\.figures.matched.events) == [0, 0, 0, 5, 0, 0, 5])
            #expect(report.examples.count == 10)
            let example = try #require(report.examples.first)
            #expect(example.hour.milliseconds % 3_600_000 == 0 && example.kinds == ["other"])
            #expect(!String(describing: report).contains("é-1"), "an example tells the item")
        }
    }

    @Test func `what depends on the member is neither yes nor no`() async throws {
        try await Self.with(.sqlite) { test, programme in
            let run = RecentMatches(programme, engine: test.engine)
            let both = try #require(
                try await run.run("event.share > 0.5 && member.tier == 'gold'", over: "article.read"))
            #expect(both.whole.open.events == 10 && both.whole.matched.events == 0)
            let either = try #require(try await run.run("event.share > 0.5 || member.paused", over: "article.read"))
            #expect(either.whole.matched.events == 10 && either.whole.open.events == 2)
            // The channel of an event is not kept either.
            let channel = try #require(try await run.run("event.channel == 'web'", over: "article.read"))
            #expect(channel.whole.open.events == 12 && channel.examples.isEmpty)
        }
    }

    @Test func `few members are not counted out to who may not see members`() async throws {
        try await Self.with(.sqlite) { test, programme in
            let run = RecentMatches(programme, engine: test.engine)
            let one = try #require(try await run.run("event.share < 0.5", over: "article.read"))
            #expect(one.whole.matched == .init(events: 2, members: 1))
            #expect(one.whole.matched.told(toWhoSeesMembers: false) == nil)
            #expect(one.whole.matched.told(toWhoSeesMembers: true) == 2)
            #expect(one.whole.all.told(toWhoSeesMembers: false) == 12)
            #expect(one.whole.open.told(toWhoSeesMembers: false) == 0)
        }
    }

    @Test func `it is bounded, and says so`() async throws {
        try await Self.with(.sqlite) { test, programme in
            let report = try #require(
                try await RecentMatches(programme, engine: test.engine, most: 7).run("true", over: "article.read"))
            #expect(!report.isWhole && report.whole.all.events == 7)
            // The latest day is there whole.
            #expect(report.days.last?.figures.all.events == 6)
            #expect(try await RecentMatches(programme, engine: test.engine).run("true", over: "visit") == nil)
            for (text, type) in [("event.", "article.read"), ("event.share", "article.read"), ("true", "gone")] {
                await #expect(throws: CompilationProblem.self) {
                    try await RecentMatches(programme, engine: test.engine).run(text, over: type)
                }
            }
        }
    }
}
