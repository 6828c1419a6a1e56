public import Primitives
internal import Synchronization

/// Mails that wait to be handed in: in memory, so many and so long.
///
/// Memory is the right place: what is sent this way, a link that signs in, is good for half an hour. After a crash the
/// reader asks for another, and no disk ever held the address.
public final class MailQueue: Sendable {
    /// What became of the mails of one turn.
    public struct Turn: Sendable, Hashable {
        public var sent = 0
        public var postponed = 0
        /// Refused for good, or too old.
        public var dropped = 0
        /// The last failure, for the log.
        public var failure: MailFailure?

        public init() {}
    }

    private let sender: any MailSending
    private let schedule: Mutex<MailSchedule>

    public init(sender: any MailSending, capacity: Int = 1_000) {
        self.sender = sender
        schedule = Mutex(MailSchedule(capacity: capacity))
    }

    public var count: Int { schedule.withLock { $0.waiting.count } }

    /// - Returns: `false` when there is no room.
    @discardableResult
    public func add(_ message: MailMessage, now: Instant) -> Bool {
        schedule.withLock { $0.add(message, now: now) }
    }

    /// Hands in what is due, one after the other. One turn at a time.
    public func turn(clock: any WallClock) async -> Turn {
        var turn = Turn()
        let (due, old) = schedule.withLock { $0.takeDue(now: clock.now()) }
        turn.dropped += old
        var rest = due[...]
        while let mail = rest.popFirst() {
            do throws(MailFailure) {
                try await sender.send(mail.message)
                turn.sent += 1
            } catch {
                turn.failure = error
                guard case .tryAgain = error else {
                    turn.dropped += 1
                    continue
                }
                let now = clock.now()
                let failed = error.concernsEveryMail ? [mail] + rest : [mail]
                if error.concernsEveryMail { rest = [] }
                schedule.withLock { $0.postpone(failed, now: now) }
                turn.postponed += failed.count
            }
        }
        return turn
    }
}

/// When each of the waiting mails is due.
struct MailSchedule: Sendable {
    struct Waiting: Sendable, Hashable {
        var message: MailMessage
        var since: Instant
        var due: Instant
        var attempts = 0
    }

    /// A sign-in link is dead by then, and whoever asked has asked again.
    static let longestMilliseconds: Int64 = 3_600_000
    static let mostAtOnce = 50

    let capacity: Int
    private(set) var waiting: [Waiting] = []

    init(capacity: Int) { self.capacity = capacity }

    mutating func add(_ message: MailMessage, now: Instant) -> Bool {
        guard waiting.count < capacity else { return false }
        waiting.append(Waiting(message: message, since: now, due: now))
        return true
    }

    /// Takes out what is due, the oldest first, and drops what is too old.
    mutating func takeDue(now: Instant) -> (due: [Waiting], dropped: Int) {
        let before = waiting.count
        waiting.removeAll { now - $0.since >= Self.longestMilliseconds }
        let dropped = before - waiting.count
        var due: [Waiting] = []
        var rest: [Waiting] = []
        for mail in waiting {
            if mail.due <= now, due.count < Self.mostAtOnce { due.append(mail) } else { rest.append(mail) }
        }
        waiting = rest
        return (due, dropped)
    }

    /// Puts back what did not go: 15 seconds, then twice as long each time, ten minutes at most.
    mutating func postpone(_ mails: [Waiting], now: Instant) {
        waiting += mails.map { mail in
            var mail = mail
            let wait = min(600_000, Int64(15_000) << Int64(min(mail.attempts, 6)))
            mail.attempts += 1
            mail.due = now.adding(milliseconds: wait)
            return mail
        }
    }
}
