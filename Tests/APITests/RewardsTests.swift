import HTTPTypes
import HummingbirdTesting
import Loyalty
import NIOCore
import Primitives
import Testing

@testable import API

@Suite struct RewardsTests {
    @Test func aParcelIsAskedForSentAndRefundedOverHTTP() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(100, to: "ann", world, client)
            let base = "/v1/members/\(ann)"
            func offer() async throws -> JSONValue? {
                try await client.send(.get, base + "/rewards", key: world.keys.all).json["rewards"]?.arrayValue?
                    .first { $0["reward"] == "mug" }
            }
            #expect(try await offer()?["can_redeem"] == true)
            #expect(try await offer()?["left"] == 2)
            let redeemed = try await client.send(
                .post, base + "/redemptions", key: world.keys.all,
                json: ["reward": "mug", "address": "Kerkstraat 1, Réamsterdam"])
            #expect(redeemed.status == 201)
            let hold = try #require(try redeemed.json["redemption"]?["redemption"]?.stringValue)
            let one = base + "/redemptions/\(hold)"
            #expect(
                try await client.send(
                    .post, one + "/fulfilment", key: world.keys.all, json: ["state": "packed"]
                ).problem == "fulfilment-order")
            #expect(try await client.send(.post, one + "/confirm", key: world.keys.all).status == 200)
            let queue = try await client.send(.get, "/v1/fulfilments", key: world.keys.all)
            #expect(try queue.json["data"]?[0]?["redemption"]?.stringValue == hold)
            #expect(!queue.text.contains("Kerkstraat"))
            let sent = try await client.send(
                .post, one + "/fulfilment", key: world.keys.all, json: ["state": "sent", "tracking": "3SÉ1"])
            #expect(sent.status == 200)
            let held = try await client.send(.get, base + "/redemptions", key: world.keys.all)
            #expect(try held.json["redemptions"]?[0]?["tracking"] == "3SÉ1")
            #expect(try held.json["redemptions"]?[0]?["fulfilment"] == "sent")
            let refused = try await client.send(.post, one + "/refund", key: world.keys.all)
            #expect(refused.problem == "fulfilment-order")
            #expect(try refused.json["next"]?.arrayValue?.contains("returned") == true)
            _ = try await client.send(
                .post, one + "/fulfilment", key: world.keys.all, json: ["state": "returned"])
            for _ in 0..<2 {
                let refund = try await client.send(.post, one + "/refund", key: world.keys.all)
                #expect(refund.status == 200)
                #expect(try refund.json["redemption"]?["state"] == "refunded")
            }
            #expect(try await offer()?["left"] == 2)
            let standings = try await client.send(.get, "/v1/rewards", key: world.keys.all)
            #expect(try standings.json["rewards"]?.arrayValue?.first { $0["reward"] == "mug" }?["taken"] == 0)
        }
    }

    @Test func whyNotSaysWhatIsMissing() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(5, to: "ann", world, client)
            let answer = try await client.send(.get, "/v1/members/\(ann)/rewards", key: world.keys.all)
            let mug = try #require(try answer.json["rewards"]?.arrayValue?.first { $0["reward"] == "mug" })
            #expect(mug["can_redeem"] == false)
            #expect(mug["why_not"]?[0]?["code"] == "insufficient-balance")
            #expect(mug["why_not"]?[0]?["missing"]?["needed"] == 20)
        }
    }

    @Test func wishesAndWaitingAreAnsweredPlainly() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(100, to: "ann", world, client)
            let base = "/v1/members/\(ann)"
            for _ in 0..<2 {
                #expect(try await client.send(.put, base + "/wishes/mug", key: world.keys.all).status == 204)
            }
            #expect(
                try await client.send(.put, base + "/wishes/nothing", key: world.keys.all).problem == "unknown-reward")
            let offers = try await client.send(.get, base + "/rewards", key: world.keys.all)
            #expect(try offers.json["rewards"]?.arrayValue?.first { $0["reward"] == "mug" }?["wished"] == true)
            #expect(try await client.send(.delete, base + "/wishes/mug", key: world.keys.all).status == 204)
            let waits = try await client.send(
                .post, base + "/waiting", key: world.keys.all, json: ["reward": "mug"])
            #expect(waits.problem == "not-waiting")
            #expect(
                try await client.send(
                    .post, "/v1/tickets/check", key: world.keys.all, json: ["ticket": "AAAA"]
                ).problem == "not-found")
            #expect(
                try await client.send(
                    .post, "/v1/rewards/mug/codes", key: world.keys.all, json: ["codes": ["A"]]
                ).problem == "unknown-reward")
        }
    }
}
