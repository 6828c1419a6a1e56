internal import Hummingbird

/// Webhooks: how they are doing, what was sent, and what can be done about it.
extension StamgastSite {
    static let integrations = "/console/integrations"

    func addIntegrations<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/integrations") { request, _ in
            let visit = try await administrator(of: request, \.readsAudit)
            return try await integrationsPage(visit, isRemoved: request.uri.queryParameters["was"] == "removed")
        }
        router.post("/console/integrations") { request, _ in
            let visit = try await administrator(of: request, \.readsAudit)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await addHook(visit, fields)
        }
        router.get("/console/integrations/{id}") { request, context in
            let visit = try await administrator(of: request, \.readsAudit)
            let asked = Self.parameters(of: request)
            var form = HookForm(note: told("was", in: request), showsFailed: asked("show") == "failed")
            form.query = TableQuery(asked)
            form.query.words = ""
            form.message = asked("message").flatMap { Int64($0) }.map { String($0) } ?? ""
            return try await hookPage(visit, parameter("id", of: context), form)
        }
        router.post("/console/integrations/{id}") { request, context in
            let visit = try await administrator(of: request, \.readsAudit)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await actOnHook(visit, parameter("id", of: context), fields)
        }
    }

    private func integrationsPage(
        _ visit: Visit<SiteStaff>, draft: HookDraft = HookDraft(), isRemoved: Bool = false
    ) async throws -> Response {
        let desk = try await data.hooks(for: visit.person)
        let page = IntegrationsPage(
            desk, draft: draft, shell: shell(visit, path: Self.integrations), texts: visit.texts, csrf: visit.csrf,
            isRemoved: isRemoved, mayKeys: visit.person.managesAccess)
        return html(page, status: draft.isWrong ? .unprocessableContent : .ok)
    }

    private func addHook(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        let words = visit.texts.integrations
        var draft = HookDraft(id: Self.trimmed(fields["id"]), url: Self.trimmed(fields["url"]))
        if !HookDraft.isName(draft.id) { draft.idError = words.nameBad }
        if !HookDraft.isAddress(draft.url) { draft.urlError = words.addressBad }
        if draft.isWrong { return try await integrationsPage(visit, draft: draft) }
        let outcome = try await data.change(.add(id: draft.id, url: draft.url), for: visit.person)
        if case .done(let secret?) = outcome {
            // Not behind a redirect: the secret would have to be kept, or stand in an address.
            return html(
                HookSecretPage(
                    secret, of: draft.id, isChange: false, shell: shell(visit, path: Self.integrations),
                    texts: visit.texts))
        }
        draft.take(outcome, words)
        return try await integrationsPage(visit, draft: draft)
    }

    private func hookPage(_ visit: Visit<SiteStaff>, _ id: String, _ form: HookForm) async throws -> Response {
        guard let log = try await data.hook(id, for: visit.person) else { throw SiteProblem.notFound }
        let page = HookPage(
            log, form: form, shell: shell(visit, path: Self.integrations), texts: visit.texts, csrf: visit.csrf)
        return html(page, status: form.isWrong ? .unprocessableContent : .ok)
    }

    private func actOnHook(
        _ visit: Visit<SiteStaff>, _ id: String, _ fields: [String: String]
    ) async throws -> Response {
        let words = visit.texts.integrations
        var form = HookForm()
        switch fields["do"] {
        case "test": return try await act(.test, onHook: id, visit)
        case "resume": return try await act(.resume, onHook: id, visit)
        case "one":
            form.message = String((fields["message"] ?? "").prefix(20))
            guard let number = Int64(form.message), number > 0 else {
                form.messageError = words.oneBad
                return try await hookPage(visit, id, form)
            }
            return try await act(.redeliver(number), onHook: id, visit)
        case "since":
            form.since = String((fields["since"] ?? "").prefix(20))
            guard let day = AuditForm.day(form.since) else {
                form.sinceError = words.sinceBad
                return try await hookPage(visit, id, form)
            }
            return try await act(.redeliverSince(day), onHook: id, visit)
        case "rotate":
            guard let generation = fields["generation"].flatMap({ Int64($0) }) else { throw SiteProblem.formUnreadable }
            guard let secret = try await data.rotate(hook: id, from: generation, for: visit.person) else {
                return redirect(to: Self.hookPath(id, .rotated))
            }
            return html(
                HookSecretPage(
                    secret, of: id, isChange: true, shell: shell(visit, path: Self.integrations), texts: visit.texts))
        case "move":
            let url = Self.trimmed(fields["url"])
            form.url = url
            guard HookDraft.isAddress(url) else {
                form.urlError = words.addressBad
                return try await hookPage(visit, id, form)
            }
            let outcome = try await data.change(.move(id: id, url: url), for: visit.person)
            switch outcome {
            case .done: return redirect(to: Self.hookPath(id, .moved))
            case .badAddress: form.urlError = words.addressBad
            case .addressInside: form.urlError = words.addressInside
            default: return redirect(to: Self.hookPath(id, Self.note(outcome)))
            }
            return try await hookPage(visit, id, form)
        case "remove":
            guard fields["sure"] == "yes" else {
                form.unsure = words.removeUnsure
                return try await hookPage(visit, id, form)
            }
            let outcome = try await data.change(.remove(id: id), for: visit.person)
            if case .done = outcome { return redirect(to: Self.integrations + "?was=removed") }
            return redirect(to: Self.hookPath(id, Self.note(outcome)))
        default: throw SiteProblem.formUnreadable
        }
    }

    private func act(_ action: HookAction, onHook id: String, _ visit: Visit<SiteStaff>) async throws -> Response {
        guard let outcome = try await data.act(action, onHook: id, for: visit.person) else {
            throw SiteProblem.notFound
        }
        let note: HookForm.Note =
            switch outcome {
            case .sent: .sent
            case .gone: .gone
            case .queued: .queued
            case .nothing: .nothing
            case .resumed: .resumed
            }
        return redirect(to: Self.hookPath(id, note))
    }

    private static func note(_ outcome: HookChangeOutcome) -> HookForm.Note {
        switch outcome {
        case .inUse: .inUse
        case .conflict: .conflict
        default: .byHand
        }
    }

    private static func hookPath(_ id: String, _ note: HookForm.Note) -> String {
        WebLink(path: ["console", "integrations", id]).address + "?was=" + note.rawValue
    }

    /// As it was typed, without spaces around it.
    private static func trimmed(_ text: String?) -> String {
        let text = (text ?? "").drop { $0 == " " }
        return String(String(text.reversed().drop { $0 == " " }.reversed()).prefix(HookDraft.longestAddress + 1))
    }
}
