/// Where local times come from: the offset of a named zone from UTC at an instant.
///
/// The language itself knows fixed offsets (`+02:00`, `02:00`) and `UTC`; every IANA name is looked up here.
/// ``TimeZoneFile`` reads the files of a tz database.
public protocol TimeZoneSource: Sendable {
    /// Seconds east of UTC, or nil for a name that is not known.
    func utcOffset(of zone: String, at unixSeconds: Int64) -> Int?
}

/// Offsets written as text.
enum FixedOffset {
    /// Seconds east of UTC for `UTC`, the empty name, `+hh:mm`, `-hh:mm` or `hh:mm`; nil otherwise.
    static func parse(_ text: String) -> Int64? {
        if text.isEmpty || text.hasSameBytes(as: "UTC") || text.hasSameBytes(as: "Z") { return 0 }
        var scanner = ByteScanner(text)
        var sign: Int64 = 1
        if scanner.skip("-") {
            sign = -1
        } else {
            _ = scanner.skip("+")
        }
        guard let hours = scanner.digits(2), scanner.skip(":"), let minutes = scanner.digits(2), scanner.isAtEnd,
            hours < 24, minutes < 60
        else { return nil }
        return sign * Int64(hours * 3600 + minutes * 60)
    }
}
