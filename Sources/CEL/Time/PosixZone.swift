/// A POSIX `TZ` rule such as `CET-1CEST,M3.5.0,M10.5.0/3`: an offset, or two with the days on which they change.
struct PosixZone: Sendable, Hashable {
    private enum Day: Sendable, Hashable {
        /// The weekday (0 Sunday) of a week (5: the last) of a month.
        case month(Int, week: Int, weekday: Int)
        /// 1...365, 29 February never counted.
        case julian(Int)
        /// 0...365, 29 February counted.
        case zeroBased(Int)
    }

    private struct Change: Sendable, Hashable {
        let day: Day
        /// Seconds after local midnight, perhaps negative or beyond the day.
        let time: Int64
    }

    private let standard: Int
    private var daylight: Int?
    private var start = Change(day: .zeroBased(0), time: 0)
    private var end = Change(day: .zeroBased(0), time: 0)

    /// - Returns: nil for text that is no rule.
    init?(_ text: String) {
        var scanner = ByteScanner(text)
        guard PosixZone.skipName(&scanner), let offset = PosixZone.time(&scanner) else { return nil }
        // POSIX counts west of Greenwich as positive.
        standard = Int(-offset)
        if scanner.isAtEnd { return }
        guard PosixZone.skipName(&scanner) else { return nil }
        var summer = standard + 3600
        if let next = scanner.next, next != UInt8(ascii: ",") {
            guard let offset = PosixZone.time(&scanner) else { return nil }
            summer = Int(-offset)
        }
        guard scanner.skip(","), let start = PosixZone.change(&scanner), scanner.skip(","),
            let end = PosixZone.change(&scanner), scanner.isAtEnd
        else { return nil }
        daylight = summer
        self.start = start
        self.end = end
    }

    private static func skipName(_ scanner: inout ByteScanner) -> Bool {
        let start = scanner.position
        if scanner.skip("<") {
            while let byte = scanner.next, byte != UInt8(ascii: ">") { scanner.advance() }
            return scanner.skip(">")
        }
        while let byte = scanner.next, byte | 0x20 >= 0x61, byte | 0x20 <= 0x7a { scanner.advance() }
        return scanner.position - start >= 3
    }

    private static func number(_ scanner: inout ByteScanner) -> Int? {
        var value: Int?
        while let digit = scanner.digits(1) { value = min((value ?? 0) * 10 + digit, 100_000) }
        return value
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private static func time(_ scanner: inout ByteScanner) -> Int64? {
        let sign: Int64 = scanner.skip("-") ? -1 : 1
        if sign == 1 { _ = scanner.skip("+") }
        guard let hours = number(&scanner) else { return nil }
        var seconds = Int64(hours) * 3600
        if scanner.skip(":") {
            guard let minutes = number(&scanner) else { return nil }
            seconds += Int64(minutes) * 60
            if scanner.skip(":") {
                guard let rest = number(&scanner) else { return nil }
                seconds += Int64(rest)
            }
        }
        return sign * seconds
    }

    private static func change(_ scanner: inout ByteScanner) -> Change? {
        let day: Day
        if scanner.skip("M") {
            guard let month = number(&scanner), (1...12).contains(month), scanner.skip("."),
                let week = number(&scanner), (1...5).contains(week), scanner.skip("."),
                let weekday = number(&scanner), (0...6).contains(weekday)
            else { return nil }
            day = .month(month, week: week, weekday: weekday)
        } else if scanner.skip("J") {
            guard let number = number(&scanner), (1...365).contains(number) else { return nil }
            day = .julian(number)
        } else {
            guard let number = number(&scanner), (0...365).contains(number) else { return nil }
            day = .zeroBased(number)
        }
        guard scanner.skip("/") else { return Change(day: day, time: 7200) }
        return time(&scanner).map { Change(day: day, time: $0) }
    }

    /// Seconds east of UTC at an instant.
    func utcOffset(at unixSeconds: Int64) -> Int {
        guard let daylight else { return standard }
        let local = unixSeconds + Int64(standard)
        let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let year = CivilDate(daysSinceEpoch: days).year
        let start = instant(self.start, in: year, offset: standard)
        let end = instant(self.end, in: year, offset: daylight)
        let isDaylight =
            start < end ? unixSeconds >= start && unixSeconds < end : unixSeconds < end || unixSeconds >= start
        return isDaylight ? daylight : standard
    }

    /// The Unix seconds of a change, whose time is local under the offset before it.
    private func instant(_ change: Change, in year: Int64, offset: Int) -> Int64 {
        let newYear = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
        let day: Int64
        switch change.day {
        case .zeroBased(let number): day = newYear + Int64(number)
        case .julian(let number):
            day = newYear + Int64(number - 1) + (CivilDate.isLeap(year) && number > 59 ? 1 : 0)
        case .month(let month, let week, let weekday):
            let first = CivilDate(year: year, month: month, day: 1).daysSinceEpoch
            let shift = (Int64(weekday) - CivilDate.dayOfWeek(daysSinceEpoch: first) + 7) % 7
            var offset = shift + Int64(week - 1) * 7
            if offset >= Int64(CivilDate.days(in: month, of: year)) { offset -= 7 }
            day = first + offset
        }
        return day * 86_400 + change.time - Int64(offset)
    }
}
