/// Quizzes with their counts, and contests with the form that settles them.
struct GamesFiguresPage: Page {
    static let template = "games-figures"

    struct Row: Sendable, Equatable {
        var title: WordingView
        var finished: String
        var passed: String
        var mean: String
    }

    /// What came of an outcome just told.
    enum Outcome: String, Sendable, CaseIterable { case done, refused }

    var shell: Shell
    var rows: [Row]
    var hasRows: Bool
    var contests: [ContestView]
    var hasContests: Bool
    var isEmpty: Bool
    var result: String?

    init(_ figures: GamesFigures, shell: Shell, texts: Texts, csrf: String, outcome: Outcome? = nil) {
        self.shell = shell
        let words = texts.games
        rows = figures.quizzes.map { quiz in
            Row(
                title: WordingView(quiz.title, on: texts.language), finished: texts.number(quiz.finished),
                passed: texts.number(quiz.passed),
                mean: quiz.meanScore.map { texts.number(Int64($0.rounded())) } ?? "–")
        }
        hasRows = !rows.isEmpty
        contests = figures.contests.map { contest in
            var view = ContestView(
                contest, today: figures.today, texts: texts, csrf: csrf,
                action: WebLink(path: ["console", "contests", contest.id, "outcome"]).address,
                submit: contest.phase == .closed ? words.settle : words.correct)
            if !figures.maySettle { view.form = nil }
            return view
        }
        hasContests = !contests.isEmpty
        isEmpty = !hasRows && !hasContests
        result = outcome.map { $0 == .done ? words.settled : words.settleRefused }
    }
}
