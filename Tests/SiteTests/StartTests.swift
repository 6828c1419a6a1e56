import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Loyalty
import Synchronization
import Testing

@testable import Site

/// Setting up a programme, from an empty home to a pilot.
struct StartTests {
    private static let founder = ["cookie": "stamgast-staff=founder-secret", "accept-language": "en"]
    private static let staff = ["cookie": "stamgast-staff=staff-secret", "accept-language": "en"]
    private static let local = ["cookie": "stamgast-staff=local-secret", "accept-language": "en"]
    private static let answers = "name=De+Krant&id=&lang-nl=yes&lang-en=yes&zone=Europe/Amsterdam&currency=EUR"

    private static func field(_ values: [String: String]) -> (String) -> String? { { values[$0] } }

    @Test(arguments: [
        ("De Avondpost", "de-avondpost"), ("  Ünï 24! ", "n-24"), ("24 uur", "uur"), ("東京", ""), ("A--B", "a-b"),
    ])
    func `a short name follows from a name`(name: String, id: String) {
        #expect(StartDraft.id(from: name) == id)
    }

    @Test
    func `a short name is one of a programme, and an address nothing but an address`() {
        for good in ["a", "de-krant", "a1"] { #expect(StartDraft.isID(good), "\(good)") }
        for bad in ["", "1a", "A", "a b", "a-", "é", String(repeating: "a", count: 41)] {
            #expect(!StartDraft.isID(bad), "\(bad)")
        }
        #expect(StartDraft.isSite("https://www.example.org/nl"))
        for bad in [
            "example.org", "https://", "https://x.org/'", "https://x.org/\"", "javascript:1", "https://x.org/<",
        ] {
            #expect(!StartDraft.isSite(bad), "\(bad)")
        }
    }

    @Test
    func `the language of who sets it up comes first`() {
        let draft = StartDraft(
            Self.field(["name": "X", "lang-nl": "yes", "lang-ja": "yes", "zone": "UTC"]), texts: .ja)
        #expect(draft.order.languages == [.ja, .nl] && !draft.isWrong)
    }

    @Test
    func `a colour and a logo become a file, whatever stands in them`() {
        #expect(StartLook(accent: "", logo: " \n").file == "")
        #expect(StartLook(accent: "#1f5f8b", logo: "").file == "colours:\n  accent: '#1f5f8b'\n")
        let file = StartLook(accent: "it's", logo: "<svg\r\n a='1'/>").file
        #expect(file == "colours:\n  accent: 'it''s'\nlogo: '<svg  a=''1''/>'\n")
    }

    @Test
    func `an empty home greets, and leads its owner to the first step`() async throws {
        let data = FakeSiteData()
        data.state.withLock { $0.staff = [:] }
        try await RouteTests.run(data) { client, _ in
            let stranger = try await RouteTests.get(client, "/", ["accept-language": "en"])
            // The samples have a publisher, whose front stands at the door.
            #expect(stranger.status == .seeOther)
            let door = try await RouteTests.get(client, "/console", ["accept-language": "en"])
            #expect(door.status == .ok && RouteTests.text(door).contains("Nothing here yet"))
            for path in ["/console", "/console/rules"] {
                let lead = try await RouteTests.get(client, path, Self.founder)
                #expect(lead.status == .seeOther && lead.headers[.location] == "/console/start", "\(path)")
            }
            let first = try await RouteTests.get(client, "/console/start", Self.founder)
            #expect(first.headers[.location] == "/console/start/new")
            let page = RouteTests.text(try await RouteTests.get(client, "/console/start/new", Self.founder))
            #expect(page.contains("Step 1 of 5") && page.contains("value=\"Europe/Amsterdam\""))
        }
    }

    @Test
    func `what is wrong is said at its field, and nothing typed is lost`() async throws {
        try await RouteTests.run { client, _ in
            let path = "/console/start/starter?"
            for (query, says) in [
                ("name=&id=x&lang-nl=yes&zone=UTC", "1 to 80 characters"),
                ("name=Post&id=Not+Good&lang-nl=yes&zone=UTC", "small letters, digits and hyphens, a letter first"),
                ("name=Post&id=avondpost&lang-nl=yes&zone=UTC", "is called so already"),
                ("name=Post&id=x&zone=UTC", "choose one at least"),
                ("name=Post&id=x&lang-nl=yes&zone=Mars/Base", "not a time zone"),
                ("name=Post&id=x&lang-nl=yes&zone=UTC&site=example", "an address such as"),
            ] {
                let page = try await RouteTests.get(client, path + query, Self.founder)
                #expect(page.status == .unprocessableContent, "\(query)")
                let text = RouteTests.text(page)
                #expect(text.contains(says) && text.contains("Step 1 of 5"), "\(query)")
                if query.contains("name=Post") { #expect(text.contains("value=\"Post\""), "\(query)") }
                if query.contains("Not+Good") { #expect(text.contains("value=\"Not Good\"")) }
            }
        }
    }

    @Test
    func `the answers go along, and choosing a starter begins the programme`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let cards = try await RouteTests.get(
                client, "/console/start/starter?\(Self.answers)&site=https://krant.example", Self.founder)
            #expect(cards.status == .ok)
            let text = RouteTests.text(cards)
            for kind in Starter.Kind.allCases { #expect(text.contains("value=\"\(kind.rawValue)\"")) }
            #expect(text.contains("4 rules, 2 challenges, 1 streak") && text.contains("5 × article.read"))
            var form = ["csrf": try RouteTests.hidden("csrf", in: cards), "starter": "museum"]
            for name in ["name", "id", "lang-nl", "lang-en", "zone", "currency", "site"] {
                form[name] = try RouteTests.hidden(name, in: cards)
            }
            #expect(form["id"] == "de-krant")
            let begun = try await RouteTests.post(client, "/console/start", Self.founder, form: form)
            #expect(begun.status == .seeOther)
            #expect(begun.headers[.location]?.hasPrefix("/console/start/de-krant/event?site=https") == true)
            #expect(
                data.state.withLock { $0.chosen } == ["begin museum de-krant De Krant en,nl Europe/Amsterdam EUR"])
            form["id"] = "avondpost"
            let taken = try await RouteTests.post(client, "/console/start", Self.founder, form: form)
            #expect(taken.status == .unprocessableContent && RouteTests.text(taken).contains("called so already"))
            form["id"] = "refused"
            let refused = try await RouteTests.post(client, "/console/start", Self.founder, form: form)
            #expect(refused.status == .unprocessableContent && RouteTests.text(refused).contains("No &lt;way&gt;."))
            form["starter"] = "bank"
            let odd = try await RouteTests.post(client, "/console/start", Self.founder, form: form)
            #expect(odd.status == .badRequest)
        }
    }

    @Test
    func `a key is shown once, in the event to be sent, and what came is explained`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, _ in
            let path = "/console/start/avondpost/event"
            let page = try await RouteTests.get(client, path, Self.staff)
            let text = RouteTests.text(page)
            #expect(text.contains("Bearer $KEY") && text.contains("data-live=\"/console/start/avondpost/live\""))
            #expect(text.contains("Looked at by: Read.") && text.contains("Unknown &lt;type&gt;."))
            #expect(text.contains("<strong>401</strong> The key is missing"))
            #expect(text.contains("Nobody takes part yet"))
            let made = try await RouteTests.post(
                client, path, Self.staff,
                form: [
                    "csrf": try RouteTests.hidden("csrf", in: page), "key": try RouteTests.hidden("key", in: page),
                    "kind": "live", "site": "",
                ])
            #expect(made.status == .ok)
            let secret = RouteTests.text(made)
            #expect(secret.contains("it is shown this once") && !secret.contains("-H &#39;Authorization: Bearer $KEY"))
            let later = RouteTests.text(try await RouteTests.get(client, path, Self.staff))
            #expect(later.contains("Bearer $KEY") && !later.contains("it is shown this once"))
        }
    }

    @Test
    func `a look is tried and taken over`() async throws {
        try await RouteTests.run { client, site in
            let token = site.seals.formToken(for: "staff-secret")
            // The samples have a look that somebody wrote, which a short form leaves alone.
            let kept = try await RouteTests.post(
                client, "/console/start/avondpost/look", Self.staff,
                form: ["csrf": token, "do": "apply", "accent": "#1f5f8b", "logo": "", "version": "3"])
            #expect(kept.status == .ok && RouteTests.text(kept).contains("Nothing has changed"))
            let page = RouteTests.text(try await RouteTests.get(client, "/console/start/avondpost/look", Self.staff))
            #expect(page.contains("Step 4 of 5"))
        }
    }

    @Test
    func `a launch takes a share of the members`() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let token = site.seals.formToken(for: "staff-secret")
            func launch(_ percent: String, version: String = "3") async throws -> TestResponse {
                try await RouteTests.post(
                    client, "/console/start/avondpost/launch", Self.staff,
                    form: ["csrf": token, "percent": percent, "version": version])
            }
            for bad in ["0", "101", "ten", "", "9223372036854775808"] {
                let wrong = try await launch(bad)
                #expect(wrong.status == .unprocessableContent, "\(bad)")
                #expect(RouteTests.text(wrong).contains("a whole number from 1 to 100"), "\(bad)")
            }
            let done = try await launch("25")
            #expect(done.status == .seeOther && done.headers[.location] == "/console/start/avondpost/launch")
            #expect(data.state.withLock { $0.chosen } == ["launch 2500"])
            let late = try await launch("30", version: "2")
            #expect(late.status == .ok && RouteTests.text(late).contains("another version"))
        }
    }

    @Test
    func `nobody else sets anything up, and no form works without its token`() async throws {
        let data = FakeSiteData()
        data.state.withLock { $0.staff["analyst-secret"] = SiteStaff(programme: Samples.programme, staff: "a1") }
        try await RouteTests.run(data) { client, _ in
            let pages = [
                "", "/new", "/starter", "/avondpost/event", "/avondpost/live", "/avondpost/look", "/avondpost/launch",
            ]
            for page in pages {
                let path = "/console/start" + page
                let nobody = try await RouteTests.get(client, path)
                #expect(nobody.status == .unauthorized, "\(path)")
                let analyst = try await RouteTests.get(client, path, ["cookie": "stamgast-staff=analyst-secret"])
                #expect(analyst.status == .forbidden, "\(path)")
            }
            // Staff of one programme begin no other one.
            for path in ["/console/start/new", "/console/start/starter"] {
                let local = try await RouteTests.get(client, path, Self.local)
                #expect(local.status == .forbidden, "\(path)")
            }
            let own = try await RouteTests.get(client, "/console/start/avondpost/launch", Self.local)
            #expect(own.status == .ok)
            let foreign = try await RouteTests.get(client, "/console/start/other/launch", Self.local)
            #expect(foreign.status == .notFound)
            for path in ["", "/avondpost/event", "/avondpost/look", "/avondpost/launch"] {
                let forged = try await RouteTests.post(
                    client, "/console/start" + path, Self.staff, form: ["percent": "5", "version": "3"])
                #expect(forged.status == .forbidden, "\(path)")
            }
            #expect(data.state.withLock { $0.chosen } == [])
        }
    }
}
