/// Every part that pages are made of, with invented words: for whoever makes pages, and for the eye that checks a look.
struct StyleGuidePage: ChartedPage {
    static let template = "styleguide"

    struct Swatch: Sendable, Equatable {
        /// The name of its token.
        var token: String
        var name: String
    }

    struct Sample: Sendable, Equatable {
        var look: String
        var text: String
    }

    struct RingSample: Sendable, Equatable {
        var ring: Int
        var progress: String
        var isComplete: Bool
    }

    struct BadgeSample: Sendable, Equatable {
        var name: String
        var initial: String
        var tint: String
        var isEarned: Bool
    }

    struct Spark: Sendable, Equatable {
        var title: String
        var value: String
        var spark: Sparkline
    }

    struct EmptySample: Sendable, Equatable {
        var title: String?
        var text: String
        var href: String?
        var label: String?
    }

    struct Line: Sendable, Equatable {
        var when: String
        var text: String
        var effect: String
    }

    struct Figure: Sendable, Equatable {
        var label: String
        var value: String
    }

    static let path = "/styleguide"

    var shell: Shell
    var swatches: [Swatch]
    var samples: [Sample]
    var spaces: [String]
    var fields: [FieldView]
    var errors: FormErrorsView?
    var table: TableView
    var meta: [String]
    var rings: [RingSample]
    var badges: [BadgeSample]
    var tabs: [TabView]
    var empty: EmptySample
    var timeline: [Line]
    var figures: [Figure]
    var charts: [ChartView]
    var sparks: [Spark]

    init(shell: Shell, texts: Texts, query: TableQuery = TableQuery()) {
        self.shell = shell
        let words = texts.guide
        let tokens = [
            "paper", "surface", "sunken", "ink", "muted", "line", "accent", "accent-soft", "good", "bad",
        ]
        swatches = zip(tokens, words.colourNames).map { Swatch(token: $0, name: $1) }
        samples = zip(["display", "heading", "title", "text", "small"], words.typeSamples).map {
            Sample(look: $0, text: $1)
        }
        spaces = (1...8).map { String($0) }
        fields = Self.fields(words)
        errors = FormErrorsView(fields)
        table = Self.table(texts, query)
        meta = words.cardMeta
        rings = [0.0, 0.4, 0.96, 1].map { share in
            let ring = Ring.percent(of: share)
            return RingSample(
                ring: ring, progress: texts.common.percent(texts.number(Int64(ring))), isComplete: ring == 100)
        }
        badges = zip(words.badgeNames.indices, words.badgeNames).map { index, name in
            BadgeSample(name: name, initial: String(name.prefix(1)), tint: "tint-\(index)", isEarned: index < 2)
        }
        tabs = words.tabNames.enumerated().map { index, name in
            TabView(name, href: Self.path + "#tabs", isCurrent: index == 0, count: index == 1 ? texts.number(3) : nil)
        }
        empty = EmptySample(title: words.emptyTitle, text: words.emptyText, href: "#cards", label: words.cards)
        timeline = zip(zip(words.timelineDays, words.timelineLines), ["+15", "+40"]).map {
            Line(when: $0.0, text: $0.1, effect: $1)
        }
        figures = zip(words.tableHeads.dropFirst(), [texts.number(48_210), texts.percent(0.63)]).map {
            Figure(label: $0, value: $1)
        }
        charts = Self.charts(texts)
        sparks = words.tableRows.prefix(3).enumerated().map { index, title in
            Spark(
                title: title, value: texts.number(Int64(1_240 - index * 310)),
                spark: Sparkline(Self.rises[index], name: words.sparklineName))
        }
    }

    private static func fields(_ words: GuideTexts) -> [FieldView] {
        let choices = zip(["great", "foyer"], words.choices).map { (value: $0, label: $1) }
        return [
            FieldView(words.name, name: "name", value: words.cardTitle, hint: words.nameHint, longest: 80),
            FieldView(
                words.number, name: "seats", type: "number", value: "0", error: words.numberError, isRequired: true,
                least: "1", most: "400"),
            FieldView(words.date, name: "day", type: "date", value: "2026-05-21"),
            FieldView(choice: words.choice, name: "hall", options: choices, chosen: "foyer"),
            FieldView(area: words.text, name: "text", value: words.cardText, longest: 500),
        ]
    }

    private struct Story: Sendable {
        var title: String
        var readers: Int64
        var finished: Double
        var isNew: Bool
    }

    private static func table(_ texts: Texts, _ query: TableQuery) -> TableView {
        let words = texts.guide
        let figures: [(Int64, Double)] = [(12_480, 0.71), (8_204, 0.58), (19_033, 0.64), (8_204, 0.83)]
        let stories = zip(words.tableRows, figures).enumerated().map { index, story in
            Story(title: story.0, readers: story.1.0, finished: story.1.1, isNew: index == 2)
        }
        let new = words.tableNew
        let columns: [TableColumn<Story>] = [
            TableColumn("story", words.tableHeads[0]) { TableView.Cell($0.title, pill: $0.isNew ? new : nil) }
                .sorted { .text($0.title) },
            TableColumn("readers", words.tableHeads[1], isNumber: true) { TableView.Cell(texts.number($0.readers)) }
                .sorted { .number(Double($0.readers)) },
            TableColumn("finished", words.tableHeads[2], isNumber: true) { TableView.Cell(texts.percent($0.finished)) }
                .sorted { .number($0.finished) },
        ]
        return TableView(
            stories, columns, caption: words.tableCaption, query: query, path: path, texts: texts, perPage: 3)
    }

    // MARK: Charts

    private static let rises: [[Double?]] = [
        [3, 4, 4, 5, 5.5, 6, 7, 8], [4, 3, 3.5, 5, nil, 5, 6, 6], [2, 2, 2, 2, 2, 2, 2, 2],
    ]

    private static func charts(_ texts: Texts) -> [ChartView] {
        let words = texts.guide
        let shares = [0.31, 0.32, 0.34, 0.33, 0.36, 0.37, 0.39, 0.41, 0.4, 0.43, 0.44, 0.46]
        let weeks = (1...12).map { texts.number($0) }
        let line = Chart(
            .line, id: "returning", title: words.line, summary: words.lineSummary, along: words.week, categories: weeks,
            series: [
                Chart.Series(words.seriesNames[0], shares, intervals: shares.map { $0 - 0.035...$0 + 0.035 }),
                Chart.Series(
                    words.seriesNames[1], shares.enumerated().map { $0.offset == 5 ? nil : $0.element - 0.12 }),
            ])
        let months = texts.dates.months.prefix(6).map { $0 }
        let evenings = [420.0, 610, 880, 540, 505, 300]
        let bars = Chart(
            .bars, id: "evenings", title: words.bars, summary: words.barsSummary, along: words.month,
            categories: months,
            series: [Chart.Series(words.seriesNames[2], evenings, intervals: evenings.map { $0 - 60...$0 + 60 })])
        let stacked = Chart(
            .stacked, id: "points", title: words.stacked, summary: words.stackedSummary, along: words.month,
            categories: months,
            series: [
                Chart.Series(words.seriesNames[0], counts: [4_200, 4_350, 4_610, 4_480, 4_700, 4_820]),
                Chart.Series(words.seriesNames[1], counts: [1_900, 2_050, 2_000, 2_210, 2_260, 2_400]),
                Chart.Series(words.seriesNames[2], counts: [300, 420, 610, 900, 1_150, 1_400]),
            ])
        return [
            ChartView(line, texts: texts, path: path) { texts.percent($0) }, ChartView(bars, texts: texts, path: path),
            ChartView(stacked, texts: texts, path: path),
        ]
    }
}
