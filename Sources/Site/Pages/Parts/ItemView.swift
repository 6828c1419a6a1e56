/// An item in a list, with everything worded.
struct ItemView: Sendable, Equatable {
    var id: String
    var title: WordingView
    var summary: WordingView?
    var href: String?
    var cover: String?
    /// Stands in for a missing cover.
    var initial: String
    var tint: String
    var kind: String
    var kindLabel: String
    var isVideo: Bool
    var isEpisode: Bool
    var faces: [FaceView]
    /// The makers' names in one line.
    var byline: String?
    var duration: String?
    var topic: WordingView?
    var series: WordingView?
    var action: String
    /// Opens it so that nothing is kept of it; `nil` without a page to open.
    var traceless: Traceless?

    struct Traceless: Sendable, Equatable {
        var href: String
        var label: String
        var title: String
    }

    /// What a page's address ends in when it is to be read without trace: browsers tell it to no server, and the widget on
    /// the page reads it.
    static let tracelessFragment = "#stamgast-traceless"

    init(_ card: ItemCard, texts: Texts) {
        id = card.id
        title = WordingView(card.title, on: texts.language)
        summary = card.summary.map { WordingView($0, on: texts.language) }
        href = card.link?.address
        cover = card.cover?.address
        initial = card.title.text.first.map { String($0).uppercased() } ?? "·"
        tint = Tint.of(card.id)
        kind = card.kind.rawValue
        kindLabel = texts.label(of: card.kind)
        isVideo = card.kind == .video
        isEpisode = card.kind == .episode
        faces = card.makers.map { FaceView($0, on: texts.language) }
        byline = card.makers.isEmpty ? nil : texts.list(card.makers.map(\.name))
        duration = card.seconds.map { texts.duration(seconds: $0) }
        topic = card.topics.first.map { WordingView($0, on: texts.language) }
        series = card.series.map { WordingView($0, on: texts.language) }
        action = texts.action(of: card.kind)
        traceless = href.flatMap { href in
            href.contains("#")
                ? nil
                : Traceless(
                    href: href + Self.tracelessFragment, label: texts.widget.trace(card.kind), title: card.title.text)
        }
    }
}

extension Texts {
    func label(of kind: ItemKind) -> String {
        switch kind {
        case .article: common.article
        case .video: common.video
        case .episode: common.episode
        case .event: common.event
        }
    }

    func action(of kind: ItemKind) -> String {
        switch kind {
        case .article: common.read
        case .video: common.watch
        case .episode: common.listen
        case .event: common.attend
        }
    }
}
