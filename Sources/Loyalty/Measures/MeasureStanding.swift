import CEL
import Primitives

/// Where a member stands in a measure: a pure function of the set of their days.
public struct MeasureStanding: Sendable, Hashable {
    public struct Count: Sendable, Hashable {
        public var behaviour: Int64 = 0
        public var all: Int64 = 0

        /// From 0 to 1; `nil` with fewer events than a share can rest on.
        public var share: Double? { all >= Measure.fewest ? Double(behaviour) / Double(all) : nil }
    }

    /// The first day, and the first after the beginning; `nil` before the first event.
    public var days: (first: Int32, end: Int32)? {
        guard let first else { return nil }
        return (first, first + length)
    }

    public let first: Int32?
    private let length: Int32
    public private(set) var baseline = Count()
    /// Everything after the beginning.
    public private(set) var since = Count()

    public init(_ measure: Measure, _ counter: Counter?) {
        self.init(baselineWeeks: measure.baselineWeeks, counter)
    }

    init(baselineWeeks: Int, _ counter: Counter?) {
        let marks = counter?.marks ?? []
        first = marks.first?.day
        length = Int32(clamping: baselineWeeks * 7)
        guard let first else { return }
        for mark in marks {
            let isBehaviour = mark.slot == 1
            if mark.day < first + length {
                baseline.all += mark.count
                if isBehaviour { baseline.behaviour += mark.count }
            } else {
                since.all += mark.count
                if isBehaviour { since.behaviour += mark.count }
            }
        }
    }

    /// How the share has changed; `nil` while one of the two is unknown.
    public var change: Double? {
        guard let before = baseline.share, let after = since.share else { return nil }
        return after - before
    }
}

/// A measure made ready for its event type.
struct CompiledChangeMeasure: Sendable {
    let measure: Measure
    let condition: CompiledCondition

    init(_ measure: Measure, environment: Environment) throws(CompilationProblem) {
        self.measure = measure
        condition = try CompiledCondition(
            measure.condition, environment: environment, place: "measures/\(measure.id): when")
    }

    /// A condition that cannot be evaluated counts as not met, as in rules.
    func mark(_ frame: Frame, day: Int32) -> CounterMark {
        let isMet = (try? condition.program.evaluateBool(frame)) ?? false
        return CounterMark(day: day, slot: isMet ? 1 : 0, wanted: 1)
    }
}

extension MemberState {
    /// Counts an event in the measures of its type.
    mutating func measure(_ event: Event, _ frame: Frame, day: Int32, into changes: inout Changes) {
        for compiled in event.type.measures {
            let name = Measure.counter(compiled.measure.id)
            counters[name, default: .empty].add(compiled.mark(frame, day: day))
            changes.counters.insert(name)
        }
    }

    /// Takes an event out of its measures that was not as it was sent.
    mutating func unmeasure(_ event: Event, _ frame: Frame, day: Int32, into changes: inout Changes) {
        for compiled in event.type.measures {
            let name = Measure.counter(compiled.measure.id)
            if counters[name]?.remove(compiled.mark(frame, day: day)) ?? false { changes.counters.insert(name) }
        }
    }

    public func standing(_ measure: Measure) -> MeasureStanding {
        MeasureStanding(measure, counters[Measure.counter(measure.id)])
    }
}
