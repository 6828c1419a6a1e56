import Loyalty
public import Primitives
public import Storage

/// Delivers outbox messages to webhooks: at least once, in order, the cursor moving after delivery.
///
/// A webhook that does not answer holds up only its own programme's messages of the same kind: each webhook has its own
/// cursor. Retries wait longer each time, up to an hour, and go on until the message is older than the outbox keeps.
public actor WebhookDispatcher {
    /// What a turn did.
    public struct Turn: Sendable, Hashable {
        public var delivered = 0
        public var failed = 0

        public init() {}
    }

    /// Messages of one turn and webhook.
    static let page = 100
    /// Messages wait for a receiver so long.
    public static let keepMilliseconds: Int64 = 5 * 86_400_000
    /// At most so many messages of a programme wait.
    public static let keepRows = 1_000_000

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
    private var pauses: [Consumer: (failures: Int, until: Instant)] = [:]

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

    /// Delivers what is due.
    public func run(now: Instant) async throws -> Turn {
        var turn = Turn()
        for compiled in host.all where owns(compiled.id) {
            for webhook in compiled.programme.webhooks {
                try await deliver(webhook, of: compiled.id, now, &turn)
            }
        }
        return turn
    }

    /// Deletes what every webhook has taken, and what waits too long.
    ///
    /// - Returns: how many messages nobody took.
    public func trim(now: Instant) async throws -> Int {
        var undelivered = 0
        for programme in host.all.map(\.id) where owns(programme) {
            let outbox = self.outbox
            undelivered += try await database.write { connection in
                try outbox.trim(
                    connection, programme, before: now.adding(milliseconds: -Self.keepMilliseconds),
                    maximumRows: Self.keepRows, limit: 10_000)
            }.undelivered
        }
        return undelivered
    }

    private func deliver(
        _ webhook: Webhook, of programme: ProgrammeID, _ now: Instant, _ turn: inout Turn
    ) async throws {
        let consumer = Consumer(programme: programme, webhook: webhook.id)
        if let pause = pauses[consumer], pause.until > now { return }
        guard let signature = secrets.signature(programme, webhook.id) else { return }
        let outbox = self.outbox
        let name = "webhook/" + webhook.id
        let (position, entries) = try await database.read { connection in
            let position = try outbox.position(connection, programme, consumer: name)
            return (position, try outbox.read(connection, programme, after: position, limit: Self.page))
        }
        var reached = position
        for listed in entries {
            // Given away meanwhile: its new owner goes on from the cursor.
            guard owns(programme) else { return }
            var entry = listed
            if entry.message.kind == name {
                // Again, right before it leaves: its member may have been erased since the page was read.
                let before = entry.sequence - 1
                let current = try await database.read { try outbox.read($0, programme, after: before, limit: 1).first }
                if let current, current.sequence == listed.sequence { entry = current }
            }
            if entry.message.kind == name {
                let id = "msg_\(programme.name)_\(entry.sequence)"
                let seconds = now.seconds
                let request = WebhookRequest(
                    url: webhook.url, id: id, timestamp: seconds,
                    signature: signature.header(id: id, timestamp: seconds, body: entry.message.payload),
                    body: entry.message.payload)
                let status = try? await sender.send(request)
                guard let status, (200..<300).contains(status) else {
                    turn.failed += 1
                    let failures = (pauses[consumer]?.failures ?? 0) + 1
                    // 5 s, 10 s, 20 s … one hour.
                    let wait = min(3_600_000, Int64(5_000) << Int64(min(failures - 1, 10)))
                    pauses[consumer] = (failures, now.adding(milliseconds: wait))
                    break
                }
                turn.delivered += 1
                pauses[consumer] = nil
            }
            reached = entry.sequence
        }
        // Announced even before its first message: what it has not taken yet is kept for it.
        guard announced.insert(consumer).inserted || reached > position else { return }
        let end = reached
        try await database.write { connection in
            try outbox.acknowledge(connection, programme, consumer: name, upTo: end)
        }
    }
}
