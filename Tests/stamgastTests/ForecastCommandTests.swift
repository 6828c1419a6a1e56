import Foundation
import Primitives
import Testing

/// `stamgast simulate PROGRAMME`: what a programme would do, from the command line.
@Suite struct ForecastCommandTests {
    @Test func aProgrammeIsTriedAndComparedWithoutAHome() async throws {
        try await Binary.withFolder { folder in
            let truth = folder + "/truth.ndjson"
            let run = try await Binary.run(
                "simulate", "avondpost", "--members", "60", "--days", "10", "--seed", "3", "--json", "--truth", truth)
            #expect(run.status == 0, "\(run.errors)")
            let report = try #require(run.json, "\(run.output)")
            #expect(report["members"]?.intValue == 60)
            #expect(report["units"]?.arrayValue?.compactMap { $0["unit"]?.stringValue } == ["ink", "loyalty"])
            let ink = try #require(report["units"]?[0])
            #expect(ink["issued"]?.intValue ?? 0 > 0)
            #expect(ink["over_time"]?.arrayValue?.count == 3)
            #expect(report["effect"]?["hold_out"]?["share"]?.doubleValue == 0.1)
            let lines = try String(contentsOfFile: truth, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 61)
            let again = try await Binary.run(
                "simulate", "avondpost", "--members", "60", "--days", "10", "--seed", "3", "--json")
            #expect(again.output == run.output)
        }
    }

    @Test func aDocumentInOneFileIsHeldAgainstAnother() async throws {
        try await Binary.withFolder { folder in
            let file = folder + "/small.yaml"
            try """
            --- # programme.yaml
            programme: small
            name: Small
            languages: [en]
            units:
              ink: { name: ink }
            --- # events/article.read.yaml
            event: article.read
            purpose: loyalty
            fields:
              share: { type: fraction }
            --- # rules/read.yaml
            rule: read
            trigger: article.read
            when: event.share >= 0.9
            then:
              - award: { amount: 1, unit: ink }
            why: You read.
            """.write(toFile: file, atomically: true, encoding: .utf8)
            let run = try await Binary.run(
                "simulate", file, "--against", "avondpost", "--members", "40", "--days", "5", "--json")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.json?["this"]?["programme"] == "small")
            #expect(run.json?["against"]?["programme"] == "avondpost")
            let issued = run.json?["differences"]?.arrayValue?.first { $0["name"] == "unit.ink.issued" }
            // The people are the first one's, and their reads lack what De Avondpost asks for.
            #expect(issued?["difference"]?.doubleValue ?? 0 < 0)
            let text = try await Binary.run("simulate", file, "--members", "20", "--days", "3")
            #expect(text.output.contains("What small would do for 20 people in 3 days"))
            #expect(text.output.contains("What it causes"))
            #expect(try await Binary.run("simulate", "--against", "avondpost").status != 0)
            #expect(try await Binary.run("simulate", folder + "/nothing").status != 0)
        }
    }
}
