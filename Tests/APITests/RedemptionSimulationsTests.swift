import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Testing

@testable import API

/// Dry runs of redemptions over HTTP.
@Suite struct RedemptionSimulationsTests {
    private static func simulate(
        _ member: MemberID, _ world: World, _ client: any TestClientProtocol, reward: JSONValue = "mug",
        _ more: [(String, JSONValue)] = []
    ) async throws -> TestAnswer {
        let body = JSONObject([("member", .string(member.description)), ("reward", reward)] + more)
        return try await client.send(
            .post, "/v1/simulations/redemptions", key: world.keys.all, json: .object(body))
    }

    @Test func itSaysWhatWouldHappenAndDoesNothing() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(100, to: "ann", world, client)
            let before = try await world.dump()
            let dry = try await Self.simulate(ann, world, client)
            #expect(dry.status == 200, "\(dry.text)")
            #expect(try await world.dump() == before, "a dry run has written something")
            let json = try dry.json
            #expect(json["allowed"] == true)
            #expect(json["obstacles"] == [])
            #expect(
                json["prices"]?[0] == ["unit": "ink", "each": 20, "amount": 20, "spendable": 100, "missing": 0])
            #expect(json["stock"]?["left"] == 2)
            #expect(json["stock"]?["left_after"] == 1)
            // What it promises is what happens.
            let real = try await client.send(
                .post, "/v1/members/\(ann)/redemptions", key: world.keys.all, json: ["reward": "mug"])
            #expect(try real.json["redemption"]?["amount"] == json["hold"]?["amount"])
            #expect(try real.json["redemption"]?["expires_at"] == json["hold"]?["expires_at"])
            #expect(try await Self.simulate(ann, world, client).json["stock"]?["left_after"] == 0)
        }
    }

    @Test func everyObstacleIsThereWithItsProof() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(30, to: "ann", world, client)
            let bob = try await MembersTests.give(100, to: "bob", world, client, id: "b")
            for _ in 0..<2 {
                _ = try await client.send(
                    .post, "/v1/members/\(bob)/redemptions", key: world.keys.all, json: ["reward": "mug"])
            }
            let json = try await Self.simulate(ann, world, client, [("quantity", 2), ("unit", "ink")]).json
            #expect(json["allowed"] == false)
            #expect(json["hold"] == .null)
            let obstacles = try #require(json["obstacles"]?.arrayValue)
            let codes = obstacles.compactMap { $0["code"]?.stringValue }
            #expect(codes.contains("out-of-stock"), "\(codes)")
            #expect(codes.contains("insufficient-balance"), "\(codes)")
            let short = try #require(obstacles.first { $0["code"] == "insufficient-balance" })
            #expect(short["facts"] == ["unit": "ink", "needed": 40, "spendable": 30, "missing": 10])
            #expect(short["sentences"]?["nl"] == "Nog 10 inkt en je hebt genoeg.")
            #expect(short["sentences"]?["ja"]?.stringValue?.contains("10") == true)
            // The first is what a redemption is refused with.
            let real = try await client.send(
                .post, "/v1/members/\(ann)/redemptions", key: world.keys.all, json: ["reward": "mug"])
            let first = try await Self.simulate(ann, world, client).json["obstacles"]?[0]?["code"]?.stringValue
            #expect(real.problem == first)
        }
    }

    @Test func whatIsNotThereIsSaid() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(5, to: "ann", world, client)
            #expect(try await Self.simulate(ann, world, client, reward: "none").problem == "unknown-reward")
            let nobody = MemberID(ID128(high: 1, low: 2))
            #expect(try await Self.simulate(nobody, world, client).status == 404)
            let wrong = try await Self.simulate(ann, world, client, [("quantity", 0)])
            #expect(wrong.status == 422)
        }
    }
}
