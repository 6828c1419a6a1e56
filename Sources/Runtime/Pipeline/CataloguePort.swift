public import Catalogue
public import Primitives
public import Storage

/// Uses of one item by all members together on one day: what popularity is made of.
public struct PopularityKey: Sendable, Hashable {
    public var item: ItemID
    /// The day in the programme's time zone.
    public var day: Int32

    public init(item: ItemID, day: Int32) {
        self.item = item
        self.day = day
    }
}

/// What the pipeline asks of the catalogues.
public protocol CataloguePort: Sendable {
    /// An item as conditions see it; a stub for one that is not known.
    func item(_ id: ItemID, in programme: ProgrammeID) -> Item
    func isUnknown(_ id: ItemID, in programme: ProgrammeID) -> Bool
    func ensureStubs(_ connection: any Connection, _ programme: ProgrammeID, _ items: [ItemID], day: Int32) throws
    func addPopularity(
        _ connection: any Connection, _ programme: ProgrammeID, _ counts: [PopularityKey: Int64]) throws
    /// Called after the commit, so that what is in memory follows what is on disk.
    func committed(_ programme: ProgrammeID, _ counts: [PopularityKey: Int64])
    func committed(_ programme: ProgrammeID, stubs: Set<ItemID>)
}
