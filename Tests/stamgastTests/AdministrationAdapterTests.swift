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

@testable import stamgast

/// The console's administration over a real home.
@Suite struct AdministrationAdapterTests {
    /// Noon in Amsterdam is eleven here.
    private static let now = Instant(seconds: 1_795_694_400)

    private static func with(_ body: (Home, SiteAdapter, ProgrammeFace) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: FixedClock(now))
            do {
                let programme = try await home.install(demo: "avondpost")
                let adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
                try await body(home, adapter, try #require(adapter.face(of: programme)))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    private static func account(
        _ home: Home, _ name: String, _ role: Role, _ programmes: ProgrammeSet, _ face: ProgrammeFace
    ) async throws -> SiteStaff {
        let made = try await home.access.staff.create(
            name: name, role: role, programmes: programmes, by: .commandLine, now: now)
        return SiteStaff(programme: face, staff: made.id.description)
    }

    private static func form(_ number: UInt64) -> String {
        ID128(high: 5, low: number).description.replacing("-", with: "")
    }

    @Test(arguments: Role.allCases)
    func eachRoleReachesWhatItMay(role: Role) async throws {
        try await Self.with { home, adapter, face in
            let staff = try await Self.account(home, "x", role, .only([face.id]), face)
            let (reads, manages) = ([.owner, .manager, .privacyOfficer].contains(role), role == .owner)
            func refuses(_ body: () async throws -> Void) async -> Bool {
                do {
                    try await body()
                    return false
                } catch let error as HTTPError {
                    return error.status == .forbidden
                } catch {
                    return false
                }
            }
            #expect(await refuses { _ = try await adapter.audit(AuditQuery(), checks: true, for: staff) } == !reads)
            #expect(await refuses { _ = try await adapter.auditLines(AuditQuery(), limit: 9, for: staff) } == !reads)
            // The home's own log is for who works for all of it.
            #expect(await refuses { _ = try await adapter.audit(AuditQuery(isHome: true), checks: true, for: staff) })
            #expect(await refuses { _ = try await adapter.keys(for: staff) } == !manages)
            let order = KeyOrder(label: "Shop", scopes: [.eventsWrite])
            #expect(
                await refuses { _ = try await adapter.make(order, for: staff, key: Self.form(1)) } == !manages)
            #expect(await refuses { _ = try await adapter.revokeKey("x", reason: nil, for: staff) } == !manages)
            #expect(await refuses { _ = try await adapter.accounts(for: staff) } == !manages)
            let invitation = Invitation(name: "y", role: .clerk)
            #expect(
                await refuses { _ = try await adapter.invite(invitation, for: staff, key: Self.form(2)) } == !manages)
            let everywhere = Invitation(name: "y", role: .clerk, isEverywhere: true)
            #expect(await refuses { _ = try await adapter.invite(everywhere, for: staff, key: Self.form(3)) })
            #expect(
                await refuses { _ = try await adapter.change(.signOut, ofAccount: staff.staff, for: staff) } == !manages
            )
            #expect(
                await refuses { _ = try await adapter.signInTicket(forAccount: staff.staff, for: staff) } == !manages)
            // The page itself says the same to the menu.
            guard role.permissions.contains(.console), let id = ID128(staff.staff) else { return }
            let link = try await home.access.signIn.issueLink(for: .staff(id), now: Self.now)
            let session = try #require(try await adapter.signIn(token: link.text))
            let seen = try #require(try await adapter.staff(session: session.secret))
            #expect(seen.readsAudit == reads && seen.managesAccess == manages)
        }
    }

    @Test func aKeyIsMadeOnceWorksAndEnds() async throws {
        try await Self.with { home, adapter, face in
            let owner = try await Self.account(home, "Noor", .owner, .all, face)
            let order = KeyOrder(label: "Shop", scopes: [.eventsWrite, .membersRead])
            guard case .made(let secret) = try await adapter.make(order, for: owner, key: Self.form(1)) else {
                Issue.record("it should be made")
                return
            }
            #expect(try await adapter.make(order, for: owner, key: Self.form(1)) == .madeBefore)
            let text = try #require(APIKeyText(secret))
            #expect(try await home.access.keys.verify(text, now: Self.now).programme == face.id)
            let key = try #require(try await adapter.keys(for: owner).keys.first { $0.label == "Shop" })
            #expect(key.id == text.id && key.state == .active && key.scopes == [.eventsWrite, .membersRead])
            let wrong = KeyOrder(label: "Pages", isPublishable: true, scopes: [.membersRead])
            #expect(try await adapter.make(wrong, for: owner, key: Self.form(2)) == .refused)
            #expect(try await adapter.revokeKey(key.id, reason: "left", for: owner))
            #expect(try await adapter.revokeKey("none", reason: nil, for: owner) == false)
            #expect(try await adapter.keys(for: owner).keys.first { $0.id == key.id }?.state == .revoked)
            await #expect(throws: AccessProblem.self) { try await home.access.keys.verify(text, now: Self.now) }
            // The log knows who, by account, and no secret.
            let desk = try await adapter.audit(AuditQuery(object: "key:" + key.id), checks: false, for: owner)
            #expect(desk.lines.map(\.action) == ["api-key.revoke", "api-key.create"])
            #expect(desk.lines.allSatisfy { $0.actor == "staff:" + owner.staff && $0.actorName == "Noor" })
            #expect(desk.lines[0].reason == "left" && !"\(desk)".contains(secret))
        }
    }

    @Test func anAccountIsInvitedChangedAndRemoved() async throws {
        try await Self.with { home, adapter, face in
            let owner = try await Self.account(home, "Noor", .owner, .all, face)
            let invitation = Invitation(name: "Sam", role: .editor)
            guard case .invited(let ticket) = try await adapter.invite(invitation, for: owner, key: Self.form(1)) else {
                Issue.record("Sam should be invited")
                return
            }
            #expect(try await adapter.invite(invitation, for: owner, key: Self.form(1)) == .madeBefore)
            let session = try #require(try await adapter.signIn(token: ticket.token))
            #expect(try await adapter.signIn(token: ticket.token) == nil, "the link works once")
            let sam = try #require(try await adapter.accounts(for: owner).accounts.first { $0.name == "Sam" })
            #expect(sam.sessions == 1 && sam.mayChange && !sam.isEverywhere && !sam.isSelf)
            #expect(try await adapter.change(.role(.manager), ofAccount: sam.id, for: owner) == .role)
            #expect(try await adapter.staff(session: session.secret)?.readsAudit == true, "the open session has it")
            #expect(try await adapter.change(.signOut, ofAccount: sam.id, for: owner) == .sessions)
            #expect(try await adapter.staff(session: session.secret) == nil)
            let again = try #require(try await adapter.signInTicket(forAccount: sam.id, for: owner))
            #expect(try await adapter.signIn(token: again.token) != nil)
            #expect(try await adapter.change(.remove(reason: "left"), ofAccount: sam.id, for: owner) == .removed)
            #expect(try await adapter.signInTicket(forAccount: sam.id, for: owner) == nil)
            #expect(try await adapter.change(.role(.owner), ofAccount: sam.id, for: owner) == nil)
            #expect(try await adapter.accounts(for: owner).accounts.last?.name == "Sam", "who is gone stands last")
            // The last owner can neither go nor step down.
            #expect(try await adapter.change(.role(.clerk), ofAccount: owner.staff, for: owner) == .lastOwner)
            #expect(try await adapter.change(.remove(reason: nil), ofAccount: owner.staff, for: owner) == .lastOwner)
            let log = try await adapter.audit(AuditQuery(isHome: true, actor: "noor"), checks: true, for: owner)
            #expect(
                log.lines.map(\.action) == [
                    "staff.disable", "sign-in.link", "staff.sign-out", "staff.change", "sign-in.link", "staff.create",
                ])
            guard case .intact = log.chain else {
                Issue.record("the chain should hold")
                return
            }
        }
    }

    @Test func whoManagesOneProgrammeTouchesNobodyOfAnother() async throws {
        try await Self.with { home, adapter, face in
            let other = try #require(ProgrammeID("elsewhere"))
            let local = try await Self.account(home, "Noor", .owner, .only([face.id]), face)
            let wide = try await Self.account(home, "Kim", .editor, .all, face)
            let both = try await Self.account(home, "Bo", .editor, .only([face.id, other]), face)
            let foreign = try await Self.account(home, "Joris", .editor, .only([other]), face)
            let seen = try await adapter.accounts(for: local)
            #expect(Set(seen.accounts.map(\.name)) == ["Noor", "Kim", "Bo"] && !seen.mayGiveAll)
            #expect(seen.accounts.filter(\.mayChange).map(\.name) == ["Noor"])
            for account in [wide, both, foreign] {
                #expect(try await adapter.change(.role(.clerk), ofAccount: account.staff, for: local) == nil)
                #expect(try await adapter.change(.remove(reason: nil), ofAccount: account.staff, for: local) == nil)
                #expect(try await adapter.change(.signOut, ofAccount: account.staff, for: local) == nil)
                #expect(try await adapter.signInTicket(forAccount: account.staff, for: local) == nil)
            }
        }
    }

    @Test func theLogIsSearchedByDaysOfTheProgrammeAndShowsWhereItBreaks() async throws {
        try await Self.with { home, adapter, face in
            let manager = try await Self.account(home, "Noor", .manager, .only([face.id]), face)
            // A day of Amsterdam in winter begins at eleven in the evening before.
            for (time, object) in [("2026-11-20T22:59:59Z", "a"), ("2026-11-20T23:00:00Z", "b")] {
                let entry = AuditEntry(
                    programme: face.id, at: try #require(RFC3339.parse(time)), actor: .server, action: "test.do",
                    object: "thing:" + object)
                try await home.database.write { try Audit.append($0, entry) }
            }
            let day = try #require(LocalDay(year: 2026, month: 11, day: 20))
            let next = try #require(LocalDay(year: 2026, month: 11, day: 21))
            func found(_ query: AuditQuery) async throws -> [String] {
                try await adapter.audit(query, checks: false, for: manager).lines.map(\.object)
            }
            #expect(try await found(AuditQuery(action: "test.do", to: day)) == ["thing:a"])
            #expect(try await found(AuditQuery(action: "test.do", from: next, to: next)) == ["thing:b"])
            #expect(try await found(AuditQuery(action: "test.do", actor: "nobody")) == [])
            #expect(try await found(AuditQuery(action: "test.do", actor: "SERVER")) == ["thing:b", "thing:a"])
            let whole = try await adapter.audit(AuditQuery(), checks: false, for: manager)
            guard case .intact(let count, let mark) = whole.chain else {
                Issue.record("the chain should hold")
                return
            }
            #expect(whole.lines.first?.hash == mark && whole.lines.first?.sequence == count && !whole.mayReadHome)
            _ = try await home.database.write {
                try $0.execute("UPDATE audit SET object = 'thing:c' WHERE object = 'thing:a'", [])
            }
            let broken = try await adapter.audit(AuditQuery(), checks: false, for: manager)
            #expect(broken.chain == .broken(at: count - 1))
        }
    }
}
