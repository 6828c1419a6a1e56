internal import Access
internal import Hummingbird

/// API keys: made here, shown once, ended here.
extension StamgastSite {
    func addKeysConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/keys") { request, _ in
            let visit = try await administrator(of: request, \.managesAccess)
            return try await keysPage(visit, isRevoked: request.uri.queryParameters["was"] == "revoked")
        }
        router.post("/console/keys") { request, _ in
            let visit = try await administrator(of: request, \.managesAccess)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await makeKey(visit, fields)
        }
        router.get("/console/keys/{id}") { request, context in
            let visit = try await administrator(of: request, \.managesAccess)
            let desk = try await data.keys(for: visit.person)
            let id = try parameter("id", of: context)
            guard let key = desk.keys.first(where: { $0.id == id }) else { throw SiteProblem.notFound }
            return html(
                KeyPage(
                    key, today: desk.today, shell: shell(visit, path: "/console/keys"), texts: visit.texts,
                    csrf: visit.csrf))
        }
        router.post("/console/keys/{id}") { request, context in
            let visit = try await administrator(of: request, \.managesAccess)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            let reason = Self.reason(fields)
            guard try await data.revokeKey(parameter("id", of: context), reason: reason, for: visit.person) else {
                throw SiteProblem.notFound
            }
            return redirect(to: "/console/keys?was=revoked")
        }
    }

    private func keysPage(
        _ visit: Visit<SiteStaff>, draft: KeyDraft = KeyDraft(), isRevoked: Bool = false
    ) async throws -> Response {
        let desk = try await data.keys(for: visit.person)
        let page = KeysPage(
            desk, draft: draft, shell: shell(visit, path: "/console/keys"), texts: visit.texts, csrf: visit.csrf,
            key: randomHex(), isRevoked: isRevoked)
        return html(page, status: draft.isWrong ? .unprocessableContent : .ok)
    }

    private func makeKey(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        let key = try formKey(fields)
        guard let kind = fields["kind"], ["live", "page"].contains(kind) else { throw SiteProblem.formUnreadable }
        let words = visit.texts.admin
        let scopes = Set(Scope.allCases.filter { fields[KeyDraft.name(of: $0)] == "yes" })
        var draft = KeyDraft(
            order: KeyOrder(label: fields["label"] ?? "", isPublishable: kind == "page", scopes: scopes))
        if scopes.isEmpty {
            draft.scopesError = words.scopesBad
        } else if kind == "page", scopes != [.eventsWrite] {
            draft.scopesError = words.scopesPage
        }
        if !Self.isName(draft.order.label) { draft.labelError = words.labelBad }
        if draft.isWrong { return try await keysPage(visit, draft: draft) }
        switch try await data.make(draft.order, for: visit.person, key: key) {
        case .made(let secret):
            // Not behind a redirect: the secret would have to be kept, or stand in an address.
            return html(
                SecretPage(
                    key: secret, label: draft.order.label, shell: shell(visit, path: "/console/keys"),
                    texts: visit.texts))
        case .madeBefore: draft.labelError = words.keyMadeBefore
        case .refused: draft.labelError = words.labelBad
        }
        return try await keysPage(visit, draft: draft)
    }

    /// What a key or an account may be called.
    static func isName(_ text: String) -> Bool {
        (1...APIKeys.maximumLabelBytes).contains(text.utf8.count) && text.contains { !$0.isWhitespace }
            && !text.utf8.contains { $0 < 0x20 }
    }

    /// Why, cut to what the audit log takes.
    static func reason(_ fields: [String: String]) -> String? {
        let text = String((fields["reason"] ?? "").prefix(AdminLimits.reason))
        return text.contains { !$0.isWhitespace } ? text : nil
    }
}

/// Limits of the forms of administration.
enum AdminLimits {
    /// Characters; four bytes each at most fit into the audit log's 500.
    static let reason = 120
}
