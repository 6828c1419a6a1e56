import Foundation
import Primitives
import Testing

@Suite struct ProgrammeTestCommandTests {
    @Test func examplesAreRunAndReported() async throws {
        try await Binary.withFolder { folder in
            let source = folder + "/programme"
            let home = folder + "/home"
            #expect(try await Binary.run("programme", "export", "avondpost", source, "--home", home).status == 0)
            let good = try await Binary.run("programme", "test", source, "--json")
            #expect(good.status == 0, "\(good.errors)")
            #expect(good.json?["failed"]?.intValue == 0)
            let rule = source + "/rules/heard-out.yaml"
            let text = try String(contentsOfFile: rule, encoding: .utf8)
            // The award, which comes first; the example still says 12.
            let award = try #require(text.range(of: "amount: 12,"))
            try text.replacingCharacters(in: award, with: "amount: 13,")
                .write(toFile: rule, atomically: true, encoding: .utf8)
            let report = folder + "/results.xml"
            let failed = try await Binary.run("programme", "test", source, "--junit", report)
            #expect(failed.status == 1)
            #expect(failed.output.contains("rules/heard-out.yaml:"))
            #expect(try String(contentsOfFile: report, encoding: .utf8).contains("<failure message="))
            try "then: [".write(toFile: rule, atomically: true, encoding: .utf8)
            let broken = try await Binary.run("programme", "test", source)
            #expect(broken.status == 1)
            #expect(broken.output.contains("No example was run."))
        }
    }
}
