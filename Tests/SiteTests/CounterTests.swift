import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// The counter for staff who are signed in, without its scripts.
struct CounterTests {
    static let clerk = ["cookie": "stamgast-staff=clerk-secret"]

    private func post(
        _ client: any TestClientProtocol, _ path: String, _ fields: [String: String]
    ) async throws -> TestResponse {
        let page = try await RouteTests.get(client, "/counter", Self.clerk)
        var form = ["csrf": try RouteTests.hidden("csrf", in: page), "key": try RouteTests.hidden("key", in: page)]
        form.merge(fields) { $1 }
        return try await RouteTests.post(client, path, Self.clerk, form: form)
    }

    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    @Test
    func `a clerk needs no key, and nobody else gets a form that works`() async throws {
        try await RouteTests.run(FakeSiteData()) { client, _ in
            let clerk = RouteTests.text(try await RouteTests.get(client, "/counter", Self.clerk))
            #expect(clerk.contains("data-scan-form") && !clerk.contains("data-key-form"))
            for headers in [[:], RouteTests.member, ["cookie": "stamgast-staff=wrong"]] {
                let page = RouteTests.text(try await RouteTests.get(client, "/counter", headers))
                #expect(page.contains("data-key-form") && !page.contains("data-scan-form"))
                for path in ["/counter", "/counter/ticket", "/counter/hand-out", "/counter/redeem"] {
                    let answer = try await RouteTests.post(client, path, headers, form: ["code": "7KX3W9QPD"])
                    #expect(answer.status == .unauthorized, "\(path)")
                }
            }
        }
    }

    @Test
    func `a form of another site or without its token does nothing`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let key = String(repeating: "a", count: 32)
            let good = ["csrf": site.seals.formToken(for: "clerk-secret"), "key": key, "code": "7KX3W9QPD"]
            for path in ["/counter", "/counter/ticket", "/counter/hand-out", "/counter/redeem"] {
                let foreign = Self.clerk.merging(["sec-fetch-site": "cross-site"]) { $1 }
                let refused = try await RouteTests.post(client, path, foreign, form: good)
                #expect(refused.status == .forbidden, "\(path)")
                for token in ["", site.seals.formToken(for: "staff-secret")] {
                    let form = good.merging(["csrf": token]) { $1 }
                    #expect(try await RouteTests.post(client, path, Self.clerk, form: form).status == .forbidden)
                }
            }
            let noKey = good.merging(["key": "x"]) { $1 }
            #expect(try await RouteTests.post(client, "/counter", Self.clerk, form: noKey).status == .badRequest)
            let long = good.merging(["code": String(repeating: "A", count: 129)]) { $1 }
            #expect(try await RouteTests.post(client, "/counter", Self.clerk, form: long).status == .badRequest)
            #expect(chosen(data).isEmpty)
        }
    }

    @Test
    func `the camera may be asked for on the counter and nowhere else`() async throws {
        try await RouteTests.run(FakeSiteData()) { client, _ in
            let name = try #require(HTTPField.Name("permissions-policy"))
            for headers in [[:], Self.clerk] {
                let counter = try await RouteTests.get(client, "/counter", headers)
                #expect(counter.headers[name]?.hasPrefix("camera=(self), microphone=()") == true)
                #expect(counter.headers[.contentSecurityPolicy] == SecurityHeaders.policy)
            }
            for (uri, headers) in [("/m/", RouteTests.member), ("/console/", RouteTests.staff), ("/avondpost", [:])] {
                let page = try await RouteTests.get(client, uri, headers)
                #expect(page.headers[name]?.hasPrefix("camera=(), ") == true, "\(uri)")
            }
        }
    }

    @Test
    func `a scan says in large letters what it is, with what can be done`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let member = RouteTests.text(try await post(client, "/counter", ["code": "7KX3W9QPD"]))
            #expect(member.contains("data-outcome=\"good\"") && member.contains(">Gold<"))
            #expect(member.contains("A glass on the house."))
            #expect(member.contains("action=\"/counter/hand-out\"") && member.contains("value=\"receipt-1\""))
            #expect(member.contains("action=\"/counter/redeem\"") && member.contains("value=\"tote\""))
            #expect(!member.contains("value=\"7KX3W9QPD\""), "the field is empty for the next code")
            for (code, says) in [
                ("USED", "used before"), ("MANY", "Too many wrong codes"), ("<b>", "do not know this code"),
            ] {
                let wrong = try await post(client, "/counter", ["code": code])
                let text = RouteTests.text(wrong)
                #expect(wrong.status == .ok && text.contains("data-outcome=\"bad\"") && text.contains(says), "\(code)")
                #expect(text.contains("role=\"alert\"") && !text.contains("<b>"))
            }
            #expect(chosen(data).first == "scan c1 7KX3W9QPD 32 false")
        }
    }

    @Test
    func `a ticket is looked at first, or let in at once where that was chosen`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let seen = RouteTests.text(try await post(client, "/counter", ["code": "TICKET"]))
            #expect(seen.contains("action=\"/counter/ticket\"") && seen.contains("value=\"TICKET\""))
            #expect(seen.contains("× 2"))
            let admitted = RouteTests.text(try await post(client, "/counter/ticket", ["code": "TICKET"]))
            #expect(!admitted.contains("action=\"/counter/ticket\"") && admitted.contains("data-outcome=\"good\""))
            let atOnce = RouteTests.text(try await post(client, "/counter", ["code": "TICKET", "admit": "yes"]))
            #expect(!atOnce.contains("action=\"/counter/ticket\"") && atOnce.contains("value=\"yes\" checked"))
            #expect(
                chosen(data) == [
                    "scan c1 TICKET 32 false", "scan c1 TICKET 32 true", "scan c1 TICKET 32 true",
                ])
        }
    }

    @Test
    func `what was handed out is said, and what is left stays on the page`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let out = RouteTests.text(
                try await post(client, "/counter/hand-out", ["receipt": "receipt-1", "visit": "visit-1"]))
            #expect(out.contains("Handed out") && out.contains("action=\"/counter/redeem\""))
            let redeemed = RouteTests.text(
                try await post(client, "/counter/redeem", ["reward": "tote", "visit": "visit-1"]))
            #expect(redeemed.contains("Handed out"))
            let refused = RouteTests.text(
                try await post(client, "/counter/redeem", ["reward": "other", "visit": "visit-1"]))
            #expect(refused.contains("data-outcome=\"bad\"") && refused.contains("That did not work."))
            let over = RouteTests.text(try await post(client, "/counter/redeem", ["reward": "tote", "visit": "old"]))
            #expect(over.contains("Scan the card again") && !over.contains("action=\"/counter/redeem\""))
            #expect(
                chosen(data) == [
                    "hand out receipt-1", "serve tote visit-1 32", "serve other visit-1 32", "serve tote old 32",
                ])
            let none = try await post(client, "/counter/hand-out", ["receipt": "", "visit": "visit-1"])
            #expect(none.status == .badRequest)
        }
    }

    @Test
    func `the console leads a clerk to the counter and shows them nothing`() async throws {
        try await RouteTests.run(FakeSiteData()) { client, _ in
            for uri in RouteTests.consolePages {
                let answer = try await RouteTests.get(client, uri, Self.clerk)
                #expect(answer.status == .seeOther && answer.headers[.location] == "/counter", "\(uri)")
            }
            let refused = try await RouteTests.post(client, "/console/quarantine/q1", Self.clerk, form: [:])
            #expect(refused.status == .unauthorized)
        }
    }
}
