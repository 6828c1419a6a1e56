public import Primitives
import Storage

extension CatalogueStore {
    /// Writes items as sent, new or known: all of them, or with any fault none. Sending the same again changes nothing.
    ///
    /// A put replaces what was there, so a field left out is emptied. It fills a stub and brings back what was withdrawn or
    /// deleted.
    ///
    /// - Parameter drafts: at most ``CatalogueLimits/itemsPerCall``.
    public func putItems(_ programme: ProgrammeID, _ drafts: [ItemDraft], now: Instant) async throws -> PutResult {
        let (items, faults) = ItemCheck(limits: limits).check(drafts)
        guard faults.isEmpty, !items.isEmpty else { return PutResult(faults: faults) }
        var (result, changes) = try await database.write { connection in
            try Self.put(connection, programme, items, now)
        }
        apply(changes, to: programme)
        let snapshot = snapshot(programme)
        result.unknownMakers = Set(items.flatMap(\.content.makers)).filter { snapshot.maker($0) == nil }.sorted()
        result.unknownSeries = Set(items.compactMap(\.content.series)).filter { snapshot.series($0) == nil }.sorted()
        return result
    }

    private static func put(
        _ connection: any Connection, _ programme: ProgrammeID, _ items: [CheckedItem], _ now: Instant
    ) throws -> (PutResult, Changes) {
        let keys = items.map { SQLValue.text($0.id.text) }
        let known = Dictionary(
            try rows(connection, programme, keys).map { ($0.item.id, $0) }, uniquingKeysWith: { first, _ in first })
        var bodies: [ItemID: String] = [:]
        for row in try connection.query(
            "SELECT item_id, document FROM catalogue_body WHERE programme_id = ? AND item_id IN (?*)",
            [.programme(programme)], keys: keys)
        {
            bodies[ItemID(unchecked: try row.text(0))] = try row.text(1)
        }
        var result = PutResult()
        var changed: [(item: CheckedItem, document: String)] = []
        var newBodies = RowBatch(CatalogueRows.putBodies)
        var oldBodies = RowBatch(CatalogueRows.deleteBodies)
        for item in items.sorted(by: { $0.id < $1.id }) {
            let document = CatalogueRows.document(item.id, item.content)
            let body = item.body.isEmpty ? nil : CatalogueRows.body(item.body)
            let old = known[item.id]
            if let old, old.item.state == .live, old.document == document, body == bodies[item.id] {
                result.unchanged += 1
                continue
            }
            switch old?.item.state {
            case nil, .deleted: result.created += 1
            case .stub: result.filled += 1
            case .live, .withdrawn: result.updated += 1
            }
            changed.append((item, document))
            if let body {
                newBodies.append(.programme(programme), .text(item.id.text), .text(body))
            } else if bodies[item.id] != nil {
                oldBodies.append(.programme(programme), .text(item.id.text))
            }
        }
        guard !changed.isEmpty else { return (result, Changes()) }
        var changes = Changes(revision: try CatalogueRows.nextRevision(connection, programme))
        var batch = RowBatch(CatalogueRows.putItems)
        for (item, document) in changed {
            batch.append(
                .programme(programme), .text(item.id.text), .integer(Item.State.live.rawValue),
                .integer(changes.revision), .null, .instant(now), .text(document))
            changes.items.append(Item(id: item.id, state: .live, content: item.content, revision: changes.revision))
        }
        try connection.bulk(CatalogueRows.putItems, batch)
        if !newBodies.isEmpty { try connection.bulk(CatalogueRows.putBodies, newBodies) }
        if !oldBodies.isEmpty { try connection.bulk(CatalogueRows.deleteBodies, oldBodies) }
        return (result, changes)
    }

    /// Takes items off the programme: they stay described and may come back by a put. Unknown ids, stubs and deleted items
    /// are passed over.
    ///
    /// - Returns: the items that were live until now, sorted.
    public func withdraw(_ programme: ProgrammeID, _ ids: [ItemID], now: Instant) async throws -> [ItemID] {
        try await change(programme, ids, from: [.live], to: .withdrawn, now: now)
    }

    /// Deletes items: description, text and popularity go; the id stays as a mark, so that a late event does not make it a
    /// stub. Unknown ids are passed over. Tell ``Popularity/forget(_:_:)`` afterwards.
    ///
    /// - Returns: the items that were known until now, sorted.
    public func delete(_ programme: ProgrammeID, _ ids: [ItemID], now: Instant) async throws -> [ItemID] {
        try await change(programme, ids, from: [.live, .stub, .withdrawn], to: .deleted, now: now)
    }

    private func change(
        _ programme: ProgrammeID, _ ids: [ItemID], from old: Set<Item.State>, to state: Item.State, now: Instant
    ) async throws -> [ItemID] {
        guard ids.count <= limits.itemsPerCall else {
            throw CatalogueProblem.tooMany(what: "items in one call", limit: limits.itemsPerCall)
        }
        let changes = try await database.write { connection -> Changes in
            let found = try Self.rows(connection, programme, ids.map { .text($0.text) })
                .filter { old.contains($0.item.state) }.sorted { $0.item.id < $1.item.id }
            guard !found.isEmpty else { return Changes() }
            var changes = Changes(revision: try CatalogueRows.nextRevision(connection, programme))
            var batch = RowBatch(CatalogueRows.putItems)
            var bodies = RowBatch(CatalogueRows.deleteBodies)
            var popularity = RowBatch(CatalogueRows.deletePopularity)
            for row in found {
                let id = row.item.id
                batch.append(
                    .programme(programme), .text(id.text), .integer(state.rawValue), .integer(changes.revision), .null,
                    .instant(now), .text(state == .deleted ? "" : row.document))
                bodies.append(.programme(programme), .text(id.text))
                popularity.append(.programme(programme), .text(id.text))
                let content = state == .deleted ? ItemContent.unknown : row.item.content
                changes.items.append(Item(id: id, state: state, content: content, revision: changes.revision))
            }
            try connection.bulk(CatalogueRows.putItems, batch)
            if state == .deleted {
                try connection.bulk(CatalogueRows.deleteBodies, bodies)
                try connection.bulk(CatalogueRows.deletePopularity, popularity)
            }
            return changes
        }
        apply(changes, to: programme)
        return changes.items.map(\.id)
    }

    /// The text of an item per language, where the programme keeps texts; `nil` when there is none.
    public func body(_ programme: ProgrammeID, _ id: ItemID) async throws -> LocalizedText? {
        try await database.read { connection in
            try connection.first(
                "SELECT document FROM catalogue_body WHERE programme_id = ? AND item_id = ?",
                [.programme(programme), .text(id.text)]
            ).map { try CatalogueRows.body(try $0.text(0)) }
        }
    }

    /// Items of one state in the order of their ids, for lists that are paged through.
    ///
    /// - Parameters:
    ///   - after: the last id of the page before; `nil` for the first page.
    ///   - limit: at most ``CatalogueLimits/itemsPerCall``.
    public func items(
        _ programme: ProgrammeID, state: Item.State = .live, after: ItemID? = nil, limit: Int
    ) async throws -> [Item] {
        let limit = min(max(limit, 0), limits.itemsPerCall)
        return try await database.read { connection in
            try connection.query(
                """
                SELECT item_id, state, revision, document FROM catalogue_item
                WHERE programme_id = ? AND state = ? AND item_id > ? ORDER BY item_id LIMIT ?
                """,
                [.programme(programme), .integer(state.rawValue), .text(after?.text ?? ""), .integer(Int64(limit))]
            ).map { try CatalogueRows.item($0).item }
        }
    }

    private static func rows(
        _ connection: any Connection, _ programme: ProgrammeID, _ keys: [SQLValue]
    ) throws -> [CatalogueRows.ItemRow] {
        try connection.query(
            "SELECT item_id, state, revision, document FROM catalogue_item WHERE programme_id = ? AND item_id IN (?*)",
            [.programme(programme)], keys: keys
        ).map(CatalogueRows.item)
    }
}
