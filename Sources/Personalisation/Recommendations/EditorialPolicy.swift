public import Catalogue
public import Primitives

/// An item that editors put first for everybody, on every level.
public struct EditorialPin: Sendable, Hashable {
    public var item: ItemID
    /// Until when; `nil`: until it is taken back.
    public var until: Instant?

    public init(_ item: ItemID, until: Instant? = nil) {
        self.item = item
        self.until = until
    }

    public func holds(at now: Instant) -> Bool { until.map { now < $0 } ?? true }
}

/// What editors decided about recommendations of a programme. It goes before anything that was learned.
public struct EditorialPolicy: Sendable, Hashable {
    /// First ones first.
    public var pins: [EditorialPin]
    public var excludedItems: Set<ItemID>
    public var excludedTopics: Set<String>
    /// The most items of one list with the same first topic, in percent of its places; at least one. 100: no quota.
    public var topicShare: Int
    /// The most items of one list by the same maker, in percent of its places; at least one. 100: no quota.
    public var makerShare: Int
    /// Items published longer ago are recommended by hand only; `nil`: none is too old.
    public var oldestDays: Int?
    /// Between which shares the member's surprise dial works, in percent.
    public var surprise: ClosedRange<Int>

    public init(
        pins: [EditorialPin] = [], excludedItems: Set<ItemID> = [], excludedTopics: Set<String> = [],
        topicShare: Int = 50, makerShare: Int = 50, oldestDays: Int? = nil, surprise: ClosedRange<Int> = 0...50
    ) {
        self.pins = pins
        self.excludedItems = excludedItems
        self.excludedTopics = excludedTopics
        self.topicShare = topicShare
        self.makerShare = makerShare
        self.oldestDays = oldestDays
        self.surprise = surprise
    }

    /// Whether editors let an item be recommended at all.
    public func admits(_ item: Item) -> Bool {
        !excludedItems.contains(item.id)
            && (excludedTopics.isEmpty || !item.topics.contains(where: excludedTopics.contains))
    }

    func isTooOld(_ item: Item, at now: Instant) -> Bool {
        guard let oldestDays, let published = item.content.publishedAt else { return false }
        return now - published > Int64(oldestDays) * 86_400_000
    }
}
