import Foundation
import NIOHTTP1
import Primitives
import TestSupport
import Testing

/// The checks from outside: programs that share no code with the product, against the built binary.
@Suite(.serialized)
struct ChecksTests {
    @Test func nothingAcknowledgedIsLostWhenTheServerIsKilled() async throws {
        try await Binary.withFolder { folder in
            let (home, key) = try await Checks.home(in: folder)
            let rounds = Checks.areLong ? 200 : 20
            let counts = try await Checks.run(
                "kill9.py",
                [
                    try Binary.path(), "--home", home, "--key", key, "--rounds", "\(rounds)", "--seed", "20260301",
                    "--longest-seconds", "1",
                ])
            #expect(counts.status == 0, "\(counts.errors)")
            #expect(counts.json?["rounds"]?.intValue == Int64(rounds))
            #expect(counts.json?["lost"]?.intValue == 0)
            #expect(counts.json?["duplicates"]?.intValue == 0)
            #expect(counts.json?["differences"]?.intValue == 0)
            #expect(counts.json?["acknowledged"]?.intValue ?? 0 > 1_000)
        }
    }

    @Test(.enabled(if: Checks.usesPostgres, Checks.noPostgres))
    func nothingAcknowledgedIsLostOnPostgreSQLEither() async throws {
        try await Self.withPostgres { folder, settings in
            let (home, key) = try await Checks.home(in: folder, settings)
            let rounds = Checks.areLong ? 50 : 5
            let counts = try await Checks.run(
                "kill9.py",
                [
                    try Binary.path(), "--home", home, "--key", key, "--rounds", "\(rounds)", "--seed", "20260302",
                    "--longest-seconds", "1", "--",
                ] + settings.flatMap { ["--set", $0] })
            #expect(counts.status == 0, "\(counts.errors)")
            #expect(counts.json?["lost"]?.intValue == 0)
            #expect(counts.json?["duplicates"]?.intValue == 0)
            #expect(counts.json?["differences"]?.intValue == 0)
        }
    }

    @Test(.enabled(if: Checks.usesPostgres, Checks.noPostgres))
    func aPausedOwnerTakesNothingAfterATakeover() async throws {
        try await Self.withPostgres { folder, settings in
            let (home, key) = try await Checks.home(in: folder, settings)
            let second = folder + "/second"
            try FileManager.default.createDirectory(atPath: second, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: home + "/keys", toPath: second + "/keys")
            let rounds = Checks.areLong ? 20 : 3
            let counts = try await Checks.run(
                "takeover.py",
                [
                    try Binary.path(), "--home", home, "--second-home", second, "--key", key,
                    "--rounds", "\(rounds)", "--seed", "20260303", "--",
                ] + settings.flatMap { ["--set", $0] })
            #expect(counts.status == 0, "\(counts.errors)")
            #expect(counts.json?["lost"]?.intValue == 0)
            #expect(counts.json?["taken_twice"]?.intValue == 0)
            #expect(counts.json?["differences"]?.intValue == 0)
            #expect(counts.json?["passed_on_by_the_paused"]?.intValue == Int64(20 * rounds))
        }
    }

    @Test func manyClaimantsGetExactlyWhatThereIs() async throws {
        try await Binary.withFolder { folder in
            try await Self.claim(in: folder, flags: [], claimants: Checks.areLong ? 50_000 : 5_000)
        }
    }

    @Test(.enabled(if: Checks.usesPostgres, Checks.noPostgres))
    func manyClaimantsGetExactlyWhatThereIsOnPostgreSQL() async throws {
        try await Self.withPostgres { folder, settings in
            try await Self.claim(
                in: folder, flags: ["--"] + settings.flatMap { ["--set", $0] },
                claimants: Checks.areLong ? 50_000 : 2_000)
        }
    }

    private static func claim(in folder: String, flags: [String], claimants: Int) async throws {
        let counts = try await Checks.run(
            "claimants.py",
            [
                try Binary.path(), "--home", folder + "/home", "--claimants", "\(claimants)", "--stock", "100",
                "--seed", "20260305",
            ] + flags)
        #expect(counts.status == 0, "\(counts.errors)")
        #expect(counts.json?["given"]?.intValue == 100)
        #expect(counts.json?["out_of_stock"]?.intValue == Int64(claimants - 100))
        #expect(counts.json?["held_after_doubt"]?.intValue == 100)
        #expect(counts.json?["differences"]?.intValue == 0)
    }

    @Test func aFullDiskCostsNothingThatWasAcknowledged() async throws {
        let counts = try await Checks.run("disk_full.py", [try Binary.path(), "--seed", "20260304"])
        if counts.status == 77 {
            print("The test of a full disk is skipped: \(counts.errors)")
            return
        }
        #expect(counts.status == 0, "\(counts.errors)")
        #expect(counts.json?["lost"]?.intValue == 0)
        #expect(counts.json?["differences"]?.intValue == 0)
        #expect(counts.json?["refused"]?.intValue ?? 0 > 0)
    }

    @Test(.enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment))
    func segmentsOwnLibraryWorksUnchanged() async throws {
        try await Binary.withFolder { folder in
            let (home, key) = try await Checks.home(in: folder)
            let server = try await RunningServer.start(["--home", home])
            let sent = try await Checks.run(
                "segment_client.py",
                [server.address, key, "--user", "reader-é", "--count", "120", "--resend", "--direct"], shows: false)
            #expect(sent.status == 0, "\(sent.errors) \(sent.output.suffix(2_000))")
            guard case .array(let messages)? = sent.json?["sent"], case .array(let requests)? = sent.json?["requests"]
            else {
                Issue.record("no messages: \(sent.output.prefix(500)) \(sent.errors)")
                _ = await server.stop()
                return
            }
            let client = Browser(server.address)
            for mode in ["batch", "gzip", "sync", "direct"] {
                let tracks = messages.filter {
                    $0["mode"]?.stringValue == mode && $0["type"]?.stringValue == "track"
                }
                #expect(tracks.count == (mode == "direct" ? 1 : 122))
                let times = try tracks.map { try #require(RFC3339.parse($0["timestamp"]?.stringValue ?? "")) }
                // The visitor's tracks are the user's since the identify; whatever was sent twice counted once.
                let member = try await client.send(
                    .GET, "/v1/members/by-external/user/" + encoded("reader-é-\(mode)"), key: key)
                #expect(member.status == 200, "\(member.text)")
                let (ink, loyalty) = Self.expected(of: times)
                #expect(balance("ink", in: member.text) == ink, "\(mode)")
                #expect(balance("loyalty", in: member.text) == loyalty, "\(mode)")
            }
            #expect(requests.contains { $0["gzip"]?.boolValue == true })
            // What counts as an event, once each; and everything but the single requests a second time.
            let events = messages.filter { ["track", "page", "screen"].contains($0["type"]?.stringValue) }
            let direct = events.count { $0["mode"]?.stringValue == "direct" }
            let metrics = try await client.send(.GET, "/metrics", key: key).text
            #expect(metrics.contains("stamgast_events_total{outcome=\"accepted\"} \(events.count)\n"))
            #expect(metrics.contains("stamgast_events_total{outcome=\"duplicate\"} \(events.count - direct)\n"))
            #expect(metrics.contains("stamgast_events_total{outcome=\"quarantined\"} 0\n"))
            print("segment_client.py: \(messages.count) messages in \(requests.count) requests, each sent twice")
            #expect(await server.stop().status == 0)
            let verified = try await Binary.run("verify", "--home", home, "--json")
            #expect(verified.json?["differences"]?.intValue == 0, "\(verified.output)")
        }
    }

    /// What De Avondpost gives one reader for stories read to the end at these times: ten points each, up to fifty a day;
    /// thirty for five stories in a week; two hundred and twenty status credits' worth for a hundred; one credit a day.
    private static func expected(of times: [Instant]) -> (ink: Int64, loyalty: Int64) {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = TimeZone(identifier: "Europe/Amsterdam") ?? .gmt
        // The reader's day begins at four.
        let moments = times.map { Date(timeIntervalSince1970: Double($0.milliseconds) / 1_000 - 4 * 3_600) }
        let days = Dictionary(grouping: moments) { calendar.startOfDay(for: $0) }.mapValues(\.count)
        let weeks = Dictionary(grouping: moments) { calendar.component(.weekOfYear, from: $0) }.mapValues(\.count)
        let hundreds: Int64 = times.count >= 100 ? 1 : 0
        let read = days.values.reduce(Int64(0)) { $0 + Int64(min(50, 10 * $1)) }
        let fives = Int64(weeks.values.count { $0 >= 5 })
        return (read + 30 * fives + 200 * hundreds, Int64(days.count) + 20 * hundreds)
    }

    private func balance(_ unit: String, in document: String) -> Int64? {
        guard let json = try? JSONValue(parsing: Array(document.utf8)), case .array(let balances)? = json["balances"]
        else { return nil }
        return balances.first { $0["unit"]?.stringValue == unit }?["spendable"]?.intValue
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }

    @Test(.enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment))
    func theServerKeepsWhatItsOpenAPIDocumentSays() async throws {
        try await Binary.withFolder { folder in
            let (home, key) = try await Checks.home(in: folder)
            let server = try await RunningServer.start(["--home", home])
            let report = try await Checks.run(
                "openapi.sh", [server.address, Checks.areLong ? "50" : "3"],
                environment: ["STAMGAST_API_KEY": key, "CHECKS_VENV": try #require(Checks.environment)], shows: false)
            #expect(report.status == 0, "\(report.output.suffix(8_000)) \(report.errors)")
            print("openapi.sh: \(report.output.split(separator: "\n").suffix(12).joined(separator: "\n"))")
            #expect(try await Browser(server.address).get("/health").status == 200)
            #expect(await server.stop().status == 0)
            let verified = try await Binary.run("verify", "--home", home, "--json")
            #expect(verified.json?["differences"]?.intValue == 0, "\(verified.output)")
        }
    }

    @Test(
        .enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment),
        .enabled(if: Checks.chromium != nil || Checks.areRequired, Checks.noChromium))
    func theMainPagesAreFineInABrowser() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let made = try await Binary.run("demo", "--people", "40", "--weeks", "1", "--home", home, "--json")
            #expect(made.status == 0, "\(made.errors)")
            let key = try #require(
                try await Binary.run(
                    "keys", "create", "--home", home, "--label", "checks", "--scope", "catalogue:write", "--scope",
                    "programme:read", "--json"
                ).json?["key"]?.stringValue)
            let server = try await RunningServer.start(["--demo", "--home", home])
            let listed = try await Browser(server.address).send(.GET, "/v1/items?limit=200", key: key)
            guard case .array(let items)? = try JSONValue(parsing: Array(listed.text.utf8))["data"] else {
                Issue.record("no items: \(listed.status) \(listed.text.prefix(500))")
                _ = await server.stop()
                return
            }
            // An item of each kind that is out.
            let now = RFC3339.format(SystemClock().now())
            var stories = try ["article", "video", "episode"].map { kind in
                let item = items.first { item in
                    item["kind"]?.stringValue == kind && item["published_at"]?.stringValue ?? "9" < now
                }
                return try #require(item?["id"]?.stringValue, "no \(kind)")
            }
            let gated = items.first { item in
                item["kind"] == "article" && item["access"] == "subscriber"
                    && item["published_at"]?.stringValue ?? "9" < now
            }
            stories.append(try #require(gated?["id"]?.stringValue, "no article with a gate"))
            let pages =
                ["/m/", "/m/history", "/m/card", "/counter", "/console", "/avondpost"]
                + stories.map { "/avondpost/" + $0 }
            let links = [server.ready["member"]?.stringValue, server.ready["console"]?.stringValue].compactMap(\.self)
            let seen = try await Checks.run(
                "browser.py",
                [folder + "/screenshots"] + pages.map { server.address + $0 } + links.flatMap { ["--sign-in", $0] }
                    + ["nl-NL", "en-GB", "ja-JP"].flatMap { ["--locale", $0] }
                    + [
                        "--first", server.address + "/language/{language}?back=/robots.txt", "--schemes", "light",
                        "--silence", "0.3", "--no-screenshots",
                    ], shows: false)
            #expect(seen.status == 0, "\(seen.errors)")
            guard case .array(let looks)? = seen.json?["pages"] else {
                Issue.record("no pages: \(seen.output.prefix(500)) \(seen.errors)")
                _ = await server.stop()
                return
            }
            #expect(looks.count == pages.count * 2 * 3)
            let problems = seen.json?["problems"]?.intValue ?? -1
            print("browser.py: \(looks.count) looks at \(pages.count) pages, \(problems) problems")
            try await weigh(server, home, reader: try #require(made.json?["reader"]?.stringValue))
            #expect(await server.stop().status == 0)
        }
    }

    @Test(
        .enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment),
        .enabled(if: Checks.chromium != nil || Checks.areRequired, Checks.noChromium))
    func aReaderAndAManagerGoTheirWaysInABrowser() async throws {
        // Every size in every language with --long; here each language and each size once for each journey.
        let ways =
            Checks.areLong
            ? [["--sizes", "phone,desktop", "--languages", "nl,en,ja"]]
            : [["--sizes", "phone", "--languages", "nl,ja"], ["--sizes", "desktop", "--languages", "en"]]
        for way in ways {
            let seen = try await Checks.run("journeys.py", [try Binary.path()] + way)
            #expect(seen.status == 0, "\(seen.output) \(seen.errors)")
            #expect(seen.json?["failed"]?.intValue == 0)
        }
    }

    @Test(
        .enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment),
        .enabled(if: Checks.chromium != nil || Checks.areRequired, Checks.noChromium))
    func aBlindTokenIsEarnedAndRedeemedAndNothingJoinsTheTwo() async throws {
        let seen = try await Checks.run("blind_tokens.py", [try Binary.path()])
        #expect(seen.status == 0, "\(seen.output) \(seen.errors)")
        #expect(seen.json?["tokens"]?.intValue == 2)
    }

    @Test func aWeekOfReadersLeavesNoPairInAnyFile() async throws {
        let week = try await Checks.run("persona_week.py", [try Binary.path(), "--seed", "20260105"])
        #expect(week.status == 0, "\(week.output.suffix(2_000)) \(week.errors)")
        #expect(week.json?["findings"] == .array([]))
        // Seven articles of one's own and the one of all, at least: the look finds what is there.
        #expect(week.json?["control"]?.intValue ?? 0 >= 8)
        guard case .array(let looks)? = week.json?["looks"] else {
            Issue.record("nothing was looked at: \(week.output.prefix(500))")
            return
        }
        #expect(looks.count == 3)
        for look in looks {
            #expect(look["member_rows"]?.intValue ?? 0 > 100)
            #expect(look["databases"]?.intValue ?? 0 >= 2)
        }
    }

    /// A member's first page is light, stands still, and waits for one style sheet.
    private func weigh(_ server: RunningServer, _ home: String, reader: String) async throws {
        let link = try await Binary.run("members", "link", "--user", reader, "--home", home, "--json")
        let weighed = try await Checks.run(
            "speed.py",
            [
                server.address, "/m/", "/m/play", "/m/rewards", "--reads", "3", "--sign-in",
                try #require(link.json?["link"]?.stringValue, "\(link.errors)"),
            ])
        #expect(weighed.status == 0, "\(weighed.errors)")
        guard case .array(let pages)? = weighed.json?["pages"] else {
            Issue.record("nothing was weighed: \(weighed.output.prefix(500))")
            return
        }
        #expect(pages.count == 3)
        for page in pages {
            let path = page["path"]?.stringValue ?? ""
            #expect((1_000..<100_000).contains(page["bytes"]?.intValue ?? 0), "\(path)")
            #expect(page["shift"]?.doubleValue == 0, "\(path)")
            #expect(page["stylesheets"]?.intValue == 1, "\(path)")
            #expect(page["uncached"] == .array([]), "\(path)")
        }
    }

    /// A folder, and the settings of a home whose databases are two schemas of the tests' PostgreSQL server.
    private static func withPostgres(_ body: (String, [String]) async throws -> Void) async throws {
        try await TestDatabases.withPostgresSchema { main in
            try await TestDatabases.withPostgresSchema { vault in
                try await Binary.withFolder { folder in
                    // Short enough not to take the test's time, long enough for a busy machine to renew it.
                    try await body(
                        folder,
                        [
                            "database=\(main)", "vault-database=\(vault)", "database-connections=4",
                            "lease-duration=4s",
                        ])
                }
            }
        }
    }
}
