import Access
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Storage
import Testing

@testable import API

/// The counter: look up by code, earn, redeem, hand out, refund, and what was done offline.
@Suite struct CounterTests {
    private static func code(_ world: World, _ user: String = "ann") async throws -> String {
        try await world.access.cards.code(
            of: try await world.member(user), in: world.post, now: world.clock.now()
        ).code
    }

    private static func send(
        _ name: String, _ body: JSONValue, _ world: World, _ client: any TestClientProtocol, status: Int = 200,
        key: String? = nil
    ) async throws -> JSONValue {
        let till = try #require(world.keys.only[.counter])
        let answer = try await client.send(.post, "/v1/counter/" + name, key: key ?? till, json: body)
        #expect(answer.status == status, "\(name): \(answer.text)")
        return try answer.json
    }

    @Test(arguments: Storage.Engine.allCases) func aVisitFromCodeToReceipt(_ engine: Storage.Engine) async throws {
        try await World.with(engine: engine) { world, client in
            let member = try await MembersTests.give(500, to: "ann", world, client)
            let code = try await Self.code(world)
            let seen = try await Self.send("lookup", ["code": .string(code)], world, client)
            let visit = try #require(seen["visit"])
            #expect(seen["redeemable"]?.arrayValue?.contains { $0["reward"] == "mug" } == true)
            // No history, no member, no balance.
            #expect(!"\(seen)".contains(member.description))
            #expect(seen["balances"] == nil && seen["history"] == nil)
            _ = try await Self.send("lookup", ["code": .string(code)], world, client, status: 409)

            let earned = try await Self.send(
                "earn", ["visit": visit, "id": "s-1", "type": "donation.made", "data": ["amount": 7]], world, client)
            #expect(earned["effects"]?[0]?["amount"] == 7)
            let receipt = try #require(earned["receipt"])
            let twice = try await Self.send(
                "earn", ["visit": visit, "id": "s-1", "type": "donation.made", "data": ["amount": 7]], world, client)
            #expect(twice["status"] == "duplicate")
            #expect(try await MembersTests.ink(member, world, client)?["spendable"] == 507)
            _ = try await Self.send(
                "earn", ["visit": visit, "id": "s-2", "type": "article.read", "data": [:]], world, client, status: 422)

            let redeemed = try await Self.send(
                "redeem", ["visit": visit, "id": "r-1", "reward": "mug"], world, client)
            let slip = try #require(redeemed["receipt"])
            let same = try await Self.send("redeem", ["visit": visit, "id": "r-1", "reward": "mug"], world, client)
            #expect(same["redemption"]?["redemption"] == redeemed["redemption"]?["redemption"])
            #expect(
                try await Self.send("confirm", ["receipt": slip], world, client)["redemption"]?["state"] == "confirmed")
            #expect(
                try await Self.send("confirm", ["receipt": slip], world, client)["redemption"]?["state"] == "confirmed")
            let spent = try await MembersTests.ink(member, world, client)?["spendable"]?.intValue
            // What was handed out and is brought back.
            for _ in 0..<2 {
                let back = try await Self.send("refund", ["receipt": slip], world, client)
                #expect(back["redemption"]?["state"] == "refunded")
            }
            let spentAndBack = try await MembersTests.ink(member, world, client)?["spendable"]?.intValue
            #expect(spentAndBack ?? 0 > spent ?? 0)
            let refunded = try await Self.send("refund", ["receipt": receipt], world, client)
            #expect(refunded["effects"]?[0]?["kind"] == "reversal")
            _ = try await Self.send("refund", ["receipt": receipt], world, client)
            #expect(
                try await MembersTests.ink(member, world, client)?["spendable"]?.intValue == spentAndBack.map { $0 - 7 }
            )

            world.clock.advance(milliseconds: 600_000)
            _ = try await Self.send(
                "redeem", ["visit": visit, "id": "r-2", "reward": "mug"], world, client, status: 404)
        }
    }

    @Test func aVisitIsOfItsTill() async throws {
        try await World.with { world, client in
            _ = try await MembersTests.give(500, to: "ann", world, client)
            let code = try await Self.code(world)
            let visit = try #require(try await Self.send("lookup", ["code": .string(code)], world, client)["visit"])
            // Another till, another programme's till, and a key that is no till.
            let body: JSONValue = ["visit": visit, "id": "1", "reward": "mug"]
            _ = try await Self.send("redeem", body, world, client, status: 404, key: world.keys.all)
            _ = try await Self.send("redeem", body, world, client, status: 404, key: world.keys.radio)
            _ = try await Self.send("redeem", body, world, client, status: 403, key: world.keys.page)
            // A token, a pass and a receipt are no visits.
            let pass = try world.access.passes.make(
                for: try await world.member("ann"), in: world.post,
                until: world.clock.now().adding(milliseconds: 600_000))
            _ = try await Self.send(
                "redeem", ["visit": .string(pass), "id": "1", "reward": "mug"], world, client, status: 404)
            _ = try await Self.send("confirm", ["receipt": visit], world, client, status: 404)
        }
    }

    @Test func guessingCodesEndsSoon() async throws {
        try await World.with { world, client in
            _ = try await MembersTests.give(500, to: "ann", world, client)
            let till = try #require(world.keys.only[.counter])
            var statuses: [Int] = []
            for guess in 0..<14 {
                let code = "00000000\(guess % 10)"
                statuses.append(
                    try await client.send(.post, "/v1/counter/lookup", key: till, json: ["code": .string(code)]).status)
            }
            #expect(statuses.prefix(10).allSatisfy { $0 == 404 })
            #expect(statuses.suffix(4).allSatisfy { $0 == 429 })
            // Even the right code has to wait then; another till goes on.
            let code = try await Self.code(world)
            _ = try await Self.send("lookup", ["code": .string(code)], world, client, status: 429)
            _ = try await Self.send("lookup", ["code": .string(code)], world, client, key: world.keys.all)
            world.clock.advance(milliseconds: 60_000)
            let next = try await Self.code(world)
            _ = try await Self.send("lookup", ["code": .string(next)], world, client)
        }
    }

    @Test(arguments: Storage.Engine.allCases) func whatWasDoneOfflineCountsByItsOwnTimeAndOnce(
        _ engine: Storage.Engine
    ) async throws {
        try await World.with(engine: engine) { world, client in
            let member = try await MembersTests.give(500, to: "ann", world, client)
            let code = try await Self.code(world)
            let then = RFC3339.format(world.clock.now())
            world.clock.advance(milliseconds: 24 * 3_600_000)
            func earn(_ id: String, at: String, code: String) -> JSONValue {
                [
                    "id": .string(id), "operation": "earn", "at": .string(at), "code": .string(code),
                    "type": "donation.made", "data": ["amount": 3],
                ]
            }
            let operations: [JSONValue] = [
                earn("o-1", at: then, code: code), earn("o-2", at: then, code: code),
                ["id": "o-3", "operation": "redeem", "at": .string(then), "code": .string(code), "reward": "mug"],
                earn("o-4", at: RFC3339.format(world.clock.now()), code: code),
                earn("o-5", at: "2025-06-01T00:00:00Z", code: code), ["id": "o-6", "operation": "dance", "at": "x"],
                "nonsense",
            ]
            let body: JSONValue = ["operations": .array(operations)]
            let first = try await Self.send("batch", body, world, client)
            let statuses = try #require(first["results"]?.arrayValue).map { $0["status"]?.stringValue }
            #expect(statuses == ["done", "done", "done", "refused", "refused", "refused", "refused"])
            #expect(first["results"]?[4]?["problem"]?["type"]?.stringValue?.hasSuffix("event-too-late") == true)
            let after = try await MembersTests.ink(member, world, client)
            // Sent again, as a till does that heard no answer.
            let second = try await Self.send("batch", body, world, client)
            #expect(
                second["results"]?.arrayValue?.prefix(3).map { $0["status"]?.stringValue }
                    == ["duplicate", "duplicate", "done"])
            #expect(try await MembersTests.ink(member, world, client) == after)
            // Another till cannot use the code that this one scanned.
            let other = try await Self.send(
                "batch", ["operations": [earn("o-9", at: then, code: code)]], world, client, key: world.keys.all)
            #expect(other["results"]?[0]?["problem"]?["type"]?.stringValue?.hasSuffix("code-used") == true)
            let history = try await client.send(.get, "/v1/members/\(member)/history", key: world.keys.all).text
            #expect(!history.contains("till:"))
        }
    }
}
