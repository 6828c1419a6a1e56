import Foundation
import Primitives
import TestSupport
import Testing

/// Every page of the demo, as axe-core (from PyPI's axe-playwright-python) and a browser see it.
struct AccessibilityTests {
    static let member = [
        "/m/", "/m/play", "/m/me", "/m/history", "/m/rewards", "/m/tickets", "/m/card", "/m/letters", "/m/makers",
        "/m/changes", "/m/proposals", "/m/gifts", "/m/boards", "/m/raffles", "/m/friends", "/m/games", "/m/offline",
    ]
    static let console = [
        "/console", "/console/rules", "/console/quarantine", "/console/habits", "/console/rewards",
        "/console/catalogue", "/console/jobs", "/console/books", "/console/games", "/console/raffles",
        "/console/referrals", "/console/letters", "/console/proposals", "/console/simulator", "/console/reviews",
        "/console/measures", "/console/look",
    ]
    static let open = ["/styleguide", "/counter", "/signedout", "/avondpost"]

    @Test(
        .enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment),
        .enabled(if: Checks.chromium != nil || Checks.areRequired, Checks.noChromium))
    func `no page keeps anybody out, light or dark, on a phone`() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let made = try await Binary.run("demo", "--people", "40", "--weeks", "1", "--home", home, "--json")
            #expect(made.status == 0, "\(made.errors)")
            let server = try await RunningServer.start(["--demo", "--home", home])
            let links = [server.ready["member"]?.stringValue, server.ready["console"]?.stringValue].compactMap(\.self)
            let pages = Self.member + Self.console + Self.open
            let seen = try await Checks.run(
                "browser.py",
                [folder + "/screenshots"] + pages.map { server.address + $0 } + links.flatMap { ["--sign-in", $0] }
                    + [
                        "--first", server.address + "/language/{language}?back=/robots.txt", "--sizes", "phone",
                        "--silence", "0.2", "--no-screenshots", "--axe",
                    ], shows: false)
            #expect(seen.status == 0, "\(seen.errors)")
            guard case .array(let looks)? = seen.json?["pages"] else {
                Issue.record("no pages: \(seen.output.prefix(500)) \(seen.errors)")
                _ = await server.stop()
                return
            }
            #expect(looks.count == pages.count * 2)
            #expect(await server.stop().status == 0)
        }
    }
}
