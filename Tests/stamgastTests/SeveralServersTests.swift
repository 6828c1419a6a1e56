import Foundation
import NIOHTTP1
import Primitives
import Synchronization
import TestSupport
import Testing

/// Two server processes on one PostgreSQL database: whichever is asked, the owner of the programme answers.
@Suite(.serialized)
struct SeveralServersTests {
    @Test(.enabled(if: Checks.usesPostgres, Checks.noPostgres))
    func anyServerMayBeAskedAnything() async throws {
        try await Self.withTwoServers { servers in
            // Each programme is the only one's of exactly one server, and both servers take events of both.
            for (number, programme) in servers.programmes.enumerated() {
                for (place, server) in [servers.first, servers.second].enumerated() {
                    let answer = try await Self.event(
                        "\(number)-\(place)", at: server, key: programme.key)
                    #expect(answer.status == 200, "\(answer.text)")
                    #expect(answer.text.contains("\"accepted\""))
                    let again = try await Self.event("\(number)-0", at: server, key: programme.key)
                    #expect(again.text.contains("\"duplicate\""))
                }
                let shown = try await [servers.first, servers.second].asyncMap { server in
                    try await Browser(server.address).send(
                        .GET, "/v1/members/by-external/user/lezer-%C3%A9", key: programme.key
                    ).text
                }
                #expect(shown[0] == shown[1])
                #expect(shown[0].contains("\"balances\""))
            }
            let commits = try await [servers.first, servers.second].asyncMap { server in
                try await Self.commits(server, key: servers.programmes[0].key)
            }
            #expect(commits.allSatisfy { $0 > 0 }, "both servers own a programme and write: \(commits)")
        }
    }

    /// Who may take over is judged by the database's clock: a server that is an hour ahead sees nobody's lease as expired.
    @Test(.enabled(if: Checks.usesPostgres, Checks.noPostgres))
    func aServerWhoseClockIsAheadTakesNoMoreThanItsShare() async throws {
        try await Self.withTwoServers(secondAheadSeconds: 3_600) { servers in
            let key = servers.programmes[0].key
            let before = try await [servers.first, servers.second].asyncMap { try await Self.commits($0, key: key) }
            for number in 0..<5 {
                for programme in servers.programmes {
                    let answer = try await Self.event("ahead-\(number)", at: servers.first, key: programme.key)
                    #expect(answer.status == 200, "\(answer.text)")
                }
            }
            let after = try await [servers.first, servers.second].asyncMap { try await Self.commits($0, key: key) }
            #expect(zip(before, after).allSatisfy { $0 < $1 }, "both own a programme: \(before), then \(after)")
        }
    }

    /// What is passed on comes back as it is: redirects are the browser's to follow, and its cookies are set.
    @Test(.enabled(if: Checks.usesPostgres, Checks.noPostgres))
    func pagesArePassedOnAsTheyAre() async throws {
        try await Self.withTwoServers { servers in
            for server in [servers.first, servers.second] {
                let browser = Browser(server.address)
                for programme in servers.programmes {
                    let made = try await Browser(server.address).send(
                        .GET, "/v1/programme", key: programme.key)
                    #expect(made.status == 200, "\(made.text.prefix(200))")
                }
                #expect(try await browser.get("/m/").status == 401)
                #expect(try await browser.get("/no/such/page").status == 404)
            }
        }
    }

    /// A server that is told to stop gives its programmes away first: nobody who asks the other notices.
    @Test(.enabled(if: Checks.usesPostgres, Checks.noPostgres))
    func aServerThatStopsIsNotMissed() async throws {
        try await Self.withTwoServers { servers in
            let asked = Counter()
            let asking = Task {
                var statuses: [Int] = []
                while statuses.count < 400 {
                    for programme in servers.programmes {
                        statuses.append(
                            try await Self.event("stop-\(statuses.count)", at: servers.second, key: programme.key)
                                .status)
                    }
                    asked.value.withLock { $0 = statuses.count }
                }
                return statuses
            }
            // In the middle of it.
            while asked.value.withLock({ $0 }) < 100 { await Task.yield() }
            #expect(await servers.first.stop().status == 0)
            #expect(asked.value.withLock { $0 } < 400, "it stopped too late to be missed")
            // Both programmes are the other's now, at once and not when a lease has run out.
            for programme in servers.programmes {
                let answer = try await Self.event("after", at: servers.second, key: programme.key)
                #expect(answer.status == 200, "\(answer.text)")
            }
            let statuses = try await asking.value
            let refused = statuses.filter { $0 != 200 }
            print("asked \(statuses.count) times while a server stopped, \(refused.count) refused")
            #expect(refused.allSatisfy { $0 == 503 })
            #expect(refused.count <= 20, "\(refused.count) of \(statuses.count)")
        }
    }

    // MARK: Support

    private final class Counter: Sendable {
        let value = Mutex(0)
    }

    struct Servers {
        var first: RunningServer
        var second: RunningServer
        var programmes: [(name: String, key: String)]
    }

    private static func event(_ id: String, at server: RunningServer, key: String) async throws -> Browser.Page {
        try await Browser(server.address).send(
            .POST, "/v1/events",
            body: #"{"specversion":"1.0","id":"\#(id)","source":"/test","type":"visit","subject":"lezer-é"}"#,
            type: "application/cloudevents+json", key: key)
    }

    private static func commits(_ server: RunningServer, key: String) async throws -> Int {
        let text = try await Browser(server.address).send(.GET, "/metrics", key: key).text
        let line = text.split(separator: "\n").first { $0.hasPrefix("stamgast_commits_total ") }
        return line.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
    }

    private static func withTwoServers(
        secondAheadSeconds: Int = 0, _ body: (Servers) async throws -> Void
    ) async throws {
        try await TestDatabases.withPostgresSchema { main in
            try await TestDatabases.withPostgresSchema { vault in
                try await Binary.withFolder { folder in
                    let settings = [
                        "database=\(main)", "vault-database=\(vault)", "database-connections=4", "lease-duration=4s",
                    ].flatMap { ["--set", $0] }
                    let home = folder + "/first"
                    var programmes: [(name: String, key: String)] = []
                    for name in ["post", "radio"] {
                        try write(name, to: folder + "/" + name)
                        let applied = try await Binary.run(
                            ["programme", "apply", folder + "/" + name, "--home", home, "--json"] + settings)
                        #expect(applied.status == 0, "\(applied.errors)")
                        let made = try await Binary.run(
                            [
                                "keys", "create", "--label", "test", "--scope", "all", "--programme", name, "--home",
                                home,
                                "--json",
                            ] + settings)
                        programmes.append((name, try #require(made.json?["key"]?.stringValue, "\(made.errors)")))
                    }
                    let other = folder + "/second"
                    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
                    try FileManager.default.copyItem(atPath: home + "/keys", toPath: other + "/keys")
                    let first = try await RunningServer.start(["--home", home] + settings)
                    let second = try await RunningServer.start(
                        ["--home", other] + settings
                            + (secondAheadSeconds == 0 ? [] : ["--clock-ahead", String(secondAheadSeconds)]))
                    // The second one has its share when the first has seen it.
                    while try await commits(second, key: programmes[0].key) == 0 {
                        for programme in programmes {
                            _ = try await event("warm-\(UUID().uuidString)", at: second, key: programme.key)
                        }
                    }
                    let result: Result<Void, any Error>
                    do {
                        result = .success(
                            try await body(Servers(first: first, second: second, programmes: programmes)))
                    } catch { result = .failure(error) }
                    for server in [first, second] where server.process.isRunning {
                        #expect(await server.stop().status == 0)
                    }
                    try result.get()
                    let verified = try await Binary.run(["verify", "--home", home, "--json"] + settings)
                    #expect(verified.json?["differences"]?.intValue == 0, "\(verified.errors)")
                }
            }
        }
    }

    private static func write(_ name: String, to folder: String) throws {
        let files = [
            "programme.yaml": "programme: \(name)\nname: \(name)\nlanguages: [en]\nunits:\n  ink: { name: ink }\n",
            "events/visit.yaml": "event: visit\nfields: {}\n",
            "rules/visited.yaml":
                "rule: visited\ntrigger: visit\nthen:\n  - award: { amount: 5, unit: ink }\nwhy: You came.\n",
        ]
        for (path, text) in files {
            let url = URL(fileURLWithPath: folder + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var result: [T] = []
        for element in self { result.append(try await transform(element)) }
        return result
    }
}
