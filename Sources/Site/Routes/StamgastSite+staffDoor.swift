internal import Access
internal import Hummingbird

/// Where staff sign in with a password and a code, and where everybody comes back to from the identity provider.
extension StamgastSite {
    static let staffSignIn = "/console/signin"
    private static let staffCode = "/console/signin/code"
    /// The one address that is registered with the provider.
    public static let providerReturn = "/signin/return"

    func addStaffDoor<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/signin") { request, _ in
            try await staffSignInPage(request, note: nil)
        }
        router.post("/console/signin") { request, _ in
            let fields = try await form(request, secret: doorSecret(request))
            let login = fields["login"] ?? ""
            let entry = try await data.signInStaff(
                login: login, password: fields["password"] ?? "", device: cookies.value(of: .device, in: request))
            switch entry {
            case .needsCode(let ticket):
                var response = redirect(to: Self.staffCode)
                try cookies.set(
                    .ticket, to: ticket, lifetimeSeconds: Int(StaffSecrets.ticketMilliseconds / 1_000), on: &response)
                return response
            default: return try await answer(entry, request, login: login)
            }
        }
        router.get("/console/signin/code") { request, _ in
            guard cookies.value(of: .ticket, in: request) != nil else { return redirect(to: Self.staffSignIn) }
            return try codePage(request, isWrong: false)
        }
        router.post("/console/signin/code") { request, _ in
            let fields = try await form(request, secret: doorSecret(request))
            let entry = try await data.signInStaff(
                code: fields["code"] ?? "", ticket: cookies.value(of: .ticket, in: request) ?? "",
                device: cookies.value(of: .device, in: request))
            if case .refused = entry { return try codePage(request, isWrong: true) }
            return try await answer(entry, request, login: "")
        }
        router.get("/console/signin/with/provider") { _, _ in try await visitProvider(.staff) }
        router.get("/signin/with/publisher") { _, _ in try await visitProvider(.member) }
        router.get("/signin/return") { request, _ in try await comeBack(request) }
    }

    // MARK: Password and code

    private func answer(_ entry: StaffEntry, _ request: Request, login: String) async throws -> Response {
        switch entry {
        case .entered(let session, let device):
            var response = try enter(session)
            try cookies.set(
                .device, to: device, lifetimeSeconds: Int(StaffSecrets.deviceMilliseconds / 1_000), on: &response)
            return response
        case .busy: return try await staffSignInPage(request, note: .busy, login: login)
        case .expired: return try await staffSignInPage(request, note: .expired)
        case .refused, .needsCode: return try await staffSignInPage(request, note: .failed, login: login)
        }
    }

    /// A session that has begun: its cookie, and the end of those that led to it.
    private func enter(_ session: StartedSession) throws -> Response {
        var response = redirect(to: session.kind == .staff ? "/console/" : "/m/")
        try cookies.set(
            session.kind == .staff ? .staff : .member, to: session.secret, lifetimeSeconds: session.lifetimeSeconds,
            on: &response)
        for cookie in [SiteCookies.Name.form, .ticket, .provider] {
            try cookies.set(cookie, to: "none", lifetimeSeconds: 0, on: &response)
        }
        return response
    }

    private func doorSecret(_ request: Request) -> String? {
        cookies.value(of: .form, in: request).map { "staff door " + $0 }
    }

    /// A page outside a session; its form is tied to this browser, as that of a link is.
    private func doorPage<Model: Page>(
        _ request: Request, status: HTTPResponse.Status, title: KeyPath<Texts, String>,
        _ page: (Shell, Texts, String) -> Model
    ) throws -> Response {
        let texts = Texts.of(language(of: request, preferred: nil))
        let shell = Shell(language: texts.language, title: texts[keyPath: title], programme: "Stamgast", path: nil)
        let binding = cookies.value(of: .form, in: request) ?? randomHex()
        let token = seals.formToken(for: "staff door " + binding)
        var response = html(
            page(shell, texts, token), status: status,
            keepsAddressSecret: request.uri.path.hasPrefix("/signin/"))
        try cookies.set(.form, to: binding, lifetimeSeconds: 3_600, on: &response)
        return response
    }

    private func staffSignInPage(
        _ request: Request, note: StaffSignInPage.Note?, login: String = ""
    ) async throws -> Response {
        let doors = try await data.signInDoors()
        let status: HTTPResponse.Status =
            switch note {
            case nil: .ok
            case .busy: .serviceUnavailable
            case .unlinked: .forbidden
            case .failed, .expired, .providerFailed: .unprocessableContent
            }
        return try doorPage(request, status: status, title: \.staffDoor.title) { shell, texts, csrf in
            StaffSignInPage(doors, note: note, login: login, shell: shell, texts: texts, csrf: csrf)
        }
    }

    private func codePage(_ request: Request, isWrong: Bool) throws -> Response {
        try doorPage(
            request, status: isWrong ? .unprocessableContent : .ok, title: \.staffDoor.codeTitle
        ) { shell, texts, csrf in
            StaffCodePage(isWrong: isWrong, shell: shell, texts: texts, csrf: csrf)
        }
    }

    // MARK: The provider

    /// A link, not a form: `form-action` of our policy would hold a form back from another site.
    private func visitProvider(_ kind: SignInKind) async throws -> Response {
        guard let visit = try await data.visitProvider(kind) else { throw SiteProblem.notFound }
        var response = redirect(to: visit.address)
        // Lax: the way back is a plain link from another site.
        try cookies.set(
            .provider, to: visit.cookie, lifetimeSeconds: Int(OpenIDStates.lifetimeMilliseconds / 1_000),
            on: &response)
        return response
    }

    private func comeBack(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        let answer = ProviderAnswer(
            state: query["state"].map(String.init) ?? "", code: query["code"].map(String.init),
            issuer: query["iss"].map(String.init))
        var response: Response
        switch try await data.finish(answer, cookie: cookies.value(of: .provider, in: request)) {
        case .entered(let session): return try enter(session)
        case .unlinked: response = try await staffSignInPage(request, note: .unlinked)
        case .failed(.staff): response = try await staffSignInPage(request, note: .providerFailed)
        case .failed(.member): response = notice(.notConfirmed, status: .forbidden, request: request)
        }
        try cookies.set(.provider, to: "none", lifetimeSeconds: 0, on: &response)
        return response
    }
}
