internal import Hummingbird
internal import Primitives

extension StamgastSite {
    func addFriendPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/friends") { request, _ in
            let visit = try await member(of: request)
            let desk = try await data.friends(of: visit.person, language: visit.texts.language)
            return html(
                FriendsPage(
                    desk, shell: shell(visit, title: visit.texts.friends.title, path: "/m/friends"),
                    texts: visit.texts, csrf: visit.csrf, outcome: was(request)))
        }
        router.get("/m/ambassador") { request, _ in
            let visit = try await member(of: request)
            guard let desk = try await data.ambassador(visit.person, language: visit.texts.language) else {
                throw SiteProblem.notFound
            }
            let outcome = request.uri.queryParameters["was"].flatMap { RafflesPage.Outcome(rawValue: String($0)) }
            return html(
                AmbassadorPage(
                    desk, shell: shell(visit, title: visit.texts.fair.ambassador, path: "/m/friends"),
                    texts: visit.texts, csrf: visit.csrf, outcome: outcome))
        }
        router.post("/m/ambassador") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let standing = fields["standing"], let what = fields["do"], what == "accept" || what == "decline"
            else { throw SiteProblem.formUnreadable }
            let isDone = try await data.answer(standing, accepts: what == "accept", for: visit.person)
            return redirect(to: "/m/ambassador?was=\(isDone ? "done" : "refused")")
        }
        router.post("/m/friends/code") { request, _ in
            let visit = try await member(of: request)
            _ = try await form(request, secret: cookies.value(of: .member, in: request))
            let isDone = try await data.drawFriendCode(for: visit.person)
            return redirect(to: "/m/friends?was=\(isDone ? "done" : "refused")")
        }
        router.post("/m/friends/claim") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let code = fields["code"] else { throw SiteProblem.formUnreadable }
            let isDone = try await data.claimFriend(code: code, for: visit.person)
            return redirect(to: "/m/friends?was=\(isDone ? "done" : "refused")")
        }
    }

    func addFriendsConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/referrals") { request, _ in
            let visit = try await staff(of: request)
            let friends = try await data.friends(for: visit.person, language: visit.texts.language)
            return html(
                ConsoleFriendsPage(
                    friends, shell: shell(visit, path: "/console/referrals"), texts: visit.texts, csrf: visit.csrf,
                    outcome: was(request)))
        }
        router.post("/console/referrals") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let what = fields["do"], what == "invite" || what == "withdraw", let member = fields["member"],
                let standing = fields["standing"]
            else { throw SiteProblem.formUnreadable }
            let isDone = try await data.invite(
                member, to: standing, withdraws: what == "withdraw", for: visit.person)
            return redirect(to: "/console/referrals?was=\(isDone ? "done" : "refused")")
        }
    }

    private func was(_ request: Request) -> RafflesPage.Outcome? { told("was", in: request) }
}
