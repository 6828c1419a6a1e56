import Foundation
import NIOHTTP1
import Primitives
import Testing

/// Staff and members, from the command line of a home that a server has open.
@Suite(.serialized)
struct PeopleCommandTests {
    /// Opens a link as a person does, and clicks.
    private static func signIn(_ link: String, _ browser: Browser) async throws -> Browser.Page {
        let door = try await browser.get(link)
        let token = try #require(door.value(after: "name=\"csrf\" value"), "\(door.status) \(door.text)")
        return try await browser.post(link, form: ["csrf": token])
    }

    @Test func aManagerMadeAtTheCommandLineSeesTheConsole() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let server = try await RunningServer.start(["--home", home])
            #expect(try await Binary.run("programme", "apply", "avondpost", "--home", home).status == 0)
            let made = try await Binary.run(
                "staff", "create", "--name", "Noör", "--role", "manager", "--home", home, "--json")
            let id = try #require(made.json?["id"]?.stringValue, "\(made.errors)")
            let link = try #require(made.json?["link"]?.stringValue)
            #expect(link.hasPrefix(server.address + "/signin/"))
            let browser = Browser(server.address)
            #expect(try await browser.get("/console").status == 401)
            #expect(try await Self.signIn(link, browser).status == 303)
            #expect(try await browser.get("/console").status == 200)
            #expect(try await browser.get(link).status == 410, "it works once")

            let listed = try await Binary.run("staff", "list", "--home", home, "--json")
            #expect(listed.json?[0]?["name"]?.stringValue == "Noör")
            #expect(listed.json?[0]?["programmes"] == .null)
            let again = try await Binary.run("staff", "link", id, "--home", home, "--json")
            let second = try #require(again.json?["link"]?.stringValue, "\(again.errors)")
            #expect(try await Self.signIn(second, Browser(server.address)).status == 303)

            let ended = try await Binary.run("staff", "disable", id, "--reason", "left", "--home", home)
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(try await browser.get("/console").status == 401, "open sessions end")
            let refused = try await Binary.run("staff", "link", id, "--home", home)
            #expect(refused.status == 64 && refused.errors.contains("disabled"))
            #expect(try await Binary.run("staff", "link", "nobody", "--home", home).status == 64)
            let role = try await Binary.run("staff", "create", "--name", "x", "--role", "king", "--home", home)
            #expect(role.status == 64 && role.errors.contains("privacy-officer"))
            let programme = try await Binary.run(
                "staff", "create", "--name", "x", "--role", "clerk", "--programme", "none", "--home", home)
            #expect(programme.status == 64 && programme.errors.contains("avondpost"))
            #expect(await server.stop().status == 0)

            // Without a server the address comes from the settings.
            let alone = try await Binary.run(
                "staff", "create", "--name", "x", "--role", "analyst", "--programme", "avondpost", "--home", home,
                "--set", "public-url=https://regulars.example.org/", "--json")
            #expect(alone.json?["link"]?.stringValue?.hasPrefix("https://regulars.example.org/signin/") == true)
            #expect(alone.json?["programmes"] == ["avondpost"])
        }
    }

    @Test func aMemberIsFoundLetInAndErased() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let server = try await RunningServer.start(["--home", home])
            #expect(try await Binary.run("programme", "apply", "avondpost", "--home", home).status == 0)
            let key = try #require(
                try await Binary.run("keys", "create", "--home", home, "--label", "t", "--scope", "all", "--json")
                    .json?["key"]?.stringValue)
            let event = """
                {"specversion":"1.0","id":"1","source":"/t","type":"event.attended","subject":"reader-é",
                 "data":{"item":"x"}}
                """
            let taken = try await Browser(server.address).send(
                .POST, "/v1/events", body: event, type: "application/cloudevents+json", key: key)
            #expect(taken.status == 200, "\(taken.text)")

            let member = ["--user", "reader-é", "--home", home]
            let found = try await Binary.run(["members", "find"] + member + ["--json"])
            let id = try #require(found.json?["member"]?.stringValue, "\(found.errors)")
            let answer = try await Browser(server.address).send(.GET, "/v1/members/\(id)", key: key)
            #expect(try JSONValue(parsing: Array(answer.text.utf8)) == found.json)
            let said = try await Binary.run(["members", "find"] + member)
            #expect(said.output.contains("member \(id)"))
            #expect(said.output.contains("60 to spend"), "\(said.output)")

            let linked = try await Binary.run(["members", "link"] + member + ["--json"])
            let browser = Browser(server.address)
            #expect(try await Self.signIn(try #require(linked.json?["link"]?.stringValue), browser).status == 303)
            #expect(try await browser.get("/m/").status == 200)

            #expect(try await Binary.run(["members", "erase"] + member).status == 64, "not without --yes")
            #expect(try await browser.get("/m/").status == 200)
            let erased = try await Binary.run(["members", "erase", "--yes"] + member + ["--json"])
            #expect(erased.json?["erased"]?.stringValue == id, "\(erased.errors)")
            #expect(try await browser.get("/m/").status == 401)
            let gone = try await Binary.run(["members", "find"] + member)
            #expect(gone.status == 64)
            #expect(!gone.errors.contains("reader-é"), "an identifier is not repeated")
            #expect(try await Binary.run("verify", "--home", home).status == 0)
            let (status, log) = await server.stop()
            #expect(status == 0)
            #expect(!log.contains("reader-é"))
        }
    }
}
