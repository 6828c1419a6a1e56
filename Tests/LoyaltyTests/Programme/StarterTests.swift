import Loyalty
import Primitives
import Testing

/// The programmes to begin with.
struct StarterTests {
    private static func answers(
        _ languages: [Language], name: String = "De \"Post\" \\ #1", currency: Starter.Currency = .eur
    ) throws -> Starter.Answers {
        Starter.Answers(
            id: try #require(ProgrammeID("my-post")), name: name, languages: languages, timeZone: "Asia/Tokyo",
            currency: currency)
    }

    @Test(arguments: Starter.Kind.allCases)
    func `each is complete, checks without a word, and its examples come out`(kind: Starter.Kind) throws {
        let document = try Starter(kind).document()
        #expect(document.check().problems == [])
        let programme = try document.programme()
        #expect(programme.id.name == kind.rawValue)
        #expect(
            programme.challenges.contains { $0.every == .day } && programme.challenges.contains { $0.every == .week })
        #expect(programme.streaks.allSatisfy { $0.freezes != nil } && !programme.streaks.isEmpty)
        #expect(programme.badges.count >= 2 && programme.tiers?.tiers.count ?? 0 >= 2)
        #expect(programme.rules.allSatisfy { !$0.limits.isEmpty }, "every rule has an end")
        #expect(programme.rules.contains { $0.holdoutBasisPoints > 0 })
        #expect(
            programme.rewards.count >= 2 && programme.rewards.allSatisfy { $0.stock == nil }, "no stock is invented")
        let results = WorkedExampleRunner(programme, zones: nil).run() + ExampleRunner(programme).run()
        #expect(results.count >= 4 && results.allSatisfy(\.passed), "\(results.filter { !$0.passed })")
        #expect(!programme.workedExamples.isEmpty)
    }

    @Test(arguments: Starter.Kind.allCases)
    func `each is filled in with name, languages and zone, and opens to nobody yet`(kind: Starter.Kind) throws {
        for languages: [Language] in [[.nl], [.en], [.ja], [.ja, .en], [.nl, .en, .ja]] {
            let document = try Starter(kind).filled(try Self.answers(languages))
            #expect(document.check().problems == [], "\(languages)")
            let programme = try document.programme()
            #expect(programme.id.name == "my-post" && programme.timeZone == "Asia/Tokyo")
            #expect(programme.languages == languages && programme.pilotBasisPoints == 0)
            for language in languages { #expect(programme.name.values[language] == "De \"Post\" \\ #1") }
            #expect(programme.name.values.count == languages.count)
            #expect(Set(programme.rules.flatMap { $0.why.values.keys }) == Set(languages))
        }
    }

    @Test
    func `comments stay, and a point is worth about a cent`() throws {
        let document = try Starter(.newspaper).filled(try Self.answers([.en], currency: .jpy))
        let text = String(decoding: try #require(document["programme.yaml"]), as: UTF8.self)
        #expect(text.contains("# phones send when they have a connection"))
        #expect(text.contains("value: { amount: 1, currency: JPY }"))
        #expect(!text.contains("inkt"))
    }

    @Test
    func `a share is changed in the text, and nothing else of it`() throws {
        let document = try Starter(.podcast).filled(try Self.answers([.en]))
        func text(_ document: ProgrammeDocument) throws -> String {
            String(decoding: try #require(document["programme.yaml"]), as: UTF8.self)
        }
        let before = try text(document)
        let tenth = try document.withPilot(1_000)
        #expect(try tenth.programme().pilotBasisPoints == 1_000)
        #expect(try text(tenth).contains("pilot: 0.1   # who takes part"))
        let open = try tenth.withPilot(nil)
        #expect(try open.programme().pilotBasisPoints == nil)
        let again = try text(try open.withPilot(0))
        func others(_ text: String) -> [Substring] { text.split(separator: "\n").filter { !$0.hasPrefix("pilot:") } }
        #expect(others(again) == others(before))
        #expect(again.contains("\npilot: 0\n"))
        // Written out and read back, a share is the same.
        for share in [0, 1, 1_000, 9_999, 10_000] {
            var programme = try document.programme()
            programme.pilotBasisPoints = share
            #expect(try ProgrammeDocument.export(programme).programme().pilotBasisPoints == share)
        }
    }
}
