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

    private static let derby: Programme = {
        var derby = programme
        derby.contests = [
            Contest(
                id: "derby", question: .score(Contest.Score(most: 9)), closes: closes,
                gives: Contest.Gives(
                    exact: [
                        .award(amount: "5", unit: "ink"), .badge("reader"), .progress(challenge: "visitor", by: 1),
                    ], outcome: [.progress(challenge: "visitor", by: 1), .award(amount: "2", unit: "ink")]))
        ]
        return derby
    }()

    /// What is no points is given once, whatever the revision, and goes back where it can; what staff took back stays back.
    @Test(arguments: TestDatabases.engines)
    func aCorrectedOutcomeRepeatsNothingAndTakesNothingTwice(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.derby) { test in
            let ann = try await test.member("ann")
            _ = try await test.engine.perform(
                .adjust(unit: "ink", amount: 50, id: ID128(high: 5, low: 5), reason: "a gift"), member: ann,
                in: test.programme)
            _ = try await test.engine.perform(
                .play(.predict("derby", .score(home: 2, away: 1))), member: ann, in: test.programme)
            test.clock.set(Self.closes)
            func settle(_ home: Int64, _ away: Int64) async throws -> [Int64] {
                _ = try await test.engine.settle(
                    contest: "derby", as: .score(home: home, away: away), in: test.programme)
                try await clean(test)
                let summary = try #require(try await test.engine.summary(of: ann, in: test.programme))
                return [
                    try await ink(test, "ann"), summary.challenges.first { $0.challenge == "visitor" }?.count ?? -1,
                    summary.badges["reader"] == nil ? 0 : 1,
                ]
            }
            // Ink, steps of the challenge, badge.
            #expect(try await settle(3, 1) == [52, 1, 0])
            #expect(try await settle(4, 1) == [52, 1, 0])
            #expect(try await settle(2, 1) == [55, 1, 1])
            #expect(try await settle(0, 1) == [50, 1, 0])
            test.clock.advance(milliseconds: 86_400_000)
            #expect(try await settle(2, 1) == [55, 1, 1])
            let history = try await test.engine.history(of: ann, in: test.programme, limit: 50)
            let award = try #require(history.first { $0.kind == .award && $0.amount == 5 })
            _ = try await test.engine.perform(.reverse(effect: award.id), member: ann, in: test.programme)
            #expect(try await ink(test, "ann") == 50)
            try await clean(test)
            #expect(try await settle(3, 1) == [52, 1, 0])
            #expect(try await settle(2, 1) == [50, 1, 1])
        }
    }
}
