/// The console's first page: today in figures and hours, and what happens now.
struct ConsoleOverview: Page {
    static let template = "console"

    struct Figure: Sendable, Equatable {
        var label: String
        var value: String
        var main: Bool
    }

    struct Row: Sendable, Equatable {
        var time: String
        var type: String
        var rules: String
        var outcome: String
        var tone: String
        var points: String
    }

    var shell: Shell
    var dateline: String
    var asOf: String
    var vitals: VitalsView?
    var figures: [Figure]
    var issued: String
    var spent: String?
    var chart: HourChart
    var rows: [Row]
    var hasRows: Bool

    init(_ data: ConsoleToday, shell: Shell, texts: Texts) {
        self.shell = shell
        let words = texts.console
        vitals = data.vitals.map { VitalsView($0, texts: texts) }
        dateline = texts.dateline(data.now.day)
        asOf = words.asOf(data.now.minute.map { texts.time($0) } ?? texts.day(data.now.day, today: data.now.day))
        figures = [
            Figure(label: words.events, value: texts.number(data.events), main: true),
            Figure(label: words.awards, value: texts.number(data.awards), main: true),
            Figure(label: words.limited, value: texts.number(data.limited), main: false),
            Figure(label: words.badges, value: texts.number(data.badges), main: false),
            Figure(label: words.redemptions, value: texts.number(data.redemptions), main: false),
            Figure(label: words.quarantined, value: texts.number(data.quarantined), main: false),
        ]
        issued = data.issued.isEmpty ? words.nothingIssued : texts.list(data.issued.map { texts.amount($0) })
        spent = data.spent.isEmpty ? nil : texts.list(data.spent.map { texts.amount($0) })
        chart = HourChart(data.hours, currentHour: data.now.minute.map { $0 / 60 }, texts: texts)
        rows = data.recent.prefix(30).map { Self.row(of: $0, texts: texts) }
        hasRows = !rows.isEmpty
    }

    static func row(of event: ConsoleEvent, texts: Texts) -> Row {
        Row(
            time: event.at.minute.map { texts.time($0) } ?? "", type: event.type,
            rules: texts.list(event.rules), outcome: texts.word(for: event.outcome), tone: event.outcome.rawValue,
            points: event.points.map { texts.amount($0) } ?? "")
    }
}

extension Texts {
    func word(for outcome: ConsoleEvent.Outcome) -> String {
        switch outcome {
        case .effects: console.outcomeEffects
        case .noRule: console.outcomeNoRule
        case .limited: console.outcomeLimited
        case .quarantined: console.outcomeQuarantined
        case .duplicate: console.outcomeDuplicate
        }
    }
}

/// Events and awards by hour, as bars in a grid of 24 columns and as a table with the same figures.
struct HourChart: Sendable, Equatable {
    struct Bar: Sendable, Equatable {
        var x: Int
        /// From the top of a chart that is 100 high.
        var eventsY: Int
        var eventsHeight: Int
        var awardsY: Int
        var awardsHeight: Int
        var now: Bool
    }

    struct TableRow: Sendable, Equatable {
        var hour: String
        var events: String
        var awards: String
    }

    var bars: [Bar]
    var table: [TableRow]
    /// The value at the top line, a round number, and half of it.
    var top: String
    var half: String
    var summary: String
    var hasEvents: Bool

    /// Each hour is ten wide.
    init(_ hours: [ConsoleToday.Hour], currentHour: Int?, texts: Texts) {
        let known = hours.filter { (0...23).contains($0.hour) }.sorted { $0.hour < $1.hour }
        let peak = known.max { $0.events < $1.events }
        let ceiling = Self.roundCeiling(peak?.events ?? 0)
        func height(_ value: Int64) -> Int {
            value <= 0 ? 0 : max(1, Int(Double(min(value, ceiling)) / Double(ceiling) * 100))
        }
        bars = known.map { hour in
            let (events, awards) = (height(hour.events), height(hour.awards))
            return Bar(
                x: hour.hour * 10 + 2, eventsY: 100 - events, eventsHeight: events, awardsY: 100 - awards,
                awardsHeight: awards, now: hour.hour == currentHour)
        }
        table = known.map { hour in
            TableRow(
                hour: texts.time(hour.hour * 60), events: texts.number(hour.events), awards: texts.number(hour.awards))
        }
        top = texts.number(ceiling)
        half = texts.number(ceiling / 2)
        let total = known.reduce(Int64(0)) { $0.addingReportingOverflow($1.events).partialValue }
        hasEvents = (peak?.events ?? 0) > 0
        summary =
            hasEvents
            ? texts.console.chartSummary(
                texts.number(total), texts.number(Int64(peak?.hour ?? 0)), texts.number(peak?.events ?? 0))
            : texts.console.chartEmpty
    }

    /// The smallest of 2, 4, 10, 20, 40, 100, … that is not below the value, so that half of it is whole.
    static func roundCeiling(_ value: Int64) -> Int64 {
        var step: Int64 = 1
        while step < Int64.max / 100 {
            for factor: Int64 in [2, 4, 10] where factor * step >= value { return factor * step }
            step *= 10
        }
        return Int64.max
    }
}
