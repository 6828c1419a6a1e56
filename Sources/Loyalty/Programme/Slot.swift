public import Primitives

/// A time that can be booked, in the programme's time zone.
public struct Slot: Sendable, Hashable {
    /// Days since 1970-01-01.
    public var day: Int32
    /// Minutes after midnight.
    public var minutes: Int
    public var capacity: Int64

    public init(day: Int32, minutes: Int, capacity: Int64) {
        self.day = day
        self.minutes = minutes
        self.capacity = capacity
    }

    /// Its name, the local date and time: `2026-12-01T10:00`.
    public var id: String { Self.id(day: day, minutes: minutes) }

    static func id(day: Int32, minutes: Int) -> String {
        "\(CivilDate(daysSinceEpoch: Int(day)))T\(SlotPlan.time(minutes))"
    }

    /// The day and minutes behind a name; `nil` if it is none.
    static func parse(_ text: String) -> (day: Int32, minutes: Int)? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CivilDate(parts[0]), let minutes = SlotPlan.minutes(parts[1]) else {
            return nil
        }
        return (Int32(clamping: date.daysSinceEpoch), minutes)
    }

    /// When it begins.
    ///
    /// - Parameter calendar: the programme's days from midnight on.
    public func start(_ calendar: MemberCalendar) -> Instant {
        calendar.start(of: day).adding(milliseconds: Int64(minutes) * 60_000)
    }
}

/// Which slots there are: one by one, or the same times on certain days.
public enum SlotPlan: Sendable, Hashable {
    case list([Slot])
    /// - Parameters:
    ///   - weekdays: 1 for Monday to 7 for Sunday; empty for every day.
    ///   - times: minutes after midnight.
    case weekly(from: Int32, until: Int32, weekdays: [Int], times: [Int], capacity: Int64)

    /// The most slots of one reward.
    public static let maximum = 2_000

    /// All slots in order of time.
    public var slots: [Slot] {
        switch self {
        case .list(let slots): return slots.sorted { ($0.day, $0.minutes) < ($1.day, $1.minutes) }
        case .weekly(let from, let until, let weekdays, let times, let capacity):
            guard from <= until else { return [] }
            var slots: [Slot] = []
            for day in from...until {
                let weekday = CivilDate(daysSinceEpoch: Int(day)).weekday
                guard weekdays.isEmpty || weekdays.contains(weekday) else { continue }
                for time in times.sorted() { slots.append(Slot(day: day, minutes: time, capacity: capacity)) }
                if slots.count > Self.maximum { break }
            }
            return slots
        }
    }

    static func time(_ minutes: Int) -> String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }

    static func minutes(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
}
