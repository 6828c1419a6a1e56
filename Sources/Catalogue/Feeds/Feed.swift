/// A feed as it was read: what it calls itself and what it offers, in the catalogue's terms.
public struct Feed: Hashable, Sendable {
    public enum Format: String, Hashable, Sendable {
        case rss
        case atom
        case jsonFeed
    }

    public let format: Format
    /// Empty when the feed does not say.
    public var title = ""
    public var language: LanguageTag?
    /// In the feed's order, each id once.
    public var items: [ItemDraft] = []
    /// The people the items name. The catalogue takes those it does not know yet and leaves the others as they are: a feed
    /// does not overwrite what an editor wrote.
    public var makers: [MakerDraft] = []
    /// Entries that could not be taken, by their place in the feed.
    public var faults: [DraftFault] = []

    public init(format: Format) {
        self.format = format
    }
}

/// What a feed's items take when the feed does not say.
public struct FeedDefaults: Hashable, Sendable {
    /// `nil`: told by the entry (an audio enclosure makes an episode, a video one a video), else an article.
    public var kind: ItemKind?
    public var language: LanguageTag?
    /// Added to each item's own.
    public var topics: [String] = []
    public var series: SeriesID?
    public var access: ItemAccess = .free
    /// Before each item's id, for feeds whose ids are only unique within the feed.
    public var idPrefix = ""
    /// Whether the text itself is kept; otherwise only its number of words.
    public var keepsBody = false

    public init() {}
}

/// Why a feed cannot be used.
public enum FeedProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLarge(bytes: Int, limit: Int)
    case notWellFormed(String)
    /// The document is something else: a web page, say.
    case notAFeed(found: String)

    public var description: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the feed has \(bytes) bytes, and \(limit) are allowed"
        case .notWellFormed(let text): text
        case .notAFeed(let found): "expected RSS, Atom or JSON Feed, found \(found)"
        }
    }
}
