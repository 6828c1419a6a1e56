import Foundation
import Primitives
import TestSupport
import Testing

/// The programs of `checks/`, which know the product from outside, run against the built binary.
enum Checks {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Whether the long versions run: `./test --long`.
    static let areLong = variable("STAMGAST_LONG") == "1"
    /// Whether a check without what it needs fails instead of being skipped.
    static let areRequired = variable("STAMGAST_REQUIRE_CHECKS") == "1" || variable("STAMGAST_REQUIRE_SHARED") == "1"

    /// Whether tests of PostgreSQL run; with `STAMGAST_REQUIRE_POSTGRES=1` they fail without a server.
    static let usesPostgres = TestDatabases.postgresURI != nil || variable("STAMGAST_REQUIRE_POSTGRES") == "1"

    /// The virtual environment with the Python packages of `checks/requirements.txt`, which `./test` makes.
    static let environment: String? = {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: root + "/scripts/checks-environment")
        process.arguments = ["find"]
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let folder = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? folder.trimmingCharacters(in: .whitespacesAndNewlines) : nil
    }()

    static let chromium: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static let noEnvironment: Comment =
        "The Python packages of checks/ are not installed: scripts/checks-environment make."
    static let noChromium: Comment = "There is no chromium: apt install chromium."
    static let noPostgres: Comment = "STAMGAST_TEST_POSTGRES names no server: scripts/postgres starts one."

    private static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    /// Runs a check to its end. What it prints on standard output is shown: the counts.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], shows: Bool = true
    ) async throws -> Binary.Result {
        let process = Process()
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("STAMGAST_") }
        // Nothing of the checks is written into the checkout.
        variables["PYTHONDONTWRITEBYTECODE"] = "1"
        variables.merge(environment) { _, new in new }
        process.environment = variables
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let path = root + "/checks/" + program
        if program.hasSuffix(".py") {
            process.arguments = [Self.environment.map { $0 + "/bin/python" } ?? "python3", path] + arguments
        } else {
            process.arguments = [path] + arguments
        }
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        async let written = Binary.read(output)
        async let said = Binary.read(errors)
        let (text, complaint) = await (written, said)
        process.waitUntilExit()
        if shows { print("\(program): \(text.trimmingCharacters(in: .newlines))") }
        return Binary.Result(status: process.terminationStatus, output: text, errors: complaint)
    }

    /// A home with the programme of the demo, and an API key that may do everything.
    static func home(in folder: String, _ settings: [String] = []) async throws -> (home: String, key: String) {
        let home = folder + "/home"
        let flags = ["--home", home, "--json"] + settings.flatMap { ["--set", $0] }
        let applied = try await Binary.run(["programme", "apply", "avondpost"] + flags)
        guard applied.status == 0 else { throw Binary.Problem.ended(applied.status, applied.errors) }
        let made = try await Binary.run(["keys", "create", "--label", "checks", "--scope", "all"] + flags)
        guard let key = made.json?["key"]?.stringValue else { throw Binary.Problem.ended(made.status, made.errors) }
        return (home, key)
    }
}
