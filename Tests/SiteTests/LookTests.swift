import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Loyalty
import Synchronization
import Testing

@testable import Site

struct LookTests {
    private static let theme = Theme(
        light: Theme.Colours(accent: Colour("1f5f8b")), dark: Theme.Colours(paper: Colour("#101418")), headings: .slab)

    // MARK: Addresses

    @Test func `a theme lies whole in its address, and nothing else can`() {
        let code = ThemeSheet.code(of: Self.theme)
        #expect(code == "1f5f8b.-.-.-.101418.-.slab.sans")
        #expect(ThemeSheet.theme(code: code) == Self.theme)
        for odd in [
            "", "1f5f8b", code + ".x", "1F5F8B.-.-.-.101418.-.slab.sans", "red.-.-.-.-.-.serif.sans",
            "url(x).-.-.-.-.-.serif.sans", "-.-.-.-.-.-.serif.Comic", "１ｆ5f8b.-.-.-.-.-.serif.sans",
            "+f5f8b.-.-.-.-.-.serif.sans",
        ] {
            #expect(ThemeSheet.theme(code: odd) == nil, "\(odd)")
        }
    }

    @Test func `a themed sheet is the house's with the theme after it, and lasts`() async throws {
        try await RouteTests.run { client, site in
            let path = ThemeSheet.path(of: Self.theme)
            let sheet = try await RouteTests.get(client, path)
            #expect(sheet.status == .ok)
            #expect(sheet.headers[.contentType] == "text/css; charset=utf-8")
            #expect(sheet.headers[.cacheControl] == "public, max-age=31536000, immutable")
            let text = RouteTests.text(sheet)
            let house = try #require(site.assets.named("site.css"))
            #expect(text.hasPrefix(String(decoding: house.bytes, as: UTF8.self)))
            #expect(text.contains("--accent:#1f5f8b") && text.contains("--paper:#101418"))
            for odd in ["/look/0/\(ThemeSheet.code(of: Self.theme)).css", "/look/\(house.hash)/x.css"] {
                let none = try await RouteTests.get(client, odd)
                #expect(none.status == .notFound)
            }
            #expect(ThemeSheet.path(of: .standard) == house.path)
        }
    }

    @Test func `a page wears its programme's look, and the style guide any that is tried`() async throws {
        let data = FakeSiteData()
        data.state.withLock { $0.members["member-secret"]?.programme.look = Samples.look.look }
        try await RouteTests.run(data) { client, _ in
            let page = RouteTests.text(try await RouteTests.get(client, "/m/", RouteTests.member))
            #expect(page.contains("href=\"\(ThemeSheet.path(of: Samples.look.look.theme))\""))
            #expect(page.contains("src=\"/media/logo/example.svg\"") && page.contains(">Foot<"))
            let tried = RouteTests.text(
                try await RouteTests.get(client, "/styleguide?look=\(ThemeSheet.code(of: Self.theme))"))
            #expect(tried.contains("href=\"\(ThemeSheet.path(of: Self.theme))\""))
            let odd = RouteTests.text(try await RouteTests.get(client, "/styleguide?look=%22%3E"))
            #expect(odd.contains("href=\"\(ThemeSheet.path(of: .standard))\""))
        }
    }

    // MARK: The console

    @Test func `a look is seen before it is taken over`() async throws {
        try await RouteTests.run { client, site in
            let token = site.seals.formToken(for: "staff-secret")
            func post(_ act: String, _ file: String, version: String = "3") async throws -> TestResponse {
                try await RouteTests.post(
                    client, "/console/look", RouteTests.staff.merging(["accept-language": "en"]) { $1 },
                    form: ["csrf": token, "do": act, "file": file, "version": version])
            }
            let wrong = try await post("apply", "wrong")
            #expect(wrong.status == .unprocessableContent)
            let text = RouteTests.text(wrong)
            #expect(text.contains("Line 2: &#39;wrong&#39; is no colour. Write another."))
            #expect(text.contains("aria-invalid=\"true\"") && !text.contains("value=\"apply\""))
            let seen = RouteTests.text(try await post("preview", "right"))
            #expect(seen.contains("value=\"apply\"") && seen.contains("/styleguide?look=1f5f8b.-.-.-.-.-.serif.sans"))
            let taken = try await post("apply", "right")
            #expect(taken.status == .seeOther && taken.headers[.location] == "/console/look?was=done")
            let late = try await post("apply", "right", version: "2")
            #expect(late.status == .ok && RouteTests.text(late).contains("another version"))
            let forged = try await RouteTests.post(
                client, "/console/look", RouteTests.staff, form: ["do": "apply", "file": "", "version": "3"])
            #expect(forged.status == .forbidden)
        }
    }

    @Test func `a look with the longest logo fits into the form`() async throws {
        try await RouteTests.run { client, site in
            let seen = try await RouteTests.post(
                client, "/console/look", RouteTests.staff,
                form: [
                    "csrf": site.seals.formToken(for: "staff-secret"), "do": "preview", "version": "3",
                    "file": "logo: " + String(repeating: "<", count: Theme.logoBytes),
                ])
            #expect(seen.status == .ok)
        }
    }

    // MARK: The app

    @Test func `the app has a name, pictures and a page for without a network`() async throws {
        try await RouteTests.run { client, site in
            let manifest = try await RouteTests.get(client, "/m/app.webmanifest", RouteTests.member)
            #expect(manifest.headers[.contentType] == "application/manifest+json")
            let object = try JSONSerialization.jsonObject(with: Data(RouteTests.text(manifest).utf8)) as? [String: Any]
            #expect(object?["name"] as? String == Samples.programme.name)
            #expect(object?["start_url"] as? String == "/m/" && object?["display"] as? String == "standalone")
            let icons = try #require(object?["icons"] as? [[String: String]])
            #expect(icons.map { $0["sizes"] } == ["any", "192x192", "512x512"])
            for icon in icons {
                let file = try await RouteTests.get(client, try #require(icon["src"]))
                #expect(file.status == .ok && file.headers[.contentType] == icon["type"])
            }
            let nobody = try await RouteTests.get(client, "/m/app.webmanifest")
            #expect(nobody.status == .unauthorized)
            let offline = RouteTests.text(try await RouteTests.get(client, "/m/offline", RouteTests.member))
            #expect(
                !offline.contains("csrf") && !offline.contains("Sanne"), "kept on the device: nothing about anybody")
            let worker = try await RouteTests.get(client, "/sw.js")
            #expect(worker.headers[.contentType] == "text/javascript; charset=utf-8")
            #expect(worker.headers[.cacheControl] == "no-cache")
            let house = try #require(site.assets.named("site.css"))
            #expect(RouteTests.text(worker).contains(house.hash), "a new style sheet renews what is kept")
            #expect(RouteTests.text(worker).contains(#"(?:\?v=\w+)?"#), "the address of a logo says its version")
        }
    }
}
