import Primitives
import Storage

/// A table of entries that are written whole: makers, series. What was removed stays as a row without a document, so that
/// other nodes hear of it. Ids are handled as ``ItemID``s, whose rules they share.
struct EntryTable: Sendable {
    struct Written: Sendable {
        var result = PutResult()
        var revision: Int64 = 0
        var changed: Set<ItemID> = []
    }

    let plural: String
    /// How many a programme may have.
    let limit: Int
    private let select: String
    private let count: String
    private let statement: BulkStatement

    static func makers(limit: Int) -> EntryTable {
        EntryTable(
            plural: "makers", limit: limit,
            select:
                "SELECT maker_id, revision, document FROM catalogue_maker WHERE programme_id = ? AND maker_id IN (?*)",
            count: "SELECT COUNT(*) FROM catalogue_maker WHERE programme_id = ? AND document <> ''",
            statement: CatalogueRows.putMakers)
    }

    static func series(limit: Int) -> EntryTable {
        EntryTable(
            plural: "series", limit: limit,
            select:
                "SELECT series_id, revision, document FROM catalogue_series WHERE programme_id = ? AND series_id IN (?*)",
            count: "SELECT COUNT(*) FROM catalogue_series WHERE programme_id = ? AND document <> ''",
            statement: CatalogueRows.putSeries)
    }

    /// - Parameter onlyMissing: leaves entries that exist as they are.
    func put(
        _ connection: any Connection, _ programme: ProgrammeID, _ entries: [(id: String, document: String)],
        onlyMissing: Bool
    ) throws -> Written {
        let known = try documents(connection, programme, entries.map(\.id))
        var written = Written()
        var changed: [(id: String, document: String)] = []
        for entry in entries.sorted(by: { $0.id < $1.id }) {
            let old = known[ItemID(unchecked: entry.id)]
            if old == entry.document || (onlyMissing && old != nil) {
                written.result.unchanged += 1
                continue
            }
            if old == nil { written.result.created += 1 } else { written.result.updated += 1 }
            changed.append(entry)
            written.changed.insert(ItemID(unchecked: entry.id))
        }
        guard !changed.isEmpty else { return written }
        if written.result.created > 0 {
            let present = try connection.first(count, [.programme(programme)])?.int(0) ?? 0
            guard Int(present) + written.result.created <= limit else {
                throw CatalogueProblem.tooMany(what: "\(plural) in a programme", limit: limit)
            }
        }
        written.revision = try CatalogueRows.nextRevision(connection, programme)
        try write(connection, programme, written.revision, changed)
        return written
    }

    /// - Returns: the ids that were there, sorted, and the revision that tells of it.
    func remove(
        _ connection: any Connection, _ programme: ProgrammeID, _ ids: [String]
    ) throws -> (removed: [String], revision: Int64) {
        let known = try documents(connection, programme, ids).keys.sorted().map(\.text)
        guard !known.isEmpty else { return ([], 0) }
        let revision = try CatalogueRows.nextRevision(connection, programme)
        try write(connection, programme, revision, known.map { ($0, "") })
        return (known, revision)
    }

    private func documents(
        _ connection: any Connection, _ programme: ProgrammeID, _ ids: [String]
    ) throws -> [ItemID: String] {
        var documents: [ItemID: String] = [:]
        for row in try connection.query(select, [.programme(programme)], keys: ids.map { .text($0) }) {
            let document = try row.text(2)
            if !document.isEmpty { documents[ItemID(unchecked: try row.text(0))] = document }
        }
        return documents
    }

    private func write(
        _ connection: any Connection, _ programme: ProgrammeID, _ revision: Int64,
        _ entries: [(id: String, document: String)]
    ) throws {
        var rows = RowBatch(statement)
        for entry in entries {
            rows.append(.programme(programme), .text(entry.id), .integer(revision), .text(entry.document))
        }
        try connection.bulk(statement, rows)
    }
}
