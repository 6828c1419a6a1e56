import HTTPTypes
import HummingbirdTesting
import Primitives
import Testing

@testable import API

/// Challenges and badges over HTTP.
@Suite struct AchievementsTests {
    @Test func aChallengeIsJoinedGivenAGoalAndLeft() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "0")
            let member = try await world.member("ann")
            let base = "/v1/members/\(member)/challenges"
            func yourPace() async throws -> JSONValue? {
                try await client.send(.get, base, key: world.keys.all).json["data"]?[1]
            }
            #expect(try await yourPace()?["joined"] == false)
            #expect(try await client.send(.put, base + "/your-pace/joined", key: world.keys.all).status == 200)
            #expect(try await client.send(.put, base + "/your-pace/joined", key: world.keys.all).status == 200)
            _ = try await client.event(world.keys.all, id: "1")
            let goal = try await client.send(.put, base + "/your-pace/goal", key: world.keys.all, json: ["goal": 3])
            #expect(goal.status == 200)
            let progress = try await yourPace()
            #expect(progress?["joined"] == true)
            #expect(progress?["count"] == 1, "what was read before does not count")
            #expect(progress?["target"] == 3)
            #expect(progress?["goal"] == ["from": 2, "to": 9])
            let far = try await client.send(.put, base + "/your-pace/goal", key: world.keys.all, json: ["goal": 10])
            #expect(far.status == 422)
            #expect(try await client.send(.delete, base + "/your-pace/joined", key: world.keys.all).status == 200)
            #expect(try await yourPace()?["joined"] == false)
            let automatic = try await client.send(.put, base + "/three-stories/joined", key: world.keys.all)
            #expect(automatic.status == 409)
            #expect(try await client.send(.put, base + "/nope/joined", key: world.keys.all).status == 404)
        }
    }

    @Test func aBadgeIsTakenAwayWithAReason() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "0")
            let member = try await world.member("ann")
            let path = "/v1/members/\(member)/badges/reader"
            #expect(try await client.send(.delete, path, key: world.keys.all, json: [:]).status == 422)
            let reason: JSONValue = ["reason": "It was somebody else."]
            #expect(try await client.send(.delete, path, key: world.keys.all, json: reason).status == 200)
            let json = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all).json
            #expect(json["badges"] == [])
            #expect(json["experience"] == .null)
            #expect(try await client.send(.delete, path, key: world.keys.all, json: reason).status == 404)
        }
    }
}
