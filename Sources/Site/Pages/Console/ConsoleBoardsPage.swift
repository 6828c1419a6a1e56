/// Leaderboards in the console: their periods, how many take part and what they gave.
struct ConsoleBoardsPage: Page {
    static let template = "console-boards"

    struct Row: Sendable, Equatable {
        var title: WordingView
        var teams: String?
        var days: String?
        var state: String
        var isRunning: Bool
        var people: [String]
        var prizes: [String]
    }

    var shell: Shell
    var rows: [Row]
    var hasRows: Bool

    init(_ boards: ConsoleBoards, shell: Shell, texts: Texts) {
        self.shell = shell
        let words = texts.together
        rows = boards.boards.flatMap { board in
            board.periods.map { period in
                var days: String?
                if let first = period.first, let last = period.last {
                    days = words.days(texts.date(first, today: boards.today), texts.date(last, today: boards.today))
                }
                return Row(
                    title: WordingView(board.title, on: texts.language),
                    teams: board.teams.map { words.ofTeams($0.text) }, days: days,
                    state: Self.state(period.state, today: boards.today, texts: texts),
                    isRunning: period.state == .running, people: Self.people(period, board, texts),
                    prizes: Self.prizes(period, texts))
            }
        }
        hasRows = !rows.isEmpty
    }

    private static func state(_ state: ConsoleBoards.Period.State, today: LocalDay, texts: Texts) -> String {
        switch state {
        case .running: texts.together.running
        case .waiting(let day): texts.together.waiting(texts.date(day, today: today))
        case .finished: texts.together.finished
        }
    }

    private static func people(
        _ period: ConsoleBoards.Period, _ board: ConsoleBoards.Board, _ texts: Texts
    ) -> [String] {
        let words = texts.together
        if case .waiting = period.state { return [] }
        guard !period.crowds.isEmpty else { return [words.few(texts.number(board.minimum))] }
        return period.crowds.map { crowd in
            crowd.cohort.map { words.cohort($0.text, texts.number(crowd.count)) }
                ?? words.everybody(crowd.count, texts.number(crowd.count))
        }
    }

    private static func prizes(_ period: ConsoleBoards.Period, _ texts: Texts) -> [String] {
        let words = texts.together
        var lines: [String] = []
        if period.prizesGiven > 0 { lines.append(words.given(period.prizesGiven, texts.number(period.prizesGiven))) }
        if period.prizesOpen > 0 { lines.append(words.stillOpen(period.prizesOpen, texts.number(period.prizesOpen))) }
        if let total = period.total, total.count > 0 { lines.append(words.worth(texts.amount(total))) }
        return lines
    }
}
