import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// The programme editor: forms, drafts and versions.
struct EditorRouteTests {
    private static let rule = "/console/programme/entry?file=rules%2Fread.yaml"

    private func post(
        _ client: any TestClientProtocol, _ site: StamgastSite, _ path: String, _ fields: [String: String]
    ) async throws -> TestResponse {
        var form = ["csrf": site.seals.formToken(for: "staff-secret"), "revision": "4"]
        form.merge(fields) { $1 }
        return try await RouteTests.post(
            client, path, RouteTests.staff.merging(["accept-language": "en"]) { $1 }, form: form)
    }

    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    @Test
    func `what is wrong is said at its field with its place, and what was typed stays`() async throws {
        try await RouteTests.run { client, site in
            let fields = [
                "file": "rules/read.yaml", "entry": "", "do": "form", "when": "event.share >= 0.7\r\n  && wrong",
                "amount": "77",
            ]
            let wrong = try await post(client, site, "/console/programme/entry", fields)
            #expect(wrong.status == .unprocessableContent)
            let text = RouteTests.text(wrong)
            #expect(text.contains("<span>Line 2, column 7: There is no &#39;wrong&#39;. Did you mean &lt;share&gt;?"))
            #expect(text.contains("aria-describedby=\"field-when-hint field-when-error\" aria-invalid=\"true\""))
            #expect(text.contains("event.share &gt;= 0.7\n  &amp;&amp; wrong</textarea>"))
            #expect(text.contains("name=\"amount\" value=\"77\"") && text.contains("href=\"#field-when\""))
            var right = fields
            right["when"] = "event.share >= 0.7"
            let saved = try await post(client, site, "/console/programme/entry", right)
            #expect(saved.status == .seeOther && saved.headers[.location] == Self.rule + "&was=saved")
            right["revision"] = "3"
            let late = try await post(client, site, "/console/programme/entry", right)
            #expect(late.status == .unprocessableContent && RouteTests.text(late).contains("somebody was there"))
        }
    }

    @Test
    func `a condition works without a script, and says which events it looks at`() async throws {
        try await RouteTests.run { client, _ in
            let page = RouteTests.text(
                try await RouteTests.get(client, Self.rule, RouteTests.staff.merging(["accept-language": "en"]) { $1 }))
            #expect(page.contains("class=\"cel-field\" data-cel=\"rule\" data-cel-type=\"trigger\""))
            #expect(page.contains("Reason that members read (Nederlands)"))
            #expect(page.contains("type=\"datetime-local\" name=\"from\" value=\"2025-11-01T09:00\""))
            let yaml = RouteTests.text(try await RouteTests.get(client, Self.rule + "&view=yaml", RouteTests.staff))
            #expect(yaml.contains("rule: read") && !yaml.contains("cel-field"))
        }
    }

    @Test
    func `entries are made, copied, switched and taken out`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let new = "/console/programme/new"
            let made = try await post(client, site, new, ["entry-kind": "rule", "id": "late", "when": ""])
            #expect(made.headers[.location] == "/console/programme/entry?file=rules%2Flate.yaml&was=saved")
            let taken = try await post(client, site, new, ["entry-kind": "rule", "id": "read", "amount": "31"])
            #expect(taken.status == .unprocessableContent)
            #expect(RouteTests.text(taken).contains("name=\"id\" value=\"read\""))
            #expect(RouteTests.text(taken).contains("value=\"31\""))
            let place = ["file": "rules/read.yaml", "entry": ""]
            func act(_ step: String, _ more: [String: String] = [:]) async throws -> TestResponse {
                try await post(
                    client, site, "/console/programme/entry",
                    place.merging(["do": step]) { $1 }.merging(more) { $1 })
            }
            #expect(try await act("copy", ["as": "again"]).headers[.location]?.contains("again") == true)
            #expect(try await act("copy", ["as": "read"]).status == .unprocessableContent)
            #expect(try await act("off").status == .seeOther)
            #expect(try await act("remove").headers[.location] == "/console/programme?was=removed")
            #expect(try await act("yaml", ["yaml": "wrong"]).status == .unprocessableContent)
            #expect(try await act("no-such").status == .badRequest)
            #expect(chosen(data).contains { $0.hasPrefix("turn(") && $0.contains("on: false") })
        }
    }

    @Test
    func `a draft is put in force with what becomes of members, planned, tried and thrown away`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let path = "/console/programme/draft"
            let page = RouteTests.text(try await RouteTests.get(client, path, RouteTests.staff))
            #expect(page.contains("name=\"live.challenge.five\"") && !page.contains("name=\"live.rule.read\""))
            let done = try await post(
                client, site, path, ["do": "apply", "live.challenge.five": "restart", "because.en": " It fits. "])
            #expect(done.headers[.location] == "/console/programme?was=applied")
            #expect(chosen(data).contains("apply restart It fits."))
            let late = try await post(client, site, path, ["do": "apply", "revision": "3"])
            #expect(late.status == .unprocessableContent)
            let planned = try await post(client, site, path, ["do": "plan", "at": "2026-01-05T09:30"])
            #expect(planned.headers[.location] == path + "?was=planned")
            #expect(chosen(data).contains("plan 2026-01-05T09:30"))
            for odd in ["", "soon", "2026-02-30T10:00", "2026-01-05T24:00", "2024-01-05T09:30"] {
                let wrong = try await post(client, site, path, ["do": "plan", "at": odd])
                #expect(wrong.status == .unprocessableContent, "\(odd)")
                #expect(RouteTests.text(wrong).contains("field-at-error"), "\(odd)")
            }
            let tried = RouteTests.text(
                try await post(client, site, path, ["do": "try", "event": "read", "data": "{ \"share\": 1 }"]))
            #expect(tried.contains("rule read") && tried.contains("12 drops of ink"))
            let odd = try await post(client, site, path, ["do": "try", "event": "read", "data": "share"])
            #expect(odd.status == .unprocessableContent && RouteTests.text(odd).contains("no JSON object"))
            let key = String(repeating: "a", count: 32)
            let run = try await post(client, site, path, ["do": "backtest", "key": key])
            #expect(run.headers[.location] == "/console/backtests/b1")
            let gone = try await post(client, site, path, ["do": "discard"])
            #expect(gone.headers[.location] == "/console/programme?was=discarded")
        }
    }

    @Test
    func `an earlier version is looked at before it comes back`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let path = "/console/programme/versions/3"
            let page = RouteTests.text(try await RouteTests.get(client, path, RouteTests.staff))
            #expect(page.contains("then.0.award.amount") && page.contains("name=\"current\" value=\"8\""))
            let back = try await post(client, site, path, ["current": "8"])
            #expect(back.headers[.location] == "/console/programme?was=applied")
            let late = try await post(client, site, path, ["current": "7"])
            #expect(late.status == .unprocessableContent)
            #expect(
                try await RouteTests.get(client, "/console/programme/versions/99", RouteTests.staff).status == .notFound
            )
            #expect(chosen(data) == ["back 3 8", "back 3 7"])
        }
    }

    @Test
    func `nothing is changed without the form's token, nor by who may only look`() async throws {
        let data = FakeSiteData()
        data.state.withLock { $0.staff["reader"] = SiteStaff(programme: Samples.programme, staff: "reader") }
        try await RouteTests.run(data) { client, site in
            let forms: [(String, [String: String])] = [
                ("/console/programme/entry", ["file": "rules/read.yaml", "entry": "", "do": "remove"]),
                ("/console/programme/new", ["entry-kind": "rule", "id": "late"]),
                ("/console/programme/document", ["yaml": "x"]), ("/console/programme/draft", ["do": "apply"]),
                ("/console/programme/draft", ["do": "discard"]),
                ("/console/programme/draft", ["do": "plan", "at": "2026-01-05T09:30"]),
                ("/console/programme/versions/3", ["current": "8"]),
            ]
            for (path, fields) in forms {
                let fields = fields.merging(["revision": "4"]) { $1 }
                let forged = try await RouteTests.post(client, path, RouteTests.staff, form: fields)
                #expect(forged.status == .forbidden, "\(path)")
                let refused = try await RouteTests.post(
                    client, path, ["cookie": "stamgast-staff=reader", "origin": "http://localhost"],
                    form: fields.merging(["csrf": site.seals.formToken(for: "reader")]) { $1 })
                #expect(refused.status == .forbidden, "\(path)")
            }
            #expect(chosen(data).isEmpty)
        }
    }
}
