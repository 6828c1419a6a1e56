/// The level that a member reached, and where the next one is.
struct StepView: Sendable, Equatable {
    var name: WordingView?
    var level: String
    var next: String?

    init(_ step: LevelStep, texts: Texts) {
        name = step.title.map { WordingView($0, on: texts.language) }
        level = texts.joining.level(texts.number(step.level))
        next = step.next.map { texts.joining.nextLevel(texts.amount($0)) }
    }
}
