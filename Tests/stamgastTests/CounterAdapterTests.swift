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

/// The counter for staff, and the widget's follow, over a real home, without a server.
@Suite struct CounterAdapterTests {
    private static let now = Instant(seconds: 1_795_694_400)
    private static let serving: Set<Role> = [.owner, .clerk]

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var programme: ProgrammeID
        var member: MemberID

        func staff(_ role: Role) async throws -> SiteStaff {
            let account = try await home.access.staff.create(
                name: "é", role: role, programmes: .all, by: .commandLine, now: now)
            return SiteStaff(programme: try #require(adapter.face(of: programme)), staff: account.id.description)
        }

        func code() async throws -> String {
            let face = try #require(adapter.face(of: programme))
            return try await adapter.card(of: SiteMember(programme: face, member: member)).code
        }

        func spendable() async throws -> Int64? {
            try await home.engine.summary(of: member, in: programme)?.balances.first?.spendable
        }

        func scan(
            _ code: String, key: String = "k", admits: Bool = false, _ staff: SiteStaff
        ) async throws -> CounterScan {
            try await adapter.scan(code, key: key, admits: admits, for: staff, language: .en)
        }
    }

    private func with(_ body: (Stage) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            var programme = Programme(
                id: try #require(ProgrammeID("regulars")), name: LocalizedText([.en: "Regulars"]),
                timeZone: "Europe/Amsterdam", units: [Unit(id: "ink")])
            programme.events = [EventType(id: "visit", fields: [.init(id: "points", type: .integer)])]
            programme.rules = [
                Rule(id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "ink")])
            ]
            programme.rewards = [
                Reward(id: "tote", kind: .preview, unit: "ink", price: 5),
                Reward(id: "night", kind: .ticket, unit: "ink", price: 5),
            ]
            programme.languages = [.en]
            try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let adapter = SiteAdapter(home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
            do {
                let name = try #require(ExternalIdentity(.user, "ann"))
                let event = IncomingEvent(source: "t", id: "1", type: "visit", time: Self.now, fields: ["points": 12])
                _ = try await home.engine.take(
                    [EventEnvelope(event: event, user: name, anonymous: nil)], in: programme.id)
                let member = try #require(try await home.engine.identities.find(name, programme: programme.id))
                try await body(Stage(home: home, adapter: adapter, programme: programme.id, member: member))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    @Test(arguments: Role.allCases)
    func whoServesAndWhoDoesNot(role: Role) async throws {
        try await with { stage in
            let staff = try await stage.staff(role)
            let code = try await stage.code()
            if Self.serving.contains(role) {
                guard case .member = try await stage.scan(code, staff) else {
                    Issue.record("the card was not taken")
                    return
                }
            } else {
                await #expect(throws: HTTPError.self) { try await stage.scan(code, staff) }
                await #expect(throws: HTTPError.self) {
                    try await stage.adapter.handOut("x", for: staff, language: .en)
                }
                await #expect(throws: HTTPError.self) {
                    try await stage.adapter.serve("tote", visit: "x", key: "k", for: staff, language: .en)
                }
                await #expect(throws: HTTPError.self) {
                    try await stage.adapter.visit("x", for: staff, language: .en)
                }
            }
        }
    }

    @Test func aCardIsOneScanAndOnePressIsOneRedemption() async throws {
        try await with { stage in
            let (clerk, other) = (try await stage.staff(.clerk), try await stage.staff(.owner))
            let code = try await stage.code()
            guard case .member(let visit) = try await stage.scan(code, key: "1", clerk) else {
                Issue.record("the card was not taken")
                return
            }
            #expect(visit.offers.map(\.reward).contains("tote"))
            // The same scan again is the same; another one, or another's, is not.
            guard case .member = try await stage.scan(code, key: "1", clerk) else {
                Issue.record("a lost answer was taken for a second scan")
                return
            }
            #expect(try await stage.scan(code, key: "2", clerk) == .used)
            #expect(try await stage.scan(code, key: "1", other) == .used)

            let adapter = stage.adapter
            for _ in 0..<2 {
                guard
                    case .done = try await adapter.serve(
                        "tote", visit: visit.visit, key: "a", for: clerk, language: .en)
                else {
                    Issue.record("it was refused")
                    return
                }
            }
            #expect(try await stage.spendable() == 7)
            // A visit speaks at the counter where the card was scanned, and nowhere else.
            #expect(
                try await adapter.serve("tote", visit: visit.visit, key: "b", for: other, language: .en) == .over)
            #expect(try await adapter.visit(visit.visit, for: other, language: .en) == nil)
            #expect(
                try await adapter.serve("none", visit: visit.visit, key: "c", for: clerk, language: .en)
                    == .refused(nil))
            _ = try await adapter.serve("tote", visit: visit.visit, key: "d", for: clerk, language: .en)
            guard
                case .refused = try await adapter.serve(
                    "tote", visit: visit.visit, key: "e", for: clerk, language: .en)
            else {
                Issue.record("two points paid for five")
                return
            }
            #expect(try await stage.spendable() == 2)
        }
    }

    @Test func whatWaitsIsHandedOutOnce() async throws {
        try await with { stage in
            let clerk = try await stage.staff(.clerk)
            let hold = stage.home.engine.holdID(programme: stage.programme, member: stage.member, key: "own")
            _ = try await stage.home.engine.perform(
                .redeem(reward: "tote", hold: hold), member: stage.member, in: stage.programme)
            guard case .member(let visit) = try await stage.scan(try await stage.code(), clerk) else {
                Issue.record("the card was not taken")
                return
            }
            let receipt = try #require(visit.waiting.first?.receipt)
            #expect(!receipt.contains(stage.member.description))
            guard case .done = try await stage.adapter.handOut(receipt, for: clerk, language: .en) else {
                Issue.record("it was not handed out")
                return
            }
            let after = try await stage.adapter.visit(visit.visit, for: clerk, language: .en)
            #expect(after?.waiting.isEmpty == true)
            #expect(try await stage.adapter.handOut("forged", for: clerk, language: .en) == .refused(nil))
        }
    }

    @Test func aTicketIsLookedAtAndLetInOnce() async throws {
        try await with { stage in
            let (clerk, engine) = (try await stage.staff(.clerk), stage.home.engine)
            let hold = engine.holdID(programme: stage.programme, member: stage.member, key: "own")
            _ = try await engine.perform(
                .redeem(reward: "night", hold: hold), member: stage.member, in: stage.programme)
            _ = try await engine.perform(.confirm(hold: hold), member: stage.member, in: stage.programme)
            let text = try #require(
                try await engine.redemptions(of: stage.member, in: stage.programme).first?.ticket?.text)
            func state(admits: Bool) async throws -> TicketFinding.State? {
                guard case .ticket(let found) = try await stage.scan(text, admits: admits, clerk) else { return nil }
                return found.state
            }
            #expect(try await state(admits: false) == .good)
            #expect(try await state(admits: true) == .admitted)
            #expect(try await state(admits: true) == .used)
            let forged = String(text.dropLast()) + (text.last == "A" ? "B" : "A")
            #expect(try await stage.scan(forged, admits: true, clerk) == .unknown)
        }
    }

    @Test func whoGuessesIsStopped() async throws {
        try await with { stage in
            let clerk = try await stage.staff(.clerk)
            var seen: [CounterScan] = []
            for index in 0..<12 { seen.append(try await stage.scan("00000000\(index % 10)", key: "\(index)", clerk)) }
            #expect(seen.prefix(10).allSatisfy { $0 == .unknown })
            #expect(seen.suffix(2) == [.tooMany, .tooMany])
            #expect(try await stage.scan(try await stage.code(), clerk) == .tooMany)
        }
    }

    @Test func aClerksSessionOpensTheCounterAndNoConsole() async throws {
        try await with { stage in
            let account = try await stage.home.access.staff.create(
                name: "c", role: .clerk, programmes: .all, by: .commandLine, now: Self.now)
            let link = try await stage.home.access.signIn.issueLink(for: .staff(account.id), now: Self.now)
            let session = try #require(try await stage.adapter.signIn(token: link.text))
            #expect(try await stage.adapter.staff(session: session.secret) == nil)
            #expect(try await stage.adapter.clerk(session: session.secret)?.staff == account.id.description)
            #expect(try await stage.adapter.clerk(session: "x") == nil)
        }
    }
}
