import Access
import Catalogue
import Foundation
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Testing
import Vault

@testable import stamgast

/// The pages' port over a real home, without a server.
@Suite struct SiteAdapterTests {
    private static let now = Instant(seconds: 1_795_694_400)

    private static func programme() throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
            timeZone: "Europe/Amsterdam", units: [Unit(id: "loyalty", kind: .status)],
            tiers: TierLadder(
                unit: "loyalty",
                tiers: [.init(id: "silver", at: 10), .init(id: "gold", at: 30), .init(id: "platinum", at: 90)]))
        programme.events = [EventType(id: "visit", fields: [.init(id: "points", type: .integer)])]
        programme.rules = [
            Rule(id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "loyalty")])
        ]
        programme.languages = [.en]
        programme.signers = [Signer(id: "anna", name: "Anna Vos", writers: ["Anna"])]
        programme.occasions = [
            Occasion(
                id: "day", moment: .birthday, isByHand: true, signers: ["anna"],
                message: LocalizedText([.en: "Dear reader,"]))
        ]
        return programme
    }

    private func with(_ body: (Home, SiteAdapter, ProgrammeID) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            let programme = try Self.programme()
            try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let adapter = SiteAdapter(
                home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
            do {
                try await body(home, adapter, programme.id)
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private func visit(_ id: String, points: Int64) -> EventEnvelope {
        EventEnvelope(
            event: IncomingEvent(
                source: "t", id: id, type: "visit", time: Self.now, fields: ["points": .integer(points)]),
            user: ExternalIdentity(.user, "ann"), anonymous: nil)
    }

    @Test func whoHasGoldIsOfferedWhatIsForSilver() async throws {
        try await with { home, adapter, programme in
            let drafts = ["silver", "gold", "platinum"].map { tier in
                var draft = ItemDraft(id: tier, title: ["en": tier])
                draft.access = "tier:\(tier)"
                draft.publishedAt = Self.now.adding(milliseconds: -86_400_000)
                return draft
            }
            _ = try await home.catalogue.store.putItems(programme, drafts, now: Self.now)
            _ = try await home.engine.take([visit("1", points: 40)], in: programme)
            let name = try #require(ExternalIdentity(.user, "ann"))
            let member = try #require(try await home.engine.identities.find(name, programme: programme))
            let face = try #require(adapter.face(of: programme))
            let today = try await adapter.today(of: SiteMember(programme: face, member: member), language: .en)
            #expect(Set(today.suggestions.map(\.item.id)) == ["silver", "gold"])
        }
    }

    @Test(arguments: Role.allCases)
    func takingFromQuarantineNeedsMoreThanLooking(role: Role) async throws {
        try await with { home, adapter, programme in
            let bad = EventEnvelope(
                event: IncomingEvent(source: "t", id: "1", type: "unheard.of", time: Self.now, fields: [:]),
                user: ExternalIdentity(.user, "ann"), anonymous: nil)
            _ = try await home.engine.take([bad], in: programme)
            let account = try await home.access.staff.create(
                name: "é", role: role, programmes: .all, by: .commandLine, now: Self.now)
            let staff = SiteStaff(
                programme: try #require(adapter.face(of: programme)), staff: account.id.description)
            let page = try #require(try await adapter.quarantine(for: staff, after: nil, language: .en))
            let entry = try #require(page.entries.first)
            let may = [.owner, .manager].contains(role)
            #expect(page.mayReplay == may)
            if may {
                #expect(try await adapter.replay(entry.id, for: staff) == .refused, "still undeclared")
            } else {
                await #expect(throws: HTTPError.self) { try await adapter.replay(entry.id, for: staff) }
            }
            try await home.access.staff.disable(account.id, by: .commandLine, now: Self.now)
            await #expect(throws: HTTPError.self) { try await adapter.replay(entry.id, for: staff) }
        }
    }

    /// An editor who may change nothing else writes for whom they are named; a manager who may change all of it does not.
    @Test func onlyWhoIsNamedWritesInASignersName() async throws {
        try await with { home, adapter, programme in
            _ = try await home.engine.take([visit("1", points: 1)], in: programme)
            let name = try #require(ExternalIdentity(.user, "ann"))
            let member = try #require(try await home.engine.identities.find(name, programme: programme))
            _ = try await home.engine.perform(.human(.birthday), member: member, in: programme)
            #expect(try await Keeper.askForLetters(home.engine, programme, at: Self.now) == 1)
            let face = try #require(adapter.face(of: programme))
            func staff(_ name: String, _ role: Role) async throws -> SiteStaff {
                let account = try await home.access.staff.create(
                    name: name, role: role, programmes: .all, by: .commandLine, now: Self.now)
                return SiteStaff(programme: face, staff: account.id.description)
            }
            let letter = try #require(try await home.engine.letterRequests(in: programme).first).id.description
            let outsiders = [
                try await staff("Joris", .manager), try await staff("Anna", .clerk), try await staff("anna", .owner),
            ]
            for other in outsiders {
                await #expect(throws: HTTPError.self) { try await adapter.write("Hello.", letter: letter, for: other) }
                await #expect(throws: HTTPError.self) { try await adapter.write(nil, letter: letter, for: other) }
            }
            let looking = try await adapter.letters(for: outsiders[0], language: .en)
            #expect(looking.requests.map(\.mayWrite) == [false])
            let anna = try await staff("Anna", .editor)
            #expect(try await adapter.letters(for: anna, language: .en).requests.map(\.mayWrite) == [true])
            #expect(try await adapter.write("Hello.", letter: letter, for: anna) == .done)
            #expect(try await home.engine.letters(to: member, in: programme, limit: 9).map(\.text) == ["Hello."])
            // What is not there is no way to find out.
            await #expect(throws: HTTPError.self) { try await adapter.write("Hello.", letter: "x", for: anna) }
        }
    }
}
