/// What members propose, and the votes on it.
struct ProposalsPage: Page {
    static let template = "proposals"

    struct Proposal: Sendable, Equatable {
        var text: WordingView
        var kind: String
        var state: String
        var until: String?
        var vote: String
        var withdraw: String
        var isOpen: Bool
        var mayWithdraw: Bool
        var isFor: Bool
        var isAgainst: Bool
        var chosen: String?
        var counts: String?
        var outcome: String?
        var answer: String?

        init(_ proposal: ProposalDesk.Proposal, today: LocalDay, texts: Texts) {
            let words = texts.proposals
            text = WordingView(proposal.text, on: texts.language)
            kind = texts.word(for: proposal.kind)
            state = texts.word(for: proposal.state)
            until = proposal.state == .open ? proposal.until.map { words.until(texts.day($0, today: today)) } : nil
            vote = WebLink(path: ["m", "proposals", proposal.id, "vote"]).address
            withdraw = WebLink(path: ["m", "proposals", proposal.id, "withdraw"]).address
            isOpen = proposal.state == .open
            mayWithdraw = proposal.isMine && (proposal.state == .open || proposal.state == .waiting)
            isFor = proposal.own == .inFavour
            isAgainst = proposal.own == .against
            chosen = proposal.own.map { words.chosen($0 == .inFavour ? words.inFavour : words.against) }
            func shown(_ count: Int64?) -> String { count.map { texts.number($0) + "+" } ?? words.few }
            counts =
                proposal.showsCounts ? words.counts(shown(proposal.inFavour), shown(proposal.against)) : nil
            outcome = proposal.outcome.map {
                switch $0 {
                case .inFavour: words.outcomeFor
                case .against: words.outcomeAgainst
                case .noQuorum: words.outcomeNoQuorum
                }
            }
            answer = proposal.answer
        }
    }

    var shell: Shell
    var csrf: String
    var key: String
    var note: String?
    var isGood: Bool
    var isTaken: Bool
    var open: [Proposal]
    var hasOpen: Bool
    var answered: [Proposal]
    var hasAnswered: Bool
    var mine: [Proposal]
    var hasMine: Bool

    init(_ desk: ProposalDesk, shell: Shell, texts: Texts, csrf: String, key: String, outcome: HumanOutcome? = nil) {
        self.shell = shell
        self.csrf = csrf
        self.key = key
        note = outcome.map { texts.word(for: $0) }
        isGood = outcome == .done || outcome == .sent
        isTaken = desk.isOpen
        func views(_ proposals: [ProposalDesk.Proposal]) -> [Proposal] {
            proposals.map { Proposal($0, today: desk.today, texts: texts) }
        }
        open = views(desk.open)
        hasOpen = !open.isEmpty
        answered = views(desk.answered)
        hasAnswered = !answered.isEmpty
        mine = views(desk.mine)
        hasMine = !mine.isEmpty
    }
}

extension Texts {
    func word(for kind: ProposalDesk.Proposal.Kind) -> String {
        switch kind {
        case .rule: proposals.rule
        case .reward: proposals.reward
        case .idea: proposals.idea
        }
    }

    func word(for state: ProposalDesk.State) -> String {
        switch state {
        case .waiting: proposals.waiting
        case .open: proposals.open
        case .over: proposals.over
        case .refused: proposals.refused
        case .adopted: proposals.adopted
        case .declined: proposals.declined
        case .withdrawn: proposals.withdrawn
        }
    }

    func word(for outcome: HumanOutcome) -> String {
        switch outcome {
        case .done: proposals.done
        case .sent: proposals.sent
        case .unreadable: proposals.unreadable
        case .tooMany: proposals.tooMany
        case .notYet: proposals.notYet
        case .over: proposals.decided
        }
    }
}
