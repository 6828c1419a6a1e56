import Primitives

/// When an award becomes spendable.
public enum PendingTerm: Sendable, Hashable {
    /// At once; says so where a rule overrides its unit.
    case atOnce
    /// A length of time after the day of earning.
    case after(DurationSpan)
    /// On the first day of the next period.
    case next(TermPeriod)
    /// On the next of these days of the year.
    case on([MonthDay])
    /// When an event of the member arrives.
    case event(AwaitedEvent)

    /// Whether it waits for no day: a length in hours.
    var isExact: Bool { if case .after(.milliseconds) = self { true } else { false } }

    public static func milliseconds(_ count: Int64) -> PendingTerm { .after(.milliseconds(count)) }
    public static func hours(_ count: Int64) -> PendingTerm { .after(.hours(count)) }
    public static func days(_ count: Int) -> PendingTerm { .after(.days(count)) }
    public static func months(_ count: Int) -> PendingTerm { .after(.months(count)) }
}

/// The event that an award waits for, and the one that takes it back.
public struct AwaitedEvent: Sendable, Hashable {
    /// What happens when the window runs out and neither event came.
    public enum Outcome: String, Sendable, Hashable, CaseIterable { case activate, cancel }

    /// The event type that makes it spendable.
    public var until: String
    /// The event type that takes it back within the window, spendable or not.
    public var cancelledBy: String?
    /// The field by which events belong together, such as an order number; `nil`: every event of the type counts.
    public var match: String?
    /// How long after the day of earning the window lasts: days or months.
    public var within: DurationSpan
    public var otherwise: Outcome

    public init(
        until: String, cancelledBy: String? = nil, match: String? = nil, within: DurationSpan,
        otherwise: Outcome = .activate
    ) {
        self.until = until
        self.cancelledBy = cancelledBy
        self.match = match
        self.within = within
        self.otherwise = otherwise
    }
}

/// When what is left of an award expires.
public enum ExpiryTerm: Sendable, Hashable {
    /// Never; says so where a rule overrides its unit.
    case never
    /// A length of time after the day of earning, to the end of the period in which that day lies.
    case after(DurationSpan, endOf: TermPeriod?)
    /// At the end of the next of these days of the year.
    case on([MonthDay])
    /// A length of time after the last day on which the member did one of these things.
    case inactive(DurationSpan, resetBy: [Activity])

    /// Whether it waits for no day: a length in hours.
    var isExact: Bool { if case .after(.milliseconds, _) = self { true } else { false } }

    public static func milliseconds(_ count: Int64) -> ExpiryTerm { .after(.milliseconds(count), endOf: nil) }
    public static func hours(_ count: Int64) -> ExpiryTerm { .after(.hours(count), endOf: nil) }
    public static func days(_ count: Int) -> ExpiryTerm { .after(.days(count), endOf: nil) }
    public static func months(_ count: Int) -> ExpiryTerm { .after(.months(count), endOf: nil) }
}

/// What counts as a sign of life.
public enum Activity: Sendable, Hashable {
    /// An award of the unit.
    case earning
    /// A redemption for the unit.
    case spending
    /// An event of a type.
    case event(String)

    public init(text: String) {
        self =
            switch text {
            case "earning": .earning
            case "spending": .spending
            default: .event(text)
            }
    }

    public var text: String {
        switch self {
        case .earning: "earning"
        case .spending: "spending"
        case .event(let type): type
        }
    }

    /// The name of the counter of its latest days.
    func counter(_ unit: String) -> String {
        switch self {
        case .earning: "active/earning/" + unit
        case .spending: "active/spending/" + unit
        case .event(let type): "active/event/" + type
        }
    }
}

/// What a member is told about a unit.
public struct UnitNotices: Sendable, Hashable {
    /// How long before points expire; `nil` for not at all.
    public var expiring: DurationSpan?
    /// Whether they are told when points became spendable.
    public var activated: Bool
    /// A webhook that hears it as well.
    public var webhook: String?

    public init(expiring: DurationSpan? = nil, activated: Bool = false, webhook: String? = nil) {
        self.expiring = expiring
        self.activated = activated
        self.webhook = webhook
    }
}

/// What a reversal may take back.
public enum ReversalPolicy: String, Sendable, Hashable, CaseIterable {
    /// Only what cannot be spent yet.
    case pendingOnly = "pending-only"
    /// Also what can be spent, never below zero.
    case withinBalance = "within-balance"
    /// All of it: what is missing is owed, and later earnings pay it off first.
    case negative
}

/// A part of the civil year that begins on the first of a month.
public enum TermPeriod: String, Sendable, Hashable, CaseIterable {
    case month, quarter, half, year

    private var months: Int {
        switch self {
        case .month: 1
        case .quarter: 3
        case .half: 6
        case .year: 12
        }
    }

    /// The first day after the period that contains `day`.
    public func end(containing day: Int32) -> Int32 {
        let date = CivilDate(daysSinceEpoch: Int(day))
        let intoPeriod = (date.month - 1) % months
        return Int32(clamping: date.startOfMonth.adding(months: months - intoPeriod).daysSinceEpoch)
    }
}

/// A day of every year, such as 12-31. 02-29 is 28 February in years without it.
public struct MonthDay: Sendable, Hashable, Comparable {
    public let month: Int
    public let day: Int

    public init?(month: Int, day: Int) {
        guard CivilDate(year: 2_000, month: month, day: day) != nil else { return nil }
        self.month = month
        self.day = day
    }

    /// Reads `12-31`; `nil` for anything else.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: "-"), let month = Int(text.prefix(2)),
            let day = Int(text.suffix(2)), bytes.filter({ (48...57).contains($0) }).count == 4
        else { return nil }
        self.init(month: month, day: day)
    }

    public var text: String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return padded(month) + "-" + padded(day)
    }

    public static func < (left: MonthDay, right: MonthDay) -> Bool {
        (left.month, left.day) < (right.month, right.day)
    }

    func date(in year: Int) -> CivilDate? {
        CivilDate(year: year, month: month, day: min(day, CivilDate.days(inMonth: month, of: year)))
    }

    /// The first of these days that lies after `day`.
    static func next(of dates: [MonthDay], after day: Int32) -> Int32? {
        let year = CivilDate(daysSinceEpoch: Int(day)).year
        return [year, year + 1]
            .flatMap { year in dates.compactMap { $0.date(in: year).map { Int32(clamping: $0.daysSinceEpoch) } } }
            .filter { $0 > day }.min()
    }
}
