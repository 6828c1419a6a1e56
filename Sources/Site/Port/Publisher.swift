/// The front page of the demo publisher.
public struct PublisherFront: Sendable, Hashable {
    public var today: LocalDay
    /// Most important first: the first one leads the page.
    public var stories: [ItemCard]
    public var videos: [ItemCard]
    public var episodes: [ItemCard]
    /// This week's most read articles, most read first. At most five are shown.
    public var mostRead: [ItemCard]

    public init(
        today: LocalDay, stories: [ItemCard], videos: [ItemCard] = [], episodes: [ItemCard] = [],
        mostRead: [ItemCard] = []
    ) {
        self.today = today
        self.stories = stories
        self.videos = videos
        self.episodes = episodes
        self.mostRead = mostRead
    }
}

/// An article, video or podcast episode of the demo publisher.
public struct PublisherItem: Sendable, Hashable {
    public enum Block: Sendable, Hashable {
        case paragraph(String)
        case heading(String)
        case quote(String, by: String?)
    }

    public struct Chapter: Sendable, Hashable {
        public var startSeconds: Int
        public var title: Wording

        public init(startSeconds: Int, title: Wording) {
            self.startSeconds = startSeconds
            self.title = title
        }
    }

    public var today: LocalDay
    public var card: ItemCard
    public var published: LocalMoment?
    /// The text of an article, or the notes of a video or episode, in the language of the title.
    public var body: [Block]
    public var caption: Wording?
    public var chapters: [Chapter]
    public var related: [ItemCard]
    /// Whether a gate of the programme stands before it.
    public var isGated: Bool

    public init(
        today: LocalDay, card: ItemCard, published: LocalMoment? = nil, body: [Block] = [], caption: Wording? = nil,
        chapters: [Chapter] = [], related: [ItemCard] = [],
        isGated: Bool = false
    ) {
        self.today = today
        self.card = card
        self.published = published
        self.body = body
        self.caption = caption
        self.chapters = chapters
        self.related = related
        self.isGated = isGated
    }
}
