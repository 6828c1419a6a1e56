import Catalogue
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

@Suite struct BacktestTests {
    /// Twelve members over sixty days: reads, visits and welcomes, some of them twice.
    private static func history(seed: UInt64 = 3) -> [(member: MemberID, event: IncomingEvent)] {
        var random = SeededRandom(seed: seed)
        var events: [(member: MemberID, event: IncomingEvent)] = []
        for number in 0..<400 {
            let member = MemberID(ID128(high: 5, low: UInt64.random(in: 0..<12, using: &random)))
            let time = TestEngine.start.adding(
                milliseconds: Int64.random(in: 0..<60 * 24, using: &random) * 3_600_000)
            let (type, fields): (String, JSONObject) =
                switch Int.random(in: 0..<10, using: &random) {
                case 0: ("welcome", [:])
                case 1..<4: ("visit", ["points": .integer(Int64.random(in: 0..<40, using: &random))])
                default:
                    (
                        "article.read",
                        [
                            "item": "é-1", "share": .double(Double.random(in: 0...1, using: &random)),
                            "seconds": .integer(Int64.random(in: 0..<90, using: &random)),
                        ]
                    )
                }
            let id = number % 20 == 19 ? "e\(number - 1)" : "e\(number)"
            let twin = number % 20 == 19 ? events[number - 1] : nil
            events.append(
                twin
                    ?? (member, IncomingEvent(source: "test", id: id, type: type, time: time, fields: fields)))
        }
        return events.sorted { ($0.event.time, $0.event.id) < ($1.event.time, $1.event.id) }
    }

    private static func outcome(_ programme: Programme, zones: SystemZones) throws -> BacktestOutcome {
        var run = Backtest(try CompiledProgramme(programme, version: 1, zones: zones), offsets: zones)
        for (member, event) in history() { run.take(event, of: member) }
        return run.finish()
    }

    @Test func aBacktestOfTheSameProgrammeGivesWhatTheLiveEngineGave() async throws {
        try await TestEngine.with(.sqlite, SampleProgramme.programme) { test in
            let history = Self.history()
            _ = try await test.engine.take(history, in: test.programme)
            try await Keeper.settle(test.engine, test.programme, at: try #require(history.last).event.time)
            let outcome = try Self.outcome(SampleProgramme.programme, zones: test.engine.zones)
            let store = LoyaltyStore(programme: test.programme)
            let members = Set(history.map(\.member)).sorted()
            let states = try await test.database.read { try store.load(members, joinedDay: 0, $0) }
            for unit in ["ink", "later", "loyalty"] {
                for member in members {
                    let wallet = try #require(states[member]).wallet
                    let held = wallet.balance(unit, .active) + wallet.balance(unit, .pending)
                    #expect(outcome.units[unit]?.holdings[member] ?? 0 == held, "\(unit) of \(member)")
                }
            }
            for (badge, holders) in outcome.badges {
                #expect(holders == Set(members.filter { states[$0]?.badges[badge] != nil }))
            }
            #expect(outcome.events == 380 && outcome.duplicates == 20 && outcome.members == 12)
        }
    }

    @Test func theReportIsTheDifferenceAndTheSameEveryTime() throws {
        let zones = SystemZones()
        var changed = SampleProgramme.programme
        changed.rules[0].effects[0] = .award(amount: "20", unit: "ink")
        changed.rules[0].limits = [Limit(kind: .amount(20), period: .day)]
        changed.tiers?.tiers[0].at = 4
        let (before, after) = (
            try Self.outcome(SampleProgramme.programme, zones: zones), try Self.outcome(changed, zones: zones)
        )
        let report = BacktestReport(
            before: before, after: after, values: ["ink": UnitValue(micros: 10_000, currency: "EUR")])
        let again = BacktestReport(
            before: try Self.outcome(SampleProgramme.programme, zones: zones),
            after: try Self.outcome(changed, zones: zones),
            values: ["ink": UnitValue(micros: 10_000, currency: "EUR")])
        #expect(report.json.text() == again.json.text())
        let ink = try #require(report.units.first { $0.unit == "ink" })
        let read = try #require(ink.sources.first { $0.source == "read" })
        #expect(read.amount.after % 20 == 0 && read.amount.before % 15 == 0 && read.amount.difference != 0)
        // What other rules give is untouched.
        #expect(ink.sources.first { $0.source == "visit" }?.amount.difference == 0)
        #expect(ink.issued.difference == read.amount.difference)
        #expect(ink.membersWithMore + ink.membersWithLess > 0)
        #expect(report.moves.contains { $0.from.isEmpty && $0.to == "silver" })
        #expect(report.text.contains("read: \(read.amount.before) -> \(read.amount.after)"))
        #expect(ink.liability?.after == UnitValue.decimal(micros: ink.outstanding.after * 10_000))
    }

    @Test func whatComesBeforeTheWindowFillsLimitsAndCostsNothing() throws {
        let zones = SystemZones()
        let compiled = try CompiledProgramme(SampleProgramme.programme, version: 1, zones: zones)
        let member = MemberID(ID128(high: 5, low: 1))
        func read(_ id: String) -> IncomingEvent {
            IncomingEvent(
                source: "test", id: id, type: "article.read", time: TestEngine.start,
                fields: ["item": "é-1", "share": .double(0.9), "seconds": .integer(60)])
        }
        var run = Backtest(compiled, offsets: zones)
        run.counts = false
        for number in 1...2 { run.take(read("\(number)"), of: member) }
        run.counts = true
        for number in 3...5 { run.take(read("\(number)"), of: member) }
        let outcome = run.finish()
        // 45 a day: two of the three places were taken before.
        #expect(outcome.units["ink"]?.sources["read"]?.amount == 15)
        #expect(outcome.units["ink"]?.holdings[member] == 70)
        #expect(outcome.events == 3)
    }

    @Test(arguments: TestDatabases.engines)
    func aHomeSaysWhatItsCountersAndKeptEventsCover(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            for (user, level) in [("ann-é", PrivacyLevel.personal), ("bob-é", .session)] {
                let member = try await test.member(user)
                _ = try await test.engine.perform(
                    .profile(ProfileChange(level: level)), member: member, in: test.programme)
                let events = (1...5).map { test.event("\(user)-\($0)", user: user) }
                _ = try await test.engine.take(events, in: test.programme)
            }
            var changed = SampleProgramme.programme
            changed.rules[0].limits = [Limit(kind: .amount(60), period: .day)]
            changed.rules[2].condition = "event.points > 1"
            let zones = test.engine.zones
            let before = try #require(test.engine.host[test.programme])
            let after = try CompiledProgramme(changed, version: 2, zones: zones)
            let result = try await BacktestRun(before: before, after: after, offsets: zones).run(home: test.engine)
            let line = try #require(result.recount.changed.first)
            // Two members, five reads each: 45 and 60 ink a day.
            #expect(result.recount.changed.count == 1)
            #expect(line.rule == "read" && line.unit == "ink" && line.before == 90 && line.after == 120)
            #expect(line.membersWithMore == 2)
            #expect(result.recount.uncovered.map(\.id) == ["morning"])
            // Of the member at `personal` the events are kept, of the other nothing is.
            #expect(result.keptEvents == 5 && result.claims == 10)
            let replay = try #require(result.replay)
            #expect(replay.members == 1)
            #expect(replay.units.first { $0.unit == "ink" }?.sources.first { $0.source == "read" }?.amount.after == 60)
        }
    }

    /// A nearer target is put on the days that are counted, not on what was given for them.
    @Test func anotherTargetIsCountedAnew() async throws {
        try await TestEngine.with(.sqlite, SampleProgramme.programme) { test in
            for (user, reads) in [("ann-é", 3), ("bob-é", 1), ("cy-é", 5)] {
                _ = try await test.engine.take(
                    (0..<reads).map { test.event("\(user)-\($0)", user: user) }, in: test.programme)
            }
            var changed = SampleProgramme.programme
            changed.challenges[0].target = 2
            let before = try #require(test.engine.host[test.programme])
            let after = try CompiledProgramme(changed, version: 2, zones: test.engine.zones)
            let result = try await BacktestRun(before: before, after: after, offsets: test.engine.zones).run(
                home: test.engine)
            let line = try #require(result.recount.json["challenges"]?[0])
            #expect(line["challenge"] == "week" && line["count"]?["before"] == 1 && line["count"]?["after"] == 2)
            #expect(line["gained"] == 1 && line["lost"] == 0)
        }
    }
}
