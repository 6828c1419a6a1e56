import Primitives
import Testing

@testable import Loyalty

@Suite struct ProgrammeExportTests {
    @Test func anyProgrammeReadsBackEqual() throws {
        let first = UInt64.random(in: .min ... .max)
        for seed in (0..<400).map({ first &+ $0 }) {
            var generator = ProgrammeGenerator(seed: seed)
            let programme = try generator.programme()
            let document = try ProgrammeDocument.export(programme)
            let reading = DocumentParser.read(document)
            let errors = reading.problems.filter { $0.severity == .error }
            #expect(errors.isEmpty, "seed \(seed): \(errors)\n\(document.stream)")
            if let back = reading.programme, back != programme {
                let changes = ProgrammeDiff(from: programme, to: back).changes.map(\.description)
                Issue.record("seed \(seed): \(changes.joined(separator: "\n"))\n\(document.stream)")
            }
            guard errors.isEmpty, reading.programme == programme else { return }
            #expect(try ProgrammeDocument.export(programme) == document)
        }
    }

    @Test(arguments: DemoProgrammes.names) func theEmbeddedProgrammesReadBackEqual(name: String) throws {
        let programme = try #require(try DemoProgrammes.document(name)).programme()
        let document = try ProgrammeDocument.export(programme)
        #expect(document.check().problems == [])
        #expect(try document.programme() == programme)
        #expect(document.files.map(\.path).contains("texts/ja.yaml") == (name == "avondpost"))
    }

    @Test(arguments: [(20, 5, 2), (1_000, 100, 10), (0, 0, 0), (5, 9, 9)]) func theBenchProgrammeChecks(
        rules: Int, sharing: Int, matching: Int
    ) throws {
        let id = try #require(ProgrammeID("bench"))
        let programme = BenchProgramme.programme(
            id: id, rules: rules, sharing: sharing, matching: matching, timesPerDay: 3)
        #expect(programme.rules.count == rules)
        #expect(programme.rules.filter { $0.trigger == "article.read" }.count == min(rules, sharing))
        let document = try ProgrammeDocument.export(programme)
        #expect(document.check().errors == [])
        #expect(try document.programme() == programme)
        #expect(
            BenchProgramme.programme(id: id, rules: rules, sharing: sharing, matching: matching, timesPerDay: 3)
                == programme)
    }

    @Test func anExportIsReadable() throws {
        let document = try ProgrammeDocument.export(try ProgrammeDocument(Documents.good).programme())
        let bytes = try #require(document["rules/reader.yaml"])
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                rule: reader
                trigger: article.read
                when: event.share >= 0.7
                then:
                  - award: { amount: 15, unit: ink }
                  - badge: voice
                why: { en: You read., nl: Je las. }

                """)
        let root = String(decoding: try #require(document["programme.yaml"]), as: UTF8.self)
        #expect(
            root == """
                programme: test
                name: { en: Test, nl: Tést }
                languages: [en, nl]
                timezone: Europe/Amsterdam
                day-start: 04:00
                units:
                  ink: { name: { en: ink, nl: inkt }, expires: 12 months }
                  loyalty: { kind: status, name: { en: loyalty, nl: trouw } }
                tiers:
                  unit: loyalty
                  levels:
                    bronze: { at: 0, name: { en: Bronze, nl: Brons } }
                    gold: { at: 100, name: { en: Gold, nl: Goud } }
                traits:
                  topics: list of topic
                  ambassador: boolean
                budgets:
                  spring: { unit: ink, per: month, amount: 1000 }
                badges:
                  voice: { name: { en: Voice, nl: Stem }, why: { en: You spoke., nl: Je sprak. } }
                webhooks:
                  crm: { url: 'https://crm.example/hooks' }

                """)
    }
}
