@testable import Site

extension Samples {
    static func games(_ language: Language) -> GamesDesk {
        func words(_ text: String) -> Wording { Wording(text, language) }
        let options = ["a", "b"].map { QuizSheet.Option(id: $0, text: words("Option \($0)")) }
        return GamesDesk(
            today: today,
            quizzes: [
                QuizSheet(
                    id: "news", title: words("The news"), summary: words("Five questions."), questions: 5, time: 300,
                    questionTime: 60, pass: 3,
                    question: .init(
                        id: "first", text: words("Which?"), kind: .one(options), place: 2, of: 5, secondsLeft: 42),
                    result: nil),
                QuizSheet(
                    id: "history", title: words("History"), questions: 3, start: .used(today),
                    result: .init(score: 1, most: 3, passed: false)),
                QuizSheet(
                    id: "numbers", title: words("Numbers"), questions: 1,
                    question: .init(id: "n", text: words("How many?"), kind: .number, place: 1, of: 1)),
            ],
            contests: [
                ContestSheet(
                    id: "final", title: words("The final"), summary: words("How will it end?"),
                    question: .score(home: words("Home"), away: words("Away"), most: 9), phase: .open,
                    closes: LocalMoment(today, minute: 1_080), prediction: .score(2, 1)),
                ContestSheet(
                    id: "seats", title: words("Seats"), question: .number(0...150), phase: .settled,
                    closes: LocalMoment(today, minute: 1_080), prediction: .number(76), outcome: .number(78),
                    isRight: true,
                    shares: [.init(answer: .number(76), share: 0.6), .init(answer: nil, share: 0.4)]),
                ContestSheet(
                    id: "choice", title: words("Choice"), question: .options(options), phase: .open,
                    isForMember: true, closes: LocalMoment(today, minute: 1_080)),
                ContestSheet(
                    id: "others", title: words("For others"), question: .options(options), phase: .closed,
                    isForMember: false, closes: LocalMoment(today, minute: 1_080)),
            ])
    }

    /// Just after the last answer, with what was answered.
    static func endedQuiz(_ language: Language) -> QuizSheet {
        func words(_ text: String) -> Wording { Wording(text, language) }
        return QuizSheet(
            id: "news", title: words("The news"), questions: 2, start: .ready,
            result: .init(
                score: 1, most: 2, passed: true,
                solutions: [
                    .init(
                        text: words("Which?"), right: [words("A"), words("B")], explanation: words("Because."),
                        mine: [words("A")]),
                    .init(text: words("How many?"), right: [words("12")], mine: []),
                ]))
    }

    static func gamesFigures(_ language: Language) -> GamesFigures {
        GamesFigures(
            today: today,
            quizzes: [
                .init(title: Wording("The news", language), finished: 1_200, passed: 800, meanScore: 3.4),
                .init(title: Wording("History", language), finished: 3, passed: 1),
            ],
            contests: games(language).contests.map { contest in
                var contest = contest
                contest.predictions = 40
                return contest
            }, maySettle: true)
    }
}
