import Foundation
import NIOHTTP1
import Primitives
import Testing

/// What only a browser shows: the counter with its camera and scanners, and the widget on a page of another site.
struct CounterBrowserTests {
    private static func demo(
        in folder: String, _ body: (_ home: String, _ server: RunningServer) async throws -> Void
    ) async throws {
        let home = folder + "/home"
        let made = try await Binary.run("demo", "--people", "40", "--weeks", "1", "--home", home, "--json")
        #expect(made.status == 0, "\(made.errors)")
        let server = try await RunningServer.start(["--demo", "--home", home])
        do {
            try await body(home, server)
        } catch {
            _ = await server.stop()
            throw error
        }
        #expect(await server.stop().status == 0)
    }

    @Test(
        .enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment),
        .enabled(if: Checks.chromium != nil || Checks.areRequired, Checks.noChromium))
    func `a clerk scans with a camera and with a scanner that types`() async throws {
        try await Binary.withFolder { folder in
            try await Self.demo(in: folder) { home, server in
                let clerk = try await Binary.run(
                    "staff", "create", "--name", "Clerk", "--role", "clerk", "--home", home, "--json")
                #expect(clerk.status == 0, "\(clerk.errors)")
                let seen = try await Checks.run(
                    "counter.py",
                    [
                        server.address, "--clerk", try #require(clerk.json?["link"]?.stringValue), "--member",
                        try #require(server.ready["member"]?.stringValue),
                    ], shows: false)
                #expect(seen.status == 0, "\(seen.output) \(seen.errors)")
                #expect(seen.json?["steps"]?.intValue == 5)
            }
        }
    }

    @Test(
        .enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment),
        .enabled(if: Checks.chromium != nil || Checks.areRequired, Checks.noChromium))
    func `widget and gate work on a plain page of another site`() async throws {
        try await Binary.withFolder { folder in
            try await Self.demo(in: folder) { home, server in
                let key = try #require(
                    try await Binary.run(
                        "keys", "create", "--home", home, "--label", "checks", "--scope", "catalogue:write",
                        "--scope", "programme:read", "--json"
                    ).json?["key"]?.stringValue)
                let listed = try await Browser(server.address).send(.GET, "/v1/items?limit=200", key: key)
                guard case .array(let items)? = try JSONValue(parsing: Array(listed.text.utf8))["data"] else {
                    Issue.record("no items: \(listed.status) \(listed.text.prefix(500))")
                    return
                }
                let now = RFC3339.format(SystemClock().now())
                func article(_ access: JSONValue?) throws -> String {
                    let item = items.first { item in
                        item["kind"] == "article" && item["published_at"]?.stringValue ?? "9" < now
                            && (access == nil || item["access"] == access)
                    }
                    return server.address + "/avondpost/" + (try #require(item?["id"]?.stringValue))
                }
                let seen = try await Checks.run(
                    "plain_page.py",
                    [
                        try article(nil), try article("subscriber"), "--sign-in",
                        try #require(server.ready["member"]?.stringValue),
                    ], shows: false)
                #expect(seen.status == 0, "\(seen.output) \(seen.errors)")
                #expect(seen.json?["looks"]?.intValue == 4)
            }
        }
    }
}
