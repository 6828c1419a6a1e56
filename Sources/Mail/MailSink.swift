internal import Synchronization

/// Keeps the last mails instead of sending them: the demo's letter box.
public final class MailSink: MailSending {
    public static let capacity = 20

    private let kept = Mutex<[MailMessage]>([])

    public init() {}

    /// The latest first.
    public var messages: [MailMessage] { kept.withLock { $0 } }

    public func send(_ message: MailMessage) async throws(MailFailure) {
        kept.withLock { kept in
            kept.insert(message, at: 0)
            if kept.count > Self.capacity { kept.removeLast(kept.count - Self.capacity) }
        }
    }
}
