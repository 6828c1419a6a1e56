import Foundation
import Testing

@testable import Settings

@Suite struct ConfigurationTests {
    @Test func nearerWins() throws {
        let file = try ConfigurationFile(
            path: "home/stamgast.yaml", text: "listen-port: 1\nlog-level: debug\ndatabase-connections: 3\n")
        let configuration = try Configuration(
            flags: ["listen-port": "3"], environment: ["STAMGAST_LISTEN_PORT": "2", "STAMGAST_LOG_LEVEL": "error"],
            file: file)
        #expect(configuration[.listenPort] == 3)
        #expect(configuration.origin(of: .listenPort) == .flag("--listen-port"))
        #expect(configuration[.logLevel] == .error)
        #expect(configuration.origin(of: .logLevel) == .environment("STAMGAST_LOG_LEVEL"))
        #expect(configuration[.databaseConnections] == 3)
        #expect(configuration.origin(of: .databaseConnections) == .file(path: "home/stamgast.yaml", line: 3))
        #expect(configuration[.shutdownGrace] == .seconds(30))
        #expect(configuration.origin(of: .shutdownGrace) == .standard)
    }

    @Test(
        arguments: [
            (
                ["listen-prot": "1"], [:], "",
                "--listen-prot: there is no setting `listen-prot`. Did you mean `listen-port`?"
            ),
            (
                [:], ["STAMGAST_LISTENPORT": "1"], "",
                "STAMGAST_LISTENPORT: there is no setting `STAMGAST_LISTENPORT`. Did you mean `STAMGAST_LISTEN_PORT`?"
            ),
            ([:], [:], "x:\n  y: 1\n", "h/stamgast.yaml:1: there is no setting `x`."),
            (
                [:], [:], "\nbody-limt: 1MiB",
                "h/stamgast.yaml:2: there is no setting `body-limt`. Did you mean `body-limit`?"
            ),
            (
                ["listen-port": "70000"], [:], "",
                "--listen-port: `listen-port` expects a whole number from 0 to 65535. `70000` is not it."
            ),
            (
                [:], [:], "home: elsewhere",
                "h/stamgast.yaml:1: `home` cannot stand in the configuration file; use the flag or the environment."
            ),
            (
                ["vault-key": "AAAA"], [:], "",
                "--vault-key: `vault-key` is a secret; give it in the environment variable STAMGAST_VAULT_KEY."
            ),
            ([:], [:], "- a", "h/stamgast.yaml:1: expected `setting: value` on each line."),
            ([:], [:], "demo: true\ndemo: false\n", "h/stamgast.yaml:1: a name stands twice in one mapping."),
            (
                [:], [:], "database-connections: [1, 2]",
                "h/stamgast.yaml:1: `database-connections` needs one plain value."
            ),
            (
                ["database": "sqlite:one", "vault-database": "sqlite:one"], [:], "",
                "`database` and `vault-database` are the same; the vault needs a database of its own."
            ),
        ] as [([String: String], [String: String], String, String)])
    func refusesWithASentence(
        flags: [String: String], environment: [String: String], file: String, sentence: String
    ) {
        do {
            let file = try ConfigurationFile(path: "h/stamgast.yaml", text: file)
            _ = try Configuration(flags: flags, environment: environment, file: file)
            Issue.record("accepted")
        } catch {
            #expect("\(error)" == sentence)
        }
    }

    @Test func environmentOfOthersIsLeftAlone() throws {
        let configuration = try Configuration(environment: [
            "PATH": "/bin", "STAMGAST_SHARED": "/data", "STAMGAST_TEST_POSTGRES": "postgres://x",
            "STAMGAST_PORT": "tcp://10.0.0.1:80", "STAMGAST_SERVICE_HOST": "10.0.0.1",
            "STAMGAST_PORT_8080_TCP_ADDR": "10.0.0.1",
        ])
        #expect(configuration.given.isEmpty)
    }

    @Test func secretsAndPasswordsAreNeverPrinted() throws {
        let configuration = try Configuration(
            flags: ["database": "postgres://anna:hunter2@db/stamgast?sslpassword=hunter2"],
            environment: ["STAMGAST_VAULT_KEY": "hunter2"])
        let shown = configuration.entries.map { "\($0.name)=\($0.value ?? "") \($0.origin)" }.joined(separator: "\n")
        #expect(!shown.contains("hunter2"))
        #expect(shown.contains("database=postgres://…@db/stamgast --database"))
        #expect(shown.contains("vault-key=(set) STAMGAST_VAULT_KEY"))
        #expect(configuration[.database] == .postgres(uri: "postgres://anna:hunter2@db/stamgast?sslpassword=hunter2"))
        #expect(throws: ConfigurationProblem.self) { try Configuration(flags: ["database": "mysql://a:hunter2@b"]) }
        do {
            _ = try Configuration(flags: ["database": "mysql://a:hunter2@b"])
        } catch {
            #expect(!"\(error)".contains("hunter2"))
        }
    }

    @Test func jsonAndYAMLSayTheSame() throws {
        let json = try Configuration(
            file: ConfigurationFile(
                path: "stamgast.json", text: #"{"demo": true, "retention": {"a.b": "30d", "c": 0}}"#))
        let yaml = try Configuration(
            file: ConfigurationFile(path: "stamgast.yaml", text: "demo: true\nretention:\n  a.b: 30d\n  c: 0\n"))
        #expect(json[.demo] && yaml[.demo])
        #expect(json[.retention] == RetentionOverrides(["a.b": .seconds(30 * 86_400), "c": .zero]))
        #expect(json[.retention] == yaml[.retention])
    }

    @Test(
        arguments: [
            ("0", Duration.zero), ("90s", .seconds(90)), ("30m", .seconds(1_800)), ("72h", .seconds(259_200)),
            ("14d", .seconds(1_209_600)), ("5", nil), ("-5s", nil), ("+5s", nil), ("5 s", nil), ("s", nil), ("", nil),
            ("9223372036854775807d", nil), ("1.5h", nil), ("5S", nil),
        ] as [(String, Duration?)])
    func durations(text: String, expected: Duration?) {
        #expect(Amount.duration(text) == expected)
    }

    @Test(
        arguments: [
            ("4096", 4_096), ("512KiB", 524_288), ("4MiB", 4_194_304), ("4MB", nil), ("-1", nil), ("", nil),
            ("KiB", nil),
            ("9223372036854775807GiB", nil),
        ] as [(String, Int?)])
    func sizes(text: String, expected: Int?) {
        #expect(Amount.bytes(text) == expected)
    }

    @Test(
        arguments: [
            ("https://regulars.example.org/", "https://regulars.example.org"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("ftp://x", nil), ("https://", nil), ("https:///x", nil), ("https://a b", nil), ("https://a?b", nil),
            ("https://user@host", nil), ("javascript:alert(1)", nil),
        ] as [(String, String?)])
    func webAddresses(text: String, expected: String?) throws {
        let parsed = try? Configuration(flags: ["public-url": text])[.publicAddress]
        #expect(parsed == expected)
    }

    @Test func everyDefaultIsAValidValue() {
        for setting in Settings.all {
            if let text = setting.defaultText { #expect(setting.accepts(text), "\(setting.name)") }
        }
        #expect(Settings.byName.count == Settings.all.count)
        #expect(Settings.byVariable.count == Settings.all.count)
    }

    @Test func homeIsKnownBeforeTheFile() {
        #expect(Configuration.home(flags: [:], environment: [:]) == "home")
        #expect(Configuration.home(flags: [:], environment: ["STAMGAST_HOME": "/srv/a"]) == "/srv/a")
        #expect(Configuration.home(flags: ["home": "b"], environment: ["STAMGAST_HOME": "/srv/a"]) == "b")
    }

    @Test func fileOfTheHomeIsFound() throws {
        let home = NSTemporaryDirectory() + "stamgast-settings-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: home) }
        #expect(try Configuration.load(flags: ["home": home], environment: [:])[.databaseConnections] == 8)
        try Data(#"{"database-connections": 2}"#.utf8).write(to: URL(filePath: home + "/stamgast.json"))
        #expect(try Configuration.load(flags: ["home": home], environment: [:])[.databaseConnections] == 2)
        #expect(try Configuration.load(flags: [:], environment: ["STAMGAST_HOME": home])[.databaseConnections] == 2)
        try Data([0x77, 0xFF]).write(to: URL(filePath: home + "/stamgast.json"))
        #expect(throws: ConfigurationProblem.self) {
            try Configuration.load(flags: ["home": home], environment: [:])
        }
    }

    @Test func referencePageIsCurrent() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appending(path: "docs/reference/configuration.md")
        if ProcessInfo.processInfo.environment["STAMGAST_TEST_RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: page.deletingLastPathComponent(), withIntermediateDirectories: true)
            try ConfigurationReference.markdown().write(to: page, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: page, encoding: .utf8)
        #expect(written == ConfigurationReference.markdown(), "run the tests with STAMGAST_TEST_RECORD=1")
    }
}
