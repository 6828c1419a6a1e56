/// Someone with a name and a face: the writer, host, editor, photographer behind items, in whose voice a programme speaks.
///
/// Makers appear in public by their profession; members never become makers here.
public struct Maker: Hashable, Sendable {
    public let id: MakerID
    public let content: MakerContent
    /// The catalogue's count of changes when this version was written.
    public let revision: Int64

    public init(id: MakerID, content: MakerContent, revision: Int64) {
        self.id = id
        self.content = content
        self.revision = revision
    }

    public var name: String { content.name }
}

/// What the publisher says about a maker. All of it checked.
public struct MakerContent: Hashable, Sendable {
    public var name: String
    public var face: Face?
    /// What they do: `redacteur kunst`, `host`.
    public var role: LocalizedText = .empty
    public var biography: LocalizedText = .empty
    /// Their page at the publisher.
    public var page: WebAddress?

    public init(name: String) {
        self.name = name
    }
}

/// A picture of a maker or a series.
public enum Face: Hashable, Sendable {
    case image(WebAddress)
    /// A drawing, checked to contain shapes only: no scripts, no links, nothing loaded from elsewhere.
    case svg(String)
}

/// Items that belong together: a column, a podcast, a season.
public struct Series: Hashable, Sendable {
    public let id: SeriesID
    public let content: SeriesContent
    /// The catalogue's count of changes when this version was written.
    public let revision: Int64

    public init(id: SeriesID, content: SeriesContent, revision: Int64) {
        self.id = id
        self.content = content
        self.revision = revision
    }
}

/// What the publisher says about a series. All of it checked.
public struct SeriesContent: Hashable, Sendable {
    public var title: LocalizedText
    public var about: LocalizedText = .empty
    public var image: Face?
    public var page: WebAddress?
    public var makers: [MakerID] = []

    public init(title: LocalizedText) {
        self.title = title
    }
}
