/// How many members do something, as it may be shown: no cell under ``least``, and in steps of it, so that a figure does
/// not move with one member's choice.
public enum PublishedCount {
    /// The k of published counts.
    public static let least: Int64 = 10

    /// `nil` for fewer than ``least``; else the count rounded down to a multiple of it.
    public static func shown(_ count: Int64) -> Int64? {
        count < least ? nil : count / least * least
    }
}
