import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Testing

@testable import API

@Suite struct SimulationsTests {
    private static func simulate(
        _ client: any TestClientProtocol, _ key: String, id: String, user: String = "ann",
        type: String = "article.read", data: JSONValue = ["item": "a-1", "share": 0.9, "seconds": 60]
    ) async throws -> TestAnswer {
        try await client.send(
            .post, "/v1/simulations/events", key: key,
            json: [
                "specversion": "1.0", "id": .string(id), "source": "https://post.example", "type": .string(type),
                "subject": .string(user), "data": data,
            ])
    }

    private static func rule(_ name: String, _ json: JSONValue) -> JSONValue? {
        json["rules"]?.arrayValue?.first { $0["source"]?.stringValue == name }
    }

    @Test func aDryRunSaysWhatTheEventDoesAndDoesNothing() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let before = try await world.dump()
            let dry = try await Self.simulate(client, world.keys.all, id: "2")
            #expect(dry.status == 200)
            #expect(try await world.dump() == before, "a dry run has written something")
            let real = try await client.event(world.keys.all, id: "2")
            // The effects, their identifiers included, are those that the event has when it comes.
            let effects = try #require(try dry.json["effects"]?.arrayValue)
            #expect(!effects.isEmpty)
            #expect(try real.json["results"]?[0]?["effects"]?.arrayValue == effects)
            #expect(try await Self.simulate(client, world.keys.all, id: "2").json == ["status": "duplicate"])
        }
    }

    @Test func everyRuleSaysWhyOrWhyNot() async throws {
        try await World.with { world, client in
            for id in 1...10 { _ = try await client.event(world.keys.all, id: "\(id)") }
            let met = try await Self.simulate(client, world.keys.all, id: "x").json
            let full = try #require(Self.rule("read-to-the-end", met))
            #expect(full["outcome"] == "refused")
            #expect(
                full["awards"]?[0] == [
                    "unit": "ink", "wanted": 10, "given": 0,
                    "obstacle": [
                        "kind": "limit", "index": 0, "period": "day", "counts": "amount", "most": 100, "used": 100,
                    ],
                ])
            #expect(full["sentences"]?["nl"] == "Per dag is 100 inkt het meeste dat hiervoor bijkomt.")
            #expect(full["sentences"]?["en"] == "100 ink is the most this gives a day.")
            #expect(full["sentences"]?["ja"] == "1日の上限はink 100です。")
            let times = try #require(Self.rule("with-us", met))
            #expect(times["awards"]?[0]?["obstacle"]?["counts"] == "times")
            #expect(times["awards"]?[0]?["obstacle"]?["used"] == 1)
            let short = try await Self.simulate(
                client, world.keys.all, id: "y", data: ["item": "a-1", "share": 0.9, "seconds": 3]
            ).json
            let unmet = try #require(Self.rule("read-to-the-end", short))
            #expect(unmet["outcome"] == "not-met")
            #expect(unmet["failing"] == "event.seconds >= 30")
            #expect(unmet["proof"]?["v"] == false)
            #expect(unmet["when"] == "event.share >= 0.7 && event.seconds >= 30")
            #expect(Self.rule("three-stories", short)?["kind"] == "challenge")
            #expect(Self.rule("reading-week", short)?["kind"] == "streak")
        }
    }

    @Test func anEffectIsExplainedAndReplayed() async throws {
        try await World.with { world, client in
            let real = try await client.event(world.keys.all, id: "1")
            let effects = try #require(try real.json["results"]?[0]?["effects"]?.arrayValue)
            let award = try #require(effects.first { $0["source"] == "read-to-the-end" }?["id"]?.stringValue)
            let member = try await world.member("ann")
            let answer = try await client.send(
                .get, "/v1/members/\(member)/effects/\(award)", key: world.keys.all)
            #expect(answer.status == 200)
            let json = try answer.json
            #expect(json["replay"] == "the same, by truths")
            #expect(json["why"]?["nl"] == "Je las een stuk tot het einde.")
            #expect(json["when"] == "event.share >= 0.7 && event.seconds >= 30")
            #expect(json["amount"] == 10 && json["version"] == 1)
            let bob = try await world.member("bob")
            for path in ["\(bob)/effects/\(award)", "\(member)/effects/\(member)"] {
                #expect(try await client.send(.get, "/v1/members/\(path)", key: world.keys.all).status == 404)
            }
        }
    }

    @Test func aStrangerStaysOne() async throws {
        try await World.with { world, client in
            let before = try await world.dump()
            let answer = try await Self.simulate(
                client, world.keys.all, id: "1", user: "zoë", type: "donation.made", data: ["amount": 7])
            #expect(try answer.json["member"] == nil)
            #expect(try answer.json["balances"]?[0] == ["unit": "ink", "before": 0, "after": 7])
            #expect(try await world.dump() == before)
            #expect(
                try await client.send(.get, "/v1/members/by-external/user/zo%C3%AB", key: world.keys.all).status == 404)
            let wrong = try await Self.simulate(
                client, world.keys.all, id: "2", type: "donation.made", data: ["amount": 0])
            #expect(try wrong.json["status"] == "quarantined")
            #expect(try wrong.json["problem"]?["field"] != .null)
            let nobody = try await client.send(
                .post, "/v1/simulations/events", key: world.keys.all, json: ["type": "article.read"])
            #expect(nobody.problem == "invalid")
        }
    }
}
