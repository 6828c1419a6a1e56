internal import Hummingbird

extension StamgastSite {
    func addConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console") { request, _ in
            let visit = try await staff(of: request)
            let today = try await data.today(for: visit.person, language: visit.texts.language)
            return html(ConsoleOverview(today, shell: shell(visit, path: "/console/"), texts: visit.texts))
        }
        router.get("/console/rules") { request, _ in
            let visit = try await staff(of: request)
            let rules = try await data.rules(for: visit.person, language: visit.texts.language)
            return html(RulesPage(rules, shell: shell(visit, path: "/console/rules"), texts: visit.texts))
        }
        router.get("/console/quarantine") { request, _ in
            let visit = try await staff(of: request)
            let query = request.uri.queryParameters
            guard
                let entries = try await data.quarantine(
                    for: visit.person, after: query["after"].map(String.init), language: visit.texts.language)
            else { throw SiteProblem.notFound }
            return html(
                QuarantineModel(
                    entries, shell: shell(visit, path: "/console/quarantine"), texts: visit.texts, csrf: visit.csrf,
                    outcome: query["replayed"].flatMap { ReplayOutcome(rawValue: String($0)) }))
        }
        router.post("/console/quarantine/{id}") { request, context in
            let visit = try await staff(of: request)
            _ = try await form(request, secret: cookies.value(of: .staff, in: request))
            let outcome = try await data.replay(parameter("id", of: context), for: visit.person)
            return redirect(to: "/console/quarantine?replayed=\(outcome.rawValue)")
        }
        router.get("/console/catalogue") { request, _ in
            let visit = try await staff(of: request)
            let stubs = try await data.stubs(for: visit.person, language: visit.texts.language)
            return html(StubsPage(stubs, shell: shell(visit, path: "/console/catalogue"), texts: visit.texts))
        }
        router.get("/console/live") { request, _ in
            let visit = try await staff(of: request)
            let stream = try await data.live(
                for: visit.person, after: lastEventID(of: request), language: visit.texts.language)
            return eventStream(stream, request: request, name: "event") { ConsoleEventNote($0, texts: visit.texts) }
        }
    }

    private func shell(_ visit: Visit<SiteStaff>, path: String) -> Shell {
        let words = visit.texts.console
        let links = [
            (words.overview, "/console/"), (words.rules, "/console/rules"), (words.quarantine, "/console/quarantine"),
            (words.catalogue, "/console/catalogue"),
        ]
        return Shell(
            language: visit.texts.language, title: links.first { $0.1 == path }?.0 ?? visit.texts.shell.console,
            programme: visit.person.programme.name, publisher: visit.person.programme.home, path: path,
            links: links.map { Shell.Link(label: $0.0, href: $0.1, current: $0.1 == path) },
            signOut: Shell.Form(action: "/signout/staff", csrf: visit.csrf))
    }
}
