/// Whatever takes mails away: a server, or the demo's box.
public protocol MailSending: Sendable {
    func send(_ message: MailMessage) async throws(MailFailure)
}

/// Why a mail did not go. No case carries an address: these end up in logs.
public enum MailFailure: Error, Hashable, Sendable {
    /// The server will never take it; its answer (RFC 5321, section 4.2), such as 550.
    case refused(code: Int)
    case tryAgain(Reason)

    public enum Reason: String, Sendable {
        /// No connection, or an answer that did not come in time.
        case unreachable
        /// The connection could not be encrypted, or the server not be recognised.
        case insecure
        /// The server does not take our user name and password.
        case notSignedIn = "not signed in"
        /// The server asks to come back (4xx).
        case busy
        /// It answered something that nobody understands.
        case broken
    }

    /// Whether the next mail would fare the same.
    var concernsEveryMail: Bool {
        switch self {
        case .tryAgain(.unreachable), .tryAgain(.insecure), .tryAgain(.notSignedIn): true
        default: false
        }
    }
}

extension MailFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let code): "refused with \(code)"
        case .tryAgain(let reason): "not taken yet: \(reason.rawValue)"
        }
    }
}
