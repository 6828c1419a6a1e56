internal import Hummingbird
internal import Primitives

/// Friends on leaderboards, teams, and leaderboards in the console.
extension StamgastSite {
    func addTogetherPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/circle") { request, _ in
            let outcome = request.uri.queryParameters["was"].flatMap { CirclePage.Outcome(rawValue: String($0)) }
            return try await circlePage(try await member(of: request), outcome: outcome)
        }
        router.post("/m/circle/code") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            let code = try await data.offerFriendship(for: visit.person, key: try Self.formKey(fields))
            return try await circlePage(visit, code: code)
        }
        router.post("/m/circle") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let code = fields["code"] else { throw SiteProblem.formUnreadable }
            let isDone = try await data.acceptFriendship(code: code, for: visit.person)
            return redirect(to: "/m/circle?was=\(isDone ? "connected" : "refused")")
        }
        router.post("/m/circle/{id}") { request, context in
            let visit = try await member(of: request)
            _ = try await form(request, secret: cookies.value(of: .member, in: request))
            guard try await data.endFriendship(try parameter("id", of: context), for: visit.person) else {
                throw SiteProblem.notFound
            }
            return redirect(to: "/m/circle?was=parted")
        }
        router.get("/m/team") { request, _ in
            try await teamPage(try await member(of: request), nil)
        }
        router.post("/m/team/{id}") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let wish = Self.teamWish(fields) else { throw SiteProblem.formUnreadable }
            let outcome = try await data.team(
                try parameter("id", of: context), wish, for: visit.person, key: try Self.formKey(fields))
            return try await teamPage(visit, outcome)
        }
    }

    func addBoardsConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/boards") { request, _ in
            let visit = try await staff(of: request)
            let boards = try await data.boards(for: visit.person, language: visit.texts.language)
            return html(
                ConsoleBoardsPage(boards, shell: shell(visit, path: "/console/boards"), texts: visit.texts))
        }
    }

    private static func formKey(_ fields: [String: String]) throws -> String {
        guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit) else {
            throw SiteProblem.formUnreadable
        }
        return key
    }

    private static func teamWish(_ fields: [String: String]) -> TeamWish? {
        switch fields["do"] {
        case "open": fields["kind"].map { .open(kind: $0) }
        case "join": fields["code"].map { .join(code: $0) }
        case "leave": .leave
        case "show": .show(true)
        case "hide": .show(false)
        case "invite": .invite
        default: nil
        }
    }

    private func circlePage(
        _ visit: Visit<SiteMember>, code: String? = nil, outcome: CirclePage.Outcome? = nil
    ) async throws -> Response {
        let desk = try await data.circle(of: visit.person, language: visit.texts.language)
        return html(
            CirclePage(
                desk, shell: shell(visit, title: visit.texts.together.circle, path: "/m/circle"), texts: visit.texts,
                csrf: visit.csrf, key: randomHex(), code: code, outcome: outcome))
    }

    private func teamPage(_ visit: Visit<SiteMember>, _ outcome: TeamOutcome?) async throws -> Response {
        let desk = try await data.teams(of: visit.person, language: visit.texts.language)
        let page = TeamPage(
            desk, shell: shell(visit, title: visit.texts.together.teams, path: "/m/team"), texts: visit.texts,
            csrf: visit.csrf, key: randomHex(), outcome: outcome)
        return html(page, status: outcome == .refused || outcome == .unknown ? .conflict : .ok)
    }
}
