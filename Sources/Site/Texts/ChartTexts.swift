/// What stands around a chart.
struct ChartTexts: Sendable {
    /// Opens the table with the same figures.
    var table: String
    var download: String
    /// An interval, to stand behind its value.
    var interval: Texts.Two
    /// The ends of an interval, as names of columns.
    var lowest: String
    var highest: String
}
