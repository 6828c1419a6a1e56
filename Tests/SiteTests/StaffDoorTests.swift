import Access
import HTTPTypes
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// Where staff sign in, their own account, and the way to the identity provider and back.
struct StaffDoorTests {
    private static let owner = ["cookie": "stamgast-staff=owner-secret"]

    private static func data() -> FakeSiteData {
        let data = FakeSiteData()
        data.state.withLock {
            $0.staff["owner-secret"] = SiteStaff(programme: Samples.programme, staff: "s1", managesAccess: true)
            $0.staff["bare-secret"] = SiteStaff(programme: Samples.programme, staff: "s-bare")
        }
        return data
    }

    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    /// The cookies that an answer sets; a removed one is empty.
    private func cookies(_ answer: TestResponse) -> [String: String] {
        answer.headers[values: .setCookie].reduce(into: [:]) { found, line in
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            found[String(pair[0])] = line.contains("Max-Age=0") ? "" : String(pair[1])
        }
    }

    /// Opens a door's page and sends its form, as a browser would.
    private func send(
        _ client: any TestClientProtocol, _ path: String, _ fields: [String: String], cookie: String = ""
    ) async throws -> TestResponse {
        let page = try await RouteTests.get(client, path, ["cookie": cookie])
        let binding = try #require(cookies(page)["stamgast-form"])
        var form = fields
        form["csrf"] = try RouteTests.hidden("csrf", in: page)
        let all = ["stamgast-form=\(binding)", cookie].filter { !$0.isEmpty }.joined(separator: "; ")
        return try await RouteTests.post(client, path, ["cookie": all], form: form)
    }

    // MARK: The door

    @Test
    func `a password signs in, and the browser is known from then on`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let answer = try await send(client, "/console/signin", ["login": "noor", "password": "right"])
            #expect(answer.status == .seeOther && answer.headers[.location] == "/console/")
            let set = cookies(answer)
            #expect(set["stamgast-staff"] == "staff-secret" && set["stamgast-device"] == "device-1")
            #expect(set["stamgast-form"] == "" && set["stamgast-ticket"] == "")
            _ = try await send(
                client, "/console/signin", ["login": "noor", "password": "x"], cookie: "stamgast-device=device-1")
            #expect(chosen(data) == ["password noor -", "password noor device-1"])
        }
    }

    @Test
    func `whatever is wrong, the page says the same and gives no password back`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            var pages: Set<String> = []
            for (login, password) in [("noor", "wrong-1"), ("stranger", "right"), ("half", "wrong-2"), ("noor", "")] {
                let answer = try await send(client, "/console/signin", ["login": login, "password": password])
                #expect(answer.status == .unprocessableContent && answer.headers[.cacheControl] == "no-store")
                let html = RouteTests.text(answer)
                #expect(!html.contains("wrong-") && html.contains("value=\"\(login)\""))
                pages.insert(
                    html.replacing("value=\"\(login)\"", with: "").replacing(
                        #/name="csrf" value="[0-9a-f]*"/#, with: ""))
            }
            #expect(pages.count == 1)
            let busy = try await send(client, "/console/signin", ["login": "noor", "password": "rush"])
            #expect(busy.status == .serviceUnavailable)
        }
    }

    @Test
    func `a second step asks for a code, and begins again when it took too long`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let first = try await send(client, "/console/signin", ["login": "half", "password": "right"])
            #expect(first.headers[.location] == "/console/signin/code" && cookies(first)["stamgast-staff"] == nil)
            #expect(cookies(first)["stamgast-ticket"] == "ticket-1")
            let ticket = "stamgast-ticket=ticket-1"
            let wrong = try await send(client, "/console/signin/code", ["code": "000000"], cookie: ticket)
            #expect(wrong.status == .unprocessableContent && RouteTests.text(wrong).contains("role=\"alert\""))
            let right = try await send(client, "/console/signin/code", ["code": "123456"], cookie: ticket)
            #expect(right.headers[.location] == "/console/" && cookies(right)["stamgast-staff"] == "staff-secret")
            let late = try await send(
                client, "/console/signin/code", ["code": "123456"], cookie: "stamgast-ticket=ticket-0")
            #expect(RouteTests.text(late).contains("took too long"))
            let none = try await RouteTests.get(client, "/console/signin/code")
            #expect(none.headers[.location] == "/console/signin")
        }
    }

    @Test
    func `another browser's form signs nobody in`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/console/signin")
            let csrf = try RouteTests.hidden("csrf", in: page)
            let form = ["csrf": csrf, "login": "noor", "password": "right", "code": "123456"]
            for path in ["/console/signin", "/console/signin/code"] {
                for cookie in ["stamgast-form=other", "", "stamgast-ticket=ticket-1"] {
                    let forged = try await RouteTests.post(client, path, ["cookie": cookie], form: form)
                    #expect(forged.status == .forbidden, "\(path) \(cookie)")
                }
            }
            #expect(chosen(data).isEmpty)
        }
    }

    @Test
    func `whoever needs to sign in is shown the door of the staff on their pages only`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let console = try await RouteTests.get(client, "/console/rewards")
            #expect(console.status == .unauthorized && RouteTests.text(console).contains("href=\"/console/signin\""))
            let member = try await RouteTests.get(client, "/m/")
            #expect(!RouteTests.text(member).contains("/console"))
        }
    }

    // MARK: The provider

    @Test
    func `the way to the provider is a link, and leads back once`() async throws {
        let data = Self.data()
        let policy = try #require(HTTPField.Name("referrer-policy"))
        try await RouteTests.run(data) { client, _ in
            let door = RouteTests.text(try await RouteTests.get(client, "/console/signin"))
            #expect(door.contains("href=\"/console/signin/with/provider\"") && door.contains("login.example"))
            for (path, kind) in [("/console/signin/with/provider", "staff"), ("/signin/with/publisher", "member")] {
                let away = try await RouteTests.get(client, path)
                #expect(away.headers[.location] == "https://login.example/authorize?for=\(kind)")
                #expect(away.headers[policy] == "no-referrer")
                let line = away.headers[values: .setCookie].first { $0.hasPrefix("stamgast-provider=state-\(kind)") }
                #expect(line?.contains("SameSite=Lax") == true && line?.contains("HttpOnly") == true)
            }
            for (kind, code, place) in [("staff", "good", "/console/"), ("member", "good", "/m/")] {
                let back = try await RouteTests.get(
                    client, "/signin/return?state=s&code=\(code)&iss=https%3A%2F%2Flogin.example",
                    ["cookie": "stamgast-provider=state-\(kind)"])
                #expect(back.headers[.location] == place && cookies(back)["stamgast-provider"] == "")
                #expect(cookies(back)["stamgast-" + kind] == kind + "-secret")
            }
            #expect(chosen(data).first == "back s https://login.example state-staff")
            for (cookie, code, status, words) in [
                ("state-staff", "stranger", 403, "not linked with anybody"),
                ("state-staff", "bad", 422, "did not work"),
                ("state-member", "bad", 403, "did not tell us"), ("other", "good", 403, "did not tell us"),
            ] {
                let back = try await RouteTests.get(
                    client, "/signin/return?state=s&code=\(code)", ["cookie": "stamgast-provider=\(cookie)"])
                #expect(back.status.code == status && RouteTests.text(back).contains(words), "\(cookie) \(code)")
                #expect(back.headers[policy] == "no-referrer")
                #expect(cookies(back)["stamgast-provider"] == "" && cookies(back)["stamgast-staff"] == nil)
            }
        }
    }

    // MARK: One's own account

    @Test
    func `a password is chosen with the one before, and nothing typed is lost but passwords`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/console/account", Self.owner)
            let csrf = try RouteTests.hidden("csrf", in: page)
            func save(_ login: String, _ password: String, _ current: String) async throws -> TestResponse {
                try await RouteTests.post(
                    client, "/console/account/password", Self.owner,
                    form: ["csrf": csrf, "login": login, "password": password, "current": current])
            }
            for (login, password, current, field) in [
                ("noor2", "a long enough one", "wrong", "field-current"),
                ("taken", "a long enough one", "right", "field-login"),
                ("noor2", "short-one", "right", "field-password"),
            ] {
                let answer = try await save(login, password, current)
                let html = RouteTests.text(answer)
                #expect(answer.status == .unprocessableContent && html.contains("href=\"#\(field)\""))
                #expect(html.contains("value=\"\(login)\"") && !html.contains(password))
            }
            let saved = try await save("noor2", "a long enough one", "right")
            #expect(saved.headers[.location] == "/console/account?was=password")
            #expect(chosen(data) == ["set s1 noor2 owner-secret"])
        }
    }

    @Test
    func `a second factor is shown as a picture and as letters, and its codes once`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let page = try await RouteTests.get(client, "/console/account/second", Self.owner)
            let html = RouteTests.text(page)
            #expect(
                html.contains("GEZD GNBV GY3T QOJQ") && html.contains("<svg class=\"qr\"")
                    && html.contains("<path d=\"M"))
            #expect(page.headers[.cacheControl] == "no-store")
            let csrf = try RouteTests.hidden("csrf", in: page)
            let sealed = try RouteTests.hidden("sealed", in: page)
            func send(_ code: String, _ current: String) async throws -> TestResponse {
                try await RouteTests.post(
                    client, "/console/account/second", Self.owner,
                    form: ["csrf": csrf, "sealed": sealed, "code": code, "current": current])
            }
            for (code, current, field) in [("1", "right", "field-code"), ("123456", "wrong", "field-current")] {
                let answer = try await send(code, current)
                #expect(answer.status == .unprocessableContent)
                #expect(RouteTests.text(answer).contains("href=\"#\(field)\""))
            }
            let codes = try await send("123456", "right")
            #expect(
                RouteTests.text(codes).contains("abcd-efgh-ijkl-mnop") && codes.headers[.cacheControl] == "no-store")
            // Without a password there is nothing that it could stand beside.
            let bare = try await RouteTests.get(
                client, "/console/account/second", ["cookie": "stamgast-staff=bare-secret"])
            #expect(bare.headers[.location] == "/console/account")
            let wrong = try await RouteTests.post(
                client, "/console/account/codes", Self.owner, form: ["csrf": csrf, "current": "wrong"])
            #expect(RouteTests.text(wrong).contains("href=\"#field-codes-current\""))
            let fresh = try await RouteTests.post(
                client, "/console/account/codes", Self.owner, form: ["csrf": csrf, "current": "right"])
            #expect(RouteTests.text(fresh).contains("qrst-uvwx"))
        }
    }

    @Test
    func `forms about the own account and about others' carry a token and a role`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/console/jobs", RouteTests.staff)
            let csrf = try RouteTests.hidden("csrf", in: page)
            let form = [
                "csrf": csrf, "login": "x", "password": "a long enough one", "current": "right", "code": "123456",
                "sealed": "SEALED", "do": "link", "identity": "x",
            ]
            for path in ["password", "second", "codes", "sessions"] {
                let forged = try await RouteTests.post(client, "/console/account/" + path, Self.owner, form: form)
                #expect(forged.status == .forbidden, "\(path)")
                #expect(
                    try await RouteTests.post(client, "/console/account/" + path, form: form).status == .unauthorized)
            }
            for path in ["reset", "identity"] {
                let forged = try await RouteTests.post(client, "/console/staff/s2/" + path, Self.owner, form: form)
                #expect(forged.status == .forbidden, "\(path)")
                let other = try await RouteTests.post(client, "/console/staff/s2/" + path, RouteTests.staff, form: form)
                #expect(other.status == .forbidden, "\(path)")
            }
            #expect(chosen(data).isEmpty)
        }
    }

    @Test
    func `who manages access takes secrets away and links accounts, of their own only`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/console/staff/s2", Self.owner)
            let csrf = try RouteTests.hidden("csrf", in: page)
            func ask(_ id: String, _ path: String, _ fields: [String: String] = [:]) async throws -> TestResponse {
                try await RouteTests.post(
                    client, "/console/staff/\(id)/\(path)", Self.owner, form: fields.merging(["csrf": csrf]) { $1 })
            }
            #expect(RouteTests.text(page).contains("action=\"/console/staff/s2/reset\""))
            #expect(try await ask("s2", "reset").headers[.location] == "/console/staff/s2?door=reset")
            let linked = try await ask("s2", "identity", ["do": "link", "identity": "joris@x.org"])
            #expect(linked.headers[.location] == "/console/staff/s2?door=linked")
            let unlinked = try await ask("s2", "identity", ["do": "unlink", "identity": ""])
            #expect(unlinked.headers[.location] == "/console/staff/s2?door=unlinked")
            #expect(chosen(data) == ["reset s2", "link s2 joris@x.org", "link s2 nobody"])
            let taken = try await ask("s2", "identity", ["do": "link", "identity": "taken"])
            #expect(taken.status == .unprocessableContent && RouteTests.text(taken).contains("value=\"taken\""))
            #expect(try await ask("s3", "reset").status == .notFound)
            #expect(try await ask("s3", "identity", ["do": "link", "identity": "x"]).status == .notFound)
            let list = RouteTests.text(try await RouteTests.get(client, "/console/staff", Self.owner))
            #expect(list.contains("password and code") && list.contains("link only"))
            let out = try await RouteTests.post(
                client, "/console/account/sessions", Self.owner, form: ["csrf": csrf])
            #expect(out.headers[.location] == "/console/account?was=sessions")
            #expect(chosen(data).last == "elsewhere s1 owner-secret")
        }
    }
}
