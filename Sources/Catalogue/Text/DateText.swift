import Primitives

/// Reads the ways feeds and files write a time: RFC 3339 and its looser ISO 8601 relatives, RFC 822 with two- or four-digit
/// years.
enum DateText {
    /// `nil` when it is no time, or none that exists (30 February). Without an offset the time is taken as UTC, because a
    /// guess that does not depend on the server is at least the same everywhere; a date alone is its first moment.
    static func read(_ text: some StringProtocol) -> Instant? {
        var scanner = Scanner(Array(text.utf8))
        scanner.skipSpace()
        guard let first = scanner.peek else { return nil }
        let isISO = scanner.digitsAhead >= 4 || first == UInt8(ascii: "+")
        return isISO ? readISO(&scanner) : readRFC822(&scanner)
    }

    private static func readISO(_ scanner: inout Scanner) -> Instant? {
        guard let year = scanner.number(4...4), scanner.take("-"), let month = scanner.number(2...2), scanner.take("-"),
            let day = scanner.number(2...2)
        else { return nil }
        var time = Time()
        if scanner.take("T") || scanner.take("t") || scanner.take(" ") {
            scanner.skipSpace()
            guard scanner.isAtEnd || readTime(&scanner, &time) else { return nil }
        }
        scanner.skipSpace()
        guard scanner.isAtEnd else { return nil }
        return instant(year, month, day, time)
    }

    /// RFC 822, section 5, with the years of RFC 2822, section 4.3.
    private static func readRFC822(_ scanner: inout Scanner) -> Instant? {
        if scanner.letters() != nil {
            _ = scanner.take(",")
            scanner.skipSpace()
        }
        guard let day = scanner.number(1...2) else { return nil }
        scanner.skip("- ")
        guard let name = scanner.letters(), name.count >= 3, let month = months.firstIndex(of: String(name.prefix(3)))
        else {
            return nil
        }
        scanner.skip(".- ")
        let digits = scanner.digitsAhead
        guard var year = scanner.number(2...4) else { return nil }
        if digits == 2 { year += year < 50 ? 2000 : 1900 } else if digits == 3 { year += 1900 }
        scanner.skipSpace()
        var time = Time()
        guard scanner.isAtEnd || readTime(&scanner, &time) else { return nil }
        scanner.skipSpace()
        guard scanner.isAtEnd else { return nil }
        return instant(year, month + 1, day, time)
    }

    private struct Time {
        var hour = 0
        var minute = 0
        var second = 0
        var millisecond = 0
        var offsetMinutes = 0
    }

    private static func readTime(_ scanner: inout Scanner, _ time: inout Time) -> Bool {
        guard let hour = scanner.number(1...2), scanner.take(":"), let minute = scanner.number(2...2) else {
            return false
        }
        time.hour = hour
        time.minute = minute
        if scanner.take(":") {
            guard let second = scanner.number(2...2) else { return false }
            time.second = second
            if scanner.take(".") || scanner.take(",") {
                guard scanner.digitsAhead > 0 else { return false }
                var scale = 100
                while let digit = scanner.number(1...1) {
                    time.millisecond += digit * scale
                    scale /= 10
                }
            }
        }
        scanner.skipSpace()
        return readOffset(&scanner, &time)
    }

    private static func readOffset(_ scanner: inout Scanner, _ time: inout Time) -> Bool {
        let sign = scanner.take("+") ? 1 : scanner.take("-") ? -1 : 0
        if sign != 0 {
            guard let hours = scanner.number(2...2) else { return false }
            _ = scanner.take(":")
            let minutes = scanner.number(2...2) ?? 0
            guard hours < 24, minutes < 60 else { return false }
            time.offsetMinutes = sign * (hours * 60 + minutes)
            return true
        }
        guard let zone = scanner.letters() else { return true }
        guard let hours = zones[zone] else { return false }
        time.offsetMinutes = hours * 60
        return true
    }

    private static func instant(_ year: Int, _ month: Int, _ day: Int, _ time: Time) -> Instant? {
        guard year >= 1, let date = CivilDate(year: year, month: month, day: day),
            time.hour < 24 || (time.hour == 24 && time.minute == 0 && time.second == 0), time.minute < 60,
            time.second <= 60
        else { return nil }
        let minutes = (date.daysSinceEpoch * 24 + time.hour) * 60 + time.minute - time.offsetMinutes
        // A leap second counts as the second before it.
        let seconds = Int64(minutes * 60 + min(time.second, 59))
        let instant = Instant(milliseconds: seconds * 1_000 + Int64(time.millisecond))
        return instant >= .earliest && instant <= .latest ? instant : nil
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static let zones = [
        "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8,
        "pdt": -7, "cet": 1, "cest": 2, "bst": 1, "jst": 9, "wet": 0, "west": 1,
    ]

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        init(_ bytes: [UInt8]) {
            // No time is longer; what comes from strangers is not walked through.
            self.bytes = bytes.count <= 100 ? bytes : []
        }

        var peek: UInt8? { index < bytes.count ? bytes[index] : nil }
        var isAtEnd: Bool { index == bytes.count }

        var digitsAhead: Int { bytes[index...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard peek == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        mutating func skip(_ characters: String) {
            while let byte = peek, characters.utf8.contains(byte) { index += 1 }
        }

        mutating func skipSpace() { skip(" \t\r\n") }

        mutating func number(_ counts: ClosedRange<Int>) -> Int? {
            let count = min(digitsAhead, counts.upperBound)
            guard count >= counts.lowerBound else { return nil }
            defer { index += count }
            return bytes[index..<(index + count)].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }

        /// The letters that come next, in lower case.
        mutating func letters() -> String? {
            let word = bytes[index...].prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
            guard !word.isEmpty else { return nil }
            index += word.count
            return String(decoding: word.map { $0 | 0x20 }, as: UTF8.self)
        }
    }
}
