public import CEL
public import Primitives

/// A condition over a member alone, made ready: whom a job is about.
public final class MemberCondition: Sendable {
    public let source: String
    private let condition: CompiledCondition
    private let filler: FrameFiller
    private let layout: FrameLayout

    /// - Throws: ``CompilationProblem`` with what is wrong with it.
    public init(
        _ source: String, in programme: Programme, zones: (any TimeZoneSource)?
    ) throws(CompilationProblem) {
        self.source = source
        let environment = RuleEnvironment.memberEnvironment(in: programme, zones: zones)
        layout = environment.layout
        condition = try CompiledCondition(source, environment: environment, place: "when")
        filler = FrameFiller(nil, layout: layout, reads: condition.reads, in: programme)
    }

    /// Whether it is true for this member; what cannot be evaluated is not.
    public func holds(_ state: MemberState, in programme: CompiledProgramme, day: Int32, now: Instant) -> Bool {
        var frame = Frame(layout: layout)
        filler.fillMember(state, programme: programme, day: day, now: now, into: &frame)
        return (try? condition.program.evaluateBool(frame)) ?? false
    }

    /// Which of its parts had which value for this member; the values of traits are withheld.
    func proof(_ state: MemberState, in programme: CompiledProgramme, day: Int32, now: Instant) -> Proof {
        var frame = Frame(layout: layout)
        filler.fillMember(state, programme: programme, day: day, now: now, into: &frame)
        let paths = layout.paths
        return condition.proof(frame, redact: { paths[$0].text.hasPrefix("member.traits.") })
    }
}
