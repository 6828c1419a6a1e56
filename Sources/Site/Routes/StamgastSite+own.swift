internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Primitives

/// What is known about the member, the export of it, its erasure, and where they are signed in.
extension StamgastSite {
    func addOwnPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/me/privacy") { request, _ in
            let visit = try await member(of: request)
            let known = try await data.ownData(of: visit.person, language: visit.texts.language)
            let desk = try await data.profiling(of: visit.person)
            var page = PrivacyPage(
                known, desk, shell: shell(visit, title: visit.texts.own.title, path: "/m/me/privacy"),
                texts: visit.texts, csrf: visit.csrf, outcome: told("done", in: request),
                globalPrivacyControl: visit.globalPrivacyControl)
            page.device = try await device(of: visit)
            return html(page)
        }
        router.post("/m/me/level") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let level = fields["level"].flatMap({ PrivacyLevel(rawValue: $0) }) else {
                throw SiteProblem.formUnreadable
            }
            let isDone = try await data.choose(
                Self.everything(level, texts: visit.texts), for: visit.person, language: visit.texts.language)
            return redirect(to: "/m/me/privacy?done=\(isDone ? "level" : "age")")
        }
        router.get("/m/me/export") { request, _ in
            let visit = try await member(of: request)
            return try await export(visit)
        }
        addDevice(to: router)
        addProfiling(to: router)
        addSubjects(to: router)
        addErasure(to: router)
        addSessions(to: router)
    }

    private func addErasure<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/me/erase") { request, _ in
            html(erasePage(try await member(of: request)))
        }
        router.post("/m/me/erase") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard fields["sure"] == "yes" else {
                return html(erasePage(visit, isUnsure: true), status: .unprocessableContent)
            }
            try await data.erase(visit.person)
            var response = redirect(to: "/goodbye")
            try cookies.set(.member, to: "none", lifetimeSeconds: 0, on: &response)
            // What this browser remembers by itself goes with it; no other device is within reach.
            if let name = HTTPField.Name("clear-site-data") { response.headers[name] = "\"storage\"" }
            return response
        }
        router.get("/goodbye") { request, _ in notice(.erased, status: .ok, request: request) }
    }

    private func erasePage(_ visit: Visit<SiteMember>, isUnsure: Bool = false) -> ErasePage {
        ErasePage(
            shell: shell(visit, title: visit.texts.own.eraseHeading, path: "/m/me/erase"), texts: visit.texts,
            csrf: visit.csrf, isUnsure: isUnsure)
    }

    private func addSessions<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/me/sessions") { request, _ in
            let visit = try await member(of: request)
            let secret = cookies.value(of: .member, in: request) ?? ""
            let sessions = try await data.sessions(of: visit.person, beside: secret)
            return html(
                SessionsPage(
                    sessions, shell: shell(visit, title: visit.texts.own.sessionsTitle, path: "/m/me/sessions"),
                    texts: visit.texts, csrf: visit.csrf, outcome: told("done", in: request)))
        }
        router.post("/m/me/sessions/end") { request, _ in
            let visit = try await member(of: request)
            let secret = cookies.value(of: .member, in: request) ?? ""
            let fields = try await form(request, secret: secret)
            let isEnded = try await data.endSession(fields["session"], of: visit.person, beside: secret)
            let outcome: SessionsPage.Outcome = isEnded ? .ended : .gone
            return redirect(to: "/m/me/sessions?done=\(outcome.rawValue)")
        }
    }

    /// The first part is there before the answer begins, so that what cannot be told at all is an error page.
    private func export(_ visit: Visit<SiteMember>) async throws -> Response {
        let (person, language) = (visit.person, visit.texts.language)
        guard let first = try await data.export(of: person, after: nil, language: language) else {
            throw SiteProblem.notFound
        }
        return Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", "application/json; charset=utf-8"),
                ("content-disposition", "attachment; filename=\"\(person.programme.id.name)-member.json\""),
                ("cache-control", "no-store"), ("content-security-policy", "default-src 'none'"),
                ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
                ("cross-origin-resource-policy", "same-origin"),
            ]),
            body: ResponseBody { writer in
                var part: ExportPart? = first
                while let piece = part {
                    try await writer.write(ByteBuffer(bytes: piece.bytes))
                    guard let next = piece.next else { break }
                    part = try await data.export(of: person, after: next, language: language)
                    // Erased or gone in between: a file that is cut off must not look like a whole one.
                    if part == nil { throw SiteProblem.notFound }
                }
                try await writer.finish(nil)
            })
    }
}
