/// What the programme would do to invented people: an order, how far it is, and what came out.
struct SimulatorPage: Page {
    static let template = "simulator"

    struct Bar: Sendable, Equatable {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
        var isCandidate: Bool
    }

    /// What an address may say.
    enum Note: String { case busy }

    struct Difference: Sendable, Equatable {
        var figure: String
        /// Nothing for what is of all.
        var subject: WordingView?
        var running: String
        var candidate: String
        var difference: String
        /// How far each bar goes in the picture, from 0 to 100, and where it begins.
        var start: Int
        var length: Int
        var y: Int
        var isLess: Bool
    }

    struct Entry: Sendable, Equatable {
        var title: String
        var href: String
        var day: String
        var isCompared: Bool
    }

    struct Problem: Sendable, Equatable {
        var place: String
        var message: String
    }

    struct Week: Sendable, Equatable {
        var day: String
        var outstanding: String
        var candidate: String?
    }

    struct UnitView: Sendable, Equatable {
        var name: WordingView
        var issued: String
        var redeemed: String
        var expired: String
        var summary: String
        var bars: [Bar]
        /// For the SVG's own coordinates: twenty per week.
        var width: Int
        var weeks: [Week]
        var isCompared: Bool
    }

    struct Row: Sendable, Equatable {
        var name: WordingView
        var members: String
    }

    struct Table: Sendable, Equatable {
        var heading: String
        var rows: [Row]
    }

    struct Result: Sendable, Equatable {
        var about: String
        var isDerived: Bool
        var hasTies: Bool
        var isCompared: Bool
        var differences: [Difference]
        var hasDifferences: Bool
        /// The height of the picture of the differences.
        var height: Int
        var reached: String
        var neverReached: String
        var cancel: String
        var holdOut: String
        var units: [UnitView]
        var tables: [Table]
        var hasSilent: Bool
        var silent: [String]
    }

    var shell: Shell
    var csrf: String
    var key: String
    var mayOrder: Bool
    var candidateText: String
    var problems: [Problem]
    var hasProblems: Bool
    var entries: [Entry]
    var hasEntries: Bool
    var members: String
    var days: String
    var seed: String
    var membersMost: String
    var membersLeast: String
    var daysMost: String
    var daysLeast: String
    /// Whether something is under way, so that the page should be loaded again.
    var isMoving: Bool
    /// From 0 to 100.
    var percent: String
    var progress: String
    var note: String?
    var result: Result?

    /// - Parameters:
    ///   - order: what stands in the form; `nil` for what was simulated last.
    ///   - problems: why an order was refused.
    init(
        _ desk: SimulatorDesk, order given: SimulatorOrder? = nil, problems: [SimulatorProblem] = [],
        note said: Note? = nil,
        shell: Shell, texts: Texts, csrf: String, key: String
    ) {
        self.shell = shell
        self.csrf = csrf
        self.key = key
        let words = texts.simulator
        var order = SimulatorOrder()
        mayOrder = desk.mayOrder
        self.problems = problems.map { Problem(place: $0.place, message: $0.message) }
        hasProblems = !problems.isEmpty
        entries = desk.entries.map { entry in
            Entry(
                title: words.about(texts.number(entry.members), texts.number(entry.days)),
                href: "/console/simulator?run=" + entry.id, day: texts.day(entry.day, today: desk.today),
                isCompared: entry.isCompared)
        }
        hasEntries = !entries.isEmpty
        var share = 0.0
        isMoving = false
        note = said == .busy ? words.busy : nil
        switch desk.state {
        case .none: break
        case .running(let done):
            share = done
            isMoving = true
        case .failed: note = words.failed
        case .done(let found):
            order = found.order
            result = Self.result(found, texts)
        }
        percent = String(Ring.percent(of: share))
        progress = words.progress(texts.percent(share))
        order = given ?? order
        candidateText = order.candidate
        members = String(order.members)
        days = String(order.days)
        seed = String(order.seed)
        membersLeast = String(SimulatorOrder.members.lowerBound)
        membersMost = String(SimulatorOrder.members.upperBound)
        daysLeast = String(SimulatorOrder.days.lowerBound)
        daysMost = String(SimulatorOrder.days.upperBound)
    }

    private static func result(_ found: SimulatorResult, _ texts: Texts) -> Result {
        let words = texts.simulator
        func rows(_ rows: [SimulatorResult.Row]) -> [Row] {
            rows.map { Row(name: WordingView($0.name, on: texts.language), members: texts.number($0.members)) }
        }
        let tables = [
            Table(heading: words.challenges, rows: rows(found.challenges)),
            Table(heading: words.tiers, rows: rows(found.tiers)),
            Table(heading: words.rewards, rows: rows(found.rewards)),
        ]
        let holdOut =
            found.interval.map { words.holdOut(points($0.lowerBound, texts), points($0.upperBound, texts)) }
            ?? words.noHoldOut
        let compared = found.isCompared ? differences(found.differences, texts) : []
        return Result(
            about: words.about(texts.number(Int64(found.order.members)), texts.number(Int64(found.order.days))),
            isDerived: found.isDerived, hasTies: found.hasTies, isCompared: found.isCompared, differences: compared,
            hasDifferences: !compared.isEmpty, height: compared.count * Self.rowHeight,
            reached: texts.number(found.reached), neverReached: texts.number(found.neverReached),
            cancel: words.cancel(texts.number(found.cancelWith), texts.number(found.cancelWithout)), holdOut: holdOut,
            units: found.units.map { unit($0, texts) }, tables: tables.filter { !$0.rows.isEmpty },
            hasSilent: !found.silent.isEmpty, silent: found.silent)
    }

    private static let rowHeight = 20

    /// Where the two differ, each as a bar from the middle: how much more or less the candidate does, against the larger of both.
    private static func differences(_ all: [SimulatorResult.Difference], _ texts: Texts) -> [Difference] {
        all.filter { $0.running != $0.candidate }.enumerated().map { place, one in
            let largest = max(abs(one.running), abs(one.candidate))
            let share = largest == 0 ? 0 : (one.candidate - one.running) / (2 * largest)
            let length = max(1, Int((abs(share) * 200).rounded()))
            return Difference(
                figure: label(one.figure, texts.simulator),
                subject: one.subject.map { WordingView($0, on: texts.language) }, running: number(one.running, texts),
                candidate: number(one.candidate, texts),
                difference: (one.candidate > one.running ? "+" : "−")
                    + number(abs(one.candidate - one.running), texts), start: share < 0 ? 100 - min(100, length) : 100,
                length: min(100, length), y: place * rowHeight + 3, isLess: share < 0)
        }
    }

    private static func label(_ figure: SimulatorResult.Difference.Figure, _ words: SimulatorTexts) -> String {
        switch figure {
        case .reached: words.figures.reached
        case .neverReached: words.figures.neverReached
        case .issued: words.figures.issued
        case .redeemed: words.figures.redeemed
        case .expired: words.figures.expired
        case .outstanding: words.figures.outstanding
        case .times: words.figures.times
        case .completed: words.figures.completed
        case .members: words.figures.members
        case .taken: words.figures.taken
        case .cancel: words.figures.cancel
        case .visits: words.figures.visits
        }
    }

    /// A whole number, or one decimal.
    private static func number(_ value: Double, _ texts: Texts) -> String {
        let tenths = Int64((value * 10).rounded())
        guard tenths % 10 != 0 else { return texts.number(tenths / 10) }
        return (tenths < 0 ? "−" : "") + texts.number(abs(tenths) / 10) + decimalSign(texts) + String(abs(tenths) % 10)
    }

    /// Of comma and full stop the one that does not group thousands.
    private static func decimalSign(_ texts: Texts) -> String { texts.dates.grouping == "." ? "," : "." }

    private static func unit(_ unit: SimulatorResult.Unit, _ texts: Texts) -> UnitView {
        let highest = (unit.weeks + unit.candidate).map(\.outstanding).max() ?? 0
        let ceiling = HourChart.roundCeiling(max(1, highest))
        func bars(_ weeks: [SimulatorResult.Week], isCandidate: Bool) -> [Bar] {
            let width = unit.candidate.isEmpty ? 14 : 7
            return weeks.enumerated().map { index, week in
                let height =
                    week.outstanding <= 0 ? 0 : max(1, Int(Double(week.outstanding) / Double(ceiling) * 100))
                return Bar(
                    x: index * 20 + 3 + (isCandidate ? width : 0), y: 100 - height, width: width, height: height,
                    isCandidate: isCandidate)
            }
        }
        return UnitView(
            name: WordingView(unit.unit.other, on: texts.language), issued: texts.number(unit.issued),
            redeemed: texts.number(unit.redeemed), expired: texts.number(unit.expired),
            summary: texts.simulator.chart(texts.amount(highest, unit.unit)),
            bars: bars(unit.weeks, isCandidate: false) + bars(unit.candidate, isCandidate: true),
            width: unit.weeks.count * 20,
            weeks: unit.weeks.enumerated().map { index, week in
                Week(
                    day: texts.day(week.day, today: week.day), outstanding: texts.number(week.outstanding),
                    candidate: unit.candidate.indices.contains(index)
                        ? texts.number(unit.candidate[index].outstanding) : nil)
            }, isCompared: !unit.candidate.isEmpty)
    }

    /// A difference of shares in percentage points, with its sign.
    private static func points(_ difference: Double, _ texts: Texts) -> String {
        let tenths = Int64((difference * 1_000).rounded())
        let size = texts.number(abs(tenths) / 10) + decimalSign(texts) + String(abs(tenths) % 10)
        return (tenths < 0 ? "−" : tenths > 0 ? "+" : "") + size
    }
}
