public import Primitives

/// What a consumer may be given again, and what it still has before it.
extension Outbox {
    private func place(_ programme: ProgrammeID, _ consumer: String) -> [SQLValue] {
        [.integer(Int64(partition)), .programme(programme), .text(consumer)]
    }

    /// Moves a consumer's cursor from where it was read.
    ///
    /// - Returns: `false` when somebody has moved it since, as ``rewind(_:_:consumer:to:)`` does: it stays there.
    public func move(
        _ connection: any Connection, _ programme: ProgrammeID, consumer: String, from: Int64, to: Int64
    ) throws(StorageProblem) -> Bool {
        try connection.execute(
            """
            UPDATE outbox_cursor SET position = ?
            WHERE partition = ? AND programme_id = ? AND consumer = ? AND position = ?
            """, [.integer(to)] + place(programme, consumer) + [.integer(from)]) == 1
    }

    /// Moves a consumer's cursor back: what follows is delivered again, as far as it is still here.
    ///
    /// - Returns: whether the cursor stood further on.
    public func rewind(
        _ connection: any Connection, _ programme: ProgrammeID, consumer: String, to position: Int64
    ) throws(StorageProblem) -> Bool {
        try connection.execute(
            """
            UPDATE outbox_cursor SET position = ?
            WHERE partition = ? AND programme_id = ? AND consumer = ? AND position > ?
            """, [.integer(position)] + place(programme, consumer) + [.integer(position)]) == 1
    }

    /// The position before the first message that is not older than a moment; `nil` when there is none.
    public func position(
        _ connection: any Connection, _ programme: ProgrammeID, before moment: Instant
    ) throws(StorageProblem) -> Int64? {
        let row = try connection.first(
            """
            SELECT sequence FROM outbox
            WHERE partition = ? AND programme_id = ? AND time >= ? ORDER BY sequence LIMIT 1
            """, [.integer(Int64(partition)), .programme(programme), .instant(moment)])
        return try row.map { row throws(StorageProblem) in try row.int(0) - 1 }
    }

    /// How many messages of a kind lie among the next ones after a position.
    ///
    /// - Parameter limit: how many of all kinds are looked at.
    public func count(
        _ connection: any Connection, _ programme: ProgrammeID, kind: String, after position: Int64, limit: Int
    ) throws(StorageProblem) -> Int64 {
        try connection.first(
            """
            SELECT count(*) FROM (
                SELECT kind FROM outbox WHERE partition = ? AND programme_id = ? AND sequence > ?
                ORDER BY sequence LIMIT ?) AS waiting
            WHERE kind = ?
            """,
            [
                .integer(Int64(partition)), .programme(programme), .integer(position), .integer(Int64(limit)),
                .text(kind),
            ])?.int(0) ?? 0
    }
}
