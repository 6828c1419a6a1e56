/// Quizzes and predictions that a member can take part in.
struct GamesPage: Page {
    static let template = "games"

    struct QuizCard: Sendable, Equatable {
        var title: WordingView
        var summary: WordingView?
        var facts: [String]
        var href: String
        /// What stands on the way there: begin, go on, or look at it.
        var action: String
        var score: String?
    }

    var shell: Shell
    var quizzes: [QuizCard]
    var hasQuizzes: Bool
    var contests: [ContestView]
    var hasContests: Bool
    var isEmpty: Bool
    var refused: String?

    init(_ desk: GamesDesk, shell: Shell, texts: Texts, csrf: String, isRefused: Bool = false) {
        self.shell = shell
        let words = texts.games
        quizzes = desk.quizzes.map { quiz in
            QuizCard(
                title: WordingView(quiz.title, on: texts.language),
                summary: quiz.summary.map { WordingView($0, on: texts.language) }, facts: Self.facts(quiz, texts),
                href: WebLink(path: ["m", "quizzes", quiz.id]).address,
                action: quiz.question != nil ? words.goOn : words.toQuiz,
                score: quiz.result.map { words.score(texts.number($0.score), texts.number($0.most)) })
        }
        hasQuizzes = !quizzes.isEmpty
        contests = desk.contests.map { contest in
            ContestView(
                contest, today: desk.today, texts: texts, csrf: csrf,
                action: WebLink(path: ["m", "contests", contest.id]).address, submit: nil)
        }
        hasContests = !contests.isEmpty
        isEmpty = !hasQuizzes && !hasContests
        refused = isRefused ? words.refused : nil
    }

    /// What a member wants to know before beginning.
    static func facts(_ quiz: QuizSheet, _ texts: Texts) -> [String] {
        let words = texts.games
        var facts = [words.questions(Int64(quiz.questions), texts.number(Int64(quiz.questions)))]
        if let time = quiz.time { facts.append(words.time(texts.measured(seconds: Int64(time)))) }
        if let time = quiz.questionTime { facts.append(words.questionTime(texts.measured(seconds: Int64(time)))) }
        if let pass = quiz.pass { facts.append(words.pass(texts.number(pass))) }
        return facts
    }
}
