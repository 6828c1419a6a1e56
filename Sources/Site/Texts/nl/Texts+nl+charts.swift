extension Texts {
    static let nlCharts = ChartTexts(
        table: "De cijfers als tabel",
        download: "Download de cijfers (CSV)",
        interval: { low, high in "(\(low) tot \(high))" },
        lowest: "laagste",
        highest: "hoogste")
}
