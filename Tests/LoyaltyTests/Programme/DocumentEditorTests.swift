import Primitives
import Storage
import TestSupport
import Testing

@testable import Loyalty

/// Changes in the text of a document that leave everything else as it stands.
struct DocumentEditorTests {
    private static let rule = """
        # What a reader gets for the end of a story.
        rule: read   # its name
        trigger: article.read
        when: event.share >= 0.7   # most of it
        then:
          - award: { amount: 10, unit: ink }   # a little
          - badge: voice
        limits:
          - { per: member, period: day, amount: 50 }
        exclusive: reading          # never both
        why:
          nl: Je las het.
          en: 'It''s read: all of it.'
        examples:
          - event: { share: 0.9 }
            gives: { amount: 10, unit: ink }

        """

    /// An editor that an expectation can ask to change something.
    private final class Sheet {
        private(set) var editor: DocumentEditor

        init?(_ text: String) {
            guard let editor = DocumentEditor(text) else { return nil }
            self.editor = editor
        }

        var text: String { editor.text }
        subscript(_ keys: [String]) -> String? { editor[keys] }

        func set(_ keys: [String], to value: DocumentEditor.Value?, order: [String] = []) -> Bool {
            editor.set(keys, to: value, order: order)
        }
    }

    @Test func `a value is changed where it stands`() throws {
        let editor = try #require(Sheet(Self.rule))
        #expect(editor.set(["then", "0", "award", "amount"], to: .expression("12")))
        #expect(editor.set(["why", "en"], to: .text("You read it: well")))
        #expect(editor.set(["why", "nl"], to: .text("12")))
        let wanted = Self.rule.replacing("{ amount: 10, unit: ink }   # a", with: "{ amount: 12, unit: ink }   # a")
            .replacing("'It''s read: all of it.'", with: "'You read it: well'").replacing("Je las het.", with: "'12'")
        #expect(editor.text == wanted)
        #expect(editor[["why", "nl"]] == "12")
    }

    @Test func `a condition of several lines gets a block, and its comment stays`() throws {
        let editor = try #require(Sheet(Self.rule))
        let long = "event.share >= 0.7\n  && event.seconds >= 20"
        #expect(editor.set(["when"], to: .expression(long)))
        #expect(
            editor.text.contains(
                "when: |   # most of it\n  event.share >= 0.7\n    && event.seconds >= 20\nthen:"))
        #expect(editor.editor.place(line: 6, column: 8, in: ["when"])?.line == 2)
        #expect(editor.editor.place(line: 6, column: 8, in: ["when"])?.column == 6)
        #expect(editor.set(["when"], to: .expression("event.share >= 0.5")))
        #expect(editor.text.contains("when: event.share >= 0.5   # most of it\nthen:"))
        #expect(editor.set(["when"], to: .expression("!member.paused")))
        #expect(editor.text.contains("when: |   # most of it\n  !member.paused\nthen:"))
        #expect(editor.set(["when"], to: nil))
        #expect(editor.text.contains("trigger: article.read\nthen:"))
    }

    @Test func `what was not there is put where it usually stands`() throws {
        let editor = try #require(Sheet(Self.rule))
        let order = ["rule", "trigger", "when", "then", "limits", "valid", "why"]
        #expect(editor.set(["valid", "until"], to: .word("2026-03-01T00:00:00Z"), order: order))
        #expect(editor.text.contains("amount: 50 }\nvalid: { until: 2026-03-01T00:00:00Z }\nexclusive:"))
        #expect(editor.set(["valid", "from"], to: .word("2026-02-01T00:00:00Z"), order: order))
        #expect(editor.text.contains("valid: { until: 2026-03-01T00:00:00Z, from: 2026-02-01T00:00:00Z }"))
        #expect(editor.set(["valid", "until"], to: nil))
        #expect(editor.set(["valid", "from"], to: nil))
        #expect(editor.set(["why", "ja"], to: .text("読了")))
        #expect(editor.text.contains("all of it.'\n  ja: 読了\nexamples:"))
        #expect(editor.set(["limits", "1"], to: .flow("{ per: event, amount: 5 }")))
        #expect(editor.text.contains("amount: 50 }\n  - { per: event, amount: 5 }\nexclusive:"))
        #expect(editor.set(["limits", "0"], to: nil))
        #expect(editor.set(["limits", "0"], to: nil))
        #expect(!editor.text.contains("limits") && editor.text.contains("exclusive: reading          # never both"))
    }

    @Test func `what cannot be changed safely is left alone`() throws {
        let odd = "a: &x { b: 1 }\nc: *x\nd: [1, 2]\n"
        let editor = try #require(Sheet(odd))
        #expect(!editor.set(["c", "b"], to: .word("2")))
        #expect(!editor.set(["d", "5"], to: .word("2")))
        #expect(!editor.set(["d", "x"], to: .word("2")))
        #expect(editor.text == odd)
        #expect(editor.set(["d", "0"], to: nil) && editor.text.hasSuffix("d: [2]\n"))
        for text in ["", "- a", "a: [", "\"x\""] { #expect(Sheet(text) == nil, "\(text)") }
    }

    @Test func `every value of the documents that come with Stamgast can be changed alone`() throws {
        for name in DemoProgrammes.names {
            let document = try #require(try DemoProgrammes.document(name))
            for file in document.files {
                let text = String(decoding: file.bytes, as: UTF8.self)
                let editor = try #require(Sheet(text))
                // All of them take a minute; some of every file show as much.
                let all = Self.scalars(editor, [])
                for (index, keys) in all.enumerated() where all.count < 12 || index % 9 == 0 {
                    let changed = try #require(Sheet(text))
                    #expect(changed.set(keys, to: .text("A: b's # c")), "\(name) \(file.path) \(keys)")
                    #expect(changed[keys] == "A: b's # c", "\(name) \(file.path) \(keys)")
                    let comments = { (text: String) in text.split(separator: "\n").filter { $0.hasPrefix("#") } }
                    #expect(comments(changed.text) == comments(text))
                }
            }
        }
    }

    private static func scalars(_ editor: Sheet, _ keys: [String]) -> [[String]] {
        if editor[keys] != nil { return [keys] }
        let below = editor.editor.keys(of: keys)
        let all = below.isEmpty ? (0..<(editor.editor.count(keys) ?? 0)).map { String($0) } : below
        return all.flatMap { scalars(editor, keys + [$0]) }
    }

    // MARK: Forms

    @Test func `a form changes what it knows and nothing else`() throws {
        var editor = try #require(DocumentEditor(Self.rule))
        var values = EntryForm(.rule, id: "", in: editor, languages: [.nl, .en]).values
        #expect(values["amount"] == "10" && values["unit"] == "ink" && values["limit"] == "amount")
        #expect(values["limit-number"] == "50" && values["limit-period"] == "day" && values["until"] == "")
        #expect(EntryForm.write(values, .rule, id: "", into: &editor, languages: [.nl, .en]) == nil)
        #expect(editor.text == Self.rule, "a form that is sent as it came changes nothing")
        values["amount"] = "event.months * 10"
        (values["limit"], values["limit-number"], values["limit-period"]) = ("times", "3", "week")
        #expect(EntryForm.write(values, .rule, id: "", into: &editor, languages: [.nl, .en]) == nil)
        let wanted = Self.rule.replacing(
            "{ amount: 10, unit: ink }   #", with: "{ amount: event.months * 10, unit: ink }   #"
        )
        .replacing("period: day, amount: 50", with: "period: week, times: 3")
        #expect(editor.text == wanted)
        (values["amount"], values["limit"]) = ("", "none")
        #expect(EntryForm.write(values, .rule, id: "", into: &editor, languages: [.nl, .en]) == nil)
        #expect(
            !editor.text.contains("award") && !editor.text.contains("limits") && editor.text.contains("- badge: voice"))
        values["amount"] = "4"
        #expect(EntryForm.write(values, .rule, id: "", into: &editor, languages: [.nl, .en]) == nil)
        #expect(editor.text.contains("  - badge: voice\n  - { award: { amount: 4, unit: ink } }\n"))
    }

    @Test func `examples follow what the form gives, and those of anything else stay`() throws {
        let text = """
            rule: read
            trigger: article.read
            then:
              - award: { amount: 10, unit: ink }
            examples:
              - event: { share: 0.9 }
                gives: { amount: 10, unit: ink }   # the whole
              - event: { share: 0.8 }
                gives: [{ amount: 10, unit: ink }, { amount: 10, unit: loyalty }]
              - event: { share: 0.1 }
                gives: nothing

            """
        var editor = try #require(DocumentEditor(text))
        var values = EntryForm(.rule, id: "", in: editor, languages: [.en]).values
        values["amount"] = "12"
        #expect(EntryForm.write(values, .rule, id: "", into: &editor, languages: [.en]) == nil)
        #expect(editor.text == text.replacing("amount: 10, unit: ink", with: "amount: 12, unit: ink"))
    }

    @Test func `every entry of the documents that come with Stamgast comes back from its form`() throws {
        for name in DemoProgrammes.names {
            let document = try #require(try DemoProgrammes.document(name))
            for file in document.files {
                guard let kind = EntryForm.Kind(path: file.path) else { continue }
                let text = String(decoding: file.bytes, as: UTF8.self)
                var editor = try #require(DocumentEditor(text))
                let form = EntryForm(kind, id: "", in: editor, languages: [.nl, .en, .ja])
                #expect(form.fields.count > 4, "\(file.path)")
                #expect(EntryForm.write(form.values, kind, id: "", into: &editor, languages: [.nl, .en, .ja]) == nil)
                #expect(editor.text == text, "\(name) \(file.path)")
            }
        }
    }

    @Test func `a tier stands in the file of the programme`() throws {
        let text =
            "tiers:\n  unit: ink\n  levels:\n    low: { at: 0 }   # all\n    gold: { at: 150, name: { en: Gold } }\n"
        var editor = try #require(DocumentEditor(text))
        let values = ["at": "200", "name.en": "Golden: one"]
        #expect(EntryForm.write(values, .tier, id: "gold", into: &editor, languages: [.en]) == nil)
        #expect(
            editor.text == text.replacing("at: 150, name: { en: Gold }", with: "at: 200, name: { en: 'Golden: one' }"))
    }

    // MARK: Drafts

    @Test func `a draft is brought onto another version, and says where both changed the same`() throws {
        let base = try ProgrammeDocument(["programme.yaml": "a", "rules/a.yaml": "1", "rules/b.yaml": "1"])
        let draft = try ProgrammeDocument(["programme.yaml": "a", "rules/a.yaml": "2", "rules/c.yaml": "1"])
        let current = try ProgrammeDocument(["programme.yaml": "b", "rules/a.yaml": "3", "rules/b.yaml": "1"])
        #expect(ProgrammeDraft.conflicts(of: draft, from: base, onto: current) == ["rules/a.yaml"])
        let own = try ProgrammeDraft.rebased(draft, from: base, onto: current, keepsOwn: true)
        #expect(own == (try ProgrammeDocument(["programme.yaml": "b", "rules/a.yaml": "2", "rules/c.yaml": "1"])))
        let other = try ProgrammeDraft.rebased(draft, from: base, onto: current, keepsOwn: false)
        #expect(other[("rules/a.yaml")] == Array("3".utf8) && other["rules/b.yaml"] == nil)
    }

    @Test(arguments: TestDatabases.engines)
    func `a draft is changed by whoever read it last`(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ProgrammeDrafts.schema]) { database in
            let programme = try #require(ProgrammeID("a"))
            let now = Instant(seconds: 1_000)
            var draft = ProgrammeDraft(
                document: try ProgrammeDocument(["programme.yaml": "é"]), basedOn: 3, changedBy: "s", changedAt: now)
            func save(_ draft: ProgrammeDraft) async throws -> Bool {
                try await database.write { try ProgrammeDrafts.save(draft, of: programme, $0) }
            }
            #expect(try await save(draft))
            #expect(try await save(draft) == false, "there is one already")
            let read = try #require(try await database.read { try ProgrammeDrafts.load(programme, $0) })
            draft.revision = read.revision
            #expect(read == draft && read.revision > 0)
            draft.plan = ProgrammeDraft.Plan(at: Instant(seconds: 2_000), by: "s")
            draft.refusal = .role
            #expect(try await save(draft))
            #expect(try await save(draft) == false, "somebody was there before")
            for (second, isDue) in [(1_999, false), (2_000, true)] {
                let at = Instant(seconds: Int64(second))
                #expect(try await database.read { try ProgrammeDrafts.isDue(programme, at: at, $0) } == isDue)
            }
            let planned = try #require(try await database.read { try ProgrammeDrafts.load(programme, $0) })
            #expect(planned.plan == draft.plan && planned.refusal == .role)
            #expect(
                try await database.write { try ProgrammeDrafts.remove(programme, revision: read.revision, $0) } == false
            )
            #expect(
                try await database.write { try ProgrammeDrafts.remove(programme, revision: planned.revision, $0) })
        }
    }
}
