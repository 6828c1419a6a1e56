/// A chart as its template shows it: the drawing, the names around it, and the table behind it.
struct ChartView: Sendable, Equatable {
    struct Key: Sendable, Equatable {
        var look: String
        /// In a drawing of 20 by 10.
        var path: String
        var name: String
    }

    struct Row: Sendable, Equatable {
        var name: String
        var cells: [String]
    }

    var id: String
    var title: String
    var summary: String
    /// What a screen reader says of the picture.
    var name: String
    /// From the top down, as far from each other as the lines they stand beside.
    var ticks: [String]
    var grid: String
    var zero: String?
    var marks: [ChartPaths.Mark]
    var names: [ChartLabels.Label]
    var keys: [Key]
    var hasKeys: Bool
    var along: String
    var columns: [String]
    var rows: [Row]
    /// Where the figures are to be had as a file; `nil` on a page that serves none.
    var csvHref: String?
    /// The figures as a file (RFC 4180).
    var csv: String

    /// - Parameters:
    ///   - path: of the page, on which `?csv=ID` answers with the file (`ChartedPage`); `nil` for none.
    ///   - format: how figures are written; as numbers with the decimals they need if left out.
    init(
        _ chart: Chart, texts: Texts, path: String? = nil, format: (@Sendable (Double) -> String)? = nil
    ) {
        let write = format ?? { texts.figure($0) }
        let scale = ChartScale(covering: chart.extent, wholeNumbers: chart.isWhole)
        let paths = ChartPaths(chart, scale: scale)
        id = chart.id
        title = chart.title
        summary = chart.summary
        name = chart.summary.isEmpty ? chart.title : chart.title + ": " + chart.summary
        ticks = scale.ticks.reversed().map(write)
        (grid, zero, marks) = (paths.grid, paths.zero, paths.marks)
        let margin = (ticks.map { ChartLabels.width(of: $0) }.max() ?? 0) + 8
        names = ChartLabels.place(chart.categories, kind: chart.kind, margin: margin)
        keys = chart.series.enumerated().map { number, series in
            chart.kind == .line
                ? Key(look: "line series-\(number)", path: "M0 5H20", name: series.name)
                : Key(look: "bar series-\(number)", path: "M4 0H16V10H4Z", name: series.name)
        }
        hasKeys = keys.count > 1
        along = chart.along
        columns = chart.series.map(\.name)
        rows = chart.categories.enumerated().map { index, category in
            Row(
                name: category,
                cells: chart.series.map { series in
                    guard let value = series.value(at: index) else { return "–" }
                    return write(value)
                        + (series.interval(at: index).map {
                            " " + texts.charts.interval(write($0.lowerBound), write($0.upperBound))
                        } ?? "")
                })
        }
        csvHref = path.map { $0 + ($0.contains("?") ? "&" : "?") + "csv=" + WebLink.encode(chart.id) }
        csv = chart.csv(lowest: texts.charts.lowest, highest: texts.charts.highest)
    }
}

/// A page with charts, whose figures can be had as files.
protocol ChartedPage: Page {
    var charts: [ChartView] { get }
}
