import Access
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import Synchronization

/// A link that signs somebody in, once.
struct SignInLink {
    let address: String
    let expiresAt: Instant

    /// Where the server of this process listens; `nil` in every other process. A port that was left to the system is in
    /// no setting.
    static let listening = Mutex<String?>(nil)

    /// Notes that a link is made, and makes it.
    ///
    /// - Parameters:
    ///   - object: whom the audit log names; a member is never named there.
    ///   - site: see ``site(_:)``.
    static func issue(
        for subject: SignInSubject, object: String, programme: ProgrammeID?, in home: Home, site: String
    ) async throws -> SignInLink {
        let made = try await token(for: subject, object: object, programme: programme, by: .commandLine, in: home)
        return SignInLink(address: "\(site)/signin/\(made.token.text)", expiresAt: made.expiresAt)
    }

    /// Notes that a way in is made, and makes it.
    static func token(
        for subject: SignInSubject, object: String, programme: ProgrammeID?, by actor: AuditActor, in home: Home,
        lasting milliseconds: Int64 = SignIn.linkMilliseconds
    ) async throws -> (token: SecretToken, expiresAt: Instant) {
        let now = home.engine.clock.now()
        let entry = AuditEntry(
            programme: programme, at: now, actor: actor, action: "sign-in.link", object: object)
        // First: a way in that the log does not know must not exist.
        try await home.database.write { try Audit.append($0, entry) }
        let token = try await home.access.signIn.issueLink(for: subject, lasting: milliseconds, now: now)
        return (token, now.adding(milliseconds: milliseconds))
    }

    /// Where people reach the pages.
    static func site(_ configuration: Configuration) -> String {
        configuration[.publicAddress] ?? listening.withLock { $0 }
            ?? Server.url(address: configuration[.listenAddress], port: configuration[.listenPort])
    }

    var json: JSONObject { ["link": .string(address), "expires_at": .string(RFC3339.format(expiresAt))] }

    func print() {
        Output.say("The link signs in once, until \(RFC3339.format(expiresAt)). Whoever has it, has the account.")
        Output.print(address)
    }
}
