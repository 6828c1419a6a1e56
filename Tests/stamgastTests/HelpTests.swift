import ArgumentParser
import Foundation
import Testing

@testable import stamgast

/// The reference of the command line is what `--help` says: written from it, and held against it.
@Suite struct HelpTests {
    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/reference/command-line.md").path

    @Test func theReferenceSaysWhatHelpSays() throws {
        let written = CommandReference.text
        if ProcessInfo.processInfo.environment["STAMGAST_TEST_RECORD"] == "1" {
            try written.write(toFile: Self.path, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOfFile: Self.path, encoding: .utf8)
        #expect(
            kept == written,
            "docs/reference/command-line.md is out of date: STAMGAST_TEST_RECORD=1 swift test --filter HelpTests")
    }

    @Test func everyCommandTeaches() {
        for command in CommandReference.commands where command.configuration.subcommands.isEmpty {
            let help = Stamgast.helpMessage(for: command, columns: 100)
            #expect(!command.configuration.abstract.isEmpty, "\(command) says nothing")
            #expect(help.contains("\n  stamgast "), "\(command) has no example")
        }
    }

    @Test func helpIsAnsweredAndAWrongOptionIsRefused() async throws {
        let help = try await Binary.run("import", "csv", "--help")
        #expect(help.status == 0)
        #expect(help.output.contains("--mapping"))
        let wrong = try await Binary.run("import", "csv", "--mappping", "x")
        #expect(wrong.status == ExitStatus.usage.rawValue)
        #expect(wrong.output.isEmpty && wrong.errors.contains("--mapping"))
    }
}
