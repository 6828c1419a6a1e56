import Foundation
import Primitives
import Testing

/// The commands of an operator, through the binary.
@Suite(.serialized)
struct CommandTests {
    @Test func settingsSayWhereTheyCameFrom() async throws {
        try await Binary.withFolder { home in
            try "listen-port: 9001\nbody-limit: 2MiB\n".write(
                toFile: home + "/stamgast.yaml", atomically: true, encoding: .utf8)
            let shown = try await Binary.run(
                "config", "show", "--home", home, "--json", "--set", "log-level=debug",
                environment: ["STAMGAST_LISTEN_PORT": "9002", "STAMGAST_LOG_LEVEL": "error"])
            guard case .array(let entries)? = shown.json else {
                Issue.record("no list: \(shown.output) \(shown.errors)")
                return
            }
            func entry(_ name: String) -> JSONValue? { entries.first { $0["name"]?.stringValue == name } }
            #expect(entry("log-level")?["value"]?.stringValue == "debug")
            #expect(entry("log-level")?["origin"]?.stringValue == "--log-level")
            #expect(entry("listen-port")?["value"]?.stringValue == "9002")
            #expect(entry("listen-port")?["origin"]?.stringValue == "STAMGAST_LISTEN_PORT")
            #expect(entry("body-limit")?["origin"]?.stringValue?.hasSuffix("stamgast.yaml:2") == true)
            #expect(entry("listen-address")?["origin"]?.stringValue == "default")
        }
    }

    @Test func anUnknownSettingFailsWithTheNearestOne() async throws {
        try await Binary.withFolder { home in
            let shown = try await Binary.run("config", "show", "--home", home, "--set", "listen-prot=1")
            #expect(shown.status != 0)
            #expect(shown.errors.contains("listen-port"))
        }
    }

    @Test func aSharedDatabaseWithAVaultOfItsOwnIsRefused() async throws {
        try await Binary.withFolder { folder in
            let refused = try await Binary.run(
                "keys", "list", "--home", folder + "/home", "--set", "database=postgres://nowhere.invalid/main")
            #expect(refused.status != 0)
            #expect(refused.errors.contains("Put `vault-database` on PostgreSQL as well"), "\(refused.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/home/vault.sqlite"), "nothing was made")
        }
    }

    @Test func firstRunMakesKeysThatOnlyTheOwnerReads() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let applied = try await Binary.run("programme", "apply", "avondpost", "--home", home, "--json")
            #expect(applied.status == 0, "\(applied.errors)")
            for name in ["vault", "index", "pseudonym", "claim", "session"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: home + "/keys/\(name).key")
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            }
            try FileManager.default.removeItem(atPath: home + "/keys/vault.key")
            let refused = try await Binary.run("verify", "--home", home)
            #expect(refused.status != 0)
            #expect(refused.errors.contains("vault.key"), "\(refused.errors)")
        }
    }

    @Test func keysAreMadeListedAndRevoked() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            _ = try await Binary.run("programme", "apply", "avondpost", "--home", home)
            let made = try await Binary.run(
                "keys", "create", "--home", home, "--label", "shop", "--scope", "events:write", "--json")
            let id = try #require(made.json?["id"]?.stringValue)
            #expect(made.json?["key"]?.stringValue?.hasPrefix("sg_live_") == true)
            let refused = try await Binary.run(
                "keys", "create", "--home", home, "--label", "page", "--publishable", "--scope", "console")
            #expect(refused.status != 0)
            #expect(try await Binary.run("keys", "revoke", id, "--home", home).status == 0)
            #expect(try await Binary.run("keys", "revoke", "nothing", "--home", home).status != 0)
            let listed = try await Binary.run("keys", "list", "--home", home, "--json")
            guard case .array(let keys)? = listed.json else {
                Issue.record("no list: \(listed.output)")
                return
            }
            #expect(keys.count == 1)
            #expect(keys.first?["revoked_at"]?.stringValue != nil)
            #expect(try await Binary.run("keys", "rotate", "vault", "--home", home).status == 0)
            #expect(try await Binary.run("keys", "rotate", "claim", "--home", home).status != 0)
            #expect(try await Binary.run("verify", "--home", home).status == 0)
        }
    }

    @Test func aRestoredHomeIsTheSameHome() async throws {
        try await Binary.withFolder { folder in
            let (home, copy, again) = (folder + "/home", folder + "/backup", folder + "/again")
            let made = try await Binary.run("demo", "--people", "20", "--weeks", "1", "--home", home, "--json")
            #expect(made.status == 0, "\(made.errors)")
            let before = try await Binary.run("verify", "--home", home, "--json").json?["checked"]
            #expect(try await Binary.run("backup", copy, "--home", home).status == 0)
            #expect(!FileManager.default.fileExists(atPath: copy + "/keys"))
            #expect(try await Binary.run("backup", copy, "--home", home).status != 0, "never written over")
            #expect(try await Binary.run("restore", copy, "--home", home).status != 0, "not into a home with data")
            let withoutKeys = try await Binary.run("restore", copy, "--home", again)
            #expect(withoutKeys.status != 0)
            #expect(withoutKeys.errors.contains("keys"))
            let restored = try await Binary.run(
                "restore", copy, "--home", again, "--keys", home + "/keys", "--json")
            #expect(restored.status == 0, "\(restored.errors)")
            #expect(restored.json?["differences"]?.intValue == 0)
            #expect(try await Binary.run("verify", "--home", again, "--json").json?["checked"] == before)
            let server = try await RunningServer.start(["--demo", "--home", again])
            #expect(await server.stop().status == 0)
        }
    }

    @Test func aProgrammeIsCheckedComparedAppliedAndExported() async throws {
        try await Binary.withFolder { folder in
            let (home, source) = (folder + "/home", folder + "/programme")
            #expect(try await Binary.run("programme", "export", "avondpost", source, "--home", home).status == 0)
            #expect(try await Binary.run("programme", "check", source).status == 0)
            let first = try await Binary.run("programme", "apply", source, "--home", home, "--json")
            #expect(first.json?["version"]?.intValue == 1, "\(first.errors)")
            let same = try await Binary.run("programme", "apply", source, "--home", home, "--json")
            #expect(same.json?["changed"]?.boolValue == false)
            let rule = source + "/rules/heard-out.yaml"
            let text = try String(contentsOfFile: rule, encoding: .utf8)
            let award = try #require(text.range(of: "amount: 12,"))
            try text.replacingCharacters(in: award, with: "amount: 13,")
                .write(toFile: rule, atomically: true, encoding: .utf8)
            // The examples still say 12.
            #expect(try await Binary.run("programme", "check", source).status == 1)
            try text.replacingOccurrences(of: "amount: 36", with: "amount: 48")
                .write(toFile: rule, atomically: true, encoding: .utf8)
            let different = try await Binary.run("programme", "diff", source, "--home", home)
            #expect(different.status == 1)
            #expect(different.output.contains("heard-out"))
            let outdated = try await Binary.run(
                "programme", "apply", source, "--home", home, "--based-on", "0", "--json")
            #expect(outdated.status == 1)
            let second = try await Binary.run("programme", "apply", source, "--home", home, "--json")
            #expect(second.json?["version"]?.intValue == 2, "\(second.errors)")
            try "then: [".write(toFile: rule, atomically: true, encoding: .utf8)
            let broken = try await Binary.run("programme", "check", source, "--json")
            #expect(broken.status == 1)
            #expect(broken.output.contains("rules/heard-out.yaml"))
        }
    }

    @Test func theSameArgumentsSimulateTheSameEvents() async throws {
        let first = try await Binary.run("simulate", "--people", "20", "--days", "2", "--seed", "7")
        let second = try await Binary.run("simulate", "--people", "20", "--days", "2", "--seed", "7")
        #expect(first.status == 0)
        #expect(!first.output.isEmpty)
        #expect(first.output == second.output)
    }
}
