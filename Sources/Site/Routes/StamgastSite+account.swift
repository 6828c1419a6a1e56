internal import Access
internal import Hummingbird

/// How staff come in: chosen by themselves on their own page, and taken away by who manages access.
extension StamgastSite {
    static let ownAccount = "/console/account"

    func addOwnAccount<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/account") { request, _ in
            let visit = try await staff(of: request)
            return try await ownAccountPage(visit, outcome: told("was", in: request))
        }
        router.post("/console/account/password") { request, _ in
            let visit = try await staff(of: request)
            let secret = cookies.value(of: .staff, in: request) ?? ""
            let fields = try await form(request, secret: secret)
            let change = PasswordChange(
                login: fields["login"] ?? "", password: fields["password"] ?? "", current: fields["current"])
            if let problem = try await data.setPassword(change, for: visit.person, beside: secret) {
                return try await ownAccountPage(visit, draft: change, problem: problem)
            }
            return redirect(to: Self.ownAccount + "?was=password")
        }
        router.get("/console/account/second") { request, _ in
            let visit = try await staff(of: request)
            return try await secondPage(visit, sealed: nil)
        }
        router.post("/console/account/second") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let sealed = fields["sealed"] else { throw SiteProblem.formUnreadable }
            let outcome = try await data.confirmSecondFactor(
                sealed, code: fields["code"] ?? "", current: fields["current"] ?? "", for: visit.person)
            switch outcome {
            case .shown(let codes): return codesPage(visit, codes)
            case .refused(let problem): return try await secondPage(visit, sealed: sealed, problem: problem)
            }
        }
        router.post("/console/account/codes") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            switch try await data.renewRecoveryCodes(current: fields["current"] ?? "", for: visit.person) {
            case .shown(let codes): return codesPage(visit, codes)
            case .refused(let problem): return try await ownAccountPage(visit, problem: problem, in: .codes)
            }
        }
        router.post("/console/account/sessions") { request, _ in
            let visit = try await staff(of: request)
            let secret = cookies.value(of: .staff, in: request) ?? ""
            _ = try await form(request, secret: secret)
            try await data.endOtherSessions(of: visit.person, beside: secret)
            return redirect(to: Self.ownAccount + "?was=sessions")
        }
        addAccountDoors(to: router)
    }

    private func ownAccountPage(
        _ visit: Visit<SiteStaff>, draft: PasswordChange? = nil, problem: StaffSecretProblem? = nil,
        in form: OwnAccountPage.Form = .password, outcome: OwnAccountPage.Outcome? = nil
    ) async throws -> Response {
        let account = try await data.ownAccount(of: visit.person)
        let page = OwnAccountPage(
            account, draft: draft, problem: problem, in: form, outcome: outcome,
            shell: shell(visit, path: Self.ownAccount), texts: visit.texts, csrf: visit.csrf)
        return html(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func secondPage(
        _ visit: Visit<SiteStaff>, sealed: String?, problem: StaffSecretProblem? = nil
    ) async throws -> Response {
        // There is nothing that it could stand beside yet.
        guard let offer = try await data.offerSecondFactor(for: visit.person, again: sealed) else {
            return redirect(to: Self.ownAccount)
        }
        var shell = shell(visit, path: Self.ownAccount)
        shell.title = visit.texts.staffDoor.secondTitle
        let page = SecondFactorPage(offer, problem: problem, shell: shell, texts: visit.texts, csrf: visit.csrf)
        return html(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func codesPage(_ visit: Visit<SiteStaff>, _ codes: [String]) -> Response {
        var shell = shell(visit, path: Self.ownAccount)
        shell.title = visit.texts.staffDoor.codesTitle
        return html(RecoveryCodesPage(shell: shell, codes: codes))
    }

    // MARK: Others' accounts

    private func addAccountDoors<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.post("/console/staff/{id}/reset") { request, context in
            let visit = try await administrator(of: request, \.managesAccess)
            _ = try await form(request, secret: cookies.value(of: .staff, in: request))
            let id = try parameter("id", of: context)
            guard try await data.resetSecrets(ofAccount: id, for: visit.person) else { throw SiteProblem.notFound }
            return redirect(to: WebLink(path: ["console", "staff", id]).address + "?door=reset")
        }
        router.post("/console/staff/{id}/identity") { request, context in
            let visit = try await administrator(of: request, \.managesAccess)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            let id = try parameter("id", of: context)
            guard let what = fields["do"], ["link", "unlink"].contains(what) else { throw SiteProblem.formUnreadable }
            let name = what == "link" ? fields["identity"] ?? "" : nil
            switch try await data.link(name, toAccount: id, for: visit.person) {
            case nil: throw SiteProblem.notFound
            case .taken?: return try await accountPage(visit, id, door: .taken, typed: name ?? "")
            case .bad?: return try await accountPage(visit, id, door: .bad, typed: name ?? "")
            case .linked?, .unlinked?:
                return redirect(
                    to: WebLink(path: ["console", "staff", id]).address + "?door=\(what)ed")
            }
        }
    }
}
