/// The fictional media house whose pages the demo serves, to show the programme where the reading happens.
public struct DemoPublisher: Sendable, Equatable {
    /// The name on the masthead.
    public var name: String
    /// The path of the front page, one segment: `/avondpost`.
    public var path: String
    /// Sent by the pages with their events and by the widget with its question. It allows nothing else.
    public var publishableKey: String
    /// The event types of the programme for what was read, watched and heard.
    public var articleEvent: String
    public var videoEvent: String
    public var episodeEvent: String

    /// - Parameter path: lower-case letters, digits and hyphens.
    public init(
        name: String, path: String, publishableKey: String, articleEvent: String = "article.read",
        videoEvent: String = "video.watched", episodeEvent: String = "episode.finished"
    ) {
        self.name = name
        self.path = path
        self.publishableKey = publishableKey
        self.articleEvent = articleEvent
        self.videoEvent = videoEvent
        self.episodeEvent = episodeEvent
    }

    var front: String { WebLink(path: [path]).address }

    func eventType(of kind: ItemKind) -> String {
        switch kind {
        case .article, .event: articleEvent
        case .video: videoEvent
        case .episode: episodeEvent
        }
    }

    /// An item that leads to its page on this site, wherever the catalogue says it lives.
    func view(of card: ItemCard, texts: Texts) -> ItemView {
        var view = ItemView(card, texts: texts)
        view.href = WebLink(path: [path, card.id]).address
        return view
    }
}
