import Loyalty
import Primitives

/// Quizzes and contests of generated programmes.
extension ProgrammeGenerator {
    private mutating func some() -> LocalizedText { LocalizedText([.en: text(), .nl: text()]) }

    mutating func quiz(_ number: Int) -> Quiz {
        var quiz = Quiz(id: "quiz-\(number)", name: some(), text: some())
        quiz.why = some()
        for index in 0...self.number(0...3) {
            let kind: Quiz.Kind
            if chance(1) {
                kind = .number(
                    Quiz.Number(answer: Int64(self.number(-9_999...9_999)), within: Int64(self.number(0...5))))
            } else {
                let options = (0...self.number(1...4)).map { Quiz.Option(id: "option-\($0)", text: some()) }
                let isMultiple = chance(2)
                let right = isMultiple ? UInt32(self.number(1...(1 << options.count) - 1)) : 1 << 1
                kind = .choice(Quiz.Choice(options: options, right: right, isMultiple: isMultiple))
            }
            quiz.questions.append(
                Quiz.Question(
                    id: "question-\(index)", text: some(), kind: kind, points: Int64(self.number(1...9)),
                    explanation: some()))
        }
        if chance(2) { quiz.draw = self.number(1...9) }
        if chance(2) { quiz.pass = Int64(self.number(1...9)) }
        quiz.tries = Quiz.Tries(times: Int64(self.number(1...3)), period: pick(PeriodUnit.allCases))
        quiz.timeMilliseconds = pick([nil, 5_000, 300_000, Quiz.longestAttempt])
        quiz.questionMilliseconds = pick([nil, 30_000, 60_000])
        if chance(2) { quiz.validFrom = Instant(seconds: Int64(self.number(0...2_000_000_000))) }
        if chance(2) { quiz.condition = "member.tier == 'gold'" }
        if chance(2) { quiz.reward = [effect()] }
        return quiz
    }

    mutating func contest(_ number: Int) -> Contest {
        let question: Contest.Question
        switch self.number(0...2) {
        case 0:
            question = .options(
                (0...self.number(1...4)).map { index in
                    Contest.Option(id: "option-\(index)", text: some(), gives: chance(2) ? [effect()] : [])
                })
        case 1: question = .number(Int64(self.number(-99...0))...Int64(self.number(1...99)))
        default: question = .score(Contest.Score(home: some(), away: some(), most: Int64(self.number(1...999))))
        }
        let closes = Instant(seconds: Int64(self.number(1_000_000...2_000_000_000)))
        var contest = Contest(
            id: "contest-\(number)", name: some(), text: some(), question: question, closes: closes, why: some())
        if chance(2) { contest.opens = Instant(seconds: closes.seconds - Int64(self.number(1...999_999))) }
        if chance(2) { contest.condition = "!member.paused" }
        if chance(2) { contest.gives.exact = [effect()] }
        if chance(2) { contest.gives.nearest = [effect(), effect()] }
        if chance(2) { contest.gives.outcome = [effect()] }
        contest.ties = pick(Contest.Ties.allCases)
        return contest
    }
}
