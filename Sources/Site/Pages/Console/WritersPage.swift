/// The console's list of readers to write to today.
struct WritersPage: Page {
    static let template = "writers"

    struct Request: Sendable, Equatable {
        var face: FaceView
        var reader: String
        var why: WordingView
        var day: String
        var action: String
        var field: String
        var draft: String
        var lang: String?
        var mayWrite: Bool
    }

    var shell: Shell
    var csrf: String
    var note: String?
    var isGood: Bool
    var requests: [Request]
    var hasRequests: Bool
    var tally: [String]

    init(_ desk: WritersDesk, shell: Shell, texts: Texts, csrf: String, outcome: HumanOutcome? = nil) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.writers
        note = outcome.map { texts.staffWord(for: $0) }
        isGood = outcome == .done
        requests = desk.requests.map { request in
            Request(
                face: FaceView(request.signer, on: texts.language), reader: words.reader(request.reader),
                why: WordingView(request.why, on: texts.language), day: texts.day(request.day, today: desk.today),
                action: WebLink(path: ["console", "letters", request.id]).address, field: "text-" + request.id,
                draft: request.draft.text, lang: WordingView(request.draft, on: texts.language).lang,
                mayWrite: request.mayWrite)
        }
        hasRequests = !requests.isEmpty
        tally =
            [words.tally(texts.number(desk.sent))] + (desk.hearts.map { [words.hearts(texts.number($0) + "+")] } ?? [])
            + (desk.thanks.map { [words.thanks(texts.number($0) + "+")] } ?? [])
    }
}

/// The console's list of proposals.
struct ModerationPage: Page {
    static let template = "moderation"

    struct Proposal: Sendable, Equatable {
        var proposal: ProposalsPage.Proposal
        var action: String
        var field: String

        init(_ proposal: ProposalDesk.Proposal, today: LocalDay, texts: Texts) {
            self.proposal = ProposalsPage.Proposal(proposal, today: today, texts: texts)
            action = WebLink(path: ["console", "proposals", proposal.id]).address
            field = "reason-" + proposal.id
        }
    }

    var shell: Shell
    var csrf: String
    var note: String?
    var isGood: Bool
    var waiting: [Proposal]
    var hasWaiting: Bool
    var open: [Proposal]
    var hasOpen: Bool
    var over: [Proposal]
    var hasOver: Bool
    var mayDecide: Bool
    var version: String

    init(_ desk: ModerationDesk, shell: Shell, texts: Texts, csrf: String, outcome: HumanOutcome? = nil) {
        self.shell = shell
        self.csrf = csrf
        note = outcome.map { texts.staffWord(for: $0) }
        isGood = outcome == .done
        func views(_ proposals: [ProposalDesk.Proposal]) -> [Proposal] {
            proposals.map { Proposal($0, today: desk.today, texts: texts) }
        }
        waiting = views(desk.waiting)
        hasWaiting = !waiting.isEmpty
        open = views(desk.open)
        hasOpen = !open.isEmpty
        over = views(desk.over)
        hasOver = !over.isEmpty
        mayDecide = desk.mayDecide
        version = texts.writers.inVersion(texts.number(Int64(desk.version)))
    }
}

extension Texts {
    func staffWord(for outcome: HumanOutcome) -> String {
        switch outcome {
        case .done, .sent: writers.done
        case .unreadable: writers.unreadable
        case .tooMany, .notYet, .over: writers.over
        }
    }
}
