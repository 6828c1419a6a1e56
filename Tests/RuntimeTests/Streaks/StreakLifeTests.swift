import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// What midnight does to streaks, and what becomes of them when two records turn out to be one person.
@Suite struct StreakLifeTests {
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.streaks = [
            Streak(
                id: "daily", measures: [.init(event: "visit")], freezes: .init(initial: 1, maximum: 1),
                milestones: [.init(at: 3, effects: [.award(amount: "9", unit: "ink"), .badge("reader")])])
        ]
        programme.tiers?.cycle = TierCycle(period: .calendar(months: 12), lasts: .cycle)
        return programme
    }()

    private func at(_ day: Int, hour: Int = 12) -> Instant {
        TestEngine.start.adding(milliseconds: Int64(day) * 86_400_000 + Int64(hour - 12) * 3_600_000)
    }

    private func visit(
        _ test: TestEngine, _ day: Int, user: String? = nil, anonymous: String? = nil
    ) async throws {
        let time = min(at(day, hour: 14), test.clock.now())
        let event = test.event(
            "\(user ?? "")\(anonymous ?? "")-\(day)", user: user, anonymous: anonymous, type: "visit", at: time,
            fields: ["points": 0])
        let results = try await test.engine.take([event], in: test.programme)
        #expect(results.first?.status == .accepted)
    }

    private func streak(_ test: TestEngine, _ user: String) async throws -> StreakState {
        let summary = try await test.engine.summary(of: test.member(user), in: test.programme)
        return try #require(summary?.streaks.first)
    }

    private func notices(_ test: TestEngine, _ user: String) async throws -> [AppliedEffect] {
        try await test.engine.history(of: test.member(user), in: test.programme, limit: 200)
            .filter { $0.kind == .notice && $0.source == "daily" }.sorted { $0.day < $1.day }
    }

    @Test(arguments: TestDatabases.engines) func whatMidnightDidIsToldOnce(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            for day in 0...1 {
                test.clock.set(at(day))
                try await visit(test, day, user: "ann")
            }
            // Nothing is due before the day after tomorrow begins, at four in the morning in Amsterdam.
            test.clock.set(at(3, hour: 2))
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 0)
            #expect(try await streak(test, "ann").freezes == 1)
            test.clock.set(at(3, hour: 3))
            // Reading is exact before anything has run.
            #expect(try await streak(test, "ann").freezes == 0)
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 1)
            #expect(try await notices(test, "ann").map(\.subject) == ["streak-freeze-used"])
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 0)
            test.clock.set(at(9))
            #expect(try await streak(test, "ann").current == 0)
            #expect(try await streak(test, "ann").longest == 2)
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 1)
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 0)
            let told = try await notices(test, "ann")
            #expect(told.map(\.subject) == ["streak-freeze-used", "streak-ended"])
            #expect(told.last?.amount == 2)
            // The start of the member's own day, and nothing finer.
            #expect(told.map(\.at) == [at(3, hour: 3), at(4, hour: 3)])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func twoRecordsOfOnePersonHaveOneStreakAndOneTier(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            // The device has the 0th, 1st and 3rd day, the user the 1st, 2nd and 3rd: both reach 3 by themselves, on the 3rd (a freeze
            // covers the device's 2nd); together they reach it on the 2nd.
            test.clock.set(at(3, hour: 13))
            for day in [0, 1, 3] { try await visit(test, day, anonymous: "device-of-ann") }
            for day in [1, 2, 3] { try await visit(test, day, user: "ann") }
            for number in 0..<6 {
                let (mine, theirs) = (
                    test.event("u\(number)", user: "ann"), test.event("a\(number)", anonymous: "device-of-ann")
                )
                _ = try await test.engine.take([mine, theirs], in: test.programme)
            }
            #expect(try await streak(test, "ann").current == 3)
            #expect(try await test.verify().differenceCount == 0)
            let user = try #require(ExternalIdentity(.user, "ann"))
            let device = try #require(ExternalIdentity(.anonymous, "device-of-ann"))
            _ = try await test.engine.identify(user: user, previous: device, in: test.programme)
            #expect(try await streak(test, "ann").current == 4)
            let summary = try #require(try await test.engine.summary(of: test.member("ann"), in: test.programme))
            #expect(summary.tier == "silver")
            #expect(summary.tierStatus?.credits == 12)
            #expect(summary.badges["reader"] != nil)
            // 12 stories at 15, at most 45 on the day; the week's challenge of 4; and the milestone of 3, once.
            #expect(summary.balances.first { $0.unit == "ink" }?.spendable == 79)
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "\(report.differences)")
        }
    }

    @Test(arguments: TestDatabases.engines) func conditionsReadStreaks(kind: Storage.Engine) async throws {
        var programme = Self.programme
        programme.rules.append(
            Rule(
                id: "third-day", trigger: "welcome",
                condition: "member.streak.daily >= 2 && member.longestStreak.daily >= 2",
                effects: [.award(amount: "1", unit: "later")]))
        try await TestEngine.with(kind, programme) { test in
            func welcome(_ id: String) async throws -> Int {
                let results = try await test.engine.take(
                    [test.event(id, user: "ann", type: "welcome", fields: [:])], in: test.programme)
                return results[0].effects.count { $0.source == "third-day" }
            }
            for day in 0...1 {
                test.clock.set(at(day))
                try await visit(test, day, user: "ann")
                #expect(try await welcome("w\(day)") == day)
            }
        }
    }
}
