public import Primitives

/// Messages that leave with the transaction that caused them.
///
/// A writer appends in its own transaction; a dispatcher reads in order of sequence from its own cursor, delivers at
/// least once, and moves the cursor. Sequences are dense per programme and partition: whoever sees 7 and 9 without 8
/// has found a defect.
public struct Outbox: Sendable {
    /// The tables `outbox`, `outbox_counter` and `outbox_cursor`.
    public static let schema = Schema(
        room: "outbox",
        migrations: [
            Migration(
                number: 1, name: "outbox",
                statements: [
                    """
                    CREATE TABLE outbox (
                        partition {int} NOT NULL, programme_id {text} NOT NULL, sequence {int} NOT NULL,
                        time {int} NOT NULL, kind {text} NOT NULL, payload {blob} NOT NULL,
                        PRIMARY KEY (partition, programme_id, sequence)) {clustered}
                    """,
                    """
                    CREATE TABLE outbox_counter (
                        partition {int} NOT NULL, programme_id {text} NOT NULL, last {int} NOT NULL,
                        PRIMARY KEY (partition, programme_id)) {clustered}
                    """,
                    """
                    CREATE TABLE outbox_cursor (
                        partition {int} NOT NULL, programme_id {text} NOT NULL, consumer {text} NOT NULL,
                        position {int} NOT NULL, PRIMARY KEY (partition, programme_id, consumer)) {clustered}
                    """,
                ])
        ])

    /// What a writer says.
    public struct Message: Sendable, Hashable {
        public let kind: String
        /// As precise as the member's privacy level allows; decides when the message is too old to keep.
        public let time: Instant
        public let payload: [UInt8]

        public init(kind: String, time: Instant, payload: [UInt8]) {
            self.kind = kind
            self.time = time
            self.payload = payload
        }
    }

    /// What a dispatcher reads.
    public struct Entry: Sendable, Hashable {
        public let sequence: Int64
        public let message: Message
    }

    private static let insert = BulkStatement.insert(
        into: "outbox",
        columns: [
            ("partition", .integer), ("programme_id", .text), ("sequence", .integer), ("time", .integer),
            ("kind", .text), ("payload", .blob),
        ])

    public let partition: Int

    /// - Parameter partition: which of several writers of one programme; there is one.
    public init(partition: Int = 0) {
        self.partition = partition
    }

    private func key(_ programme: ProgrammeID) -> [SQLValue] { [.integer(Int64(partition)), .programme(programme)] }

    /// Appends messages in the writer's transaction, in order.
    ///
    /// - Returns: the sequence of the last one, or `nil` when there are none.
    @discardableResult
    public func append(
        _ connection: any Connection, _ programme: ProgrammeID, _ messages: [Message]
    ) throws(StorageProblem) -> Int64? {
        guard !messages.isEmpty else { return nil }
        let row = try connection.first(
            """
            INSERT INTO outbox_counter (partition, programme_id, last) VALUES (?, ?, ?)
            ON CONFLICT (partition, programme_id) DO UPDATE SET last = outbox_counter.last + excluded.last
            RETURNING last
            """, key(programme) + [.integer(Int64(messages.count))])
        guard let last = try row?.int(0) else { throw .invalid("the outbox counter answered nothing") }
        var batch = RowBatch(Self.insert)
        var sequence = last - Int64(messages.count)
        for message in messages {
            sequence += 1
            batch.add(Int64(partition))
            batch.add(programme)
            batch.add(sequence)
            batch.add(message.time)
            batch.add(message.kind)
            batch.add(bytes: message.payload)
        }
        try connection.enqueue(Self.insert, batch)
        return last
    }

    /// Reads the messages after a position.
    ///
    /// - Parameter limit: the most messages to return.
    public func read(
        _ connection: any Connection, _ programme: ProgrammeID, after position: Int64, limit: Int
    ) throws(StorageProblem) -> [Entry] {
        let rows = try connection.query(
            """
            SELECT sequence, time, kind, payload FROM outbox
            WHERE partition = ? AND programme_id = ? AND sequence > ? ORDER BY sequence LIMIT ?
            """, key(programme) + [.integer(position), .integer(Int64(limit))])
        var entries: [Entry] = []
        entries.reserveCapacity(rows.count)
        for row in rows {
            let message = Message(kind: try row.text(2), time: try row.instant(1), payload: try row.blob(3))
            entries.append(Entry(sequence: try row.int(0), message: message))
        }
        return entries
    }

    /// The kind of a message whose content was taken away. Consumers pass over it; sequences stay dense.
    public static let erasedKind = "erased"

    /// Takes the content of messages away, delivered or not.
    public func blank(
        _ connection: any Connection, _ programme: ProgrammeID, sequences: [Int64]
    ) throws(StorageProblem) {
        for sequence in sequences {
            try connection.execute(
                """
                UPDATE outbox SET kind = ?, payload = ? WHERE partition = ? AND programme_id = ? AND sequence = ?
                """, [.text(Self.erasedKind), .blob([])] + key(programme) + [.integer(sequence)])
        }
    }

    /// Where a consumer goes on; 0 before its first acknowledgement.
    public func position(
        _ connection: any Connection, _ programme: ProgrammeID, consumer: String
    ) throws(StorageProblem) -> Int64 {
        try connection.first(
            "SELECT position FROM outbox_cursor WHERE partition = ? AND programme_id = ? AND consumer = ?",
            key(programme) + [.text(consumer)])?.int(0) ?? 0
    }

    /// Moves a consumer's cursor; it never moves back. Position 0 announces a consumer: what it has not acknowledged is
    /// kept from then on.
    public func acknowledge(
        _ connection: any Connection, _ programme: ProgrammeID, consumer: String, upTo position: Int64
    ) throws(StorageProblem) {
        try connection.execute(
            """
            INSERT INTO outbox_cursor (partition, programme_id, consumer, position) VALUES (?, ?, ?, ?)
            ON CONFLICT (partition, programme_id, consumer) DO UPDATE SET position = excluded.position
            WHERE outbox_cursor.position < excluded.position
            """, key(programme) + [.text(consumer), .integer(position)])
    }

    /// Forgets a consumer, so that messages are no longer kept for it.
    public func remove(
        _ connection: any Connection, _ programme: ProgrammeID, consumer: String
    ) throws(StorageProblem) {
        try connection.execute(
            "DELETE FROM outbox_cursor WHERE partition = ? AND programme_id = ? AND consumer = ?",
            key(programme) + [.text(consumer)])
    }

    /// Deletes what every consumer has acknowledged, and what is beyond the retention bound whether or not it was
    /// delivered.
    ///
    /// - Parameters:
    ///   - oldest: messages before this time are deleted.
    ///   - maximumRows: at most this many of the newest messages are kept.
    ///   - limit: at most this many sequences are deleted, so that one transaction stays short.
    ///   - keepsTaken: whether what every consumer has acknowledged stays until it is old too, to be delivered again.
    /// - Returns: how many messages were deleted, and how many of them some consumer had not acknowledged: a number to
    ///   alarm on.
    public func trim(
        _ connection: any Connection, _ programme: ProgrammeID, before oldest: Instant, maximumRows: Int, limit: Int,
        keepsTaken: Bool = false
    ) throws(StorageProblem) -> (deleted: Int, undelivered: Int) {
        let key = key(programme)
        let bounds = try connection.first(
            """
            SELECT min(sequence), max(sequence) FROM outbox WHERE partition = ? AND programme_id = ?
            """, key)
        guard let first = try bounds?.intOrNil(0), let last = try bounds?.intOrNil(1) else { return (0, 0) }
        let acknowledged =
            try connection.first(
                "SELECT min(position) FROM outbox_cursor WHERE partition = ? AND programme_id = ?", key)?
            .intOrNil(0) ?? last
        // Times rise with sequences but for late events; the first message young enough ends the range.
        let young =
            try connection.first(
                """
                SELECT sequence FROM outbox
                WHERE partition = ? AND programme_id = ? AND time >= ? ORDER BY sequence LIMIT 1
                """, key + [.instant(oldest)])?.int(0) ?? last + 1
        let taken = keepsTaken ? 0 : acknowledged
        let end = min(max(taken, young - 1, last - Int64(maximumRows)), first - 1 + Int64(limit))
        guard end >= first else { return (0, 0) }
        let deleted = try connection.execute(
            "DELETE FROM outbox WHERE partition = ? AND programme_id = ? AND sequence <= ?", key + [.integer(end)])
        return (deleted, Int(max(0, end - max(acknowledged, first - 1))))
    }
}
