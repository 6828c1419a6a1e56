import CEL
import Loyalty
import Primitives
import Testing

/// The editor of a programme's conditions knows what the programme's own check knows.
@Suite struct ConditionEditorTests {
    private static let programme: Programme = {
        var programme = Programme(
            id: ProgrammeID("regulars") ?? ProgrammeID.fallbackForTests, name: LocalizedText([.en: "Regulars"]),
            timeZone: "Europe/Amsterdam", units: [Unit(id: "ink", name: LocalizedText([.nl: "Inkt", .en: "Ink"]))],
            tiers: TierLadder(unit: "ink", tiers: [.init(id: "silver", at: 10), .init(id: "gold", at: 30)]),
            badges: [Badge(id: "reader")])
        programme.traits = [Trait(id: "segment", type: .text)]
        programme.events = [
            EventType(
                id: "article.read",
                fields: [
                    .init(id: "item", type: .item), .init(id: "share", type: .fraction, meaning: "how much was read"),
                    .init(id: "device", type: .text, oneOf: ["phone", "desk"]),
                ])
        ]
        programme.rules = [
            Rule(
                id: "fan", trigger: "article.read",
                effects: [.award(amount: "1", unit: "ink"), .trait("segment", value: "fan")])
        ]
        return programme
    }()

    private func editor(_ kind: ConditionEditor.Kind, _ event: String? = "article.read") throws -> ExpressionEditor {
        try #require(ConditionEditor(kind, event: event, in: Self.programme, topics: ["sport"])).editor
    }

    private func labels(_ text: String, _ kind: ConditionEditor.Kind = .rule) throws -> [String] {
        try editor(kind).report(on: text, cursor: text.utf16.count).completions.map(\.label)
    }

    @Test func `fields, tiers, badges, units and the programme's own texts are offered`() throws {
        #expect(try labels("event.").contains("device"))
        #expect(try labels("member.tier == '") == ["'silver'", "'gold'"])
        #expect(try labels("'' in member.badges && 're").isEmpty)
        #expect(try labels("member.badges.exists(b, b == '") == ["'reader'"])
        #expect(try labels("member.traits.segment == '") == ["'fan'"])
        #expect(try labels("event.device in ['") == ["'phone'", "'desk'"])
        #expect(try labels("event.item.kind == '").contains("'podcast'"))
        #expect(try labels("event.item.topics.exists(t, t == '") == ["'sport'"])
        #expect(try labels("event.type == '") == ["'article.read'"])
        let share = try editor(.rule).report(on: "event.sha", cursor: 9).completions.first
        #expect(share?.note == "how much was read" && share?.detail == "double")
        let dutch = try #require(ConditionEditor(.gate, event: nil, in: Self.programme, language: .nl)).editor
        #expect(dutch.report(on: "member.balance.", cursor: 15).completions.first?.note == "Inkt")
    }

    @Test(arguments: ConditionEditor.Kind.allCases)
    func `each kind sees what the check lets it see`(kind: ConditionEditor.Kind) throws {
        let report = try editor(kind).report(on: "event.share > 0.5")
        #expect(report.isUsable == (kind.isOverEvents && kind != .amount), "\(report.diagnostics)")
        let member = try editor(kind).report(on: "member.balance.ink")
        #expect(member.type == .int && member.isUsable == (kind == .amount))
        #expect((ConditionEditor(kind, event: "gone", in: Self.programme) == nil) == kind.isOverEvents)
    }

    @Test func `what a fact can never be is a warning, except where others may come`() throws {
        let tier = try editor(.job).report(on: "member.tier == 'glod'")
        #expect(tier.isUsable && tier.diagnostics.first?.fix == "'gold'")
        for text in [
            "member.tier == ''", "event.item.topics.exists(t, t == 'art')", "member.traits.segment == 'guest'",
            "'art' in event.item.topics", "event.item.language == 'fr'",
        ] {
            #expect(try editor(.rule).report(on: text).diagnostics.isEmpty, "\(text)")
        }
        #expect(try editor(.rule).report(on: "event.device == 'watch'").diagnostics.first?.severity == .warning)
    }
}

extension ProgrammeID {
    fileprivate static let fallbackForTests: ProgrammeID = {
        guard let id = ProgrammeID("fallback") else { preconditionFailure("a valid name") }
        return id
    }()
}
