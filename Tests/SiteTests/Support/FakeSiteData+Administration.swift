import Access
import Primitives
import Site
import Synchronization

extension FakeSiteData {
    func audit(_ query: AuditQuery, checks: Bool, for staff: SiteStaff) async throws -> AuditDesk {
        state.withLock { $0.chosen.append("audit \(query.isHome) \(query.action ?? "-") \(query.object ?? "-")") }
        var desk = Samples.audit
        if query.before != nil { desk.lines.removeFirst() }
        if query.object == "nothing" { desk.lines = [] }
        return desk
    }

    /// More than one page of them, to see that a file has them all.
    func auditLines(_ query: AuditQuery, limit: Int, for staff: SiteStaff) async throws -> [AuditLine] {
        let last = min(query.before ?? .max, 1_201) - 1
        return (0..<Int64(limit)).map { last - $0 }.filter { $0 > 0 }.map { number in
            var line = Samples.audit.lines[0]
            line.sequence = number
            return line
        }
    }

    func keys(for staff: SiteStaff) async throws -> KeyDesk { Samples.keys }

    func make(_ order: KeyOrder, for staff: SiteStaff, key: String) async throws -> KeyOutcome {
        let scopes = order.scopes.map(\.rawValue).sorted().joined(separator: ",")
        return state.withLock { state in
            if state.redeemed[key] != nil { return .madeBefore }
            state.redeemed[key] = order.label
            state.chosen.append("key \(order.label) \(order.isPublishable) \(scopes)")
            return .made(secret: "sg_live_aaaabbbbcccc0_SECRET")
        }
    }

    func revokeKey(_ id: String, reason: String?, for staff: SiteStaff) async throws -> Bool {
        state.withLock { $0.chosen.append("revoke \(id) \(reason ?? "-")") }
        return Samples.keys.keys.contains { $0.id == id }
    }

    func accounts(for staff: SiteStaff) async throws -> StaffDesk { Samples.accounts }

    func invite(_ invitation: Invitation, for staff: SiteStaff, key: String) async throws -> InvitationOutcome {
        state.withLock { state in
            if state.redeemed[key] != nil { return .madeBefore }
            state.redeemed[key] = invitation.name
            state.chosen.append("invite \(invitation.name) \(invitation.role) \(invitation.isEverywhere)")
            return .invited(Samples.ticket)
        }
    }

    /// The first account is the last owner.
    func change(_ change: AccountChange, ofAccount id: String, for staff: SiteStaff) async throws -> AccountOutcome? {
        guard let account = Samples.accounts.accounts.first(where: { $0.id == id }), account.mayChange else {
            return nil
        }
        state.withLock { $0.chosen.append("\(id) \(change)") }
        switch change {
        case .role: return account.isSelf ? .lastOwner : .role
        case .signOut: return .sessions
        case .remove: return account.isSelf ? .lastOwner : .removed
        }
    }

    func signInTicket(forAccount id: String, for staff: SiteStaff) async throws -> SignInTicket? {
        Samples.accounts.accounts.contains { $0.id == id && $0.mayChange } ? Samples.ticket : nil
    }
}

extension Samples {
    static let ticket = SignInTicket(token: "TOKEN", until: LocalMoment(today, minute: 620))

    static let audit = AuditDesk(
        today: today,
        lines: [
            AuditLine(
                sequence: 52, when: LocalMoment(today, minute: 600), at: Instant(seconds: 1_795_694_400),
                actor: "staff:s1", actorName: "Noor <b>", action: "staff.change", object: "staff:s2",
                before: "editor *", after: "=manager *", reason: "A \"new\" desk", previous: "aa", hash: "bb"),
            AuditLine(
                sequence: 51, when: LocalMoment(today), at: Instant(seconds: 1_795_694_300),
                actor: "system:server", action: "key.create", object: "key:1", previous: "00", hash: "aa"),
        ], hasOlder: true, chain: .intact(52, mark: "bb"), actions: ["key.create", "staff.change"], mayReadHome: true)

    static let keys = KeyDesk(
        today: today,
        keys: [
            KeyDesk.Key(
                id: "k1", label: "Shop", scopes: [.eventsWrite, .membersRead], created: today, lastUsed: today,
                expires: today),
            KeyDesk.Key(
                id: "k2", label: "Pages", isPublishable: true, scopes: [.eventsWrite], created: today, state: .revoked),
        ])

    static let accounts: StaffDesk = {
        var desk = plainAccounts
        desk.provider = "login.example"
        desk.accounts[1].hasPassword = true
        desk.accounts[1].hasSecondFactor = true
        desk.accounts[1].isLinked = true
        return desk
    }()

    private static let plainAccounts = StaffDesk(
        today: today,
        accounts: [
            StaffDesk.Account(
                id: "s1", name: "Noor", role: .owner, isEverywhere: true, since: today, sessions: 2, isSelf: true),
            StaffDesk.Account(id: "s2", name: "Joris", role: .editor, since: today, sessions: 1),
            StaffDesk.Account(id: "s3", name: "Bo", role: .owner, isEverywhere: true, since: today, mayChange: false),
            StaffDesk.Account(
                id: "s4", name: "Kim", role: .analyst, since: today, ended: today, mayChange: false),
        ], mayGiveAll: true)
}
