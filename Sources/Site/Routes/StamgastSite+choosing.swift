internal import Hummingbird

/// What stands first on Today, and what is taken of it.
extension StamgastSite {
    static var choosing: String { "/console/choice" }

    func addChoosing<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/choice") { request, _ in
            let visit = try await staff(of: request)
            let desk = try await data.choosing(for: visit.person, language: visit.texts.language)
            return html(
                ChoosingPage(
                    desk, shell: shell(visit, path: Self.choosing), texts: visit.texts, csrf: visit.csrf,
                    isChanged: request.uri.queryParameters["was"] == "done"))
        }
        router.post("/console/choice") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let act = fields["do"], ["on", "off"].contains(act) else { throw SiteProblem.formUnreadable }
            try await data.chooseRewards(act == "on", for: visit.person)
            return redirect(to: Self.choosing + "?was=done")
        }
    }
}
