public import CEL
public import Primitives

/// How events of one type are earned from without saying whose they are.
///
/// Every condition is a conjunction. Its parts that read the event are decided when the event is reported, by nobody in
/// particular; its parts that read the member when the token is redeemed, with no event in sight. Both together are the condition,
/// so what is given is what an identified event of that day would have given.
public struct EarningPlan: Sendable {
    /// In the order in which rules apply.
    public let classes: [EarningClass]
    /// With any of them no token is issued for the type.
    public let obstacles: [EarningObstacle]
    private let type: CompiledEventType

    init(
        _ type: CompiledEventType, in programme: Programme, zones: (any TimeZoneSource)?
    ) throws(CompilationProblem) {
        self.type = type
        var splitter = Splitter(
            environment: RuleEnvironment.environment(for: type.declaration, in: programme, zones: zones))
        for compiled in type.rules { splitter.add(compiled, type, in: programme) }
        for compiled in type.challenges { splitter.add(compiled) }
        for compiled in type.streaks {
            // The measures of a referral are no streak's.
            guard programme.streaks.contains(where: { $0.id == compiled.streak }) else {
                splitter.obstacles.append(EarningObstacle(source: compiled.streak, reason: .referral))
                continue
            }
            splitter.add(compiled)
        }
        for compiled in type.occasions { splitter.add(compiled) }
        if programme.review.contains(where: { $0.event == type.declaration.id }) {
            splitter.obstacles.append(EarningObstacle(source: type.declaration.id, reason: .review))
        }
        if ProgrammeTerms(programme).awaited[type.declaration.id] != nil {
            splitter.obstacles.append(EarningObstacle(source: type.declaration.id, reason: .awaited))
        }
        classes = splitter.classes
        obstacles = splitter.obstacles
    }

    /// Whether anything can be earned by tokens from events of this type.
    public var isPossible: Bool { obstacles.isEmpty && !classes.isEmpty }

    public subscript(id: String) -> EarningClass? { classes.first { $0.id == id } }

    /// The classes that an event is worth a token of: by what it says of itself, and by nothing else.
    public func matches(_ event: Event) -> [EarningClass] {
        var frame = Frame(layout: type.layout)
        type.frameFiller.fillEvent(event, into: &frame)
        var taken: Set<String> = []
        return classes.filter { one in
            guard case .rule(let compiled) = one.source else { return one.isMet(frame) }
            let rule = compiled.rule
            if let from = rule.validFrom, event.at < from { return false }
            if let until = rule.validUntil, event.at >= until { return false }
            if let group = rule.exclusive, taken.contains(group) { return false }
            guard one.isMet(frame) else { return false }
            if let group = rule.exclusive { taken.insert(group) }
            return true
        }
    }

    /// Takes conditions apart.
    private struct Splitter {
        let environment: Environment
        var classes: [EarningClass] = []
        var obstacles: [EarningObstacle] = []

        private mutating func refuse(_ source: String, _ reason: EarningObstacle.Reason) {
            obstacles.append(EarningObstacle(source: source, reason: reason))
        }

        private mutating func add(
            _ id: String, _ source: EarningClass.Source, _ conditions: [CompiledCondition?], counter: String,
            slot: Int32? = nil
        ) {
            var (event, member): ([CompiledCondition], [CompiledCondition]) = ([], [])
            for condition in conditions.compactMap(\.self) {
                for part in condition.conjuncts {
                    guard let compiled = try? CompiledCondition(part, environment: environment, place: id) else {
                        return refuse(id, .mixedCondition)
                    }
                    let readsMember = compiled.reads.contains { Self.isMember($0) }
                    if readsMember, compiled.reads.contains(where: { !Self.isMember($0) }) {
                        return refuse(id, .mixedCondition)
                    }
                    if readsMember { member.append(compiled) } else { event.append(compiled) }
                }
            }
            classes.append(
                EarningClass(id: id, source: source, event: event, member: member, counter: (counter, slot)))
        }

        private static func isMember(_ path: AttributePath) -> Bool { path.text.hasPrefix("member.") }

        mutating func add(_ compiled: CompiledRule, _ type: CompiledEventType, in programme: Programme) {
            let rule = compiled.rule
            let id = "rule/" + rule.id
            guard let counter = compiled.awards.first?.counter else { return refuse(id, .uncounted) }
            if compiled.awards.contains(where: { $0.expression?.reads.contains { !Self.isMember($0) } ?? false }) {
                return refuse(id, .eventAmount)
            }
            if compiled.slotSeconds > 0, compiled.slotSeconds < 86_400 { return refuse(id, .cooldown) }
            let group = rule.exclusive.map { group in type.rules.filter { $0.rule.exclusive == group } } ?? []
            if group.contains(where: { $0.condition?.reads.contains { Self.isMember($0) } ?? false }) {
                return refuse(id, .exclusive)
            }
            let pending =
                [rule.pending] + rule.awardTerms.values.flatMap(\.all).map(\.pending)
                + compiled.awards.map { award in programme.units.first { $0.id == award.unit }?.pending }
            for case .event(let term)? in pending where term.match != nil { return refuse(id, .awaited) }
            add(id, .rule(compiled), [compiled.condition], counter: counter)
        }

        mutating func add(_ compiled: CompiledChallenge) {
            let id = "challenge/" + compiled.challenge.id
            let counter = CompiledChallenge.counter(of: compiled.challenge.id)
            switch compiled.challenge.measure {
            case .events:
                // The counter of several types would say that more members earn it than do.
                guard compiled.challenge.eventTypes.count == 1 else { return refuse(id, .uncounted) }
                add(id, .challenge(compiled, step: nil), [compiled.condition], counter: counter)
            case .steps:
                for step in compiled.steps {
                    add(
                        "\(id)/\(step.slot)", .challenge(compiled, step: step.slot),
                        [compiled.condition, step.condition], counter: counter, slot: step.slot)
                }
            // Below the level `personal` the server does not count which items there were: nothing is lost.
            case .distinct(let distinct) where compiled.isIdentity && distinct.device == nil: break
            case .sum, .distinct: refuse(id, .content)
            }
        }

        mutating func add(_ compiled: CompiledMeasure) {
            let id = "streak/\(compiled.streak)/\(compiled.measure.id)"
            guard compiled.sum == nil else { return refuse(id, .content) }
            add(
                id, .streak(compiled), [compiled.condition],
                counter: StreakCounters.marks(of: compiled.streak, compiled.measure.id))
        }

        mutating func add(_ compiled: CompiledOccasion) {
            // Whose work it was is counted at the level `personal` alone.
            guard !compiled.count.isPerMaker else { return }
            add(
                "occasion/" + compiled.occasion.id, .occasion(compiled), [compiled.condition],
                counter: RecognitionCounters.count(compiled.occasion.id))
        }
    }
}
