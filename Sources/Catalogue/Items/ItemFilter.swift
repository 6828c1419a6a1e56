/// Which items are meant.
public struct ItemFilter: Hashable, Sendable {
    /// At least one of them; empty means any.
    public var topics: Set<String>
    /// One of them; empty means any.
    public var kinds: Set<ItemKind>
    /// The item's own language; where it does not say, the language of one of its titles. `nil` means any.
    public var language: LanguageTag?
    public var series: SeriesID?
    public var maker: MakerID?
    public var excludesSensitive: Bool
    /// Not these, e.g. what the member has just seen.
    public var excluding: Set<ItemID>

    public init(
        topics: Set<String> = [], kinds: Set<ItemKind> = [], language: LanguageTag? = nil, series: SeriesID? = nil,
        maker: MakerID? = nil, excludesSensitive: Bool = false, excluding: Set<ItemID> = []
    ) {
        self.topics = topics
        self.kinds = kinds
        self.language = language
        self.series = series
        self.maker = maker
        self.excludesSensitive = excludesSensitive
        self.excluding = excluding
    }

    public func admits(_ item: Item) -> Bool {
        if !kinds.isEmpty, !kinds.contains(item.kind) { return false }
        if !topics.isEmpty, !item.topics.contains(where: topics.contains) { return false }
        if excludesSensitive, item.content.isSensitive { return false }
        if let series, item.series != series { return false }
        if let maker, !item.makers.contains(maker) { return false }
        if let language {
            let titles = item.content.title.versions
            guard
                item.language.map({ $0.matches(language) }) ?? titles.contains(where: { $0.language.matches(language) })
            else { return false }
        }
        return excluding.isEmpty || !excluding.contains(item.id)
    }
}
