import Access
import Loyalty
import Primitives
import Runtime
import Storage
import Testing
import Vault

/// What an amendment takes back besides points, badges and challenges: levels, traits, webhooks, pooled points.
@Suite struct RollbackOthersTests {
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.events.append(EventType(id: "page.read", fields: [.init(id: "size", type: .integer)]))
        programme.traits.append(Trait(id: "kind", type: .text))
        programme.webhooks.append(Webhook(id: "crm", url: "https://crm.example/hook"))
        programme.units += [Unit(id: "xp", kind: .status), Unit(id: "drop"), Unit(id: "gift")]
        programme.rules += [
            Rule(
                id: "page", trigger: "page.read",
                effects: [.award(amount: "event.size", unit: "xp"), .award(amount: "event.size", unit: "drop")]),
            Rule(
                id: "large", trigger: "page.read", condition: "event.size >= 10",
                effects: [.trait("kind", value: .string("large")), .webhook("crm")]),
            Rule(
                id: "small", trigger: "page.read", condition: "event.size < 10",
                effects: [.trait("kind", value: .string("small"))]),
        ]
        programme.levels = LevelLadder(
            unit: "xp", thresholds: .list([5, 10, 20]), reward: [.award(amount: "3", unit: "gift")])
        programme.walletKinds = [WalletKind(id: "household", pools: ["drop", "gift"])]
        return programme
    }()

    private let wallet = MemberID(ID128(high: 0xA1, low: 1).asUUID(version: 4))

    private func page(_ test: TestEngine, _ id: String, _ size: Int64) -> EventEnvelope {
        test.event(id, user: "é", type: "page.read", fields: ["size": .integer(size)])
    }

    private func amend(_ test: TestEngine, _ envelope: EventEnvelope, to size: Int64?) async throws {
        let event = envelope.event
        var corrected = event
        if let size { corrected.fields = ["size": .integer(size)] }
        let claim = test.engine.claim(programme: test.programme, source: event.source, id: event.id)
        _ = try await test.engine.perform(
            .amend(Amendment(original: event, claim: claim, corrected: size == nil ? nil : corrected)),
            member: test.member("é"), in: test.programme)
    }

    private func having(_ test: TestEngine, _ member: MemberID? = nil) async throws -> [String] {
        let known = try await test.member("é")
        let summary = try #require(try await test.engine.summary(of: member ?? known, in: test.programme))
        func amount(_ unit: String) -> Int64 { summary.balances.first { $0.unit == unit }?.spendable ?? 0 }
        var kind = "-"
        if case .string(let text)? = summary.traits["kind"] { kind = text }
        return [
            "level \(summary.level ?? 0)", "xp \(amount("xp"))", "drop \(amount("drop"))", "gift \(amount("gift"))",
            kind,
        ]
    }

    private func messages(_ test: TestEngine) async throws -> [String] {
        try await test.database.read { connection in
            try connection.query("SELECT payload FROM outbox WHERE kind = 'webhook/crm' ORDER BY sequence").map { row in
                let payload = try JSONValue(parsing: try row.blob(0))
                guard case .string(let type)? = payload["type"] else { return "?" }
                if case .string? = payload["reverses"] { return type + " of one" }
                return type
            }
        }
    }

    @Test func levelsTraitsAndWebhooksGoWithTheirEvent() async throws {
        try await TestEngine.each(Self.programme) { test in
            let (first, second) = (page(test, "1", 6), page(test, "2", 15))
            _ = try await test.engine.take([first, second], in: test.programme)
            #expect(try await having(test) == ["level 3", "xp 21", "drop 21", "gift 9", "large"])
            #expect(try await messages(test) == ["effect"])
            try await amend(test, second, to: 5)
            #expect(try await having(test) == ["level 2", "xp 11", "drop 11", "gift 6", "small"])
            #expect(try await messages(test) == ["effect", "reversal of one"])
            #expect(try await test.verify().differences == [])
            try await amend(test, first, to: nil)
            #expect(try await having(test) == ["level 1", "xp 5", "drop 5", "gift 3", "small"])
            // Reached anew, it is given anew, once.
            _ = try await test.engine.take([page(test, "3", 16)], in: test.programme)
            #expect(try await having(test) == ["level 3", "xp 21", "drop 21", "gift 9", "large"])
            #expect(try await messages(test) == ["effect", "reversal of one", "effect"])
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func aLevelIsNotLostByWhatStaffTakeBack() async throws {
        try await TestEngine.each(Self.programme) { test in
            let small = page(test, "2", 1)
            let results = try await test.engine.take([page(test, "1", 10), small], in: test.programme)
            let award = try #require(
                results.flatMap(\.effects).first { $0.kind == .award && $0.subject == "xp" && $0.amount == 10 })
            _ = try await test.engine.perform(
                .reverse(effect: award.id), member: test.member("é"), in: test.programme)
            #expect(try await having(test).prefix(2) == ["level 2", "xp 1"])
            try await amend(test, small, to: nil)
            #expect(try await having(test).prefix(2) == ["level 2", "xp 0"])
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func whatWasPooledComesBackFirst() async throws {
        try await TestEngine.each(Self.programme) { test in
            let member = try await test.member("é")
            let invitation = test.engine.invitationID(SharingCode(ID128(high: 1, low: 9)), in: test.programme)
            _ = try await test.engine.perform(
                .wallet(wallet, .open(kind: "household", invitation: invitation)), member: member, in: test.programme)
            let (first, second) = (page(test, "1", 6), page(test, "2", 15))
            _ = try await test.engine.take([first, second], in: test.programme)
            #expect(try await having(test, wallet).suffix(3) == ["drop 21", "gift 9", "-"])
            try await amend(test, second, to: 5)
            #expect(try await having(test, wallet).suffix(3) == ["drop 11", "gift 6", "-"])
            #expect(try await having(test).prefix(4) == ["level 2", "xp 11", "drop 0", "gift 0"])
            #expect(try await test.verify().differences == [])
            try await amend(test, first, to: nil)
            #expect(try await having(test, wallet).suffix(3) == ["drop 5", "gift 3", "-"])
            #expect(try await test.verify().differences == [])
        }
    }
}
