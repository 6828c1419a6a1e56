import Loyalty
import Primitives
import Testing

@Suite struct ProgrammeDiffTests {
    private func programme(_ changes: [(path: String, old: String, new: String)] = []) throws -> Programme {
        var files = Documents.good
        for change in changes {
            let text = try #require(files[change.path])
            #expect(text.contains(change.old))
            files[change.path] = text.replacing(change.old, with: change.new)
        }
        return try ProgrammeDocument(files).programme()
    }

    private let rule = "rules/reader.yaml"
    private let challenge = "challenges/five.yaml"
    private let root = "programme.yaml"

    @Test func nothingChangedGivesNothing() throws {
        let diff = ProgrammeDiff(from: try programme(), to: try programme())
        #expect(diff.isEmpty && diff.live.isEmpty)
    }

    @Test func changesAreNamedByThingAndField() throws {
        let old = try programme()
        let new = try programme([
            (rule, "amount: 15", "amount: 20"), (rule, "event.share >= 0.7", "event.share >= 0.5"),
            (rule, "why:", "limits:\n  - { per: member, period: day, amount: 45 }\nwhy:"),
            (root, "name: { en: Test, nl: Tést }", "name: { en: Test, nl: Proef }"),
            (
                "events/article.read.yaml", "  share: { type: fraction, meaning: how much was read }",
                "  share: fraction"
            ),
        ])
        let lines = ProgrammeDiff(from: old, to: new).changes.map(\.description)
        #expect(
            lines == [
                "~ programme test: name.nl: Tést -> Proef",
                "~ event article.read: fields.share.type: fraction -> nothing",
                "~ event article.read: fields.share.meaning: how much was read -> nothing",
                "~ event article.read: fields.share: nothing -> fraction",
                "~ rule reader: when: event.share >= 0.7 -> event.share >= 0.5",
                "~ rule reader: then.1.award.amount: 15 -> 20",
                "~ rule reader: limits.1.per: nothing -> member",
                "~ rule reader: limits.1.period: nothing -> day",
                "~ rule reader: limits.1.amount: nothing -> 45",
            ])
    }

    @Test func whatCameAndWentIsNamed() throws {
        let old = try programme()
        var new = old
        new.rules = []
        new.badges.append(Badge(id: "second"))
        new.texts["welcome"] = LocalizedText([.en: "Hi"])
        new.tiers?.tiers.removeLast()
        let diff = ProgrammeDiff(from: old, to: new)
        #expect(
            diff.changes.map(\.description) == ["- tier gold", "+ badge second", "- rule reader", "+ text welcome"])
        #expect(diff.json["changes"]?[0]?["kind"] == "removed")
        #expect(diff.json["changes"]?.arrayValue?.count == 4)
        let back = ProgrammeDiff(from: new, to: old)
        #expect(
            back.changes.map(\.description) == ["+ tier gold", "- badge second", "+ rule reader", "- text welcome"])
    }

    @Test func anotherOrderIsAChange() throws {
        let old = try programme()
        var new = old
        new.languages = [.nl, .en]
        #expect(!ProgrammeDiff(from: old, to: new).isEmpty)
        new = old
        new.events[0].fields.reverse()
        #expect(ProgrammeDiff(from: old, to: new).changes.map(\.description) == ["~ event article.read: order"])
    }

    @Test func everyDifferenceIsSeen() throws {
        let first = UInt64.random(in: .min ... .max)
        for seed in (0..<100).map({ first &+ $0 }) {
            var generator = ProgrammeGenerator(seed: seed)
            let old = try generator.programme()
            let new = try generator.programme()
            #expect(ProgrammeDiff(from: old, to: new).isEmpty == (old == new), "seed \(seed)")
            #expect(ProgrammeDiff(from: old, to: old).isEmpty, "seed \(seed)")
            _ = ProgrammeDiff(from: old, to: new).json.bytes()
        }
    }

    @Test func whatLiveMembersNoticeIsClassified() throws {
        let old = try programme()
        func live(_ change: (inout Programme) -> Void) -> [String] {
            var new = old
            change(&new)
            return ProgrammeDiff(from: old, to: new).live.map { change in
                "\(change.thing) \(change.id): \(change.choices.map(\.rawValue).joined(separator: ", "))"
            }
        }
        #expect(live { $0.challenges[0].target = 3 } == ["challenge five: keep, convert, restart"])
        #expect(live { $0.challenges[0].target = 9 } == ["challenge five: keep, convert, restart"])
        #expect(live { $0.challenges[0].every = .month } == ["challenge five: convert, restart"])
        #expect(live { $0.challenges[0].condition = "event.share > 0.5" } == ["challenge five: keep, restart"])
        #expect(live { $0.challenges = [] } == ["challenge five: restart"])
        #expect(live { $0.challenges[0].why = LocalizedText([:]) } == [])
        #expect(live { $0.tiers?.tiers[1].at = 200 } == ["tier gold: keep, convert"])
        #expect(live { $0.tiers?.tiers[1].at = 50 } == ["tier gold: convert"])
        #expect(live { $0.tiers?.tiers.removeLast() } == ["tier gold: convert"])
        #expect(live { $0.tiers = nil } == ["tier : restart"])
        #expect(live { $0.rules[0].limits = [Limit(kind: .times(1), period: .day)] } == ["rule reader: keep"])
        #expect(live { $0.rules[0].cooldown = .hours(1) } == ["rule reader: keep"])
        #expect(live { $0.rules = [] } == [])
        #expect(live { $0.units[0].expires = nil } == ["unit ink: keep"])
        #expect(live { $0.rewards[0].price = 1 } == ["reward preview: keep"])
    }
}
