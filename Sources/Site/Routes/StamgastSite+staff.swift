internal import Access
internal import Hummingbird

/// Who may do what: accounts are made here with a link that works once, changed and ended.
extension StamgastSite {
    func addStaffConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/staff") { request, _ in
            let visit = try await administrator(of: request, \.managesAccess)
            return try await staffPage(visit, isRemoved: request.uri.queryParameters["was"] == "removed")
        }
        router.post("/console/staff") { request, _ in
            let visit = try await administrator(of: request, \.managesAccess)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await invite(visit, fields)
        }
        router.get("/console/staff/{id}") { request, context in
            let visit = try await administrator(of: request, \.managesAccess)
            return try await accountPage(
                visit, parameter("id", of: context), outcome: told("was", in: request), isUnsure: false,
                door: told("door", in: request))
        }
        router.post("/console/staff/{id}") { request, context in
            let visit = try await administrator(of: request, \.managesAccess)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await changeAccount(visit, parameter("id", of: context), fields)
        }
        router.post("/console/staff/{id}/link") { request, context in
            let visit = try await administrator(of: request, \.managesAccess)
            _ = try await form(request, secret: cookies.value(of: .staff, in: request))
            let id = try parameter("id", of: context)
            let desk = try await data.accounts(for: visit.person)
            guard let account = desk.accounts.first(where: { $0.id == id }),
                let ticket = try await data.signInTicket(forAccount: id, for: visit.person)
            else { throw SiteProblem.notFound }
            return secret(visit, ticket, name: account.name, today: desk.today)
        }
    }

    private func staffPage(
        _ visit: Visit<SiteStaff>, draft: InvitationDraft = InvitationDraft(), isRemoved: Bool = false
    ) async throws -> Response {
        let desk = try await data.accounts(for: visit.person)
        let page = StaffPage(
            desk, draft: draft, shell: shell(visit, path: "/console/staff"), texts: visit.texts, csrf: visit.csrf,
            key: randomHex(), isRemoved: isRemoved)
        return html(page, status: draft.nameError == nil ? .ok : .unprocessableContent)
    }

    private func invite(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        let key = try formKey(fields)
        guard let role = fields["role"].flatMap({ Role(rawValue: $0) }), let place = fields["where"],
            ["here", "all"].contains(place)
        else { throw SiteProblem.formUnreadable }
        let words = visit.texts.admin
        var draft = InvitationDraft(
            invitation: Invitation(name: fields["name"] ?? "", role: role, isEverywhere: place == "all"))
        guard Self.isName(draft.invitation.name) else {
            draft.nameError = words.nameBad
            return try await staffPage(visit, draft: draft)
        }
        switch try await data.invite(draft.invitation, for: visit.person, key: key) {
        case .invited(let ticket):
            let desk = try await data.accounts(for: visit.person)
            return secret(visit, ticket, name: draft.invitation.name, today: desk.today)
        case .madeBefore: draft.nameError = words.accountMadeBefore
        case .refused: draft.nameError = words.nameBad
        }
        return try await staffPage(visit, draft: draft)
    }

    private func secret(
        _ visit: Visit<SiteStaff>, _ ticket: SignInTicket, name: String, today: LocalDay
    ) -> Response {
        // Port 0 stands for one that the system chose: nobody could follow a link there.
        let origin = configuration.origin
        let site = origin.hasSuffix(":0") ? ticket.listening ?? origin : origin
        return html(
            SecretPage(
                link: site + "/signin/" + ticket.token, name: name,
                until: visit.texts.moment(ticket.until, today: today), shell: shell(visit, path: "/console/staff"),
                texts: visit.texts))
    }

    func accountPage(
        _ visit: Visit<SiteStaff>, _ id: String, outcome: AccountOutcome? = nil, isUnsure: Bool = false,
        reason: String = "", door: AccountDoor.Outcome? = nil, typed: String = ""
    ) async throws -> Response {
        let desk = try await data.accounts(for: visit.person)
        guard let account = desk.accounts.first(where: { $0.id == id }) else { throw SiteProblem.notFound }
        var page = AccountPage(
            account, today: desk.today, shell: shell(visit, path: "/console/staff"), texts: visit.texts,
            csrf: visit.csrf, outcome: outcome, isUnsure: isUnsure, reason: reason)
        page.door = AccountDoor(
            account, provider: desk.provider, outcome: door, typed: typed, texts: visit.texts)
        let isWrong = isUnsure || outcome == .lastOwner || page.door?.identity.error != nil
        return html(page, status: isWrong ? .unprocessableContent : .ok)
    }

    private func changeAccount(
        _ visit: Visit<SiteStaff>, _ id: String, _ fields: [String: String]
    ) async throws -> Response {
        let change: AccountChange
        switch fields["do"] {
        case "role":
            guard let role = fields["role"].flatMap({ Role(rawValue: $0) }) else { throw SiteProblem.formUnreadable }
            change = .role(role)
        case "sessions": change = .signOut
        case "remove":
            guard fields["sure"] == "yes" else {
                return try await accountPage(visit, id, outcome: nil, isUnsure: true, reason: fields["reason"] ?? "")
            }
            change = .remove(reason: Self.reason(fields))
        default: throw SiteProblem.formUnreadable
        }
        let outcome = try await data.change(change, ofAccount: id, for: visit.person)
        switch outcome {
        case nil: throw SiteProblem.notFound
        case .lastOwner?:
            return try await accountPage(
                visit, id, outcome: .lastOwner, isUnsure: false, reason: fields["reason"] ?? "")
        // Whoever gave the right away does not see this page any more.
        case _ where id == visit.person.staff: return redirect(to: "/console")
        case .removed?: return redirect(to: "/console/staff?was=removed")
        case .role?, .sessions?: return redirect(to: "/console/staff/\(id)?was=\(outcome?.rawValue ?? "")")
        }
    }
}
