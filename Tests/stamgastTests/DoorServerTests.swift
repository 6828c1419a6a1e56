import Foundation
import Testing

/// The members' door as a newcomer meets it: the built server, a browser, the demo's letter box.
@Suite(.serialized)
struct DoorServerTests {
    @Test func aNewcomerToTheDemoSignsInAsIfByMail() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let made = try await Binary.run("demo", "--people", "40", "--weeks", "1", "--home", home, "--json")
            #expect(made.status == 0, "\(made.errors)")
            let server = try await RunningServer.start(["--demo", "--home", home])
            let browser = Browser(server.address)
            #expect(try await browser.get("/m/").status == 401)
            let door = try await browser.get("/signin")
            let csrf = try #require(door.value(after: "name=\"csrf\" value"))
            let asked = try await browser.post(
                "/signin", form: ["csrf": csrf, "programme": "avondpost", "address": "newcomer%40example.org"])
            #expect(asked.status == 303 && asked.location?.contains("@") == false)
            let sent = try await browser.get(try #require(asked.location))
            #expect(sent.status == 200 && sent.text.contains("href=\"/demo/mail\""))
            var link: String?
            for _ in 0..<80 where link == nil {
                try await Task.sleep(for: .milliseconds(100))
                let box = try await browser.get("/demo/mail")
                link = box.text.firstMatch(of: /href="(\/signin\/[^"]+)"/).map { String($0.1) }
            }
            let path = try #require(link)
            let offer = try await browser.get(path)
            #expect(offer.status == 200)
            let token = try #require(offer.value(after: "name=\"csrf\" value"))
            let entered = try await browser.post(path, form: ["csrf": token])
            #expect(entered.status == 303 && entered.location == "/m/")
            #expect(try await browser.get("/m/").status == 200)
            #expect(try await Browser(server.address).get(path).status == 410, "it works once")
            let ended = await server.stop()
            #expect(ended.status == 0 && !ended.log.contains("newcomer"))
        }
    }

    @Test func askingIsLimitedBySource() async throws {
        try await Binary.withFolder { folder in
            let server = try await RunningServer.start([
                "--home", folder + "/home", "--set", "sign-in-limit-per-hour=3",
            ])
            let browser = Browser(server.address)
            for _ in 0..<3 {
                #expect(try await browser.post("/signin", form: ["csrf": "x"]).status != 429)
            }
            #expect(try await browser.post("/signin", form: ["csrf": "x"]).status == 429)
            #expect(await server.stop().status == 0)
        }
    }

    @Test func mailSettingsThatDoNotFitAreRefusedWithoutTheirSecrets() async throws {
        try await Binary.withFolder { folder in
            for url in ["smtp://user:geheim@mail.example.org", "smtp://user:geheim@"] {
                let run = try await Binary.run(
                    "serve", "--port", "0", "--home", folder + "/home", "--set", "smtp-url=" + url)
                #expect(run.status != 0 && !run.errors.contains("geheim"), "\(run.errors)")
            }
        }
    }
}
