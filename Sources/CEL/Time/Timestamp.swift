/// An instant with nanosecond resolution, between years 1 and 9999 of the proleptic Gregorian calendar in UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let seconds: Int64
    /// Nanoseconds after `seconds`, 0...999,999,999.
    public let nanoseconds: Int32

    static let leastSeconds: Int64 = -62_135_596_800
    static let greatestSeconds: Int64 = 253_402_300_799

    /// - Parameters:
    ///   - seconds: seconds since the Unix epoch.
    ///   - nanoseconds: 0...999,999,999.
    /// - Returns: nil outside years 1...9999.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard seconds >= Self.leastSeconds, seconds <= Self.greatestSeconds, nanoseconds >= 0,
            nanoseconds < 1_000_000_000
        else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Reads RFC 3339 text such as `2009-02-13T23:31:30.5+01:00`.
    ///
    /// Fractions beyond nanoseconds are cut off; leap seconds (`:60`) are not accepted.
    /// - Returns: nil when the text is not a date-time or lies outside years 1...9999.
    public init?(rfc3339 text: String) {
        var scanner = ByteScanner(text)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), scanner.skip("T") || scanner.skip("t"), let hour = scanner.digits(2),
            scanner.skip(":"), let minute = scanner.digits(2), scanner.skip(":"), let second = scanner.digits(2)
        else { return nil }
        guard (1...12).contains(month), day >= 1, day <= CivilDate.days(in: month, of: Int64(year)), hour < 24,
            minute < 60, second < 60
        else { return nil }
        var nanoseconds: Int32 = 0
        if scanner.skip(".") {
            var scale: Int32 = 100_000_000
            var count = 0
            while let digit = scanner.digits(1) {
                nanoseconds += Int32(digit) * scale
                scale /= 10
                count += 1
            }
            guard count > 0 else { return nil }
        }
        var offset: Int64 = 0
        if !(scanner.skip("Z") || scanner.skip("z")) {
            let sign: Int64
            if scanner.skip("+") {
                sign = 1
            } else if scanner.skip("-") {
                sign = -1
            } else {
                return nil
            }
            guard let hours = scanner.digits(2), scanner.skip(":"), let minutes = scanner.digits(2), hours < 24,
                minutes < 60
            else { return nil }
            offset = sign * Int64(hours * 3600 + minutes * 60)
        }
        guard scanner.isAtEnd else { return nil }
        let days = CivilDate(year: Int64(year), month: month, day: day).daysSinceEpoch
        let local = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        self.init(seconds: local - offset, nanoseconds: nanoseconds)
    }

    /// The instant as RFC 3339 text in UTC, with as many fraction digits as are not zero.
    public var rfc3339: String {
        let parts = CalendarFields(self, offset: 0)
        var text = ""
        text.appendPadded(parts.date.year, to: 4)
        text += "-"
        text.appendPadded(Int64(parts.date.month), to: 2)
        text += "-"
        text.appendPadded(Int64(parts.date.day), to: 2)
        text += "T"
        text.appendPadded(parts.hour, to: 2)
        text += ":"
        text.appendPadded(parts.minute, to: 2)
        text += ":"
        text.appendPadded(parts.second, to: 2)
        text.appendFraction(nanoseconds: Int64(nanoseconds))
        return text + "Z"
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The instant `span` later, nil outside years 1...9999.
    public func adding(_ span: TimeSpan) -> Timestamp? {
        var seconds = self.seconds + span.nanoseconds / 1_000_000_000
        var nanoseconds = Int64(self.nanoseconds) + span.nanoseconds % 1_000_000_000
        if nanoseconds < 0 {
            nanoseconds += 1_000_000_000
            seconds -= 1
        } else if nanoseconds >= 1_000_000_000 {
            nanoseconds -= 1_000_000_000
            seconds += 1
        }
        return Timestamp(seconds: seconds, nanoseconds: Int32(nanoseconds))
    }

    /// The time from `earlier` to this instant, nil beyond about 292 years.
    public func since(_ earlier: Timestamp) -> TimeSpan? {
        let (scaled, overflow) = (seconds - earlier.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return nil }
        let (total, sumOverflow) = scaled.addingReportingOverflow(Int64(nanoseconds) - Int64(earlier.nanoseconds))
        return sumOverflow ? nil : TimeSpan(nanoseconds: total)
    }
}

extension String {
    mutating func appendPadded(_ number: Int64, to width: Int) {
        let digits = String(number)
        for _ in 0..<max(0, width - digits.utf8.count) { append("0") }
        append(digits)
    }

    /// Appends `.5` for half a second: nothing for zero, no trailing zeros.
    mutating func appendFraction(nanoseconds: Int64) {
        guard nanoseconds != 0 else { return }
        var rest = nanoseconds
        var width = 9
        while rest % 10 == 0 {
            rest /= 10
            width -= 1
        }
        append(".")
        appendPadded(rest, to: width)
    }
}
