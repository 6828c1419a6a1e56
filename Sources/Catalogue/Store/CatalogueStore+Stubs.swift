public import Primitives
public import Storage

extension CatalogueStore {
    /// Notes items that events name and nobody has described, inside the transaction that keeps the events.
    ///
    /// Ids that are known by now are left as they are, so that this can be repeated. After the commit tell
    /// ``adoptStubs(_:_:)``.
    ///
    /// - Parameters:
    ///   - ids: from ``CatalogueSnapshot/unknown(among:limit:)``.
    ///   - day: days since 1970-01-01. It is all that is kept of the event.
    public static func ensureStubs(
        _ connection: any Connection, _ programme: ProgrammeID, _ ids: some Sequence<ItemID>, day: Int
    ) throws(StorageProblem) {
        var rows = RowBatch(CatalogueRows.addStubs)
        // In the order of their keys: concurrent transactions then wait for each other instead of deadlocking.
        for id in Set(ids).sorted() {
            rows.append(
                .programme(programme), .text(id.text), .integer(Item.State.stub.rawValue), 0, .integer(Int64(day)),
                .null,
                "")
        }
        if !rows.isEmpty { try connection.enqueue(CatalogueRows.addStubs, rows) }
    }

    /// Puts stubs into the snapshot once their transaction is committed. Items known by now stay as they are.
    public func adoptStubs(_ programme: ProgrammeID, _ ids: some Sequence<ItemID>) {
        let stubs = ids.map(Item.stub)
        if !stubs.isEmpty { apply(Changes(items: stubs), to: programme) }
    }

    /// The stubs of a programme in the order of their ids: what the publisher still has to describe.
    ///
    /// - Parameters:
    ///   - after: the last id of the page before; `nil` for the first page.
    ///   - limit: at most ``CatalogueLimits/itemsPerCall``.
    public func stubs(_ programme: ProgrammeID, after: ItemID? = nil, limit: Int = 100) async throws -> [Stub] {
        let limit = min(max(limit, 0), limits.itemsPerCall)
        return try await database.read { connection in
            try connection.query(
                """
                SELECT item_id, seen_day FROM catalogue_item
                WHERE programme_id = ? AND state = ? AND item_id > ? ORDER BY item_id LIMIT ?
                """,
                [
                    .programme(programme), .integer(Item.State.stub.rawValue), .text(after?.text ?? ""),
                    .integer(Int64(limit)),
                ]
            ).compactMap { row in
                let day = Int(try row.intOrNil(1) ?? 0)
                return ItemID(try row.text(0)).map { Stub(id: $0, day: day) }
            }
        }
    }
}
