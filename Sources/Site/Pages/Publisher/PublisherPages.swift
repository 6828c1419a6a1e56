/// What every page of the demo publisher needs beside its content.
struct PublisherFrame: Sendable, Equatable {
    var name: String
    var front: String
    var dateline: String
    var day: String
    /// The publishable key of the widget and of the events these pages send.
    var key: String

    init(_ publisher: DemoPublisher, today: LocalDay, texts: Texts) {
        name = publisher.name
        front = publisher.front
        dateline = texts.dateline(today)
        day = today.iso
        key = publisher.publishableKey
    }
}

/// The front page of the demo publisher.
struct PublisherFrontPage: Page {
    static let template = "front"

    var shell: Shell
    var frame: PublisherFrame
    var lead: ItemView?
    var seconds: [ItemView]
    var stories: [ItemView]
    var mostRead: [ItemView]
    var hasMostRead: Bool
    var videos: [ItemView]
    var hasVideos: Bool
    var episodes: [ItemView]
    var hasEpisodes: Bool
    var sections: [WordingView]

    init(_ data: PublisherFront, shell: Shell, texts: Texts, publisher: DemoPublisher) {
        self.shell = shell
        frame = PublisherFrame(publisher, today: data.today, texts: texts)
        func views(_ cards: some Sequence<ItemCard>) -> [ItemView] {
            cards.map { publisher.view(of: $0, texts: texts) }
        }
        lead = data.stories.first.map { publisher.view(of: $0, texts: texts) }
        seconds = views(data.stories.dropFirst().prefix(2))
        stories = views(data.stories.dropFirst(3).prefix(8))
        mostRead = views(data.mostRead.prefix(5))
        hasMostRead = !mostRead.isEmpty
        videos = views(data.videos.prefix(3))
        hasVideos = !videos.isEmpty
        episodes = views(data.episodes.prefix(4))
        hasEpisodes = !episodes.isEmpty
        var seen: Set<String> = []
        sections = data.stories.compactMap(\.topics.first).filter { seen.insert($0.text).inserted }.prefix(8).map {
            WordingView($0, on: texts.language)
        }
    }
}

/// An article, a video or an episode, with the widget beside it.
struct PublisherItemPage: Page {
    static let template = "story"

    struct BlockView: Sendable, Equatable {
        var text: String
        var paragraph: Bool
        var heading: Bool
        var quote: Bool
        var by: String?
    }

    struct ChapterView: Sendable, Equatable {
        var at: String
        var seconds: Int
        var title: WordingView
    }

    struct PlayerView: Sendable, Equatable {
        var seconds: Int
        var length: String
        var chapters: [ChapterView]
        var hasChapters: Bool
        var playedText: String
    }

    var shell: Shell
    var frame: PublisherFrame
    var item: ItemView
    /// The language of the content, always said here: it need not be that of the page around it.
    var contentLanguage: String
    var isArticle: Bool
    var byline: String?
    var published: String?
    var publishedDay: String?
    var caption: WordingView?
    var blocks: [BlockView]
    var player: PlayerView?
    var related: [ItemView]
    var hasRelated: Bool
    var isGated: Bool
    /// The type of the event this page sends, the source it names and, for a signed-in reader, its subject.
    var eventType: String
    var eventSource: String
    var subject: String?
    /// Lets the widget speak of the signed-in reader; sealed, and valid for an hour.
    var pass: String?
    /// Whether the reader earns by tokens; see earn.js.
    var earnsByTokens: Bool
    /// What this page may remember on the reader's own device.
    var memory: DeviceMemory?

    init(
        _ data: PublisherItem, shell: Shell, texts: Texts, publisher: DemoPublisher, subject: String?, pass: String?,
        earnsByTokens: Bool = false
    ) {
        self.earnsByTokens = earnsByTokens
        self.shell = shell
        frame = PublisherFrame(publisher, today: data.today, texts: texts)
        item = publisher.view(of: data.card, texts: texts)
        contentLanguage = data.card.title.language
        isArticle = data.card.kind == .article || data.card.kind == .event
        byline = item.byline.map { texts.publisher.by($0) }
        published = data.published.map { texts.moment($0, today: data.today) }
        publishedDay = data.published?.day.iso
        caption = data.caption.map { WordingView($0, on: texts.language) }
        blocks = data.body.map { block in
            switch block {
            case .paragraph(let text): BlockView(text: text, paragraph: true, heading: false, quote: false)
            case .heading(let text): BlockView(text: text, paragraph: false, heading: true, quote: false)
            case .quote(let text, let by):
                BlockView(text: text, paragraph: false, heading: false, quote: true, by: by)
            }
        }
        if !isArticle, let seconds = data.card.seconds, seconds > 0 {
            player = PlayerView(
                seconds: seconds, length: texts.clock(seconds: seconds),
                chapters: data.chapters.map { chapter in
                    ChapterView(
                        at: texts.clock(seconds: chapter.startSeconds), seconds: chapter.startSeconds,
                        title: WordingView(chapter.title, on: texts.language))
                },
                hasChapters: !data.chapters.isEmpty,
                playedText: texts.publisher.played("{share}"))
        }
        related = data.related.prefix(3).map { publisher.view(of: $0, texts: texts) }
        hasRelated = !related.isEmpty
        isGated = data.isGated
        eventType = publisher.eventType(of: data.card.kind)
        eventSource = publisher.front
        self.subject = subject
        self.pass = pass
    }
}
