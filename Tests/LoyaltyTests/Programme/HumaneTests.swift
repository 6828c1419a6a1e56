import Loyalty
import Primitives
import Testing

/// The linter of dark patterns: what presses people is named at its place, what is true and dated passes.
@Suite struct HumaneTests {
    /// Warnings of a document in which one file is replaced, but for those of the good document.
    private func warnings(_ path: String, _ text: String) throws -> [DocumentProblem] {
        let usual = Set(try Documents.with("programme.yaml", Documents.root).check().warnings.map(\.message))
        let check = try Documents.with(path, text).check()
        #expect(check.errors.isEmpty, "\(check.errors)")
        return check.warnings.filter { !usual.contains($0.message) }
    }

    private func rule(_ why: String, valid: String = "") -> String {
        Documents.rule.replacing("why: { en: You read., nl: Je las. }", with: valid + "why: { \(why) }")
    }

    private func reward(_ text: String, more: String = "") -> String {
        Documents.reward.replacing(
            "text: { en: A day early., nl: Een dag eerder. }", with: "text: { \(text) }\n" + more)
    }

    @Test(arguments: [
        ("en: \"Read on, or you’ll lose it.\", nl: Lees.", "you’ll lose", "presses by a loss"),
        ("en: Read., nl: Breek je reeks niet.", "breek je reeks", "presses by a loss"),
        ("en: Read., nl: DAN RAAK JE KWIJT wat je had.", "raak je kwijt", "presses by a loss"),
        ("en: Only 3 left., nl: Lees.", "only … left", "number that no text can keep"),
        ("en: Read., nl: Nog maar 12 over.", "nog maar …", "number that no text can keep"),
        ("en: Last chance!, nl: Lees.", "last chance", "nothing here ends"),
        ("en: Read., nl: Wees er snel bij.", "wees er snel bij", "nothing here ends"),
        ("en: You are falling behind., nl: Lees.", "falling behind", "holds others up"),
        ("en: People like you read this., nl: Lees.", "people like you", "speaks of a profile"),
        ("en: While stocks last., nl: Lees.", "while stocks last", "nothing here has an end"),
    ])
    func whatPressesPeopleIsNamed(why: String, phrase: String, says: String) throws {
        let found = try warnings("rules/reader.yaml", rule(why))
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.message.contains("'\(phrase)'") == true && found.first?.message.contains(says) == true)
        #expect(found.first?.path == "rules/reader.yaml" && found.first?.line == 7 && found.first?.fix != nil)
    }

    @Test func japaneseIsReadAsWell() throws {
        let root = Documents.root.replacing("languages: [en, nl]", with: "languages: [en, nl, ja]")
        var files = Documents.good
        files["programme.yaml"] = root
        files["rules/reader.yaml"] = rule("en: You read., nl: Je las., ja: 残り3点です。お急ぎください。")
        let found = try ProgrammeDocument(files).check().warnings.map(\.message).filter { $0.contains("(ja)") }
        #expect(found.count == 2 && found.contains { $0.contains("残り…") } && found.contains { $0.contains("お急ぎ") })
    }

    @Test(arguments: [
        // Words that only look alike.
        "en: What we gain when we lose a language., nl: Het verlies van een taal.",
        "en: The last chancellor., nl: Genoeg maar 3 keer zoveel.",
        "en: A study of laziness., nl: Wie haast je niet kent.",
    ])
    func ordinarySentencesPass(why: String) throws {
        // `haast je` stands in the last one on purpose: a list of phrases has its price, and this is it.
        let found = try warnings("rules/reader.yaml", rule(why))
        #expect(found.count == (why.contains("haast je") ? 1 : 0), "\(found)")
    }

    @Test func anHonestDeadlineAndARealStockPass() throws {
        let ends = "valid: { until: 2030-01-01T00:00:00Z }\n"
        #expect(try warnings("rules/reader.yaml", rule("en: Last chance!, nl: Laatste kans!", valid: ends)).isEmpty)
        let text = "en: While stocks last., nl: Zolang de voorraad strekt."
        #expect(try warnings("rewards/preview.yaml", reward(text, more: "stock: 100\n")).isEmpty)
        #expect(try warnings("rewards/preview.yaml", reward(text)).count == 2)
    }

    @Test func termsPressAsWellAsTexts() throws {
        let root = Documents.root.replacing("expires: 12 months", with: "expires: 2 weeks")
        let short = try warnings("programme.yaml", root)
        #expect(short.map(\.message) == ["Points that expire within 14 days press people to spend them."])
        #expect(try warnings("programme.yaml", Documents.root.replacing("12 months", with: "1 month")).isEmpty)
        let hold = try warnings("rewards/preview.yaml", Documents.reward + "\nholds: 1 minute")
        #expect(hold.count == 1 && hold.first?.message.contains("less than two minutes") == true)
    }

    @Test func theDemoProgrammesPressNobody() throws {
        for name in DemoProgrammes.names {
            let check = try #require(try DemoProgrammes.document(name)).check()
            let messages = check.warnings.map(\.message)
            for word in ["presses", "nothing here", "no text can keep", "holds others", "profile", "press people"] {
                #expect(!messages.contains { $0.contains(word) }, "\(name): \(messages)")
            }
        }
    }
}
