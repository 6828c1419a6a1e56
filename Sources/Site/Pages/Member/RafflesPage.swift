/// The raffles of a programme: tickets, prizes, and how anyone checks the draw.
struct RafflesPage: Page {
    static let template = "raffles"

    struct Fact: Sendable, Equatable {
        var label: String
        var value: String
    }

    struct RaffleView: Sendable, Equatable {
        var title: WordingView
        var summary: WordingView?
        var state: String
        var days: String
        var prizes: [String]
        var mine: String
        var won: [String]
        var hasWon: Bool
        var take: String?
        var takeUntil: String?
        var free: String?
        var buy: String?
        var giveBack: Bool
        var action: String
        var facts: [Fact]
        var document: String
        var csrf: String
        var key: String
    }

    /// What came of what the member just asked.
    enum Outcome: String, Sendable, CaseIterable { case done, refused }

    var shell: Shell
    var raffles: [RaffleView]
    var hasRaffles: Bool
    var note: String?
    var isGood: Bool

    init(_ desk: RaffleDesk, shell: Shell, texts: Texts, csrf: String, key: String, outcome: Outcome? = nil) {
        self.shell = shell
        let words = texts.raffles
        raffles = desk.raffles.map { raffle in
            let isOpen = raffle.stage == .open && raffle.tickets < raffle.most
            return RaffleView(
                title: WordingView(raffle.title, on: texts.language),
                summary: raffle.summary.map { WordingView($0, on: texts.language) },
                state: words.stage(raffle.stage),
                days: words.days(
                    texts.date(raffle.from, today: desk.today), texts.date(raffle.until, today: desk.today)),
                prizes: raffle.prizes.map {
                    $0.count == 1 ? $0.name.text : "\(texts.number($0.count)) × \($0.name.text)"
                },
                mine: words.mine(texts.number(raffle.tickets), texts.number(raffle.most)),
                won: raffle.won.map { words.won($0.text) }, hasWon: !raffle.won.isEmpty,
                take: raffle.toTake.map { words.take($0.prize.text) },
                takeUntil: raffle.toTake?.until.map { words.takeUntil(texts.date($0, today: desk.today)) },
                free: isOpen && raffle.freeLeft > 0 ? words.free : nil,
                buy: isOpen ? raffle.price.map { words.buy(texts.amount($0)) } : nil,
                giveBack: raffle.returnable > 0,
                action: WebLink(path: ["m", "raffles", raffle.id]).address,
                facts: Self.facts(raffle, texts), document: raffle.proof.document, csrf: csrf, key: key)
        }
        hasRaffles = !raffles.isEmpty
        note = outcome.map { $0 == .done ? words.done : words.refused }
        isGood = outcome != .refused
    }

    private static func facts(_ raffle: RaffleDesk.Raffle, _ texts: Texts) -> [Fact] {
        let words = texts.raffles
        let proof = raffle.proof
        var facts: [Fact] = []
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append(Fact(label: label, value: value)) }
        }
        add(words.lines, raffle.lines.isEmpty ? nil : raffle.lines.joined(separator: ", "))
        add(words.commitment, proof.commitment)
        add(words.announced, proof.announced?.text)
        add(
            words.root,
            proof.root.map { "\($0) (\(words.entries(Int64(proof.entries), texts.number(Int64(proof.entries)))))" })
        add(words.beacon, proof.beacon)
        add(words.seed, proof.seed)
        return facts
    }
}
