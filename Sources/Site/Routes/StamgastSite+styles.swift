internal import Hummingbird

/// What somebody enjoys in taking part. Answers are kept nowhere; what they come to, only when the member keeps it.
extension StamgastSite {
    func addStyles<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/me/style") { request, _ in
            let visit = try await member(of: request)
            var found: [PlayStyle]?
            if let code = request.uri.queryParameters["is"].map(String.init) {
                guard let styles = StylePage.styles(code) else { throw SiteProblem.notFound }
                found = styles
            }
            return try await stylePage(visit, found, outcome: told("done", in: request))
        }
        router.post("/m/me/style") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            switch fields["do"] {
            case "answer":
                let answers = (1...PlayStyle.questions).map { fields["q\($0)"].flatMap { Int($0) } ?? 0 }
                guard let found = data.playStyles(from: answers) else {
                    return try await stylePage(visit, nil, isUnanswered: true)
                }
                return redirect(to: "/m/me/style?is=" + (found.isEmpty ? "even" : StylePage.code(found)))
            case "keep":
                guard let styles = fields["style"].flatMap({ StylePage.styles($0) }), !styles.isEmpty else {
                    throw SiteProblem.formUnreadable
                }
                try await data.keep(styles, for: visit.person)
                return redirect(to: "/m/me/style?done=kept")
            case "forget":
                try await data.keep([], for: visit.person)
                return redirect(to: "/m/me/style?done=removed")
            default: throw SiteProblem.formUnreadable
            }
        }
    }

    private func stylePage(
        _ visit: Visit<SiteMember>, _ found: [PlayStyle]?, isUnanswered: Bool = false,
        outcome: StylePage.Outcome? = nil
    ) async throws -> Response {
        let kept = try await data.playStyle(of: visit.person)
        let page = StylePage(
            kept: kept, found: found, isUnanswered: isUnanswered,
            shell: shell(visit, title: visit.texts.styles.title, path: "/m/me/style"), texts: visit.texts,
            csrf: visit.csrf, outcome: outcome)
        return html(page, status: isUnanswered ? .unprocessableContent : .ok)
    }
}
