import Access
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Primitives
import Runtime
import Storage
import Synchronization
import Testing

@testable import Site

struct RouteTests {
    static let member = ["cookie": "stamgast-member=member-secret"]
    static let staff = ["cookie": "stamgast-staff=staff-secret"]

    /// Runs the routes in memory.
    static func run(
        _ data: FakeSiteData = FakeSiteData(), origin: String = "http://localhost",
        _ body: @escaping @Sendable (any TestClientProtocol, StamgastSite) async throws -> Void
    ) async throws {
        let site = try TestSite.make(data: data, origin: origin)
        let router = Router()
        router.add(middleware: site.pageErrors(for: BasicRequestContext.self))
        site.addRoutes(to: router)
        router.get("/v1/broken") { _, _ -> Response in throw HTTPError(.badRequest) }
        try await Application(router: router).test(.router) { client in try await body(client, site) }
    }

    static func fields(_ headers: [String: String]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
        return fields
    }

    static func get(
        _ client: any TestClientProtocol, _ uri: String, _ headers: [String: String] = [:]
    ) async throws -> TestResponse {
        try await client.execute(uri: uri, method: .get, headers: fields(headers)) { $0 }
    }

    static func post(
        _ client: any TestClientProtocol, _ uri: String, _ headers: [String: String] = [:], form: [String: String] = [:]
    ) async throws -> TestResponse {
        let body = form.map { "\($0.key)=\(WebLink.encode($0.value))" }.joined(separator: "&")
        var headers = headers
        headers["content-type"] = "application/x-www-form-urlencoded"
        return try await client.execute(
            uri: uri, method: .post, headers: fields(headers), body: ByteBuffer(string: body)
        ) { $0 }
    }

    static func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    /// The value of a hidden field.
    static func hidden(_ name: String, in response: TestResponse) throws -> String {
        let html = text(response)
        let start = try #require(html.firstRange(of: "name=\"\(name)\" value=\"")).upperBound
        return String(html[start...].prefix { $0 != "\"" })
    }

    static let memberPages = [
        "/m/offline",
        "/m/", "/m/history", "/m/history?after=cursor%2F2%2B", "/m/rewards/tote", "/m/card", "/m/redemptions/r1",
        "/m/rewards", "/m/rewards?show=wishes", "/m/tickets", "/m/gifts", "/m/play", "/m/me",
        "/m/me/data", "/m/me/privacy", "/m/me/privacy?done=level", "/m/me/erase", "/m/me/sessions?done=ended",
        "/m/me/help", "/m/me/help/q1?done=sent",
        "/m/me/style", "/m/me/style?is=achiever.player", "/m/me/style?is=even", "/m/me/subjects", "/m/me/year",
        "/m/letters", "/m/makers", "/m/makers/noor", "/m/changes", "/m/proposals?done=too-many",
    ]
    static let consolePages = [
        "/console/start", "/console/start/new", "/console/start/avondpost/event", "/console/start/avondpost/look",
        "/console/start/avondpost/launch",
        "/console/look", "/console/look?was=done", "/console/members",
        "/console/account", "/console/account?was=password", "/console/account/second",
        "/console/members/11223344-5566-7788-99aa-bbccddeeff00",
        "/console/", "/console/rules", "/console/quarantine", "/console/quarantine?after=next&replayed=gone",
        "/console/backtests", "/console/backtests?file=rules/read.yaml", "/console/backtests/b1",
        "/console/programme", "/console/programme/draft", "/console/programme/document",
        "/console/programme/entry?file=rules%2Fread.yaml", "/console/programme/new?kind=rule",
        "/console/programme/versions", "/console/programme/versions/3",
        "/console/catalogue", "/console/jobs", "/console/books", "/console/rewards", "/console/choice?was=done",
        "/console/service", "/console/service?state=closed", "/console/service/q1", "/console/approvals?done=agreed",
        "/console/letters?done=done", "/console/proposals",
        "/console/expression", "/console/expression?kind=rule&type=read&when=event.share+%3E%3D+0.7",
        "/console/simulator", "/console/simulator?busy=1",
    ]
    static let publicPages = [
        "/avondpost", "/avondpost/de-laatste-souffleur", "/avondpost/onder-de-kaap", "/avondpost/kyoto-stilte",
        "/signin", "/signin?sent=yes", "/demo/mail",
        "/signin/token-member", "/console/signin",
        "/signedout", "/goodbye", "/counter", "/styleguide", "/styleguide?sort=-readers&page=2",
    ]

    // MARK: Every page

    @Test
    func `every page answers, in every language, with the headers that protect it`() async throws {
        try await Self.run { client, _ in
            let pages =
                Self.memberPages.map { ($0, Self.member) } + Self.consolePages.map { ($0, Self.staff) }
                + Self.publicPages.map { ($0, [:]) } + Self.publicPages.map { ($0, Self.member) }
            for (uri, headers) in pages {
                for language in Language.allCases {
                    let response = try await Self.get(
                        client, uri, headers.merging(["accept-language": language.rawValue]) { $1 })
                    #expect(response.status == .ok, "\(uri)")
                    #expect(Self.text(response).contains("<html lang=\"\(language.rawValue)\">"), "\(uri)")
                    let policy = response.headers[.contentSecurityPolicy] ?? ""
                    #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'"), "\(uri)")
                    #expect(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "\(uri)")
                    #expect(response.headers[.xContentTypeOptions] == "nosniff", "\(uri)")
                    #expect(response.headers[.contentType] == "text/html; charset=utf-8", "\(uri)")
                    #expect(response.headers[try #require(HTTPField.Name("referrer-policy"))] != nil, "\(uri)")
                    let isPrivate = headers != [:] || uri.hasPrefix("/sign")
                    if isPrivate && !(uri == "/avondpost") {
                        #expect(response.headers[.cacheControl] == "no-store", "\(uri)")
                    }
                }
            }
        }
    }

    @Test
    func `nothing private opens without its own kind of session`() async throws {
        try await Self.run { client, _ in
            let wrong = ["cookie": "stamgast-member=wrong; stamgast-staff=wrong"]
            let crossed = ["cookie": "stamgast-member=staff-secret; stamgast-staff=member-secret"]
            for headers in [[:], wrong, crossed] {
                let files = ["/m/live", "/m/me/export", "/m/me/data/export", "/console/live"]
                for uri in Self.memberPages + Self.consolePages + files {
                    let response = try await Self.get(client, uri, headers)
                    #expect(response.status == .unauthorized, "\(uri)")
                    #expect(!Self.text(response).contains("Sanne"), "\(uri)")
                }
                for uri in [
                    "/m/rewards/tote", "/m/rewards/tote/wish", "/console/quarantine/q1", "/signout/member",
                    "/signout/staff", "/m/me/level", "/m/me/profiling", "/m/me/erase", "/m/me/sessions/end",
                ] {
                    let response = try await Self.post(client, uri, headers)
                    #expect([.unauthorized, .forbidden].contains(response.status), "\(uri)")
                }
            }
        }
    }

    @Test
    func `a chosen language comes before the browser's, and leads back only to our own pages`() async throws {
        try await Self.run { client, _ in
            let chosen = try await Self.get(client, "/language/ja?back=%2Fm%2Fhistory")
            #expect(chosen.status == .seeOther && chosen.headers[.location] == "/m/history")
            let cookie = try #require(chosen.headers[.setCookie])
            #expect(cookie.contains("stamgast-language=ja") && cookie.contains("HttpOnly"))
            let page = try await Self.get(
                client, "/avondpost", ["cookie": "stamgast-language=ja", "accept-language": "nl"])
            #expect(Self.text(page).contains("<html lang=\"ja\">"))
            for back in ["%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%5Cevil", "%2Fx%0d%0aset-cookie:a=b", ""]
            {
                let response = try await Self.get(client, "/language/nl?back=\(back)")
                #expect(response.headers[.location] == "/", "\(back)")
            }
            #expect(try await Self.get(client, "/language/xx").status == .notFound)
        }
    }

    @Test
    func `a member's own language comes before the browser's`() async throws {
        let data = FakeSiteData()
        data.state.withLock { $0.members["member-secret"]?.language = .ja }
        try await Self.run(data) { client, _ in
            let page = try await Self.get(client, "/m/", Self.member.merging(["accept-language": "nl"]) { $1 })
            #expect(Self.text(page).contains("<html lang=\"ja\">"))
        }
    }

    // MARK: Doors

    @Test
    func `opening a sign-in link uses nothing up, pressing the button does, once`() async throws {
        try await Self.run { client, _ in
            for _ in 0..<3 { #expect(try await Self.get(client, "/signin/token-member").status == .ok) }
            let page = try await Self.get(client, "/signin/token-member")
            #expect(page.headers[try #require(HTTPField.Name("referrer-policy"))] == "no-referrer")
            #expect(!Self.text(page).contains("back="), "the token goes into no other address")
            let token = try Self.hidden("csrf", in: page)
            let cookie = try #require(page.headers[.setCookie]).prefix { $0 != ";" }
            let refused = try await Self.post(client, "/signin/token-member", form: ["csrf": token])
            #expect(refused.status == .forbidden, "without the browser's own cookie the form is not ours")
            let headers = ["cookie": String(cookie)]
            let signedIn = try await Self.post(client, "/signin/token-member", headers, form: ["csrf": token])
            #expect(signedIn.status == .seeOther && signedIn.headers[.location] == "/m/")
            let session = try #require(signedIn.headers[values: .setCookie].first)
            for part in ["stamgast-member=member-secret", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=86400"] {
                #expect(session.contains(part))
            }
            #expect(!session.contains("Secure"))
            #expect(try await Self.post(client, "/signin/token-member", headers, form: ["csrf": token]).status == .gone)
            #expect(try await Self.get(client, "/signin/token-member").status == .gone)
            #expect(try await Self.get(client, "/signin/unknown").status == .gone, "unknown and used look the same")
        }
    }

    @Test
    func `over HTTPS cookies are bound to the host`() async throws {
        try await Self.run(origin: "https://stamgast.example") { client, _ in
            let page = try await Self.get(client, "/signin/token-staff")
            let cookie = try #require(page.headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-stamgast-form=") && cookie.contains("Secure"))
            #expect(page.headers[.strictTransportSecurity] != nil)
            let signedIn = try await Self.post(
                client, "/signin/token-staff", ["cookie": String(cookie.prefix { $0 != ";" })],
                form: ["csrf": try Self.hidden("csrf", in: page)])
            #expect(signedIn.headers[.location] == "/console/")
            let session = try #require(signedIn.headers[values: .setCookie].first)
            #expect(session.hasPrefix("__Host-stamgast-staff=") && session.contains("Secure"))
            // Without the prefix it could have been set by another host of the same site.
            #expect(try await Self.get(client, "/console/", Self.staff).status == .unauthorized)
            let own = ["cookie": "__Host-stamgast-staff=staff-secret"]
            #expect(try await Self.get(client, "/console/", own).status == .ok)
        }
    }

    @Test
    func `signing out ends the session and the cookie`() async throws {
        try await Self.run { client, _ in
            let token = try Self.hidden("csrf", in: try await Self.get(client, "/m/", Self.member))
            let out = try await Self.post(client, "/signout/member", Self.member, form: ["csrf": token])
            #expect(out.status == .seeOther && out.headers[.location] == "/signedout")
            #expect(try #require(out.headers[.setCookie]).contains("Max-Age=0"))
            #expect(try await Self.get(client, "/m/", Self.member).status == .unauthorized)
        }
    }

    @Test
    func `the front door leads to where one belongs`() async throws {
        try await Self.run { client, _ in
            for (headers, place) in [(Self.member, "/m/"), (Self.staff, "/console/"), ([:], "/avondpost")] {
                let answer = try await Self.get(client, "/", headers)
                #expect(answer.headers[.location] == place)
            }
        }
    }

    // MARK: Forms

    @Test(arguments: [
        ["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"], ["origin": "https://evil.example"],
        ["origin": "null"],
    ])
    func `no form is taken from another site, even with the right token`(headers: [String: String]) async throws {
        try await Self.run { client, site in
            let token = site.seals.formToken(for: "member-secret")
            let response = try await Self.post(
                client, "/m/rewards/tote", Self.member.merging(headers) { $1 },
                form: ["csrf": token, "key": String(repeating: "a", count: 32)])
            #expect(response.status == .forbidden)
        }
    }

    @Test
    func `no form is taken without its token, with another's, or with one that is nearly right`() async throws {
        let data = FakeSiteData()
        try await Self.run(data) { client, site in
            let key = String(repeating: "a", count: 32)
            let right = site.seals.formToken(for: "member-secret")
            for token in [
                "", site.seals.formToken(for: "staff-secret"), String(right.dropLast()) + "0g",
                String(right.dropLast(2)), right + "00",
            ]
            where token != right {
                let response = try await Self.post(
                    client, "/m/rewards/tote", Self.member, form: ["csrf": token, "key": key])
                #expect(response.status == .forbidden)
            }
            #expect(
                try await Self.post(client, "/m/rewards/tote", Self.member, form: ["key": key]).status == .forbidden)
            #expect(data.state.withLock { $0.redeemed.isEmpty })
        }
    }

    @Test
    func `a form of more than 16 KiB is not read`() async throws {
        try await Self.run { client, site in
            let response = try await Self.post(
                client, "/m/rewards/tote", Self.member,
                form: [
                    "csrf": site.seals.formToken(for: "member-secret"), "key": String(repeating: "a", count: 20_000),
                ])
            #expect(response.status == .badRequest)
        }
    }

    @Test
    func `redeeming asks first, then redeems once however often the button is pressed`() async throws {
        let data = FakeSiteData()
        try await Self.run(data) { client, _ in
            let page = try await Self.get(client, "/m/rewards/tote", Self.member)
            let form = ["csrf": try Self.hidden("csrf", in: page), "key": try Self.hidden("key", in: page)]
            #expect(form["key"]?.count == 32)
            for _ in 0..<3 {
                let done = try await Self.post(client, "/m/rewards/tote", Self.member, form: form)
                #expect(done.status == .seeOther && done.headers[.location] == "/m/redemptions/r1")
            }
            #expect(data.state.withLock { $0.redeemed.count } == 1)
            let again = try Self.hidden("key", in: try await Self.get(client, "/m/rewards/tote", Self.member))
            #expect(again != form["key"], "another visit is another wish")
            let odd = try await Self.post(
                client, "/m/rewards/tote", Self.member, form: form.merging(["key": "../../x"]) { $1 })
            #expect(odd.status == .badRequest)
        }
    }

    @Test
    func `a refusal says why and changes nothing`() async throws {
        let data = FakeSiteData()
        data.state.withLock { $0.outcome = .refused(.outOfStock) }
        try await Self.run(data) { client, site in
            let response = try await Self.post(
                client, "/m/rewards/tote", Self.member.merging(["accept-language": "nl"]) { $1 },
                form: ["csrf": site.seals.formToken(for: "member-secret"), "key": String(repeating: "b", count: 32)])
            #expect(response.status == .conflict)
            #expect(Self.text(response).contains("Op dit moment op") && Self.text(response).contains("role=\"alert\""))
        }
    }

    @Test
    func `replaying a quarantined event says what came of it`() async throws {
        let data = FakeSiteData()
        try await Self.run(data) { client, site in
            let form = ["csrf": site.seals.formToken(for: "staff-secret")]
            let accepted = try await Self.post(client, "/console/quarantine/q%2F1", Self.staff, form: form)
            #expect(accepted.headers[.location] == "/console/quarantine?replayed=accepted")
            let refused = try await Self.post(client, "/console/quarantine/q2", Self.staff, form: form)
            #expect(refused.headers[.location] == "/console/quarantine?replayed=refused")
            #expect(data.state.withLock { $0.replayed } == ["q/1", "q2"])
            let page = try await Self.get(
                client, "/console/quarantine?replayed=accepted", Self.staff.merging(["accept-language": "nl"]) { $1 })
            #expect(Self.text(page).contains("Aangenomen"))
        }
    }

    // MARK: Errors

    @Test
    func `what is not there is said in the look of the house, but the API keeps its own errors`() async throws {
        let data = FakeSiteData()
        data.state.withLock { $0.failure = FakeSiteData.Broken() }
        try await Self.run(data) { client, _ in
            let html = ["accept": "text/html", "accept-language": "nl"]
            let missing = try await Self.get(client, "/nowhere", html)
            #expect(missing.status == .notFound && Self.text(missing).contains("Deze pagina is er niet"))
            #expect(missing.headers[.contentSecurityPolicy] != nil)
            #expect(Self.text(try await Self.get(client, "/nowhere")).isEmpty, "a program gets no page")
            #expect(Self.text(try await Self.get(client, "/v1/nowhere", html)).isEmpty)
            #expect(try await Self.get(client, "/v1/broken", html).status == .badRequest)
            for uri in ["/m/rewards/none", "/m/redemptions/none", "/m/history?after=forged"] {
                #expect(try await Self.get(client, uri, Self.member).status == .notFound, "\(uri)")
            }
            #expect(try await Self.get(client, "/avondpost/none").status == .notFound)
            let fault = try await Self.get(client, "/m/", Self.member.merging(html) { $1 })
            #expect(fault.status == .internalServerError && Self.text(fault).contains("Er ging iets mis"))
            #expect(!Self.text(fault).contains("Broken"))
        }
    }

    @Test(
        arguments: [
            PipelineProblem.unavailable, PipelineProblem.overloaded, PipelineProblem.readOnly, StorageProblem.busy,
        ] as [any Error])
    func `what passes by itself is shown as busy`(problem: any Error) async throws {
        let data = FakeSiteData()
        data.state.withLock { $0.failure = problem }
        try await Self.run(data) { client, _ in
            let headers = Self.member.merging(["accept": "text/html", "accept-language": "nl"]) { $1 }
            let busy = try await Self.get(client, "/m/", headers)
            #expect(busy.status == .serviceUnavailable && Self.text(busy).contains("Het is even druk"))
        }
    }

    // MARK: Files and widget

    @Test
    func `assets are cached for ever under their hashed names`() async throws {
        try await Self.run { client, _ in
            let html = Self.text(try await Self.get(client, "/avondpost/de-laatste-souffleur"))
            let paths = html.matches(of: /"(\/assets\/[^"]+)"/).map { String($0.1) }
            #expect(paths.count >= 4)
            for path in paths {
                let asset = try await Self.get(client, path)
                #expect(asset.status == .ok && asset.body.readableBytes > 0)
                #expect(asset.headers[.cacheControl] == "public, max-age=31536000, immutable")
            }
            #expect(try await Self.get(client, "/assets/site.css").status == .notFound)
            #expect(try await Self.get(client, "/assets/site.0000000000000000.css").status == .notFound)
            let widget = try await Self.get(client, "/widget.js")
            #expect(widget.headers[.accessControlAllowOrigin] == "*")
            let tag = try #require(widget.headers[.eTag])
            #expect(try await Self.get(client, "/widget.js", ["if-none-match": tag]).status == .notModified)
            #expect(Self.text(try await Self.get(client, "/robots.txt")).contains("Disallow: /m/"))
        }
    }

    @Test
    func `the widget's answer is for everybody without a pass, and personal with one`() async throws {
        try await Self.run { client, site in
            let question = "/v1/widget?item=de-laatste-souffleur&key=pk_demo_1&lang=nl"
            let everybody = try await Self.get(client, question)
            #expect(everybody.status == .ok && everybody.headers[.accessControlAllowOrigin] == "*")
            #expect(everybody.headers[.cacheControl] == "public, max-age=60")
            #expect(
                Self.text(everybody).contains("Log in om mee te tellen.") && !Self.text(everybody).contains("1.245"))
            func pass(_ programme: String, seconds: Int64) throws -> String {
                try site.passes.make(
                    for: Samples.member, in: try #require(ProgrammeID(programme)),
                    until: TestSite.now.adding(milliseconds: seconds * 1_000))
            }
            let good = try pass("avondpost", seconds: 60)
            let own = try await Self.get(client, question, ["authorization": "Bearer \(good)"])
            #expect(Self.text(own).contains("1.245") && own.headers[.cacheControl] == "no-store")
            #expect(!good.contains("avondpost") && !Self.text(own).contains(Samples.member.description))
            let forged = (good.first == "A" ? "B" : "A") + good.dropFirst()
            for bad in [try pass("avondpost", seconds: 0), try pass("other", seconds: 60), forged, "", "x.y"] {
                let answer = try await Self.get(client, question, ["authorization": "Bearer \(bad)"])
                #expect(!Self.text(answer).contains("1.245"))
            }
            let preflight = try await client.execute(uri: "/v1/widget", method: .options) { $0 }
            #expect(preflight.status == .noContent)
            #expect(preflight.headers[.accessControlAllowHeaders] == "authorization")
        }
    }

    @Test(arguments: [
        ("", 400), ("?item=x", 400), ("?key=pk_demo_1", 400), ("?item=x&key=pk_other", 404),
        ("?item=none&key=pk_demo_1", 404), ("?item=\(String(repeating: "a", count: 513))&key=pk_demo_1", 400),
    ])
    func `a wrong question is answered with a problem document`(query: String, status: Int) async throws {
        try await Self.run { client, _ in
            let answer = try await Self.get(client, "/v1/widget" + query)
            #expect(answer.status.code == status)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.headers[.accessControlAllowOrigin] == "*", "the page may read what is wrong")
            #expect(Self.text(answer).contains("\"status\":\(status)"))
        }
    }

    @Test
    func `only a signed-in reader's page names a subject and carries a pass`() async throws {
        try await Self.run { client, site in
            let guest = Self.text(try await Self.get(client, "/avondpost/de-laatste-souffleur"))
            #expect(!guest.contains("data-subject") && !guest.contains(" pass="))
            let reader = Self.text(try await Self.get(client, "/avondpost/de-laatste-souffleur", Self.member))
            #expect(reader.contains("data-subject=\"reader-4711\""))
            let pass = try #require(reader.firstMatch(of: /\spass="([^"]+)"/)?.1)
            #expect(site.passes.read(String(pass), now: TestSite.now)?.member == Samples.member)
            #expect(site.passes.read(String(pass), now: TestSite.now.adding(milliseconds: 3_600_000)) == nil)
            #expect(!reader.contains(Samples.member.description))
        }
    }
}
