extension Instant {
    /// Reads a date and time with an offset as RFC 3339, section 5.6, writes it: `2026-03-01T18:30:00.250+01:00`.
    ///
    /// Digits beyond milliseconds are cut off. A leap second is read as the second before it. `nil` for anything else, for
    /// dates that do not exist, and for times outside ``earliest`` to ``latest``.
    public init?(rfc3339 text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(64))
        guard bytes.count >= 20 else { return nil }
        func digits(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = digits(0..<4), bytes[4] == UInt8(ascii: "-"), let month = digits(5..<7),
            bytes[7] == UInt8(ascii: "-"), let day = digits(8..<10), bytes[10] | 0x20 == UInt8(ascii: "t"),
            let hour = digits(11..<13), bytes[13] == UInt8(ascii: ":"), let minute = digits(14..<16),
            bytes[16] == UInt8(ascii: ":"), let second = digits(17..<19), hour < 24, minute < 60, second <= 60,
            let days = Self.days(year: year, month: month, day: day)
        else { return nil }
        var position = 19
        var fraction: Int64 = 0
        if bytes[position] == UInt8(ascii: ".") {
            var count = 0
            position += 1
            while position < bytes.count, let digit = digits(position..<position + 1) {
                if count < 3 { fraction = fraction * 10 + digit }
                count += 1
                position += 1
            }
            guard count > 0 else { return nil }
            for _ in min(count, 3)..<3 { fraction *= 10 }
        }
        guard position < bytes.count else { return nil }
        var offset: Int64 = 0
        switch bytes[position] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            guard position + 1 == bytes.count else { return nil }
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard bytes.count == position + 6, bytes[position + 3] == UInt8(ascii: ":"),
                let hours = digits(position + 1..<position + 3), let minutes = digits(position + 4..<position + 6),
                hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[position] == UInt8(ascii: "-") ? -1 : 1)
        default: return nil
        }
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + min(second, 59) - offset * 60
        let instant = Instant(milliseconds: seconds * 1_000 + fraction)
        guard (Instant.earliest...Instant.latest).contains(instant) else { return nil }
        self = instant
    }

    /// The instant in UTC as RFC 3339 text: `2026-03-01T17:30:00Z`, with three fraction digits if they are not zero.
    public var rfc3339: String {
        let seconds = self.seconds
        let fraction = milliseconds - seconds * 1_000
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let second = seconds - days * 86_400
        let date = Self.date(days: days)
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let time = "\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        let rest = fraction == 0 ? "" : ".\(padded(fraction, 3))"
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T\(time)\(rest)Z"
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar; `nil` if there is no such date.
    ///
    /// Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard (1...12).contains(month), day >= 1 else { return nil }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[Int(month) - 1] else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The inverse of ``days(year:month:day:)`` (`civil_from_days`).
    static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civil = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civil <= 2 ? 1 : 0), civil, day)
    }
}
