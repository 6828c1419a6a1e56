import Access
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Loyalty
import NIOCore
import Primitives
import Runtime
import Settings
import Site
import Storage
import TestSupport
import Testing
import Vault

@testable import stamgast

/// The service desk, second persons, and what each role may open in the console, over a real home.
@Suite struct ServiceAdapterTests {
    private static let now = Instant(seconds: 1_795_694_400)
    private static let canary = "canary-question"
    private static let answering: Set<Role> = [.owner, .manager, .serviceAgent]
    private static let correcting: Set<Role> = [.owner, .manager]

    private static func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
            timeZone: "Europe/Amsterdam", units: [Unit(id: "ink")])
        programme.events = [EventType(id: "visit", fields: [.init(id: "points", type: .integer)])]
        programme.rules = [
            Rule(id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "ink")])
        ]
        programme.languages = [.en]
        return programme
    }

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var programme: ProgrammeID
        var ann: SiteMember
        var bob: SiteMember

        func staff(_ role: Role, _ name: String = "é") async throws -> SiteStaff {
            let account = try await home.access.staff.create(
                name: name, role: role, programmes: .all, by: .commandLine, now: now)
            return SiteStaff(programme: ann.programme, staff: account.id.description)
        }

        func audit(_ action: String) async throws -> [AuditEntry] {
            let programme = programme
            return try await home.database.read { try Audit.entries($0, programme: programme) }
                .map(\.entry).filter { $0.action == action }
        }

        func spendable() async throws -> Int64? {
            try await home.engine.summary(of: ann.member, in: programme)?.balances.first?.spendable
        }
    }

    private func with(limit: String = "100", _ body: (Stage) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home", "correction-approval-limit": limit]),
                environment: [:], clock: FixedClock(Self.now))
            do {
                let programme = try Self.programme()
                try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
                let adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
                let face = try #require(adapter.face(of: programme.id))
                var people: [SiteMember] = []
                for user in ["ann", "bob"] {
                    let name = try #require(ExternalIdentity(.user, user))
                    let event = IncomingEvent(
                        source: "t", id: user, type: "visit", time: Self.now, fields: ["points": 40])
                    _ = try await home.engine.take(
                        [EventEnvelope(event: event, user: name, anonymous: nil)], in: programme.id)
                    let member = try #require(try await home.engine.identities.find(name, programme: programme.id))
                    people.append(SiteMember(programme: face, member: member))
                }
                try await body(
                    Stage(home: home, adapter: adapter, programme: programme.id, ann: people[0], bob: people[1]))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private static func key(_ letter: Character) -> String { String(repeating: letter, count: 32) }

    private func refuses(_ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            return false
        } catch let error as HTTPError {
            return error.status == .forbidden
        } catch {
            return false
        }
    }

    private func dumps(_ home: Home) async throws -> String {
        let main = try await home.database.read { try LogicalDump.lines($0) }
        let vault = try await home.vaultDatabase.read { try LogicalDump.lines($0) }
        return (main + vault).joined(separator: "\n")
    }

    private func export(_ member: SiteMember, _ adapter: SiteAdapter) async throws -> String {
        var (bytes, place, parts): ([UInt8], String?, Int) = ([], nil, 0)
        repeat {
            let part = try #require(try await adapter.export(of: member, after: place, language: .en))
            bytes += part.bytes
            place = part.next
            parts += 1
        } while place != nil && parts < 100
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: The service desk

    @Test func aMemberAsksAboutALineAndAnAgentAnswersWithItAtHand() async throws {
        try await with { stage in
            let adapter = stage.adapter
            let line = try #require(
                try await adapter.history(of: stage.ann, after: nil, language: .en)?.lines.first?.id)
            #expect(try await adapter.help(of: stage.ann, about: line, language: .en).line?.id == line)
            #expect(try await adapter.help(of: stage.bob, about: line, language: .en).line == nil)
            let question = HelpQuestion(subject: "Points", text: Self.canary, line: line)
            guard case .done(let id) = try await adapter.ask(question, for: stage.ann, key: Self.key("a")) else {
                Issue.record("the question was not taken")
                return
            }
            #expect(try await adapter.question(id, of: stage.bob, language: .en) == nil)
            #expect(
                try await adapter.write("x", inQuestion: id, for: stage.bob, key: Self.key("b")) == .over)
            let agent = try await stage.staff(.serviceAgent, "Noor")
            let queue = try await adapter.serviceQueue(.open, for: agent, language: .en)
            #expect(queue.entries.map(\.id) == [id] && queue.figures == nil && queue.entries[0].isAboutLine)
            #expect(try await adapter.step(.take, question: id, for: agent))
            let found = try #require(try await adapter.serviceCase(id, for: agent, language: .en))
            #expect(found.isMine && found.takenBy == "Noor" && found.conversation.line?.id == line)
            #expect(found.member?.holdings.map(\.spendable) == [40] && found.member?.entries.isEmpty == false)
            #expect(found.conversation.subject == "Points")
            for isNote in [false, true] {
                for _ in 0..<2 {
                    #expect(
                        try await adapter.answer(
                            isNote ? "Note" : "Answer", isNote: isNote, question: id, for: agent,
                            key: Self.key(isNote ? "c" : "d")) == .done(id))
                }
            }
            #expect(try await adapter.today(of: stage.ann, language: .en).newAnswers == 1)
            #expect(try await adapter.letters(of: stage.ann, after: nil, language: .en)?.newAnswers == 1)
            let own = try #require(try await adapter.question(id, of: stage.ann, language: .en))
            #expect(own.messages.map(\.text) == [Self.canary, "Answer"])
            #expect(own.messages.allSatisfy { $0.name == nil })
            #expect(try await adapter.today(of: stage.ann, language: .en).newAnswers == 0)
            let log = try await stage.home.vault.persons.accessLog(of: stage.ann.member, programme: stage.programme)
            #expect(log.contains { $0.actor == "staff:" + agent.staff && $0.fields == ["conversation"] })
            let entries = try await stage.audit("service.answer")
            #expect(entries.allSatisfy { $0.object == "question:" + id } && !entries.isEmpty)
            #expect(!"\(entries)".contains(stage.ann.member.description))
            let manager = try await stage.staff(.manager)
            #expect(try await adapter.serviceQueue(.answered, for: manager, language: .en).figures != nil)

            // The export has all of it, the member's own and nobody else's; erased, nothing opens any more.
            let text = try await export(stage.ann, adapter)
            let document = try #require(try JSONValue(parsing: Array(text.utf8)).objectValue)
            let questions = try #require(document["questions"]?.arrayValue)
            #expect(questions.count == 1 && text.contains(Self.canary) && text.contains("\"from\":\"note\""))
            #expect(try await !export(stage.bob, adapter).contains(Self.canary))
            #expect(try await adapter.ownData(of: stage.ann, language: .en).counts[.questions] == 3)
            #expect(try await !dumps(stage.home).contains(Self.canary), "words are sealed")
            try await adapter.erase(stage.ann)
            #expect(try await adapter.serviceCase(id, for: agent, language: .en) == nil)
            let after = try await dumps(stage.home)
            let rows = after.split(separator: "\n").filter { line in
                ["service_message ", "kept_text "].contains { line.hasPrefix($0) } && line.contains("=")
            }
            #expect(rows == [])
        }
    }

    @Test(arguments: Role.allCases)
    func whoMayAnswerAndWhoMayAgree(role: Role) async throws {
        try await with { stage in
            let (adapter, staff) = (stage.adapter, try await stage.staff(role))
            guard
                case .done(let id) = try await adapter.ask(
                    HelpQuestion(text: "x"), for: stage.ann, key: Self.key("a"))
            else { return }
            let answers = Self.answering.contains(role)
            #expect(
                await refuses { _ = try await adapter.serviceQueue(.open, for: staff, language: .en) } == !answers)
            #expect(await refuses { _ = try await adapter.serviceCase(id, for: staff, language: .en) } == !answers)
            #expect(await refuses { _ = try await adapter.step(.take, question: id, for: staff) } == !answers)
            #expect(
                await refuses {
                    _ = try await adapter.answer("x", isNote: false, question: id, for: staff, key: Self.key("b"))
                } == !answers)
            let corrects = Self.correcting.contains(role)
            #expect(await refuses { _ = try await adapter.approvals(for: staff, language: .en) } == !corrects)
            #expect(
                await refuses {
                    _ = try await adapter.decide("x", agrees: true, because: "x", for: staff, language: .en)
                } == !corrects)
        }
    }

    // MARK: Second persons

    @Test func aLargeCorrectionWaitsForSomebodyElseAndIsMadeOnce() async throws {
        try await with { stage in
            let (adapter, id) = (stage.adapter, stage.ann.member.description)
            let (asker, other) = (try await stage.staff(.manager, "Noor"), try await stage.staff(.owner, "Bo"))
            func ask(_ amount: Int64, _ key: Character) async throws -> PointsOutcome? {
                try await adapter.adjust(
                    PointsOrder(unit: "ink", amount: amount, reason: "Paid twice, é"), of: id, for: asker,
                    key: Self.key(key), language: .en)
            }
            #expect(try await ask(100, "a") == .done, "as much as the limit is nobody else's matter")
            #expect(try await ask(101, "b") == .waits)
            #expect(try await ask(101, "b") == .waits, "the same form again")
            #expect(try await ask(102, "b") == .keyUsed)
            guard case .tooFew(let left) = try await ask(-141, "c") else {
                Issue.record("more was asked for than there is")
                return
            }
            #expect(left.count == 140)
            #expect(try await stage.spendable() == 140)
            let desk = try await adapter.approvals(for: asker, language: .en)
            #expect(desk.limit == 100 && desk.waiting.map(\.isOwn) == [true])
            let request = try #require(desk.waiting.first?.id)
            func decide(_ agrees: Bool, _ staff: SiteStaff, _ id: String) async throws -> ApprovalOutcome {
                try await adapter.decide(id, agrees: agrees, because: "Seen", for: staff, language: .en)
            }
            #expect(try await decide(true, asker, request) == .ownRequest)
            #expect(try await stage.spendable() == 140)
            async let one = decide(true, other, request)
            async let two = decide(true, other, request)
            let both = try await [one, two]
            #expect(both.contains(.carriedOut) && both.allSatisfy { [.carriedOut, .over].contains($0) }, "\(both)")
            #expect(try await decide(true, other, request) == .over)
            #expect(try await stage.spendable() == 241, "a double click pays once")
            let entries = try await stage.audit("points.adjust").filter { $0.after?.contains("agreed_by") == true }
            #expect(entries.count == 1 && entries.first?.actor.description == "staff:" + other.staff)
            #expect(entries.first?.after?.contains("staff:" + asker.staff) == true)
            #expect(try await stage.audit("points.ask").count == 1)
            let page = try #require(try await adapter.consoleMember(id, after: nil, for: other, language: .en))
            #expect(page.requests.map(\.state) == [.carriedOut])
            #expect(page.requests.first?.askedBy == "Noor" && page.requests.first?.decidedBy == "Bo")
            #expect(page.entries.compactMap(\.note) == ["Paid twice, é", "Paid twice, é"])
            let history = try await adapter.history(of: stage.ann, after: nil, language: .en)?.lines
            #expect(history?.contains { $0.effect == .earned(Amount(101, page.requests[0].change.unit)) } == true)

            // Refused, nothing happens; what cannot be carried out waits on.
            #expect(try await ask(-200, "d") == .waits)
            #expect(try await ask(-201, "e") == .waits)
            let waiting = try await adapter.approvals(for: other, language: .en).waiting
            let (less, more) = (
                try #require(waiting.first { $0.change.count == -200 }),
                try #require(waiting.first { $0.change.count == -201 })
            )
            #expect(try await decide(false, other, less.id) == .refused)
            #expect(try await decide(true, other, less.id) == .over)
            #expect(try await stage.spendable() == 241)
            #expect(
                try await adapter.adjust(
                    PointsOrder(unit: "ink", amount: -100, reason: "x"), of: id, for: asker, key: Self.key("f"),
                    language: .en) == .done)
            guard case .tooFew(let rest) = try await decide(true, other, more.id) else {
                Issue.record("more was taken than there is")
                return
            }
            #expect(rest.count == 141)
            #expect(try await adapter.approvals(for: other, language: .en).waiting.map(\.id) == [more.id])
            try await adapter.erase(stage.ann)
            #expect(try await adapter.approvals(for: other, language: .en).waiting.isEmpty)
            #expect(try await decide(true, other, more.id) == .over)
        }
    }

    // MARK: What each role may open

    struct QuietSource: RequestContextSource {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }

    struct QuietContext: RequestContext {
        typealias Source = QuietSource

        var coreContext: CoreRequestContextStorage

        init(source: QuietSource) { coreContext = .init(source: source) }
    }

    /// With a programme that has something on every page.
    private func withDemo(_ body: (Home, SiteAdapter) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            do {
                _ = try await home.install(demo: "avondpost")
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

    /// Every page of the console that stands in the routes' source.
    private static func pages() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Site/Routes", directoryHint: .isDirectory)
        var pages: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/router\.get\("(/console[^"]*)"/#) {
                pages.insert(String(match.1).replacing(#/\{[a-z]+\}/#, with: "x"))
            }
        }
        return pages.sorted()
    }

    /// Everybody of the console but the service desk's people.
    private static let office: Set<Role> = [.owner, .manager, .editor, .analyst, .privacyOfficer]

    /// Who may open what. A page that is not here is no page for the desk's people, nor for who leads people: what comes
    /// later is closed to them until somebody decides.
    private static let table: [String: Set<Role>] = [
        "/console": office.union([.serviceAgent]),
        "/console/rules": office, "/console/quarantine": office, "/console/books": office, "/console/jobs": office,
        "/console/raffles": office, "/console/catalogue": office, "/console/games": office,
        "/console/rewards": office.union([.serviceAgent]),
        "/console/choice": office,
        "/console/measures": office.union([.teamLead]),
        "/console/members": [.owner, .manager, .privacyOfficer, .serviceAgent],
        "/console/members/x": [.owner, .manager, .privacyOfficer, .serviceAgent],
        "/console/reviews": [.owner, .manager, .privacyOfficer],
        "/console/reviews/devices": [.owner, .manager, .privacyOfficer],
        "/console/service": answering, "/console/service/x": answering,
        "/console/approvals": correcting,
        "/console/audit": [.owner, .manager, .privacyOfficer],
        "/console/keys": [.owner], "/console/staff": [.owner],
        "/console/privacy": [.owner, .privacyOfficer], "/console/privacy/requests/x": [.owner, .privacyOfficer],
        "/console/privacy/records": [.owner, .privacyOfficer], "/console/privacy/breach": [.owner, .privacyOfficer],
    ]

    @Test(arguments: Role.allCases)
    func eachRoleOpensItsPagesAndItsMenuLeadsToThemOnly(role: Role) async throws {
        let pages = try Self.pages()
        for page in Self.table.keys { #expect(pages.contains(page), "there is no \(page) any more") }
        try await withDemo { home, adapter in
            let site = try StamgastSite(
                data: adapter, configuration: SiteConfiguration(origin: "http://localhost", language: .en),
                key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)), passes: home.access.passes,
                clock: FixedClock(Self.now), random: { home.random.id() })
            let router = Router(context: QuietContext.self)
            site.addRoutes(to: router)
            let responder = router.buildResponder()
            let account = try await home.access.staff.create(
                name: "é", role: role, programmes: .all, by: .commandLine, now: Self.now)
            let link = try await home.access.signIn.issueLink(for: .staff(account.id), now: Self.now)
            let session = try await home.access.signIn.redeemLink(link, now: Self.now).token.text
            func open(_ path: String) async throws -> Response {
                let head = HTTPRequest(
                    method: .get, scheme: "http", authority: "localhost", path: path,
                    headerFields: [.cookie: "stamgast-staff=" + session])
                return try await responder.respond(
                    to: Request(head: head, body: RequestBody(buffer: ByteBuffer())),
                    context: QuietContext(source: QuietSource()))
            }
            // Streams do not end, and the way in and one's own account are everybody's.
            let own = ["/console/account", "/console/signin"]
            for page in pages where !page.hasSuffix("/live") && !own.contains(where: { page.hasPrefix($0) }) {
                let status = try await open(page).status
                switch role {
                // No console at all: their page is the counter.
                case .clerk: #expect(status == .seeOther, "\(page)")
                default:
                    if let roles = Self.table[page] {
                        #expect((status == .forbidden) == !roles.contains(role), "\(page): \(status.code)")
                    } else if [.serviceAgent, .teamLead].contains(role) {
                        #expect(status == .forbidden, "\(page): \(status.code)")
                    }
                    #expect(status.code < 500, "\(page): \(status.code)")
                }
            }
            guard role != .clerk else { return }
            let start =
                switch role {
                case .teamLead: "/console/measures"
                case .serviceAgent: "/console/service"
                default: "/console"
                }
            let html = try await body(of: open(start))
            let links = Set(html.matches(of: #/href="(/console[^"?]*)"/#).map { String($0.1) })
            #expect(!links.isEmpty)
            // The mark leads to the console's first page, which is not a team lead's.
            for link in links where role != .teamLead || link != "/console/" {
                #expect(try await open(link).status.code < 400, "the menu leads to \(link)")
            }
        }
    }

    private func body(of response: Response) async throws -> String {
        let writer = Collecting()
        try await response.body.write(writer)
        return writer.text
    }

    /// What a response writes.
    private final class Collecting: ResponseBodyWriter {
        var text = ""

        func write(_ buffer: ByteBuffer) async throws { text += String(buffer: buffer) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
