public import Primitives

/// How a webhook is doing, and which of its secrets is the present one.
public struct WebhookState: Sendable, Hashable {
    /// Why nothing is sent until somebody turns the webhook on again.
    public enum Stop: String, Sendable, Hashable, CaseIterable {
        /// The receiver answered 410.
        case gone
        /// Nothing was taken for ``WebhookPolicy/stopMilliseconds``.
        case failing
    }

    /// The message that was not taken yet, how often it was tried, and since when.
    public var trying: Int64?
    public var failures = 0
    public var tryingSince: Instant?
    /// Since when nothing is taken; `nil` after a message that was.
    public var failingSince: Instant?
    public var waitingUntil: Instant?
    public var lastTaken: Instant?
    public var stopped: Stop?
    /// How many messages were set aside, ever.
    public var setAside: Int64 = 0
    /// Counts the secrets: 0 is the first one.
    public var generation: Int64 = 0
    /// Until when messages are signed with the secret before as well.
    public var formerUntil: Instant?

    public init() {}

    /// Whether something may be sent now.
    public func mayBeTried(_ now: Instant) -> Bool {
        stopped == nil && (waitingUntil.map { $0 <= now } ?? true)
    }

    mutating func take(at now: Instant) {
        (trying, failures, tryingSince, failingSince, waitingUntil) = (nil, 0, nil, nil, nil)
        lastTaken = now
    }

    /// What becomes of a message that was not taken.
    enum Verdict: Sendable, Hashable { case wait, setAside, stop }

    /// - Parameter sequence: which message.
    mutating func fail(_ sequence: Int64, _ answer: WebhookAnswer, at now: Instant) -> Verdict {
        if trying != sequence { (trying, failures, tryingSince) = (sequence, 0, now) }
        failures += 1
        let failing = failingSince ?? now
        failingSince = failing
        if answer.result == .answered(410) {
            (stopped, waitingUntil) = (.gone, nil)
            return .stop
        }
        let patience: Int64? =
            switch answer.result.judgement {
            case .none: nil
            case .refused: WebhookPolicy.refusedMilliseconds
            case .broken: WebhookPolicy.brokenMilliseconds
            }
        if let patience, failures >= WebhookPolicy.attempts, now - (tryingSince ?? now) >= patience {
            (trying, failures, tryingSince, waitingUntil) = (nil, 0, nil, nil)
            setAside += 1
            return .setAside
        }
        if now - failing >= WebhookPolicy.stopMilliseconds {
            (stopped, waitingUntil) = (.failing, nil)
            return .stop
        }
        // 5 s, 10 s, 20 s … one hour, or what the receiver asks for.
        let usual = min(3_600_000, Int64(5_000) << Int64(min(failures - 1, 10)))
        let asked = min(max(answer.retryAfterSeconds ?? 0, 0), 86_400) * 1_000
        waitingUntil = now.adding(milliseconds: max(usual, asked))
        return .wait
    }
}

/// How long the dispatcher is patient. See `docs/decisions/0008-a-message-that-is-refused-is-set-aside.md`.
public enum WebhookPolicy {
    /// A message is set aside after so many attempts at least,
    public static let attempts = 5
    /// and so long after the first one, if it is refused (4xx),
    public static let refusedMilliseconds: Int64 = 3_600_000
    /// or if the receiver breaks over it (5xx). What speaks of the moment, and no answer, is nobody's judgement.
    public static let brokenMilliseconds: Int64 = 86_400_000
    /// Where nothing was taken for so long, nothing more is sent.
    public static let stopMilliseconds: Int64 = 5 * 86_400_000
    /// For so long after a change of secrets, messages carry the signature of both.
    public static let rotationMilliseconds: Int64 = 86_400_000
    /// Attempts and messages set aside that are kept of one webhook, and for how long.
    public static let keptRows: Int64 = 1_000
    public static let keptMilliseconds: Int64 = 7 * 86_400_000
}
