/// What limits allow of what a rule wanted to give.
///
/// A pure function of the set of marks: awards are taken largest first (then by day), each is given as much as every
/// limit of its periods still has room for. So the order of delivery cannot matter, and the member always gets the best
/// of the awards that compete for a place.
public struct Allocation: Sendable, Hashable {
    /// The total that is given.
    public var total: Int64
    /// What is given on each day.
    public var days: [Int32: Int64] = [:]
    /// The first limit that kept something back, in the order of the document.
    public var limitedBy: Int?

    /// - Parameters:
    ///   - marks: the counter's history.
    ///   - limits: the rule's limits.
    ///   - oncePerSlot: whether a cooldown allows one award per slot.
    ///   - calendar: maps a local day to the first day of its period.
    /// - Complexity: O(n log n) in the number of marks of different day, slot or size.
    public static func compute(
        marks: [CounterMark], limits: [Limit], oncePerSlot: Bool, calendar: DayPeriods
    ) -> Allocation {
        if limits.isEmpty && !oncePerSlot {
            var result = Allocation(total: 0, limitedBy: nil)
            for mark in marks {
                result.total += mark.wanted * mark.count
                result.days[mark.day, default: 0] += mark.wanted * mark.count
            }
            return result
        }
        var result = Allocation(total: 0, limitedBy: nil)
        var used = UsedRoom()
        func limited(_ index: Int) {
            if result.limitedBy.map({ index < $0 }) ?? true { result.limitedBy = index }
        }
        let ordered =
            marks.count < 2
            ? marks
            : marks.sorted { left, right in
                left.wanted != right.wanted ? left.wanted > right.wanted : left < right
            }
        for mark in ordered {
            var count = mark.count
            if oncePerSlot {
                let key = RoomKey(limit: -1, period: Int64(mark.day) << 32 | Int64(mark.slot))
                if used[key] > 0 { continue }
                used.add(1, to: key)
                count = 1
            }
            var size = mark.wanted
            for (index, limit) in limits.enumerated() {
                guard case .perEvent(let most) = limit.kind, size > most else { continue }
                size = most
                limited(index)
            }
            guard size > 0 else { continue }
            // Awards of one size on one day are alike: the limits say at once how many of them fit whole, and how much
            // of one more.
            var whole = count
            var rest: Int64 = .max
            for (index, limit) in limits.enumerated() {
                let key = RoomKey(
                    limit: index, period: Int64(calendar.firstDay(of: limit.period, containing: mark.day)))
                switch limit.kind {
                case .amount(let most):
                    let room = max(0, most - used[key])
                    let fits = room / size
                    if fits < count { limited(index) }
                    if fits < whole {
                        whole = fits
                        rest = room - fits * size
                    } else if fits == whole {
                        rest = min(rest, room - fits * size)
                    }
                case .times(let most):
                    let room = max(0, most - used[key])
                    if room < count { limited(index) }
                    if room < whole {
                        whole = room
                        rest = 0
                    } else if room == whole {
                        rest = 0
                    }
                case .perEvent: break
                }
            }
            let partial = whole < count ? min(rest, size) : 0
            let amount = whole * size + partial
            guard amount > 0 else { continue }
            for (index, limit) in limits.enumerated() {
                let key = RoomKey(
                    limit: index, period: Int64(calendar.firstDay(of: limit.period, containing: mark.day)))
                switch limit.kind {
                case .amount: used.add(amount, to: key)
                case .times: used.add(whole + (partial > 0 ? 1 : 0), to: key)
                case .perEvent: break
                }
            }
            result.total += amount
            result.days[mark.day, default: 0] += amount
        }
        return result
    }

    /// Adds a mark to a counter and says by how much that changes what the limits allow.
    ///
    /// - Complexity: in the number of marks of the longest limited period that contains the mark's day; O(1) without
    ///   limits.
    public static func change(
        of counter: inout Counter, adding mark: CounterMark, limits: [Limit], oncePerSlot: Bool, calendar: DayPeriods
    ) -> Allocation {
        if limits.isEmpty && !oncePerSlot {
            counter.add(mark)
            return Allocation(total: mark.wanted * mark.count, limitedBy: nil)
        }
        let days = scope(of: limits, containing: mark.day, calendar: calendar)
        let before = compute(
            marks: counter.marks(in: days), limits: limits, oncePerSlot: oncePerSlot, calendar: calendar)
        counter.add(mark)
        let after = compute(
            marks: counter.marks(in: days), limits: limits, oncePerSlot: oncePerSlot, calendar: calendar)
        return Allocation(total: after.total - before.total, limitedBy: after.limitedBy)
    }

    /// The days whose awards can compete with one on `day`: the longest limited period. Weeks cross the borders of
    /// months and years, so a week's limit beside one of those makes all days compete.
    static func scope(of limits: [Limit], containing day: Int32, calendar: DayPeriods) -> Range<Int32> {
        var longest = PeriodUnit.day
        var hasWeek = false
        for limit in limits {
            if case .perEvent = limit.kind { continue }
            if limit.period == .week { hasWeek = true }
            if limit.period.rank > longest.rank { longest = limit.period }
        }
        if hasWeek && longest.rank > PeriodUnit.week.rank { longest = .ever }
        return calendar.days(of: longest, containing: day)
    }

    private struct RoomKey: Hashable {
        var limit: Int
        var period: Int64
    }

    /// What limits have given in each period. Mostly a limit or two and a period or two: looking through them beats
    /// hashing, until there are many.
    private struct UsedRoom {
        private var few: [(key: RoomKey, amount: Int64)] = []
        private var many: [RoomKey: Int64] = [:]

        subscript(key: RoomKey) -> Int64 {
            if let known = few.first(where: { $0.key == key }) { return known.amount }
            return many.isEmpty ? 0 : many[key, default: 0]
        }

        mutating func add(_ amount: Int64, to key: RoomKey) {
            if let index = few.firstIndex(where: { $0.key == key }) {
                few[index].amount += amount
            } else if few.count < 8 {
                few.append((key, amount))
            } else {
                many[key, default: 0] += amount
            }
        }
    }
}

extension PeriodUnit {
    /// From the shortest to the longest.
    var rank: Int {
        switch self {
        case .day: 0
        case .week: 1
        case .month: 2
        case .year: 3
        case .ever: 4
        }
    }
}
