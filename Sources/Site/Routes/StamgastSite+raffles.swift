internal import Hummingbird
internal import Primitives

extension StamgastSite {
    func addRafflePages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/raffles") { request, _ in
            let visit = try await member(of: request)
            let desk = try await data.raffles(of: visit.person, language: visit.texts.language)
            return html(
                RafflesPage(
                    desk, shell: shell(visit, title: visit.texts.raffles.title, path: "/m/raffles"),
                    texts: visit.texts, csrf: visit.csrf, key: randomHex(), outcome: told("was", in: request)))
        }
        router.post("/m/raffles/{id}") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit),
                let wish = fields["wish"].flatMap({ RaffleWish(rawValue: $0) })
            else { throw SiteProblem.formUnreadable }
            guard
                let isDone = try await data.ask(
                    wish, of: try parameter("id", of: context), for: visit.person, key: key)
            else { throw SiteProblem.notFound }
            return redirect(to: "/m/raffles?was=\(isDone ? "done" : "refused")")
        }
    }

    func addRafflesConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/raffles") { request, _ in
            try await consoleRaffles(try await staff(of: request), nil, told("was", in: request))
        }
        router.get("/console/raffles/{id}") { request, context in
            try await consoleRaffles(try await staff(of: request), try parameter("id", of: context), nil)
        }
        router.post("/console/raffles/{id}/close") { request, context in
            let visit = try await staff(of: request)
            _ = try await form(request, secret: cookies.value(of: .staff, in: request))
            let isDone = try await data.closeRaffle(try parameter("id", of: context), for: visit.person)
            return redirect(to: "/console/raffles?was=\(isDone ? "done" : "refused")")
        }
        router.post("/console/raffles/{id}/draw") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            let isDone = try await data.drawRaffle(
                try parameter("id", of: context), beacon: fields["beacon"] ?? "", for: visit.person)
            return redirect(to: "/console/raffles?was=\(isDone ? "done" : "refused")")
        }
    }

    private func consoleRaffles(
        _ visit: Visit<SiteStaff>, _ drawing: String?, _ outcome: RafflesPage.Outcome?
    ) async throws -> Response {
        let raffles = try await data.raffles(for: visit.person, language: visit.texts.language)
        if let drawing, !raffles.raffles.contains(where: { $0.id == drawing }) { throw SiteProblem.notFound }
        return html(
            ConsoleRafflesPage(
                raffles, shell: shell(visit, path: "/console/raffles"), texts: visit.texts, csrf: visit.csrf,
                drawing: drawing, outcome: outcome))
    }
}
