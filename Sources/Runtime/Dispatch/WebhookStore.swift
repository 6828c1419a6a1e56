public import Primitives
public import Storage

/// One sending of one message.
public struct WebhookAttempt: Sendable, Hashable {
    /// Counts the attempts of the webhook; 0 before it is stored.
    public var number: Int64 = 0
    /// The place of the message in the outbox; `nil` for a test.
    public var sequence: Int64?
    /// The header `webhook-id`.
    public var message: String
    /// The type that the message says: `effect`, `reversal`, `stamgast.test`.
    public var kind: String
    public var at: Instant
    /// From 1; 0 for one that somebody asked for.
    public var attempt: Int
    public var result: WebhookResult
    public var milliseconds: Int64
    /// Of the body.
    public var bytes: Int

    public init(
        sequence: Int64?, message: String, kind: String, at: Instant, attempt: Int, result: WebhookResult,
        milliseconds: Int64, bytes: Int
    ) {
        self.sequence = sequence
        self.message = message
        self.kind = kind
        self.at = at
        self.attempt = attempt
        self.result = result
        self.milliseconds = milliseconds
        self.bytes = bytes
    }
}

/// A message that the dispatcher went on without.
public struct DeadLetter: Sendable, Hashable {
    public var sequence: Int64
    public var message: String
    public var kind: String
    /// When it was set aside.
    public var at: Instant
    public var attempts: Int
    public var result: WebhookResult

    public init(
        sequence: Int64, message: String, kind: String, at: Instant, attempts: Int, result: WebhookResult
    ) {
        self.sequence = sequence
        self.message = message
        self.kind = kind
        self.at = at
        self.attempts = attempts
        self.result = result
    }
}

/// An hour of a webhook.
public struct WebhookHour: Sendable, Hashable {
    /// Hours since 1970.
    public var hour: Int64
    public var taken: Int64
    public var failed: Int64

    public init(hour: Int64, taken: Int64, failed: Int64) {
        self.hour = hour
        self.taken = taken
        self.failed = failed
    }
}

/// The tables of webhooks: their state, what was sent and what was set aside. Nothing of a member and of no message more
/// than its number and type: the content stays in the outbox, where erasure finds it.
public struct WebhookStore: Sendable {
    public static let schema = Schema(
        room: "webhooks",
        migrations: [
            Migration(
                number: 1, name: "webhooks",
                statements: [
                    """
                    CREATE TABLE webhook_state (
                        programme_id {text} NOT NULL, webhook {text} NOT NULL, trying {int}, failures {int} NOT NULL,
                        trying_since {int}, failing_since {int}, waiting_until {int}, last_taken {int}, stopped {text},
                        set_aside {int} NOT NULL, last_attempt {int} NOT NULL, generation {int} NOT NULL,
                        former_until {int}, PRIMARY KEY (programme_id, webhook)) {clustered}
                    """,
                    """
                    CREATE TABLE webhook_attempt (
                        programme_id {text} NOT NULL, webhook {text} NOT NULL, number {int} NOT NULL, sequence {int},
                        message {text} NOT NULL, kind {text} NOT NULL, at {int} NOT NULL, attempt {int} NOT NULL,
                        status {int}, problem {text}, milliseconds {int} NOT NULL, bytes {int} NOT NULL,
                        PRIMARY KEY (programme_id, webhook, number)) {clustered}
                    """,
                    """
                    CREATE TABLE webhook_dead (
                        programme_id {text} NOT NULL, webhook {text} NOT NULL, sequence {int} NOT NULL,
                        message {text} NOT NULL, kind {text} NOT NULL, at {int} NOT NULL, attempts {int} NOT NULL,
                        status {int}, problem {text}, PRIMARY KEY (programme_id, webhook, sequence)) {clustered}
                    """,
                    """
                    CREATE TABLE webhook_hour (
                        programme_id {text} NOT NULL, webhook {text} NOT NULL, hour {int} NOT NULL,
                        taken {int} NOT NULL, failed {int} NOT NULL,
                        PRIMARY KEY (programme_id, webhook, hour)) {clustered}
                    """,
                ], isAdditive: true)
        ])

    private static let attempts = BulkStatement.insert(
        into: "webhook_attempt",
        columns: [
            ("programme_id", .text), ("webhook", .text), ("number", .integer), ("sequence", .integer),
            ("message", .text), ("kind", .text), ("at", .integer), ("attempt", .integer), ("status", .integer),
            ("problem", .text), ("milliseconds", .integer), ("bytes", .integer),
        ])
    private static let hours = BulkStatement.insert(
        into: "webhook_hour",
        columns: [
            ("programme_id", .text), ("webhook", .text), ("hour", .integer), ("taken", .integer), ("failed", .integer),
        ],
        onConflict: .update(keys: ["programme_id", "webhook", "hour"], set: [], adding: ["taken", "failed"]))

    public let programme: ProgrammeID
    public let webhook: String

    public init(_ programme: ProgrammeID, _ webhook: String) {
        self.programme = programme
        self.webhook = webhook
    }

    private var key: [SQLValue] { [.programme(programme), .text(webhook)] }

    // MARK: State

    public func state(_ connection: any Connection) throws(StorageProblem) -> WebhookState {
        var state = WebhookState()
        guard
            let row = try connection.first(
                """
                SELECT trying, failures, trying_since, failing_since, waiting_until, last_taken, stopped, set_aside,
                    generation, former_until
                FROM webhook_state WHERE programme_id = ? AND webhook = ?
                """, key)
        else { return state }
        state.trying = try row.intOrNil(0)
        state.failures = Int(try row.int(1))
        state.tryingSince = try Self.instant(row, 2)
        state.failingSince = try Self.instant(row, 3)
        state.waitingUntil = try Self.instant(row, 4)
        state.lastTaken = try Self.instant(row, 5)
        state.stopped = try row.textOrNil(6).flatMap { WebhookState.Stop(rawValue: $0) }
        state.setAside = try row.int(7)
        state.generation = try row.int(8)
        state.formerUntil = try Self.instant(row, 9)
        return state
    }

    private func ensure(_ connection: any Connection) throws(StorageProblem) {
        try connection.execute(
            """
            INSERT INTO webhook_state (programme_id, webhook, failures, set_aside, last_attempt, generation)
            VALUES (?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING
            """, key)
    }

    /// Keeps what the dispatcher knows; secrets are changed by ``rotate(_:from:now:)`` alone.
    ///
    /// - Parameter aside: how many messages were set aside since the state was read.
    func save(_ state: WebhookState, aside: Int, _ connection: any Connection) throws(StorageProblem) {
        try ensure(connection)
        try connection.execute(
            """
            UPDATE webhook_state SET trying = ?, failures = ?, trying_since = ?, failing_since = ?, waiting_until = ?,
                last_taken = ?, stopped = ?, set_aside = set_aside + ?
            WHERE programme_id = ? AND webhook = ?
            """,
            [
                SQLValue(state.trying), .integer(Int64(state.failures)), Self.value(state.tryingSince),
                Self.value(state.failingSince), Self.value(state.waitingUntil), Self.value(state.lastTaken),
                SQLValue(state.stopped?.rawValue), .integer(Int64(aside)),
            ] + key)
    }

    /// Ends a pause or a stop.
    func resume(_ connection: any Connection) throws(StorageProblem) {
        try connection.execute(
            """
            UPDATE webhook_state SET waiting_until = NULL, stopped = NULL,
                failing_since = CASE WHEN stopped IS NULL THEN failing_since ELSE NULL END
            WHERE programme_id = ? AND webhook = ?
            """, key)
    }

    /// The next secret becomes the present one.
    ///
    /// - Parameter generation: the one that is present, as far as whoever asks knows.
    /// - Returns: `false` if it is another one by now.
    func rotate(
        _ connection: any Connection, from generation: Int64, now: Instant
    ) throws(StorageProblem) -> Bool {
        try ensure(connection)
        return try connection.execute(
            """
            UPDATE webhook_state SET generation = generation + 1, former_until = ?
            WHERE programme_id = ? AND webhook = ? AND generation = ?
            """,
            [.instant(now.adding(milliseconds: WebhookPolicy.rotationMilliseconds))] + key + [.integer(generation)])
            == 1
    }

    // MARK: Attempts

    /// Adds what was sent, in order, and forgets what is beyond the bound.
    func add(_ attempts: [WebhookAttempt], _ connection: any Connection) throws(StorageProblem) {
        guard !attempts.isEmpty else { return }
        try ensure(connection)
        let row = try connection.first(
            """
            UPDATE webhook_state SET last_attempt = last_attempt + ? WHERE programme_id = ? AND webhook = ?
            RETURNING last_attempt
            """, [.integer(Int64(attempts.count))] + key)
        guard let last = try row?.int(0) else { throw .invalid("a webhook has no state") }
        var batch = RowBatch(Self.attempts)
        var counts: [Int64: (taken: Int64, failed: Int64)] = [:]
        for (index, attempt) in attempts.enumerated() {
            let (status, problem) = Self.columns(attempt.result)
            batch.append(
                .programme(programme), .text(webhook), .integer(last - Int64(attempts.count - 1 - index)),
                SQLValue(attempt.sequence), .text(attempt.message), .text(attempt.kind), .instant(attempt.at),
                .integer(Int64(attempt.attempt)), SQLValue(status), SQLValue(problem), .integer(attempt.milliseconds),
                .integer(Int64(attempt.bytes)))
            // Tests say nothing of how the messages are doing.
            guard attempt.sequence != nil else { continue }
            let hour = attempt.at.milliseconds / 3_600_000
            counts[hour, default: (0, 0)].taken += attempt.result.isTaken ? 1 : 0
            counts[hour, default: (0, 0)].failed += attempt.result.isTaken ? 0 : 1
        }
        try connection.bulk(Self.attempts, batch)
        var hours = RowBatch(Self.hours)
        for (hour, count) in counts.sorted(by: { $0.key < $1.key }) {
            hours.append(
                .programme(programme), .text(webhook), .integer(hour), .integer(count.taken), .integer(count.failed))
        }
        if !hours.isEmpty { try connection.bulk(Self.hours, hours) }
        try connection.execute(
            "DELETE FROM webhook_attempt WHERE programme_id = ? AND webhook = ? AND number <= ?",
            key + [.integer(last - WebhookPolicy.keptRows)])
    }

    /// What was sent, latest first.
    public func attempts(_ connection: any Connection) throws(StorageProblem) -> [WebhookAttempt] {
        let rows = try connection.query(
            """
            SELECT number, sequence, message, kind, at, attempt, status, problem, milliseconds, bytes
            FROM webhook_attempt WHERE programme_id = ? AND webhook = ? ORDER BY number DESC LIMIT ?
            """, key + [.integer(WebhookPolicy.keptRows)])
        var attempts: [WebhookAttempt] = []
        for row in rows {
            var attempt = WebhookAttempt(
                sequence: try row.intOrNil(1), message: try row.text(2), kind: try row.text(3),
                at: try row.instant(4), attempt: Int(try row.int(5)), result: try Self.result(row, 6),
                milliseconds: try row.int(8), bytes: Int(try row.int(9)))
            attempt.number = try row.int(0)
            attempts.append(attempt)
        }
        return attempts
    }

    /// The hours from one on in which something was sent.
    public func hours(from hour: Int64, _ connection: any Connection) throws(StorageProblem) -> [WebhookHour] {
        let rows = try connection.query(
            """
            SELECT hour, taken, failed FROM webhook_hour
            WHERE programme_id = ? AND webhook = ? AND hour >= ? ORDER BY hour
            """, key + [.integer(hour)])
        var hours: [WebhookHour] = []
        for row in rows {
            hours.append(WebhookHour(hour: try row.int(0), taken: try row.int(1), failed: try row.int(2)))
        }
        return hours
    }

    // MARK: Set aside

    func setAside(_ letters: [DeadLetter], _ connection: any Connection) throws(StorageProblem) {
        for letter in letters {
            let (status, problem) = Self.columns(letter.result)
            try connection.execute(
                """
                INSERT INTO webhook_dead
                    (programme_id, webhook, sequence, message, kind, at, attempts, status, problem)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (programme_id, webhook, sequence) DO UPDATE SET at = excluded.at,
                    attempts = excluded.attempts, status = excluded.status, problem = excluded.problem
                """,
                key + [
                    .integer(letter.sequence), .text(letter.message), .text(letter.kind), .instant(letter.at),
                    .integer(Int64(letter.attempts)), SQLValue(status), SQLValue(problem),
                ])
        }
    }

    /// What was set aside and not taken since, latest first.
    public func deadLetters(_ connection: any Connection) throws(StorageProblem) -> [DeadLetter] {
        let rows = try connection.query(
            """
            SELECT sequence, message, kind, at, attempts, status, problem FROM webhook_dead
            WHERE programme_id = ? AND webhook = ? ORDER BY sequence DESC LIMIT ?
            """, key + [.integer(WebhookPolicy.keptRows)])
        var letters: [DeadLetter] = []
        for row in rows {
            letters.append(
                DeadLetter(
                    sequence: try row.int(0), message: try row.text(1), kind: try row.text(2),
                    at: try row.instant(3), attempts: Int(try row.int(4)), result: try Self.result(row, 5)))
        }
        return letters
    }

    /// Takes messages off the list that were taken after all, or stand in the queue again.
    ///
    /// - Parameter from: this one and all after it, or only this one.
    func unset(
        _ sequence: Int64, andAllAfter: Bool, _ connection: any Connection
    ) throws(StorageProblem) {
        try connection.execute(
            """
            DELETE FROM webhook_dead WHERE programme_id = ? AND webhook = ? AND sequence >= ? AND sequence <= ?
            """, key + [.integer(sequence), .integer(andAllAfter ? .max : sequence)])
    }

    /// Forgets what is older than a moment.
    func trim(before moment: Instant, _ connection: any Connection) throws(StorageProblem) {
        for table in ["webhook_attempt", "webhook_dead"] {
            try connection.execute(
                "DELETE FROM \(table) WHERE programme_id = ? AND webhook = ? AND at < ?", key + [.instant(moment)])
        }
        try connection.execute(
            "DELETE FROM webhook_hour WHERE programme_id = ? AND webhook = ? AND hour < ?",
            key + [.integer(moment.milliseconds / 3_600_000)])
    }

    // MARK: Columns

    private static func columns(_ result: WebhookResult) -> (status: Int64?, problem: String?) {
        switch result {
        case .answered(let status): (Int64(status), nil)
        case .unanswered(let problem): (nil, problem.rawValue)
        }
    }

    private static func result(_ row: Row, _ index: Int) throws(StorageProblem) -> WebhookResult {
        if let status = try row.intOrNil(index) { return .answered(Int(status)) }
        let problem = try row.textOrNil(index + 1).flatMap { WebhookResult.Problem(rawValue: $0) }
        return .unanswered(problem ?? .noConnection)
    }

    private static func instant(_ row: Row, _ index: Int) throws(StorageProblem) -> Instant? {
        try row.intOrNil(index).map { Instant(milliseconds: $0) }
    }

    private static func value(_ instant: Instant?) -> SQLValue { SQLValue(instant?.milliseconds) }
}
