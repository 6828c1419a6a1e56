import Access
import Catalogue
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// Fills the port of the pages from the house: what is shown is what is stored.
struct SiteAdapter: SiteData {
    let counterTries = CounterTries()
    let home: Home
    /// The demo's newspaper with the programme it belongs to; `nil` serves none.
    let publisher: DemoPublisher?
    let publisherProgramme: ProgrammeID?
    let topicNames: [String: ProgrammeText]
    /// Different for every run, so that a browser that comes back after a restart loads anew.
    let epoch: String
    let signs = KeptFigures<Vitals>()
    let habitCounts = KeptFigures<HabitCounts>()
    let levelCounts = KeptFigures<[Loyalty.PrivacyLevel: Int64]>()
    let readings = KeptReadings()
    /// Sends webhooks that staff ask for; `nil` as the server does.
    var webhookSender: (any WebhookSending)?
    /// What was turned away where events come in.
    var refusals = EventRefusals()
    /// How links go to members by mail; `nil` where no mail is sent.
    var mailDoor: MailDoor?
    var handOverSecrets = HandOverSecrets.none
    /// Where staff, members or both sign in with an account of theirs elsewhere.
    var openID: OpenIDProvider?
    /// Whether a password of staff needs a second factor.
    var needsSecondFactor = true

    var engine: Runtime.Engine { home.engine }

    func view(_ programme: ProgrammeID, _ language: PageLanguage) -> SiteView? {
        guard let compiled = engine.host[programme] else { return nil }
        return SiteView(
            compiled: compiled, catalogue: home.catalogue.store.snapshot(programme), language: language,
            zones: engine.zones, now: engine.clock.now(), publisher: programme == publisherProgramme ? publisher : nil,
            topicNames: topicNames)
    }

    func face(of programme: ProgrammeID) -> ProgrammeFace? {
        guard let compiled = engine.host[programme] else { return nil }
        let language = compiled.programme.languages.first ?? .en
        let name = compiled.programme.name.text(language)
        return ProgrammeFace(
            id: programme, name: name.isEmpty ? programme.name : name,
            home: programme == publisherProgramme ? publisher.map { WebLink(path: [$0.path]) } : nil,
            look: look(of: compiled.programme))
    }

    // MARK: Signing in

    func signInOffer(token: String) async throws -> SignInOffer? {
        guard let secret = SecretToken(token) else { return try await joinOffer(token: token) }
        guard
            let subject = try await home.access.signIn.subject(of: secret, now: engine.clock.now())
        else { return nil }
        switch subject {
        case .member(let programme, let member):
            try await home.answerPage(for: programme)
            guard let face = face(of: programme) else { return nil }
            let profile = try await engine.summary(of: member, in: programme)?.profile
            return SignInOffer(kind: .member, programme: face, language: profile?.language?.page)
        case .staff(let id):
            guard let account = try await home.access.staff.find(id) else { return nil }
            guard let face = try await consoleProgramme(account.programmes) else { return startOffer(account) }
            return SignInOffer(kind: .staff, programme: face)
        }
    }

    func signIn(token: String) async throws -> StartedSession? {
        guard let token = SecretToken(token) else { return try await join(token: token) }
        let now = engine.clock.now()
        do {
            let (secret, session) = try await home.access.signIn.redeemLink(token, now: now)
            let kind: SignInKind
            if case .member = session.principal { kind = .member } else { kind = .staff }
            return StartedSession(
                kind: kind, secret: secret.text, lifetimeSeconds: Int((session.expiresAt - now) / 1_000))
        } catch AccessProblem.unauthenticated {
            return nil
        }
    }

    func principal(_ secret: String) async throws -> Principal? {
        guard let token = SecretToken(secret) else { return nil }
        do {
            return try await home.access.sessions.verify(token, now: engine.clock.now()).principal
        } catch AccessProblem.unauthenticated {
            return nil
        }
    }

    func member(session secret: String) async throws -> SiteMember? {
        guard case .member(let programme, let id) = try await principal(secret) else { return nil }
        try await home.answerPage(for: programme)
        guard let face = face(of: programme) else { return nil }
        let member = try await engine.identities.canonical(id, programme: programme) ?? id
        let language = try await engine.summary(of: member, in: programme)?.profile.language?.page
        return SiteMember(programme: face, member: member, language: language)
    }

    func staff(session secret: String) async throws -> SiteStaff? {
        guard let principal = try await principal(secret), case .staff(let id, _, let programmes) = principal,
            let face = try await consoleProgramme(programmes),
            principal.allows(.console, in: face.id) || principal.allows(.aggregatesRead, in: face.id)
        else { return nil }
        var staff = SiteStaff(
            programme: face, staff: id.description, seesAggregatesOnly: !principal.allows(.console, in: face.id),
            seesMembers: principal.allows(.membersRead, in: face.id),
            readsAudit: principal.allows(.auditRead, in: face.id),
            managesAccess: principal.allows(.accessManage, in: face.id))
        staff.setsUp = principal.allows(.programmeWrite, in: face.id)
        staff.isServiceOnly = principal.allows(.console, in: face.id) && !principal.allows(.metricsRead, in: face.id)
        staff.handlesPrivacy = principal.allows(.membersErase, in: face.id)
        staff.answersMembers = principal.allows(.membersWrite, in: face.id)
        staff.correctsPoints = principal.allows(.ledgerAdjust, in: face.id)
        return staff
    }

    func signOut(session secret: String) async throws {
        guard let token = SecretToken(secret) else { return }
        try await home.access.sessions.end(token)
    }

    /// The console opens on the demo's programme, else on the first that the account works for.
    func consoleProgramme(_ programmes: ProgrammeSet) async throws -> ProgrammeFace? {
        let own = try await home.programmes().filter { programmes.contains($0) }
        guard let programme = own.first(where: { $0 == publisherProgramme }) ?? own.first else { return nil }
        try await home.answerPage(for: programme)
        return face(of: programme)
    }
}

/// A programme that was in force a moment ago is no longer.
struct ProgrammeGone: Error {}
