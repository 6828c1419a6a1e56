import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Testing

@testable import API

@Suite struct LeaderboardsTests {
    @Test func aMemberJoinsSeesTheirPlaceUnderAnotherNameAndLeaves() async throws {
        try await World.with { world, client in
            let key = world.keys.all
            var members: [MemberID] = []
            for (user, ink) in [("ann", 30), ("bob", 20), ("cas", 10)] as [(String, Int64)] {
                members.append(try await MembersTests.give(ink, to: user, world, client, id: "gift-" + user))
            }
            func path(_ member: MemberID) -> String { "/v1/members/\(member)/leaderboards/most-ink" }
            for member in members {
                let answer = try await client.send(.put, path(member), key: key)
                #expect(answer.status == 200)
                #expect(try answer.json["member"]?.stringValue == member.description)
            }
            let board = "/v1/leaderboards/most-ink"
            let seen = try await client.send(.get, board + "?member=\(members[1])", key: key)
            #expect(seen.status == 200)
            let json = try seen.json
            #expect(json["shows_ranks"] == true && json["taking_part"] == true && json["period"] == "week")
            #expect(json["name"] == "Most ink")
            #expect(json["top"]?[0]?["score"] == 30 && json["top"]?[0]?["rank"] == 1)
            #expect(json["own"]?["rank"] == 2)
            let text = String(decoding: seen.body, as: UTF8.self)
            for member in members { #expect(!text.contains(member.description)) }
            #expect(!text.contains("ann") && !text.contains("bob"))

            // The name comes from the request's language; another can be drawn, once per key.
            let name = json["own"]?["name"]
            let rename = path(members[1]) + "/name"
            let headers = ["Idempotency-Key": "draw-1"]
            for _ in 0..<2 {
                #expect(try await client.send(.post, rename, key: key, headers: headers).status == 200)
            }
            let after = try await client.send(.get, board + "?member=\(members[1])", key: key).json
            #expect(after["own"]?["name"] != name)

            for _ in 0..<2 { #expect(try await client.send(.delete, path(members[1]), key: key).status == 204) }
            let left = try await client.send(.get, board + "?member=\(members[1])", key: key).json
            #expect(left["taking_part"] == false && left["own"] == .null)
            #expect(try await client.send(.get, "/v1/leaderboards/none", key: key).status == 404)
            let nowhere = "/v1/members/\(members[0])/leaderboards/none"
            #expect(try await client.send(.put, nowhere, key: key).status == 404)
            #expect(try await client.send(.get, board + "?limit=0", key: key).status == 400)
            #expect(try await client.send(.get, board + "?member=x", key: key).status == 404)
        }
    }
}
