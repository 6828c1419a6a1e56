import Access
import HTTPTypes
import Primitives

extension RouteTable {
    func play(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = PlayController(engine: services.engine, idempotency: idempotency)
        let member = path("member", "The member's pseudonym in this programme.")
        let name = JSONSchema.text(atMost: 64, atLeast: 1)
        let quiz = path("quiz", "A quiz of the programme.", name)
        let contest = path("contest", "A contest of the programme.", name)
        let one = "/v1/members/{member}/quizzes/{quiz}"
        let seen = answer("MemberQuiz", "The quiz as the member sees it now.")
        let predicted = answer("MemberContest", "The contest as the member sees it now.")
        return [
            Endpoint(
                .get, "/v1/quizzes", operation: "listQuizzes", tag: "Quizzes",
                summary: "All quizzes, with how many finished and passed",
                detail: "The mean score is told from ten attempts on. No question and no answer is in it.",
                access: .key([.programmeRead]), parameters: [languages],
                success: [answer("Quizzes", "In the order of their names.")], handle: controller.quizzes),
            Endpoint(
                .get, "/v1/members/{member}/quizzes", operation: "listMemberQuizzes", tag: "Quizzes",
                summary: "All quizzes as one member sees them", access: .key([.membersRead]),
                parameters: [member, languages], success: [answer("MemberQuizzes", "In the order of their names.")],
                handle: controller.memberQuizzes),
            Endpoint(
                .get, one, operation: "getMemberQuiz", tag: "Quizzes",
                summary: "Where a member is in a quiz, or what it came to",
                detail: """
                    While an attempt runs, `attempt` has the question that is next. When it is over, `result` has score, \
                    and `solutions` what was right and why: not while an attempt runs, and not while a further try in \
                    this period would be spoilt by it.
                    """,
                access: .key([.membersRead]), parameters: [member, quiz, languages], success: [seen],
                problems: [.notFound], handle: controller.memberQuiz),
            Endpoint(
                .post, one + "/attempt", operation: "startQuiz", tag: "Quizzes",
                summary: "Start an attempt",
                detail: "One that runs goes on, with the same questions. A try is taken when it starts.",
                access: .key([.membersWrite]), parameters: [member, quiz, languages], success: [seen],
                problems: [.notFound, .playClosed, .noTryLeft, .conditionNotMet], isKeyed: true,
                handle: controller.start),
            Endpoint(
                .post, one + "/attempt/answers", operation: "answerQuiz", tag: "Quizzes",
                summary: "Answer the question that is next",
                detail: """
                    Without `options` and `number` the member goes on without an answer. What comes after the time of \
                    the question counts as none. The first answer to a question stands: sending another one changes \
                    nothing. The last answer ends the attempt.
                    """,
                access: .key([.membersWrite]), parameters: [member, quiz, languages], body: json("QuizAnswer"),
                success: [seen], problems: [.notFound, .noAttempt, .otherQuestion, .contradiction], isKeyed: true,
                handle: controller.answer),
            Endpoint(
                .post, one + "/attempt/finish", operation: "finishQuiz", tag: "Quizzes",
                summary: "End an attempt with what was answered", detail: "Ending it again changes nothing.",
                access: .key([.membersWrite]), parameters: [member, quiz, languages], success: [seen],
                problems: [.notFound, .noAttempt], isKeyed: true, handle: controller.finish),
            Endpoint(
                .get, "/v1/contests", operation: "listContests", tag: "Contests",
                summary: "All contests, with how many predicted",
                detail: """
                    How answers were shared out is told when the contest has closed, and no part of it stands for fewer \
                    than ten members.
                    """,
                access: .key([.programmeRead]), parameters: [languages],
                success: [answer("Contests", "In the order of their names.")], handle: controller.contests),
            Endpoint(
                .put, "/v1/contests/{contest}/outcome", operation: "settleContest", tag: "Contests",
                summary: "Say what a contest came to, or call it off",
                detail: """
                    Everybody who was right gets what the contest gives. The same outcome again changes nothing; another \
                    one takes back what the former gave and gives what it gives. `void` takes back everything.
                    """,
                access: .key([.programmeWrite]), parameters: [contest, languages], body: json("ContestOutcome"),
                success: [answer("Contest", "Settled with everybody.")],
                problems: [.notFound, .playClosed, .contradiction], isKeyed: true, handle: controller.settle),
            Endpoint(
                .get, "/v1/members/{member}/contests", operation: "listMemberContests", tag: "Contests",
                summary: "All contests as one member sees them", access: .key([.membersRead]),
                parameters: [member, languages], success: [answer("MemberContests", "In the order of their names.")],
                handle: controller.memberContests),
            Endpoint(
                .put, "/v1/members/{member}/contests/{contest}/prediction", operation: "predict", tag: "Contests",
                summary: "Predict, or predict something else",
                detail: "There is one prediction per member; it can be changed until the contest closes.",
                access: .key([.membersWrite]), parameters: [member, contest, languages], body: json("Prediction"),
                success: [predicted], problems: [.notFound, .playClosed, .conditionNotMet, .contradiction],
                isKeyed: true, handle: controller.predict),
            Endpoint(
                .delete, "/v1/members/{member}/contests/{contest}/prediction", operation: "withdrawPrediction",
                tag: "Contests", summary: "Take a prediction back", access: .key([.membersWrite]),
                parameters: [member, contest, languages], success: [predicted],
                problems: [.notFound, .playClosed, .conditionNotMet], isKeyed: true, handle: controller.withdraw),
        ]
    }
}
