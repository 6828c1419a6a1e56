import CEL
import Primitives

/// A condition over a member alone; everybody where there is none.
struct CompiledAudience: Sendable {
    private let condition: CompiledCondition?
    private let layout: FrameLayout
    private let frameFiller: FrameFiller

    init(
        _ source: String?, in programme: Programme, zones: (any TimeZoneSource)?, place: String
    ) throws(CompilationProblem) {
        let environment = RuleEnvironment.memberEnvironment(in: programme, zones: zones)
        layout = environment.layout
        if let source {
            condition = try CompiledCondition(source, environment: environment, place: place)
        } else {
            condition = nil
        }
        frameFiller = FrameFiller(nil, layout: layout, reads: condition?.reads ?? [], in: programme)
    }

    func contains(_ state: MemberState, in programme: CompiledProgramme, _ context: DecisionContext) -> Bool {
        guard let condition else { return true }
        var frame = Frame(layout: layout)
        frameFiller.fillMember(
            state, programme: programme, day: context.calendar.day(of: context.now), now: context.now, into: &frame)
        return (try? condition.program.evaluateBool(frame)) ?? false
    }
}
