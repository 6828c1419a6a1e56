/// What has changed, over several members each: the one page of whoever leads people.
struct MeasuresPage: Page {
    static let template = "measures"

    struct Row: Sendable, Equatable {
        var title: String
        var members: String
        var baseline: String
        var since: String
        var change: String
    }

    struct Table: Sendable, Equatable {
        var title: WordingView
        var why: WordingView?
        var rows: [Row]
        var effect: String?
        var few: String
    }

    var shell: Shell
    var tables: [Table]
    var hasTables: Bool

    init(_ measures: [MeasureTable], shell: Shell, texts: Texts) {
        self.shell = shell
        let words = texts.measures
        func points(_ change: Double) -> String {
            (change < 0 ? "−" : "+") + texts.percent(abs(change))
        }
        func change(_ value: Double, _ low: Double, _ high: Double) -> String {
            points(value) + texts.sentenceGap + words.interval(points(low), points(high))
        }
        tables = measures.map { measure in
            Table(
                title: WordingView(measure.title, on: texts.language),
                why: measure.why.map { WordingView($0, on: texts.language) },
                rows: measure.rows.map { row in
                    let title: String
                    switch row.title {
                    case .all: title = words.all
                    case .treated: title = words.treated
                    case .heldOut: title = words.heldOut
                    case .group(let name): title = name
                    }
                    guard let figures = row.figures else {
                        return Row(title: title, members: words.tooFew, baseline: "–", since: "–", change: "–")
                    }
                    return Row(
                        title: title, members: texts.number(figures.members),
                        baseline: texts.percent(figures.baseline), since: texts.percent(figures.since),
                        change: change(figures.change, figures.low, figures.high))
                },
                effect: measure.effect.map { words.change(change($0.change, $0.low, $0.high)) },
                few: words.few(texts.number(measure.minimum)))
        }
        hasTables = !tables.isEmpty
    }
}

extension StamgastSite {
    /// The address of the page.
    static let aggregates = "/console/measures"
}
