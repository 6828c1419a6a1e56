internal import Hummingbird

/// Four eyes: a correction of many points waits until somebody else agrees.
extension StamgastSite {
    static let approvals = "/console/approvals"

    func addApprovals<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/approvals") { request, _ in
            let visit = try await staff(of: request)
            let words = visit.texts.approvals
            let done: String? =
                switch request.uri.queryParameters["done"].map(String.init) {
                case "agreed": words.carriedOut
                case "refused": words.refusedNow
                default: nil
                }
            return try await approvalsPage(visit, done: done, query: tableQuery(of: request))
        }
        router.post("/console/approvals/{id}") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await decide(visit, parameter("id", of: context), fields)
        }
    }

    private func decide(
        _ visit: Visit<SiteStaff>, _ id: String, _ fields: [String: String]
    ) async throws -> Response {
        let words = visit.texts.approvals
        guard let word = fields["word"], ["agree", "refuse"].contains(word), let reason = fields["reason"] else {
            throw SiteProblem.formUnreadable
        }
        var form = ApprovalForm(request: id, reason: reason, problem: words.reasonBad)
        let because = reason.withoutOuterBlanks
        if (1...400).contains(because.utf8.count) {
            switch try await data.decide(
                id, agrees: word == "agree", because: because, for: visit.person, language: visit.texts.language)
            {
            case .carriedOut: return redirect(to: Self.approvals + "?done=agreed")
            case .refused: return redirect(to: Self.approvals + "?done=refused")
            case .ownRequest: form.problem = words.ownRequest
            case .over: form.problem = words.over
            case .tooFew(let left): form.problem = words.tooFew(visit.texts.amount(left))
            case .impossible: form.problem = words.impossible
            }
        }
        return try await approvalsPage(visit, form: form)
    }

    private func approvalsPage(
        _ visit: Visit<SiteStaff>, form: ApprovalForm? = nil, done: String? = nil, query: TableQuery = TableQuery()
    ) async throws -> Response {
        let desk = try await data.approvals(for: visit.person, language: visit.texts.language)
        let page = ApprovalsPage(
            desk, form: form, done: done, query: query, shell: shell(visit, path: Self.approvals), texts: visit.texts,
            csrf: visit.csrf)
        return html(page, status: form == nil ? .ok : .unprocessableContent)
    }
}
