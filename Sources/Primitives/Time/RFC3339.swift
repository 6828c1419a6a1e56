/// The time stamps of RFC 3339: `2026-11-21T20:15:00.250+01:00`.
public enum RFC3339 {
    /// Reads a time stamp with a zone offset, in the years 1 to 9999.
    ///
    /// Digits beyond the millisecond are cut off. A leap second (`23:59:60` in UTC) is read as the second before it.
    /// Days, hours and offsets that do not exist give `nil`, as does anything before or after the time stamp.
    ///
    /// - Complexity: constant but for the length of the fraction; allocates nothing for a native string.
    public static func parse(_ text: some StringProtocol) -> Instant? {
        if let instant = text.utf8.withContiguousStorageIfAvailable({ parse($0) }) { return instant }
        return Array(text.utf8).withUnsafeBufferPointer { parse($0) }
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes, 0..<4), let month = number(bytes, 5..<7), let day = number(bytes, 8..<10),
            let hour = number(bytes, 11..<13), let minute = number(bytes, 14..<16), let second = number(bytes, 17..<19),
            year >= 1, let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second <= 60
        else { return nil }
        var index = 19
        var milliseconds = 0
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            let start = index
            var unit = 100
            while index < bytes.count, let digit = digit(bytes[index]) {
                milliseconds += digit * unit
                unit /= 10
                index += 1
            }
            guard index > start else { return nil }
        }
        guard let offset = offset(bytes, from: index) else { return nil }
        let seconds =
            Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + min(second, 59) - offset)
        if second == 60, (seconds % 86_400 + 86_400) % 86_400 != 86_399 { return nil }
        let instant = Instant(milliseconds: seconds * 1_000 + Int64(milliseconds))
        return instant >= .earliest && instant <= .latest ? instant : nil
    }

    /// The zone from `index` to the end, in seconds east of UTC.
    private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int? {
        guard index < bytes.count else { return nil }
        if bytes[index] | 0x20 == UInt8(ascii: "z") { return index + 1 == bytes.count ? 0 : nil }
        let isWest = bytes[index] == UInt8(ascii: "-")
        guard isWest || bytes[index] == UInt8(ascii: "+"), index + 6 == bytes.count,
            bytes[index + 3] == UInt8(ascii: ":"), let hours = number(bytes, index + 1..<index + 3),
            let minutes = number(bytes, index + 4..<index + 6), hours < 24, minutes < 60
        else { return nil }
        let offset = hours * 3_600 + minutes * 60
        return isWest ? -offset : offset
    }

    private static func digit(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int(value) : nil
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        var value = 0
        for index in range {
            guard let digit = digit(bytes[index]) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// In UTC with milliseconds, always 24 characters: `2026-11-21T19:15:00.250Z`. Such texts sort as their instants
    /// do.
    ///
    /// Instants outside the years 1 to 9999 are written as the nearest one inside.
    public static func format(_ instant: Instant) -> String {
        let milliseconds = min(max(instant, .earliest), .latest).milliseconds
        let day = (milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000
        let rest = Int(milliseconds - day * 86_400_000)
        let date = CivilDate(daysSinceEpoch: Int(day))
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var index = 0
            func put(_ value: Int, _ width: Int, then mark: UInt8) {
                var value = value
                for place in stride(from: width - 1, through: 0, by: -1) {
                    buffer[index + place] = UInt8(ascii: "0") + UInt8(value % 10)
                    value /= 10
                }
                buffer[index + width] = mark
                index += width + 1
            }
            put(date.year, 4, then: UInt8(ascii: "-"))
            put(date.month, 2, then: UInt8(ascii: "-"))
            put(date.day, 2, then: UInt8(ascii: "T"))
            put(rest / 3_600_000, 2, then: UInt8(ascii: ":"))
            put(rest / 60_000 % 60, 2, then: UInt8(ascii: ":"))
            put(rest / 1_000 % 60, 2, then: UInt8(ascii: "."))
            put(rest % 1_000, 3, then: UInt8(ascii: "Z"))
            return 24
        }
    }
}

extension Instant: CustomStringConvertible {
    /// As RFC 3339 in UTC, with milliseconds.
    public var description: String { RFC3339.format(self) }
}
