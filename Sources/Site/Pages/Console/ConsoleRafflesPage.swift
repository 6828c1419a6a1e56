/// The raffles of a programme for its staff, and the draw in two steps.
struct ConsoleRafflesPage: Page {
    static let template = "console-raffles"

    struct Row: Sendable, Equatable {
        var title: WordingView
        var state: String
        var entries: String?
        var taken: String?
        var close: String?
        var draw: String?
        var csrf: String
    }

    /// The second step: what is about to happen, to be said yes to.
    struct Confirm: Sendable, Equatable {
        var text: String
        var announced: WordingView?
        var action: String
        var csrf: String
    }

    var shell: Shell
    var rows: [Row]
    var hasRows: Bool
    var confirm: Confirm?
    var note: String?
    var isGood: Bool

    /// - Parameter drawing: the raffle whose draw was asked for in the first step.
    init(
        _ raffles: ConsoleRaffles, shell: Shell, texts: Texts, csrf: String, drawing: String? = nil,
        outcome: RafflesPage.Outcome? = nil
    ) {
        self.shell = shell
        let words = texts.raffles
        rows = raffles.raffles.map { raffle in
            Row(
                title: WordingView(raffle.title, on: texts.language), state: words.stage(raffle.stage),
                entries: raffle.entries == 0
                    ? nil : words.entries(Int64(raffle.entries), texts.number(Int64(raffle.entries))),
                taken: raffle.stage == .drawn
                    ? words.taken(texts.number(Int64(raffle.taken)), texts.number(Int64(raffle.waiting))) : nil,
                close: raffles.mayDraw && raffle.stage == .ended
                    ? WebLink(path: ["console", "raffles", raffle.id, "close"]).address : nil,
                draw: raffles.mayDraw && raffle.stage == .closed
                    ? WebLink(path: ["console", "raffles", raffle.id]).address : nil, csrf: csrf)
        }
        hasRows = !rows.isEmpty
        if raffles.mayDraw, let raffle = raffles.raffles.first(where: { $0.id == drawing && $0.stage == .closed }) {
            confirm = Confirm(
                text: words.drawConfirm(raffle.title.text),
                announced: raffle.announced.map { WordingView($0, on: texts.language) },
                action: WebLink(path: ["console", "raffles", raffle.id, "draw"]).address, csrf: csrf)
        }
        note = outcome.map { $0 == .done ? words.done : words.refused }
        isGood = outcome != .refused
    }
}
