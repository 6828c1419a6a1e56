/// Recommendations: what editors decided, and the state of what was learned.
struct RecommendationsPage: Page {
    static let template = "recommendations"

    struct EntryView: Sendable, Equatable {
        var id: String
        var title: WordingView
        var until: String?
    }

    struct PreviewView: Sendable, Equatable {
        var persona: WordingView
        var items: [WordingView]
        var hasItems: Bool
    }

    var shell: Shell
    var csrf: String
    var result: String?
    var isRefused: Bool
    var state: [String]
    var pins: [EntryView]
    var hasPins: Bool
    var excludedItems: [EntryView]
    var excludedTopics: [EntryView]
    var hasExclusions: Bool
    var topicShare: Int
    var makerShare: Int
    var oldestDays: String
    var surpriseLeast: Int
    var surpriseMost: Int
    var boundsText: String
    var previews: [PreviewView]
    var hasPreviews: Bool
    var mayDecide: Bool

    init(
        _ desk: RecommendationDesk, shell: Shell, texts: Texts, csrf: String, outcome: RecommendationOutcome? = nil
    ) {
        let words = texts.recommendations
        self.shell = shell
        self.csrf = csrf
        result = outcome.map { outcome in
            switch outcome {
            case .done: words.done
            case .unknown: words.unknown
            case .refused: words.refused
            case .unsound: words.unsound
            }
        }
        isRefused = outcome.map { $0 != .done } ?? false
        func view(_ entry: RecommendationDesk.Entry) -> EntryView {
            EntryView(
                id: entry.id, title: WordingView(entry.title, on: texts.language),
                until: entry.until.map { words.until(texts.date($0, today: desk.today)) })
        }
        func percent(_ part: Int) -> String {
            texts.common.percent(texts.number(Int64(desk.items == 0 ? 0 : part * 100 / desk.items)))
        }
        var state = [
            desk.trained.map { words.trained(texts.moment($0, today: desk.today)) } ?? words.untrained,
            words.items(texts.number(Int64(desk.items))), words.known(percent(desk.known)),
            words.cold(percent(desk.items - desk.known)),
            desk.readers.map { words.readers(texts.number($0)) } ?? words.fewReaders,
        ]
        if let progress = desk.progress {
            state.append(words.training(texts.common.percent(texts.number(Int64(progress)))))
        }
        self.state = state
        pins = desk.pins.map(view)
        hasPins = !pins.isEmpty
        excludedItems = desk.excludedItems.map(view)
        excludedTopics = desk.excludedTopics.map(view)
        hasExclusions = !excludedItems.isEmpty || !excludedTopics.isEmpty
        let bounds = desk.bounds
        topicShare = bounds.topicShare
        makerShare = bounds.makerShare
        oldestDays = bounds.oldestDays.map { String($0) } ?? ""
        surpriseLeast = bounds.surpriseLeast
        surpriseMost = bounds.surpriseMost
        boundsText = words.bounds(
            texts.common.percent(texts.number(Int64(bounds.topicShare))),
            texts.common.percent(texts.number(Int64(bounds.makerShare))))
        previews = desk.previews.map { preview in
            PreviewView(
                persona: WordingView(preview.persona, on: texts.language),
                items: preview.items.map { WordingView($0, on: texts.language) }, hasItems: !preview.items.isEmpty)
        }
        hasPreviews = !previews.isEmpty
        mayDecide = desk.mayDecide
    }
}
