public import Primitives
public import Storage
import Synchronization

/// The catalogue of every programme of a home: durable in the database, and in memory for whoever judges events.
///
/// Reading is free: ``snapshot(_:)`` hands out the programme's ``CatalogueSnapshot``. Writing goes to the database first;
/// the snapshot changes after the commit only.
///
/// On several nodes each has its own snapshots: ``refresh(_:)`` brings in what others wrote, and is cheap when nothing
/// changed.
public final class CatalogueStore: Sendable {
    let database: any Database
    public let limits: CatalogueLimits
    private let snapshots = Mutex<[ProgrammeID: CatalogueSnapshot]>([:])

    public init(database: any Database, limits: CatalogueLimits = .standard) {
        self.database = database
        self.limits = limits
    }

    /// The catalogue as it is now; empty for a programme that was not loaded.
    ///
    /// - Complexity: O(1).
    public func snapshot(_ programme: ProgrammeID) -> CatalogueSnapshot {
        snapshots.withLock { $0[programme] } ?? CatalogueSnapshot(programme: programme)
    }

    /// Reads a programme's catalogue into memory, at start.
    public func load(_ programme: ProgrammeID) async throws {
        let loaded = try await database.read { try Self.read($0, programme) }
        snapshots.withLock { $0[programme] = loaded }
    }

    /// Brings in what other nodes wrote since the last look.
    ///
    /// - Returns: whether there was anything new.
    @discardableResult
    public func refresh(_ programme: ProgrammeID) async throws -> Bool {
        let known = snapshot(programme).revision
        let changes = try await database.read { connection -> Changes? in
            let revision = try CatalogueRows.revision(connection, programme)
            guard revision > known else { return nil }
            let since: [SQLValue] = [.programme(programme), .integer(known)]
            let items = try connection.query(
                "SELECT item_id, state, revision, document FROM catalogue_item WHERE programme_id = ? AND revision > ?",
                since)
            let makers = try connection.query(
                "SELECT maker_id, revision, document FROM catalogue_maker WHERE programme_id = ? AND revision > ?",
                since)
            let series = try connection.query(
                "SELECT series_id, revision, document FROM catalogue_series WHERE programme_id = ? AND revision > ?",
                since)
            return Changes(
                revision: revision, items: try items.map { try CatalogueRows.item($0).item },
                makers: try makers.map(CatalogueRows.maker), series: try series.map(CatalogueRows.series))
        }
        guard let changes else { return false }
        apply(changes, to: programme, isComplete: true)
        return true
    }

    /// Everything one transaction or one look at the database brought.
    struct Changes: Sendable {
        var revision: Int64 = 0
        var items: [Item] = []
        var makers: [EntryChange<Maker>] = []
        var series: [EntryChange<Series>] = []
    }

    /// - Parameter isComplete: whether nothing before `changes.revision` is missing.
    func apply(_ changes: Changes, to programme: ProgrammeID, isComplete: Bool = false) {
        snapshots.withLock { snapshots in
            // Taken out first, so that it is changed in place instead of copied.
            var snapshot = snapshots.removeValue(forKey: programme) ?? CatalogueSnapshot(programme: programme)
            snapshot.apply(changes.items)
            snapshot.apply(makers: changes.makers)
            snapshot.apply(series: changes.series)
            // Our own commit may overtake another's on its way here: then the next refresh looks from before both.
            if isComplete || changes.revision == snapshot.revision + 1 {
                snapshot.revision = max(snapshot.revision, changes.revision)
            }
            snapshots[programme] = snapshot
        }
    }

    private static let page = 5_000

    private static func read(_ connection: any Connection, _ programme: ProgrammeID) throws -> CatalogueSnapshot {
        var snapshot = CatalogueSnapshot(programme: programme)
        snapshot.revision = try CatalogueRows.revision(connection, programme)
        var items: [Item] = []
        var last = ""
        while true {
            let rows = try connection.query(
                """
                SELECT item_id, state, revision, document FROM catalogue_item
                WHERE programme_id = ? AND item_id > ? ORDER BY item_id LIMIT ?
                """, [.programme(programme), .text(last), .integer(Int64(page))])
            for row in rows { items.append(try CatalogueRows.item(row).item) }
            guard rows.count == page, let end = rows.last else { break }
            last = try end.text(0)
        }
        snapshot.apply(items)
        let makers = try connection.query(
            "SELECT maker_id, revision, document FROM catalogue_maker WHERE programme_id = ?", [.programme(programme)])
        snapshot.apply(makers: try makers.map(CatalogueRows.maker))
        let series = try connection.query(
            "SELECT series_id, revision, document FROM catalogue_series WHERE programme_id = ?", [.programme(programme)]
        )
        snapshot.apply(series: try series.map(CatalogueRows.series))
        return snapshot
    }
}
