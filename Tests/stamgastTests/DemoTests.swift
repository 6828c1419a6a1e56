import Foundation
import Primitives
import Testing

/// The demos beside De Avondpost, from the built binary: filled, signed in to, and closed to whoever leads people.
@Suite(.serialized) struct DemoTests {
    private static func signIn(_ link: String, _ address: String) async throws -> Browser {
        let browser = Browser(address)
        let path = String(link.dropFirst(address.count))
        let door = try await browser.get(path)
        let token = try #require(door.value(after: "name=\"csrf\" value"))
        #expect(try await browser.post(path, form: ["csrf": token]).status == 303)
        return browser
    }

    @Test(arguments: [
        ("mobility", "Mijn eigen week", "Duurzame ritten"), ("employees", "Mijn eigen tempo", "Lichter naar het werk"),
    ])
    func aDemoIsFilledAndWhoeverLeadsPeopleLooksNobodyUp(
        _ name: String, _ challenge: String, _ measure: String
    ) async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let server = try await RunningServer.start(
                ["--demo", name, "--people", "140", "--weeks", "7", "--home", home])
            let address = server.address
            let links = server.ready
            // A member: a goal of one's own, and what has changed against one's own beginning.
            let member = try await Self.signIn(try #require(links["member"]?.stringValue), address)
            let play = try await member.get("/m/play")
            #expect(play.status == 200 && play.text.contains(challenge))
            #expect(play.text.contains(measure) && play.text.contains("Tegenover je eigen begin"))
            // The nudge: a letter from a person with a name.
            #expect(try await member.get("/m/letters").status == 200)
            // The console.
            let console = try await Self.signIn(try #require(links["console"]?.stringValue), address)
            for path in ["/console/", "/console/measures", "/console/simulator"] {
                #expect(try await console.get(path).status == 200, "\(path)")
            }
            // Whoever leads people sees sums, and nothing else.
            let lead = try await Self.signIn(try #require(links["team_lead"]?.stringValue), address)
            let sums = try await lead.get("/console/measures")
            #expect(sums.status == 200 && sums.text.contains(measure))
            #expect(sums.text.contains("Met het duwtje"), "the hold-out is shown beside the others")
            for path in [
                "/console/", "/console/quarantine", "/console/reviews", "/console/letters", "/console/simulator",
            ] {
                #expect(try await lead.get(path).status == 403, "\(path)")
            }
            #expect(await server.stop().status == 0)
            let verified = try await Binary.run("verify", "--home", home, "--json")
            #expect(verified.json?["differences"]?.intValue == 0, "\(verified.output)")
            // A second start is the same demo.
            let again = try await RunningServer.start(["--demo", name, "--home", home])
            #expect(again.ready["team_lead"] != nil)
            #expect(await again.stop().status == 0)
        }
    }

    @Test func loadGoesOverHTTPWithAKeyAndIsMeasured() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            #expect(try await Binary.run("programme", "apply", "mobility", "--home", home).status == 0)
            let key = try #require(
                try await Binary.run(
                    "keys", "create", "--label", "load", "--scope", "events:write", "--home", home, "--json"
                )
                .json?["key"]?.stringValue)
            let server = try await RunningServer.start(["--home", home])
            let words = [
                "simulate", "--drive", server.address, "--audience", "mobility", "--people", "60", "--days", "2",
                "--resent",
                "0.3", "--json",
            ]
            let run = try await Binary.run(words, environment: ["STAMGAST_KEY": key])
            #expect(run.status == 0, "\(run.errors)")
            let report = try #require(run.json)
            let events = report["events"]?.intValue ?? 0
            #expect(events > 100 && report["latency_ms"]?["p99"]?.doubleValue ?? 0 > 0)
            #expect(report["results"]?["duplicate"]?.intValue ?? 0 > 10)
            let sum = (report["results"]?.objectValue?.members ?? []).reduce(Int64(0)) { $0 + ($1.value.intValue ?? 0) }
            #expect(sum == events)
            // The same again is known already, to the last event.
            let again = try await Binary.run(words, environment: ["STAMGAST_KEY": key])
            #expect(again.json?["results"]?["duplicate"]?.intValue == events, "\(again.output)")
            // Without a key, and with one that may not.
            #expect(try await Binary.run(words, environment: ["STAMGAST_KEY": ""]).status != 0)
            let wrong = try await Binary.run(words, environment: ["STAMGAST_KEY": key + "x"])
            #expect(wrong.status != 0 && !wrong.errors.contains(key))
            #expect(await server.stop().status == 0)
        }
    }
}
