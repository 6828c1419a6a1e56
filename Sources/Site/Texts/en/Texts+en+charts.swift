extension Texts {
    static let enCharts = ChartTexts(
        table: "The figures as a table",
        download: "Download the figures (CSV)",
        interval: { low, high in "(\(low) to \(high))" },
        lowest: "lowest",
        highest: "highest")
}
