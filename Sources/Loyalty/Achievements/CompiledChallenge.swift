import CEL
import Primitives

/// A challenge made ready for one event type that it looks at.
public struct CompiledChallenge: Sendable {
    public let challenge: Challenge
    public let version: Int64
    public let condition: CompiledCondition?
    /// The amount of a sum, or the values of distinct things.
    private let value: CompiledCondition?
    private let device: CompiledCondition?
    /// Whether the values tell which item it was, so that they may be kept at the level `personal` only.
    let isIdentity: Bool
    let steps: [Step]

    struct Step: Sendable {
        var slot: Int32
        var condition: CompiledCondition?
    }

    init(
        _ challenge: Challenge, over type: EventType, environment: Environment, version: Int64
    ) throws(CompilationProblem) {
        self.challenge = challenge
        self.version = version
        let place = "challenges/\(challenge.id): "
        condition = try challenge.condition.map { source throws(CompilationProblem) in
            try CompiledCondition(source, environment: environment, place: place + "when")
        }
        var (value, device, isIdentity): (CompiledCondition?, CompiledCondition?, Bool) = (nil, nil, false)
        var steps: [Step] = []
        switch challenge.measure {
        case .events: break
        case .sum(let source): value = try CompiledCondition(source, environment: environment, place: place + "sum")
        case .distinct(let distinct):
            let found = try CompiledCondition(distinct.value, environment: environment, place: place + "distinct")
            isIdentity = RuleFacts.isIdentity(found.reads, of: type)
            value = found
            if let source = distinct.device {
                device = try CompiledCondition(source, environment: environment, place: place + "device")
            }
        case .steps(let all, _):
            for (index, step) in all.enumerated() where step.event == type.id {
                var condition: CompiledCondition?
                if let source = step.condition {
                    condition = try CompiledCondition(
                        source, environment: environment, place: place + "steps.\(index).when")
                }
                steps.append(Step(slot: Int32(index + 1), condition: condition))
            }
        }
        self.value = value
        self.device = device
        self.isIdentity = isIdentity
        self.steps = steps
    }

    /// The name of its counter.
    public static func counter(of id: String) -> String { "challenge/" + id }

    /// Everything that its expressions read.
    var reads: Set<AttributePath> {
        ([condition, value, device] + steps.map(\.condition)).reduce(into: []) { reads, condition in
            reads.formUnion(condition?.reads ?? [])
        }
    }

    /// What an event adds; empty if it adds nothing. A condition or value that cannot be evaluated for this event adds
    /// nothing.
    ///
    /// - Returns: what it adds at the level `personal`, and at the levels below.
    func marks(_ frame: Frame) -> (personal: [ChallengeMark], below: [ChallengeMark]) {
        if let condition, (try? condition.program.evaluateBool(frame)) != true { return ([], []) }
        switch challenge.measure {
        case .events: return both([ChallengeMark()])
        case .sum:
            guard let value, case .int(let amount)? = try? value.program.evaluate(frame), amount > 0,
                amount <= CompiledAward.maximum
            else { return ([], []) }
            return both([ChallengeMark(size: amount)])
        case .distinct(let distinct):
            let marks = values(frame).filter { distinct.within.isEmpty || distinct.within.contains($0) }
                .map { ChallengeMark(size: ChallengeMark.size(of: $0)) }
            guard isIdentity else { return both(marks) }
            guard let device, (try? device.program.evaluateBool(frame)) == true else { return (marks, []) }
            return (marks, [ChallengeMark(size: ChallengeMark.unnamed)])
        case .steps:
            return both(
                steps.compactMap { step in
                    if let condition = step.condition, (try? condition.program.evaluateBool(frame)) != true {
                        return nil
                    }
                    return ChallengeMark(slot: step.slot)
                })
        }
    }

    private func both(_ marks: [ChallengeMark]) -> (personal: [ChallengeMark], below: [ChallengeMark]) {
        (marks, marks)
    }

    /// Without the empty text, which stands for what is not known.
    private func values(_ frame: Frame) -> Set<String> {
        guard let value, let found = try? value.program.evaluate(frame) else { return [] }
        switch found {
        case .string(let text): return text.isEmpty ? [] : [text]
        case .list(let values):
            return Set(
                values.compactMap { value in
                    if case .string(let text) = value, !text.isEmpty { text } else { nil }
                })
        default: return []
        }
    }
}

extension RuleFacts {
    /// Whether a value over an event may tell more than the class of what was done: which item it was, or a behaviour that
    /// no topic, kind, language, channel or declared word stands for.
    static func isIdentity(_ reads: some Sequence<AttributePath>, of type: EventType) -> Bool {
        reads.contains { path in
            let parts = path.text.split(separator: ".").map(String.init)
            guard parts.first == "event", parts.count >= 2 else { return false }
            if parts[1] == "type" || parts[1] == "channel" { return false }
            guard let field = type.fields.first(where: { $0.id == parts[1] }) else { return true }
            switch field.type {
            case .item: return parts.count < 3 || RuleEnvironment.itemClass[parts[2]] == nil
            case .topic, .list(.topic), .boolean: return false
            case .text, .list(.text): return field.oneOf.isEmpty
            default: return true
            }
        }
    }
}
