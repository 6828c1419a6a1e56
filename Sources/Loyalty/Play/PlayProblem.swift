public import Primitives

/// Why a quiz or a contest takes no attempt, answer or prediction. Nothing has changed.
public enum PlayProblem: Error, Sendable, Hashable {
    case unknownQuiz
    case unknownContest
    case notYet(Instant)
    case over
    /// It is for others.
    case notForYou
    /// All tries are used; the first day of the period in which there are more, if there is one.
    case noTryLeft(Int32?)
    /// No attempt runs: it was not started, or its time is over.
    case noAttempt
    /// The question is not the one that comes next.
    case otherQuestion(String)
    /// The answer is none that the question can have.
    case notAnAnswer
    /// The outcome can be told only after the contest has closed.
    case stillOpen(Instant)
}
