import Access
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Testing

@testable import API

/// Back-tests, replays and forecasts over HTTP.
@Suite struct SimulationRunsTests {
    private static func document(_ edit: (String) -> String) -> JSONValue {
        var texts = TestProgramme.texts("post")
        for (path, text) in texts { texts[path] = edit(text) }
        return .object(JSONObject(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    @Test func aBacktestIsOrderedOnceWorkedOnAndNamesNobody() async throws {
        try await World.with { world, client in
            for id in 1...3 { _ = try await client.event(world.keys.all, id: "\(id)") }
            let body: JSONValue = [
                "document": Self.document { $0.replacing("amount: 10, unit: ink", with: "amount: 20, unit: ink") }
            ]
            let ordered = try await client.send(
                .post, "/v1/simulations/backtests", key: world.keys.all, json: body, headers: ["Idempotency-Key": "b"])
            #expect(ordered.status == 201, "\(ordered.text)")
            let again = try await client.send(
                .post, "/v1/simulations/backtests", key: world.keys.all, json: body, headers: ["Idempotency-Key": "b"])
            #expect(again.text == ordered.text)
            let id = try #require(try ordered.json["id"]?.stringValue)
            #expect(try ordered.json["state"] == "waiting" && ordered.json["result"] == .null)
            _ = try await SimulationRunner.advance(world.engine, world.post)

            let path = "/v1/simulations/\(id)"
            let seen = try await client.send(.get, path, key: world.keys.all)
            #expect(try seen.json["state"] == "done" && seen.json["share"]?.doubleValue == 1)
            let rules = try #require(try seen.json["result"]?["counters"]?["rules"]?.arrayValue)
            #expect(rules.contains { $0["members_with_more"] == 1 }, "\(rules)")
            // Without the right to look at members, one member is not counted out.
            let manager = try #require(world.keys.only[.programmeRead])
            let guarded = try await client.send(.get, path, key: manager)
            let lines = try #require(try guarded.json["result"]?["counters"]?["rules"]?.arrayValue)
            #expect(lines.count == rules.count && lines.allSatisfy { $0["members_with_more"] == .null })
            let member = try await world.member("ann", in: world.post)
            #expect(!seen.text.contains(member.description) && !guarded.text.contains(member.description))

            let list = try await client.send(.get, "/v1/simulations?limit=1", key: world.keys.all)
            #expect(try list.json["data"]?[0]?["id"]?.stringValue == id)
            // It is over: there is nothing to stop. Another programme has none of it.
            let stopped = try await client.send(.post, path + "/cancel", key: world.keys.all)
            #expect(try stopped.json["state"] == "done")
            #expect(try await client.send(.get, path, key: world.keys.radio).status == 404)
            #expect(try await client.send(.get, "/v1/simulations/x", key: world.keys.all).status == 404)
            #expect(try await client.send(.get, "/v1/simulations?after=x", key: world.keys.all).status == 404)
        }
    }

    @Test func whatIsWrongIsSaidBeforeAnythingIsOrdered() async throws {
        try await World.with { world, client in
            func refused(_ path: String, _ body: JSONValue) async throws -> (Int, JSONValue) {
                let answer = try await client.send(.post, path, key: world.keys.all, json: body)
                return (answer.status, try answer.json)
            }
            let faulty = Self.document { $0.replacing("unit: ink", with: "unit: gold-dust") }
            let (status, problem) = try await refused("/v1/simulations/backtests", ["document": faulty])
            #expect(status == 409 && problem["problems"]?[0]?["line"]?.intValue ?? 0 > 0, "\(problem)")
            let fine = Self.document { $0 }
            #expect(try await refused("/v1/simulations/backtests", ["document": 3]).0 == 422)
            #expect(try await refused("/v1/simulations/backtests", ["document": fine, "from": "soon"]).0 == 422)
            let turned: JSONValue = ["document": fine, "from": "2026-02-01", "to": "2026-01-01"]
            #expect(try await refused("/v1/simulations/backtests", turned).0 == 409)
            let many: JSONValue = ["members": 1_000_000, "days": 7, "seed": 1]
            #expect(try await refused("/v1/simulations/forecasts", many).0 == 422)
            let odd: JSONValue = ["members": 50, "days": 7, "seed": 1, "candidate": faulty]
            let (says, what) = try await refused("/v1/simulations/forecasts", odd)
            #expect(says == 409 && what["problems"]?[0]?["line"]?.intValue ?? 0 > 0, "\(what)")
            let none = try await client.send(.get, "/v1/simulations", key: world.keys.all)
            #expect(try none.json["data"] == [])
            // The programme that somebody else may change is not theirs to try things on.
            let reader = try #require(world.keys.only[.membersRead])
            #expect(try await client.send(.post, "/v1/simulations/replays", key: reader).status == 403)
        }
    }

    @Test func replaysAndForecastsAreStoppedAndAnswered() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let replay = try await client.send(.post, "/v1/simulations/replays", key: world.keys.all)
            let forecast = try await client.send(
                .post, "/v1/simulations/forecasts", key: world.keys.all, json: ["members": 50, "days": 7, "seed": 1])
            #expect(replay.status == 201 && forecast.status == 201)
            let id = try #require(try forecast.json["id"]?.stringValue)
            let stopped = try await client.send(.post, "/v1/simulations/\(id)/cancel", key: world.keys.all)
            #expect(try stopped.json["state"] == "cancelled")
            let run = try #require(try await SimulationRunner.advance(world.engine, world.post))
            #expect(run.kind == .replay && run.result?["share"]?.doubleValue == 1)
            #expect(try await SimulationRunner.advance(world.engine, world.post) == nil)
        }
    }
}
