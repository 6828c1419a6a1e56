public import Primitives

/// One thing to read, watch, hear or attend, as the catalogue knows it.
///
/// A class, because rules look items up for every event: handing one out costs one reference count instead of one for each
/// of its texts. It never changes; a new version is a new object.
public final class Item: Sendable {
    public enum State: Int64, Sendable {
        case live = 0
        /// Events named it; the publisher has not described it yet.
        case stub = 1
        /// Taken off the programme, and may come back.
        case withdrawn = 2
        /// Described no longer: only the id is left, so that a late event does not make it a stub again.
        case deleted = 3
    }

    public let id: ItemID
    public let state: State
    public let content: ItemContent
    /// The catalogue's count of changes when this version was written; 0 for a stub.
    public let revision: Int64
    /// What may be said of it without naming it.
    public let itemClass: ItemClass

    public init(id: ItemID, state: State, content: ItemContent, revision: Int64) {
        self.id = id
        self.state = state
        self.content = content
        self.revision = revision
        itemClass = ItemClass(kind: content.kind, topics: content.topics, language: content.language)
    }

    /// An item of which only the id is known.
    public static func stub(_ id: ItemID) -> Item { Item(id: id, state: .stub, content: .unknown, revision: 0) }

    public var kind: ItemKind { content.kind }
    /// Sorted, without repetition.
    public var topics: [String] { itemClass.topics }
    public var language: LanguageTag? { content.language }
    public var series: SeriesID? { content.series }
    public var makers: [MakerID] { content.makers }

    /// The title for a reader of `languages`, most wanted first; the id where there is no title.
    public func title(for languages: [LanguageTag]) -> String { content.title.text(for: languages) ?? id.text }
}

/// Everything the publisher says about an item but the text itself, which is stored apart. All of it checked.
public struct ItemContent: Hashable, Sendable {
    public var kind: ItemKind = .other
    public var title: LocalizedText = .empty
    /// The paragraph under the title.
    public var standfirst: LocalizedText = .empty
    public var url: WebAddress?
    public var image: WebAddress?
    public var series: SeriesID?
    /// In the publisher's order, without repetition.
    public var makers: [MakerID] = []
    /// Sorted, without repetition.
    public var topics: [String] = []
    /// Of the item itself; its titles may exist in more.
    public var language: LanguageTag?
    public var access: ItemAccess = .free
    /// ISO 3166-1 alpha-2 codes, sorted; empty means everywhere.
    public var regions: [String] = []
    public var publishedAt: Instant?
    public var earlyAccess: EarlyAccess?
    public var expiresAt: Instant?
    /// Its subject may reveal something about whoever opens it that law protects specially (health, belief, politics, sexual
    /// life: GDPR article 9). Never shown as a reason, never part of anything that can be shared.
    public var isSensitive = false
    /// Of a video or an episode, in seconds.
    public var durationSeconds: Int?
    /// Of a text, in words.
    public var wordCount: Int?

    public init() {}

    static let unknown = ItemContent()
}
