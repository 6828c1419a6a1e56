internal import CEL
import Primitives

/// A quiz made ready.
public final class CompiledQuiz: Sendable {
    public let quiz: Quiz
    private let audience: MemberCondition?
    /// Changes when what is asked or what is right changes, and not when a text is mended: an attempt under another one
    /// cannot be judged.
    public let fingerprint: Int64

    init(_ quiz: Quiz, in programme: Programme, zones: (any TimeZoneSource)?) throws(CompilationProblem) {
        self.quiz = quiz
        audience = try MemberCondition(audience: quiz.condition, "quizzes/\(quiz.id)", in: programme, zones: zones)
        var parts = [String(quiz.draw ?? 0), String(quiz.pass ?? 0)]
        for question in quiz.questions {
            parts += [question.id, String(question.points)]
            switch question.kind {
            case .choice(let choice): parts += choice.options.map(\.id) + ["\(choice.right) \(choice.isMultiple)"]
            case .number(let number): parts.append("\(number.answer) \(number.within)")
            }
        }
        fingerprint = EffectID.unkeyedReference(parts.joined(separator: "\u{1F}"))
    }

    public func isFor(_ state: MemberState, _ context: DecisionContext) -> Bool {
        audience?.holds(
            state, in: context.programme, day: context.calendar.day(of: context.now), now: context.now) ?? true
    }
}

/// A contest made ready.
public final class CompiledContest: Sendable {
    public let contest: Contest
    private let audience: MemberCondition?

    init(_ contest: Contest, in programme: Programme, zones: (any TimeZoneSource)?) throws(CompilationProblem) {
        self.contest = contest
        audience = try MemberCondition(
            audience: contest.condition, "contests/\(contest.id)", in: programme, zones: zones)
    }

    public func isFor(_ state: MemberState, _ context: DecisionContext) -> Bool {
        audience?.holds(
            state, in: context.programme, day: context.calendar.day(of: context.now), now: context.now) ?? true
    }
}

extension MemberCondition {
    /// `nil` where everybody is meant.
    fileprivate convenience init?(
        audience source: String?, _ file: String, in programme: Programme, zones: (any TimeZoneSource)?
    ) throws(CompilationProblem) {
        guard let source else { return nil }
        do throws(CompilationProblem) {
            try self.init(source, in: programme, zones: zones)
        } catch {
            throw CompilationProblem(place: "\(file): when", message: error.message)
        }
    }
}

extension EventType {
    /// What the engine itself makes of a finished attempt, so that rules, challenges and streaks can count it. Nobody may
    /// send it.
    public static let quizFinished = EventType(
        id: "quiz.finished",
        fields: [
            EventType.Field(id: "quiz", type: .text, meaning: "the name of the quiz"),
            EventType.Field(id: "score", type: .integer, meaning: "the points that were scored"),
            EventType.Field(id: "most", type: .integer, meaning: "the points that could be scored"),
            EventType.Field(id: "passed", type: .boolean, meaning: "whether that passes"),
        ], popularity: false)
}
