import Loyalty
import Primitives

extension Schemas {
    private static var optionalNumber: JSONValue { JSONSchema.orNull(JSONSchema.integer()) }
    private static var optionalText: JSONValue { JSONSchema.orNull(JSONSchema.text()) }
    private static var options: JSONValue {
        JSONSchema.array(JSONSchema.object([("option", JSONSchema.text()), ("text", JSONSchema.text())]))
    }
    private static var number: JSONValue {
        JSONSchema.integer(from: Quiz.Number.range.lowerBound, to: Quiz.Number.range.upperBound)
    }
    private static var name: JSONValue { JSONSchema.text(atMost: 64, atLeast: 1) }

    /// What is asked of a question.
    private static var asked: [(String, JSONValue)] {
        [
            ("question", JSONSchema.text()), ("text", JSONSchema.text()), ("points", JSONSchema.integer()),
            ("options", options), ("kind", JSONSchema.choice(["one", "several", "number"])),
        ]
    }

    private static var aboutQuiz: [(String, JSONValue)] {
        [
            ("quiz", JSONSchema.text()), ("name", JSONSchema.text()), ("text", JSONSchema.text()),
            ("questions", JSONSchema.described(JSONSchema.integer(), "How many an attempt has.")),
            ("pass", JSONSchema.described(optionalNumber, "The points that pass; null if finishing does.")),
            ("seconds", JSONSchema.described(optionalNumber, "For an attempt.")),
            ("seconds_per_question", optionalNumber),
        ]
    }

    private static var attempt: JSONValue {
        JSONSchema.object([
            ("answered", JSONSchema.integer()), ("of", JSONSchema.integer()), ("ends_at", JSONSchema.time),
            ("question_ends_at", JSONSchema.orNull(JSONSchema.time)), ("question", JSONSchema.object(asked)),
        ])
    }

    private static var result: JSONValue {
        let solution = JSONSchema.object(
            asked + [
                ("right", JSONSchema.array(JSONSchema.text())), ("number", optionalNumber),
                ("within", optionalNumber), ("explanation", JSONSchema.text()),
            ])
        return JSONSchema.object([
            ("day", JSONSchema.day), ("score", JSONSchema.integer()), ("most", JSONSchema.integer()),
            ("passed", JSONSchema.boolean),
            (
                "solutions",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.array(solution)), "Null while they must not be known.")
            ),
        ])
    }

    private static var prediction: [(String, JSONValue)] {
        let side = JSONSchema.integer(from: 0, to: Contest.Score.base - 1)
        return [("option", name), ("number", number), ("home", side), ("away", side)]
    }

    private static var aboutContest: [(String, JSONValue)] {
        [
            ("contest", JSONSchema.text()), ("name", JSONSchema.text()), ("text", JSONSchema.text()),
            ("phase", JSONSchema.choice(ContestStanding.Phase.allCases.map(\.rawValue))),
            ("opens_at", JSONSchema.orNull(JSONSchema.time)), ("closes_at", JSONSchema.time),
            ("ties", JSONSchema.choice(Contest.Ties.allCases.map(\.rawValue))), ("options", options),
            ("from", optionalNumber), ("to", optionalNumber), ("home", optionalText), ("away", optionalText),
        ]
    }

    static var play: [(String, JSONValue)] {
        let told = JSONSchema.orNull(JSONSchema.ref("Prediction"))
        let shares = JSONSchema.object([
            ("total", JSONSchema.integer()),
            (
                "answers",
                JSONSchema.array(
                    JSONSchema.object([("answer", told), ("count", JSONSchema.integer(from: AnswerShares.least))]))
            ), ("others", JSONSchema.integer(from: 0)),
        ])
        return [
            (
                "Quizzes",
                JSONSchema.object([
                    (
                        "quizzes",
                        JSONSchema.array(
                            JSONSchema.object(
                                aboutQuiz + [
                                    ("pool", JSONSchema.integer()), ("open", JSONSchema.boolean),
                                    ("finished", JSONSchema.integer()), ("passed", JSONSchema.integer()),
                                    ("mean_score", JSONSchema.orNull(JSONSchema.number)),
                                ]))
                    )
                ])
            ),
            (
                "MemberQuiz",
                JSONSchema.object(
                    aboutQuiz + [
                        ("open", JSONSchema.boolean),
                        ("eligible", JSONSchema.described(JSONSchema.boolean, "Whether it is for this member.")),
                        ("can_start", JSONSchema.boolean), ("tries_left", JSONSchema.integer(from: 0)),
                        ("next_try_day", JSONSchema.orNull(JSONSchema.day)),
                        ("attempt", JSONSchema.orNull(attempt)), ("result", JSONSchema.orNull(result)),
                    ])
            ),
            ("MemberQuizzes", JSONSchema.object([("quizzes", JSONSchema.array(JSONSchema.ref("MemberQuiz")))])),
            (
                "QuizAnswer",
                JSONSchema.object(
                    [
                        ("question", name), ("options", JSONSchema.array(name, atMost: Quiz.mostOptions)),
                        ("number", number),
                    ], required: ["question"])
            ),
            (
                "Contest",
                JSONSchema.object(
                    aboutContest + [
                        ("predictions", JSONSchema.integer(from: 0)), ("outcome", told),
                        (
                            "shares",
                            JSONSchema.described(JSONSchema.orNull(shares), "Null before the contest has closed.")
                        ),
                    ])
            ), ("Contests", JSONSchema.object([("contests", JSONSchema.array(JSONSchema.ref("Contest")))])),
            (
                "ContestOutcome",
                JSONSchema.object(
                    prediction + [
                        ("void", JSONSchema.described(JSONSchema.boolean, "Called off: everything goes back."))
                    ], required: [])
            ),
            (
                "MemberContest",
                JSONSchema.object(
                    aboutContest + [
                        ("eligible", JSONSchema.boolean), ("prediction", told), ("outcome", told),
                        (
                            "grade",
                            JSONSchema.described(
                                JSONSchema.orNull(JSONSchema.choice(ContestGrade.allCases.map(\.rawValue))),
                                "How right the member was.")
                        ),
                    ])
            ),
            (
                "MemberContests",
                JSONSchema.object([("contests", JSONSchema.array(JSONSchema.ref("MemberContest")))])
            ),
            (
                "Prediction",
                JSONSchema.described(
                    JSONSchema.object(prediction, required: []),
                    "An `option`, or a `number`, or `home` and `away`, as the contest asks.")
            ),
        ]
    }
}
