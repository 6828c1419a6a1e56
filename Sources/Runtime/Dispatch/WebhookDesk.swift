public import Access
import Loyalty
public import Primitives
public import Storage

/// What staff see of webhooks and do about them. Whether they may is asked before.
public struct WebhookDesk: Sendable {
    /// A webhook as it stands.
    public struct Standing: Sendable, Hashable {
        public var state: WebhookState
        /// Messages that wait, of those that were looked at.
        public var backlog: Int64
        /// Whether more wait than were looked at.
        public var isMore: Bool
        /// Messages on the list of those set aside.
        public var deadLetters: Int
        /// The hours of the last day in which something was sent.
        public var hours: [WebhookHour]
    }

    /// What came of sending one message.
    public enum Sent: Sendable, Hashable {
        case done(WebhookAttempt)
        /// The outbox has forgotten it, or its member was erased.
        case gone
        /// The programme has no such webhook, or it has no secret.
        case unknown
    }

    /// A test's type: receivers answer it with 2xx and do nothing.
    public static let test = "stamgast.test"
    /// Messages of all kinds that are looked at to count those that wait.
    static let counted = 10_000

    private let database: any Database
    private let host: ProgrammeHost
    private let secrets: WebhookSecrets
    private let sender: any WebhookSending
    private let outbox = Outbox()

    public init(
        database: any Database, host: ProgrammeHost, secrets: WebhookSecrets, sender: any WebhookSending
    ) {
        self.database = database
        self.host = host
        self.secrets = secrets
        self.sender = sender
    }

    // MARK: Looking

    public func standing(of webhook: String, in programme: ProgrammeID, now: Instant) async throws -> Standing {
        let (outbox, store) = (self.outbox, WebhookStore(programme, webhook))
        return try await database.read { connection in
            let name = WebhookDispatcher.consumer(webhook)
            let position = try outbox.position(connection, programme, consumer: name)
            let next = try outbox.read(connection, programme, after: position + Int64(Self.counted), limit: 1)
            return Standing(
                state: try store.state(connection),
                backlog: try outbox.count(connection, programme, kind: name, after: position, limit: Self.counted),
                isMore: !next.isEmpty, deadLetters: try store.deadLetters(connection).count,
                hours: try store.hours(from: now.milliseconds / 3_600_000 - 23, connection))
        }
    }

    /// What was sent and what was set aside, latest first.
    public func log(
        of webhook: String, in programme: ProgrammeID
    ) async throws -> (attempts: [WebhookAttempt], deadLetters: [DeadLetter]) {
        let store = WebhookStore(programme, webhook)
        return try await database.read { (try store.attempts($0), try store.deadLetters($0)) }
    }

    /// The present secret, for whoever may change it.
    public func secret(of webhook: String, in programme: ProgrammeID) async throws -> String {
        let store = WebhookStore(programme, webhook)
        let state = try await database.read { try store.state($0) }
        return secrets.text(programme, webhook, generation: state.generation)
    }

    // MARK: Doing

    /// Sends a message of the type ``test`` now, whatever waits.
    public func test(
        _ webhook: String, of programme: ProgrammeID, id: ID128, by actor: AuditActor, now: Instant
    ) async throws -> Sent {
        guard let courier = try await courier(webhook, programme, now) else { return .unknown }
        let body: JSONObject = [
            "type": .string(Self.test), "timestamp": .string(RFC3339.format(now)),
            "data": .object(["programme": .string(programme.name), "webhook": .string(webhook)]),
        ]
        let mark = id.description.replacing("-", with: "")
        let (attempt, _) = await courier.send(
            JSONValue.object(body).bytes(), id: "msg_\(programme.name)_test_\(mark)", sequence: nil, attempt: 0,
            at: now)
        let store = WebhookStore(programme, webhook)
        try await database.write { connection in
            try store.add([attempt], connection)
            try Self.note("webhook.test", webhook, programme, actor, now, connection)
        }
        return .done(attempt)
    }

    /// Sends one message again now, outside the order, under the identifier that it had.
    public func redeliver(
        _ sequence: Int64, to webhook: String, of programme: ProgrammeID, by actor: AuditActor, now: Instant
    ) async throws -> Sent {
        guard let courier = try await courier(webhook, programme, now) else { return .unknown }
        let outbox = self.outbox
        let found = try await database.read {
            try outbox.read($0, programme, after: sequence - 1, limit: 1).first
        }
        guard let found, found.sequence == sequence, found.message.kind == WebhookDispatcher.consumer(webhook) else {
            return .gone
        }
        let (attempt, _) = await courier.send(
            found.message.payload, id: WebhookCourier.id(programme, sequence), sequence: sequence, attempt: 0, at: now)
        let store = WebhookStore(programme, webhook)
        try await database.write { connection in
            try store.add([attempt], connection)
            if attempt.result.isTaken { try store.unset(sequence, andAllAfter: false, connection) }
            try Self.note("webhook.redeliver", webhook, programme, actor, now, connection, after: attempt.message)
        }
        return .done(attempt)
    }

    /// Puts everything since a moment in the queue again: the cursor moves back. Receivers know repeats by their
    /// identifier.
    ///
    /// - Returns: `false` if nothing since then has been passed yet.
    public func redeliver(
        since moment: Instant, to webhook: String, of programme: ProgrammeID, by actor: AuditActor, now: Instant
    ) async throws -> Bool {
        let (outbox, store) = (self.outbox, WebhookStore(programme, webhook))
        return try await database.write { connection in
            guard let position = try outbox.position(connection, programme, before: moment),
                try outbox.rewind(
                    connection, programme, consumer: WebhookDispatcher.consumer(webhook), to: position)
            else { return false }
            try store.unset(position + 1, andAllAfter: true, connection)
            try Self.note(
                "webhook.redeliver", webhook, programme, actor, now, connection,
                after: "since " + RFC3339.format(moment))
            return true
        }
    }

    /// Ends a pause or a stop: what waits is tried at once.
    public func resume(
        _ webhook: String, of programme: ProgrammeID, by actor: AuditActor, now: Instant
    ) async throws {
        let store = WebhookStore(programme, webhook)
        try await database.write { connection in
            try store.resume(connection)
            try Self.note("webhook.resume", webhook, programme, actor, now, connection)
        }
    }

    /// Makes another secret the present one; the one before signs as well for a day.
    ///
    /// - Parameter generation: the one that whoever asks saw.
    /// - Returns: the new secret, or `nil` when it has been changed since.
    public func rotate(
        _ webhook: String, of programme: ProgrammeID, from generation: Int64, by actor: AuditActor, now: Instant
    ) async throws -> String? {
        let store = WebhookStore(programme, webhook)
        let isDone = try await database.write { connection in
            guard try store.rotate(connection, from: generation, now: now) else { return false }
            try Self.note(
                "webhook.rotate", webhook, programme, actor, now, connection, before: "secret \(generation)",
                after: "secret \(generation + 1)")
            return true
        }
        return isDone ? secrets.text(programme, webhook, generation: generation + 1) : nil
    }

    private func courier(
        _ webhook: String, _ programme: ProgrammeID, _ now: Instant
    ) async throws -> WebhookCourier? {
        guard let found = host[programme]?.programme.webhooks.first(where: { $0.id == webhook }) else { return nil }
        let store = WebhookStore(programme, webhook)
        let state = try await database.read { try store.state($0) }
        return secrets.signatures(programme, webhook, state, now: now).map {
            WebhookCourier(programme: programme, webhook: found, signatures: $0, sender: sender)
        }
    }

    private static func note(
        _ action: String, _ webhook: String, _ programme: ProgrammeID, _ actor: AuditActor, _ now: Instant,
        _ connection: any Connection, before: String? = nil, after: String? = nil
    ) throws {
        try Audit.append(
            connection,
            AuditEntry(
                programme: programme, at: now, actor: actor, action: action, object: "webhook:" + webhook,
                before: before, after: after))
    }
}
