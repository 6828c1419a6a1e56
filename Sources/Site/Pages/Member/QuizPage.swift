/// One quiz: what it is, the question that is next, or what it came to. It works as plain forms; a small module shows how
/// much time is left.
struct QuizPage: Page {
    static let template = "quiz"

    struct Question: Sendable, Equatable {
        var id: String
        var text: WordingView
        var place: String
        var hint: String?
        var options: [ContestView.Option]
        var isOne: Bool
        var isSeveral: Bool
        var isNumber: Bool
        /// Whole seconds, for the module that counts down.
        var seconds: String?
        var clock: String?
        var note: String?
    }

    struct Solution: Sendable, Equatable {
        var text: WordingView
        var right: String
        var mine: String?
        var explanation: WordingView?
    }

    struct Result: Sendable, Equatable {
        var score: String
        var says: String
        var solutions: [Solution]
        var hasSolutions: Bool
        var later: String?
    }

    var shell: Shell
    var title: WordingView
    var summary: WordingView?
    var facts: [String]
    var action: String
    var csrf: String
    var question: Question?
    var result: Result?
    var start: String?
    var why: String?

    init(_ quiz: QuizSheet, shell: Shell, texts: Texts, csrf: String, today: LocalDay) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.games
        title = WordingView(quiz.title, on: texts.language)
        summary = quiz.summary.map { WordingView($0, on: texts.language) }
        facts = GamesPage.facts(quiz, texts)
        action = WebLink(path: ["m", "quizzes", quiz.id]).address
        question = quiz.question.map { Self.view(of: $0, texts) }
        guard quiz.question == nil else { return }
        result = quiz.result.map { Self.view(of: $0, texts) }
        switch quiz.start {
        case .ready: start = quiz.result == nil ? words.start : words.again
        case .closed: why = words.closed
        case .forOthers: why = words.forOthers
        case .used(let day): why = day.map { words.usedUntil(texts.date($0, today: today)) } ?? words.used
        }
    }

    private static func view(of question: QuizSheet.Question, _ texts: Texts) -> Question {
        let words = texts.games
        var view = Question(
            id: question.id, text: WordingView(question.text, on: texts.language),
            place: words.place(texts.number(Int64(question.place)), texts.number(Int64(question.of))), hint: nil,
            options: [], isOne: false, isSeveral: false, isNumber: false)
        func options(_ options: [QuizSheet.Option]) -> [ContestView.Option] {
            options.map {
                ContestView.Option(id: $0.id, text: WordingView($0.text, on: texts.language), chosen: false)
            }
        }
        switch question.kind {
        case .one(let all):
            view.isOne = true
            view.options = options(all)
            view.hint = words.one
        case .several(let all):
            view.isSeveral = true
            view.options = options(all)
            view.hint = words.several
        case .number: view.isNumber = true
        }
        if let seconds = question.secondsLeft {
            view.seconds = String(max(0, seconds))
            view.clock = texts.clock(seconds: max(0, seconds))
            view.note = words.timeNote
        }
        return view
    }

    private static func view(of result: QuizSheet.Result, _ texts: Texts) -> Result {
        let words = texts.games
        let solutions = (result.solutions ?? []).map { solution in
            Solution(
                text: WordingView(solution.text, on: texts.language),
                right: texts.list(solution.right.map(\.text)),
                mine: solution.mine.map { $0.isEmpty ? words.noAnswer : texts.list($0.map(\.text)) },
                explanation: solution.explanation.map { WordingView($0, on: texts.language) })
        }
        return Result(
            score: words.score(texts.number(result.score), texts.number(result.most)),
            says: result.passed ? words.passed : words.notPassed, solutions: solutions,
            hasSolutions: !solutions.isEmpty,
            later: result.solutions == nil ? words.solutionsLater : solutions.isEmpty ? words.changed : nil)
    }
}
