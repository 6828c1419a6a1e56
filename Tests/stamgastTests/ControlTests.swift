import Foundation
import NIOHTTP1
import Primitives
import Testing

@testable import stamgast

/// Commands on a home that a server has open: the server carries them out, and they answer as they always do.
@Suite(.serialized)
struct ControlTests {
    @Test func commandsOnARunningHomeAreCarriedOutByItsServer() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let source = folder + "/programme"
            #expect(try await Binary.run("programme", "export", "avondpost", source).status == 0)
            let server = try await RunningServer.start(["--home", home, "--set", "body-limit=3MiB"])
            let socket = try FileManager.default.attributesOfItem(atPath: home + "/control.sock")
            #expect((socket[.posixPermissions] as? NSNumber)?.intValue == 0o600)

            let applied = try await Binary.run("programme", "apply", source, "--home", home, "--json")
            #expect(applied.json?["version"]?.intValue == 1, "\(applied.errors)")
            #expect(applied.json?["changed"]?.boolValue == true)
            #expect(try await Binary.run("programme", "diff", source, "--home", home).status == 0)
            // The running server has it in force at once.
            let made = try await Binary.run(
                "keys", "create", "--home", home, "--label", "é", "--scope", "all", "--json")
            let key = try #require(made.json?["key"]?.stringValue, "\(made.errors)")
            let event = """
                {"specversion":"1.0","id":"1","source":"/t","type":"comment.posted","subject":"a","data":{"item":"x"}}
                """
            let answer = try await Browser(server.address).send(
                .POST, "/v1/events", body: event, type: "application/cloudevents+json", key: key)
            #expect(answer.status == 200, "\(answer.text)")

            // A relative path is the caller's.
            let rule = source + "/rules/heard-out.yaml"
            let text = try String(contentsOfFile: rule, encoding: .utf8)
            try text.replacingOccurrences(of: "amount: 12,", with: "amount: 13,")
                .replacingOccurrences(of: "amount: 36", with: "amount: 48")
                .write(toFile: rule, atomically: true, encoding: .utf8)
            let different = try await Binary.run(["programme", "diff", "programme", "--home", home], in: folder)
            #expect(different.status == 1)
            #expect(different.output.contains("heard-out"))
            let second = try await Binary.run(
                ["programme", "apply", "programme", "--home", "home", "--json"], in: folder)
            #expect(second.json?["version"]?.intValue == 2, "\(second.errors)")

            let shown = try await Binary.run("config", "show", "--home", home, "--json")
            let limit = shown.json?.arrayValue?.first { $0["name"]?.stringValue == "body-limit" }
            #expect(limit?["value"]?.stringValue == "3MiB", "the server's settings, not this process's")

            let lines = try await Binary.run("simulate", "--people", "40", "--days", "2")
            try lines.output.write(toFile: folder + "/e.ndjson", atomically: true, encoding: .utf8)
            let imported = try await Binary.run(
                ["import", "events", "e.ndjson", "--home", "home", "--json"], in: folder)
            #expect((imported.json?["accepted"]?.intValue ?? 0) > 20, "\(imported.errors)")

            let verified = try await Binary.run("verify", "--home", home, "--json")
            #expect(verified.status == 0)
            #expect(verified.json?["differences"]?.intValue == 0)
            #expect(try await Binary.run(["backup", "copy", "--home", "home"], in: folder).status == 0)
            #expect(FileManager.default.fileExists(atPath: folder + "/copy/main.sqlite"))
            #expect(try await Binary.run(["backup", "copy", "--home", "home"], in: folder).status == 64)

            // Errors come back as they are without a server.
            let unknown = try await Binary.run("keys", "revoke", "nothing", "--home", home)
            #expect(unknown.status == 64)
            #expect(unknown.errors.contains("no key 'nothing'"))
            // What needs the home alone says so.
            let rotated = try await Binary.run("keys", "rotate", "vault", "--home", home)
            #expect(rotated.status == 75)
            #expect(rotated.errors.contains("in use by a running server"))
            let restored = try await Binary.run("restore", folder + "/copy", "--home", home)
            #expect(restored.status == 64)
            #expect(restored.errors.contains("A running server has the home"))
            let other = try await Binary.run("serve", "--home", home, "--port", "0")
            #expect(other.status == 75)
            #expect(other.errors.contains("in use by process \(server.process.processIdentifier)"))

            #expect(await server.stop().status == 0)
            #expect(!FileManager.default.fileExists(atPath: home + "/control.sock"))
            #expect(try await Binary.run("keys", "list", "--home", home).status == 0)
        }
    }

    @Test func aHomeWithALongPathHasItsSocketAllTheSame() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/" + String(repeating: "long-", count: 20) + "/home"
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
            let server = try await RunningServer.start(["--home", home])
            #expect(FileManager.default.fileExists(atPath: home + "/control.sock"))
            #expect(try await Binary.run("programme", "apply", "avondpost", "--home", home).status == 0)
            #expect(try await Binary.run("keys", "list", "--home", home).status == 0)
            #expect(await server.stop().status == 0)
        }
    }

    @Test func aServerThatDiedLeavesNothingInTheWay() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let server = try await RunningServer.start(["--home", home])
            kill(server.process.processIdentifier, SIGKILL)
            _ = await server.stop()
            #expect(FileManager.default.fileExists(atPath: home + "/control.sock"))
            #expect(try await Binary.run("programme", "apply", "avondpost", "--home", home).status == 0)
            let again = try await RunningServer.start(["--home", home])
            #expect(try await Binary.run("keys", "list", "--home", home).status == 0)
            #expect(await again.stop().status == 0)
        }
    }

    @Test func linesOfTheProtocolAreReadAsTheyAreWritten() throws {
        let request = ControlRequest(arguments: ["keys", "list", "--home", "é"], folder: "/a b")
        #expect(ControlRequest(line: request.line) == request)
        for reply in [
            ControlReply.output("a\nb"), .note("é"), .progress(done: 1, total: 2, what: "events"), .exit(65),
        ] {
            #expect(ControlReply(line: reply.line) == reply)
            #expect(reply.line.filter { $0 == 0x0A }.count == 1)
        }
        for line in [
            "", "{}", "[]", "keys list", #"{"version":2,"folder":"/","arguments":[]}"#,
            #"{"version":1,"folder":"/","arguments":[1]}"#,
        ] {
            #expect(ControlRequest(line: Array(line.utf8)) == nil)
        }
        var cutter = LineCutter(longest: 4)
        #expect(try cutter.add(Array("ab".utf8)).isEmpty)
        #expect(try cutter.add(Array("c\nd\n\ne".utf8)) == [Array("abc".utf8), Array("d".utf8), []])
        #expect(throws: LineCutter.TooLong.self) { try cutter.add(Array("12345".utf8)) }
    }
}
