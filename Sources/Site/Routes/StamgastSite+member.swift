internal import Hummingbird
internal import Primitives

extension StamgastSite {
    func addMemberPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m") { request, _ in
            let visit = try await member(of: request)
            let today = try await data.today(of: visit.person, language: visit.texts.language)
            return html(
                MemberPage(today, shell: shell(visit, title: visit.texts.member.title, path: "/m/"), texts: visit.texts)
            )
        }
        router.get("/m/history") { request, _ in
            let visit = try await member(of: request)
            let after = request.uri.queryParameters["after"].map(String.init)
            guard
                let history = try await data.history(
                    of: visit.person, after: after, language: visit.texts.language)
            else { throw SiteProblem.notFound }
            return html(
                HistoryPageModel(
                    history, shell: shell(visit, title: visit.texts.history.title, path: "/m/history"),
                    texts: visit.texts))
        }
        router.get("/m/rewards/{id}") { request, context in
            let visit = try await member(of: request)
            return try await rewardPage(try parameter("id", of: context), visit: visit)
        }
        router.post("/m/rewards/{id}") { request, context in
            let visit = try await member(of: request)
            return try await redeem(try parameter("id", of: context), visit: visit, request: request)
        }
        router.get("/m/redemptions/{id}") { request, context in
            let visit = try await member(of: request)
            let id = try parameter("id", of: context)
            guard
                let redemption = try await data.redemption(id, of: visit.person, language: visit.texts.language)
            else { throw SiteProblem.notFound }
            let path = WebLink(path: ["m", "redemptions", id]).address
            return html(
                RedemptionPage(
                    redemption, shell: shell(visit, title: redemption.title.text, path: path), texts: visit.texts))
        }
        router.get("/m/live") { request, _ in
            let visit = try await member(of: request)
            let stream = try await data.live(
                of: visit.person, after: lastEventID(of: request), language: visit.texts.language)
            return eventStream(stream, request: request, name: "news") { MemberNewsNote($0, texts: visit.texts) }
        }
    }

    private func rewardPage(
        _ id: String, visit: Visit<SiteMember>, refusal: RewardOffer.Availability? = nil
    ) async throws -> Response {
        guard let offer = try await data.reward(id, for: visit.person, language: visit.texts.language) else {
            throw SiteProblem.notFound
        }
        let path = WebLink(path: ["m", "rewards", id]).address
        let page = RewardPage(
            offer, shell: shell(visit, title: offer.title.text, path: path), texts: visit.texts, csrf: visit.csrf,
            key: randomHex(), refusal: refusal)
        return html(page, status: refusal == nil ? .ok : .conflict)
    }

    private func redeem(_ id: String, visit: Visit<SiteMember>, request: Request) async throws -> Response {
        let fields = try await form(request, secret: cookies.value(of: .member, in: request))
        guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit) else {
            throw SiteProblem.formUnreadable
        }
        switch try await data.redeem(id, for: visit.person, key: key) {
        case .redeemed(let redemption): return redirect(to: WebLink(path: ["m", "redemptions", redemption]).address)
        case .refused(let availability): return try await rewardPage(id, visit: visit, refusal: availability)
        case nil: throw SiteProblem.notFound
        }
    }

    private func shell(_ visit: Visit<SiteMember>, title: String, path: String) -> Shell {
        let words = visit.texts.shell
        return Shell(
            language: visit.texts.language, title: title, programme: visit.person.programme.name,
            publisher: visit.person.programme.home, path: path,
            links: [
                Shell.Link(label: words.today, href: "/m/", current: path == "/m/"),
                Shell.Link(label: words.history, href: "/m/history", current: path == "/m/history"),
            ],
            signOut: Shell.Form(action: "/signout/member", csrf: visit.csrf))
    }
}
