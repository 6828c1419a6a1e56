import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Synchronization

/// Keys and staff of a programme. An owner of some programmes manages those and nobody who works for others, too.
extension SiteAdapter {
    /// Who manages access here, or the refusal.
    private func manager(_ staff: SiteStaff) async throws -> (principal: Principal, programmes: ProgrammeSet) {
        guard let principal = try await principal(of: staff), case .staff(_, _, let programmes) = principal,
            principal.allows(.accessManage, in: staff.programme.id)
        else { throw HTTPError(.forbidden) }
        return (principal, programmes)
    }

    private func day(_ instant: Instant, _ view: SiteView) -> LocalDay {
        view.moment(instant, zone: view.programme.timeZone).day
    }

    // MARK: Keys

    func keys(for staff: SiteStaff) async throws -> KeyDesk {
        _ = try await manager(staff)
        guard let view = view(staff.programme.id, .en) else { throw ProgrammeGone() }
        let keys = try await home.access.keys.list(programme: staff.programme.id)
        return KeyDesk(
            today: day(view.now, view),
            keys: keys.map { key in
                KeyDesk.Key(
                    id: key.id, label: key.label, isPublishable: key.kind == .page, scopes: key.scopes.sorted(),
                    created: day(key.createdAt, view),
                    lastUsed: key.lastUsedDay.map { LocalDay(daysSinceEpoch: Int($0)) },
                    expires: key.expiresAt.map { day($0, view) },
                    state: key.revokedAt != nil
                        ? .revoked : key.expiresAt.map { $0 <= view.now } == true ? .expired : .active)
            })
    }

    func make(_ order: KeyOrder, for staff: SiteStaff, key: String) async throws -> KeyOutcome {
        let principal = try await manager(staff).principal
        guard let form = ID128(key) else { return .refused }
        do {
            let made = try await home.access.keys.create(
                programme: staff.programme.id, kind: order.isPublishable ? .page : .live, scopes: order.scopes,
                label: order.label, form: form, by: AuditActor(principal), now: engine.clock.now())
            return .made(secret: made.text.text)
        } catch AccessProblem.madeBefore {
            return .madeBefore
        } catch AccessProblem.invalid {
            return .refused
        }
    }

    func revokeKey(_ id: String, reason: String?, for staff: SiteStaff) async throws -> Bool {
        let principal = try await manager(staff).principal
        do {
            try await home.access.keys.revoke(
                id, programme: staff.programme.id, by: AuditActor(principal), reason: reason, now: engine.clock.now())
            return true
        } catch AccessProblem.notFound {
            return false
        }
    }

    // MARK: Staff

    func accounts(for staff: SiteStaff) async throws -> StaffDesk {
        let own = try await manager(staff).programmes
        guard let view = view(staff.programme.id, .en) else { throw ProgrammeGone() }
        let sessions = try await home.access.sessions.openStaffSessions(now: view.now)
        let accounts = try await home.access.staff.list().filter { $0.programmes.contains(staff.programme.id) }
        // Who is gone stands at the end: the audit log names them.
        let ordered = accounts.filter { $0.disabledAt == nil } + accounts.filter { $0.disabledAt != nil }
        let desk = StaffDesk(
            today: day(view.now, view),
            accounts: ordered.map { account in
                StaffDesk.Account(
                    id: account.id.description, name: account.name, role: account.role,
                    isEverywhere: account.programmes == .all, since: day(account.createdAt, view),
                    ended: account.disabledAt.map { day($0, view) }, sessions: sessions[account.id] ?? 0,
                    isSelf: account.id.description == staff.staff,
                    mayChange: account.disabledAt == nil && own.contains(all: account.programmes))
            }, mayGiveAll: own == .all)
        return try await withDoors(desk)
    }

    func invite(_ invitation: Invitation, for staff: SiteStaff, key: String) async throws -> InvitationOutcome {
        let (principal, own) = try await manager(staff)
        let programmes = invitation.isEverywhere ? ProgrammeSet.all : .only([staff.programme.id])
        guard own.contains(all: programmes) else { throw HTTPError(.forbidden) }
        guard let form = ID128(key) else { return .refused }
        do {
            let account = try await home.access.staff.create(
                name: invitation.name, role: invitation.role, programmes: programmes, form: form,
                by: AuditActor(principal), now: engine.clock.now())
            return .invited(try await ticket(account.id, staff, principal))
        } catch AccessProblem.madeBefore {
            return .madeBefore
        } catch AccessProblem.invalid {
            return .refused
        }
    }

    func change(_ change: AccountChange, ofAccount id: String, for staff: SiteStaff) async throws -> AccountOutcome? {
        guard let (account, principal) = try await changeable(id, staff) else { return nil }
        let (actor, now) = (AuditActor(principal), engine.clock.now())
        do {
            switch change {
            case .role(let role):
                if role != account.role {
                    try await home.access.staff.change(
                        account.id, role: role, programmes: account.programmes, by: actor, keepsOwner: true, now: now)
                }
                return .role
            case .signOut:
                try await home.access.sessions.signOut(staff: account.id, by: actor, now: now)
                return .sessions
            case .remove(let reason):
                try await home.access.staff.disable(
                    account.id, by: actor, reason: reason, keepsOwner: true, now: now)
                return .removed
            }
        } catch AccessProblem.lastOwner {
            return .lastOwner
        }
    }

    func signInTicket(forAccount id: String, for staff: SiteStaff) async throws -> SignInTicket? {
        guard let (account, principal) = try await changeable(id, staff) else { return nil }
        return try await ticket(account.id, staff, principal)
    }

    /// An account that whoever asks may change, and who asks.
    func changeable(_ id: String, _ staff: SiteStaff) async throws -> (StaffMember, Principal)? {
        let (principal, own) = try await manager(staff)
        guard let key = ID128(id), let account = try await home.access.staff.find(key), account.disabledAt == nil,
            account.programmes.contains(staff.programme.id), own.contains(all: account.programmes)
        else { return nil }
        return (account, principal)
    }

    private func ticket(_ account: ID128, _ staff: SiteStaff, _ principal: Principal) async throws -> SignInTicket {
        guard let view = view(staff.programme.id, .en) else { throw ProgrammeGone() }
        let made = try await SignInLink.token(
            for: .staff(account), object: "staff:" + account.description, programme: nil, by: AuditActor(principal),
            in: home)
        return SignInTicket(
            token: made.token.text, until: view.moment(made.expiresAt, zone: view.programme.timeZone),
            listening: SignInLink.listening.withLock { $0 })
    }
}
