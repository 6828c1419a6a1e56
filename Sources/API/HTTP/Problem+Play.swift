import Loyalty
import Primitives

extension Problem {
    /// Why a quiz or contest is refused; `code` says which of the reasons of its type it is.
    init(_ problem: PlayProblem) {
        switch problem {
        case .unknownQuiz: self = .notFound("quiz")
        case .unknownContest: self = .notFound("contest")
        case .notYet(let opens):
            self.init(
                .playClosed, "It opens later.",
                extras: ["code": "not-yet", "opens_at": .string(RFC3339.format(opens))])
        case .over: self.init(.playClosed, "It has closed.", extras: ["code": "over"])
        case .stillOpen(let closes):
            self.init(
                .playClosed, "The outcome can be told when it has closed.",
                extras: ["code": "still-open", "closes_at": .string(RFC3339.format(closes))])
        case .notForYou: self.init(.conditionNotMet, "It is not for this member: see its `when`.")
        case .noTryLeft(let day):
            self.init(
                .noTryLeft, day == nil ? "There are no further tries." : "There are tries again in the next period.",
                extras: ["next_try_day": day.map { .string(MemberDocument.day($0)) } ?? .null])
        case .noAttempt: self.init(.noAttempt, "Start an attempt first.")
        case .otherQuestion(let next):
            self.init(.otherQuestion, "Answer the question that is next.", extras: ["question": .string(next)])
        case .notAnAnswer: self.init(.contradiction, "That is not an answer to this question.")
        }
    }
}
