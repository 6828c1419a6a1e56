import Assignment
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Simulations that are ordered and worked on beside everything else.
@Suite struct SimulationRunnerTests {
    private static func world(
        _ kind: Storage.Engine, _ body: (TestEngine, ProgrammeDocument) async throws -> Void
    ) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            for user in ["ann-é", "bob-é"] {
                _ = try await test.engine.take(
                    (1...5).map { test.event("\(user)-\($0)", user: user) }, in: test.programme)
            }
            var changed = SampleProgramme.programme
            changed.rules[0].limits = [Limit(kind: .amount(60), period: .day)]
            try await body(test, try ProgrammeDocument.export(changed))
        }
    }

    private static func order(_ order: SimulationOrder, _ low: UInt64, _ test: TestEngine) async throws -> SimulationRun
    {
        try await order.order(id: ID128(high: 6, low: low), by: "test", in: test.programme, test.engine)
    }

    private static func stored(_ low: UInt64, _ test: TestEngine) async throws -> SimulationRun {
        let store = LoyaltyStore(programme: test.programme)
        return try #require(try await test.database.read { try store.simulation(ID128(high: 6, low: low), $0) })
    }

    @Test func howOftenABadgeWasGivenDoesNotTellHowFewGainedIt() {
        func line(_ before: Int64, _ after: Int64, gained: Int64) -> JSONValue {
            [
                "kind": "badge", "id": "reader", "count": ["before": .integer(before), "after": .integer(after)],
                "gained": .integer(gained), "lost": .integer(0),
            ]
        }
        var run = SimulationRun(
            id: ID128(high: 6, low: 9), kind: .backtest, request: .null, createdAt: TestEngine.start, createdBy: "test")
        run.result = [
            "achievements": .array([
                line(100, 101, gained: 1), line(0, 3, gained: 3), line(4, 24, gained: 20), line(10, 30, gained: 20),
            ])
        ]
        let lines = run.guardedResult?["achievements"]?.arrayValue ?? []
        #expect(lines.map { $0["count"] == .null } == [true, true, true, false])
        #expect(lines.map { $0["gained"] == .null } == [true, true, false, false])
        #expect(lines.last?["count"]?["after"] == .integer(30))
    }

    @Test(arguments: TestDatabases.engines)
    func eachIsAnsweredInItsTurnAndTouchesNothing(kind: Storage.Engine) async throws {
        try await Self.world(kind) { test, document in
            let before = try await test.verify()
            _ = try await Self.order(.backtest(document, from: nil, to: nil), 1, test)
            test.clock.advance(milliseconds: 1_000)
            _ = try await Self.order(.replay, 2, test)
            // The same order is one.
            _ = try await Self.order(.replay, 2, test)
            let first = try #require(try await SimulationRunner.advance(test.engine, test.programme))
            #expect(first.kind == .backtest && first.state == .done && first.problem == nil)
            #expect(first.request == .null)
            let rule = first.result?["counters"]?["rules"]?[0]
            #expect(rule?["rule"] == "read" && rule?["before"] == 90 && rule?["after"] == 120)
            #expect(rule?["members_with_more"] == 2)
            let changes = try #require(first.result?["difference"]?["changes"]?.arrayValue)
            #expect(changes.contains { $0["id"] == "read" && $0["field"]?.stringValue?.hasPrefix("limits") == true })
            // Two members are not counted out to everybody.
            #expect(first.guardedResult?["counters"]?["rules"]?[0]?["members_with_more"] == .null)
            #expect(first.guardedResult?["counters"]?["rules"]?[0]?["after"] == 120)
            let second = try #require(try await SimulationRunner.advance(test.engine, test.programme))
            #expect(second.kind == .replay && second.state == .done)
            // The versions of this home are not stored, and it says so.
            #expect(second.result?["of_rules"] == 22 && second.result?["differences"] == 0)
            #expect(second.result?["not_covered"]?["version-not-there"] == 22)
            #expect(try await SimulationRunner.advance(test.engine, test.programme) == nil)
            #expect(try await test.verify() == before)
        }
    }

    @Test func aForecastIsTheSameAsOnItsOwn() async throws {
        try await Self.world(.sqlite) { test, _ in
            _ = try await Self.order(.forecast(members: 60, days: 7, seed: 4, start: 20_000), 1, test)
            let run = try #require(try await SimulationRunner.advance(test.engine, test.programme))
            #expect(run.state == .done && run.total == 7)
            let compiled = try #require(test.engine.host[test.programme])
            let settings = Forecast.Settings(
                members: 60, days: 7, seed: 4, start: Instant(milliseconds: 20_000 * 86_400_000),
                holdOut: try #require(BasisPoints(fraction: 0.1)))
            let own = try Forecast(compiled, settings: settings, zones: test.engine.zones).run()
            #expect(run.result?.text() == own.json.text())
            #expect(run.guardedResult == run.result)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whatWasCancelledStaysSoAndWhatWasCutOffBeginsAnew(kind: Storage.Engine) async throws {
        try await Self.world(kind) { test, document in
            let store = LoyaltyStore(programme: test.programme)
            _ = try await Self.order(.backtest(document, from: nil, to: nil), 1, test)
            let now = test.clock.now()
            let cancelled = try await test.database.write {
                try store.end(simulation: ID128(high: 6, low: 1), as: .cancelled, at: now, $0)
            }
            #expect(cancelled)
            #expect(try await SimulationRunner.advance(test.engine, test.programme) == nil)
            #expect(try await Self.stored(1, test).state == .cancelled)
            // A server that stopped in the middle left it running.
            _ = try await Self.order(.replay, 2, test)
            _ = try await test.database.write {
                try store.advance(simulation: ID128(high: 6, low: 2), done: 3, total: 9, $0)
            }
            #expect(try await Self.stored(2, test).state == .running)
            #expect(try await SimulationRunner.advance(test.engine, test.programme)?.state == .done)
        }
    }

    @Test func tooManyAndForeignDocumentsAreRefused() async throws {
        try await Self.world(.sqlite) { test, document in
            var other = SampleProgramme.programme
            other.id = try #require(ProgrammeID("other"))
            let foreign = try ProgrammeDocument.export(other)
            await #expect(throws: SimulationOrder.Problem.foreign) {
                _ = try await Self.order(.backtest(foreign, from: nil, to: nil), 99, test)
            }
            await #expect(throws: SimulationOrder.Problem.noDays) {
                _ = try await Self.order(.backtest(document, from: 9, to: 8), 99, test)
            }
            for number in 0..<UInt64(LoyaltyStore.waitingSimulations) {
                _ = try await Self.order(.replay, number, test)
            }
            await #expect(throws: SimulationOrder.Problem.tooMany) { _ = try await Self.order(.replay, 99, test) }
            for _ in 0..<LoyaltyStore.waitingSimulations {
                _ = try await SimulationRunner.advance(test.engine, test.programme)
            }
            // Those that are over make room, and only the latest are kept.
            for number in 100..<UInt64(100 + LoyaltyStore.keptSimulations) {
                test.clock.advance(milliseconds: 1_000)
                _ = try await Self.order(.replay, number, test)
                _ = try await SimulationRunner.advance(test.engine, test.programme)
            }
            let store = LoyaltyStore(programme: test.programme)
            let kept = try await test.database.read { try store.simulations(limit: 500, $0) }
            #expect(kept.count == LoyaltyStore.keptSimulations + 1)
        }
    }
}
