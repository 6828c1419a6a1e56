/// What a back-test or a replay came to: bars with their numbers beside them.
struct BacktestResultPage: Page {
    static let template = "backtest-result"

    struct Bar: Sendable, Equatable {
        var source: String
        var before: String
        var after: String
        var difference: String
        /// In hundredths of the largest of the unit.
        var beforeWidth: Int
        var afterWidth: Int
    }

    struct UnitView: Sendable, Equatable {
        var name: WordingView
        var bars: [Bar]
        var facts: [String]
    }

    struct Row: Sendable, Equatable {
        var title: String
        var lang: String?
        var value: String
    }

    struct Part: Sendable, Equatable {
        var heading: String
        var about: String
        var units: [UnitView]
        var rows: [Row]
        var hasRows: Bool
        var isSame: Bool
    }

    struct Note: Sendable, Equatable {
        var id: String
        var text: String
    }

    var shell: Shell
    var csrf: String
    var heading: String
    /// Whether something is under way, so that the page should be loaded again.
    var isMoving: Bool
    var address: String
    /// From 0 to 100.
    var percent: String
    var progress: String
    var note: String?
    var mayStop: Bool
    var changes: [BacktestPage.Change]
    var hasChanges: Bool
    var parts: [Part]
    var notes: [Note]
    var hasNotes: Bool
    var replay: [Row]
    var hasReplay: Bool
    var differences: [Note]
    var hasDifferences: Bool

    init(_ sheet: BacktestSheet, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.backtests
        heading = sheet.kind == .backtest ? words.backtest : words.replay
        address = "/console/backtests/\(sheet.id)"
        var share = 0.0
        isMoving = false
        switch sheet.state {
        case .running(let done):
            share = done
            isMoving = true
        case .done: break
        case .cancelled: note = words.cancelled
        case .failed(let reason): note = words.failed + texts.sentenceGap + reason
        }
        mayStop = isMoving && sheet.mayStop
        percent = String(Int(share * 100))
        progress = words.progress(texts.percent(share))
        changes = sheet.changes.map { BacktestPage.Change($0, words) }
        hasChanges = !changes.isEmpty
        var parts: [Part] = []
        if let counters = sheet.counters {
            parts.append(
                Self.part(counters, words.fromCounters, words.members(texts.number(counters.members)), texts))
        }
        if let events = sheet.events {
            parts.append(
                Self.part(
                    events, words.fromEvents,
                    words.kept(texts.number(sheet.keptEvents), texts.number(sheet.claims)), texts))
        }
        self.parts = parts
        notes = sheet.uncovered.map { Note(id: $0.id, text: $0.text) }
        hasNotes = !notes.isEmpty
        let found = sheet.replay
        replay =
            found.map { found in
                [
                    Row(title: words.effects, value: texts.number(found.effects)),
                    Row(title: words.ofRules, value: texts.number(found.ofRules)),
                    Row(title: words.covered, value: texts.percent(found.share)),
                    Row(title: words.differing, value: texts.number(found.differing)),
                ]
            } ?? []
        hasReplay = found != nil
        differences = found?.differences.map { Note(id: $0.id, text: $0.text) } ?? []
        hasDifferences = !differences.isEmpty
    }

    private static func part(_ part: BacktestSheet.Part, _ heading: String, _ about: String, _ texts: Texts) -> Part {
        let words = texts.backtests
        func members(_ count: Int64?) -> String { count.map { texts.number($0) } ?? words.few }
        var rows = part.moves.map { move in
            let name = words.move(move.from?.text ?? words.noTier, move.to?.text ?? words.noTier)
            return Row(
                title: name,
                lang: WordingView(move.to ?? move.from ?? Wording("", texts.language), on: texts.language).lang,
                value: words.members(members(move.members)))
        }
        rows += part.achievements.map { achievement in
            let name = WordingView(achievement.name, on: texts.language)
            return Row(
                title: name.text, lang: name.lang,
                value: words.gained(members(achievement.gained), members(achievement.lost)))
        }
        let units = part.units.map { unit($0, members, texts) }
        return Part(
            heading: heading, about: about, units: units, rows: rows, hasRows: !rows.isEmpty,
            isSame: rows.isEmpty && units.isEmpty)
    }

    private static func unit(
        _ unit: BacktestSheet.Unit, _ members: (Int64?) -> String, _ texts: Texts
    ) -> UnitView {
        let words = texts.backtests
        let highest = max(1, unit.rows.flatMap { [$0.given.before, $0.given.after] }.max() ?? 1)
        func width(_ amount: Int64) -> Int {
            amount <= 0 ? 0 : max(1, Int(Double(amount) / Double(highest) * 100))
        }
        func signed(_ amount: Int64) -> String {
            (amount < 0 ? "−" : amount > 0 ? "+" : "") + texts.number(abs(amount))
        }
        var facts = [words.moved(members(unit.more), members(unit.less))]
        if let owed = unit.owed {
            facts.append(words.owed(texts.number(owed.before), texts.number(owed.after)))
        }
        if let money = unit.money { facts.append(words.money(money.before, money.after)) }
        return UnitView(
            name: WordingView(unit.unit.other, on: texts.language),
            bars: unit.rows.map { row in
                Bar(
                    source: row.source, before: texts.number(row.given.before), after: texts.number(row.given.after),
                    difference: signed(row.given.after - row.given.before), beforeWidth: width(row.given.before),
                    afterWidth: width(row.given.after))
            }, facts: facts)
    }
}
