import Access
import Logging
import Loyalty
import Mail
import Primitives
import Runtime
import Settings
import Site
import Synchronization
import Vault

/// Sends links to who asks for them.
///
/// A request only takes its place in line, whoever the address belongs to; who that is, is looked up afterwards, beside
/// requests. So neither the answer nor the time it takes tells whether an address is known.
final class MailDoor: Sendable {
    /// Mails to one address in an hour. More are not sent, and nobody is told.
    static let mailsPerHour = 4
    /// Requests that may wait for their look-up.
    static let capacity = 1_000

    private struct Asked: Sendable {
        var address: MailAddress
        var programme: ProgrammeFace
        var language: PageLanguage
    }

    /// The demo's letter box; `nil` where a server takes the mails.
    let box: MailSink?
    /// The one programme that has this door; `nil` for all of them.
    private let only: ProgrammeID?
    private let home: Home
    private let from: MailMessage.Sender
    private let queue: MailQueue
    /// Where people reach the pages.
    private let site: @Sendable () -> String
    private let perAddress = SignInLimiter(perHour: mailsPerHour)
    private let asked = Mutex<[Asked]>([])

    init(
        home: Home, from: MailMessage.Sender, sender: any MailSending, only: ProgrammeID? = nil,
        site: @escaping @Sendable () -> String
    ) {
        self.home = home
        self.only = only
        self.from = from
        self.site = site
        box = sender as? MailSink
        queue = MailQueue(sender: sender)
    }

    func serves(_ programme: ProgrammeID) -> Bool { only == nil || only == programme }

    /// What came of asking.
    enum Answer { case taken, noAddress, full }

    func ask(_ typed: String, for programme: ProgrammeFace, language: PageLanguage, now: Instant) -> Answer {
        guard let address = MailAddress(typed), EmailAddress(typed) != nil else { return .noAddress }
        let isAllowed = perAddress.attempt(subject: "\(programme.id.name)|\(address.text)", now: now) == nil
        return asked.withLock { asked in
            guard asked.count < Self.capacity else { return .full }
            if isAllowed { asked.append(Asked(address: address, programme: programme, language: language)) }
            return .taken
        }
    }

    /// Answers everybody in line, and hands in what is due.
    func turn(logger: Logger) async {
        let all = asked.withLock { asked in
            defer { asked = [] }
            return asked
        }
        for one in all {
            do {
                try await answer(one)
            } catch {
                // The type only: a message could hold a value that identifies a person.
                logger.error("a sign-in mail could not be written", metadata: ["error": "\(type(of: error))"])
            }
        }
        let turn = await queue.turn(clock: home.engine.clock)
        guard let failure = turn.failure else { return }
        logger.warning(
            "mail was not taken",
            metadata: [
                "reason": "\(failure)", "postponed": "\(turn.postponed)", "dropped": "\(turn.dropped)",
            ])
    }

    private func answer(_ one: Asked) async throws {
        let programme = one.programme.id
        guard let compiled = home.engine.host[programme], let address = EmailAddress(one.address.text) else { return }
        let now = home.engine.clock.now()
        var language = one.language
        let kind: SignInMail.Kind
        if let member = try await home.engine.identities.find(ExternalIdentity(address), programme: programme) {
            let made = try await SignInLink.token(
                for: .member(programme, member), object: "member", programme: programme, by: .server, in: home)
            if let own = try await home.engine.summary(of: member, in: programme)?.profile.language {
                language = own.page
            }
            kind = .link("\(site())/signin/\(made.token.text)")
        } else if compiled.programme.doors?.joining == .open {
            let code = try home.access.joining.make(
                for: address, in: programme, language: language.rawValue, now: now)
            kind = .join("\(site())/signin/\(code)")
        } else {
            kind = .unknown
        }
        let mail = SignInMail(kind, programme: one.programme, language: language)
        let sender =
            from.name.text.isEmpty
            ? MailMessage.Sender(name: MailLine(one.programme.name), address: from.address) : from
        let isTaken = queue.add(
            MailMessage(
                from: sender, to: one.address, subject: MailLine(mail.subject), text: mail.text, html: mail.html,
                language: language.rawValue, id: home.random.id(), date: now), now: now)
        if !isTaken { throw MailDoorProblem.full }
    }
}

enum MailDoorProblem: Error, CustomStringConvertible {
    /// Too many mails wait.
    case full
    case noServer
    case noSender
    case noSecrets

    var description: String {
        switch self {
        case .full: "Too many mails wait for the mail server."
        case .noServer: "smtp-url names no mail server: it reads smtps://user:password@mail.example.org."
        case .noSender: "Mail needs mail-from, an address such as \"De Avondpost <post@example.org>\"."
        case .noSecrets:
            "hand-over-secrets reads PROGRAMME:SECRET, the secret in base64 of at least 32 bytes; commas separate several."
        }
    }
}

extension MailDoor {
    /// The door of a configuration: through its mail server, else through the demo's box; `nil` where there is neither.
    ///
    /// - Parameter demo: the demo's programme. Everybody reads its box, so no other programme's links may lie in it.
    /// - Throws: `MailDoorProblem` for settings that do not fit each other.
    static func open(
        _ configuration: Configuration, demo: ProgrammeID?, home: Home, site: @escaping @Sendable () -> String
    ) throws -> MailDoor? {
        let named = configuration[.mailFrom].map { MailMessage.Sender($0) }
        guard let url = configuration[.smtpAddress] else {
            guard let demo, let nobody = MailAddress("demo@stamgast.invalid") else { return nil }
            return MailDoor(
                home: home, from: MailMessage.Sender(address: nobody), sender: MailSink(), only: demo, site: site)
        }
        guard
            let server = SMTPServer(
                url: url, user: configuration[.smtpUser], password: configuration[.smtpPassword],
                allowsPlain: configuration[.smtpPlain])
        else { throw MailDoorProblem.noServer }
        guard let sender = named ?? nil else { throw MailDoorProblem.noSender }
        return MailDoor(home: home, from: sender, sender: SMTPSender(server: server), site: site)
    }
}
