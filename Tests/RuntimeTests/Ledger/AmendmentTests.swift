import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// An event that is amended ends where the corrected event alone would have ended.
@Suite struct AmendmentTests {
    private func amendment(_ test: TestEngine, _ envelope: EventEnvelope, to fields: JSONObject?) -> Command.Action {
        let event = envelope.event
        var corrected: IncomingEvent? = event
        if let fields { corrected?.fields = fields } else { corrected = nil }
        return .amend(
            Amendment(
                original: event,
                claim: test.engine.claim(programme: test.programme, source: event.source, id: event.id),
                corrected: corrected))
    }

    private func balances(_ test: TestEngine, _ user: String) async throws -> [String: Int64] {
        let member = try await test.member(user)
        let summary = try #require(try await test.engine.summary(of: member, in: test.programme))
        return Dictionary(uniqueKeysWithValues: summary.balances.map { ($0.unit, $0.spendable + $0.pending) })
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func whatIsAmendedEndsAsIfItHadBeenSentRight(seed: UInt64) async throws {
        try await TestEngine.each(SampleProgramme.programme, seed: seed) { test in
            print("amendments: seed \(seed)")
            var random = SplitMix64(seed: seed)
            var right: [EventEnvelope] = []
            var sent: [(envelope: EventEnvelope, corrected: JSONObject?, isAmended: Bool)] = []
            func visit(_ id: String, _ user: String, _ at: Instant, _ points: Int64) -> EventEnvelope {
                test.event(id, user: user, type: "visit", at: at, fields: ["points": .integer(points)])
            }
            for index in 0..<60 {
                let at = TestEngine.start.adding(milliseconds: -Int64.random(in: 0...(60 * 3_600_000), using: &random))
                let points = Int64.random(in: 1...30, using: &random)
                let wrong = visit("é\(index)", "amended", at, points)
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    let better = Int64.random(in: 1...30, using: &random)
                    sent.append((wrong, ["points": .integer(better)], true))
                    right.append(visit("right-\(index)", "right", at, better))
                case 1: sent.append((wrong, nil, true))
                default:
                    sent.append((wrong, nil, false))
                    right.append(visit("right-\(index)", "right", at, points))
                }
            }
            _ = try await test.engine.take(sent.map(\.envelope), in: test.programme)
            _ = try await test.engine.take(right, in: test.programme)
            let member = try await test.member("amended")
            for entry in sent where entry.isAmended {
                let action = amendment(test, entry.envelope, to: entry.corrected)
                _ = try await test.engine.perform(action, member: member, in: test.programme)
                // Once.
                await #expect(throws: PipelineProblem.command(.alreadyAmended)) {
                    _ = try await test.engine.perform(action, member: member, in: test.programme)
                }
            }
            let amended = try await balances(test, "amended")
            let expected = try await balances(test, "right")
            #expect(amended == expected)
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "\(report.differences)")
        }
    }

    @Test func anAmendmentGivesBackWhatTheEventGave() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let welcome = test.event("w", user: "é", type: "welcome", fields: [:])
            _ = try await test.engine.take([welcome], in: test.programme)
            let member = try await test.member("é")
            let answer = try await test.engine.perform(
                amendment(test, welcome, to: nil), member: member, in: test.programme)
            #expect(Set(answer.effects.map(\.subject)) == ["ink", "explorer"])
            #expect(answer.effects.allSatisfy { $0.kind == .reversal })
            #expect(try await balances(test, "é")["ink"] == 0)
            func badges() async throws -> [String] {
                try await test.engine.summary(of: member, in: test.programme)?.badges.keys.sorted() ?? []
            }
            #expect(try await badges() == [])
            // What was taken out of the row is out of it for good.
            try await test.engine.forget(test.programme)
            #expect(try await badges() == [])
            let spent = try await test.database.read {
                try $0.first("SELECT spent FROM budget_spent WHERE budget = 'welcome'", [])?.int(0)
            }
            #expect(spent == 0)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func onlyWhatWasTakenCanBeAmended() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let visit = test.event("v", user: "é", type: "visit", fields: ["points": 20])
            _ = try await test.engine.take(
                [visit, test.event("o", user: "other", type: "welcome", fields: [:])], in: test.programme)
            let (member, other) = (try await test.member("é"), try await test.member("other"))
            let never = test.event("never", user: "é", type: "visit", fields: ["points": 20])
            await #expect(throws: PipelineProblem.command(.unknownEvent)) {
                _ = try await test.engine.perform(amendment(test, never, to: nil), member: member, in: test.programme)
            }
            await #expect(throws: PipelineProblem.command(.notAsSent)) {
                _ = try await test.engine.perform(
                    amendment(test, visit, to: ["points": 25]), member: other, in: test.programme)
            }
            await #expect(throws: PipelineProblem.self) {
                _ = try await test.engine.perform(
                    amendment(test, visit, to: ["pints": 25]), member: member, in: test.programme)
            }
            #expect(try await balances(test, "é")["ink"] == 20)
            #expect(try await balances(test, "other")["ink"] == 40)
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
