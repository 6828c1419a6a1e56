/// The shapes of a chart, in a drawing that is 1,000 wide and 240 high and is stretched to its place.
///
/// Strokes keep their width when it is stretched (`vector-effect: non-scaling-stroke`), so shapes are paths of lines only;
/// a single point is a line of no length with round ends.
struct ChartPaths: Sendable, Equatable {
    static let width = 1_000.0
    static let height = 240.0

    /// One path, and the style it is drawn in.
    struct Mark: Sendable, Equatable {
        /// `line`, `bar`, `band` or `whisker`, and the number of the series.
        var look: String
        var path: String
    }

    /// The line of every tick but zero's.
    var grid: String
    /// The line of zero, where the axis reaches it.
    var zero: String?
    /// From back to front.
    var marks: [Mark]

    init(_ chart: Chart, scale: ChartScale) {
        func y(_ value: Double) -> Double { (1 - scale.share(of: value)) * Self.height }
        func across(_ tick: Double) -> String { "M0 \(Self.text(y(tick)))H1000" }
        grid = scale.ticks.filter { $0 != 0 }.map(across).joined()
        zero = scale.ticks.contains(0) ? across(0) : nil
        switch chart.kind {
        case .line: marks = Self.lines(chart, y)
        case .bars: marks = Self.bars(chart, y)
        case .stacked: marks = Self.stacks(chart, y)
        }
        marks.removeAll { $0.path.isEmpty }
    }

    /// A coordinate with one decimal at most.
    static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(abs(tenths) / 10)" + (tenths % 10 == 0 ? "" : ".\(abs(tenths) % 10)")
    }

    /// Where a category lies: points of a line from edge to edge, bars in the middle of a band of their own.
    static func x(_ index: Int, of count: Int, kind: Chart.Kind) -> Double {
        guard count > 1 || kind != .line else { return width / 2 }
        return kind == .line
            ? Double(index) / Double(count - 1) * width : (Double(index) + 0.5) / Double(count) * width
    }

    // MARK: Lines

    private static func lines(_ chart: Chart, _ y: (Double) -> Double) -> [Mark] {
        let count = chart.categories.count
        func point(_ index: Int, _ value: Double) -> String {
            "\(text(x(index, of: count, kind: .line))) \(text(y(value)))"
        }
        var bands: [Mark] = []
        var lines: [Mark] = []
        for (number, series) in chart.series.enumerated() {
            var line = ""
            for run in runs(count, where: { series.value(at: $0) != nil }) {
                let points = run.compactMap { index in series.value(at: index).map { point(index, $0) } }
                line += "M" + points.joined(separator: "L") + (points.count == 1 ? "h0" : "")
            }
            var band = ""
            var whisker = ""
            for run in runs(count, where: { series.interval(at: $0) != nil }) {
                let intervals = run.compactMap { index in series.interval(at: index).map { (index, $0) } }
                if let only = intervals.first, intervals.count == 1 {
                    whisker += "M\(point(only.0, only.1.lowerBound))V\(text(y(only.1.upperBound)))"
                    continue
                }
                let above = intervals.map { point($0.0, $0.1.upperBound) }
                let below = intervals.reversed().map { point($0.0, $0.1.lowerBound) }
                band += "M" + (above + below).joined(separator: "L") + "Z"
            }
            bands.append(Mark(look: "band series-\(number)", path: band))
            bands.append(Mark(look: "whisker series-\(number)", path: whisker))
            lines.append(Mark(look: "line series-\(number)", path: line))
        }
        return bands + lines
    }

    /// Neighbouring indices for which something holds.
    private static func runs(_ count: Int, where holds: (Int) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in 0..<count where holds(index) {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }

    // MARK: Bars

    /// Of each band a tenth is left free on either side.
    private static let free = 0.1

    private static func bars(_ chart: Chart, _ y: (Double) -> Double) -> [Mark] {
        let band = width / Double(max(chart.categories.count, 1))
        let bar = band * (1 - 2 * free) / Double(max(chart.series.count, 1))
        return chart.series.enumerated().flatMap { number, series in
            var bars = ""
            var whiskers = ""
            for index in chart.categories.indices {
                let left = Double(index) * band + band * free + Double(number) * bar
                if let value = series.value(at: index), value != 0 { bars += box(left, bar, y(0), y(value)) }
                if let interval = series.interval(at: index) {
                    whiskers +=
                        "M\(text(left + bar / 2)) \(text(y(interval.lowerBound)))V\(text(y(interval.upperBound)))"
                }
            }
            return [
                Mark(look: "bar series-\(number)", path: bars), Mark(look: "whisker series-\(number)", path: whiskers),
            ]
        }
    }

    /// What is above zero is stacked upwards, what is below downwards.
    private static func stacks(_ chart: Chart, _ y: (Double) -> Double) -> [Mark] {
        let band = width / Double(max(chart.categories.count, 1))
        var tops = chart.categories.map { _ in (above: 0.0, below: 0.0) }
        return chart.series.enumerated().map { number, series in
            var path = ""
            for index in chart.categories.indices {
                guard let value = series.value(at: index), value != 0 else { continue }
                let from = value > 0 ? tops[index].above : tops[index].below
                if value > 0 { tops[index].above += value } else { tops[index].below += value }
                path += box((Double(index) + free) * band, band * (1 - 2 * free), y(from), y(from + value))
            }
            return Mark(look: "bar series-\(number)", path: path)
        }
    }

    private static func box(_ left: Double, _ width: Double, _ from: Double, _ to: Double) -> String {
        "M\(text(left)) \(text(from))V\(text(to))H\(text(left + width))V\(text(from))Z"
    }
}
