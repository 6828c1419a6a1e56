import Access
import Foundation
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Storage
import Testing
import Vault

@testable import stamgast

/// The console's field for conditions over a real home, without a server.
@Suite struct ExpressionAdapterTests {
    private static let now = Instant(seconds: 1_795_694_400)
    private static let reading: Set<Role> = [.owner, .manager, .editor, .analyst, .privacyOfficer, .serviceAgent]
    private static let seeing: Set<Role> = [.owner, .manager, .privacyOfficer, .serviceAgent]

    private static func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("regulars")), name: Loyalty.LocalizedText([.en: "Regulars"]),
            timeZone: "Europe/Amsterdam", units: [Unit(id: "ink")])
        programme.events = [
            EventType(
                id: "visit", keep: [.personal: .days(30)],
                fields: [.init(id: "points", type: .integer), .init(id: "place", type: .text)])
        ]
        programme.languages = [.en]
        return programme
    }

    private func with(_ body: (Home, SiteAdapter, ProgrammeID) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            do {
                let programme = try Self.programme()
                try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
                let adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
                for number in 1...6 {
                    let name = try #require(ExternalIdentity(.user, "é\(number)"))
                    func visit(_ id: String) async throws {
                        let event = IncomingEvent(
                            source: "t", id: "\(number)-\(id)", type: "visit", time: Self.now,
                            fields: ["points": .integer(Int64(number)), "place": "cellar-é"])
                        _ = try await home.engine.take(
                            [EventEnvelope(event: event, user: name, anonymous: nil)], in: programme.id)
                    }
                    // The first makes the member, below the level of which events are kept.
                    try await visit("a")
                    let member = try #require(try await home.engine.identities.find(name, programme: programme.id))
                    _ = try await home.engine.perform(
                        .profile(ProfileChange(level: .personal)), member: member, in: programme.id)
                    try await visit("b")
                }
                try await body(home, adapter, programme.id)
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private func staff(_ role: Role, _ home: Home, _ adapter: SiteAdapter, _ id: ProgrammeID) async throws -> SiteStaff
    {
        let account = try await home.access.staff.create(
            name: "é", role: role, programmes: .all, by: .commandLine, now: Self.now)
        return SiteStaff(programme: try #require(adapter.face(of: id)), staff: account.id.description)
    }

    @Test(arguments: Role.allCases)
    func `who may read the programme may write conditions, and few are not counted out`(role: Role) async throws {
        try await with { home, adapter, id in
            let person = try await staff(role, home, adapter, id)
            let draft = ExpressionDraft(.rule, event: "visit", text: "event.points > 2", cursor: 6)
            guard Self.reading.contains(role) else {
                await #expect(throws: HTTPError.self) { try await adapter.expressionEvents(for: person) }
                await #expect(throws: HTTPError.self) {
                    try await adapter.expression(draft, for: person, language: .en)
                }
                await #expect(throws: HTTPError.self) { try await adapter.matches(of: draft, for: person) }
                return
            }
            #expect(try await adapter.expressionEvents(for: person).first == "visit")
            let sheet = try #require(try await adapter.expression(draft, for: person, language: .en))
            #expect(sheet.type == "bool" && sheet.problems.isEmpty)
            #expect(sheet.completions.contains { $0.label == "points" } && sheet.replaced == 6..<12)
            // Four members match: few.
            guard case .matches(let few) = try await adapter.matches(of: draft, for: person) else {
                Issue.record("no matches")
                return
            }
            let sees = Self.seeing.contains(role)
            #expect(few.days.count == 7 && few.days.last?.all == 6 && few.isWhole)
            #expect(few.days.last?.matched == (sees ? 4 : nil))
            #expect(few.examples.count == (sees ? 4 : 0))
            var wider = draft
            wider.text = "event.points > 1"
            guard case .matches(let many) = try await adapter.matches(of: wider, for: person) else {
                Issue.record("no matches")
                return
            }
            #expect(many.days.last?.matched == 5 && many.examples.count == 5)
            #expect(many.examples.allSatisfy { ($0.when.minute ?? 1) % 60 == 0 })
            #expect(!String(describing: many).contains("cellar"))
        }
    }

    @Test func `what cannot be looked for is said`() async throws {
        try await with { home, adapter, id in
            let person = try await staff(.owner, home, adapter, id)
            func find(_ kind: ExpressionKind, _ event: String?, _ text: String) async throws -> ExpressionFinding {
                try await adapter.matches(of: ExpressionDraft(kind, event: event, text: text), for: person)
            }
            #expect(try await find(.rule, "page", "true") == .notKept)
            #expect(try await find(.rule, "visit", "event.") == .unusable)
            #expect(try await find(.rule, "gone", "true") == .unusable)
            #expect(try await find(.job, nil, "true") == .unusable)
            #expect(try await find(.amount, "visit", "event.points") == .unusable)
            let gone = ExpressionDraft(.rule, event: "gone", text: "true")
            #expect(try await adapter.expression(gone, for: person, language: .en) == nil)
            let job = ExpressionDraft(.job, text: "member.pausd")
            let sheet = try #require(try await adapter.expression(job, for: person, language: .nl))
            #expect(sheet.problems.first?.fix == "paused" && sheet.problems.first?.range == 7..<12)
        }
    }
}
