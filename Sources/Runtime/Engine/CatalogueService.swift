public import Catalogue
public import Primitives
public import Storage

/// The catalogues and popularity of a home, as the pipeline needs them.
public final class CatalogueService: CataloguePort {
    public let store: CatalogueStore
    public let popularity: Popularity

    public init(database: any Database) {
        store = CatalogueStore(database: database)
        popularity = Popularity(database: database)
    }

    /// Reads a programme's catalogue and counts into memory.
    public func load(_ programme: ProgrammeID, now: Instant) async throws {
        try await store.load(programme)
        try await popularity.load(programme, now: now)
    }

    public func item(_ id: ItemID, in programme: ProgrammeID) -> Item {
        store.snapshot(programme).item(id) ?? .stub(id)
    }

    public func isUnknown(_ id: ItemID, in programme: ProgrammeID) -> Bool {
        store.snapshot(programme).item(id) == nil
    }

    public func ensureStubs(
        _ connection: any Connection, _ programme: ProgrammeID, _ items: [ItemID], day: Int32
    ) throws {
        try CatalogueStore.ensureStubs(connection, programme, items, day: Int(day))
    }

    public func addPopularity(
        _ connection: any Connection, _ programme: ProgrammeID, _ counts: [PopularityKey: Int64]
    ) throws {
        try Popularity.add(connection, programme, increments(counts))
    }

    public func committed(_ programme: ProgrammeID, _ counts: [PopularityKey: Int64]) {
        popularity.apply(programme, increments(counts))
    }

    public func committed(_ programme: ProgrammeID, stubs: Set<ItemID>) {
        store.adoptStubs(programme, stubs)
    }

    private func increments(_ counts: [PopularityKey: Int64]) -> [PopularityIncrement] {
        counts.map { PopularityIncrement(item: $0.key.item, day: Int($0.key.day), count: $0.value) }
    }
}
