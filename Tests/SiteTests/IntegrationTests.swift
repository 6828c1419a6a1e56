import HTTPTypes
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// The console's webhooks: state, log, redelivery, test, secrets.
struct IntegrationTests {
    private static let manager = ["cookie": "stamgast-staff=manager-secret"]
    /// Reads the audit log and may not change the programme.
    private static let reader = ["cookie": "stamgast-staff=reader-secret"]
    private static let page = "/console/integrations"
    private static let crm = "/console/integrations/crm"

    private static func data() -> FakeSiteData {
        let data = FakeSiteData()
        data.state.withLock {
            $0.staff["manager-secret"] = SiteStaff(programme: Samples.programme, staff: "s2", readsAudit: true)
            $0.staff["reader-secret"] = SiteStaff(programme: Samples.programme, staff: "s9", readsAudit: true)
        }
        return data
    }

    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    private func post(
        _ client: any TestClientProtocol, to path: String, _ fields: [String: String]
    ) async throws -> TestResponse {
        let answer = try await RouteTests.get(client, path, Self.manager)
        var form = ["csrf": try RouteTests.hidden("csrf", in: answer)]
        form.merge(fields) { $1 }
        return try await RouteTests.post(client, path, Self.manager, form: form)
    }

    private static let asked: [[String: String]] = [
        ["do": "test"], ["do": "resume"], ["do": "one", "message": "7"], ["do": "since", "since": "2025-11-20"],
        ["do": "move", "url": "https://x.example/"], ["do": "remove", "sure": "yes"],
        ["do": "rotate", "generation": "2"],
    ]

    @Test
    func `whoever may not see webhooks has no page, no link and no form`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            for path in [Self.page, Self.crm] {
                #expect(try await RouteTests.get(client, path, Self.manager).status == .ok)
                #expect(try await RouteTests.get(client, path, Self.reader).status == .ok)
                #expect(try await RouteTests.get(client, path, RouteTests.staff).status == .forbidden)
                #expect(try await RouteTests.get(client, path).status == .unauthorized)
                #expect(try await RouteTests.get(client, path, RouteTests.member).status == .unauthorized)
            }
            #expect(try await RouteTests.get(client, Self.page + "/none", Self.manager).status == .notFound)
            let link = "href=\"\(Self.page)\""
            #expect(RouteTests.text(try await RouteTests.get(client, "/console", Self.manager)).contains(link))
            #expect(!RouteTests.text(try await RouteTests.get(client, "/console", RouteTests.staff)).contains(link))
            for path in [Self.page, Self.crm] {
                let html = RouteTests.text(try await RouteTests.get(client, path, Self.reader))
                #expect(!html.contains("action=\"\(path)\"") && !html.contains("#again"), "\(path)")
            }
            #expect(chosen(data).isEmpty)
        }
    }

    @Test
    func `no form works for another role, or without its token`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            func token(_ headers: [String: String]) async throws -> String {
                try RouteTests.hidden("csrf", in: try await RouteTests.get(client, "/console/jobs", headers))
            }
            let (readers, others) = (try await token(Self.reader), try await token(RouteTests.staff))
            for fields in Self.asked {
                let mine = fields.merging(["csrf": readers]) { $1 }
                #expect(try await RouteTests.post(client, Self.crm, Self.reader, form: mine).status == .forbidden)
                let theirs = fields.merging(["csrf": others]) { $1 }
                #expect(
                    try await RouteTests.post(client, Self.crm, RouteTests.staff, form: theirs).status == .forbidden)
                // The reader's token is none of the manager's session.
                #expect(try await RouteTests.post(client, Self.crm, Self.manager, form: mine).status == .forbidden)
            }
            let new = ["id": "till", "url": "https://t.example/"]
            for (headers, csrf) in [(Self.reader, readers), (RouteTests.staff, others), (Self.manager, readers)] {
                let form = new.merging(["csrf": csrf]) { $1 }
                #expect(try await RouteTests.post(client, Self.page, headers, form: form).status == .forbidden)
            }
            #expect(chosen(data).isEmpty, "\(chosen(data))")
        }
    }

    @Test
    func `each webhook says how it is doing`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let html = RouteTests.text(try await RouteTests.get(client, Self.page, Self.manager))
            for text in [
                "Failing since today, 10:00", "next attempt: today, 11:00", "2 messages set aside",
                "more than 10,000", "16 taken, 7 attempts failed", "Healthy", "Nothing sent yet", "(410)",
                "for five days", "https://crm.example/h?a=1&amp;b=&lt;2&gt;",
            ] { #expect(html.contains(text), "\(text)") }
            #expect(html.matches(of: /class="spark"/).count == 2, "a line where something was taken")
            #expect(!html.contains("href=\"/console/keys\""), "keys are for who manages access")
        }
    }

    @Test
    func `the log is filtered, sorted and turned over by its address, and says no content`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let first = RouteTests.text(try await RouteTests.get(client, Self.crm, Self.manager))
            #expect(first.contains("msg_post_119") && first.contains("msg_post_71") && !first.contains("msg_post_70<"))
            #expect(first.contains("href=\"\(Self.crm)?page=2\""))
            for text in ["HTTP 503", "No answer in time", "No connection", "(TLS)", "Address not allowed", "by hand"] {
                #expect(first.contains(text), "\(text)")
            }
            #expect(first.contains("href=\"\(Self.crm)?message=41#again\""), "what was set aside can be sent again")
            let failed = RouteTests.text(
                try await RouteTests.get(client, Self.crm + "?show=failed&sort=-took&page=2", Self.manager))
            #expect(!failed.contains("HTTP 204"))
            #expect(failed.contains("show=failed&amp;sort=took"), "sorting keeps the filter")
            #expect(failed.contains("aria-sort=\"descending\""))
            let chosen = RouteTests.text(
                try await RouteTests.get(client, Self.crm + "?message=41", Self.manager))
            #expect(chosen.contains("name=\"message\" value=\"41\""))
            let odd = RouteTests.text(
                try await RouteTests.get(client, Self.crm + "?message=%22%3E&was=x&page=0", Self.manager))
            #expect(odd.contains("name=\"message\" value=\"\""))
        }
    }

    @Test
    func `a webhook is added and its secret shown once`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let made = try await post(client, to: Self.page, ["id": "till", "url": " https://t.example/h "])
            #expect(made.status == .ok && made.headers[.cacheControl] == "no-store")
            #expect(RouteTests.text(made).contains("whsec_FIRST"))
            #expect(!RouteTests.text(made).contains("24 hours"), "there was none before")
            #expect(chosen(data) == ["add(id: \"till\", url: \"https://t.example/h\")"])
        }
    }

    @Test(arguments: [
        ("Till", "https://t.example/", "Write at most 64"), ("till-", "https://t.example/", "Write at most 64"),
        ("till", "http://t.example/", "Write a whole address"), ("till", "https:///x", "Write a whole address"),
        ("till", "https://t.example/a b", "Write a whole address"), ("crm", "https://t.example/", "of this name"),
        ("till", "https://10.0.0.1/", "not on the public internet"),
    ])
    func `what is wrong with a new webhook is said at its field, and nothing typed is lost`(
        id: String, url: String, says: String
    ) async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let wrong = try await post(client, to: Self.page, ["id": id, "url": url])
            let html = RouteTests.text(wrong)
            #expect(wrong.status == .unprocessableContent && html.contains(says))
            #expect(html.contains("aria-invalid=\"true\"") && !html.contains("whsec_"))
            #expect(html.contains("value=\"\(id)\"") && html.contains("value=\"\(url)\""))
        }
    }

    @Test
    func `what is asked of a webhook is done and told`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            for (fields, note) in [
                (["do": "test"], "sent"), (["do": "resume"], "resumed"), (["do": "one", "message": "7"], "sent"),
                (["do": "one", "message": "404"], "gone"), (["do": "since", "since": Samples.today.iso], "queued"),
                (["do": "since", "since": "2099-01-01"], "nothing"),
                (["do": "move", "url": "https://x.example/"], "moved"), (["do": "remove", "sure": "yes"], "in-use"),
                (["do": "rotate", "generation": "1"], "rotated"),
            ] {
                let done = try await post(client, to: Self.crm, fields)
                #expect(done.status == .seeOther, "\(fields)")
                #expect(done.headers[.location] == "\(Self.crm)?was=\(note)", "\(fields)")
            }
            #expect(chosen(data).count == 9)
            for (note, says) in [
                ("sent", "Answer: HTTP 204, after 10 ms"), ("resumed", "pause is over"), ("gone", "is gone"),
                ("queued", "in the queue again"), ("nothing", "Nothing since that day"),
                ("moved", "address is changed"),
                ("in-use", "still names this webhook"), ("rotated", "changed already"),
                ("conflict", "at the same moment"), ("by-hand", "in its own text"),
            ] {
                let told = RouteTests.text(try await RouteTests.get(client, "\(Self.crm)?was=\(note)", Self.manager))
                #expect(told.contains(says), "\(note)")
            }
            let gone = try await post(client, to: Self.page + "/mail", ["do": "remove", "sure": "yes"])
            #expect(gone.headers[.location] == "\(Self.page)?was=removed")
        }
    }

    @Test
    func `what cannot be asked is said at its field`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            for (fields, says) in [
                (["do": "one", "message": "x7"], "Write the number"),
                (["do": "one", "message": "-1"], "Write the number"),
                (["do": "since", "since": "yesterday"], "Give a day"), (["do": "remove"], "Tick the box"),
                (["do": "move", "url": "ftp://x.example/"], "Write a whole address"),
                (["do": "move", "url": "https://10.0.0.1/"], "not on the public internet"),
            ] {
                let wrong = try await post(client, to: Self.crm, fields)
                let html = RouteTests.text(wrong)
                #expect(wrong.status == .unprocessableContent && html.contains(says), "\(fields)")
                for (name, value) in fields where name != "do" {
                    #expect(html.contains("name=\"\(name)\" value=\"\(value)\""), "\(fields)")
                }
            }
            #expect(chosen(data).count == 1, "only the address was tried: \(chosen(data))")
            let unknown = try await post(client, to: Self.crm, ["do": "explode"])
            #expect(unknown.status == .badRequest)
        }
    }

    @Test
    func `a secret is changed once, shown once and never in an address`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = RouteTests.text(try await RouteTests.get(client, Self.crm, Self.manager))
            #expect(page.contains("name=\"generation\" value=\"2\"") && page.contains("is good until today"))
            let done = try await post(client, to: Self.crm, ["do": "rotate", "generation": "2"])
            #expect(done.status == .ok && done.headers[.cacheControl] == "no-store")
            #expect(RouteTests.text(done).contains("whsec_NEXT") && RouteTests.text(done).contains("24 hours"))
            #expect(chosen(data) == ["rotate crm 2"])
            #expect(!page.contains("whsec_"))
        }
    }
}
