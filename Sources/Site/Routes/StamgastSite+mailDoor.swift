internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Primitives

/// Signing in by a link that comes by mail, and coming over signed in from the publisher's own site.
extension StamgastSite {
    func addMailDoor<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/signin") { request, _ in
            let query = request.uri.queryParameters
            guard let finding = try await data.door(programme: query["programme"].map(String.init)) else {
                throw SiteProblem.notFound
            }
            return try await mailDoor(finding, isAsked: query["sent"] == "yes", request: request)
        }
        router.post("/signin") { request, _ in try await askLink(request) }
        router.get("/handover") { request, _ in
            let query = request.uri.queryParameters
            return try await handOver(
                token: query["token"].map(String.init), programme: query["programme"].map(String.init),
                target: query["to"], request: request)
        }
        // The page of another site sends this form: the token in it is the proof, and works once.
        router.post("/handover") { request, _ in
            guard let body = try? await request.body.collect(upTo: 16_384),
                let fields = try? URLEncodedFormDecoder().decode([String: String].self, from: String(buffer: body))
            else { throw SiteProblem.formUnreadable }
            return try await handOver(
                token: fields["token"], programme: fields["programme"], target: fields["to"].map { $0[...] },
                request: request)
        }
        router.get("/demo/mail") { request, _ in
            guard let mails = try await data.letterBox() else { throw SiteProblem.notFound }
            let texts = Texts.of(language(of: request, preferred: nil))
            let shell = Shell(
                language: texts.language, title: texts.door.boxTitle, programme: "Stamgast", path: "/demo/mail")
            return html(LetterBoxPage(mails, shell: shell))
        }
    }

    private func mailDoor(
        _ finding: DoorFinding, isAsked: Bool = false, typed: String = "", isWrong: Bool = false, request: Request
    ) async throws -> Response {
        let texts = Texts.of(language(of: request, preferred: nil))
        let binding = cookies.value(of: .form, in: request) ?? randomHex()
        var page: MailDoorPage
        switch finding {
        case .several(let programmes):
            let shell = Shell(
                language: texts.language, title: texts.signIn.title, programme: "Stamgast", path: "/signin")
            page = MailDoorPage(choice: programmes, shell: shell, texts: texts)
        case .door(let door):
            let path = "/signin?programme=\(door.programme.id.name)"
            let shell = Shell(
                language: texts.language, title: isAsked ? texts.door.sentTitle : texts.signIn.title,
                programme: door.programme.name, publisher: door.programme.home,
                path: isAsked ? path + "&sent=yes" : path, look: door.programme.look)
            page =
                isAsked && door.mail != .none
                ? MailDoorPage(sent: door, shell: shell, texts: texts)
                : MailDoorPage(
                    door, typed: typed, isWrong: isWrong, shell: shell, texts: texts,
                    csrf: seals.formToken(for: "mail " + binding))
            let doors = try await data.signInDoors()
            if !isAsked, doors.memberProgramme == door.programme.id {
                page.provider = doors.memberProvider.map { texts.staffDoor.with($0) }
            }
        }
        var response = html(page, status: isWrong ? .unprocessableContent : .ok)
        try cookies.set(.form, to: binding, lifetimeSeconds: 3_600, on: &response)
        return response
    }

    private func askLink(_ request: Request) async throws -> Response {
        let fields = try await form(request, secret: cookies.value(of: .form, in: request).map { "mail " + $0 })
        guard let finding = try await data.door(programme: fields["programme"]), case .door(let door) = finding,
            door.mail != .none
        else { throw SiteProblem.notFound }
        let typed = (fields["address"] ?? "").withoutOuterBlanks
        let language = language(of: request, preferred: nil)
        guard try await data.askLink(address: typed, for: door.programme, language: language) else {
            return try await mailDoor(finding, typed: typed, isWrong: true, request: request)
        }
        return redirect(to: "/signin?programme=\(door.programme.id.name)&sent=yes")
    }

    /// The answer leads on at once and names no page it came from, so a token in the address is left behind; it is used up
    /// by then.
    private func handOver(
        token: String?, programme: String?, target: Substring?, request: Request
    ) async throws -> Response {
        guard let token, !token.isEmpty else { throw SiteProblem.gone }
        let old = cookies.value(of: .member, in: request)
        switch try await data.handOver(token: token, programme: programme, replacing: old) {
        case .success(let session):
            let path = localPath(target).flatMap { $0.hasPrefix("/m/") ? $0 : nil } ?? "/m/"
            var response = redirect(to: path)
            try cookies.set(.member, to: session.secret, lifetimeSeconds: session.lifetimeSeconds, on: &response)
            return response
        case .failure(.notAccepted): throw SiteProblem.gone
        case .failure(.notAMember): throw SiteProblem.signInNeeded
        case nil: throw SiteProblem.notFound
        }
    }
}
