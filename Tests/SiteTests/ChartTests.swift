import Testing

@testable import Site

struct ChartTests {
    // MARK: The axis

    @Test(arguments: [
        ([0.0, 100], [0.0, 50, 100]), ([0, 1_245], [0, 500, 1_000, 1_500]), ([0, 4], [0, 1, 2, 3, 4]),
        ([0, 0.46], [0, 0.2, 0.4, 0.6]), ([0.3, 0.1], [0, 0.1, 0.2, 0.3]), ([-30, 80], [-50, 0, 50, 100]),
        ([-7, -1], [-8, -6, -4, -2, 0]), ([], [0, 0.5, 1]), ([0], [0, 0.5, 1]), ([.nan, .infinity, 9], [0, 5, 10]),
        ([1e15], [0, 5e14, 1e15]),
    ])
    func `ticks are round, even and reach everything`(values: [Double], ticks: [Double]) {
        #expect(ChartScale(covering: values).ticks == ticks)
    }

    @Test func `counts have no ticks between whole numbers`() {
        #expect(ChartScale(covering: [0, 1], wholeNumbers: true).ticks == [0, 1])
        #expect(ChartScale(covering: [0, 3], wholeNumbers: true).ticks == [0, 1, 2, 3])
    }

    @Test func `an axis may leave zero out`() {
        #expect(ChartScale(covering: [98, 101], includesZero: false).ticks == [98, 99, 100, 101])
        #expect(ChartScale(covering: [5, 5], includesZero: false).ticks == [5, 5.5, 6])
    }

    @Test func `any values lie within their axis, which has few and even steps`() {
        for low in [-9_999.0, -1, 0, 0.001, 7, 123_456] {
            for size in stride(from: 0.0007, to: 50_000, by: 977.77) {
                let scale = ChartScale(covering: [low, low + size])
                let steps = zip(scale.ticks, scale.ticks.dropFirst()).map { $1 - $0 }
                #expect(scale.ticks.count >= 2 && scale.ticks.count <= 7)
                #expect(scale.ticks.first.map { $0 <= low } == true)
                #expect(scale.ticks.last.map { $0 >= low + size - 1e-6 } == true)
                let first = steps.first ?? 0
                #expect(steps.allSatisfy { abs($0 - first) <= first * 1e-9 })
            }
        }
    }

    // MARK: Shapes

    private static func chart(_ kind: Chart.Kind, _ names: [String], _ series: [Chart.Series]) -> Chart {
        Chart(kind, id: "c", title: "T", summary: "S", along: "Week", categories: names, series: series)
    }

    private static func paths(_ chart: Chart) -> ChartPaths {
        ChartPaths(chart, scale: ChartScale(covering: chart.extent, wholeNumbers: chart.isWhole))
    }

    @Test func `a line goes from edge to edge and leaves a gap where nothing is known`() {
        let paths = Self.paths(
            Self.chart(.line, ["a", "b", "c", "d", "e"], [Chart.Series("x", [0, 50, nil, 100, nil])]))
        #expect(paths.marks == [ChartPaths.Mark(look: "line series-0", path: "M0 240L250 120M750 0h0")])
        #expect(paths.grid == "M0 120H1000M0 0H1000")
        #expect(paths.zero == "M0 240H1000")
    }

    @Test func `an interval is a band behind its line, and alone a thin line`() {
        let paths = Self.paths(
            Self.chart(
                .line, ["a", "b", "c", "d"],
                [Chart.Series("x", [40, 60, 50, 80], intervals: [20...60, 40...80, nil, 60...100])]))
        #expect(
            paths.marks == [
                ChartPaths.Mark(look: "band series-0", path: "M0 96L333.3 48L333.3 144L0 192Z"),
                ChartPaths.Mark(look: "whisker series-0", path: "M1000 96V0"),
                ChartPaths.Mark(look: "line series-0", path: "M0 144L333.3 96L666.7 120L1000 48"),
            ])
    }

    @Test func `bars stand on zero, side by side within their band`() {
        let paths = Self.paths(
            Self.chart(
                .bars, ["a", "b"],
                [Chart.Series("x", [50, -50], intervals: [25...75, nil]), Chart.Series("y", [100, nil])]))
        // From 100 down to -50: a step of 50 is 80 high. Each band is 500 wide, 50 of it free on either side.
        #expect(
            paths.marks == [
                ChartPaths.Mark(look: "bar series-0", path: "M50 160V80H250V160ZM550 160V240H750V160Z"),
                ChartPaths.Mark(look: "whisker series-0", path: "M150 120V40"),
                ChartPaths.Mark(look: "bar series-1", path: "M250 160V0H450V160Z"),
            ])
    }

    @Test func `what is stacked adds up, upwards and downwards`() {
        let paths = Self.paths(
            Self.chart(.stacked, ["a"], [Chart.Series("x", [60]), Chart.Series("y", [40]), Chart.Series("z", [-50])]))
        #expect(
            paths.marks.map(\.path) == [
                "M100 160V64H900V160Z", "M100 64V0H900V64Z", "M100 160V240H900V160Z",
            ])
    }

    @Test func `nothing at all is a frame without marks`() {
        let paths = Self.paths(Self.chart(.bars, [], [Chart.Series("x", [])]))
        #expect(paths.marks.isEmpty)
        #expect(Self.paths(Self.chart(.line, ["a"], [Chart.Series("x", [.nan])])).marks.isEmpty)
        #expect(Self.paths(Self.chart(.line, ["a"], [Chart.Series("x", [1])])).marks.first?.path == "M500 0h0")
    }

    // MARK: Names

    @Test func `names never meet nor stick out on the narrowest screen`() {
        let sets = [
            (1...24).map { "\($0)" }, Texts.nl.dates.months, Texts.ja.dates.months,
            ["De laatste souffleur van de Stopera"],
            (1...52).map { "week \($0)" }, ["a", "b"], Array(repeating: "読み終えた記事の数", count: 9), [],
        ]
        for names in sets {
            for kind in [Chart.Kind.line, .bars] {
                for margin in [0.0, 30, 90] {
                    let labels = ChartLabels.place(names, kind: kind, margin: margin)
                    #expect(labels.isEmpty == names.isEmpty)
                    let room = max(ChartLabels.narrowest - margin, 96)
                    var last = -ChartLabels.gap
                    for label in labels {
                        let width = min(ChartLabels.width(of: label.text), room)
                        let x = (Double(label.x.dropLast()) ?? -1) / 100 * room
                        let start = label.anchor == "start" ? x : label.anchor == "end" ? x - width : x - width / 2
                        #expect(start >= last + ChartLabels.gap - 0.3, "\(label) meets the one before")
                        #expect(start >= -0.3 && start + width <= room + 0.3, "\(label) sticks out")
                        last = start + width
                    }
                }
            }
        }
    }

    @Test func `as many names are shown as fit, at even distances`() {
        #expect(ChartLabels.place(["1", "2", "3"], kind: .bars, margin: 0).map(\.x) == ["16.7%", "50%", "83.3%"])
        let hours = ChartLabels.place((0..<24).map { "\($0)" }, kind: .bars, margin: 0).map(\.text)
        #expect(hours == ["0", "3", "6", "9", "12", "15", "18", "21"])
        #expect(ChartLabels.place(["a", "b"], kind: .line, margin: 0).map(\.anchor) == ["start", "end"])
    }

    // MARK: The view, the table and the file

    @Test func `drawing, table and file say the same`() {
        let chart = Self.chart(
            .line, ["1", "=2"], [Chart.Series("a, \"b\"", [0.25, nil], intervals: [0.125...0.5, nil])])
        let view = ChartView(chart, texts: .nl, path: "/p?x=1") { Texts.nl.percent($0) }
        #expect(view.ticks == ["60%", "40%", "20%", "0%"])
        #expect(
            view.rows == [
                ChartView.Row(name: "1", cells: ["25% (12% tot 50%)"]), ChartView.Row(name: "=2", cells: ["–"]),
            ])
        #expect(view.name == "T: S")
        #expect(view.csvHref == "/p?x=1&csv=c")
        #expect(
            view.csv == "Week,\"a, \"\"b\"\"\",\"a, \"\"b\"\" (laagste)\",\"a, \"\"b\"\" (hoogste)\"\r\n"
                + "1,0.25,0.125,0.5\r\n'=2,,,\r\n")
        #expect(ChartView(chart, texts: .en).csvHref == nil)
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
    func `no text of a file is a formula`(text: String) {
        #expect(Chart.cell(text).contains("'"))
    }

    @Test func `figures have the decimals that their size calls for`() {
        let values = [0.0, 0.125, 0.1, 1.256, 12.34, 1_245.6, -0.5, -0.00001, 99.96]
        #expect(
            values.map { Texts.nl.figure($0) } == ["0", "0,125", "0,1", "1,26", "12,3", "1.246", "−0,5", "0", "100"])
        #expect(Texts.en.figure(1_234_567.8) == "1,234,568" && Texts.en.figure(2.5) == "2.5")
        #expect(Texts.en.figure(.nan) == "–")
    }

    // MARK: Small ones

    @Test(arguments: [
        (-1.0, 0), (0, 0), (0.001, 1), (0.334, 33), (0.7, 70), (0.999, 99), (1, 100), (7, 100), (.nan, 0),
    ])
    func `a ring begins when something is begun and closes when it is done`(share: Double, percent: Int) {
        #expect(Ring.percent(of: share) == percent)
    }

    @Test func `a target of nothing is reached`() {
        #expect(Ring.percent(of: 0, in: 0) == 100)
        #expect(Ring.percent(of: 2, in: 3) == 66)
    }

    @Test func `a small line goes from its lowest to its highest`() {
        #expect(Sparkline([1, 3, 2], name: "").path == "M0 22L50 2L100 12")
        #expect(Sparkline([2, 2], name: "").path == "M0 12L100 12")
        #expect(Sparkline([5, nil, 5], name: "").path == "M0 12h0M100 12h0")
        #expect(Sparkline([5], name: "").path == "M50 12h0")
        #expect(Sparkline([nil, .nan], name: "").path == "")
    }
}
