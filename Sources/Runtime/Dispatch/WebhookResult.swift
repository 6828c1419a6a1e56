/// What came of sending a message once: never a word of what was answered, which may hold secrets.
public enum WebhookResult: Sendable, Hashable {
    /// An answer of HTTP, with its status.
    case answered(Int)
    case unanswered(Problem)

    /// Why there was no answer.
    public enum Problem: String, Sendable, Hashable, CaseIterable {
        case noConnection = "no-connection"
        case timeout
        case tls
        /// Where no request may go: this machine, a private network, or no address of the web.
        case refused = "address-refused"
    }

    /// Only 2xx is a yes: a redirect is none, because it is not followed.
    public var isTaken: Bool {
        if case .answered(let status) = self { (200..<300).contains(status) } else { false }
    }

    /// What an answer says of this very message.
    enum Judgement: Sendable, Hashable {
        /// Nothing: it speaks of the moment (too slow, too early, too many, a gateway without its server) or of the
        /// address (gone, somewhere else), or there was no answer.
        case none
        /// The same again will be refused again.
        case refused
        /// The receiver breaks over it, or is broken.
        case broken
    }

    var judgement: Judgement {
        guard case .answered(let status) = self else { return .none }
        switch status {
        case 408, 410, 425, 429, 502, 503, 504: return .none
        case 400..<500: return .refused
        case 500..<600: return .broken
        default: return .none
        }
    }
}

/// What a receiver answered: the status, and how long it asks to be left alone.
public struct WebhookAnswer: Sendable, Hashable {
    public var result: WebhookResult
    /// `Retry-After` in seconds, where it was given so.
    public var retryAfterSeconds: Int64?

    public init(_ result: WebhookResult, retryAfterSeconds: Int64? = nil) {
        self.result = result
        self.retryAfterSeconds = retryAfterSeconds
    }
}
