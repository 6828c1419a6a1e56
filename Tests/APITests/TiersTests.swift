import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Testing

@testable import API

@Suite struct TiersTests {
    @Test func aLadderByCreditsEverShowsAsBefore() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let tier = try await client.send(.get, "/v1/members/\(member)/tier", key: world.keys.all).json
            #expect(tier["tier"] == .null)
            #expect(tier["credits"] == 1)
            #expect(tier["next"] == ["id": "silver", "missing": 1])
            #expect(tier["period"] == .null)
            #expect(tier["lasts_until"] == .null)
            #expect(tier["moves"] == [])
        }
    }

    @Test func anInvitationIsSentAcceptedAndEnded() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let path = "/v1/members/\(member)/tier"
            func tier() async throws -> JSONValue { try await client.send(.get, path, key: world.keys.all).json }
            func entitled() async throws -> JSONValue? {
                try await client.send(
                    .get, "/v1/entitlements/check?member=\(member)&name=table", key: world.keys.all
                ).json["granted"]
            }
            let accept = "\(path)/invitations/friend/accept"
            #expect(try await client.send(.post, accept, key: world.keys.all).problem == "not-invited")
            let request: JSONValue = ["tier": "friend", "until": "2025-06-30"]
            for _ in 0..<2 {
                let invited = try await client.send(
                    .post, "\(path)/invitations", key: world.keys.all, json: request, headers: ["Idempotency-Key": "i"])
                #expect(invited.status == 201)
            }
            #expect(
                try await tier()["invitations"] == [
                    ["tier": "friend", "state": "offered", "day": "2025-06-15", "until": "2025-06-30"]
                ])
            #expect(try await entitled() == false)
            #expect(try await client.send(.post, accept, key: world.keys.all).status == 200)
            #expect(try await client.send(.post, accept, key: world.keys.all).status == 200)
            let now = try await tier()
            #expect(now["tier"] == "friend")
            #expect(now["gives"] == ["table"])
            #expect(try await entitled() == true)
            let member2 = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all).json
            #expect(member2["tier"] == "friend")
            let other = try await client.send(
                .post, "\(path)/invitations", key: world.keys.all, json: ["tier": "friend", "until": "2025-07-30"])
            #expect(other.problem == "invitation-holds")
            let decline = "\(path)/invitations/friend/decline"
            #expect(try await client.send(.post, decline, key: world.keys.all).status == 200)
            #expect(try await tier()["tier"] == .null)
            #expect(try await entitled() == false)
            for (body, problem) in [
                (["tier": "gold"] as JSONValue, "unknown-tier"),
                (["tier": "friend", "until": "2025-06-14"], "invalid"),
                (["tier": "friend", "until": "soon"], "invalid"),
            ] {
                let refused = try await client.send(.post, "\(path)/invitations", key: world.keys.all, json: body)
                #expect(refused.problem == problem)
            }
        }
    }
}
