/// What somebody said about a request, and what was wrong with it.
struct ApprovalForm: Sendable, Equatable {
    var request: String
    var reason = ""
    var problem: String
}

/// Corrections that wait for a second person, and those that had one.
struct ApprovalsPage: Page {
    static let template = "approvals"

    struct Request: Sendable, Equatable {
        var id: String
        var change: String
        var member: String
        var memberPage: String
        var reason: String
        var asked: String
        var until: String
        var isOwn: Bool
        var action: String
        var field: FieldView
        var errors: FormErrorsView?
    }

    var shell: Shell
    var csrf: String
    var intro: String
    var done: String?
    var problem: String?
    var requests: [Request]
    var hasRequests: Bool
    var table: TableView?

    init(
        _ desk: ApprovalDesk, form: ApprovalForm? = nil, done: String? = nil, query: TableQuery = TableQuery(),
        shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.approvals
        self.shell = shell
        self.csrf = csrf
        self.done = done
        intro = words.intro(texts.number(desk.limit))
        requests = desk.waiting.map { request in
            let asked = form?.request == request.id ? form : nil
            let field = FieldView(
                words.reason, id: "reason-" + request.id, name: "reason", value: asked?.reason ?? "",
                error: asked?.problem, isRequired: true, longest: 400)
            return Request(
                id: "request-" + request.id, change: Self.signed(request.change, texts),
                member: String(request.member.prefix(8)),
                memberPage: WebLink(path: ["console", "members", request.member]).address, reason: request.reason,
                asked: words.asked(request.askedBy, texts.date(request.day, today: desk.today)),
                until: words.until(texts.date(request.until, today: desk.today)), isOwn: request.isOwn,
                action: WebLink(path: ["console", "approvals", request.id]).address, field: field,
                errors: FormErrorsView([field]))
        }
        hasRequests = !requests.isEmpty
        // One's own, and what was decided meanwhile, has no form to stand beside.
        problem = form.flatMap { form in
            desk.waiting.contains { $0.id == form.request && !$0.isOwn } ? nil : form.problem
        }
        if !desk.decided.isEmpty {
            table = TableView(
                desk.decided, Self.columns(texts, today: desk.today), caption: words.decided, query: query,
                path: StamgastSite.approvals, texts: texts)
        }
    }

    static func signed(_ amount: Amount, _ texts: Texts) -> String {
        (amount.count > 0 ? "+" : "") + texts.amount(amount)
    }

    static func columns(
        _ texts: Texts, today: LocalDay, showsMember: Bool = true
    ) -> [TableColumn<CorrectionRequest>] {
        let words = texts.approvals
        let member = TableColumn<CorrectionRequest>("member", words.member) { request in
            TableView.Cell(
                String(request.member.prefix(8)), isCode: true,
                href: WebLink(path: ["console", "members", request.member]).address)
        }
        return [
            TableColumn("change", words.change) { TableView.Cell(signed($0.change, texts), more: $0.reason) },
            TableColumn("outcome", words.outcome) { TableView.Cell(words.state($0.state), more: $0.decision) },
            TableColumn("asked", words.askedBy) { request in
                TableView.Cell(request.askedBy, more: texts.date(request.day, today: today))
            },
            TableColumn("decided", words.decidedBy) { TableView.Cell($0.decidedBy ?? "–") },
        ] + (showsMember ? [member] : [])
    }
}
