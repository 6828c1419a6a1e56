import Access
import Primitives
import Site
import Synchronization

/// Staff "noor" with the password "right", and "half" who needs a code, "123456"; a provider where code "good" signs in.
extension FakeSiteData {
    func signInDoors() async throws -> SignInDoors {
        SignInDoors(
            staffProvider: "login.example", memberProvider: "login.example", memberProgramme: Samples.programme.id)
    }

    func signInStaff(login: String, password: String, device: String?) async throws -> StaffEntry {
        state.withLock { $0.chosen.append("password \(login) \(device ?? "-")") }
        guard password == "right" else { return password == "rush" ? .busy : .refused }
        return login == "half" ? .needsCode(ticket: "ticket-1") : login == "noor" ? entered(.staff) : .refused
    }

    func signInStaff(code: String, ticket: String, device: String?) async throws -> StaffEntry {
        guard ticket == "ticket-1" else { return .expired }
        return code == "123456" ? entered(.staff) : .refused
    }

    private func entered(_ kind: SignInKind) -> StaffEntry { .entered(started(kind), device: "device-1") }

    private func started(_ kind: SignInKind) -> StartedSession {
        StartedSession(
            kind: kind, secret: kind == .member ? "member-secret" : "staff-secret", lifetimeSeconds: 86_400)
    }

    func ownAccount(of staff: SiteStaff) async throws -> OwnAccount { Samples.ownAccount }

    func setPassword(
        _ change: PasswordChange, for staff: SiteStaff, beside secret: String
    ) async throws -> StaffSecretProblem? {
        guard change.current == "right" else { return .currentWrong }
        guard change.login != "taken" else { return .loginTaken }
        guard change.password.count >= 12 else { return .passwordShort }
        state.withLock { $0.chosen.append("set \(staff.staff) \(change.login) \(secret)") }
        return nil
    }

    func offerSecondFactor(for staff: SiteStaff, again sealed: String?) async throws -> StaffSecrets.Offer? {
        staff.staff == "s-bare" ? nil : Samples.offer
    }

    func confirmSecondFactor(
        _ sealed: String, code: String, current: String, for staff: SiteStaff
    ) async throws -> RecoveryOutcome {
        guard current == "right" else { return .refused(.currentWrong) }
        return code == "123456" && sealed == "SEALED" ? .shown(Samples.recoveryCodes) : .refused(.codeWrong)
    }

    func renewRecoveryCodes(current: String, for staff: SiteStaff) async throws -> RecoveryOutcome {
        current == "right" ? .shown(Samples.recoveryCodes) : .refused(.currentWrong)
    }

    func endOtherSessions(of staff: SiteStaff, beside secret: String) async throws {
        state.withLock { $0.chosen.append("elsewhere \(staff.staff) \(secret)") }
    }

    func resetSecrets(ofAccount id: String, for staff: SiteStaff) async throws -> Bool {
        guard Samples.accounts.accounts.contains(where: { $0.id == id && $0.mayChange }) else { return false }
        state.withLock { $0.chosen.append("reset \(id)") }
        return true
    }

    func link(_ name: String?, toAccount id: String, for staff: SiteStaff) async throws -> IdentityOutcome? {
        guard Samples.accounts.accounts.contains(where: { $0.id == id && $0.mayChange }) else { return nil }
        state.withLock { $0.chosen.append("link \(id) \(name ?? "nobody")") }
        guard let name else { return .unlinked }
        return name.isEmpty ? .bad : name == "taken" ? .taken : .linked
    }

    func visitProvider(_ kind: SignInKind) async throws -> ProviderVisit? {
        ProviderVisit(address: "https://login.example/authorize?for=\(kind)", cookie: "state-\(kind)")
    }

    func finish(_ answer: ProviderAnswer, cookie: String?) async throws -> ProviderEntry {
        state.withLock { $0.chosen.append("back \(answer.state) \(answer.issuer ?? "-") \(cookie ?? "-")") }
        switch (cookie, answer.code) {
        case ("state-staff", "good"): return .entered(started(.staff))
        case ("state-member", "good"): return .entered(started(.member))
        case ("state-staff", "stranger"): return .unlinked
        case ("state-staff", _): return .failed(.staff)
        default: return .failed(.member)
        }
    }
}

extension Samples {
    static let ownAccount = OwnAccount(
        today: today, login: "noor", passwordChanged: today, hasSecondFactor: true, recoveryCodes: 8,
        linkedWith: "login.example", sessions: 2)
    static let recoveryCodes = ["abcd-efgh-ijkl-mnop", "qrst-uvwx-yz23-4567"]
    /// As the house makes them; the secret is that of the standard's examples.
    static let offer = StaffSecrets.Offer(
        sealed: "SEALED", secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        address: "otpauth://totp/noor?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=De%20Avondpost")
}
