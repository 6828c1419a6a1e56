import Loyalty
import Primitives
import Runtime
import Storage
import Testing

@Suite struct PipelineTests {
    @Test func anEventBecomesPointsOnceHoweverOftenItIsSent() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let first = try await test.engine.take([test.event("e1", user: "é1")], in: test.programme)
            #expect(first.first?.status == .accepted)
            #expect(first.first?.effects.filter { $0.kind == .award }.map(\.amount) == [15, 1])
            let again = try await test.engine.take(
                [test.event("e1", user: "é1"), test.event("e1", user: "é1"), test.event("e2", user: "é1")],
                in: test.programme)
            #expect(again.map(\.status) == [.duplicate, .duplicate, .accepted])
            let summary = try await test.engine.summary(of: test.member("é1"), in: test.programme)
            #expect(summary?.balances.first { $0.unit == "ink" }?.spendable == 30)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aDuplicateWithinOneRequestCountsOnce() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let results = try await test.engine.take(
                [test.event("e1", user: "a"), test.event("e1", user: "b")], in: test.programme)
            #expect(results.map(\.status) == [.accepted, .duplicate])
        }
    }

    @Test func limitsKeepABalanceDownAndSayWhy() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let events = (0..<6).map { test.event("e\($0)", user: "a") }
            let results = try await test.engine.take(events, in: test.programme)
            let ink = results.flatMap(\.effects).filter { $0.source == "read" && $0.subject == "ink" }
            #expect(ink.filter { $0.kind == .award }.map(\.amount) == [15, 15, 15])
            // One refusal a day is explained; the counter remembers the others.
            #expect(ink.filter { $0.kind == .refused }.map(\.refusal) == [.limit(0)])
            let history = try await test.engine.history(
                of: test.member("a"), in: test.programme, limit: 100)
            #expect(history.contains { $0.kind == .refused && !$0.proof.isEmpty })
            #expect(history.contains { $0.kind == .badge && $0.subject == "reader" })
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func nothingThatIsKeptBesideAMemberNamesAnItemBelowPersonal() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            _ = try await test.engine.take(
                [
                    test.event(
                        "e1", user: "a",
                        fields: ["item": "canary-item", "share": .double(0.912345), "seconds": .integer(98_765)])
                ], in: test.programme)
            let history = try await test.engine.history(of: test.member("a"), in: test.programme, limit: 10)
            for effect in history {
                let proof = String(decoding: effect.proof, as: UTF8.self)
                #expect(!proof.contains("canary") && !proof.contains("98765") && !proof.contains("0.912345"))
                #expect(effect.at.milliseconds % 3_600_000 == 0)
            }
            let events = try await test.database.read { try $0.query("SELECT count(*) FROM event").first?.int(0) }
            #expect(events == 0)
        }
    }

    @Test func anIllTypedEventIsKeptSealedAndCanBeReplayedAfterAFix() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let bad = test.event("e1", user: "a", type: "comment.posted", fields: ["item": "x"])
            let results = try await test.engine.take([bad, test.event("e2", user: "a")], in: test.programme)
            #expect(results.map(\.status) == [.quarantined, .accepted])
            #expect(results.first?.problem?.code == .unknownType)
            let store = LoyaltyStore(programme: test.programme)
            let kept = try await test.database.read { try store.quarantined(limit: 10, $0) }
            #expect(kept.count == 1)
            let id = try #require(kept.first?.id)
            // Still undeclared: it stays.
            #expect(try await test.engine.replay(id, in: test.programme)?.status == .quarantined)
            var fixed = SampleProgramme.programme
            fixed.events.append(EventType(id: "comment.posted", fields: [.init(id: "item", type: .item)]))
            fixed.rules.append(
                Rule(id: "comment", trigger: "comment.posted", effects: [.award(amount: "3", unit: "ink")]))
            test.engine.host.put(try CompiledProgramme(fixed, version: 2))
            let replayed = try await test.engine.replay(id, in: test.programme)
            #expect(replayed?.status == .accepted)
            #expect(replayed?.effects.map(\.amount) == [3])
            #expect(try await test.engine.replay(id, in: test.programme) == nil)
            // Sent again by its sender, it is still the same event.
            #expect(try await test.engine.take([bad], in: test.programme).first?.status == .duplicate)
        }
    }

    @Test func aBudgetIsNeverExceededAndAReversalGivesItBack() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let events = (0..<5).map {
                test.event("w\($0)", user: "u\($0)", type: "welcome", fields: [:])
            }
            let results = try await test.engine.take(events, in: test.programme)
            let given = results.flatMap(\.effects).filter { $0.source == "welcome" && $0.subject == "ink" }
            #expect(given.map(\.amount) == [40, 40, 20, 0, 0])
            #expect(given.last?.refusal == .budget("welcome"))
            let award = try #require(given.first)
            let member = try await test.member("u0")
            _ = try await test.engine.perform(.reverse(effect: award.id), member: member, in: test.programme)
            let again = try await test.engine.perform(.reverse(effect: award.id), member: member, in: test.programme)
            #expect(again.effects.isEmpty)
            let next = try await test.engine.take(
                [test.event("w9", user: "u9", type: "welcome", fields: [:])], in: test.programme)
            #expect(next.flatMap(\.effects).first { $0.subject == "ink" }?.amount == 40)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func stockIsNeverOversold() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let people = (0..<40).map { "u\($0)" }
            _ = try await test.engine.take(
                people.flatMap { user in (0..<2).map { test.event("\(user)/\($0)", user: user) } }, in: test.programme)
            var members: [MemberID] = []
            for user in people { members.append(try await test.member(user)) }
            let commands = members.map { member in
                Command(
                    programme: test.programme, member: member,
                    action: .redeem(
                        reward: "preview",
                        hold: test.engine.holdID(programme: test.programme, member: member, key: "k")),
                    now: test.clock.now())
            }
            let answers = try await test.engine.submit(commands + commands)
            let won = answers.prefix(40).filter { (try? $0.get().hold) != nil }.count
            #expect(won == 3)
            // The same requests again are the same redemptions.
            #expect(answers.suffix(40).filter { (try? $0.get().hold) != nil }.count == 3)
            #expect(try await test.verify().differenceCount == 0)
            // An unconfirmed hold ends by the clock, a quarter past the end of the day, and gives points and stock back.
            test.clock.advance(milliseconds: 16 * 3_600_000)
            try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await test.verify().differenceCount == 0)
            let member = try #require(members.last)
            let late = try await test.engine.perform(
                .redeem(
                    reward: "preview", hold: test.engine.holdID(programme: test.programme, member: member, key: "l")),
                member: member, in: test.programme)
            let hold = try #require(late.hold)
            let confirmed = try await test.engine.perform(.confirm(hold: hold.id), member: member, in: test.programme)
            #expect(confirmed.hold?.state == .confirmed)
            let repeated = try await test.engine.perform(.confirm(hold: hold.id), member: member, in: test.programme)
            #expect(repeated.hold?.state == .confirmed && repeated.effects.isEmpty)
            await #expect(throws: PipelineProblem.command(.ledger(.holdEnded(.confirmed)))) {
                try await test.engine.perform(.cancel(hold: hold.id), member: member, in: test.programme)
            }
            let summary = try await test.engine.summary(of: member, in: test.programme)
            #expect(summary?.entitlements["preview-1"] != nil)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func verifyFindsWhatWasTamperedWith() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            _ = try await test.engine.take(
                (0..<5).map { test.event("e\($0)", user: "a") }, in: test.programme)
            let statements = [
                "UPDATE account SET balance = balance + 1 WHERE kind = 2",
                "UPDATE lot SET remaining = remaining - 1",
                "UPDATE counter SET granted = granted + 1 WHERE name = 'read'",
                "UPDATE counter SET granted = granted + 1 WHERE name = 'challenge/week'",
                "DELETE FROM entry WHERE amount > 0 AND kind = 2 AND version = 1",
            ]
            for statement in statements {
                #expect(try await test.verify().differenceCount == 0)
                struct Undo: Error {}
                let report = try await test.withChange(statement)
                #expect(report.differenceCount > 0, "\(statement)")
            }
        }
    }

    @Test func anotherProgrammeSeesNothing() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            var other = SampleProgramme.programme
            other.id = try #require(ProgrammeID("other"))
            test.engine.host.put(try CompiledProgramme(other, version: 1))
            try await test.own(other.id)
            _ = try await test.engine.take([test.event("e1", user: "a")], in: test.programme)
            let results = try await test.engine.take([test.event("e1", user: "a")], in: other.id)
            #expect(results.first?.status == .accepted)
            let member = try await test.member("a")
            #expect(try await test.engine.summary(of: member, in: other.id)?.isKnown == false)
            #expect(try await test.engine.history(of: member, in: other.id, limit: 10).isEmpty)
        }
    }

    @Test func aPausedOwnerCannotCommitAfterATakeover() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            _ = try await test.engine.take([test.event("e1", user: "a")], in: test.programme)
            let later = test.clock.now().adding(milliseconds: 120_000)
            let other = Leases(owner: "other", durationMilliseconds: 60_000)
            let partition = test.programme.partition
            let taken = try await test.database.write { try other.acquire($0, partition: partition, now: later) }
            #expect(taken != nil)
            await #expect(throws: PipelineProblem.notOwner) {
                try await test.engine.take([test.event("e2", user: "a")], in: test.programme)
            }
            let claims = try await test.database.read { try $0.query("SELECT count(*) FROM event_claim").first?.int(0) }
            #expect(claims == 1)
        }
    }
}

extension TestEngine {
    /// Verifies under a change that is taken back afterwards.
    func withChange(_ statement: String) async throws -> VerificationReport {
        let dump = try await database.read { connection in
            try ["account", "lot", "counter", "entry"].map { table in
                (
                    table,
                    try connection.query("SELECT * FROM \(table)").map { row in
                        try (0..<row.count).map { try row.value($0) }
                    }
                )
            }
        }
        try await database.write { try $0.execute(statement) }
        let report = try await verify()
        try await database.write { connection in
            for (table, rows) in dump {
                try connection.execute("DELETE FROM \(table)")
                for row in rows {
                    let marks = row.map { _ in "?" }.joined(separator: ", ")
                    try connection.execute("INSERT INTO \(table) VALUES (\(marks))", row)
                }
            }
        }
        return report
    }
}
