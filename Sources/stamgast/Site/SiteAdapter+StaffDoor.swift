import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Vault

/// How staff come in, and who comes back from the identity provider.
extension SiteAdapter {
    func signInDoors() async throws -> SignInDoors {
        guard let parameters = openID?.parameters else { return SignInDoors() }
        let servesMembers = parameters.serves.contains(.member)
        return SignInDoors(
            staffProvider: parameters.serves.contains(.staff) ? parameters.host : nil,
            memberProvider: servesMembers ? parameters.host : nil,
            memberProgramme: servesMembers ? try await providerProgramme() : nil)
    }

    /// Whose members the identity provider vouches for: the programme that the settings name, else the home's first.
    private func providerProgramme() async throws -> ProgrammeID? {
        let programmes = try await home.programmes()
        guard let wanted = openID?.parameters.programme ?? publisherProgramme else { return programmes.first }
        return programmes.first { $0 == wanted }
    }

    // MARK: Password and code

    func signInStaff(login: String, password: String, device: String?) async throws -> StaffEntry {
        try await entry {
            try await home.access.secrets.signIn(
                login: login, password: password, device: device, needsSecondFactor: needsSecondFactor,
                now: engine.clock.now())
        }
    }

    func signInStaff(code: String, ticket: String, device: String?) async throws -> StaffEntry {
        try await entry {
            try await home.access.secrets.signIn(
                code: code, ticket: ticket, device: device, now: engine.clock.now())
        }
    }

    private func entry(_ body: () async throws -> StaffSecrets.Entry) async throws -> StaffEntry {
        do {
            switch try await body() {
            case .needsCode(let ticket): return .needsCode(ticket: ticket)
            case .entered(let token, let session, let device):
                return .entered(started(.staff, token, session), device: device)
            }
        } catch AccessProblem.unauthenticated(.expired) {
            return .expired
        } catch AccessProblem.unauthenticated {
            return .refused
        } catch StaffSecretProblem.busy {
            return .busy
        }
    }

    private func started(_ kind: SignInKind, _ token: SecretToken, _ session: Session) -> StartedSession {
        StartedSession(
            kind: kind, secret: token.text,
            lifetimeSeconds: Int((session.expiresAt - engine.clock.now()) / 1_000))
    }

    // MARK: One's own account

    /// The account that asks, and as whom it acts.
    private func own(_ staff: SiteStaff) async throws -> (account: StaffMember, actor: AuditActor) {
        guard let id = ID128(staff.staff), let account = try await home.access.staff.find(id),
            let principal = account.principal
        else { throw HTTPError(.forbidden) }
        return (account, AuditActor(principal))
    }

    func ownAccount(of staff: SiteStaff) async throws -> OwnAccount {
        let account = try await own(staff).account
        guard let view = view(staff.programme.id, .en) else { throw ProgrammeGone() }
        func day(_ instant: Instant) -> LocalDay { view.moment(instant, zone: view.programme.timeZone).day }
        let standing = try await home.access.secrets.standing(of: account.id)
        let sessions = try await home.access.sessions.openStaffSessions(now: view.now)
        let provider = try await signInDoors().staffProvider
        return OwnAccount(
            today: day(view.now), login: standing.login, passwordChanged: standing.passwordChangedAt.map { day($0) },
            hasSecondFactor: standing.hasSecondFactor, recoveryCodes: standing.recoveryCodes,
            needsSecondFactor: needsSecondFactor,
            linkedWith: try await linked().contains(account.id) ? provider : nil, sessions: sessions[account.id] ?? 1)
    }

    func setPassword(
        _ change: PasswordChange, for staff: SiteStaff, beside secret: String
    ) async throws -> StaffSecretProblem? {
        let (account, actor) = try await own(staff)
        do {
            try await home.access.secrets.setPassword(
                login: change.login, password: change.password, current: change.current,
                names: [account.name, staff.programme.name, staff.programme.id.name], for: account.id,
                beside: SecretToken(secret), by: actor, now: engine.clock.now())
            return nil
        } catch let problem as StaffSecretProblem {
            return problem
        }
    }

    func offerSecondFactor(for staff: SiteStaff, again sealed: String?) async throws -> StaffSecrets.Offer? {
        let account = try await own(staff).account
        guard let login = try await home.access.secrets.standing(of: account.id).login else { return nil }
        let (secrets, now) = (home.access.secrets, engine.clock.now())
        let again = sealed.flatMap {
            secrets.offer(again: $0, for: account.id, account: login, issuer: staff.programme.name, now: now)
        }
        return try again
            ?? secrets.offer(for: account.id, account: login, issuer: staff.programme.name, now: now)
    }

    func confirmSecondFactor(
        _ sealed: String, code: String, current: String, for staff: SiteStaff
    ) async throws -> RecoveryOutcome {
        let (account, actor) = try await own(staff)
        return try await codes {
            try await home.access.secrets.confirm(
                sealed, code: code, current: current, for: account.id, by: actor, now: engine.clock.now())
        }
    }

    func renewRecoveryCodes(current: String, for staff: SiteStaff) async throws -> RecoveryOutcome {
        let (account, actor) = try await own(staff)
        return try await codes {
            try await home.access.secrets.renewCodes(
                current: current, for: account.id, by: actor, now: engine.clock.now())
        }
    }

    private func codes(_ body: () async throws -> [String]) async throws -> RecoveryOutcome {
        do {
            return .shown(try await body())
        } catch let problem as StaffSecretProblem {
            return .refused(problem)
        }
    }

    func endOtherSessions(of staff: SiteStaff, beside secret: String) async throws {
        let (account, actor) = try await own(staff)
        guard let token = SecretToken(secret) else { return }
        _ = try await home.access.secrets.endOthers(
            of: account.id, beside: token, by: actor, now: engine.clock.now())
    }

    // MARK: Others' accounts

    /// Says of each account how it comes in.
    func withDoors(_ desk: StaffDesk) async throws -> StaffDesk {
        var desk = desk
        let standings = try await home.access.secrets.standings()
        let linked = try await linked()
        desk.provider = try await signInDoors().staffProvider
        for index in desk.accounts.indices {
            guard let id = ID128(desk.accounts[index].id) else { continue }
            desk.accounts[index].hasPassword = standings[id]?.login != nil
            desk.accounts[index].hasSecondFactor = standings[id]?.hasSecondFactor ?? false
            desk.accounts[index].isLinked = linked.contains(id)
        }
        return desk
    }

    private func linked() async throws -> Set<ID128> {
        guard let parameters = openID?.parameters, parameters.serves.contains(.staff) else { return [] }
        return try await home.access.identities.linked(issuer: parameters.issuer)
    }

    func resetSecrets(ofAccount id: String, for staff: SiteStaff) async throws -> Bool {
        guard let (account, principal) = try await changeable(id, staff) else { return false }
        try await home.access.secrets.reset(account.id, by: AuditActor(principal), now: engine.clock.now())
        return true
    }

    func link(_ name: String?, toAccount id: String, for staff: SiteStaff) async throws -> IdentityOutcome? {
        guard let (account, principal) = try await changeable(id, staff), let parameters = openID?.parameters,
            parameters.serves.contains(.staff)
        else { return nil }
        let (identities, actor, now) = (home.access.identities, AuditActor(principal), engine.clock.now())
        guard let name else {
            _ = try await identities.unlink(account.id, by: actor, now: now)
            return .unlinked
        }
        guard let identity = ExternalIdentities.Name(name) else { return .bad }
        do {
            try await identities.link(identity, issuer: parameters.issuer, to: account.id, by: actor, now: now)
            return .linked
        } catch AccessProblem.invalid {
            return .taken
        }
    }

    // MARK: The provider

    func visitProvider(_ kind: SignInKind) async throws -> ProviderVisit? {
        let purpose: OpenIDPurpose = kind == .staff ? .staff : .member
        guard let openID, openID.parameters.serves.contains(purpose) else { return nil }
        let (attempt, cookie) = try home.access.openID.begin(purpose, now: engine.clock.now())
        do {
            return ProviderVisit(address: try await openID.address(for: attempt), cookie: cookie)
        } catch is OpenIDProvider.Problem {
            throw HTTPError(.serviceUnavailable)
        }
    }

    func finish(_ answer: ProviderAnswer, cookie: String?) async throws -> ProviderEntry {
        let now = engine.clock.now()
        let attempt: OpenIDAttempt
        do {
            attempt = try await home.access.openID.finish(cookie: cookie, state: answer.state, now: now)
        } catch is AccessProblem {
            return .failed(.member)
        }
        let kind: SignInKind = attempt.purpose == .staff ? .staff : .member
        guard let openID, openID.parameters.serves.contains(attempt.purpose), let code = answer.code else {
            return .failed(kind)
        }
        let claims: OpenIDToken.Claims
        do {
            claims = try await openID.claims(code: code, issuer: answer.issuer, of: attempt)
        } catch is OpenIDProvider.Problem {
            return .failed(kind)
        }
        switch attempt.purpose {
        case .staff:
            do {
                let (token, session) = try await home.access.identities.signIn(claims, now: now)
                return .entered(started(.staff, token, session))
            } catch AccessProblem.notFound {
                return .unlinked
            }
        case .member: return try await enter(claims, now: now)
        }
    }

    /// Whoever the publisher vouches for is a member: the one that it sends events of under the same identifier, and a new
    /// one with the first visit, as with the first event.
    private func enter(_ claims: OpenIDToken.Claims, now: Instant) async throws -> ProviderEntry {
        guard let programme = try await providerProgramme(), let identity = ExternalIdentity(.user, claims.subject)
        else { return .failed(.member) }
        try await home.answerPage(for: programme)
        guard let member = try await engine.identities.resolve([identity], programme: programme, now: now).first else {
            return .failed(.member)
        }
        let (token, session) = try await home.access.signIn.begin(member: member, in: programme, now: now)
        return .entered(started(.member, token, session))
    }
}
