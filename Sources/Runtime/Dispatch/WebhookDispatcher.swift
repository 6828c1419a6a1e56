import Loyalty
public import Primitives
public import Storage

/// Delivers outbox messages to webhooks: at least once, in order, the cursor moving after delivery.
///
/// A webhook that does not answer holds up only its own programme's messages of the same kind: each webhook has its own
/// cursor and its own turn. Retries wait longer each time, up to an hour. A message that is refused again and again is set
/// aside, so that those after it go on (see ``WebhookPolicy``); every attempt is kept for a while, without its content.
public actor WebhookDispatcher {
    /// What a turn did.
    public struct Turn: Sendable, Hashable {
        public var delivered = 0
        public var failed = 0
        public var setAside = 0

        public init() {}
    }

    /// Messages of one turn and webhook.
    static let page = 100
    /// After so long a webhook's turn ends, so that a slow one does not hold up the next turn of the others.
    private static let turnTime = Duration.seconds(20)
    /// Messages wait for a receiver so long, and stay so long to be delivered again.
    public static let keepMilliseconds: Int64 = 5 * 86_400_000
    /// At most so many messages of a programme wait.
    public static let keepRows = 1_000_000
    /// Messages that are deleted at once, and how often at most within one trim.
    private static let step = 10_000
    private static let steps = 100

    private struct Consumer: Hashable {
        var programme: ProgrammeID
        var webhook: String
    }

    private let database: any Database
    private let host: ProgrammeHost
    private let secrets: WebhookSecrets
    private let sender: any WebhookSending
    private let owns: @Sendable (ProgrammeID) -> Bool
    private let outbox: Outbox
    private var announced: Set<Consumer> = []

    public init(
        database: any Database, host: ProgrammeHost, secrets: WebhookSecrets, sender: any WebhookSending,
        owns: @escaping @Sendable (ProgrammeID) -> Bool = { _ in true }
    ) {
        self.owns = owns
        self.database = database
        self.host = host
        self.secrets = secrets
        self.sender = sender
        outbox = Outbox()
    }

    /// Delivers what is due, to all webhooks at the same time.
    public func run(now: Instant) async throws -> Turn {
        try await withThrowingTaskGroup(of: Result<Turn, any Error>.self) { group in
            for compiled in host.all where owns(compiled.id) {
                for webhook in compiled.programme.webhooks {
                    group.addTask {
                        do {
                            return .success(try await self.turn(of: webhook, in: compiled.id, now))
                        } catch {
                            return .failure(error)
                        }
                    }
                }
            }
            // Thrown at the end: one that fails must not break off what the others are sending.
            var turn = Turn()
            var problem: (any Error)?
            for try await result in group {
                switch result {
                case .success(let one):
                    turn.delivered += one.delivered
                    turn.failed += one.failed
                    turn.setAside += one.setAside
                case .failure(let error): problem = error
                }
            }
            if let problem { throw problem }
            return turn
        }
    }

    /// Deletes messages that are old enough, taken or not, and what is known of their deliveries a little later.
    ///
    /// - Returns: how many messages nobody took.
    public func trim(now: Instant) async throws -> Int {
        var undelivered = 0
        for compiled in host.all where owns(compiled.id) {
            let (outbox, programme) = (self.outbox, compiled.id)
            let stores = compiled.programme.webhooks.map { WebhookStore(programme, $0.id) }
            try await database.write { connection in
                for store in stores {
                    try store.trim(before: now.adding(milliseconds: -WebhookPolicy.keptMilliseconds), connection)
                }
            }
            // In steps, so that no transaction is long.
            for _ in 0..<Self.steps {
                let gone = try await database.write { connection in
                    try outbox.trim(
                        connection, programme, before: now.adding(milliseconds: -Self.keepMilliseconds),
                        maximumRows: Self.keepRows, limit: Self.step, keepsTaken: true)
                }
                undelivered += gone.undelivered
                if gone.deleted < Self.step { break }
            }
        }
        return undelivered
    }

    /// The consumer of a webhook, which is the kind of its messages as well.
    static func consumer(_ webhook: String) -> String { "webhook/" + webhook }

    /// Page after page, until nothing is left, something fails or the time is over.
    private func turn(of webhook: Webhook, in programme: ProgrammeID, _ now: Instant) async throws -> Turn {
        let start = SuspendingClock.now
        var all = Turn()
        while true {
            let (turn, isMore) = try await deliver(webhook, of: programme, now)
            all.delivered += turn.delivered
            all.failed += turn.failed
            all.setAside += turn.setAside
            if !isMore || SuspendingClock.now - start >= Self.turnTime { return all }
        }
    }

    /// - Returns: also whether a whole page was passed, so that there may be more.
    private func deliver(
        _ webhook: Webhook, of programme: ProgrammeID, _ now: Instant
    ) async throws -> (turn: Turn, isMore: Bool) {
        var turn = Turn()
        let (outbox, store) = (self.outbox, WebhookStore(programme, webhook.id))
        let name = Self.consumer(webhook.id)
        let (position, before) = try await database.read { connection in
            (try outbox.position(connection, programme, consumer: name), try store.state(connection))
        }
        guard before.mayBeTried(now), let signatures = secrets.signatures(programme, webhook.id, before, now: now)
        else { return (turn, false) }
        let entries = try await database.read { try outbox.read($0, programme, after: position, limit: Self.page) }
        let courier = WebhookCourier(programme: programme, webhook: webhook, signatures: signatures, sender: sender)
        let start = SuspendingClock.now
        var (state, reached) = (before, position)
        var attempts: [WebhookAttempt] = []
        var aside: [DeadLetter] = []
        sending: for listed in entries {
            // Given away meanwhile: its new owner goes on from the cursor.
            guard owns(programme) else { return (turn, false) }
            guard SuspendingClock.now - start < Self.turnTime else { break }
            var entry = listed
            if entry.message.kind == name {
                // Again, right before it leaves: its member may have been erased since the page was read.
                let before = entry.sequence - 1
                let current = try await database.read { try outbox.read($0, programme, after: before, limit: 1).first }
                if let current, current.sequence == listed.sequence { entry = current }
            }
            if entry.message.kind == name {
                let sequence = entry.sequence
                let elapsed = (SuspendingClock.now - start).components.seconds
                let (attempt, answer) = await courier.send(
                    entry.message.payload, id: WebhookCourier.id(programme, sequence), sequence: sequence,
                    attempt: (state.trying == sequence ? state.failures : 0) + 1,
                    at: now.adding(milliseconds: elapsed * 1_000))
                attempts.append(attempt)
                if answer.result.isTaken {
                    turn.delivered += 1
                    state.take(at: attempt.at)
                } else {
                    turn.failed += 1
                    switch state.fail(sequence, answer, at: attempt.at) {
                    case .wait, .stop: break sending
                    case .setAside:
                        turn.setAside += 1
                        aside.append(
                            DeadLetter(
                                sequence: sequence, message: attempt.message, kind: attempt.kind, at: attempt.at,
                                attempts: attempt.attempt, result: answer.result))
                    }
                }
            }
            reached = entry.sequence
        }
        // Announced even before its first message: what it has not taken yet is kept for it.
        let isNew = announced.insert(Consumer(programme: programme, webhook: webhook.id)).inserted
        guard isNew || reached > position || !attempts.isEmpty else { return (turn, false) }
        let (end, after, sent, given) = (reached, state, attempts, aside)
        try await database.write { connection in
            // There from now on, if it was not; never forwards, which would undo a moving back.
            try outbox.acknowledge(connection, programme, consumer: name, upTo: 0)
            // Where somebody has moved it back meanwhile, it stays there.
            let isMoved = try outbox.move(connection, programme, consumer: name, from: position, to: end)
            if isMoved { try store.setAside(given, connection) }
            try store.add(sent, connection)
            if after != before { try store.save(after, aside: isMoved ? given.count : 0, connection) }
        }
        return (turn, entries.count == Self.page && entries.last?.sequence == end)
    }
}
