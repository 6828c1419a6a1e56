import Access
import Hummingbird
import Loyalty
import Mail
import Primitives
import Runtime
import Site
import Vault

/// The members' doors: links by mail, joining, and readers whom the publisher's site hands over.
extension SiteAdapter {
    func door(programme name: String?) async throws -> DoorFinding? {
        let all = try await home.programmes()
        if name == nil, all.count > 1 {
            // Each name is in its programme's document, which its owner has; others are found under their own address.
            let faces = all.compactMap { face(of: $0) }
            if faces.count > 1 { return .several(faces) }
        }
        guard let programme = name.map({ ProgrammeID($0) }) ?? all.first, all.contains(programme) else { return nil }
        try await home.answerPage(for: programme)
        guard let face = face(of: programme) else { return nil }
        let mail: SignInDoor.Mail =
            if let mailDoor, mailDoor.serves(programme) { mailDoor.box == nil ? .sent : .boxed } else { .none }
        return .door(SignInDoor(programme: face, mail: mail))
    }

    func askLink(address: String, for programme: ProgrammeFace, language: PageLanguage) async throws -> Bool {
        guard let mailDoor, mailDoor.serves(programme.id) else { throw HTTPError(.serviceUnavailable) }
        switch mailDoor.ask(address, for: programme, language: language, now: engine.clock.now()) {
        case .taken: return true
        case .noAddress: return false
        case .full: throw HTTPError(.serviceUnavailable, headers: [.retryAfter: "60"])
        }
    }

    func letterBox() async throws -> [BoxedMail]? {
        guard let box = mailDoor?.box else { return nil }
        return box.messages.map { message in
            var paragraphs = message.text.split(separator: "\n\n").map(String.init)
            // The last is the signature.
            paragraphs.removeLast(min(1, paragraphs.count))
            let link = paragraphs.first { $0.contains("/signin/") && $0.hasPrefix("http") }
            paragraphs.removeAll { $0 == link }
            return BoxedMail(
                subject: message.subject.text, paragraphs: paragraphs,
                link: link.flatMap { $0.split(separator: "/signin/").last }.map {
                    WebLink(path: ["signin", String($0)])
                })
        }
    }

    // MARK: Joining

    /// What a link is for that makes a member of its bearer.
    func joinOffer(token: String) async throws -> SignInOffer? {
        guard let offer = try await home.access.joining.offer(token, now: engine.clock.now()) else { return nil }
        try await home.answerPage(for: offer.programme)
        guard engine.host[offer.programme]?.programme.doors?.joining == .open, let face = face(of: offer.programme)
        else { return nil }
        return SignInOffer(kind: .member, programme: face, language: PageLanguage(rawValue: offer.language))
    }

    /// Makes a member of who uses the link first. From here on the vault knows the address.
    func join(token: String) async throws -> StartedSession? {
        let now = engine.clock.now()
        guard try await joinOffer(token: token) != nil,
            let offer = try await home.access.joining.offer(token, now: now), let address = EmailAddress(offer.address)
        else { return nil }
        let programme = offer.programme
        let name = ExternalIdentity(address)
        let known = try await engine.identities.find(name, programme: programme)
        guard
            let member = try await engine.identities.resolve([name], programme: programme, now: now).first
        else { return nil }
        do {
            let started = try await home.access.joining.redeem(offer, as: member, now: now)
            if known == nil {
                try await home.vault.persons.store([.init(member, [.email: address.text])], programme: programme)
                if let language = PageLanguage(rawValue: offer.language) {
                    _ = try await engine.perform(
                        .profile(ProfileChange(language: language.document)), member: member, in: programme)
                }
            }
            return session(started, now: now)
        } catch AccessProblem.unauthenticated {
            return nil
        }
    }

    // MARK: Hand-over

    func handOver(
        token: String, programme name: String?, replacing old: String?
    ) async throws -> Result<StartedSession, HandOverFailure>? {
        let all = try await home.programmes()
        let only = all.count == 1 ? all.first : nil
        guard let programme = name.map({ ProgrammeID($0) }) ?? only, all.contains(programme) else { return nil }
        try await home.answerPage(for: programme)
        guard let document = engine.host[programme]?.programme, let trust = handOverSecrets.trust(of: document) else {
            return nil
        }
        let now = engine.clock.now()
        do {
            let handOver = try HandOver(token, trust: trust, now: now)
            guard let user = ExternalIdentity(.user, handOver.subject) else { return .failure(.notAccepted) }
            var member = try await engine.identities.find(user, programme: programme)
            if member == nil, document.doors?.joining == .open {
                member = try await engine.identities.resolve([user], programme: programme, now: now).first
            }
            guard let member else { return .failure(.notAMember) }
            let started = try await home.access.signIn.redeem(
                handOver, as: member, programme: programme, replacing: old.flatMap { SecretToken($0) }, now: now)
            return .success(session(started, now: now))
        } catch AccessProblem.unauthenticated {
            return .failure(.notAccepted)
        }
    }

    private func session(_ started: (token: SecretToken, session: Session), now: Instant) -> StartedSession {
        StartedSession(
            kind: .member, secret: started.token.text,
            lifetimeSeconds: Int((started.session.expiresAt - now) / 1_000))
    }
}
