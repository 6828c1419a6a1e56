import Loyalty
import Primitives
import Runtime
import Site

extension SiteView {
    // MARK: Quizzes

    /// - Parameter ended: the attempt that was just ended, with what was answered.
    func sheet(_ standing: QuizStanding, ended: QuizResult? = nil) -> QuizSheet? {
        guard let quiz = compiled.quizzes[standing.quiz]?.quiz else { return nil }
        var sheet = QuizSheet(
            id: quiz.id, title: wording(quiz.name, or: quiz.id), summary: quiz.text.wording(language),
            questions: quiz.drawn, time: quiz.timeMilliseconds.map { Int($0 / 1_000) },
            questionTime: quiz.questionMilliseconds.map { Int($0 / 1_000) }, pass: quiz.pass)
        sheet.start =
            if !standing.isForMember {
                .forOthers
            } else if !standing.isOpen {
                .closed
            } else if standing.triesLeft == 0 {
                .used(standing.nextTryDay.map { LocalDay(daysSinceEpoch: Int($0)) })
            } else {
                .ready
            }
        sheet.question = standing.running.map { question($0, quiz) }
        sheet.result = standing.result.map { result in
            QuizSheet.Result(
                score: result.score, most: result.most, passed: result.passed,
                solutions: standing.showsSolutions
                    ? result.questions.enumerated().map { index, place in
                        solution(
                            quiz.questions[place],
                            ended.map { $0.answers.indices.contains(index) ? $0.answers[index] : .none })
                    } : nil)
        }
        return sheet
    }

    private func question(_ running: QuizStanding.Running, _ quiz: Quiz) -> QuizSheet.Question {
        let question = quiz.questions[running.question]
        let kind: QuizSheet.Kind
        switch question.kind {
        case .number: kind = .number
        case .choice(let choice):
            let options = choice.options.map { QuizSheet.Option(id: $0.id, text: wording($0.text, or: $0.id)) }
            kind = choice.isMultiple ? .several(options) : .one(options)
        }
        let end = running.questionEndsAt ?? (quiz.timeMilliseconds == nil ? nil : running.endsAt)
        return QuizSheet.Question(
            id: question.id, text: wording(question.text, or: question.id), kind: kind, place: running.answered + 1,
            of: running.of, secondsLeft: end.map { Int(max(0, $0 - now) / 1_000) })
    }

    private func solution(_ question: Quiz.Question, _ mine: QuizAnswer?) -> QuizSheet.Solution {
        func words(_ answer: QuizAnswer) -> [Wording] {
            switch (answer, question.kind) {
            case (.options(let bits), .choice(let choice)):
                choice.options.enumerated().filter { bits & 1 << UInt32($0.offset) != 0 }
                    .map { wording($0.element.text, or: $0.element.id) }
            case (.number(let number), _): [Wording(String(number), "")]
            default: []
            }
        }
        let right: [Wording] =
            switch question.kind {
            case .choice(let choice): words(.options(choice.right))
            case .number(let number): words(.number(number.answer))
            }
        return QuizSheet.Solution(
            text: wording(question.text, or: question.id), right: right,
            explanation: question.explanation.wording(language), mine: mine.map(words))
    }

    // MARK: Contests

    func sheet(_ standing: ContestStanding, _ counts: ContestCounts?, zone: String) -> ContestSheet? {
        guard let contest = compiled.contests[standing.contest]?.contest else { return nil }
        var sheet = sheet(contest, phase: standing.phase, zone: zone)
        sheet.isForMember = standing.isForMember
        sheet.prediction = standing.prediction.map(Self.answer)
        sheet.outcome = standing.outcome.map(Self.answer)
        sheet.isRight = standing.grade != nil
        sheet.shares = shares(counts?.shares, contest)
        return sheet
    }

    /// As the console shows it.
    func sheet(_ contest: Contest, _ counts: ContestCounts) -> ContestSheet {
        var sheet = sheet(contest, phase: counts.phase, zone: programme.timeZone)
        sheet.predictions = counts.predictions
        sheet.outcome = counts.outcome?.value.flatMap(contest.answer).map(Self.answer)
        sheet.shares = shares(counts.shares, contest)
        return sheet
    }

    private func sheet(_ contest: Contest, phase: ContestStanding.Phase, zone: String) -> ContestSheet {
        let question: ContestSheet.Question =
            switch contest.question {
            case .options(let options):
                .options(options.map { QuizSheet.Option(id: $0.id, text: wording($0.text, or: $0.id)) })
            case .number(let range): .number(range)
            case .score(let score):
                .score(home: wording(score.home, or: ""), away: wording(score.away, or: ""), most: score.most)
            }
        return ContestSheet(
            id: contest.id, title: wording(contest.name, or: contest.id), summary: contest.text.wording(language),
            question: question, phase: ContestSheet.Phase(rawValue: phase.rawValue) ?? .closed,
            opens: contest.opens.map { moment($0, zone: zone) }, closes: moment(contest.closes, zone: zone))
    }

    private func shares(_ shares: AnswerShares?, _ contest: Contest) -> [ContestSheet.Share] {
        guard let shares, shares.total > 0 else { return [] }
        func share(_ count: Int64) -> Double { Double(count) / Double(shares.total) }
        var parts = shares.shown.map { part in
            ContestSheet.Share(answer: contest.answer(of: part.value).map(Self.answer), share: share(part.count))
        }
        if shares.others > 0 { parts.append(ContestSheet.Share(answer: nil, share: share(shares.others))) }
        return parts
    }

    private static func answer(_ answer: PredictionAnswer) -> ContestSheet.Answer {
        switch answer {
        case .option(let id): .option(id)
        case .number(let number): .number(number)
        case .score(let home, let away): .score(home, away)
        }
    }
}
