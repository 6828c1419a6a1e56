internal import Access
internal import Hummingbird
internal import Loyalty
internal import Primitives

/// Setting up a programme in five steps. What was done is read off what is there; the first two steps keep their answers
/// in the address, because nothing exists yet that could keep them.
extension StamgastSite {
    static let start = "/console/start"

    func addStart<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/start") { request, _ in
            let visit = try await founder(of: request)
            if visit.person.programmes.isEmpty, visit.person.mayBegin { return redirect(to: Self.start + "/new") }
            var desks: [StartDesk] = []
            for staff in visit.person.programmes {
                desks.append(try await data.start(for: staff, language: visit.texts.language))
            }
            return html(StartPage(visit.person, desks, shell: startShell(visit), texts: visit.texts))
        }
        router.get("/console/start/new") { request, _ in
            let visit = try await beginner(of: request)
            let asked = Self.parameters(of: request)
            // Whoever comes back finds what they said.
            let draft =
                asked("name") == nil
                ? StartDraft(language: visit.texts.language) : StartDraft(asked, texts: visit.texts)
            return nameStep(visit, draft, status: .ok)
        }
        router.get("/console/start/starter") { request, _ in
            let visit = try await beginner(of: request)
            let draft = try await checked(Self.parameters(of: request), texts: visit.texts)
            if draft.isWrong { return nameStep(visit, draft, status: .unprocessableContent) }
            return try await starterStep(visit, draft)
        }
        router.post("/console/start") { request, _ in
            let visit = try await beginner(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await begin(visit, fields)
        }
        router.get("/console/start/{programme}/event") { request, context in
            let (visit, staff) = try await setUp(request, context)
            return try await eventStep(visit, staff, site: Self.site(of: request))
        }
        router.post("/console/start/{programme}/event") { request, context in
            let (visit, staff) = try await setUp(request, context)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            return try await makeFirstKey(visit, staff, fields)
        }
        router.get("/console/start/{programme}/live") { request, context in
            let (visit, staff) = try await setUp(request, context)
            let stream = try await data.live(
                for: staff, after: lastEventID(of: request), language: visit.texts.language)
            return eventStream(stream, request: request, name: "event") { ConsoleEventNote($0, texts: visit.texts) }
        }
        router.get("/console/start/{programme}/look") { request, context in
            let (visit, staff) = try await setUp(request, context)
            let was = request.uri.queryParameters["was"].flatMap { StartLookPage.Outcome(rawValue: String($0)) }
            return try await lookStep(visit, staff, site: Self.site(of: request), outcome: was)
        }
        router.post("/console/start/{programme}/look") { request, context in
            let (visit, staff) = try await setUp(request, context)
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: 6 * Theme.logoBytes + 16_384)
            return try await takeLook(visit, staff, fields, site: Self.site(of: request))
        }
        router.get("/console/start/{programme}/launch") { request, context in
            let (visit, staff) = try await setUp(request, context)
            return try await launchStep(visit, staff, site: Self.site(of: request))
        }
        router.post("/console/start/{programme}/launch") { request, context in
            let (visit, staff) = try await setUp(request, context)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let version = fields["version"].flatMap({ Int64($0) }), let typed = fields["percent"] else {
                throw SiteProblem.formUnreadable
            }
            guard let percent = Int(typed), (1...100).contains(percent) else {
                return try await launchStep(visit, staff, typed: typed, isBad: true)
            }
            guard try await data.launch(percent * 100, basedOn: version, for: staff) else {
                return try await launchStep(visit, staff, typed: typed, isOutdated: true)
            }
            return redirect(to: Self.step("launch", of: staff))
        }
    }

    // MARK: Who

    /// Whoever may set up programmes, of whatever programme or of none yet.
    private func founder(of request: Request) async throws -> Visit<Founder> {
        guard let secret = cookies.value(of: .staff, in: request) else { throw try await noStaff(request) }
        guard let founder = try await data.founder(session: secret) else {
            // Signed in, and something else: that is a refusal and no question who they are.
            _ = try await staff(of: request)
            throw HTTPError(.forbidden)
        }
        return Visit(
            person: founder, texts: .of(language(of: request, preferred: nil)), csrf: seals.formToken(for: secret))
    }

    private func beginner(of request: Request) async throws -> Visit<Founder> {
        let visit = try await founder(of: request)
        guard visit.person.mayBegin else { throw HTTPError(.forbidden) }
        return visit
    }

    private func setUp(
        _ request: Request, _ context: some RequestContext
    ) async throws -> (Visit<Founder>, SiteStaff) {
        let visit = try await founder(of: request)
        let id = try parameter("programme", of: context)
        guard let staff = visit.person.programmes.first(where: { $0.programme.id.name == id }) else {
            throw SiteProblem.notFound
        }
        return (visit, staff)
    }

    /// Why a page of the console cannot be shown to whoever asks: there is nothing to show yet, or nobody signed in.
    func noStaff(_ request: Request) async throws -> SiteProblem {
        if let secret = cookies.value(of: .staff, in: request), let founder = try await data.founder(session: secret),
            founder.programmes.isEmpty, founder.mayBegin
        {
            return .begins
        }
        return try await data.isEmpty() ? .empty : .signInNeeded
    }

    private func startShell(_ visit: Visit<Founder>, _ staff: SiteStaff? = nil, title: String? = nil) -> Shell {
        let title = title ?? visit.texts.start.title
        let signOut = Shell.Form(action: "/signout/staff", csrf: visit.csrf)
        guard let staff else {
            return Shell(
                language: visit.texts.language, title: title, programme: "Stamgast", path: Self.start, signOut: signOut)
        }
        return Shell(
            language: visit.texts.language, title: title, programme: staff.programme.name, path: Self.start,
            signOut: signOut, look: staff.programme.look)
    }

    private static func step(_ name: String, of staff: SiteStaff, site: String = "") -> String {
        WebLink(path: ["console", "start", staff.programme.id.name, name]).address
            + (site.isEmpty ? "" : "?site=" + WebLink.encode(site))
    }

    /// The publisher's address, as it goes along; anything else is left out.
    private static func site(of request: Request) -> String {
        let text = parameters(of: request)("site") ?? ""
        return StartDraft.isSite(text) ? text : ""
    }

    // MARK: Name and starter

    private func nameStep(_ visit: Visit<Founder>, _ draft: StartDraft, status: HTTPResponse.Status) -> Response {
        let page = StartNamePage(
            draft, zones: data.timeZones(), shell: startShell(visit, title: visit.texts.start.steps[0]),
            texts: visit.texts)
        return html(page, status: status)
    }

    private func checked(_ field: (String) -> String?, texts: Texts) async throws -> StartDraft {
        var draft = StartDraft(field, texts: texts)
        if !data.knows(timeZone: draft.order.timeZone) { draft.zoneError = texts.start.zoneBad }
        if draft.idError == nil, try await data.isTaken(programme: draft.order.id) {
            draft.idError = texts.start.idTaken
        }
        return draft
    }

    private func starterStep(
        _ visit: Visit<Founder>, _ draft: StartDraft, problem: String? = nil
    ) async throws -> Response {
        let cards = try await data.starters(language: visit.texts.language)
        let page = StartStarterPage(
            cards, draft: draft, problem: problem, shell: startShell(visit, title: visit.texts.start.steps[1]),
            texts: visit.texts, csrf: visit.csrf)
        return html(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func begin(_ visit: Visit<Founder>, _ fields: [String: String]) async throws -> Response {
        guard let kind = fields["starter"].flatMap({ Starter.Kind(rawValue: $0) }) else {
            throw SiteProblem.formUnreadable
        }
        var draft = StartDraft({ fields[$0] }, texts: visit.texts)
        if !data.knows(timeZone: draft.order.timeZone) { draft.zoneError = visit.texts.start.zoneBad }
        if draft.isWrong { return nameStep(visit, draft, status: .unprocessableContent) }
        switch try await data.begin(draft.order, with: kind, for: visit.person) {
        case .begun:
            let path = WebLink(path: ["console", "start", draft.order.id, "event"]).address
            return redirect(to: path + (draft.site.isEmpty ? "" : "?site=" + WebLink.encode(draft.site)))
        case .taken:
            draft.idError = visit.texts.start.idTaken
            return nameStep(visit, draft, status: .unprocessableContent)
        case .refused(let problem): return try await starterStep(visit, draft, problem: problem)
        }
    }

    // MARK: The first event

    private func eventStep(
        _ visit: Visit<Founder>, _ staff: SiteStaff, site: String, made: (secret: String, isPage: Bool)? = nil,
        wasMadeBefore: Bool = false
    ) async throws -> Response {
        let desk = try await data.start(for: staff, language: visit.texts.language)
        return html(
            StartEventPage(
                desk, of: staff, site: site, origin: configuration.origin, made: made, wasMadeBefore: wasMadeBefore,
                shell: startShell(visit, staff, title: visit.texts.start.steps[2]), texts: visit.texts,
                csrf: visit.csrf, key: randomHex()))
    }

    private func makeFirstKey(
        _ visit: Visit<Founder>, _ staff: SiteStaff, _ fields: [String: String]
    ) async throws -> Response {
        let key = try formKey(fields)
        guard let kind = fields["kind"], ["live", "page"].contains(kind) else { throw SiteProblem.formUnreadable }
        let site = fields["site"].flatMap { StartDraft.isSite($0) ? $0 : nil } ?? ""
        let order = KeyOrder(
            label: visit.texts.start.keyLabel, isPublishable: kind == "page", scopes: [.eventsWrite])
        // Not behind a redirect: the secret would have to be kept, or stand in an address.
        switch try await data.make(order, for: staff, key: key) {
        case .made(let secret):
            return try await eventStep(visit, staff, site: site, made: (secret, kind == "page"))
        case .madeBefore, .refused: return try await eventStep(visit, staff, site: site, wasMadeBefore: true)
        }
    }

    // MARK: Look

    private func lookStep(
        _ visit: Visit<Founder>, _ staff: SiteStaff, site: String, draft: StartLook? = nil,
        outcome: StartLookPage.Outcome? = nil
    ) async throws -> Response {
        let look = try await data.look(for: staff)
        let desk = try await data.start(for: staff, language: visit.texts.language)
        let page = StartLookPage(
            look, desk, of: staff.programme.id.name, site: site, draft: draft, outcome: outcome,
            shell: startShell(visit, staff, title: visit.texts.start.steps[3]), texts: visit.texts, csrf: visit.csrf)
        let isWrong = draft?.accentError != nil || draft?.logoError != nil
        return html(page, status: isWrong ? .unprocessableContent : .ok)
    }

    private func takeLook(
        _ visit: Visit<Founder>, _ staff: SiteStaff, _ fields: [String: String], site: String
    ) async throws -> Response {
        guard let accent = fields["accent"], let logo = fields["logo"], let act = fields["do"],
            ["preview", "apply"].contains(act), let version = fields["version"].flatMap({ Int64($0) })
        else { throw SiteProblem.formUnreadable }
        // A look that somebody wrote as a file says more than this form: it is not written over.
        guard try await data.look(for: staff).file.allSatisfy(\.isWhitespace) else {
            return try await lookStep(visit, staff, site: site, outcome: .outdated)
        }
        var draft = StartLook(accent: accent, logo: logo)
        draft.note(try await data.check(look: draft.file, for: staff))
        if act == "apply", draft.theme != nil, !draft.isEmpty {
            if try await data.take(look: draft.file, basedOn: version, for: staff) {
                let path = Self.step("look", of: staff, site: site)
                return redirect(to: path + (site.isEmpty ? "?" : "&") + "was=done")
            }
            return try await lookStep(visit, staff, site: site, draft: draft, outcome: .outdated)
        }
        return try await lookStep(visit, staff, site: site, draft: draft)
    }

    // MARK: Launch

    private func launchStep(
        _ visit: Visit<Founder>, _ staff: SiteStaff, site: String = "", typed: String? = nil, isBad: Bool = false,
        isOutdated: Bool = false
    ) async throws -> Response {
        let desk = try await data.start(for: staff, language: visit.texts.language)
        let page = StartLaunchPage(
            desk, of: staff.programme.id.name, site: site, typed: typed, isBad: isBad, isOutdated: isOutdated,
            shell: startShell(visit, staff, title: visit.texts.start.steps[4]), texts: visit.texts, csrf: visit.csrf)
        return html(page, status: isBad ? .unprocessableContent : .ok)
    }
}
