import Primitives

extension DayPeriods {
    /// The days of the period of a challenge that contains `day`; `nil` on days on which it does not run. A rolling
    /// challenge has one period.
    func days(of challenge: Challenge, containing day: Int32) -> Range<Int32>? {
        var found: Range<Int32>
        switch challenge.cycle {
        case nil: found = days(of: challenge.every, containing: day)
        case .rolling: found = Int32.min..<Int32.max
        case .days(let length, let anchor):
            let offset = (Int64(day) - Int64(anchor)).flooredModulo(Int64(length))
            let first = Int32(clamping: Int64(day) - offset)
            found = first..<Int32(clamping: Int64(first) + Int64(length))
        }
        guard let season = challenge.season else { return found }
        guard let days = days(of: season, containing: day) else { return nil }
        return found.clamped(to: days)
    }

    /// The days of the season that contains `day`; `nil` outside.
    func days(of season: Challenge.Season, containing day: Int32) -> Range<Int32>? {
        switch season {
        case .once(let from, let to): return (from..<to + 1).contains(day) ? from..<to + 1 : nil
        case .yearly(let from, let to):
            let year = CivilDate(daysSinceEpoch: Int(day)).year
            // A season across the end of the year started in the year before.
            for year in [year, year - 1] {
                let crosses = (to.month, to.day) < (from.month, from.day)
                guard let first = start(of: from, year), let last = end(of: to, crosses ? year + 1 : year) else {
                    continue
                }
                if first <= day, day <= last { return first..<last + 1 }
            }
            return nil
        }
    }

    private func start(of day: Challenge.MonthDay, _ year: Int) -> Int32? {
        if let date = CivilDate(year: year, month: day.month, day: day.day) { return Int32(date.daysSinceEpoch) }
        return CivilDate(year: year, month: 3, day: 1).map { Int32($0.daysSinceEpoch) }
    }

    private func end(of day: Challenge.MonthDay, _ year: Int) -> Int32? {
        if let date = CivilDate(year: year, month: day.month, day: day.day) { return Int32(date.daysSinceEpoch) }
        return CivilDate(year: year, month: 2, day: 28).map { Int32($0.daysSinceEpoch) }
    }
}

extension Int64 {
    fileprivate func flooredModulo(_ length: Int64) -> Int64 { ((self % length) + length) % length }
}
