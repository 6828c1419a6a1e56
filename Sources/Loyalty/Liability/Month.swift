import Primitives

/// A calendar month in a programme's time zone.
public struct Month: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    /// From 1.
    public let month: Int

    public init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.init(index: year * 12 + month - 1)
    }

    /// As in `2026-11`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int(parts[0]),
            let month = Int(parts[1])
        else { return nil }
        self.init(year: year, month: month)
    }

    /// The month that a day lies in.
    public init(day: Int32) {
        let date = CivilDate(daysSinceEpoch: Int(day))
        self.init(index: date.year * 12 + date.month - 1)
    }

    init(index: Int) {
        year = index / 12
        month = index % 12 + 1
    }

    /// Months since the year 0, so that differences are ages.
    public var index: Int { year * 12 + month - 1 }

    public func adding(_ months: Int) -> Month { Month(index: index + months) }

    public var firstDay: Int32 {
        Int32(clamping: CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0)
    }

    public static func < (left: Month, right: Month) -> Bool { left.index < right.index }

    public var description: String {
        let date = CivilDate(year: year, month: month, day: 1)?.description ?? ""
        return String(date.prefix(7))
    }
}
