import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// While nobody knows what time it is, nothing happens by the calendar, whoever asks.
@Suite struct ClockPauseTests {
    private static let year: Int64 = 400 * 86_400_000

    private func active(_ test: TestEngine) async throws -> Int64 {
        try await test.database.read {
            try $0.first("SELECT balance FROM account WHERE unit = 'ink' AND kind = 2")?.int(0) ?? 0
        }
    }

    @Test func anEventAfterAJumpOfTheClockExpiresNothing() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            _ = try await test.engine.take([test.event("e1", user: "a")], in: test.programme)
            #expect(try await active(test) == 15)
            test.engine.host.pausesCalendar = true
            test.clock.advance(milliseconds: Self.year)
            _ = try await test.engine.take(
                [test.event("e2", user: "a", type: "welcome", fields: [:])], in: test.programme)
            #expect(try await active(test) == 55)
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await active(test) == 55)
            #expect(try await test.verify().differenceCount == 0)
            // It goes on as if nothing had been.
            test.clock.advance(milliseconds: -Self.year)
            test.engine.host.pausesCalendar = false
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await active(test) == 55)
            test.clock.advance(milliseconds: Self.year)
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await active(test) == 40, "what was earned a year later stays as long")
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func anImportGoesOnInItsOwnTime() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            test.engine.host.pausesCalendar = true
            let member = try await test.member("a")
            func event(_ id: String, _ time: String) throws -> IncomingEvent {
                IncomingEvent(
                    source: "t", id: id, type: "visit", time: try #require(RFC3339.parse(time)), fields: ["points": 10])
            }
            for (id, time) in [("1", "2020-01-10T12:00:00Z"), ("2", "2021-06-01T12:00:00Z")] {
                _ = try await test.engine.take([(member, try event(id, time))], in: test.programme)
            }
            #expect(try await active(test) == 10)
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
