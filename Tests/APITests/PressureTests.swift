import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Testing

@testable import API

/// How much a programme may urge a member, read and chosen over HTTP.
@Suite struct PressureTests {
    @Test func aMemberSaysHowMuchTheyMayBeUrged() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let path = "/v1/members/\(member)/pressure"
            func read() async throws -> JSONValue { try await client.send(.get, path, key: world.keys.all).json }
            let usual = try await read()
            #expect(usual["choice"] == "normal")
            #expect(usual["per_day"] == 1)
            #expect(usual["per_week"] == 3)
            #expect(usual["quiet"] == ["from": "21:00", "until": "09:00"])
            #expect(usual["counts"]?.arrayValue?.count == 7)
            #expect(usual["said_this_week"] == 0)
            #expect(usual["withheld"] == 0)
            for (choice, perDay) in [("less", 1), ("off", 0), ("normal", 1)] as [(String, Int64)] {
                for _ in 0..<2 {
                    let chosen = try await client.send(
                        .put, path, key: world.keys.all, json: ["choice": .string(choice)],
                        headers: ["Idempotency-Key": choice])
                    #expect(chosen.status == 200)
                    #expect(try chosen.json["member"] == .string(member.description))
                }
                let now = try await read()
                #expect(now["choice"] == .string(choice))
                #expect(now["per_day"] == .integer(perDay))
            }
            // The same key for something else.
            let other = try await client.send(
                .put, path, key: world.keys.all, json: ["choice": "off"], headers: ["Idempotency-Key": "less"])
            #expect(other.problem == "idempotency-key-reused")
            for body in [["choice": "sometimes"], ["choice": .null], [:], ["choice": "off", "more": 1]] as [JSONValue] {
                #expect(try await client.send(.put, path, key: world.keys.all, json: body).status == 422)
            }
            #expect(try await read()["choice"] == "normal")
            let stranger = "/v1/members/0197f5c8-0000-7000-8000-000000000001/pressure"
            #expect(try await client.send(.get, stranger, key: world.keys.all).status == 404)
            #expect(try await client.send(.put, stranger, key: world.keys.all, json: ["choice": "off"]).status == 404)
        }
    }

    @Test func whatWasHeldBackIsCountedWithoutTellingOfFew() async throws {
        try await World.with { world, client in
            let figures = try await client.send(.get, "/v1/pressure", key: world.keys.all).json
            #expect(figures["per_week"] == 3)
            #expect(figures["days"] == 30)
            #expect(figures["withheld"] == .null)
            #expect(figures["sources"] == [])
        }
    }
}
