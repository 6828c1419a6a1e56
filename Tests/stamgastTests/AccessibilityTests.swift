import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import TestSupport
import Testing

/// Every page of the demo, as axe-core (from PyPI's axe-playwright-python) and a browser see it.
struct AccessibilityTests {
    static let member = [
        "/m/", "/m/play", "/m/me", "/m/me/privacy", "/m/me/data", "/m/me/style", "/m/me/help", "/m/me/erase",
        "/m/me/sessions",
        "/m/history", "/m/rewards", "/m/tickets", "/m/card", "/m/letters", "/m/makers",
        "/m/me/subjects", "/m/me/year",
        "/m/changes", "/m/proposals", "/m/gifts", "/m/boards", "/m/raffles", "/m/friends", "/m/games", "/m/offline",
    ]
    static let console = [
        "/console/integrations",
        "/console/programme", "/console/programme/document", "/console/programme/versions",
        "/console/programme/versions/1", "/console/programme/new?kind=rule",
        "/console/programme/entry?file=rules%2Fcurious-reader.yaml",
        "/console/start", "/console/start/new", "/console/start/avondpost/event", "/console/start/avondpost/look",
        "/console/start/avondpost/launch",
        "/console/recommendations",
        "/console", "/console/rules", "/console/quarantine", "/console/habits", "/console/rewards",
        "/console/choice",
        "/console/expression?kind=rule&type=article.read&when=event.shaer+%3E+0.5",
        "/console/catalogue", "/console/jobs", "/console/books", "/console/games", "/console/raffles",
        "/console/referrals", "/console/letters", "/console/proposals", "/console/simulator", "/console/reviews",
        "/console/measures", "/console/look", "/console/account", "/console/members",
        "/console/privacy", "/console/privacy/records", "/console/privacy/breach",
        "/console/service", "/console/approvals", "/console/audit", "/console/keys", "/console/staff",
    ]
    static let open =
        ["/styleguide", "/console/signin", "/counter", "/signedout", "/goodbye", "/avondpost"] + doors
    static let doors = ["/signin", "/signin?sent=yes", "/demo/mail"]

    /// The member with the longest history: their page in the console shows most.
    private static func busiest(_ path: String) async throws -> MemberID {
        let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
        let home = try await Home.open(
            try Configuration(flags: ["home": path]), environment: [:], clock: FixedClock(now))
        do {
            let programme = try #require(try await home.programmes().first)
            let store = LoyaltyStore(programme: programme)
            var found: (member: MemberID, lines: Int)?
            for member in try await home.database.read({ try store.memberPage(after: nil, limit: 50, $0) }) {
                let lines = try await home.engine.history(of: member, in: programme, limit: 200).count
                if lines > found?.lines ?? -1 { found = (member, lines) }
            }
            await home.close()
            return try #require(found).member
        } catch {
            await home.close()
            throw error
        }
    }

    /// A webhook and a question, which the demo has none of; the addresses of their pages.
    private static func additions(at address: String, home: String, reader: String) async throws -> [String] {
        func signedIn(_ command: [String]) async throws -> Browser {
            let made = try await Binary.run(command + ["--home", home, "--json"])
            let link = try #require(made.json?["link"]?.stringValue, "\(made.errors)")
            let browser = Browser(address)
            let door = try await browser.get(link)
            let token = try #require(door.value(after: "name=\"csrf\" value"))
            let opened = try await browser.post(link, form: ["csrf": token])
            #expect(opened.status == 303)
            return browser
        }
        let owner = try await signedIn(["staff", "create", "--name", "Second", "--role", "owner"])
        let desk = try await owner.get("/console/integrations")
        let made = try await owner.post(
            "/console/integrations",
            form: [
                "csrf": try #require(desk.value(after: "name=\"csrf\" value")), "id": "mailer",
                "url": "https%3A%2F%2Fmailer.example%2Fhook",
            ])
        #expect(made.status == 200, "\(made.text.prefix(2_000))")
        let member = try await signedIn(["members", "link", "--user", reader])
        let help = try await member.get("/m/me/help")
        let asked = try await member.post(
            "/m/me/help",
            form: [
                "csrf": try #require(help.value(after: "name=\"csrf\" value")),
                "key": try #require(help.value(after: "name=\"key\" value")), "subject": "points", "text": "Waarom%3F",
            ])
        let question = try #require(asked.location, "\(asked.text.prefix(2_000))")
        let line = try #require(
            try await owner.get("/console/service").text.firstMatch(of: /\/console\/service\/[0-9a-f-]+/))
        return ["/console/integrations/mailer", question, String(line.0)]
    }

    @Test(
        .enabled(if: Checks.environment != nil || Checks.areRequired, Checks.noEnvironment),
        .enabled(if: Checks.chromium != nil || Checks.areRequired, Checks.noChromium))
    func `no page keeps anybody out, light or dark, on a phone`() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let made = try await Binary.run("demo", "--people", "40", "--weeks", "1", "--home", home, "--json")
            #expect(made.status == 0, "\(made.errors)")
            let member = try await Self.busiest(home)
            let server = try await RunningServer.start(["--demo", "--home", home])
            // The demo's own account is a manager, who sees neither keys nor staff.
            let owner = try await Binary.run(
                "staff", "create", "--name", "Owner", "--role", "owner", "--home", home, "--json")
            #expect(owner.status == 0, "\(owner.errors)")
            let links = [server.ready["member"]?.stringValue, owner.json?["link"]?.stringValue].compactMap(\.self)
            let more = try await Self.additions(
                at: server.address, home: home, reader: try #require(made.json?["reader"]?.stringValue))
            let pages = Self.member + Self.console + Self.open + ["/console/members/\(member)"] + more
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
