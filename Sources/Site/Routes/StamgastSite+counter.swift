internal import HTTPTypes
internal import Hummingbird

/// The counter: whoever is signed in and may serve has forms that work without scripts; a till without an account uses the
/// API under a key of its own. The scripts bring the camera and the scanner that types, and send the same forms.
extension StamgastSite {
    /// The longest code that is read: a ticket has 64 letters, printed in groups.
    private static let shownBytes = 128
    private static let slipBytes = 1_024

    func addCounter<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/counter") { request, _ in
            guard let visit = try await clerk(of: request) else {
                let texts = Texts.of(language(of: request, preferred: nil))
                return counter(
                    CounterPage(
                        shell: Shell(
                            language: texts.language, title: texts.counter.title, programme: "Stamgast",
                            path: "/counter")))
            }
            return counter(page(visit))
        }
        router.post("/counter") { request, _ in
            let (visit, fields) = try await served(request)
            guard let code = fields["code"], code.utf8.count <= Self.shownBytes, let key = Self.key(fields) else {
                throw SiteProblem.formUnreadable
            }
            let admits = fields["admit"] == "yes"
            let scan = try await data.scan(
                code, key: key, admits: admits, for: visit.person, language: visit.texts.language)
            var page = page(visit, admits: admits)
            page.result = CounterResultView(scan, code: code, texts: visit.texts, csrf: visit.csrf, key: randomHex())
            return counter(page)
        }
        router.post("/counter/ticket") { request, _ in
            let (visit, fields) = try await served(request)
            guard let code = fields["code"], code.utf8.count <= Self.shownBytes, let key = Self.key(fields) else {
                throw SiteProblem.formUnreadable
            }
            let scan = try await data.scan(
                code, key: key, admits: true, for: visit.person, language: visit.texts.language)
            var page = page(visit)
            page.result = CounterResultView(scan, code: code, texts: visit.texts, csrf: visit.csrf, key: randomHex())
            return counter(page)
        }
        router.post("/counter/hand-out") { request, _ in
            let (visit, fields) = try await served(request)
            guard let receipt = Self.slip("receipt", fields), let slip = Self.slip("visit", fields) else {
                throw SiteProblem.formUnreadable
            }
            let outcome = try await data.handOut(receipt, for: visit.person, language: visit.texts.language)
            return try await after(outcome, slip, visit)
        }
        router.post("/counter/redeem") { request, _ in
            let (visit, fields) = try await served(request)
            guard let reward = fields["reward"], reward.utf8.count <= 128, let slip = Self.slip("visit", fields),
                let key = Self.key(fields)
            else { throw SiteProblem.formUnreadable }
            let outcome = try await data.serve(
                reward, visit: slip, key: key, for: visit.person, language: visit.texts.language)
            return try await after(outcome, slip, visit)
        }
    }

    /// Whoever signs in as staff is led to the console; a clerk, who has none, from there to the counter.
    func toCounter(_ request: Request) async -> Response? {
        guard request.method == .get, request.uri.path.hasPrefix("/console"), (try? await clerk(of: request)) != nil
        else { return nil }
        return redirect(to: "/counter")
    }

    private func clerk(of request: Request) async throws -> Visit<SiteStaff>? {
        guard let secret = cookies.value(of: .staff, in: request), let staff = try await data.clerk(session: secret)
        else { return nil }
        return Visit(
            person: staff, texts: .of(language(of: request, preferred: staff.language)),
            csrf: seals.formToken(for: secret))
    }

    private func served(_ request: Request) async throws -> (Visit<SiteStaff>, [String: String]) {
        guard let visit = try await clerk(of: request) else { throw SiteProblem.signInNeeded }
        return (visit, try await form(request, secret: cookies.value(of: .staff, in: request)))
    }

    private static func key(_ fields: [String: String]) -> String? {
        fields["key"].flatMap { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) ? $0 : nil }
    }

    private static func slip(_ name: String, _ fields: [String: String]) -> String? {
        fields[name].flatMap { (1...slipBytes).contains($0.utf8.count) ? $0 : nil }
    }

    /// What is left to do for whoever stands there, under what was done.
    private func after(
        _ outcome: CounterOutcome, _ slip: String, _ visit: Visit<SiteStaff>
    ) async throws -> Response {
        let left = try await data.visit(slip, for: visit.person, language: visit.texts.language)
        var page = page(visit)
        page.result = CounterResultView(outcome, left: left, texts: visit.texts, csrf: visit.csrf, key: randomHex())
        return counter(page)
    }

    private func page(_ visit: Visit<SiteStaff>, admits: Bool = false) -> CounterPage {
        let texts = visit.texts
        let programme = visit.person.programme
        return CounterPage(
            shell: Shell(
                language: texts.language, title: texts.counter.title, programme: programme.name, path: "/counter",
                signOut: Shell.Form(action: "/signout/staff", csrf: visit.csrf), look: programme.look),
            desk: CounterPage.Desk(csrf: visit.csrf, key: randomHex(), admits: admits))
    }

    /// The one page that may ask for the camera.
    private func counter(_ page: CounterPage) -> Response {
        var response = html(page)
        if let name = HTTPField.Name("permissions-policy") {
            response.headers[name] = SecurityHeaders.permissions(camera: true)
        }
        return response
    }
}
