import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// Predictions from the first guess to the corrected outcome, on both engines.
@Suite struct ContestLifeTests {
    private static let closes = TestEngine.start.adding(milliseconds: 86_400_000)

    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.contests = [
            Contest(
                id: "seats", question: .number(0...150), closes: closes,
                gives: Contest.Gives(
                    exact: [.award(amount: "100", unit: "ink"), .badge("reader")],
                    nearest: [.award(amount: "30", unit: "ink")]), ties: .share),
            Contest(
                id: "final", question: .score(Contest.Score(most: 9)), closes: closes,
                condition: "member.tier == 'gold'", gives: Contest.Gives(exact: [.award(amount: "5", unit: "ink")])),
        ]
        return programme
    }()

    private func predict(_ test: TestEngine, _ user: String, _ number: Int64?) async throws {
        _ = try await test.engine.perform(
            .play(.predict("seats", number.map { .number($0) })), member: test.member(user), in: test.programme)
    }

    private func ink(_ test: TestEngine, _ user: String) async throws -> Int64 {
        let summary = try await test.engine.summary(of: test.member(user), in: test.programme)
        return try #require(summary?.balances.first { $0.unit == "ink" }).spendable
    }

    private func clean(_ test: TestEngine) async throws {
        let report = try await test.verify()
        #expect(report.differenceCount == 0, "\(report.differences)")
    }

    private func refusal(_ work: () async throws -> Void) async -> PlayProblem? {
        do {
            try await work()
            return nil
        } catch PipelineProblem.command(.play(let problem)) {
            return problem
        } catch CommandProblem.play(let problem) {
            return problem
        } catch {
            return nil
        }
    }

    @Test(arguments: TestDatabases.engines)
    func anOutcomeGivesAndItsCorrectionTakesBack(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            for (user, number) in [("ann", 76), ("bob", 80), ("eve", 72), ("zoë", 10)] as [(String, Int64)] {
                try await predict(test, user, 1)
                try await predict(test, user, number)
            }
            try await predict(test, "uma", 76)
            try await predict(test, "uma", nil)
            #expect(await refusal { try await self.predict(test, "ann", 151) } == .notAnAnswer)
            let settle = { (value: Int64?) in
                try await test.engine.settle(
                    contest: "seats", as: value.map { .number($0) }, in: test.programme)
            }
            #expect(await refusal { _ = try await settle(76) } == .stillOpen(Self.closes))
            let open = try #require(try await test.engine.contestCounts(in: test.programme)["seats"])
            #expect(open.predictions == 4)
            #expect(open.shares == nil)
            test.clock.set(Self.closes)
            #expect(await refusal { try await self.predict(test, "ann", 5) } == .over)
            #expect(try await settle(76).isNew)
            #expect(try await ink(test, "ann") == 100)
            #expect(try await ink(test, "bob") == 0)
            #expect(try await !settle(76).isNew)
            #expect(try await ink(test, "ann") == 100)
            try await clean(test)
            // It was 76 by mistake: 78 has ann and bob nearest, who share.
            #expect(try await settle(78).isNew)
            #expect(try await ink(test, "ann") == 15)
            #expect(try await ink(test, "bob") == 15)
            #expect(try await ink(test, "zoë") == 0)
            try await clean(test)
            // And back again: what was given once is given anew, under another identity.
            _ = try await settle(76)
            #expect(try await ink(test, "ann") == 100)
            #expect(try await ink(test, "bob") == 0)
            try await clean(test)
            _ = try await settle(nil)
            #expect(try await ink(test, "ann") == 0)
            let closed = try #require(try await test.engine.contestCounts(in: test.programme)["seats"])
            #expect(closed.phase == .void)
            // Four predictions hide nobody: no share of them is shown.
            #expect(closed.shares == AnswerShares([:]))
            try await clean(test)
            try await test.erasure.erase(test.member("ann"), in: test.programme, by: .server)
            #expect(try await test.engine.contestCounts(in: test.programme)["seats"]?.predictions == 3)
            try await clean(test)
        }
    }

    @Test func whatWasCutOffIsFinished() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            try await predict(test, "ann", 76)
            test.clock.set(Self.closes)
            // The outcome is on disk and nobody was told: a crash in between.
            let store = LoyaltyStore(programme: test.programme)
            let outcome = ContestOutcome(
                contest: "seats", revision: 1, value: 76, distance: 0, counts: [.exact: 1])
            try await test.database.write { try store.put(outcome, $0) }
            test.engine.host[test.programme]?.contestOutcomes.replace([outcome])
            try await test.engine.finishContests(of: test.programme)
            #expect(try await ink(test, "ann") == 100)
            try await test.engine.finishContests(of: test.programme)
            #expect(try await ink(test, "ann") == 100)
            try await clean(test)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func onePersonPredictsOnce(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let user = try #require(ExternalIdentity(.user, "ann"))
            let device = try #require(ExternalIdentity(.anonymous, "device"))
            let other = try #require(
                try await test.engine.identities.resolve([device], programme: test.programme, now: test.clock.now())
                    .first)
            try await predict(test, "ann", 10)
            _ = try await test.engine.perform(
                .play(.predict("seats", .number(76))), member: other, in: test.programme)
            test.clock.set(Self.closes)
            _ = try await test.engine.settle(contest: "seats", as: .number(76), in: test.programme)
            _ = try await test.engine.identify(user: user, previous: device, in: test.programme)
            // The prediction of the record that stays counts, and it was not right.
            #expect(try await ink(test, "ann") == 0)
            #expect(try await test.engine.contestCounts(in: test.programme)["seats"]?.predictions == 1)
            try await clean(test)
        }
    }

    @Test func itIsForThoseItIsFor() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let found = await refusal {
                _ = try await test.engine.perform(
                    .play(.predict("final", .score(home: 1, away: 0))), member: test.member("ann"), in: test.programme)
            }
            #expect(found == .notForYou)
        }
    }
}
