/// How members are spread over streaks and tiers, and the form that repairs days.
struct HabitsPage: Page {
    static let template = "habits"

    struct Row: Sendable, Equatable {
        var title: WordingView
        var members: String
    }

    struct Table: Sendable, Equatable {
        var title: WordingView
        var rows: [Row]
        var repaired: String?
        var action: String?
        var day: String
        var csrf: String
    }

    /// What came of a repair just asked for.
    enum Outcome: String, Sendable, CaseIterable { case done, refused }

    var shell: Shell
    var tables: [Table]
    var sample: String?
    var result: String?

    init(_ figures: HabitFigures, shell: Shell, texts: Texts, csrf: String, outcome: Outcome? = nil) {
        self.shell = shell
        let words = texts.console
        tables = figures.tables.map { table in
            Table(
                title: WordingView(table.title, on: texts.language),
                rows: table.cells.map { cell in
                    Row(
                        title: WordingView(cell.title, on: texts.language),
                        members: cell.members.map { texts.number($0) }
                            ?? words.habitsFew(texts.number(HabitFigures.least)))
                },
                repaired: table.repairs.isEmpty
                    ? nil
                    : words.repaired(
                        texts.list(
                            table.repairs.map { span in
                                span.from == span.to
                                    ? texts.date(span.from, today: figures.today)
                                    : texts.date(span.from, today: figures.today) + "–"
                                        + texts.date(span.to, today: figures.today)
                            })),
                action: figures.mayRepair && !table.id.isEmpty
                    ? WebLink(path: ["console", "streaks", table.id, "repairs"]).address : nil,
                day: figures.today.iso, csrf: csrf)
        }
        sample = figures.sample.map { words.habitsSample(texts.number($0)) }
        result = outcome.map { $0 == .done ? words.repairDone : words.repairRefused }
    }
}
