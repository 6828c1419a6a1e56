import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Storage
import Testing
import Vault

@testable import API

/// Stock, tickets and addresses over HTTP.
@Suite struct StockTests {
    @Test(arguments: Storage.Engine.allCases) func stockIsChangedOnceForAKey(_ engine: Storage.Engine) async throws {
        try await World.with(engine: engine) { world, client in
            func change(_ amount: Int64, _ key: String) async throws -> TestAnswer {
                try await client.send(
                    .post, "/v1/rewards/mug/stock", key: world.keys.all,
                    json: ["change": .integer(amount), "reason": "Found in the cellar."],
                    headers: ["Idempotency-Key": key])
            }
            for _ in 0..<2 {
                let answer = try await change(3, "a")
                #expect(answer.status == 201, "\(answer.text)")
                #expect(try answer.json == ["reward": "mug", "stock": 5, "left": 5])
            }
            let short = try await change(-6, "b")
            #expect(short.problem == "contradiction")
            #expect(try short.json["left"] == 5)
            #expect(try await change(-5, "c").json["left"] == 0)
            let list = try await client.send(.get, "/v1/stock-changes", key: world.keys.all).json
            #expect(list["changes"]?.arrayValue?.compactMap { $0["amount"]?.intValue }.sorted() == [-5, 3])
            let zero = try await change(0, "d")
            #expect(zero.status == 422)
            let unknown = try await client.send(
                .post, "/v1/rewards/none/stock", key: world.keys.all, json: ["change": 1, "reason": "x"])
            #expect(unknown.status == 404)
        }
    }

    @Test func theCarrierGoesWithTheNumber() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(100, to: "ann", world, client)
            let base = "/v1/members/\(ann)/redemptions"
            let redeemed = try await client.send(.post, base, key: world.keys.all, json: ["reward": "mug"])
            let hold = try #require(try redeemed.json["redemption"]?["redemption"]?.stringValue)
            _ = try await client.send(.post, "\(base)/\(hold)/confirm", key: world.keys.all)
            func sent(_ json: JSONValue) async throws -> TestAnswer {
                try await client.send(.post, "\(base)/\(hold)/fulfilment", key: world.keys.all, json: json)
            }
            #expect(try await sent(["state": "sent", "carrier": "PostNL"]).problem == "contradiction")
            #expect(
                try await sent(["state": "sent", "tracking": "3S\u{1F}1", "carrier": "PostNL"]).status == 422)
            #expect(try await sent(["state": "sent", "tracking": "3S1", "carrier": "PostNL"]).status == 200)
            let held = try await client.send(.get, base, key: world.keys.all).json["redemptions"]?[0]
            #expect(held?["tracking"] == "3S1")
            #expect(held?["carrier"] == "PostNL")
            #expect(try await !world.dump().contains("PostNL"), "it is kept sealed")
        }
    }
}

/// What a refused or accepted redemption leaves of the address that came with it.
@Suite struct ParcelAddressTests {
    private static func address(_ member: MemberID, _ world: World) async throws -> String? {
        try await world.vault.persons.reveal(
            [member], fields: [.address], programme: world.post, purpose: .delivery, actor: "test",
            now: world.clock.now())[member]?[.address]
    }

    @Test func aRefusalLeavesNoAddressBehind() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(5, to: "ann", world, client)
            func redeem() async throws -> TestAnswer {
                try await client.send(
                    .post, "/v1/members/\(ann)/redemptions", key: world.keys.all,
                    json: ["reward": "mug", "address": "Kerkstraat 1"])
            }
            #expect(try await redeem().problem == "insufficient-balance")
            #expect(try await Self.address(ann, world) == nil)
            _ = try await MembersTests.give(50, to: "ann", world, client, id: "more")
            #expect(try await redeem().status == 201)
            #expect(try await Self.address(ann, world) == "Kerkstraat 1")
        }
    }
}
