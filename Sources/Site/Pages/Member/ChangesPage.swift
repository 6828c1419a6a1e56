/// What changed in the programme and why, and what will.
struct ChangesPage: Page {
    static let template = "changes"

    struct Edition: Sendable, Equatable {
        var title: String
        var day: String
        var because: WordingView?
        var changes: [WordingView]
        var hasChanges: Bool
        var proposals: [WordingView]
        var hasProposals: Bool
        var isFirst: Bool
    }

    struct Ahead: Sendable, Equatable {
        var title: String
        var what: WordingView
        var because: WordingView?
    }

    var shell: Shell
    var ahead: [Ahead]
    var hasAhead: Bool
    var editions: [Edition]
    var isEmpty: Bool
    var older: String?

    init(_ story: ProgrammeStory, shell: Shell, texts: Texts) {
        self.shell = shell
        func view(_ wording: Wording) -> WordingView { WordingView(wording, on: texts.language) }
        ahead = story.ahead.map { one in
            Ahead(
                title: texts.changes.from(texts.date(one.day, today: story.today)), what: view(one.what),
                because: one.because.map(view))
        }
        hasAhead = !ahead.isEmpty
        editions = story.editions.map { edition in
            Edition(
                title: texts.changes.since(texts.date(edition.day, today: story.today)), day: edition.day.iso,
                because: edition.because.map(view), changes: edition.changes.map(view),
                hasChanges: !edition.changes.isEmpty, proposals: edition.proposals.map(view),
                hasProposals: !edition.proposals.isEmpty, isFirst: edition.isFirst)
        }
        isEmpty = editions.isEmpty && ahead.isEmpty
        older = story.older.map { "/m/changes?after=\(WebLink.encode($0))" }
    }
}
