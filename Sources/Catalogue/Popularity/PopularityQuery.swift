/// What is asked of the list of popular items.
public struct PopularityQuery: Hashable, Sendable {
    /// How far back events count, today included; at most ``Popularity/maximumDays``.
    public var days: Int
    /// After so many days an event counts half; at least a quarter of a day.
    public var halfLifeDays: Double
    public var filter: ItemFilter
    /// Items with fewer events in these days are left out: set it where a list must not tell what a few did.
    public var minimumCount: Int64
    public var limit: Int

    public init(
        days: Int = 14, halfLifeDays: Double = 3, filter: ItemFilter = ItemFilter(), minimumCount: Int64 = 0,
        limit: Int = 20
    ) {
        self.days = days
        self.halfLifeDays = halfLifeDays
        self.filter = filter
        self.minimumCount = minimumCount
        self.limit = limit
    }
}

/// A place in the list of popular items.
public struct PopularItem: Sendable {
    public let item: Item
    /// Sum over days and signals of count × weight × 2^(−age in days / half-life).
    public let score: Double
    /// Events in the days asked for.
    public let count: Int64
}
