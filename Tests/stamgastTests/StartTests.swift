import Access
import Foundation
import Hummingbird
import Loyalty
import NIOHTTP1
import Primitives
import Runtime
import Settings
import Site
import Storage
import Testing
import Vault

@testable import stamgast

/// Setting up, over real homes that are empty.
@Suite(.serialized) struct StartTests {
    private static let now = Instant(seconds: 1_795_694_400)

    private static func with(_ body: (Home, SiteAdapter) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(now))
            do {
                try await body(
                    home,
                    SiteAdapter(home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t"))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private static func session(
        _ home: Home, _ adapter: SiteAdapter, _ role: Role, _ programmes: ProgrammeSet = .all
    ) async throws -> String {
        let account = try await home.access.staff.create(
            name: "é", role: role, programmes: programmes, by: .commandLine, now: now)
        let link = try await home.access.signIn.issueLink(for: .staff(account.id), now: now)
        return try #require(try await adapter.signIn(token: link.text)).secret
    }

    private static func order(_ id: String) -> StartOrder {
        StartOrder(name: "De Krant", id: id, languages: [.nl, .en], timeZone: "Europe/Amsterdam", currency: .eur)
    }

    @Test(arguments: Role.allCases)
    func onlyOwnersAndManagersSetUp(role: Role) async throws {
        try await Self.with { home, adapter in
            #expect(try await adapter.isEmpty())
            let secret = try await Self.session(home, adapter, role)
            let founder = try await adapter.founder(session: secret)
            let maySetUp = [.owner, .manager].contains(role)
            #expect((founder != nil) == maySetUp)
            #expect(founder?.mayBegin ?? false == maySetUp)
            // Whoever may not is refused behind the page as well.
            let id = try #require(try await home.access.staff.list().first?.id)
            let claimed = Founder(staff: id.description, mayBegin: true)
            if maySetUp {
                #expect(try await adapter.begin(Self.order("krant"), with: .newspaper, for: claimed) == .begun)
                let setUp = try #require(try await adapter.founder(session: secret)?.programmes.first)
                #expect(setUp.managesAccess == (role == .owner))
            } else {
                await #expect(throws: HTTPError.self) {
                    try await adapter.begin(Self.order("krant"), with: .newspaper, for: claimed)
                }
                #expect(try await adapter.isEmpty())
            }
        }
    }

    @Test
    func aProgrammeIsBegunOnceAndASecondStandsBesideIt() async throws {
        try await Self.with { home, adapter in
            let secret = try await Self.session(home, adapter, .owner)
            let founder = try #require(try await adapter.founder(session: secret))
            for _ in 0..<2 {
                #expect(try await adapter.begin(Self.order("krant"), with: .newspaper, for: founder) == .begun)
            }
            #expect(try await adapter.begin(Self.order("krant"), with: .museum, for: founder) == .taken)
            #expect(try await adapter.isTaken(programme: "krant"))
            #expect(try await adapter.begin(Self.order("museum"), with: .museum, for: founder) == .begun)
            let both = try #require(try await adapter.founder(session: secret)).programmes
            #expect(both.map(\.programme.id.name) == ["krant", "museum"])
            let museum = try await adapter.start(for: both[1], language: .en)
            #expect(museum.version == 1 && !museum.isLaunched && !museum.hasEvents && !museum.hasLook)
            #expect(museum.sample?.type == "visit.made")
            #expect(museum.sample?.gives.map(\.count) == [20, 1], "as if it were open")
            // Staff of one of them set up that one only.
            let local = try await Self.session(
                home, adapter, .manager, .only([try #require(ProgrammeID("museum"))]))
            let manager = try #require(try await adapter.founder(session: local))
            #expect(!manager.mayBegin && manager.programmes.map(\.programme.id.name) == ["museum"])
            let stranger = SiteStaff(programme: both[0].programme, staff: manager.staff)
            await #expect(throws: HTTPError.self) { try await adapter.start(for: stranger, language: .en) }
            await #expect(throws: HTTPError.self) { try await adapter.launch(1_000, basedOn: 1, for: stranger) }
        }
    }

    @Test
    func aLaunchIsAVersionAndTheFirstPointsFollow() async throws {
        try await Self.with { home, adapter in
            let secret = try await Self.session(home, adapter, .owner)
            let founder = try #require(try await adapter.founder(session: secret))
            _ = try await adapter.begin(Self.order("krant"), with: .newspaper, for: founder)
            let staff = try #require(try await adapter.founder(session: secret)?.programmes.first)
            let programme = staff.programme.id
            let name = try #require(ExternalIdentity(.user, "ann"))
            func send(_ id: String, _ type: String) async throws -> [AppliedEffect] {
                let event = IncomingEvent(
                    source: "t", id: id, type: type, time: Self.now,
                    fields: ["item": "a-1", "share": .double(0.9), "seconds": 140])
                return try await home.engine.take(
                    [EventEnvelope(event: event, user: name, anonymous: nil)], in: programme
                ).flatMap(\.effects)
            }
            #expect(try await send("1", "article.read").isEmpty, "nobody takes part yet")
            _ = try await send("2", "artikel.gelezen")
            let heard = try await adapter.start(for: staff, language: .en)
            #expect(heard.heard.map(\.event.type) == ["artikel.gelezen", "article.read"])
            #expect(heard.heard[0].problem != nil && heard.heard[1].problem == nil && heard.hasEvents)
            #expect(heard.heard[1].looks.contains { $0.text == "You read a story to the end." })

            #expect(try await !adapter.launch(10_000, basedOn: 9, for: staff))
            #expect(try await adapter.launch(2_500, basedOn: 1, for: staff))
            #expect(try await adapter.start(for: staff, language: .en).pilot == 2_500)
            #expect(try await adapter.launch(10_000, basedOn: 2, for: staff))
            let open = try await adapter.start(for: staff, language: .en)
            #expect(open.pilot == nil && open.isLaunched && open.version == 3)
            let given = try await send("3", "article.read").filter { $0.kind == .award }
            #expect(given.map(\.subject).sorted() == ["ink", "loyalty"])
            let audit = try await home.database.read { try Audit.entries($0, programme: programme) }.map(\.entry)
            #expect(
                audit.filter { $0.action.hasPrefix("programme.") }.map(\.action) == [
                    "programme.launch", "programme.launch", "programme.begin",
                ])
        }
    }

    /// A field as a form sends it.
    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    @Test
    func anEmptyServerIsSetUpInABrowser() async throws {
        try await Binary.withFolder { folder in
            let server = try await RunningServer.start(["--home", folder + "/home"])
            let stranger = try await Browser(server.address).get("/")
            #expect(stranger.status == 200 && stranger.text.contains("Nothing here yet"))
            let link = try #require(server.ready["setup"]?.stringValue)
            let browser = Browser(server.address)
            let path = String(link.dropFirst(server.address.count))
            let door = try await browser.get(path)
            let opened = try await browser.post(
                path, form: ["csrf": try #require(door.value(after: "name=\"csrf\" value"))])
            #expect(opened.status == 303)
            #expect(try await browser.get("/console/").location == "/console/start")
            #expect(try await browser.get("/console/start").location == "/console/start/new")
            #expect(try await browser.get("/console/start/new").text.contains("Step 1 of 5"))

            let cards = try await browser.get(
                "/console/start/starter?name=De+Krant&lang-en=yes&zone=Europe/Amsterdam&currency=EUR")
            #expect(cards.status == 200, "\(cards.text.prefix(2_000))")
            let token = try #require(cards.value(after: "name=\"csrf\" value"))
            let begun = try await browser.post(
                "/console/start",
                form: [
                    "csrf": token, "starter": "newspaper", "name": "De%20Krant", "id": "de-krant", "lang-en": "yes",
                    "zone": "Europe%2FAmsterdam", "currency": "EUR", "site": "",
                ])
            #expect(begun.location == "/console/start/de-krant/event", "\(begun.text.prefix(2_000))")

            let step = try await browser.get("/console/start/de-krant/event")
            let made = try await browser.post(
                "/console/start/de-krant/event",
                form: [
                    "csrf": token, "key": try #require(step.value(after: "name=\"key\" value")), "kind": "live",
                    "site": "",
                ])
            let secret = try #require(
                made.text.firstMatch(of: /class="secret"><code>([^<]+)</).map { String($0.1) })
            func send(_ id: String, key: String) async throws -> Browser.Page {
                let event = """
                    {"specversion": "1.0", "id": "\(id)", "source": "/test", "type": "article.read",
                     "subject": "reader-1", "data": {"item": "a-1", "share": 0.9, "seconds": 140}}
                    """
                return try await browser.send(
                    .POST, "/v1/events", body: event, type: "application/cloudevents+json", key: key)
            }
            #expect(try await send("0", key: "wrong").status == 401)
            #expect(try await send("1", key: secret).text.contains("\"effects\":[]"))
            let heard = try await browser.get("/console/start/de-krant/event")
            #expect(heard.text.contains("Looked at by:") && heard.text.contains("<strong>401</strong>"))

            let look = try await browser.get("/console/start/de-krant/look")
            let dressed = try await browser.post(
                "/console/start/de-krant/look",
                form: [
                    "csrf": token, "version": try #require(look.value(after: "name=\"version\" value")), "do": "apply",
                    "accent": "%231f5f8b", "logo": "",
                ])
            #expect(dressed.location == "/console/start/de-krant/look?was=done", "\(dressed.text.prefix(3_000))")

            let launch = try await browser.get("/console/start/de-krant/launch")
            let done = try await browser.post(
                "/console/start/de-krant/launch",
                form: [
                    "csrf": token, "version": try #require(launch.value(after: "name=\"version\" value")),
                    "percent": "100",
                ])
            #expect(done.location == "/console/start/de-krant/launch")
            #expect(try await send("2", key: secret).text.contains("\"amount\":10"))
            #expect(try await browser.get("/console/").status == 200)
            #expect(await server.stop().status == 0)

            let again = try await RunningServer.start(["--home", folder + "/home"])
            #expect(again.ready["setup"] == nil, "there is a programme")
            #expect(await again.stop().status == 0)
        }
    }

    @Test
    func theLinkIsMadeAnewUntilSomebodyHasUsedIt() async throws {
        try await Self.with { home, adapter in
            let first = try #require(try await SetupLink.issue(in: home, at: ""))
            let second = try #require(try await SetupLink.issue(in: home, at: ""))
            #expect(try await home.access.staff.list().map(\.role) == [.owner], "one owner, however often it starts")
            func token(_ link: String) -> String { String(link.dropFirst("/signin/".count)) }
            #expect(try await adapter.signInOffer(token: token(first)) == nil, "the one before is void")
            #expect(try await adapter.signInOffer(token: token(second))?.programme.name == "Stamgast")
            #expect(try await adapter.signIn(token: token(second)) != nil)
            #expect(try await SetupLink.issue(in: home, at: "") == nil, "its owner is signed in")
        }
    }
}
