extension Texts {
    static let jaCharts = ChartTexts(
        table: "数値を表で見る",
        download: "数値をダウンロード(CSV)",
        interval: { low, high in "(\(low)から\(high))" },
        lowest: "最小",
        highest: "最大")
}
