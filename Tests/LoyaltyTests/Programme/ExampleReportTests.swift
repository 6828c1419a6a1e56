import Loyalty
import Primitives
import Testing

@Suite struct ExampleReportTests {
    private static func report(_ gives: String) throws -> ExampleReport {
        ExampleReport(
            try Documents.with(
                "rules/reported.yaml",
                """
                rule: reported
                trigger: article.read
                when: event.share > 0.5
                then:
                  - award: { amount: 7, unit: ink }
                why: { en: You read., nl: Je las. }
                examples:
                  - event: { share: 0.6 }
                    gives: { amount: 7, unit: ink }
                  - event: { share: 0.4 }
                    gives: \(gives)

                """
            ).check())
    }

    @Test func examplesThatComeOutAreCounted() throws {
        let report = try Self.report("nothing")
        #expect(report.passed, "\(report.text)")
        #expect(report.text == "\(report.examples.count) examples, none failed.")
        #expect(report.json["ok"]?.boolValue == true)
        #expect(!report.junit(suite: "s").contains("<failure"))
    }

    @Test func aFailureSaysWhereItStands() throws {
        let report = try Self.report("{ amount: 7, unit: ink }")
        #expect(!report.passed)
        #expect(report.errors.isEmpty)
        let failure = try #require(report.failures.first)
        #expect(report.failures.count == 1)
        #expect(failure.path == "rules/reported.yaml" && failure.line == 10)
        #expect(
            report.text.contains(
                "rules/reported.yaml:10:\(failure.column): reported, example 2: The example gives nothing"))
        #expect(report.json["failed"]?.intValue == 1)
        let xml = report.junit(suite: "a \"b\" & <c>")
        #expect(xml.contains("<testsuite name=\"a &quot;b&quot; &amp; &lt;c&gt;\" tests=\"\(report.examples.count)\""))
        #expect(xml.contains("failures=\"1\" errors=\"0\""))
        #expect(
            xml.contains(
                "file=\"rules/reported.yaml\" line=\"10\">\n      <failure message=\"The example gives nothing"))
    }

    @Test func aDocumentWithErrorsRunsNoExampleAndFails() throws {
        let report = ExampleReport(try ProgrammeDocument(["programme.yaml": "# nothing\n"]).check())
        #expect(!report.passed && report.examples.isEmpty && !report.errors.isEmpty)
        #expect(report.text.hasSuffix("No example was run."))
        #expect(report.junit(suite: "s").contains("<error message="))
    }
}
