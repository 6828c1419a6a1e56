import Primitives
import Testing

@testable import Catalogue

@Suite("Drafts of items")
struct ItemCheckTests {
    private let check = ItemCheck(limits: .standard)

    private func complete() -> ItemDraft {
        var draft = Fixture.draft("article-123", topics: ["opera", "amsterdam"])
        draft.title["en"] = "  Café by \n the sea "
        draft.standfirst = ["nl": "Eerste alinea.\n\n\n\nTweede  alinea."]
        draft.body = ["nl": "De tekst."]
        draft.url = "https://avondblad.example/é?a=1#b"
        draft.image = "HTTPS://avondblad.example/beeld.jpg"
        draft.series = "aan-zee"
        draft.makers = ["anna", "bram", "anna"]
        draft.access = "tier:gold"
        draft.regions = ["NL", "BE"]
        draft.publishedAt = Fixture.morning
        draft.expiresAt = Fixture.morning.adding(milliseconds: 1)
        draft.earlyAccess = .init(from: Fixture.morning.adding(milliseconds: -1), audience: "badge:cinephile")
        draft.isSensitive = true
        draft.durationSeconds = 60
        draft.wordCount = 800
        return draft
    }

    /// A slash with a combining mark after it is one `Character`: addresses are read by scalars.
    @Test(
        "A combining mark hides no slash of an address",
        arguments: [
            ("https://good.example/\u{301}@evil.example/", "good.example"), ("http://\u{1F3FB}a/x", "\u{1F3FB}a"),
            ("HTTPS://[::1]:80/\u{301}", "::1"), ("https://a.example?\u{301}/x", "a.example"),
        ])
    func combiningMarks(text: String, host: String) throws {
        #expect(try #require(WebAddress(text)).host == host)
    }

    @Test("A complete draft is read in full, its texts tidied")
    func readsEverything() throws {
        let (items, faults) = check.check([complete()])
        #expect(faults.isEmpty)
        let item = try #require(items.first)
        let content = item.content
        #expect(item.id.text == "article-123")
        #expect(content.title.text(for: [try #require(LanguageTag("en"))]) == "Café by the sea")
        #expect(content.standfirst.versions.first?.text == "Eerste alinea.\n\nTweede alinea.")
        #expect(item.body.versions.first?.text == "De tekst.")
        #expect(content.image?.text == "https://avondblad.example/beeld.jpg")
        #expect(content.makers.map(\.text) == ["anna", "bram"])
        #expect(content.topics == ["amsterdam", "opera"])
        #expect(content.access == .tier("gold"))
        #expect(content.regions == ["BE", "NL"])
        #expect(content.earlyAccess?.audience == .badge("cinephile"))
    }

    static let faults: [(change: @Sendable (inout ItemDraft) -> Void, field: String, fix: String)] = [
        ({ $0.id = "" }, "id", "1 to 200"), ({ $0.id = String(repeating: "x", count: 201) }, "id", "1 to 200"),
        ({ $0.id = " a" }, "id", "plain text"), ({ $0.id = "a\u{0}b" }, "id", "plain text"),
        ({ $0.id = "a\nb" }, "id", "plain text"), ({ $0.kind = "book" }, "kind", "article, video"),
        ({ $0.title = [:] }, "title", "at least one language"),
        ({ $0.title = ["nl": " \n "] }, "title.nl", "Give a text"),
        ({ $0.title = ["nl": String(repeating: "é", count: 501)] }, "title.nl", "1000 bytes"),
        ({ $0.title = ["nl": "a\u{202E}b"] }, "title.nl", "without it"),
        ({ $0.title = ["nl": "a\u{0}b"] }, "title.nl", "without"),
        ({ $0.title = ["n": "a"] }, "title.n", "BCP 47"),
        ({ $0.title = ["nl": "a", "NL": "b"] }, "title.nl", "Keep one"),
        ({ $0.url = "javascript:alert(1)" }, "url", "http or https"), ({ $0.url = "/relative" }, "url", "absolute"),
        ({ $0.url = "https://me:secret@host/" }, "url", "absolute"),
        ({ $0.image = "data:image/png;base64,x" }, "image", "http"),
        ({ $0.series = "" }, "series", "1 to 200"), ({ $0.makers = ["a", ""] }, "makers[1]", "1 to 200"),
        ({ $0.topics = ["Kunst & Cultuur"] }, "topics[0]", "Write `kunst-&-cultuur`"),
        ({ $0.topics = (0...50).map { "t\($0)" } }, "topics", "at most 50"),
        ({ $0.language = "nederlands" }, "language", "nl, en or ja"),
        ({ $0.access = "tier:" }, "access", "tier:NAME"), ({ $0.regions = ["nl"] }, "regions[0]", "two capitals"),
        ({ $0.expiresAt = Instant(milliseconds: .max) }, "expires_at", "in that range"),
        ({ $0.expiresAt = $0.publishedAt }, "expires_at", "after published_at"),
        ({ $0.earlyAccess?.from = Fixture.morning }, "early_access.from", "before published_at"),
        ({ $0.earlyAccess?.audience = "everyone" }, "early_access.for", "badge:NAME"),
        ({ $0.publishedAt = nil }, "early_access", "published_at"),
        ({ $0.durationSeconds = -1 }, "duration_seconds", "from 0"),
        ({ $0.wordCount = .max }, "word_count", "from 0"),
        ({ $0.body = ["nl": String(repeating: "a", count: 200_001)] }, "body.nl", "200000 bytes"),
    ]

    @Test("Every fault names the item, the field and the fix", arguments: faults.indices)
    func namesTheFault(index: Int) throws {
        let (change, field, fix) = Self.faults[index]
        var draft = complete()
        change(&draft)
        let (items, faults) = check.check([Fixture.draft("fine"), draft])
        #expect(items.isEmpty, "all or none")
        let fault = try #require(faults.first)
        #expect(faults.count == 1)
        #expect(fault.index == 1)
        #expect(fault.field == field)
        #expect(fault.fix.contains(fix), "\(fault)")
    }

    @Test("All faults are found at once")
    func findsAll() {
        var first = complete()
        first.kind = "book"
        first.url = "ftp://x"
        let (_, faults) = check.check([first, Fixture.draft("b"), Fixture.draft("b"), Fixture.draft("", title: "x")])
        #expect(faults.map(\.index) == [0, 0, 2, 3])
        #expect(faults[2].problem.contains("item 1"))
    }

    @Test("More than a thousand items are refused whole")
    func refusesTooMany() {
        let drafts = (0...1_000).map { Fixture.draft("a\($0)") }
        #expect(check.check(drafts).faults.map(\.index) == [1_000])
        #expect(check.check(Array(drafts.dropLast())).items.count == 1_000)
    }

    @Test("Ids that only look the same are two ids")
    func keepsBytes() throws {
        #expect(try Fixture.id("caf\u{E9}") != Fixture.id("cafe\u{301}"))
        #expect(check.check([Fixture.draft("caf\u{E9}"), Fixture.draft("cafe\u{301}")]).items.count == 2)
    }

    @Test("An error shows no more than the beginning of an input")
    func quotesLittle() {
        var draft = Fixture.draft("a")
        draft.url = String(repeating: "x", count: 10_000)
        let fault = check.check([draft]).faults.first
        #expect((fault?.description.utf8.count ?? .max) < 300)
    }

    @Test("A draft's document reads back as the draft")
    func roundTrips() throws {
        let draft = complete()
        let read = ItemDraft.read(draft.document, index: 0)
        #expect(read.faults.isEmpty)
        #expect(read.draft == draft)
        let item = try Fixture.item(draft)
        let again = try Fixture.item(ItemDraft(item))
        #expect(item.content == again.content)
    }

    @Test("A document of the wrong shape is answered field by field")
    func readsWrongDocuments() throws {
        let text = """
            {"id": 7, "title": "Titel", "topics": "opera", "published_at": "yesterday", "early_access": {"from": "x"},
             "sensitive": "no", "word_count": 1.5, "titel": "x", "url": null, "standfirst": {"nl": 1}}
            """
        let (draft, faults) = ItemDraft.read(try JSONValue(parsing: text), index: 3)
        #expect(draft == nil)
        #expect(faults.allSatisfy { $0.index == 3 })
        #expect(
            Set(faults.map(\.field)) == [
                "id", "topics", "published_at", "early_access", "sensitive", "word_count", "titel", "standfirst.nl",
            ])
        #expect(ItemDraft.read(.array([]), index: 0).faults.count == 1)
    }

    @Test("A bare text is in the item's language")
    func readsBareText() throws {
        let value = try JSONValue(parsing: #"{"id": "a", "title": "Café", "language": "nl"}"#)
        #expect(ItemDraft.read(value, index: 0).draft?.title == ["nl": "Café"])
    }

    @Test(
        "Language tags have one spelling",
        arguments: [
            ("NL", "nl"), ("nl_be", "nl-BE"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"),
            ("de-1996", "de-1996"),
            ("ja", "ja"),
        ])
    func readsTags(text: String, name: String) {
        #expect(LanguageTag(text)?.name == name)
    }

    @Test(
        "What is no language tag is refused",
        arguments: ["", "n", "nederlands", "nl-", "nl--BE", "nl-BE-BE", "x-y", "nl-é"])
    func refusesTags(text: String) {
        #expect(LanguageTag(text) == nil)
    }

    @Test("A text is found in the nearest language")
    func findsTexts() throws {
        let text = LocalizedText([
            try #require(LanguageTag("nl")): "a", try #require(LanguageTag("en-GB")): "b",
            try #require(LanguageTag("ja")): "c",
        ])
        func read(_ tags: String...) -> String? { text.text(for: tags.compactMap { LanguageTag($0) }) }
        #expect(read("nl-BE", "ja") == "a")
        #expect(read("fr", "ja") == "c")
        #expect(read("fr") == "b")
        #expect(LocalizedText.empty.text(for: []) == nil)
    }
}
