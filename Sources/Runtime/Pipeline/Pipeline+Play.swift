public import Loyalty
import Primitives

/// What a member does with quizzes and contests.
public enum PlayCommand: Sendable, Hashable {
    case startQuiz(String)
    case answerQuiz(String, question: String, QuizResponse)
    case finishQuiz(String)
    /// `nil` takes a prediction back.
    case predict(String, PredictionAnswer?)
    /// The outcome was told: the member gets what it gives, or gives back what it does not give.
    case settleContest(String)
}

/// What a member sees of it afterwards.
public struct PlayAnswer: Sendable, Hashable {
    public var quiz: QuizStanding?
    /// The attempt that this command ended, with what was answered: nobody knows it later.
    public var ended: QuizResult?
    public var contest: ContestStanding?

    public init() {}
}

extension Pipeline {
    func play(
        _ command: PlayCommand, _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws -> PlayAnswer {
        var answer = PlayAnswer()
        let firstEffect = changes.effects.endIndex
        var budgets = self.budgets[compiled.id] ?? BudgetBook()
        defer { self.budgets[compiled.id] = budgets }
        switch command {
        case .startQuiz(let quiz):
            try state.startQuiz(quiz, context, budgets: &budgets, into: &changes)
            answer.quiz = compiled.quizzes[quiz].map { state.standing(of: $0, context) }
        case .answerQuiz(let quiz, let question, let response):
            answer.ended = try state.answerQuiz(
                quiz, question: question, response, context, budgets: &budgets, into: &changes)
            answer.quiz = compiled.quizzes[quiz].map { state.standing(of: $0, context) }
        case .finishQuiz(let quiz):
            answer.ended = try state.finishQuiz(quiz, context, budgets: &budgets, into: &changes)
            answer.quiz = compiled.quizzes[quiz].map { state.standing(of: $0, context) }
        case .predict(let contest, let prediction):
            try state.predict(prediction, of: contest, context, into: &changes)
            answer.contest = compiled.contests[contest].map { state.standing(of: $0, context) }
        case .settleContest(let id):
            guard let contest = compiled.contests[id]?.contest else { throw CommandProblem.play(.unknownContest) }
            try state.settleContest(contest, context, budgets: &budgets, into: &changes)
        }
        if answer.ended != nil {
            work.updates.append(
                update(
                    EventType.quizFinished.id, Array(changes.effects[firstEffect...]), "accepted", state.id,
                    compiled.id, context.now))
        }
        return answer
    }

    /// Ends attempts at quizzes whose time is over.
    func closeQuizzes(
        _ state: inout MemberState, _ context: DecisionContext, _ changes: inout Changes
    ) throws {
        try state.closeQuizzes(
            context, budgets: &budgets[context.programme.id, default: BudgetBook()], into: &changes)
    }

    /// Running totals of quizzes and contests that this batch changed.
    func collectPlay(_ work: inout Work) {
        for (member, changes) in work.changes where !changes.tallies.isEmpty {
            guard let programme = work.states[member]?.programme else { continue }
            work.plays[programme, default: PlayRows(programme: programme)].add(changes.tallies)
        }
    }
}
