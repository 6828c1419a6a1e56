/// What is owed in points, with a chart of the closing balances.
struct BooksPage: Page {
    static let template = "books"

    struct Bar: Sendable, Equatable {
        var x: Int
        /// From the top of a chart that is 100 high.
        var y: Int
        var height: Int
    }

    struct Row: Sendable, Equatable {
        var month: String
        var opening: String
        var issued: String
        var redeemed: String
        var expired: String
        var other: String
        var closing: String
    }

    struct UnitView: Sendable, Equatable {
        var name: WordingView
        var outstanding: String
        var breakage: String
        var deferred: String?
        var summary: String
        var bars: [Bar]
        /// For the SVG's own coordinates: twenty per month.
        var width: Int
        var rows: [Row]
    }

    var shell: Shell
    var units: [UnitView]

    init(_ books: [UnitBooks], shell: Shell, texts: Texts) {
        self.shell = shell
        units = books.map { unit in
            let highest = unit.months.map(\.closing).max() ?? 0
            let ceiling = HourChart.roundCeiling(max(1, highest))
            return UnitView(
                name: WordingView(unit.unit.other, on: texts.language),
                outstanding: texts.amount(unit.outstanding, unit.unit),
                breakage: texts.amount(unit.expectedBreakage, unit.unit), deferred: unit.deferred,
                summary: texts.books.chart(texts.amount(highest, unit.unit)),
                bars: unit.months.enumerated().map { index, month in
                    let height =
                        month.closing <= 0 ? 0 : max(1, Int(Double(month.closing) / Double(ceiling) * 100))
                    return Bar(x: index * 20 + 3, y: 100 - height, height: height)
                }, width: unit.months.count * 20,
                rows: unit.months.map { month in
                    Row(
                        month: month.month, opening: texts.number(month.opening), issued: texts.number(month.issued),
                        redeemed: texts.number(month.redeemed), expired: texts.number(month.expired),
                        other: texts.number(month.other), closing: texts.number(month.closing))
                })
        }
    }
}

/// Orders for many members and how far they are.
struct JobsPage: Page {
    static let template = "jobs"

    struct Row: Sendable, Equatable {
        var order: String
        var condition: String?
        var state: String
        var progress: String
        /// From 0 to 100.
        var percent: String
        var changed: String
        var unchanged: String
        var refused: String
        var isOpen: Bool
        var mayStop: Bool
        var action: String
    }

    var shell: Shell
    var csrf: String
    var key: String
    var units: [String]
    var mayOrder: Bool
    var rows: [Row]
    var hasRows: Bool
    /// Whether something is under way, so that the page should be loaded again.
    var isMoving: Bool
    var note: String?
    var isGood: Bool
    /// The condition that was refused, so that nothing typed is lost.
    var typed: String

    init(
        _ data: JobList, shell: Shell, texts: Texts, csrf: String, key: String, problem: String? = nil,
        started: Bool = false, typed: String = ""
    ) {
        self.shell = shell
        self.typed = typed
        self.csrf = csrf
        self.key = key
        let words = texts.jobs
        units = data.units
        mayOrder = data.mayOrder && !data.units.isEmpty
        rows = data.jobs.map { job in
            let isOpen = job.state == .waiting || job.state == .running
            return Row(
                order: job.order, condition: job.condition, state: texts.word(for: job.state),
                progress: words.progress(texts.percent(job.share)), percent: String(Ring.percent(of: job.share)),
                changed: texts.number(job.changed), unchanged: texts.number(job.unchanged),
                refused: texts.number(job.refused), isOpen: isOpen, mayStop: isOpen && data.mayOrder,
                action: WebLink(path: ["console", "jobs", job.id]).address)
        }
        hasRows = !rows.isEmpty
        isMoving = rows.contains(where: \.isOpen)
        isGood = problem == nil
        note = problem.map { words.problem($0) } ?? (started ? words.started : nil)
    }
}

extension Texts {
    func word(for state: ConsoleJob.State) -> String {
        switch state {
        case .waiting: jobs.waiting
        case .running: jobs.running
        case .done: jobs.done
        case .cancelled: jobs.cancelled
        case .failed: jobs.failed
        }
    }
}
