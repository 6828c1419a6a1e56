/// What the programme would do to invented people: an order, how far it is, and what came out.
struct SimulatorPage: Page {
    static let template = "simulator"

    struct Bar: Sendable, Equatable {
        var x: Int
        var y: Int
        var height: Int
    }

    struct Week: Sendable, Equatable {
        var day: String
        var outstanding: String
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

    init(_ state: SimulatorState, shell: Shell, texts: Texts, csrf: String, isBusy: Bool = false) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.simulator
        var order = SimulatorOrder()
        var share = 0.0
        isMoving = false
        note = isBusy ? words.busy : nil
        switch state {
        case .none: break
        case .running(let done):
            share = done
            isMoving = true
        case .failed: note = words.failed
        case .done(let found):
            order = found.order
            result = Self.result(found, texts)
        }
        percent = String(Int(share * 100))
        progress = words.progress(texts.percent(share))
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
        return Result(
            about: words.about(texts.number(Int64(found.order.members)), texts.number(Int64(found.order.days))),
            reached: texts.number(found.reached), neverReached: texts.number(found.neverReached),
            cancel: words.cancel(texts.number(found.cancelWith), texts.number(found.cancelWithout)), holdOut: holdOut,
            units: found.units.map { unit($0, texts) }, tables: tables.filter { !$0.rows.isEmpty },
            hasSilent: !found.silent.isEmpty, silent: found.silent)
    }

    private static func unit(_ unit: SimulatorResult.Unit, _ texts: Texts) -> UnitView {
        let highest = unit.weeks.map(\.outstanding).max() ?? 0
        let ceiling = HourChart.roundCeiling(max(1, highest))
        return UnitView(
            name: WordingView(unit.unit.other, on: texts.language), issued: texts.number(unit.issued),
            redeemed: texts.number(unit.redeemed), expired: texts.number(unit.expired),
            summary: texts.simulator.chart(texts.amount(highest, unit.unit)),
            bars: unit.weeks.enumerated().map { index, week in
                let height =
                    week.outstanding <= 0 ? 0 : max(1, Int(Double(week.outstanding) / Double(ceiling) * 100))
                return Bar(x: index * 20 + 3, y: 100 - height, height: height)
            }, width: unit.weeks.count * 20,
            weeks: unit.weeks.map { week in
                Week(day: texts.day(week.day, today: week.day), outstanding: texts.number(week.outstanding))
            })
    }

    /// A difference of shares in percentage points, with its sign.
    private static func points(_ difference: Double, _ texts: Texts) -> String {
        let tenths = Int64((difference * 1_000).rounded())
        // Of comma and full stop the one that does not group thousands.
        let sign = texts.dates.grouping == "." ? "," : "."
        let size = texts.number(abs(tenths) / 10) + sign + String(abs(tenths) % 10)
        return (tenths < 0 ? "−" : tenths > 0 ? "+" : "") + size
    }
}
