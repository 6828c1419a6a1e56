import Foundation
import Primitives
import Testing

/// A starter programme as a folder.
struct ProgrammeNewCommandTests {
    @Test func aStarterIsWrittenAndItsExamplesComeOut() async throws {
        try await Binary.withFolder { folder in
            let place = folder + "/krant"
            let words = [
                "programme", "new", place, "--starter", "podcast", "--id", "krant", "--name", "De Krant", "--language",
                "nl", "--timezone", "Europe/Amsterdam",
            ]
            let made = try await Binary.run(words)
            #expect(made.status == 0, "\(made.errors)")
            #expect(try await Binary.run("programme", "test", place).status == 0)
            let check = try await Binary.run("programme", "check", place, "--json")
            #expect(check.status == 0 && check.json?["problems"] == .array([]))
            let again = try await Binary.run(words)
            #expect(again.status != 0 && again.errors.contains("is there already"))
            for (option, value) in [
                ("--starter", "bank"), ("--id", "1"), ("--language", "fr"), ("--timezone", "Mars/X"),
            ] {
                var wrong = words
                wrong[2] = folder + "/other"
                if let place = wrong.firstIndex(of: option) { wrong[place + 1] = value }
                #expect(try await Binary.run(wrong).status != 0, "\(option) \(value)")
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/other"))
        }
    }
}
