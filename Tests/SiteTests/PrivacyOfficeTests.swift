import HTTPTypes
import HummingbirdTesting
import Primitives
import Runtime
import Synchronization
import Testing

@testable import Site

/// *My data* and the privacy office, as a browser meets them.
struct PrivacyOfficeTests {
    private static let office = ["cookie": "stamgast-staff=office-secret"]

    private static func data() -> FakeSiteData {
        let data = FakeSiteData()
        data.state.withLock {
            var officer = SiteStaff(programme: Samples.programme, staff: "s7")
            officer.handlesPrivacy = true
            $0.staff["office-secret"] = officer
        }
        return data
    }

    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    @Test
    func `what the vault holds is masked until its owner confirms that they want to see it`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/m/me/data", RouteTests.member)
            #expect(RouteTests.text(page).contains("V•••") && !RouteTests.text(page).contains("Visser"))
            let csrf = try RouteTests.hidden("csrf", in: page)
            let path = "/m/me/data/details"
            let unsure = try await RouteTests.post(client, path, RouteTests.member, form: ["csrf": csrf])
            #expect(unsure.status == .seeOther && !RouteTests.text(unsure).contains("Visser"))
            let forged = try await RouteTests.post(client, path, RouteTests.member, form: ["sure": "yes"])
            #expect(forged.status == .forbidden)
            let shown = try await RouteTests.post(
                client, path, RouteTests.member, form: ["csrf": csrf, "sure": "yes"])
            #expect(shown.status == .ok && RouteTests.text(shown).contains("Visser &lt;b&gt;"))
            #expect(shown.headers[.cacheControl]?.contains("no-store") == true)
            let long = String(repeating: "x", count: 201)
            let wrong = try await RouteTests.post(
                client, path + "/save", RouteTests.member,
                form: ["csrf": csrf, "name": long, "phone": "", "address": ""])
            #expect(wrong.status == .unprocessableContent)
            let saved = try await RouteTests.post(
                client, path + "/save", RouteTests.member,
                form: ["csrf": csrf, "name": "Anna", "phone": "", "address": ""])
            #expect(saved.headers[.location] == "/m/me/data?done=corrected")
            #expect(chosen(data) == ["correct Anna"])
        }
    }

    @Test
    func `a request is sent with a key of its form`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/m/me/data", RouteTests.member)
            var form = [
                "csrf": try RouteTests.hidden("csrf", in: page), "key": try RouteTests.hidden("key", in: page),
                "kind": "objection", "text": "",
            ]
            let path = "/m/me/data/requests"
            let sent = try await RouteTests.post(client, path, RouteTests.member, form: form)
            #expect(sent.headers[.location] == "/m/me/data?done=sent")
            form["text"] = "many"
            #expect(
                try await RouteTests.post(client, path, RouteTests.member, form: form).status == .unprocessableContent)
            form["kind"] = "all"
            #expect(try await RouteTests.post(client, path, RouteTests.member, form: form).status.code >= 400)
            #expect(chosen(data) == ["ask objection"])
        }
    }

    @Test
    func `the readable export is one file without scripts`() async throws {
        try await RouteTests.run(Self.data()) { client, _ in
            let file = try await RouteTests.get(client, "/m/me/data/export", RouteTests.member)
            let text = RouteTests.text(file)
            #expect(file.status == .ok && text.hasPrefix("<!doctype html>") && text.contains("</html>"))
            #expect(text.contains("<dt>history</dt><dd><ol><li>1</li>\n<li>2</li>\n</ol></dd>"))
            #expect(!text.contains("<script") && file.headers[.cacheControl] == "no-store")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment; filename=") == true)
        }
    }

    @Test
    func `markup in data stays text, however the JSON is cut`() {
        let json = Array(#"{"a_b":"<b>\"é\u0041","list":[1,{"x":null},[],"y,}"],"n":-1.5,"t":true}"#.utf8)
        var whole = ReadableExport()
        let expected = String(decoding: whole.markup(json), as: UTF8.self)
        #expect(expected.contains("<dt>a b</dt><dd>&lt;b&gt;&quot;éA</dd>"))
        #expect(expected.contains("<li>y,}</li>") && expected.contains("<dd>-1.5</dd>"))
        for (open, close) in [("<dl>", "</dl>"), ("<ol>", "</ol>"), ("<li>", "</li>"), ("<dd>", "</dd>")] {
            #expect(expected.ranges(of: open).count == expected.ranges(of: close).count, "\(open)")
        }
        for cut in json.indices {
            var reader = ReadableExport()
            let pieces = reader.markup(Array(json[..<cut])) + reader.markup(Array(json[cut...]))
            #expect(String(decoding: pieces, as: UTF8.self) == expected, "cut at \(cut)")
        }
    }

    @Test
    func `the office opens to its people only, and says why a step is refused`() async throws {
        let data = Self.data()
        try await RouteTests.run(data) { client, _ in
            let id = ID128(high: 1, low: 1).description
            let pages = [
                "/console/privacy", "/console/privacy/requests/" + id, "/console/privacy/records",
                "/console/privacy/breach",
            ]
            for page in pages {
                #expect(try await RouteTests.get(client, page, Self.office).status == .ok, "\(page)")
                #expect(try await RouteTests.get(client, page, RouteTests.staff).status == .forbidden, "\(page)")
            }
            let page = try await RouteTests.get(client, pages[1], Self.office)
            let csrf = try RouteTests.hidden("csrf", in: page)
            let step = ["csrf": csrf, "step": "check", "value": "document"]
            let done = try await RouteTests.post(client, pages[1], Self.office, form: step)
            #expect(done.headers[.location] == pages[1] + "?done=1")
            let refused = try await RouteTests.post(
                client, pages[1], Self.office, form: ["csrf": csrf, "step": "complete", "value": ""])
            #expect(refused.status == .unprocessableContent)
            #expect(chosen(data) == ["step"])
            let file = try await RouteTests.get(client, "/console/privacy/breach?as=json", Self.office)
            #expect(file.headers[.contentType]?.hasPrefix("application/json") == true)
        }
    }
}
