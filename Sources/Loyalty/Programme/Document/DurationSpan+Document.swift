internal import Primitives

extension DurationSpan {
    /// Reads `15 minutes`, `72 hours`, `1 day`, `2 weeks`, `24 months`, `1 year`; `nil` for anything else, zero, and more
    /// than a hundred years.
    init?(documentText text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count <= 15, parts[0].utf8.allSatisfy(DocumentNode.Scalar.isDigit),
            let count = Int64(parts[0]), count > 0
        else { return nil }
        let name = parts[1].hasSuffix("s") ? parts[1].dropLast() : parts[1]
        let year: Int64 = 366
        switch name {
        case "millisecond" where count <= 100 * year * 86_400_000: self = .milliseconds(count)
        case "second" where count <= 100 * year * 86_400: self = .milliseconds(count * 1_000)
        case "minute" where count <= 100 * year * 1_440: self = .minutes(count)
        case "hour" where count <= 100 * year * 24: self = .hours(count)
        case "day" where count <= 100 * year: self = .days(Int(count))
        case "week" where count <= 100 * year / 7: self = .days(Int(count) * 7)
        case "month" where count <= 1_200: self = .months(Int(count))
        case "year" where count <= 100: self = .months(Int(count) * 12)
        default: return nil
        }
    }

    /// The text that reads back as this value, in the largest unit that needs no fraction.
    var documentText: String {
        func words(_ count: Int64, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
        switch self {
        case .months(let count): return words(Int64(count), "month")
        case .days(let count): return words(Int64(count), "day")
        case .milliseconds(let count):
            if count % 3_600_000 == 0 { return words(count / 3_600_000, "hour") }
            if count % 60_000 == 0 { return words(count / 60_000, "minute") }
            if count % 1_000 == 0 { return words(count / 1_000, "second") }
            return words(count, "millisecond")
        }
    }
}
