public import CEL
public import Catalogue
public import Primitives

/// Which kept events a condition would have held for, without deciding anything.
///
/// Only what an event says counts. What the condition asks of the member is not known, as of an hour last week it is not:
/// an event on which it turns is counted apart. Nobody's traits can be read out of the answer in this way either.
public struct ConditionMatches: Sendable {
    private let program: PartialProgram
    private let layout: FrameLayout
    private let filler: FrameFiller
    private let unknown: Set<Int>
    private let reader: EventReader
    private let fields: [EventType.Field]
    private let calendar: MemberCalendar
    private var days: [Int32: Day] = [:]
    private var whole = Day()
    private var examples: [ConditionReport.Example] = []

    private struct Day {
        var events: (all: Int64, matched: Int64, open: Int64) = (0, 0, 0)
        var members: (all: Set<MemberID>, matched: Set<MemberID>, open: Set<MemberID>) = ([], [], [])
    }

    private enum Verdict { case matches, open, fails }

    /// - Parameters:
    ///   - type: the event type, one that the programme accepts.
    ///   - item: an item as conditions see it.
    /// - Throws: ``CompilationProblem`` with what is wrong with the condition, or that there is no such type.
    public init(
        _ source: String, over type: String, in programme: CompiledProgramme, offsets: any ZoneOffsets,
        zones: (any TimeZoneSource)?, item: @escaping @Sendable (ItemID) -> Item
    ) throws(CompilationProblem) {
        guard let declaration = programme.eventTypes[type]?.declaration else {
            throw CompilationProblem(place: "type", message: "There is no event type of this name.")
        }
        let environment = RuleEnvironment.environment(for: declaration, in: programme.programme, zones: zones)
        let condition = try CompiledCondition(source, environment: environment, place: "when")
        guard condition.checked.type == .bool else {
            throw CompilationProblem(place: "when", message: "A condition is true or false (bool).")
        }
        program = condition.checked.planPartial(limits: RuleEnvironment.limits)
        let layout = environment.layout
        self.layout = layout
        filler = FrameFiller(declaration, layout: layout, reads: condition.reads, in: programme.programme)
        // Which channel an event came by is not kept.
        unknown = Set(
            layout.paths.indices.filter {
                layout.paths[$0].root == "member" || layout.paths[$0].text == "event.channel"
            })
        reader = EventReader(programme, item: item)
        fields = declaration.fields
        calendar = programme.calendar(offsets: offsets)
    }

    /// Takes an event into account. One that no longer fits its declaration is left out.
    public mutating func take(_ kept: KeptEvent) {
        guard let incoming = kept.incoming,
            let event = try? reader.read(incoming, claim: kept.claim, now: kept.at, acceptsLate: true)
        else { return }
        var frame = Frame(layout: layout)
        filler.fillEvent(event, into: &frame)
        let verdict: Verdict
        switch program.evaluate(frame, unknown: unknown) {
        case .value(.bool(true)): verdict = .matches
        case .unknown: verdict = .open
        case .value, .failure: verdict = .fails
        }
        let day = calendar.day(of: kept.at)
        Self.count(verdict, kept.member, in: &days[day, default: Day()])
        Self.count(verdict, kept.member, in: &whole)
        if verdict == .matches { show(event) }
    }

    private static func count(_ verdict: Verdict, _ member: MemberID, in day: inout Day) {
        day.events.all += 1
        day.members.all.insert(member)
        switch verdict {
        case .matches:
            day.events.matched += 1
            day.members.matched.insert(member)
        case .open:
            day.events.open += 1
            day.members.open.insert(member)
        case .fails: break
        }
    }

    /// Keeps the latest, with their class only.
    private mutating func show(_ event: Event) {
        var example = ConditionReport.Example(
            hour: Instant(milliseconds: event.at.milliseconds - modulo(event.at.milliseconds, 3_600_000)))
        let items = event.items.compactMap(\.self)
        // What a subject may reveal about whoever opens it is told of nobody, not even without a name.
        let isSensitive = items.contains(where: \.content.isSensitive)
        example.kinds = items.map(\.kind.rawValue)
        if !isSensitive { example.topics = items.flatMap(\.topics) }
        for (index, field) in fields.enumerated() where field.isClass && !isSensitive {
            switch event.values[index] {
            case .string(let topic)?: example.topics.append(topic)
            case .list(let topics)?:
                for case .string(let topic) in topics { example.topics.append(topic) }
            default: break
            }
        }
        example.topics = Array(Set(example.topics).sorted().prefix(5))
        examples.append(example)
        if examples.count > ConditionReport.mostExamples {
            let oldest = examples.indices.min { examples[$0].hour < examples[$1].hour }
            if let oldest { examples.remove(at: oldest) }
        }
    }

    private func modulo(_ value: Int64, _ unit: Int64) -> Int64 { ((value % unit) + unit) % unit }

    /// What came of it, for each of these days.
    /// - Parameter isWhole: whether all kept events of the days were taken.
    public func report(days range: ClosedRange<Int32>, isWhole: Bool) -> ConditionReport {
        func figures(_ day: Day) -> ConditionReport.Figures {
            ConditionReport.Figures(
                all: ConditionReport.Tally(events: day.events.all, members: Int64(day.members.all.count)),
                matched: ConditionReport.Tally(events: day.events.matched, members: Int64(day.members.matched.count)),
                open: ConditionReport.Tally(events: day.events.open, members: Int64(day.members.open.count)))
        }
        return ConditionReport(
            days: range.map { ConditionReport.Day(day: $0, figures: figures(days[$0] ?? Day())) },
            whole: figures(whole), isWhole: isWhole, examples: examples.sorted { $0.hour > $1.hour })
    }
}

/// How many of the kept events a condition holds for. It names no member.
public struct ConditionReport: Sendable, Hashable {
    public static let mostExamples = 10

    public struct Tally: Sendable, Hashable {
        public var events: Int64
        /// Of how many members they are.
        public var members: Int64

        public init(events: Int64, members: Int64) {
            self.events = events
            self.members = members
        }

        /// The count for who may not look at members: `nil` if it is of few (``SimulationRun/fewest``).
        public func told(toWhoSeesMembers seesMembers: Bool) -> Int64? {
            seesMembers || !(1..<SimulationRun.fewest).contains(members) ? events : nil
        }
    }

    public struct Figures: Sendable, Hashable {
        public var all: Tally
        public var matched: Tally
        /// It depends on the member, or on what is not kept.
        public var open: Tally
    }

    public struct Day: Sendable, Hashable {
        public var day: Int32
        public var figures: Figures
    }

    /// What may be said of one event: its hour and its class.
    public struct Example: Sendable, Hashable {
        public var hour: Instant
        public var kinds: [String] = []
        public var topics: [String] = []

        public init(hour: Instant) { self.hour = hour }
    }

    public var days: [Day]
    public var whole: Figures
    public var isWhole: Bool
    /// The latest first.
    public var examples: [Example]
}
