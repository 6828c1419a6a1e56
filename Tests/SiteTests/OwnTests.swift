import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

/// What is known about the member, export, erasure and sessions.
struct OwnTests {
    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    @Test
    func `what the vault holds is shown only in part`() async throws {
        #expect(OwnData.Masked(kind: "email", value: "anna@example.org").value == "a•••")
        #expect(OwnData.Masked(kind: "user", value: "ann").value == "•••", "a short one would be given away")
        try await RouteTests.run { client, _ in
            let page = RouteTests.text(try await RouteTests.get(client, "/m/me/privacy", RouteTests.member))
            #expect(!page.contains("V•••") && !page.contains("Visser"), "these stand under My data")
            #expect(page.contains("value=\"persona\" checked"))
        }
    }

    @Test
    func `the level is chosen with a form of ours, and with nothing else`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/m/me/privacy", RouteTests.member)
            let csrf = try RouteTests.hidden("csrf", in: page)
            let path = "/m/me/level"
            let done = try await RouteTests.post(
                client, path, RouteTests.member, form: ["csrf": csrf, "level": "session"])
            #expect(done.headers[.location] == "/m/me/privacy?done=level")
            let odd = try await RouteTests.post(client, path, RouteTests.member, form: ["csrf": csrf, "level": "all"])
            #expect(odd.status.code >= 400)
            for form in [["level": "off"], ["csrf": "x", "level": "off"]] {
                #expect(try await RouteTests.post(client, path, RouteTests.member, form: form).status == .forbidden)
            }
            #expect(chosen(data) == ["profiling messages=session recommendations=session rewards=session"])
        }
    }

    @Test
    func `a child hears why a level stays closed`() async throws {
        try await RouteTests.run { client, _ in
            let page = try await RouteTests.get(client, "/m/me/privacy", RouteTests.member)
            let refused = try await RouteTests.post(
                client, "/m/me/level", RouteTests.member,
                form: ["csrf": try RouteTests.hidden("csrf", in: page), "level": "personal"])
            let place = try #require(refused.headers[.location])
            #expect(place == "/m/me/privacy?done=age")
            let told = RouteTests.text(try await RouteTests.get(client, place, RouteTests.member))
            #expect(told.contains("notice is-bad") && !told.contains("notice is-good"))
        }
    }

    @Test
    func `the browser's objection is heard for its request, asked about and kept by nobody`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let path = "/m/me/privacy"
            /// The tokens of forms are never the same twice.
            func text(_ answer: TestResponse) -> String {
                RouteTests.text(answer).replacing(/name="csrf" value="[^"]*"/, with: "")
            }
            let plain = text(try await RouteTests.get(client, path, RouteTests.member))
            #expect(!plain.contains("id=\"signal\""))
            for value in ["0", "true", ""] {
                let page = try await RouteTests.get(
                    client, path, RouteTests.member.merging(["sec-gpc": value]) { first, _ in first })
                #expect(text(page) == plain, "\(value)")
            }
            let signal = RouteTests.member.merging(["sec-gpc": "1"]) { first, _ in first }
            let page = try await RouteTests.get(client, path, signal)
            #expect(RouteTests.text(page).contains("id=\"signal\""))
            // The chosen level is shown as it is, and nothing was chosen for anybody.
            #expect(RouteTests.text(page).contains("value=\"persona\" checked"))
            #expect(chosen(data).isEmpty)
            #expect(text(try await RouteTests.get(client, path, RouteTests.member)) == plain)
            // Until the member says so.
            _ = try await RouteTests.post(
                client, "/m/me/level", signal, form: ["csrf": try RouteTests.hidden("csrf", in: page), "level": "off"])
            #expect(chosen(data) == ["profiling messages=off recommendations=off rewards=off"])
        }
    }

    @Test
    func `the site says that it honours the signal`() async throws {
        try await RouteTests.run { client, _ in
            let answer = try await RouteTests.get(client, "/.well-known/gpc.json")
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/json")
            #expect(RouteTests.text(answer) == "{\"gpc\":true,\"lastUpdate\":\"2026-11-28\"}")
        }
    }

    @Test
    func `the export is one file in parts, kept by nobody`() async throws {
        try await RouteTests.run { client, _ in
            let file = try await RouteTests.get(client, "/m/me/export", RouteTests.member)
            #expect(file.status == .ok && RouteTests.text(file) == "{\"history\":[1,2]}")
            #expect(file.headers[.cacheControl] == "no-store")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment; filename=") == true)
            #expect(file.headers[.contentType]?.hasPrefix("application/json") == true)
            let stranger = try await RouteTests.get(client, "/m/me/export")
            #expect(stranger.status != .ok && !RouteTests.text(stranger).contains("history\":[1"))
        }
    }

    @Test
    func `nobody is erased by mistake, and whoever is has left`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let path = "/m/me/erase"
            let csrf = try RouteTests.hidden("csrf", in: try await RouteTests.get(client, path, RouteTests.member))
            let unsure = try await RouteTests.post(client, path, RouteTests.member, form: ["csrf": csrf])
            #expect(unsure.status == .unprocessableContent)
            #expect(RouteTests.text(unsure).contains("aria-invalid=\"true\""))
            let forged = try await RouteTests.post(client, path, RouteTests.member, form: ["csrf": "x", "sure": "yes"])
            #expect(forged.status == .forbidden)
            #expect(chosen(data).isEmpty)
            let done = try await RouteTests.post(client, path, RouteTests.member, form: ["csrf": csrf, "sure": "yes"])
            #expect(done.headers[.location] == "/goodbye")
            #expect(done.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(chosen(data) == ["erase"])
            #expect(try await RouteTests.get(client, "/goodbye").status == .ok)
            #expect(try await RouteTests.get(client, "/m/me", RouteTests.member).status != .ok)
        }
    }

    @Test
    func `sessions end one by one, and all others at once`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let page = try await RouteTests.get(client, "/m/me/sessions", RouteTests.member)
            let csrf = try RouteTests.hidden("csrf", in: page)
            #expect(!RouteTests.text(page).contains("value=\"s1\""), "this one signs out in the menu")
            let path = "/m/me/sessions/end"
            for (fields, outcome) in [
                (["session": "s2"], "ended"), (["session": "x"], "gone"), ([:], "ended"),
            ] as [([String: String], String)] {
                let answer = try await RouteTests.post(
                    client, path, RouteTests.member, form: fields.merging(["csrf": csrf]) { $1 })
                #expect(answer.headers[.location] == "/m/me/sessions?done=\(outcome)")
            }
            #expect(try await RouteTests.post(client, path, RouteTests.member).status == .forbidden)
            #expect(chosen(data) == ["end s2", "end others"])
        }
    }
}
