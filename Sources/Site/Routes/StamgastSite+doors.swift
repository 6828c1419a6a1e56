internal import Hummingbird

/// Signing in and out, and choosing a language.
extension StamgastSite {
    func addDoors<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/") { request, _ in
            if (try? await member(of: request)) != nil { return redirect(to: "/m/") }
            if (try? await staff(of: request)) != nil { return redirect(to: "/console/") }
            guard let publisher = configuration.publisher else { throw try await noStaff(request) }
            return redirect(to: publisher.front)
        }
        addMailDoor(to: router)
        router.get("/signin/{token}") { request, context in
            try await signInPage(token: parameter("token", of: context), request: request)
        }
        router.post("/signin/{token}") { request, context in
            try await signIn(token: parameter("token", of: context), request: request)
        }
        router.post("/signout/member") { request, _ in try await signOut(.member, request: request) }
        router.post("/signout/staff") { request, _ in try await signOut(.staff, request: request) }
        router.get("/signedout") { request, _ in notice(.signedOut, status: .ok, request: request) }
        router.get("/language/{code}") { request, context in
            guard let language = Language(rawValue: try context.parameters.require("code")) else {
                throw SiteProblem.notFound
            }
            var response = redirect(to: localPath(request.uri.queryParameters["back"]) ?? "/")
            try cookies.set(.language, to: language.rawValue, lifetimeSeconds: 31_536_000, on: &response)
            return response
        }
    }

    private func signInPage(token: String, request: Request) async throws -> Response {
        guard let offer = try await data.signInOffer(token: token) else { throw SiteProblem.gone }
        let texts = Texts.of(language(of: request, preferred: offer.language))
        let shell = Shell(
            language: texts.language, title: texts.signIn.title, programme: offer.programme.name,
            path: nil, look: offer.programme.look)
        // The form is tied to this browser, so that nobody can sign another's browser in to an account of his own.
        let binding = cookies.value(of: .form, in: request) ?? randomHex()
        let page = SignInPage(
            offer, shell: shell, texts: texts, token: token, csrf: seals.formToken(for: "signin " + binding))
        var response = html(page, keepsAddressSecret: true)
        try cookies.set(.form, to: binding, lifetimeSeconds: 3_600, on: &response)
        return response
    }

    private func signIn(token: String, request: Request) async throws -> Response {
        _ = try await form(request, secret: cookies.value(of: .form, in: request).map { "signin " + $0 })
        guard let session = try await data.signIn(token: token) else { throw SiteProblem.gone }
        let (cookie, path): (SiteCookies.Name, String) =
            switch session.kind {
            case .member: (.member, "/m/")
            case .staff: (.staff, "/console/")
            }
        var response = redirect(to: path)
        try cookies.set(cookie, to: session.secret, lifetimeSeconds: session.lifetimeSeconds, on: &response)
        try cookies.set(.form, to: "none", lifetimeSeconds: 0, on: &response)
        return response
    }

    private func signOut(_ cookie: SiteCookies.Name, request: Request) async throws -> Response {
        let secret = cookies.value(of: cookie, in: request)
        _ = try await form(request, secret: secret)
        if let secret { try await data.signOut(session: secret) }
        var response = redirect(to: "/signedout")
        try cookies.set(cookie, to: "none", lifetimeSeconds: 0, on: &response)
        return response
    }

    /// A path on this server; `nil` for anything that could lead elsewhere.
    func localPath(_ text: Substring?) -> String? {
        guard let text, text.hasPrefix("/"), let link = WebLink(text) else { return nil }
        return link.address
    }
}
