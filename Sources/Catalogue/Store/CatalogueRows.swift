import Primitives
import Storage

/// The statements of the catalogue's tables, and how rows become values. Everything runs inside a caller's transaction.
enum CatalogueRows {
    struct ItemRow {
        let item: Item
        let document: String
    }

    static let putItems = items(onConflict: .update(keys: ["programme_id", "item_id"], set: itemValues))
    static let addStubs = items(onConflict: .ignore)

    static let putBodies = BulkStatement.insert(
        into: "catalogue_body", columns: [("programme_id", .text), ("item_id", .text), ("document", .text)],
        onConflict: .update(keys: ["programme_id", "item_id"], set: ["document"]))

    static let deleteBodies = BulkStatement.delete(
        from: "catalogue_body", keys: [("programme_id", .text), ("item_id", .text)])

    static let deletePopularity = BulkStatement.delete(
        from: "item_popularity", keys: [("programme_id", .text), ("item_id", .text)])

    static let putMakers = entries(table: "catalogue_maker", id: "maker_id")
    static let putSeries = entries(table: "catalogue_series", id: "series_id")

    private static let itemValues = ["state", "revision", "seen_day", "changed_at", "document"]

    private static func items(onConflict: BulkStatement.OnConflict) -> BulkStatement {
        .insert(
            into: "catalogue_item",
            columns: [
                ("programme_id", .text), ("item_id", .text), ("state", .integer), ("revision", .integer),
                ("seen_day", .integer), ("changed_at", .integer), ("document", .text),
            ], onConflict: onConflict)
    }

    private static func entries(table: String, id: String) -> BulkStatement {
        .insert(
            into: table,
            columns: [("programme_id", .text), (id, .text), ("revision", .integer), ("document", .text)],
            onConflict: .update(keys: ["programme_id", id], set: ["revision", "document"]))
    }

    /// The next count of changes. On PostgreSQL the row stays locked until the commit, so revisions become visible in
    /// their order and a reader that has seen one has seen all before it.
    static func nextRevision(_ connection: any Connection, _ programme: ProgrammeID) throws -> Int64 {
        try connection.execute(
            """
            INSERT INTO catalogue_revision (programme_id, revision) VALUES (?, 1)
            ON CONFLICT (programme_id) DO UPDATE SET revision = catalogue_revision.revision + 1
            """, [.programme(programme)])
        return try revision(connection, programme)
    }

    static func revision(_ connection: any Connection, _ programme: ProgrammeID) throws -> Int64 {
        try connection.first(
            "SELECT revision FROM catalogue_revision WHERE programme_id = ?", [.programme(programme)])?.int(0) ?? 0
    }

    /// Columns: item_id, state, revision, document.
    static func item(_ row: Row) throws -> ItemRow {
        guard let id = ItemID(try row.text(0)), let state = Item.State(rawValue: try row.int(1)) else {
            throw CatalogueProblem.unreadable(table: "catalogue_item", reason: "its id or state is unknown")
        }
        let document = try row.text(3)
        let content = state == .stub || state == .deleted ? ItemContent.unknown : try content(document)
        return ItemRow(
            item: Item(id: id, state: state, content: content, revision: try row.int(2)), document: document)
    }

    /// Columns: maker_id, revision, document.
    static func maker(_ row: Row) throws -> EntryChange<Maker> {
        try entry(row, table: "catalogue_maker") { value, revision in
            MakerDraft.read(value, index: 0).draft.flatMap { draft in
                MakerCheck(limits: .forStored).makers([draft]).makers.first.map {
                    Maker(id: $0.id, content: $0.content, revision: revision)
                }
            }
        }
    }

    /// Columns: series_id, revision, document.
    static func series(_ row: Row) throws -> EntryChange<Series> {
        try entry(row, table: "catalogue_series") { value, revision in
            SeriesDraft.read(value, index: 0).draft.flatMap { draft in
                MakerCheck(limits: .forStored).series([draft]).series.first.map {
                    Series(id: $0.id, content: $0.content, revision: revision)
                }
            }
        }
    }

    static func document(_ id: ItemID, _ content: ItemContent) -> String {
        ItemDraft(Item(id: id, state: .live, content: content, revision: 0)).document.text()
    }

    static func body(_ texts: LocalizedText) -> String { JSONValue.texts(texts.dictionary).text() }

    static func body(_ document: String) throws -> LocalizedText {
        guard let object = try? JSONValue(parsing: document).objectValue else {
            throw CatalogueProblem.unreadable(table: "catalogue_body", reason: "it is no object")
        }
        var versions: [LanguageTag: String] = [:]
        for member in object {
            if let language = LanguageTag(member.key) { versions[language] = member.value.stringValue }
        }
        return LocalizedText(versions)
    }

    /// Stored documents are read by the same rules as new ones, only without limits: an older release may have allowed
    /// more.
    private static func content(_ document: String) throws -> ItemContent {
        let value: JSONValue
        do throws(JSONProblem) {
            value = try JSONValue(parsing: document)
        } catch {
            throw CatalogueProblem.unreadable(table: "catalogue_item", reason: error.description)
        }
        let (draft, faults) = ItemDraft.read(value, index: 0)
        guard let draft else { throw unreadable(faults) }
        let checked = ItemCheck(limits: .forStored).check([draft])
        guard let item = checked.items.first else { throw unreadable(checked.faults) }
        return item.content
    }

    private static func unreadable(_ faults: [DraftFault]) -> CatalogueProblem {
        .unreadable(table: "catalogue_item", reason: faults.first.map { "\($0.field): \($0.problem)" } ?? "")
    }

    private static func entry<Entry>(
        _ row: Row, table: String, _ read: (JSONValue, Int64) -> Entry?
    ) throws -> EntryChange<Entry> {
        let (id, revision, document) = (try row.text(0), try row.int(1), try row.text(2))
        guard !document.isEmpty else { return EntryChange(id: id, revision: revision, entry: nil) }
        guard let value = try? JSONValue(parsing: document), let entry = read(value, revision) else {
            throw CatalogueProblem.unreadable(table: table, reason: "its document is not understood")
        }
        return EntryChange(id: id, revision: revision, entry: entry)
    }
}

extension CatalogueLimits {
    /// For what is stored already.
    static let forStored: CatalogueLimits = {
        var limits = CatalogueLimits()
        limits.titleBytes = .max
        limits.standfirstBytes = .max
        limits.bodyBytes = .max
        limits.biographyBytes = .max
        limits.faceBytes = .max
        limits.languages = .max
        limits.makersPerItem = .max
        limits.topicsPerItem = .max
        limits.regionsPerItem = .max
        limits.durationSeconds = .max
        limits.wordCount = .max
        return limits
    }()
}
