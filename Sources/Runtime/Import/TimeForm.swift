public import Loyalty
public import Primitives

/// How a column writes a time.
public enum TimeForm: Sendable, Hashable {
    /// `2026-03-01T08:00:00+01:00`.
    case rfc3339
    /// Seconds since 1970, with or without a fraction.
    case unixSeconds
    case unixMilliseconds
    /// `2026-03-01`, taken as noon of that day: a day may start at four in the morning, and midnight would then be the day
    /// before.
    case date
    /// A pattern of `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss` and `SSS`; one letter (`d`, `M`, `H`) takes one or two digits, all
    /// else stands for itself.
    case pattern([Part])

    public enum Part: Sendable, Hashable {
        case digits(Field, ClosedRange<Int>)
        case literal(UInt8)
    }

    public enum Field: Sendable, Hashable { case year, month, day, hour, minute, second, millisecond }

    /// The words of a mapping's document, beside patterns.
    public static let names = ["rfc3339", "unix-seconds", "unix-milliseconds", "date"]

    /// `nil` for a text that is neither a name nor a pattern with year, month and day.
    public init?(_ text: String) {
        switch text {
        case "rfc3339": self = .rfc3339
        case "unix-seconds": self = .unixSeconds
        case "unix-milliseconds": self = .unixMilliseconds
        case "date": self = .date
        default:
            guard let parts = Self.parts(text) else { return nil }
            self = .pattern(parts)
        }
    }

    /// Whether the text alone does not say which moment is meant.
    var needsZone: Bool {
        switch self {
        case .date, .pattern: true
        default: false
        }
    }

    private static let letters: [UInt8: Field] = [
        UInt8(ascii: "y"): .year, UInt8(ascii: "M"): .month, UInt8(ascii: "d"): .day, UInt8(ascii: "H"): .hour,
        UInt8(ascii: "m"): .minute, UInt8(ascii: "s"): .second, UInt8(ascii: "S"): .millisecond,
    ]

    private static func parts(_ text: String) -> [Part]? {
        var parts: [Part] = []
        var fields: Set<Field> = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            guard let field = letters[first] else {
                // A letter that is none of ours is a mistake rather than a text.
                guard !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20) || first == UInt8(ascii: "T")
                else {
                    return nil
                }
                parts.append(.literal(first))
                rest = rest.dropFirst()
                continue
            }
            let count = rest.prefix { $0 == first }.count
            rest = rest.dropFirst(count)
            guard fields.insert(field).inserted else { return nil }
            switch (field, count) {
            case (.year, 4), (.millisecond, 3): parts.append(.digits(field, count...count))
            case (.year, _), (.millisecond, _): return nil
            case (_, 1): parts.append(.digits(field, 1...2))
            case (_, 2): parts.append(.digits(field, 2...2))
            default: return nil
            }
        }
        return fields.isSuperset(of: [.year, .month, .day]) ? parts : nil
    }

    /// The moment that a text says; `nil` if it is none of this form.
    ///
    /// - Parameters:
    ///   - zone: where a local time is meant. A time that the zone's clocks show twice is the first of the two; one that
    ///     they leave out is taken as if they had not been put forward yet.
    public func instant(_ text: String, zone: String, offsets: any ZoneOffsets) -> Instant? {
        let instant: Instant?
        switch self {
        case .rfc3339: instant = RFC3339.parse(text)
        case .unixSeconds: instant = Self.scaled(text, by: 1_000)
        case .unixMilliseconds: instant = Self.scaled(text, by: 1)
        case .date:
            instant = CivilDate(text).flatMap {
                Self.local(Int64($0.daysSinceEpoch) * 86_400 + 43_200, zone, offsets)
            }
        case .pattern(let parts): instant = Self.read(Array(text.utf8)[...], parts, zone, offsets)
        }
        return instant.flatMap { $0 >= .earliest && $0 <= .latest ? $0 : nil }
    }

    private static func scaled(_ text: String, by factor: Int64) -> Instant? {
        if let whole = Int64(text) {
            let (milliseconds, overflow) = whole.multipliedReportingOverflow(by: factor)
            return overflow ? nil : Instant(milliseconds: milliseconds)
        }
        guard text.utf8.allSatisfy({ "-.0123456789".utf8.contains($0) }), let number = Double(text),
            let milliseconds = Int64(exactly: (number * Double(factor)).rounded())
        else { return nil }
        return Instant(milliseconds: milliseconds)
    }

    private static func read(
        _ bytes: ArraySlice<UInt8>, _ parts: [Part], _ zone: String, _ offsets: any ZoneOffsets
    ) -> Instant? {
        var bytes = bytes
        var values: [Field: Int] = [:]
        for part in parts {
            switch part {
            case .literal(let byte):
                guard bytes.first == byte else { return nil }
                bytes = bytes.dropFirst()
            case .digits(let field, let counts):
                let digits = bytes.prefix(counts.upperBound).prefix {
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                }
                guard digits.count >= counts.lowerBound else { return nil }
                values[field] = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
                bytes = bytes.dropFirst(digits.count)
            }
        }
        let (hour, minute, second) = (values[.hour] ?? 0, values[.minute] ?? 0, values[.second] ?? 0)
        guard bytes.isEmpty, hour < 24, minute < 60, second <= 60,
            let date = CivilDate(year: values[.year] ?? 0, month: values[.month] ?? 0, day: values[.day] ?? 0)
        else { return nil }
        let noon = values[.hour] == nil ? 43_200 : 0
        let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + min(second, 59) + noon)
        return Self.local(local, zone, offsets).map { $0.adding(milliseconds: Int64(values[.millisecond] ?? 0)) }
    }

    /// The moment at which the clocks of a zone show so many seconds since 1970.
    private static func local(_ seconds: Int64, _ zone: String, _ offsets: any ZoneOffsets) -> Instant? {
        guard let before = offsets.offset(zone: zone, at: seconds - 86_400),
            let after = offsets.offset(zone: zone, at: seconds + 86_400)
        else { return nil }
        let candidates = [seconds - before, seconds - after].filter { moment in
            offsets.offset(zone: zone, at: moment).map { moment + $0 == seconds } ?? false
        }
        return Instant(seconds: candidates.min() ?? seconds - before)
    }
}
