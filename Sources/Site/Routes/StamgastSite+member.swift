internal import Hummingbird
internal import Primitives

extension StamgastSite {
    func addMemberPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m") { request, _ in
            let visit = try await member(of: request)
            let today = try await data.today(of: visit.person, language: visit.texts.language)
            var page = MemberPage(
                today, shell: shell(visit, title: visit.texts.member.title, path: "/m/"), texts: visit.texts,
                csrf: visit.csrf)
            page.device = try await device(of: visit, lead: page.lead?.item.id)
            return html(page)
        }
        router.get("/m/play") { request, _ in
            let visit = try await member(of: request)
            let today = try await data.today(of: visit.person, language: visit.texts.language)
            return html(
                PlayPage(
                    today, shell: shell(visit, title: visit.texts.hub.play, path: "/m/play"), texts: visit.texts,
                    csrf: visit.csrf))
        }
        router.get("/m/me") { request, _ in
            let visit = try await member(of: request)
            let today = try await data.today(of: visit.person, language: visit.texts.language)
            return html(
                MePage(
                    today, shell: shell(visit, title: visit.texts.hub.me, path: "/m/me"), texts: visit.texts,
                    csrf: visit.csrf))
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
            return try await rewardPage(
                try parameter("id", of: context), visit: visit,
                seal: Self.seal(request.uri.queryParameters["from"].map(String.init)))
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
        addGiftPages(to: router)
        addBoardPages(to: router)
        addTogetherPages(to: router)
        addRafflePages(to: router)
        addFriendPages(to: router)
        addGamePages(to: router)
        router.get("/m/rewards") { request, _ in
            let visit = try await member(of: request)
            let filter =
                request.uri.queryParameters["show"].flatMap { RewardsPage.Filter(rawValue: String($0)) } ?? .all
            let shelf = try await data.rewards(of: visit.person, language: visit.texts.language)
            return html(
                RewardsPage(
                    shelf, filter: filter,
                    shell: shell(visit, title: visit.texts.reward.listTitle, path: "/m/rewards"), texts: visit.texts,
                    csrf: visit.csrf))
        }
        router.post("/m/rewards/{id}/wish") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let wish = fields["wish"], ["yes", "no"].contains(wish) else { throw SiteProblem.formUnreadable }
            let id = try parameter("id", of: context)
            guard try await data.wish(id, wish == "yes", for: visit.person) != nil else { throw SiteProblem.notFound }
            let show = fields["show"].flatMap { RewardsPage.Filter(rawValue: $0) } ?? .all
            return redirect(to: show == .all ? "/m/rewards" : "/m/rewards?show=\(show.rawValue)")
        }
        router.get("/m/tickets") { request, _ in
            let visit = try await member(of: request)
            let held = try await data.held(by: visit.person, language: visit.texts.language)
            return html(
                TicketsPage(
                    held, shell: shell(visit, title: visit.texts.reward.ticketsTitle, path: "/m/tickets"),
                    texts: visit.texts))
        }
        router.get("/m/redemptions/{id}/qr.svg") { request, context in
            let visit = try await member(of: request)
            let id = try parameter("id", of: context)
            let held = try await data.held(by: visit.person, language: visit.texts.language)
            guard let one = held.rewards.first(where: { $0.id == id }), let text = one.ticket ?? one.code,
                let code = QRCode(text)
            else { throw SiteProblem.notFound }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "image/svg+xml", .cacheControl: "private, no-store",
                    .contentSecurityPolicy: "default-src 'none'",
                ], body: ResponseBody(byteBuffer: ByteBuffer(string: code.svg)))
        }
        router.get("/m/card") { request, _ in
            let visit = try await member(of: request)
            let card = try await data.card(of: visit.person)
            return html(CardPage(card, shell: shell(visit, title: visit.texts.card.title, path: "/m/card")))
        }
        addHabits(to: router)
        addStyles(to: router)
        addOwnPages(to: router)
        addMyData(to: router)
        addHelp(to: router)
        addChallenges(to: router)
        addHumanPages(to: router)
        router.get("/m/live") { request, _ in
            let visit = try await member(of: request)
            let stream = try await data.live(
                of: visit.person, after: lastEventID(of: request), language: visit.texts.language)
            return eventStream(stream, request: request, name: "news") { MemberNewsNote($0, texts: visit.texts) }
        }
    }

    private func rewardPage(
        _ id: String, visit: Visit<SiteMember>, seal: String? = nil, refusal: RewardOffer.Availability? = nil
    ) async throws -> Response {
        guard var offer = try await data.reward(id, for: visit.person, language: visit.texts.language) else {
            throw SiteProblem.notFound
        }
        offer.seal = seal
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
        let quantity = try fields["quantity"].map { text -> Int64 in
            guard let number = Int64(text), number > 0 else { throw SiteProblem.formUnreadable }
            return number
        }
        let address = fields["address"].flatMap { $0.isEmpty ? nil : String($0.prefix(500)) }
        let unit = fields["unit"].flatMap { $0.isEmpty ? nil : $0 }
        let seal = Self.seal(fields["from"])
        let choice = RedeemChoice(
            quantity: quantity ?? 1, slot: fields["slot"] ?? "", address: address, unit: unit, seal: seal)
        switch try await data.redeem(id, choice, for: visit.person, key: key) {
        case .redeemed(let redemption): return redirect(to: WebLink(path: ["m", "redemptions", redemption]).address)
        case .refused(let availability):
            return try await rewardPage(id, visit: visit, seal: seal, refusal: availability)
        case nil: throw SiteProblem.notFound
        }
    }

    /// What came along, if it could be ours: anything else is left out, for it only says what a reward was shown for.
    private static func seal(_ text: String?) -> String? {
        text.flatMap { !$0.isEmpty && $0.utf8.count <= 1_000 && $0.allSatisfy(\.isHexDigit) ? $0 : nil }
    }

    func shell(_ visit: Visit<SiteMember>, title: String, path: String) -> Shell {
        let words = visit.texts.shell
        return Shell(
            language: visit.texts.language, title: title, programme: visit.person.programme.name,
            publisher: visit.person.programme.home, path: path,
            links: [
                Shell.Link(label: words.today, href: "/m/", current: path == "/m/"),
                Shell.Link(label: visit.texts.hub.play, href: "/m/play", current: path == "/m/play"),
                Shell.Link(label: words.rewards, href: "/m/rewards", current: path == "/m/rewards"),
                Shell.Link(label: visit.texts.letters.menu, href: "/m/letters", current: path == "/m/letters"),
                Shell.Link(label: visit.texts.hub.me, href: "/m/me", current: path == "/m/me"),
            ],
            signOut: Shell.Form(action: "/signout/member", csrf: visit.csrf), look: visit.person.programme.look,
            isApp: true)
    }
}
