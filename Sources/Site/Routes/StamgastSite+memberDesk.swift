internal import Hummingbird

/// Members, one at a time. Whom staff look for is sent in the body of a form: an address in a link would stand in
/// histories and logs.
extension StamgastSite {
    static let members = "/console/members"

    func addMemberDesk<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/members") { request, _ in
            let visit = try await staff(of: request)
            return try await searchPage(visit, MemberSearchForm())
        }
        router.post("/console/members") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await find(visit, fields)
        }
        router.get("/console/members/{member}") { request, context in
            let visit = try await staff(of: request)
            let query = request.uri.queryParameters
            var form = PointsForm(key: randomHex())
            form.isDone = query["done"] == "adjusted"
            form.isWaiting = query["done"] == "asked"
            return try await memberPage(
                visit, parameter("member", of: context), after: query["after"].map(String.init), form)
        }
        router.post("/console/members/{member}/adjust") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await adjust(visit, parameter("member", of: context), fields)
        }
    }

    private func searchPage(_ visit: Visit<SiteStaff>, _ form: MemberSearchForm) async throws -> Response {
        let search = try await data.memberSearch(for: visit.person)
        let page = MemberSearchPage(
            search, form: form, shell: shell(visit, path: Self.members), texts: visit.texts, csrf: visit.csrf)
        return html(page, status: form.problem == nil ? .ok : .unprocessableContent)
    }

    private func find(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        guard let kind = fields["by"].flatMap({ MemberSearchForm.Kind(rawValue: $0) }), let text = fields["who"] else {
            throw SiteProblem.formUnreadable
        }
        let words = visit.texts.memberDesk
        var form = MemberSearchForm(kind: kind, text: text)
        let asked = form.trimmed
        if asked.isEmpty {
            form.problem = words.whoEmpty
        } else {
            let question: MemberQuestion =
                switch kind {
                case .pseudonym: .pseudonym(asked)
                case .user: .user(asked)
                case .email: .email(asked)
                }
            switch try await data.find(question, for: visit.person) {
            case .member(let id): return redirect(to: WebLink(path: ["console", "members", id]).address)
            case .several: form.problem = words.whoSeveral
            case .unknown: form.problem = kind == .pseudonym ? words.whoUnknown : words.whoUnknownVault
            }
        }
        return try await searchPage(visit, form)
    }

    private func memberPage(
        _ visit: Visit<SiteStaff>, _ id: String, after: String? = nil, _ form: PointsForm
    ) async throws -> Response {
        guard
            let member = try await data.consoleMember(
                id, after: after, for: visit.person, language: visit.texts.language)
        else { throw SiteProblem.notFound }
        let page = ConsoleMemberPage(
            member, form: form, isLatest: after == nil, shell: shell(visit, path: Self.members), texts: visit.texts,
            csrf: visit.csrf)
        return html(page, status: form.isWrong ? .unprocessableContent : .ok)
    }

    private func adjust(
        _ visit: Visit<SiteStaff>, _ id: String, _ fields: [String: String]
    ) async throws -> Response {
        let words = visit.texts.memberDesk
        guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit), let unit = fields["unit"],
            let amount = fields["amount"], let reason = fields["reason"]
        else { throw SiteProblem.formUnreadable }
        // The same key as before: what went wrong changed nothing.
        var form = PointsForm(key: key, unit: unit, amount: amount, reason: reason)
        let points = form.points
        if points == nil { form.amountProblem = words.amountBad(visit.texts.number(PointsOrder.maximum)) }
        if !form.hasReason { form.reasonProblem = words.reasonBad }
        if let points, !form.isWrong {
            let order = PointsOrder(unit: unit, amount: points, reason: form.trimmedReason)
            let outcome = try await data.adjust(
                order, of: id, for: visit.person, key: key, language: visit.texts.language)
            switch outcome {
            case .done: return redirect(to: WebLink(path: ["console", "members", id]).address + "?done=adjusted")
            case .waits: return redirect(to: WebLink(path: ["console", "members", id]).address + "?done=asked")
            case .tooFew(let left): form.amountProblem = words.tooFew(visit.texts.amount(left))
            case .refused: form.unitProblem = words.unitBad
            case .keyUsed:
                form.key = randomHex()
                form.amountProblem = words.keyUsed
            case nil: throw SiteProblem.notFound
            }
        }
        return try await memberPage(visit, id, form)
    }
}
