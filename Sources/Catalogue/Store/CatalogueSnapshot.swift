import HashTreeCollections
public import Primitives

/// The whole catalogue of one programme at one moment, in memory. Never changes; a write makes another one, which shares
/// what stayed the same.
///
/// What rules read (`event.item.topics`, `.kind`, `.language`, `.series`, `.makers`) comes from here, so that judging an
/// event reads no database.
public struct CatalogueSnapshot: Sendable {
    public let programme: ProgrammeID
    /// Every change up to this count is in here; later ones may be.
    public internal(set) var revision: Int64 = 0
    private var items: TreeDictionary<ItemID, Item> = [:]
    private var makersByID: TreeDictionary<MakerID, Maker> = [:]
    private var seriesByID: TreeDictionary<SeriesID, Series> = [:]
    /// Revisions of what was removed, so that an older version that arrives late does not bring it back.
    private var removed: TreeDictionary<String, Int64> = [:]
    /// Live items, the newest first; those without a publication time behind all others.
    private var newest: [Item] = []
    public private(set) var stubCount = 0
    public private(set) var liveCount = 0

    public init(programme: ProgrammeID) {
        self.programme = programme
    }

    /// The item with this id: live, withdrawn or stub; `nil` when it is not known or was deleted.
    ///
    /// - Complexity: O(1).
    public func item(_ id: ItemID) -> Item? {
        guard let item = items[id], item.state != .deleted else { return nil }
        return item
    }

    /// The item with this id, for callers that hold an event's text.
    ///
    /// - Complexity: O(1).
    public func item(_ id: String) -> Item? { item(ItemID(unchecked: id)) }

    /// What may be said about an item without naming it; `nil` for an item that nobody has described.
    ///
    /// - Complexity: O(1).
    public func itemClass(_ id: ItemID) -> ItemClass? {
        guard let item = item(id), item.state != .stub else { return nil }
        return item.itemClass
    }

    /// - Complexity: O(1).
    public func maker(_ id: MakerID) -> Maker? { makersByID[id] }

    /// - Complexity: O(1).
    public func series(_ id: SeriesID) -> Series? { seriesByID[id] }

    /// Sorted by id.
    public var makers: [Maker] { makersByID.values.sorted { $0.id < $1.id } }

    /// Sorted by id.
    public var allSeries: [Series] { seriesByID.values.sorted { $0.id < $1.id } }

    /// The ids among `ids` of which there is no trace yet: what stubs have to be made of. Sorted, each once.
    ///
    /// - Parameter limit: how many stubs a programme may have; beyond it the answer is empty.
    public func unknown(
        among ids: some Sequence<ItemID>, limit: Int = CatalogueLimits.standard.stubsPerProgramme
    ) -> [ItemID] {
        guard stubCount < limit else { return [] }
        return Array(Set(ids.lazy.filter { items[$0] == nil }).sorted().prefix(limit - stubCount))
    }

    /// Live items that `filter` lets through and `viewer` may open at `now`, the newest first.
    ///
    /// - Complexity: linear in the items looked at until `limit` are found.
    public func latest(
        _ filter: ItemFilter = ItemFilter(), for viewer: Viewer = .anonymous, at now: Instant, limit: Int
    ) -> [Item] {
        var result: [Item] = []
        for item in newest {
            guard result.count < limit else { break }
            if filter.admits(item), item.availability(for: viewer, at: now).isOpen { result.append(item) }
        }
        return result
    }

    /// Live items that are not yet published but have an early-access window, the next to be published first: privileges
    /// within reach.
    public func previews(_ filter: ItemFilter = ItemFilter(), at now: Instant, limit: Int) -> [Item] {
        var result: [Item] = []
        for item in newest {
            // The list is in falling order, so the first published item ends the search.
            guard let start = item.content.publishedAt, start > now else { break }
            if item.content.earlyAccess != nil, filter.admits(item) { result.append(item) }
        }
        return Array(result.reversed().prefix(limit))
    }
}

// MARK: Changes, from the store only

extension CatalogueSnapshot {
    /// Takes versions of items, whatever order they come in: the higher revision stays.
    mutating func apply(_ changes: some Sequence<Item>) {
        var moved: Set<ItemID> = []
        for item in changes {
            let old = items[item.id]
            // A stub has revision 0, so it gives way to everything and replaces nothing.
            if let old, old.revision >= item.revision { continue }
            items[item.id] = item
            count(old, by: -1)
            count(item, by: 1)
            if item.state == .live || old?.state == .live { moved.insert(item.id) }
        }
        guard !moved.isEmpty else { return }
        newest.removeAll { moved.contains($0.id) }
        for id in moved { if let item = items[id], item.state == .live { newest.append(item) } }
        newest.sort(by: Self.isNewer)
    }

    mutating func apply(makers changes: some Sequence<EntryChange<Maker>>) {
        for change in changes
        where isCurrent(change, known: makersByID[MakerID(unchecked: change.id)]?.revision, key: "maker ") {
            makersByID[MakerID(unchecked: change.id)] = change.entry
        }
    }

    mutating func apply(series changes: some Sequence<EntryChange<Series>>) {
        for change in changes
        where isCurrent(change, known: seriesByID[SeriesID(unchecked: change.id)]?.revision, key: "series ") {
            seriesByID[SeriesID(unchecked: change.id)] = change.entry
        }
    }

    private mutating func isCurrent<Entry>(_ change: EntryChange<Entry>, known: Int64?, key: String) -> Bool {
        guard change.revision > max(known ?? 0, removed[key + change.id] ?? 0) else { return false }
        removed[key + change.id] = change.entry == nil ? change.revision : nil
        return true
    }

    private mutating func count(_ item: Item?, by step: Int) {
        switch item?.state {
        case .live: liveCount += step
        case .stub: stubCount += step
        case .withdrawn, .deleted, nil: break
        }
    }

    private static func isNewer(_ left: Item, _ right: Item) -> Bool {
        let (first, second) = (left.content.publishedAt ?? .earliest, right.content.publishedAt ?? .earliest)
        return first == second ? left.id < right.id : first > second
    }
}

extension CatalogueSnapshot: Equatable {
    /// Whether both say the same of the same items, makers and series. `revision` is not compared: it tells how far was
    /// looked, not what was found.
    public static func == (left: CatalogueSnapshot, right: CatalogueSnapshot) -> Bool {
        func same(_ first: Item, _ second: Item?) -> Bool {
            guard let second else { return false }
            return first.id == second.id && first.state == second.state && first.content == second.content
                && first.revision == second.revision
        }
        return left.programme == right.programme && left.items.count == right.items.count
            && left.items.allSatisfy { same($0.value, right.items[$0.key]) } && left.makersByID == right.makersByID
            && left.seriesByID == right.seriesByID && left.stubCount == right.stubCount
            && left.liveCount == right.liveCount && left.newest.map(\.id) == right.newest.map(\.id)
    }
}
