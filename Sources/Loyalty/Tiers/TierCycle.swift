/// How tiers come and go: what counts in which time, how long what was reached lasts, and what happens then.
public struct TierCycle: Sendable, Hashable {
    /// The time in which credits count.
    public enum Period: Sendable, Hashable {
        /// Calendar periods of so many months (3, 6 or 12), from 1 January.
        case calendar(months: Int)
        /// From each of these days of the year to the next; rising, as month and day.
        case dates([MonthDay])
        /// Years from the member's first day. Who joined on 29 February has theirs on 28 February in common years.
        case anniversary
        /// The last so many months, up to today.
        case rolling(months: Int)
    }

    public struct MonthDay: Sendable, Hashable, Comparable {
        public var month: Int
        public var day: Int

        public init(month: Int, day: Int) {
            self.month = month
            self.day = day
        }

        public static func < (left: MonthDay, right: MonthDay) -> Bool {
            left.month != right.month ? left.month < right.month : left.day < right.day
        }
    }

    /// How long a tier lasts that was reached.
    public enum Lasts: Sendable, Hashable {
        /// Until the end of the period in which it was reached; with rolling periods as long as one of them.
        case cycle
        /// Until the end of the period after that one.
        case nextCycle
        case span(DurationSpan)
    }

    /// What happens when it has lasted.
    public enum Downgrade: String, Sendable, Hashable, CaseIterable {
        /// One tier down, until the end of the running period.
        case oneLevel = "one-level"
        /// To the best tier that was reached and still lasts.
        case byBalance = "by-balance"
        case never
    }

    public var period: Period
    public var lasts: Lasts
    public var downgrade: Downgrade
    /// How long a tier stays after it has lasted, in which it can be reached again.
    public var grace: DurationSpan?
    /// How long before its end the member is told that a tier will end.
    public var notice: DurationSpan?

    public init(
        period: Period, lasts: Lasts = .nextCycle, downgrade: Downgrade = .byBalance, grace: DurationSpan? = nil,
        notice: DurationSpan? = nil
    ) {
        self.period = period
        self.lasts = lasts
        self.downgrade = downgrade
        self.grace = grace
        self.notice = notice
    }

    /// The days of the period that contains `day`.
    ///
    /// - Parameter joined: the member's first day.
    public func days(containing day: Int32, joined: Int32) -> Range<Int32> {
        let periods = DayPeriods()
        switch period {
        case .calendar(let months):
            var first = periods.firstDay(of: .year, containing: day)
            while periods.adding(months: months, to: first) <= day { first = periods.adding(months: months, to: first) }
            return first..<periods.adding(months: months, to: first)
        case .dates(let dates):
            let year = periods.firstDay(of: .year, containing: day)
            let starts = [-12, 0, 12].flatMap { months in
                dates.map { Self.day($0, ofYear: periods.adding(months: months, to: year)) }
            }.sorted()
            let first = starts.last { $0 <= day } ?? year
            return first..<(starts.first { $0 > day } ?? first + 366)
        case .anniversary:
            var years = Int(max(0, day - joined) / 366)
            while periods.adding(months: 12 * (years + 1), to: joined) <= day { years += 1 }
            if day < joined { years = -1 }
            return periods.adding(months: 12 * years, to: joined)..<periods.adding(months: 12 * (years + 1), to: joined)
        case .rolling(let months): return periods.adding(months: -months, to: day) + 1..<day + 1
        }
    }

    private static func day(_ date: MonthDay, ofYear first: Int32) -> Int32 {
        let month = DayPeriods().adding(months: date.month - 1, to: first)
        // 29 February is the last of February in common years.
        return min(month + Int32(date.day) - 1, DayPeriods().adding(months: 1, to: month) - 1)
    }

    /// The first day on which a tier that is reached on `day` does not last any more.
    public func end(reached day: Int32, joined: Int32) -> Int32 {
        if case .span(let span) = lasts { return Self.adding(span, to: day) }
        if case .rolling(let months) = period { return DayPeriods().adding(months: months, to: day) }
        let cycle = days(containing: day, joined: joined)
        return lasts == .cycle ? cycle.upperBound : days(containing: cycle.upperBound, joined: joined).upperBound
    }

    /// The end of the running period, for a tier that is one down.
    func endOfPeriod(_ day: Int32, joined: Int32) -> Int32 {
        if case .rolling(let months) = period { return DayPeriods().adding(months: months, to: day) }
        return days(containing: day, joined: joined).upperBound
    }

    static func adding(_ span: DurationSpan?, to day: Int32) -> Int32 {
        switch span {
        case .days(let count): day + Int32(clamping: count)
        case .months(let count): DayPeriods().adding(months: count, to: day)
        case .milliseconds(let amount): day + Int32(clamping: (amount + 86_399_999) / 86_400_000)
        case nil: day
        }
    }

    static func subtracting(_ span: DurationSpan, from day: Int32) -> Int32 {
        switch span {
        case .days(let count): day - Int32(clamping: count)
        case .months(let count): DayPeriods().adding(months: -count, to: day)
        case .milliseconds(let amount): day - Int32(clamping: (amount + 86_399_999) / 86_400_000)
        }
    }
}
