/// How quizzes and predictions of a member are kept: in counters of theirs, so that loading, merging, erasing and back-up
/// know them.
///
/// | Counter | Holds |
/// |---|---|
/// | `quiz/ID` | finished attempts: the day they began, slot 1 if passed, size is the score |
/// | `quiz-run/ID` | the attempt that runs, and nothing once it is over; see ``QuizAttempt`` |
/// | `quiz-last/ID` | the last finished attempt: `granted` is its seed, `refused` what the quiz was then, one mark as above |
/// | `quiz-paid/ID` | the days of the attempts whose passing was rewarded |
/// | `contest/ID` | the prediction: the day of the last change, size is the answer; `granted` is the outcome's revision |
/// | `contest-paid/ID/UNIT` | what was given: slot is the place among the effects, size the amount; staff took back what has a negative slot |
/// | `contest-other/ID` | what else was given: on which day, size is a hash of what it is |
enum PlayCounters {
    static let results = "quiz/"
    static let predictions = "contest/"
    static let passedSlot: Int32 = 1

    /// Whether two counters of this name can be added: what a seed and a fingerprint are in cannot.
    static func addsUp(_ name: String) -> Bool { !name.hasPrefix("quiz-run/") && !name.hasPrefix("quiz-last/") }

    static func results(of quiz: String) -> String { results + quiz }
    static func run(of quiz: String) -> String { "quiz-run/" + quiz }
    static func last(of quiz: String) -> String { "quiz-last/" + quiz }
    static func paid(of quiz: String) -> String { "quiz-paid/" + quiz }
    static func prediction(of contest: String) -> String { predictions + contest }
    static func others(of contest: String) -> String { "contest-other/" + contest }
    static func given(of contest: String) -> String { "contest-paid/\(contest)/" }
}
