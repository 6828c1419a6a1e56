import HTTPTypes
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// Asking for a link by mail, the demo's box, and coming over from the publisher's site.
struct MailDoorTests {
    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    /// The cookie that ties the form to the browser, and the form's token.
    private func form(_ client: any TestClientProtocol) async throws -> (cookie: [String: String], csrf: String) {
        let page = try await RouteTests.get(client, "/signin")
        let set = try #require(page.headers[.setCookie])
        return (["cookie": String(set.prefix { $0 != ";" })], try RouteTests.hidden("csrf", in: page))
    }

    @Test
    func `everybody who asks gets the same answer`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let (cookie, csrf) = try await form(client)
            var answers: Set<String> = []
            for address in ["known@example.org", "unknown@example.org"] {
                let answer = try await RouteTests.post(
                    client, "/signin", cookie, form: ["csrf": csrf, "address": " \(address) "])
                #expect(answer.status == .seeOther)
                let target = try #require(answer.headers[.location])
                #expect(!target.contains("@"), "the address is in no address bar")
                answers.insert(target + RouteTests.text(try await RouteTests.get(client, target)))
            }
            #expect(answers.count == 1)
            #expect(chosen(data) == ["mail known@example.org en", "mail unknown@example.org en"])
        }
    }

    @Test
    func `the publisher's own accounts are a link beside the field, and only there`() async throws {
        try await RouteTests.run { client, _ in
            let door = RouteTests.text(try await RouteTests.get(client, "/signin"))
            #expect(door.contains("href=\"/signin/with/publisher\"") && door.contains("login.example"))
            let sent = RouteTests.text(try await RouteTests.get(client, "/signin?sent=yes"))
            #expect(!sent.contains("/signin/with/publisher"))
        }
    }

    @Test
    func `what is no address stands beside its field, and stays`() async throws {
        try await RouteTests.run { client, _ in
            let (cookie, csrf) = try await form(client)
            let answer = try await RouteTests.post(client, "/signin", cookie, form: ["csrf": csrf, "address": "a<b"])
            #expect(answer.status == .unprocessableContent)
            let html = RouteTests.text(answer)
            #expect(html.contains("value=\"a&lt;b\"") && html.contains("aria-invalid=\"true\""))
        }
    }

    @Test
    func `only a form of ours asks`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let (cookie, csrf) = try await form(client)
            for (headers, fields) in [
                (cookie, ["address": "a@b.nl"]), (cookie, ["address": "a@b.nl", "csrf": "x"]),
                ([:], ["address": "a@b.nl", "csrf": csrf]),
                (cookie.merging(["origin": "https://evil.example"]) { $1 }, ["address": "a@b.nl", "csrf": csrf]),
            ] as [([String: String], [String: String])] {
                #expect(try await RouteTests.post(client, "/signin", headers, form: fields).status == .forbidden)
            }
            #expect(chosen(data).isEmpty)
        }
    }

    @Test
    func `without mail the page leads to the publisher, and asks for nothing`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let (cookie, csrf) = try await form(client)
            let page = RouteTests.text(try await RouteTests.get(client, "/signin?programme=quiet"))
            #expect(!page.contains("name=\"address\"") && page.contains("<h1>"))
            let asked = try await RouteTests.post(
                client, "/signin", cookie, form: ["csrf": csrf, "address": "a@b.nl", "programme": "quiet"])
            #expect(asked.status == .notFound && chosen(data).isEmpty)
            #expect(try await RouteTests.get(client, "/signin?programme=none").status == .notFound)
            let many = RouteTests.text(try await RouteTests.get(client, "/signin?programme=many"))
            #expect(many.contains("/signin?programme=\(Samples.programme.id.name)"))
        }
    }

    @Test
    func `who is not signed in is shown the door, staff are not`() async throws {
        try await RouteTests.run { client, _ in
            let own = RouteTests.text(try await RouteTests.get(client, "/m/"))
            let console = RouteTests.text(try await RouteTests.get(client, "/console/"))
            #expect(own.contains("href=\"/signin\"") && !console.contains("href=\"/signin\""))
        }
    }

    @Test
    func `the box is the demo's only`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let page = RouteTests.text(try await RouteTests.get(client, "/demo/mail"))
            #expect(page.contains("Your link &lt;b&gt;") && page.contains("href=\"/signin/abc\""))
            data.state.withLock { $0.outcome = .redeemed(id: "x") }
            #expect(try await RouteTests.get(client, "/demo/mail").status == .notFound)
        }
    }

    @Test
    func `who is handed over goes on at once, and only to a page of their own`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let referrer = try #require(HTTPField.Name("referrer-policy"))
            for (target, expected) in [
                ("/m/rewards", "/m/rewards"), ("", "/m/"), ("https://evil.example/m/", "/m/"),
                ("//evil.example", "/m/"),
                ("/console/", "/m/"), ("/m/\\evil", "/m/"),
            ] {
                let posted = try await RouteTests.post(
                    client, "/handover", ["origin": "https://news.example", "sec-fetch-site": "cross-site"],
                    form: ["token": "good", "to": target])
                let got = try await RouteTests.get(client, "/handover?token=good&to=\(WebLink.encode(target))")
                for answer in [posted, got] {
                    #expect(answer.status == .seeOther && answer.headers[.location] == expected, "\(target)")
                    #expect(answer.headers[referrer] == "no-referrer")
                    #expect(answer.headers[.cacheControl] == "no-store")
                    #expect(answer.headers[.setCookie]?.contains("HttpOnly") == true)
                }
            }
            _ = try await RouteTests.get(client, "/handover?token=good", RouteTests.member)
            #expect(chosen(data).last == "old member-secret")
        }
    }

    @Test
    func `a token that is not accepted opens nothing, and its address stays secret`() async throws {
        try await RouteTests.run { client, _ in
            for (uri, status) in [
                ("/handover?token=bad", HTTPResponse.Status.gone), ("/handover", .gone),
                ("/handover?token=stranger", .unauthorized), ("/handover?token=bad&programme=none", .notFound),
            ] {
                let answer = try await RouteTests.get(client, uri)
                #expect(answer.status == status, "\(uri)")
                #expect(answer.headers[.setCookie] == nil)
                #expect(answer.headers[try #require(HTTPField.Name("referrer-policy"))] == "no-referrer")
            }
        }
    }

    // MARK: Mails

    @Test(arguments: Language.allCases)
    func `a mail says who writes, what for, and how long`(language: Language) {
        var face = Samples.programme
        face.name = "De <Avond> & post"
        let link = "https://regulars.example/signin/abc"
        for kind in [SignInMail.Kind.link(link), .join(link), .unknown] {
            let mail = SignInMail(kind, programme: face, language: language)
            #expect(mail.subject.contains(face.name) && mail.text.contains(face.name))
            #expect(mail.html.contains("De &lt;Avond&gt; &amp; post") && !mail.html.contains("<Avond>"))
            #expect(mail.html.contains("<html lang=\"\(language.rawValue)\">"))
            #expect(mail.text.contains(link) == (kind != .unknown))
            #expect(mail.html.contains("href=\"\(link)\"") == (kind != .unknown))
            #expect(mail.text.contains("30") == (kind != .unknown))
            // Nothing is fetched: who reads the mail is nobody's business.
            #expect(!mail.html.contains("<img") && !mail.html.contains("src="))
        }
    }
}
