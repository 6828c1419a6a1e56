import HTTPTypes
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// The console's administration: the audit log, keys and staff.
struct AdministrationTests {
    private static let owner = ["cookie": "stamgast-staff=owner-secret"]
    private static let manager = ["cookie": "stamgast-staff=manager-secret"]

    private static func data() -> FakeSiteData {
        let data = FakeSiteData()
        data.state.withLock {
            $0.staff["owner-secret"] = SiteStaff(
                programme: Samples.programme, staff: "s1", readsAudit: true, managesAccess: true)
            $0.staff["manager-secret"] = SiteStaff(programme: Samples.programme, staff: "s9", readsAudit: true)
        }
        return data
    }

    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    private func post(
        _ client: any TestClientProtocol, from page: String, to path: String, _ fields: [String: String]
    ) async throws -> TestResponse {
        let answer = try await RouteTests.get(client, page, Self.owner)
        var form = ["csrf": try RouteTests.hidden("csrf", in: answer)]
        if RouteTests.text(answer).contains("name=\"key\"") { form["key"] = try RouteTests.hidden("key", in: answer) }
        form.merge(fields) { $1 }
        return try await RouteTests.post(client, path, Self.owner, form: form)
    }

    // MARK: Roles

    private static let pages = [
        "/console/audit", "/console/audit/export?as=csv", "/console/keys", "/console/keys/k1", "/console/staff",
        "/console/staff/s2",
    ]

    @Test
    func `each page opens for who may, and stands in the menu of nobody else`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            for path in Self.pages {
                let isAudit = path.hasPrefix("/console/audit")
                #expect(try await RouteTests.get(client, path, Self.owner).status == .ok, "\(path)")
                let asManager = try await RouteTests.get(client, path, Self.manager).status
                #expect(asManager == (isAudit ? .ok : .forbidden), "\(path)")
                #expect(try await RouteTests.get(client, path, RouteTests.staff).status == .forbidden, "\(path)")
                #expect(try await RouteTests.get(client, path).status == .unauthorized, "\(path)")
            }
            for (headers, menu) in [
                (Self.owner, [true, true, true]), (Self.manager, [true, false, false]),
                (RouteTests.staff, [false, false, false]),
            ] {
                let html = RouteTests.text(try await RouteTests.get(client, "/console", headers))
                let links = ["audit", "keys", "staff"].map { html.contains("href=\"/console/\($0)\"") }
                #expect(links == menu)
            }
            for path in ["/console/keys/k9", "/console/staff/s9"] {
                #expect(try await RouteTests.get(client, path, Self.owner).status == .notFound, "\(path)")
            }
        }
    }

    @Test
    func `no form works for another role, or without its token`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/console/jobs", Self.manager)
            let csrf = try RouteTests.hidden("csrf", in: page)
            let key = String(repeating: "a", count: 32)
            let all = [
                "csrf": csrf, "key": key, "label": "Shop", "kind": "live", "scope-events-write": "yes", "name": "Bo",
                "role": "editor", "where": "here", "do": "remove", "sure": "yes",
            ]
            for path in [
                "/console/keys", "/console/keys/k1", "/console/staff", "/console/staff/s2", "/console/staff/s2/link",
            ] {
                let asManager = try await RouteTests.post(client, path, Self.manager, form: all)
                #expect(asManager.status == .forbidden, "\(path)")
                // The manager's token is none of the owner's session.
                let forged = try await RouteTests.post(client, path, Self.owner, form: all)
                #expect(forged.status == .forbidden, "\(path)")
            }
            #expect(chosen(data).isEmpty, "\(chosen(data))")
        }
    }

    // MARK: The audit log

    @Test
    func `the log is looked through and turned over by its address`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let asked = "/console/audit?of=home&action=staff.change&object=staff%3As2&actor=No+or&from=2026-11-01"
            let html = RouteTests.text(try await RouteTests.get(client, asked, Self.owner))
            #expect(chosen(data).last == "audit true staff.change staff:s2")
            #expect(html.contains("Noor &lt;b&gt;") && html.contains("editor * → =manager *"))
            #expect(html.contains("verified up to entry 52") && html.contains("<code>bb</code>"))
            #expect(html.contains("value=\"No or\"") && html.contains("value=\"2026-11-01\""))
            let kept = "of=home&amp;action=staff.change&amp;object=staff%3As2&amp;actor=No%20or&amp;from=2026-11-01"
            #expect(html.contains("/console/audit?\(kept)&amp;before=51"), "the next page asks the same")
            #expect(html.contains("/console/audit/export?\(kept)&amp;as=lines"), "the file too")
            let none = RouteTests.text(try await RouteTests.get(client, "/console/audit?object=nothing", Self.owner))
            #expect(none.contains("Nothing found") && none.contains("value=\"nothing\""))
        }
    }

    @Test(arguments: ["from=yesterday", "to=2026-02-30", "from=2026-11-02&to=2026-11-01", "from=%EF%BC%92026-11-1"])
    func `a day that is none is said at its field, and no file is made of it`(asked: String) async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let page = try await RouteTests.get(client, "/console/audit?" + asked, Self.owner)
            #expect(page.status == .unprocessableContent)
            #expect(RouteTests.text(page).contains("aria-invalid=\"true\""))
            let file = try await RouteTests.get(client, "/console/audit/export?as=csv&" + asked, Self.owner)
            #expect(file.status == .notFound)
        }
    }

    @Test
    func `a file has every line as it is stored, and no formula and no name`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let csv = try await RouteTests.get(client, "/console/audit/export?as=csv", Self.owner)
            #expect(csv.headers[.cacheControl] == "no-store")
            let rows = RouteTests.text(csv).split(separator: "\r\n")
            #expect(rows.count == 1_201)
            #expect(rows[0] == "sequence,at,actor,action,object,before,after,reason,previous,hash")
            #expect(rows[1].hasPrefix("1200,2026-11-26T12:00:00"))
            #expect(
                rows[1].hasSuffix(
                    ",staff:s1,staff.change,staff:s2,editor *,'=manager *,\"A \"\"new\"\" desk\",aa,bb"))
            #expect(!RouteTests.text(csv).contains("Noor"))
            let lines = try await RouteTests.get(client, "/console/audit/export?as=lines", Self.owner)
            let all = RouteTests.text(lines).split(separator: "\n")
            #expect(all.count == 1_200 && Set(all).count == 1_200)
            #expect(all[0].hasPrefix("{\"sequence\":1200,") && all[0].hasSuffix("\"hash\":\"bb\"}"))
            #expect(try await RouteTests.get(client, "/console/audit/export?as=pdf", Self.owner).status == .notFound)
        }
    }

    // MARK: Keys

    @Test
    func `a key is made once and its secret shown once`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/console/keys", Self.owner)
            let form = [
                "csrf": try RouteTests.hidden("csrf", in: page), "key": try RouteTests.hidden("key", in: page),
                "label": "Shop <2>", "kind": "live", "scope-events-write": "yes", "scope-console": "yes",
            ]
            let made = try await RouteTests.post(client, "/console/keys", Self.owner, form: form)
            #expect(made.status == .ok && made.headers[.cacheControl] == "no-store")
            #expect(RouteTests.text(made).contains("sg_live_aaaabbbbcccc0_SECRET"))
            #expect(RouteTests.text(made).contains("Shop &lt;2&gt;"))
            let again = try await RouteTests.post(client, "/console/keys", Self.owner, form: form)
            #expect(again.status == .unprocessableContent && RouteTests.text(again).contains("made already"))
            #expect(!RouteTests.text(again).contains("SECRET"))
            #expect(chosen(data) == ["key Shop <2> false console,events:write"])
        }
    }

    @Test
    func `what is wrong with a key is said at its field, and nothing typed is lost`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            for (fields, says) in [
                (["label": "", "kind": "live", "scope-counter": "yes"], "Say on one line"),
                (["label": "   ", "kind": "live", "scope-counter": "yes"], "Say on one line"),
                (["label": "Till", "kind": "live"], "Choose at least one"),
                (["label": "Till", "kind": "page", "scope-counter": "yes"], "choose events:write alone"),
            ] {
                let wrong = try await post(client, from: "/console/keys", to: "/console/keys", fields)
                let html = RouteTests.text(wrong)
                #expect(wrong.status == .unprocessableContent && html.contains(says), "\(fields)")
                #expect(html.contains("value=\"\(fields["label"] ?? "")\""))
                if fields["scope-counter"] != nil {
                    #expect(html.contains("name=\"scope-counter\" value=\"yes\" checked"))
                }
            }
            #expect(chosen(data).isEmpty)
        }
    }

    @Test
    func `a key is ended on a page of its own, with a reason`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let done = try await post(
                client, from: "/console/keys/k1", to: "/console/keys/k1", ["reason": "Left the company"])
            #expect(done.headers[.location] == "/console/keys?was=revoked")
            #expect(chosen(data) == ["revoke k1 Left the company"])
            let ended = RouteTests.text(try await RouteTests.get(client, "/console/keys/k2", Self.owner))
            #expect(!ended.contains("action=\"/console/keys/k2\""), "what is revoked cannot be revoked")
        }
    }

    // MARK: Staff

    @Test
    func `whoever is invited gets a link that is shown once`() async throws {
        let data = Self.data()
        try await RouteTests.run(data, origin: "https://club.example") { client, _ in
            let cookie = ["cookie": "__Host-stamgast-staff=owner-secret"]
            let page = try await RouteTests.get(client, "/console/staff", cookie)
            let form = [
                "csrf": try RouteTests.hidden("csrf", in: page), "key": try RouteTests.hidden("key", in: page),
                "name": "Sam", "role": "service-agent", "where": "here",
            ]
            let made = try await RouteTests.post(client, "/console/staff", cookie, form: form)
            #expect(made.headers[.cacheControl] == "no-store")
            #expect(RouteTests.text(made).contains("https://club.example/signin/TOKEN"))
            let again = RouteTests.text(try await RouteTests.post(client, "/console/staff", cookie, form: form))
            #expect(again.contains("made already") && !again.contains("TOKEN") && again.contains("value=\"Sam\""))
            #expect(chosen(data) == ["invite Sam serviceAgent false"])
            var nameless = form
            nameless["name"] = ""
            let wrong = try await RouteTests.post(client, "/console/staff", cookie, form: nameless)
            #expect(wrong.status == .unprocessableContent && RouteTests.text(wrong).contains("Write a name"))
            #expect(RouteTests.text(wrong).contains("value=\"service-agent\" selected"))
        }
    }

    @Test
    func `an account is changed, signed out, given a link and removed, but not the last owner's`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            func ask(_ id: String, _ fields: [String: String]) async throws -> TestResponse {
                try await post(client, from: "/console/staff/\(id)", to: "/console/staff/\(id)", fields)
            }
            let role = try await ask("s2", ["do": "role", "role": "manager"])
            #expect(role.headers[.location] == "/console/staff/s2?was=role")
            let out = try await ask("s2", ["do": "sessions"])
            #expect(out.headers[.location] == "/console/staff/s2?was=sessions")
            let unsure = try await ask("s2", ["do": "remove", "reason": "Left"])
            #expect(unsure.status == .unprocessableContent && RouteTests.text(unsure).contains("value=\"Left\""))
            let gone = try await ask("s2", ["do": "remove", "reason": "Left", "sure": "yes"])
            #expect(gone.headers[.location] == "/console/staff?was=removed")
            #expect(chosen(data).count == 3 && chosen(data)[2].contains("Left"))
            let last = try await ask("s1", ["do": "role", "role": "clerk"])
            #expect(last.status == .unprocessableContent && RouteTests.text(last).contains("somebody must be left"))
            let link = try await post(client, from: "/console/staff/s2", to: "/console/staff/s2/link", [:])
            #expect(RouteTests.text(link).contains("http://localhost/signin/TOKEN"))
            #expect(link.headers[.cacheControl] == "no-store")
            // Who works elsewhere too, and who is gone, has no forms.
            for id in ["s3", "s4"] {
                let html = RouteTests.text(try await RouteTests.get(client, "/console/staff/\(id)", Self.owner))
                #expect(!html.contains("action=\"/console/staff/\(id)"), "\(id)")
            }
            let foreign = try await post(
                client, from: "/console/staff", to: "/console/staff/s3", ["do": "role", "role": "clerk"])
            #expect(foreign.status == .notFound)
        }
    }
}
