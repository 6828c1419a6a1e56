internal import Hummingbird

extension StamgastSite {
    func addConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console") { request, _ in
            let visit = try await staff(of: request)
            if visit.person.isServiceOnly { return redirect(to: Self.service) }
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
                    outcome: told("replayed", in: request)))
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
        router.get("/console/books") { request, _ in
            let visit = try await staff(of: request)
            let books = try await data.books(for: visit.person, language: visit.texts.language)
            return html(BooksPage(books, shell: shell(visit, path: "/console/books"), texts: visit.texts))
        }
        router.get("/console/jobs") { request, _ in
            let visit = try await staff(of: request)
            let started = request.uri.queryParameters["started"] != nil
            return try await jobsPage(visit, started: started)
        }
        router.post("/console/jobs") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let action = fields["action"], let unit = fields["unit"], let condition = fields["when"],
                let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit)
            else { throw SiteProblem.formUnreadable }
            let order = JobOrder(
                action: action, unit: unit, amount: fields["amount"].flatMap { Int64($0) }, condition: condition)
            if let problem = try await data.order(order, for: visit.person, key: key) {
                return try await jobsPage(visit, problem: problem, typed: condition)
            }
            return redirect(to: "/console/jobs?started=1")
        }
        router.post("/console/jobs/{id}") { request, context in
            let visit = try await staff(of: request)
            _ = try await form(request, secret: cookies.value(of: .staff, in: request))
            try await data.cancelJob(parameter("id", of: context), for: visit.person)
            return redirect(to: "/console/jobs")
        }
        addRewardDesk(to: router)
        addChoosing(to: router)
        addMemberDesk(to: router)
        addService(to: router)
        addPrivacyOffice(to: router)
        addApprovals(to: router)
        addHabitsConsole(to: router)
        addRecommendationsConsole(to: router)
        addExpressions(to: router)
        addReviews(to: router)
        addStart(to: router)
        addMeasures(to: router)
        addRafflesConsole(to: router)
        addFriendsConsole(to: router)
        addBoardsConsole(to: router)
        addGamesConsole(to: router)
        addHumanConsole(to: router)
        addEditor(to: router)
        addSimulator(to: router)
        addAudit(to: router)
        addKeysConsole(to: router)
        addIntegrations(to: router)
        addStaffConsole(to: router)
        router.get("/console/live") { request, _ in
            let visit = try await staff(of: request)
            let stream = try await data.live(
                for: visit.person, after: lastEventID(of: request), language: visit.texts.language)
            return eventStream(stream, request: request, name: "event") { ConsoleEventNote($0, texts: visit.texts) }
        }
    }

    private func jobsPage(
        _ visit: Visit<SiteStaff>, problem: String? = nil, started: Bool = false, typed: String = ""
    ) async throws -> Response {
        let jobs = try await data.jobs(for: visit.person)
        let page = JobsPage(
            jobs, shell: shell(visit, path: "/console/jobs"), texts: visit.texts, csrf: visit.csrf, key: randomHex(),
            problem: problem, started: started, typed: typed)
        return html(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    func shell(_ visit: Visit<SiteStaff>, path: String) -> Shell {
        let words = visit.texts.console
        var links = [
            (visit.texts.backtests.title, Self.backtests),
            (visit.texts.editor.title, Self.programme),
            (words.overview, "/console/"), (words.rules, "/console/rules"), (words.quarantine, "/console/quarantine"),
            (visit.texts.look.title, "/console/look"),
            (visit.texts.expressions.title, Self.expressions),
            (visit.texts.staffDoor.accountTitle, Self.ownAccount),
            (words.habits, "/console/habits"), (words.rewards, "/console/rewards"),
            (visit.texts.choosing.title, Self.choosing),
            (words.catalogue, "/console/catalogue"), (visit.texts.jobs.title, "/console/jobs"),
            (visit.texts.books.title, "/console/books"),
            (visit.texts.games.title, "/console/games"), (visit.texts.raffles.title, "/console/raffles"),
            (visit.texts.boards.title, "/console/boards"),
            (visit.texts.recommendations.title, Self.recommendations),
            (visit.texts.memberDesk.title, Self.members),
            (visit.texts.friends.title, "/console/referrals"), (visit.texts.writers.letters, "/console/letters"),
            (visit.texts.writers.proposals, "/console/proposals"),
            (visit.texts.simulator.title, "/console/simulator"),
            (visit.texts.reviews.title, "/console/reviews"), (visit.texts.measures.title, Self.aggregates),
        ]
        if visit.person.setsUp { links.append((visit.texts.start.title, Self.start)) }
        if visit.person.handlesPrivacy { links.append((visit.texts.office.title, Self.privacyOffice)) }
        if visit.person.answersMembers { links.append((visit.texts.service.title, Self.service)) }
        if visit.person.correctsPoints { links.append((visit.texts.approvals.title, Self.approvals)) }
        if visit.person.readsAudit { links.append((visit.texts.admin.auditTitle, "/console/audit")) }
        if visit.person.readsAudit { links.append((visit.texts.integrations.title, Self.integrations)) }
        if visit.person.managesAccess {
            links.append((visit.texts.admin.keysTitle, "/console/keys"))
            links.append((visit.texts.admin.staffTitle, "/console/staff"))
        }
        links = links.filter { !visit.person.seesAggregatesOnly || [Self.aggregates, Self.ownAccount].contains($0.1) }
            .filter { visit.person.seesMembers || ![Self.members, "/console/reviews"].contains($0.1) }
            .filter { !visit.person.isServiceOnly || ConsoleAccess.isForService($0.1) }
        return Shell(
            language: visit.texts.language, title: links.first { $0.1 == path }?.0 ?? visit.texts.shell.console,
            programme: visit.person.programme.name, publisher: visit.person.programme.home, path: path,
            sections: ConsoleMenu.sections(links, path: path, texts: visit.texts),
            signOut: Shell.Form(action: "/signout/staff", csrf: visit.csrf), look: visit.person.programme.look)
    }
}
