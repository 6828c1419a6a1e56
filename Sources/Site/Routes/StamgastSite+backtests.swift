internal import Hummingbird

/// Changed rules held against history. Nothing of it touches a member.
extension StamgastSite {
    static var backtests: String { "/console/backtests" }

    func addBacktests<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/backtests") { request, _ in
            let visit = try await staff(of: request)
            var file: (path: String, text: String)?
            if let path = request.uri.queryParameters["file"].map(String.init) {
                guard let text = try await data.backtestFile(path, for: visit.person) else {
                    throw SiteProblem.notFound
                }
                file = (path, text)
            }
            return try await backtestPage(visit, file)
        }
        router.post("/console/backtests") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let step = fields["do"], let key = fields["key"], key.utf8.count == 32,
                key.allSatisfy(\.isHexDigit)
            else { throw SiteProblem.formUnreadable }
            if step == "replay" {
                guard let id = try await data.order(nil, for: visit.person, key: key) else {
                    return try await backtestPage(visit, nil, isRefused: true)
                }
                return redirect(to: "\(Self.backtests)/\(id)")
            }
            guard let path = fields["path"], let text = fields["text"], !path.isEmpty, path.utf8.count <= 200 else {
                throw SiteProblem.formUnreadable
            }
            if step == "run" {
                if let id = try await data.order((path, text), for: visit.person, key: key) {
                    return redirect(to: "\(Self.backtests)/\(id)")
                }
                return try await backtestPage(visit, (path, text), isRefused: true)
            }
            let draft = try await data.draft(text, at: path, for: visit.person)
            return try await backtestPage(visit, (path, text), draft)
        }
        router.get("/console/backtests/{id}") { request, context in
            let visit = try await staff(of: request)
            guard
                let sheet = try await data.backtest(
                    parameter("id", of: context), for: visit.person, language: visit.texts.language)
            else { throw SiteProblem.notFound }
            return html(
                BacktestResultPage(
                    sheet, shell: shell(visit, path: Self.backtests), texts: visit.texts, csrf: visit.csrf))
        }
        router.post("/console/backtests/{id}") { request, context in
            let visit = try await staff(of: request)
            _ = try await form(request, secret: cookies.value(of: .staff, in: request))
            let id = try parameter("id", of: context)
            try await data.cancelBacktest(id, for: visit.person)
            return redirect(to: Self.backtests)
        }
    }

    private func backtestPage(
        _ visit: Visit<SiteStaff>, _ file: (path: String, text: String)?, _ draft: BacktestDraft? = nil,
        isRefused: Bool = false
    ) async throws -> Response {
        let desk = try await data.backtests(for: visit.person)
        let page = BacktestPage(
            desk, file: file, draft: draft, isRefused: isRefused, shell: shell(visit, path: Self.backtests),
            texts: visit.texts, csrf: visit.csrf, key: randomHex())
        return html(page, status: isRefused || draft?.problems.isEmpty == false ? .unprocessableContent : .ok)
    }
}
