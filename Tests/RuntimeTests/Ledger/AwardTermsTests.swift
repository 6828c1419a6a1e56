import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Awards with terms of their own, and what tiers make of them, on both engines.
@Suite struct AwardTermsTests {
    static func document(_ award: String) throws -> ProgrammeDocument {
        let root = """
            programme: sample
            name: Sample
            languages: [en]
            timezone: Europe/Amsterdam
            units:
              ink: { name: ink, expires: 12 months }
              mark: { name: mark }
              loyalty: { name: loyalty, kind: status }
            tiers:
              unit: loyalty
              levels: { silver: { at: 10 }, gold: { at: 30 }, high: { at: 60 } }

            """
        let rule = """
            rule: read
            trigger: read
            then:
              - award: \(award)
              - award: { amount: 1, unit: mark }
            why: You read.

            """
        let rank = """
            rule: rank
            trigger: rank
            then: [{ award: { amount: event.by, unit: loyalty } }]
            why: You rose.

            """
        return try ProgrammeDocument(bundle: [
            "programme.yaml": .string(root), "events/read.yaml": "event: read\nfields: {}\n",
            "events/rank.yaml": "event: rank\nfields: { by: { type: integer } }\n", "rules/read.yaml": .string(rule),
            "rules/rank.yaml": .string(rank),
        ])
    }

    static let award = """
        { amount: 5, unit: ink, terms: { pending: 2 days, expires: 3 months }, tiers: { silver: { multiply: 1.5 }, \
        gold: { multiply: 2, terms: { pending: none, expires: none } } } }
        """

    private static func send(_ test: TestEngine, _ id: String, _ type: String, by: Int64? = nil) async throws {
        let fields = JSONObject(by.map { [("by", .integer($0))] } ?? [])
        let results = try await test.engine.take(
            [test.event(id, user: "é", type: type, fields: fields)], in: test.programme)
        #expect(results.allSatisfy { $0.status == .accepted }, "\(results)")
    }

    private static func lots(_ test: TestEngine) async throws -> [Lot] {
        let member = try await test.member("é")
        let summary = try await test.engine.summary(of: member, in: test.programme)
        return summary?.balances.first { $0.unit == "ink" }?.lots.sorted { $0.remaining < $1.remaining } ?? []
    }

    @Test func theTierInWhichAMemberIsMakesAmountAndTerms() async throws {
        let programme = try Self.document(Self.award).programme()
        try await TestEngine.each(programme) { test in
            try await Self.send(test, "1", "read")
            try await Self.send(test, "up", "rank", by: 10)
            try await Self.send(test, "2", "read")
            try await Self.send(test, "more", "rank", by: 20)
            try await Self.send(test, "3", "read")
            // Above gold nothing is named: what is for gold is for it too.
            try await Self.send(test, "most", "rank", by: 30)
            try await Self.send(test, "4", "read")
            let lots = try await Self.lots(test)
            #expect(lots.map(\.remaining) == [5, 7, 10, 10])
            // Sent on 20 November: spendable when the 22nd begins in Amsterdam.
            let active = try #require(RFC3339.parse("2026-11-21T23:00:00Z"))
            #expect(lots.map(\.activeAt) == [active, active, nil, nil])
            #expect(lots[0].expiresAt != nil && lots[0].expiresAt == lots[1].expiresAt)
            #expect(lots[2].expiresAt == nil && lots[3].expiresAt == nil)
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "\(report.differences)")
            let member = try await test.member("é")
            let history = try await test.engine.history(of: member, in: test.programme, limit: 50)
            let replay = EffectReplay(try #require(test.engine.host[test.programme]), zones: nil)
            for var effect in history where effect.kind == .award && effect.subject == "ink" {
                #expect(replay.replay(effect) == .same(.terms))
                effect.wanted = 6
                effect.amount = 6
                #expect(replay.replay(effect) != .same(.terms), "no tier gives 6")
            }
        }
    }

    @Test func eachAwardOfARuleIsReversedInItsOwnCounter() async throws {
        let programme = try Self.document(Self.award).programme()
        try await TestEngine.each(programme) { test in
            try await Self.send(test, "1", "read")
            let member = try await test.member("é")
            let history = try await test.engine.history(of: member, in: test.programme, limit: 20)
            let second = try #require(history.first { $0.kind == .award && $0.subject == "mark" })
            _ = try await test.engine.perform(.reverse(effect: second.id), member: member, in: test.programme)
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "\(report.differences)")
            let ink = try await Self.lots(test)
            #expect(ink.map(\.remaining) == [5])
        }
    }

    @Test func whatIsWrittenReadsBackAndIsCompared() throws {
        let programme = try Self.document(Self.award).programme()
        let rule = try #require(programme.rules.first { $0.id == "read" })
        let terms = try #require(rule.awardTerms[0])
        #expect(terms.pending == .days(2) && terms.expires == .months(3))
        #expect(terms.tiers.map(\.hundredths) == [150, 200])
        #expect(terms.tiers[1].pending == .atOnce && terms.tiers[1].expires == .never)
        #expect(rule.awardTerms[1] == nil)
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        var changed = programme
        let place = try #require(changed.rules.firstIndex { $0.id == "read" })
        changed.rules[place].awardTerms[0]?.tiers[0].hundredths = 125
        let changes = ProgrammeDiff(from: programme, to: changed).changes.map(\.description)
        #expect(changes.count == 1 && changes[0].contains("1.5") && changes[0].contains("1.25"), "\(changes)")
        let obstacle = RuleComparison.obstacle(from: rule, to: changed.rules[place])
        #expect(obstacle?.contains("tier") == true)
        let check = try Self.document(Self.award).check()
        #expect(check.errors.isEmpty, "\(check.errors)")
        #expect(check.warnings.contains { $0.message.contains("member.tier") })
    }

    @Test(arguments: [
        ("multiply: 1.5", "multiply: 1.555", "two decimals"), ("multiply: 1.5", "multiply: -1", "multiplies by"),
        ("silver:", "sliver:", "no tier 'sliver'"), ("pending: 2 days", "pending: 2 hours", "member's days"),
        ("pending: 2 days", "pending: { until: nothing, within: 2 days }", "no event type 'nothing'"),
        ("{ multiply: 1.5 }", "{}", "says nothing"),
    ]) func mistakesHaveAPlace(old: String, new: String, says: String) throws {
        let errors = try Self.document(Self.award.replacingOccurrences(old, new)).check().errors
        #expect(errors.contains { $0.message.contains(says) && $0.line > 0 }, "\(errors)")
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String { replacing(old, with: new) }
}
