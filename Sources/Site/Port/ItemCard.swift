/// What kind of thing an item is; it decides the verb (read, watch, listen) and the page of the demo publisher.
public enum ItemKind: String, Sendable, Hashable, CaseIterable {
    case article, video, episode, event
}

/// An item as it stands in a list.
public struct ItemCard: Sendable, Hashable {
    /// The catalogue's identifier, unique within the programme.
    public var id: String
    public var kind: ItemKind
    public var title: Wording
    public var summary: Wording?
    /// Where it can be read, watched or heard; `nil` leads to no page.
    public var link: WebLink?
    public var cover: WebLink?
    public var makers: [Face]
    public var topics: [Wording]
    public var series: Wording?
    /// Reading or playing time.
    public var seconds: Int?
    /// The catalogue's identifiers of `topics`, one for each; empty for what is sensitive: no device is to remember it.
    public var topicIDs: [String] = []
    /// The catalogue's identifiers of `makers`, one for each.
    public var makerIDs: [String] = []

    public init(
        id: String, kind: ItemKind, title: Wording, summary: Wording? = nil, link: WebLink? = nil,
        cover: WebLink? = nil,
        makers: [Face] = [], topics: [Wording] = [], series: Wording? = nil, seconds: Int? = nil
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.summary = summary
        self.link = link
        self.cover = cover
        self.makers = makers
        self.topics = topics
        self.series = series
        self.seconds = seconds
    }
}
