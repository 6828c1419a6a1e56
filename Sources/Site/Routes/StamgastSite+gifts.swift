internal import Hummingbird
internal import Primitives

extension StamgastSite {
    func addGiftPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/gifts") { request, _ in
            try await giftPage(try await member(of: request), nil)
        }
        router.post("/m/gifts") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit),
                let unit = fields["unit"], let amount = fields["amount"].flatMap({ Int64($0) })
            else { throw SiteProblem.formUnreadable }
            let outcome = try await data.offerGift(
                unit: unit, amount: amount, for: visit.person, key: key, language: visit.texts.language)
            return try await giftPage(visit, outcome)
        }
        router.post("/m/gifts/accept") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let code = fields["code"] else { throw SiteProblem.formUnreadable }
            let outcome = try await data.acceptGift(code: code, for: visit.person, language: visit.texts.language)
            return try await giftPage(visit, outcome)
        }
        router.post("/m/gifts/{id}") { request, context in
            let visit = try await member(of: request)
            _ = try await form(request, secret: cookies.value(of: .member, in: request))
            let outcome = try await data.withdrawGift(try parameter("id", of: context), for: visit.person)
            return try await giftPage(visit, outcome)
        }
        router.post("/m/wallets/{id}") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit),
                let request = Self.walletRequest(fields)
            else { throw SiteProblem.formUnreadable }
            let outcome = try await data.wallet(
                try parameter("id", of: context), request, for: visit.person, key: key)
            return try await giftPage(visit, outcome)
        }
    }

    private static func walletRequest(_ fields: [String: String]) -> WalletRequest? {
        switch fields["do"] {
        case "open": fields["kind"].map { .open(kind: $0) }
        case "leave": .leave
        case "show": .show(true)
        case "hide": .show(false)
        case "draw":
            if let unit = fields["unit"], let amount = fields["amount"].flatMap({ Int64($0) }) {
                .draw(unit: unit, amount: amount)
            } else {
                nil
            }
        default: nil
        }
    }

    private func giftPage(_ visit: Visit<SiteMember>, _ outcome: GiftOutcome?) async throws -> Response {
        let desk = try await data.gifts(of: visit.person, language: visit.texts.language)
        let page = GiftPage(
            desk, shell: shell(visit, title: visit.texts.gifts.title, path: "/m/gifts"), texts: visit.texts,
            csrf: visit.csrf, key: randomHex(), outcome: outcome)
        return html(page, status: outcome == .refused || outcome == .unknown ? .conflict : .ok)
    }
}
