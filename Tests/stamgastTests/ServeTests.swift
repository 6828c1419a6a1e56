import Foundation
import NIOHTTP1
import Primitives
import Testing

/// The server as a process: it starts, takes events, shows them, and stops.
@Suite(.serialized)
struct ServeTests {
    @Test func aMemberSeesWhatAnEventGave() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let server = try await RunningServer.start(
                ["--demo", "--people", "40", "--weeks", "1", "--home", home])
            let browser = Browser(server.address)
            #expect(try await browser.get("/health").status == 200)
            #expect(try await browser.get("/ready").status == 200)

            // A link that mail scanners open is not used up by that; a click uses it up.
            let link = try #require(server.ready["member"]?.stringValue)
            let path = String(link.dropFirst(server.address.count))
            #expect(try await Browser(server.address).get(path).status == 200)
            let door = try await browser.get(path)
            let token = try #require(door.value(after: "name=\"csrf\" value"))
            let opened = try await browser.post(path, form: ["csrf": token])
            #expect(opened.status == 303)
            #expect(opened.location == "/m/")
            #expect(try await Browser(server.address).get(path).status == 410)

            let before = try await balance(browser)
            // As the article's page would send it.
            let front = try await browser.get("/avondpost")
            let article = try #require(firstArticle(front))
            let page = try await browser.get(article)
            let key = try #require(page.value(after: "data-key"))
            let subject = try #require(page.value(after: "data-subject"))
            let item = try #require(page.value(after: "data-item"))
            // The page's key speaks for nobody; the pass proves who is reading.
            let pass = try #require(page.value(after: " pass"))
            let event = """
                {"specversion":"1.0","id":"boot-1","source":"/boot","type":"event.attended","subject":"\(subject)","pass":"\(pass)",
                 "time":"\(RFC3339.format(Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))))",
                 "data":{"item":"\(item)"}}
                """
            for _ in 0..<2 {
                let answer = try await browser.send(
                    .POST, "/v1/events", body: event, type: "application/cloudevents+json", key: key)
                #expect(answer.status == 200, "\(answer.text)")
            }
            #expect(try await balance(browser) == before + 60, "sent twice, counted once")
            let history = try await browser.get("/m/history")
            #expect(history.text.contains("+60"))

            // Nobody else's session opens the console.
            #expect(try await browser.get("/console").status == 401)

            let (status, log) = await server.stop()
            #expect(status == 0)
            for line in log.split(separator: "\n") where line.hasPrefix("{") {
                #expect(!line.contains(subject), "a log line names a person")
            }
            let verified = try await Binary.run("verify", "--home", home, "--json")
            #expect(verified.status == 0)
            #expect(verified.json?["differences"]?.intValue == 0)
        }
    }

    @Test func aSecondStartKeepsTheDataAndASecondProcessIsServed() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let made = try await Binary.run("demo", "--people", "20", "--weeks", "1", "--home", home, "--json")
            #expect(made.status == 0, "\(made.errors)")
            let server = try await RunningServer.start(["--demo", "--home", home])
            // One process holds the lock; another's command is carried out by it, and says the same.
            let other = try await Binary.run("keys", "list", "--home", home, "--json")
            #expect(other.status == 0, "\(other.errors)")
            let second = try await Binary.run("serve", "--home", home, "--port", "0")
            #expect(second.status == 75)
            #expect(second.errors.contains("is in use by process \(server.process.processIdentifier)"))
            #expect(await server.stop().status == 0)
            let keys = try await Binary.run("keys", "list", "--home", home, "--json")
            #expect(keys.output == other.output)
            guard case .array(let list)? = keys.json else {
                Issue.record("no list: \(keys.output) \(keys.errors)")
                return
            }
            #expect(list.count == 1, "the second start made no second key")
        }
    }

    private func firstArticle(_ page: Browser.Page) -> String? {
        guard let start = page.text.range(of: "href=\"/avondpost/") else { return nil }
        return "/avondpost/" + page.text[start.upperBound...].prefix { $0 != "\"" }
    }

    /// The number in the balance line.
    private func balance(_ browser: Browser) async throws -> Int {
        let page = try await browser.get("/m/")
        #expect(page.status == 200)
        let start = try #require(page.text.range(of: "data-live-balance>"))
        let line = page.text[start.upperBound...].prefix { $0 != "<" }
        return try #require(Int(line.filter(\.isNumber)))
    }
}
