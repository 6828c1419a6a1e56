import Loyalty
import Primitives
import Runtime

/// Quizzes and contests as JSON. What is right stands nowhere but under `solutions`, which is null while it must not be
/// known.
struct PlayDocument {
    let language: Language
    let fallbacks: [Language]

    init(_ programme: Programme, _ call: Call) {
        language = call.acceptLanguage.flatMap(EffectWording.language) ?? programme.languages.first ?? .en
        fallbacks = programme.languages
    }

    private func text(_ text: LocalizedText) -> String { text.text(language, fallbacks: fallbacks) }

    private func optional(_ key: String, _ value: Int64?, _ writer: inout JSONWriter) {
        writer.key(key)
        if let value { writer.integer(value) } else { writer.null() }
    }

    private func optional(_ key: String, _ value: String?, _ writer: inout JSONWriter) {
        writer.key(key)
        if let value { writer.string(value) } else { writer.null() }
    }

    // MARK: Quizzes

    func write(_ quiz: Quiz, _ standing: QuizStanding, into writer: inout JSONWriter) {
        writer.beginObject()
        about(quiz, into: &writer)
        writer.member("open", standing.isOpen)
        writer.member("eligible", standing.isForMember)
        writer.member("can_start", standing.canStart)
        writer.member("tries_left", standing.triesLeft)
        optional("next_try_day", standing.nextTryDay.map(MemberDocument.day), &writer)
        writer.key("attempt")
        if let running = standing.running { write(running, quiz, into: &writer) } else { writer.null() }
        writer.key("result")
        if let result = standing.result {
            write(result, quiz, shows: standing.showsSolutions, into: &writer)
        } else {
            writer.null()
        }
        writer.endObject()
    }

    private func about(_ quiz: Quiz, into writer: inout JSONWriter) {
        writer.member("quiz", quiz.id)
        writer.member("name", text(quiz.name))
        writer.member("text", text(quiz.text))
        writer.member("questions", Int64(quiz.drawn))
        optional("pass", quiz.pass, &writer)
        optional("seconds", quiz.timeMilliseconds.map { $0 / 1_000 }, &writer)
        optional("seconds_per_question", quiz.questionMilliseconds.map { $0 / 1_000 }, &writer)
    }

    private func write(_ running: QuizStanding.Running, _ quiz: Quiz, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("answered", Int64(running.answered))
        writer.member("of", Int64(running.of))
        writer.member("ends_at", RFC3339.format(running.endsAt))
        optional("question_ends_at", running.questionEndsAt.map { RFC3339.format($0) }, &writer)
        writer.key("question")
        writer.beginObject()
        asked(quiz.questions[running.question], into: &writer)
        writer.endObject()
        writer.endObject()
    }

    /// What is asked, and nothing of what is right.
    private func asked(_ question: Quiz.Question, into writer: inout JSONWriter) {
        writer.member("question", question.id)
        writer.member("text", text(question.text))
        writer.member("points", question.points)
        writer.key("options")
        writer.beginArray()
        switch question.kind {
        case .number:
            writer.endArray()
            writer.member("kind", "number")
        case .choice(let choice):
            for option in choice.options {
                writer.beginObject()
                writer.member("option", option.id)
                writer.member("text", text(option.text))
                writer.endObject()
            }
            writer.endArray()
            writer.member("kind", choice.isMultiple ? "several" : "one")
        }
    }

    private func write(_ result: QuizResult, _ quiz: Quiz, shows: Bool, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("day", MemberDocument.day(result.day))
        writer.member("score", result.score)
        writer.member("most", result.most)
        writer.member("passed", result.passed)
        writer.key("solutions")
        guard shows else {
            writer.null()
            writer.endObject()
            return
        }
        writer.beginArray()
        for place in result.questions {
            let question = quiz.questions[place]
            writer.beginObject()
            asked(question, into: &writer)
            writer.key("right")
            writer.beginArray()
            if case .choice(let choice) = question.kind {
                for (index, option) in choice.options.enumerated() where choice.right & 1 << UInt32(index) != 0 {
                    writer.string(option.id)
                }
            }
            writer.endArray()
            var number: Quiz.Number?
            if case .number(let found) = question.kind { number = found }
            optional("number", number?.answer, &writer)
            optional("within", number?.within, &writer)
            writer.member("explanation", text(question.explanation))
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    func write(_ quiz: Quiz, _ counts: QuizCounts, isOpen: Bool, into writer: inout JSONWriter) {
        writer.beginObject()
        about(quiz, into: &writer)
        writer.member("pool", Int64(quiz.questions.count))
        writer.member("open", isOpen)
        writer.member("finished", counts.finished)
        writer.member("passed", counts.passed)
        writer.key("mean_score")
        if let mean = counts.meanScore { writer.double(mean) } else { writer.null() }
        writer.endObject()
    }

    // MARK: Contests

    func write(_ contest: Contest, _ standing: ContestStanding, into writer: inout JSONWriter) {
        writer.beginObject()
        about(contest, standing.phase, into: &writer)
        writer.member("eligible", standing.isForMember)
        write("prediction", standing.prediction, into: &writer)
        write("outcome", standing.outcome, into: &writer)
        optional("grade", standing.grade?.rawValue, &writer)
        writer.endObject()
    }

    func write(_ contest: Contest, _ counts: ContestCounts, into writer: inout JSONWriter) {
        writer.beginObject()
        about(contest, counts.phase, into: &writer)
        writer.member("predictions", counts.predictions)
        write("outcome", counts.outcome?.value.flatMap(contest.answer), into: &writer)
        writer.key("shares")
        if let shares = counts.shares {
            writer.beginObject()
            writer.member("total", shares.total)
            writer.key("answers")
            writer.beginArray()
            for part in shares.shown {
                writer.beginObject()
                write("answer", contest.answer(of: part.value), into: &writer)
                writer.member("count", part.count)
                writer.endObject()
            }
            writer.endArray()
            writer.member("others", shares.others)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.endObject()
    }

    private func about(_ contest: Contest, _ phase: ContestStanding.Phase, into writer: inout JSONWriter) {
        writer.member("contest", contest.id)
        writer.member("name", text(contest.name))
        writer.member("text", text(contest.text))
        writer.member("phase", phase.rawValue)
        optional("opens_at", contest.opens.map { RFC3339.format($0) }, &writer)
        writer.member("closes_at", RFC3339.format(contest.closes))
        writer.member("ties", contest.ties.rawValue)
        writer.key("options")
        writer.beginArray()
        if case .options(let options) = contest.question {
            for option in options {
                writer.beginObject()
                writer.member("option", option.id)
                writer.member("text", text(option.text))
                writer.endObject()
            }
        }
        writer.endArray()
        var range: ClosedRange<Int64>?
        if case .number(let found) = contest.question { range = found }
        optional("from", range?.lowerBound, &writer)
        optional("to", range?.upperBound, &writer)
        var score: Contest.Score?
        if case .score(let found) = contest.question { score = found }
        optional("home", score.map { text($0.home) }, &writer)
        optional("away", score.map { text($0.away) }, &writer)
    }

    private func write(_ key: String, _ answer: PredictionAnswer?, into writer: inout JSONWriter) {
        writer.key(key)
        guard let answer else {
            writer.null()
            return
        }
        writer.beginObject()
        switch answer {
        case .option(let id): writer.member("option", id)
        case .number(let number): writer.member("number", number)
        case .score(let home, let away):
            writer.member("home", home)
            writer.member("away", away)
        }
        writer.endObject()
    }
}
