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

/// The console's members over a real home, without a server.
@Suite struct MemberDeskAdapterTests {
    private static let now = Instant(seconds: 1_795_694_400)
    private static let reading: Set<Role> = [.owner, .manager, .privacyOfficer, .serviceAgent]
    private static let revealing: Set<Role> = [.owner, .privacyOfficer, .serviceAgent]
    private static let adjusting: Set<Role> = [.owner, .manager]

    private static func programme(_ id: String = "regulars") throws -> Programme {
        var programme = Programme(
            id: try #require(ProgrammeID(id)), name: LocalizedText([.en: "Regulars"]), timeZone: "Europe/Amsterdam",
            units: [Unit(id: "ink")])
        programme.events = [
            EventType(id: "visit", fields: [.init(id: "points", type: .integer), .init(id: "place", type: .text)])
        ]
        programme.rules = [
            Rule(
                id: "visit", trigger: "visit", condition: "event.place != 'attic' && event.points > 0",
                effects: [.award(amount: "event.points", unit: "ink"), .entitlement("lounge", lasts: nil)])
        ]
        programme.rewards = [Reward(id: "tote", kind: .preview, unit: "ink", price: 5)]
        programme.languages = [.en]
        return programme
    }

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var programme: ProgrammeID
        var member: MemberID

        func staff(_ role: Role, programmes: ProgrammeSet = .all) async throws -> SiteStaff {
            let account = try await home.access.staff.create(
                name: "é", role: role, programmes: programmes, by: .commandLine, now: now)
            return SiteStaff(programme: try #require(adapter.face(of: programme)), staff: account.id.description)
        }

        func audit(_ action: String) async throws -> [AuditEntry] {
            let programme = programme
            return try await home.database.read { try Audit.entries($0, programme: programme) }
                .map(\.entry).filter { $0.action == action }
        }

        func spendable() async throws -> Int64? {
            try await home.engine.summary(of: member, in: programme)?.balances.first?.spendable
        }
    }

    private func with(_ body: (Stage) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(Self.now))
            let programme = try Self.programme()
            try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let adapter = SiteAdapter(
                home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
            do {
                let name = try #require(ExternalIdentity(.user, "ann"))
                let event = IncomingEvent(
                    source: "t", id: "1", type: "visit", time: Self.now,
                    fields: ["points": 40, "place": "cellar"])
                _ = try await home.engine.take(
                    [EventEnvelope(event: event, user: name, anonymous: nil)], in: programme.id)
                let member = try #require(try await home.engine.identities.find(name, programme: programme.id))
                _ = try await home.vault.persons.store(
                    [Persons.Change(member, [.email: "ann@example.org", .name: "Ann Jansen"])],
                    programme: programme.id)
                try await body(Stage(home: home, adapter: adapter, programme: programme.id, member: member))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    @Test(arguments: Role.allCases)
    func whoMaySeeWhatAndAskTheVault(role: Role) async throws {
        try await with { stage in
            let (adapter, id) = (stage.adapter, stage.member.description)
            let staff = try await stage.staff(role)
            let order = PointsOrder(unit: "ink", amount: 1, reason: "x")
            if Self.reading.contains(role) {
                #expect(
                    try await adapter.memberSearch(for: staff).isThroughVault == Self.revealing.contains(role))
                #expect(try await adapter.find(.pseudonym(id), for: staff) == .member(id))
                let page = try await adapter.consoleMember(id, after: nil, for: staff, language: .en)
                #expect(page?.mayAdjust == Self.adjusting.contains(role))
            } else {
                await #expect(throws: HTTPError.self) { try await adapter.memberSearch(for: staff) }
                await #expect(throws: HTTPError.self) { try await adapter.find(.pseudonym(id), for: staff) }
                await #expect(throws: HTTPError.self) {
                    try await adapter.consoleMember(id, after: nil, for: staff, language: .en)
                }
            }
            // For whoever may not ask, somebody who is there and somebody who is not look the same.
            for question in [MemberQuestion.user("ann"), .user("bob"), .email("ann@example.org"), .email("b@c.nl")] {
                if Self.revealing.contains(role) {
                    let isAnn = [.user("ann"), .email("ann@example.org")].contains(question)
                    #expect(try await adapter.find(question, for: staff) == (isAnn ? .member(id) : .unknown))
                } else {
                    await #expect(throws: HTTPError.self) { try await adapter.find(question, for: staff) }
                }
            }
            #expect(try await stage.audit("member.find").count == (Self.revealing.contains(role) ? 4 : 0))
            let key = String(repeating: "a", count: 32)
            if Self.adjusting.contains(role) {
                #expect(try await adapter.adjust(order, of: id, for: staff, key: key, language: .en) == .done)
            } else {
                await #expect(throws: HTTPError.self) {
                    try await adapter.adjust(order, of: id, for: staff, key: key, language: .en)
                }
            }
            #expect(try await stage.spendable() == (Self.adjusting.contains(role) ? 41 : 40))
        }
    }

    @Test func thePseudonymIsFoundByItsBeginningAndTheAuditLogNamesNobody() async throws {
        try await with { stage in
            let (adapter, id) = (stage.adapter, stage.member.description)
            let owner = try await stage.staff(.owner)
            for text in [
                String(id.prefix(8)), String(id.prefix(13)), id.uppercased(), id.filter { $0 != "-" },
                String(id.dropLast()),
            ] {
                #expect(try await adapter.find(.pseudonym(text), for: owner) == .member(id), "\(text)")
            }
            for text in [
                String(id.prefix(7)), "00000000", "ffffffff", "ffffffff-ffff-ffff-ffff-ffffffffffff", "zzzzzzzz", "ann",
                "", id + "0",
            ] {
                #expect(try await adapter.find(.pseudonym(text), for: owner) == .unknown, "\(text)")
            }
            #expect(try await adapter.find(.email(" Ann@Example.org "), for: owner) == .member(id))
            #expect(try await adapter.find(.email("no address"), for: owner) == .unknown)
            let entries = try await stage.audit("member.find")
            #expect(entries.map(\.object) == ["member:unknown", "member:" + id])
            #expect(!"\(entries)".lowercased().contains("ann@"))
        }
    }

    @Test func aMembersPageHasStandingReasonsAndPages() async throws {
        try await with { stage in
            let (engine, adapter, id) = (stage.home.engine, stage.adapter, stage.member.description)
            let manager = try await stage.staff(.manager)
            let hold = engine.holdID(programme: stage.programme, member: stage.member, key: "k")
            _ = try await engine.perform(
                .redeem(reward: "tote", hold: hold), member: stage.member, in: stage.programme)
            let page = try #require(try await adapter.consoleMember(id, after: nil, for: manager, language: .en))
            #expect(page.id == id && page.level == .session && page.joined != nil)
            #expect(page.holdings.map(\.spendable) == [35] && page.holdings.map(\.held) == [5])
            #expect(page.redemptions.map(\.price.count) == [5])
            let shown = page.entries.map(\.shown)
            #expect(
                shown.contains {
                    if case .silent(.access, _, _) = $0 { true } else { false }
                }, "what the member reads nothing about is named: \(shown)")
            // Below the level `personal` the place itself was not kept, so no page can show it.
            #expect(!"\(page)".contains("cellar") && "\(page)".contains("attic"))
            #expect(!"\(page)".contains("Ann"))
            #expect(page.older == nil)
            for number in 0..<30 {
                _ = try await engine.perform(
                    .adjust(unit: "ink", amount: 1, id: ID128(high: 7, low: UInt64(number)), reason: "x"),
                    member: stage.member, in: stage.programme)
            }
            let first = try #require(try await adapter.consoleMember(id, after: nil, for: manager, language: .en))
            let second = try #require(
                try await adapter.consoleMember(id, after: first.older, for: manager, language: .en))
            let effects = (first.entries + second.entries).compactMap { $0.fields.first?.value }
            #expect(first.entries.count == 25 && second.older == nil)
            #expect(Set(effects).count == effects.count && effects.count == 30 + page.entries.count)
            for cursor in ["x", "1", "1.2.3", "9999999999.1"] {
                #expect(
                    try await adapter.consoleMember(id, after: cursor, for: manager, language: .en) == nil, "\(cursor)")
            }
            let nobody = MemberID(ID128(high: 1, low: 1)).description
            for other in [nobody, "ann", ""] {
                #expect(try await adapter.consoleMember(other, after: nil, for: manager, language: .en) == nil)
            }
        }
    }

    @Test func aCorrectionGoesThroughOnceWithItsReasonOnTheAuditLog() async throws {
        try await with { stage in
            let (adapter, id) = (stage.adapter, stage.member.description)
            let manager = try await stage.staff(.manager)
            func adjust(_ amount: Int64, unit: String = "ink", _ key: Character) async throws -> PointsOutcome? {
                try await adapter.adjust(
                    PointsOrder(unit: unit, amount: amount, reason: "Paid twice, 二重払い"), of: id, for: manager,
                    key: String(repeating: key, count: 32), language: .en)
            }
            #expect(try await adjust(10, "a") == .done)
            #expect(try await adjust(10, "a") == .done, "the same form again")
            #expect(try await stage.spendable() == 50)
            #expect(try await adjust(11, "a") == .keyUsed)
            guard case .tooFew(let left) = try await adjust(-51, "b") else {
                Issue.record("more was taken than there is")
                return
            }
            #expect(left.count == 50)
            #expect(try await adjust(-50, "b") == .done, "a refusal uses no key up")
            #expect(try await adjust(1, unit: "stars", "c") == .refused)
            #expect(try await adjust(0, "d") == .refused)
            #expect(try await stage.spendable() == 0)
            let entries = try await stage.audit("points.adjust")
            #expect(entries.count == 2, "\(entries)")
            #expect(entries.allSatisfy { $0.object == "member:" + id && $0.actor.description.hasPrefix("staff:") })
            #expect(entries.allSatisfy { $0.after?.contains("Paid twice") == true })
            let nobody = MemberID(ID128(high: 1, low: 1)).description
            #expect(
                try await adapter.adjust(
                    PointsOrder(unit: "ink", amount: 1, reason: "x"), of: nobody, for: manager,
                    key: String(repeating: "e", count: 32), language: .en) == nil)
            // The reason stands in the timeline, for whoever may read the audit log.
            func notes(_ role: Role) async throws -> [String] {
                let staff = try await stage.staff(role)
                return try await adapter.consoleMember(id, after: nil, for: staff, language: .en)?.entries
                    .compactMap(\.note) ?? []
            }
            #expect(try await notes(.privacyOfficer) == ["Paid twice, 二重払い", "Paid twice, 二重払い"])
            #expect(try await notes(.serviceAgent).isEmpty)
            let page = try await adapter.consoleMember(id, after: nil, for: manager, language: .en)
            #expect(page?.entries.filter(\.isByStaff).count == 2)
        }
    }

    @Test func staffOfAnotherProgrammeReachNobody() async throws {
        try await with { stage in
            let other = try Self.programme("others")
            try await stage.home.install(try CompiledProgramme(other, version: 1, zones: stage.home.engine.zones))
            let id = stage.member.description
            // An account of the other programme, whose session says this one.
            let stranger = try await stage.staff(.owner, programmes: .only([other.id]))
            await #expect(throws: HTTPError.self) {
                try await stage.adapter.consoleMember(id, after: nil, for: stranger, language: .en)
            }
            // And in its own programme there is no such member.
            let face = try #require(stage.adapter.face(of: other.id))
            let own = SiteStaff(programme: face, staff: stranger.staff)
            #expect(try await stage.adapter.consoleMember(id, after: nil, for: own, language: .en) == nil)
            #expect(try await stage.adapter.find(.pseudonym(id), for: own) == .unknown)
            #expect(try await stage.adapter.find(.user("ann"), for: own) == .unknown)
        }
    }
}
