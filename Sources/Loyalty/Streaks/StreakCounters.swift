/// How a member's streaks are kept: in counters of theirs, so that loading, merging, erasing and back-up know them.
///
/// | Counter | Holds |
/// |---|---|
/// | `streak/ID/MEASURE` | how much on which day |
/// | `streak-paid/ID` | milestones given (slot 0) and taken back (slot 1), by the day that reached them; size is the length |
/// | `streak-told/ID` | `granted`: the first day of the last period whose freeze or end the member was told of |
/// | `streak-goal/ID` | how many days were wanted from which day on |
/// | `streak-base/ID` | what there was when the terms changed, a field per slot |
/// | `streaks/pause`, `streaks/journey` | excused days: `day` is the first, size the last |
enum StreakCounters {
    static let prefix = "streak/"
    static let pause = "streaks/pause"
    static let journey = "streaks/journey"

    static func marks(of streak: String, _ measure: String) -> String { "streak/\(streak)/\(measure)" }
    static func paid(of streak: String) -> String { "streak-paid/" + streak }
    static func told(of streak: String) -> String { "streak-told/" + streak }
    static func goal(of streak: String) -> String { "streak-goal/" + streak }
    static func base(of streak: String) -> String { "streak-base/" + streak }

    /// Spans of days as marks.
    static func spans(_ counter: Counter?) -> [DaySpan] {
        (counter?.marks ?? []).map { DaySpan(first: $0.day, last: Int32(clamping: $0.wanted)) }
    }

    static func counter(_ spans: [DaySpan]) -> Counter {
        var counter = Counter.empty
        for span in Set(spans).sorted() { counter.add(CounterMark(day: span.first, wanted: Int64(span.last))) }
        return counter
    }

    static func history(
        of streak: Streak, repairs: [DaySpan], _ counter: (String) -> Counter?
    ) -> StreakHistory {
        var history = StreakHistory()
        for measure in streak.measures {
            guard let marks = counter(marks(of: streak.id, measure.id))?.marks else { continue }
            var days: [Int32: Int64] = [:]
            for mark in marks { days[mark.day, default: 0] += mark.wanted * mark.count }
            history.amounts[measure.id] = days
        }
        history.excused = spans(counter(pause)) + spans(counter(journey)) + repairs
        history.goals = (counter(goal(of: streak.id))?.marks ?? []).map {
            StreakHistory.Goal(chosen: $0.day, days: Int(clamping: $0.wanted))
        }
        history.base = counter(base(of: streak.id)).flatMap(StreakBase.init)
        return history
    }
}

extension StreakBase {
    private enum Slot: Int32 { case length, longest, freezes, sinceFreeze, start, paid }

    var counter: Counter {
        var counter = Counter.empty
        func add(_ slot: Slot, _ value: Int64) {
            counter.add(CounterMark(day: day, slot: slot.rawValue, wanted: value))
        }
        add(.length, length)
        add(.longest, longest)
        add(.freezes, Int64(freezes))
        add(.sinceFreeze, Int64(sinceFreeze))
        add(.start, Int64(start))
        add(.paid, paid)
        return counter
    }

    /// `nil` if the counter holds no base.
    init?(_ counter: Counter) {
        guard let day = counter.marks.last?.day else { return nil }
        func value(_ slot: Slot) -> Int64 {
            counter.marks.last { $0.day == day && $0.slot == slot.rawValue }?.wanted ?? 0
        }
        self.init(
            day: day, length: value(.length), longest: value(.longest), freezes: Int(clamping: value(.freezes)),
            sinceFreeze: Int(clamping: value(.sinceFreeze)), start: Int32(clamping: value(.start)),
            paid: value(.paid))
    }

    /// What two records of one person came to, together: the longer run goes on.
    func joined(_ other: StreakBase) -> StreakBase {
        var joined = length != other.length ? (length > other.length ? self : other) : (day >= other.day ? self : other)
        joined.longest = max(longest, other.longest)
        return joined
    }
}
