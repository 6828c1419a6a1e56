internal import Primitives

/// How quizzes and contests are written.
extension DocumentTree {
    static func quiz(_ quiz: Quiz, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("quiz", .text(quiz.id)), ("name", localized(quiz.name, languages)),
            ("text", localized(quiz.text, languages)), ("draw", quiz.draw.map { .raw(String($0)) }),
            ("pass", quiz.pass.map { .raw(String($0)) }),
            (
                "tries",
                quiz.tries == Quiz.Tries()
                    ? nil
                    : .mapping(
                        ("times", .raw(String(quiz.tries.times))), ("per", .raw(quiz.tries.period.rawValue)))
            ),
            ("time", quiz.timeMilliseconds.map { .raw(DurationSpan.milliseconds($0).documentText) }),
            ("time-per-question", quiz.questionMilliseconds.map { .raw(DurationSpan.milliseconds($0).documentText) }),
            ("valid", validity(quiz.validFrom, quiz.validUntil)), ("when", quiz.condition.map { .text($0) }),
            ("reward", effects(quiz.reward)), ("why", localized(quiz.why, languages)),
            ("questions", .things(quiz.questions.map { Entry(key: $0.id, value: question($0, languages)) })))
    }

    private static func question(_ question: Quiz.Question, _ languages: [Language]) -> DocumentTree {
        var options: DocumentTree?
        var answer: DocumentTree?
        var number: DocumentTree?
        switch question.kind {
        case .choice(let choice):
            options = .things(
                choice.options.map { Entry(key: $0.id, value: localized($0.text, languages) ?? .mapping([])) })
            let right = choice.options.indices.filter { choice.right & 1 << UInt32($0) != 0 }
                .map { DocumentTree.text(choice.options[$0].id) }
            answer = choice.isMultiple ? .list(right) : right.first
        case .number(let value):
            number = .mapping(
                ("answer", .raw(String(value.answer))), ("within", value.within == 0 ? nil : .raw(String(value.within)))
            )
        }
        return .mapping(
            ("text", localized(question.text, languages)), ("options", options), ("answer", answer),
            ("number", number), ("points", question.points == 1 ? nil : .raw(String(question.points))),
            ("explanation", localized(question.explanation, languages)))
    }

    static func contest(_ contest: Contest, _ languages: [Language]) -> DocumentTree {
        var (options, number, score): (DocumentTree?, DocumentTree?, DocumentTree?)
        switch contest.question {
        case .options(let all):
            options = .things(
                all.map { option in
                    Entry(
                        key: option.id,
                        value: .mapping(("text", localized(option.text, languages)), ("gives", effects(option.gives))))
                })
        case .number(let range):
            number = .mapping(("min", .raw(String(range.lowerBound))), ("max", .raw(String(range.upperBound))))
        case .score(let sides):
            score = .mapping(
                ("home", localized(sides.home, languages)), ("away", localized(sides.away, languages)),
                ("max", .raw(String(sides.most))))
        }
        let gives = contest.gives
        return .mapping(
            ("contest", .text(contest.id)), ("name", localized(contest.name, languages)),
            ("text", localized(contest.text, languages)), ("options", options), ("number", number), ("score", score),
            ("opens", contest.opens.map { .raw(instant($0)) }), ("closes", .raw(instant(contest.closes))),
            ("when", contest.condition.map { .text($0) }),
            (
                "gives",
                gives == Contest.Gives()
                    ? nil
                    : .mapping(
                        ("exact", effects(gives.exact)), ("nearest", effects(gives.nearest)),
                        ("outcome", effects(gives.outcome)))
            ),
            ("ties", contest.ties == .all ? nil : .raw(contest.ties.rawValue)),
            ("why", localized(contest.why, languages)))
    }

    private static func effects(_ effects: [Effect]) -> DocumentTree? {
        effects.isEmpty ? nil : .list(effects.map { effect($0) })
    }
}
