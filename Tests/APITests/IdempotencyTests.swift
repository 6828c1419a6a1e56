import HTTPTypes
import HummingbirdTesting
import Primitives
import Testing

@testable import API

@Suite struct IdempotencyTests {
    static let adjustment: JSONValue = ["unit": "ink", "amount": 5, "reason": "Sorry."]

    static func adjust(
        _ world: World, _ client: any TestClientProtocol, _ member: MemberID, _ key: String,
        _ body: JSONValue = adjustment
    ) async throws -> TestAnswer {
        try await client.send(
            .post, "/v1/members/\(member)/adjustments", key: world.keys.all, json: body,
            headers: ["Idempotency-Key": key])
    }

    @Test func sameRequestUnderTheSameKeyCountsOnce() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(10, to: "ann", world, client)
            let first = try await Self.adjust(world, client, member, "k-1")
            #expect(first.header("Idempotency-Replayed") == nil)
            world.clock.advance(milliseconds: 300 * 86_400_000)
            // Fields in another order are the same request, and a structured string the same key.
            let again = try await Self.adjust(
                world, client, member, "\"k-1\"", ["reason": "Sorry.", "amount": 5.0, "unit": "ink"])
            #expect(again.status == first.status)
            #expect(again.body == first.body)
            #expect(again.header("Idempotency-Replayed") == "true")
            let balance = try await MembersTests.ink(member, world, client)
            #expect(balance?["spendable"] == 15)
            let other = try await Self.adjust(world, client, member, "k-2")
            #expect(other.header("Idempotency-Replayed") == nil)
            #expect(try await MembersTests.ink(member, world, client)?["spendable"] == 20)
        }
    }

    @Test func otherRequestUnderTheSameKeyIsRefused() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(10, to: "ann", world, client)
            _ = try await Self.adjust(world, client, member, "k-1")
            let other = try await Self.adjust(
                world, client, member, "k-1", ["unit": "ink", "amount": 6, "reason": "Sorry."])
            #expect(other.status == 409)
            #expect(other.problem == "idempotency-key-reused")
            #expect(try await MembersTests.ink(member, world, client)?["spendable"] == 15)
        }
    }

    @Test func refusalMayBeTriedAgainUnderItsKey() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(1, to: "ann", world, client)
            func redeem() async throws -> TestAnswer {
                try await client.send(
                    .post, "/v1/members/\(member)/redemptions", key: world.keys.all, json: ["reward": "mug"],
                    headers: ["Idempotency-Key": "r"])
            }
            #expect(try await redeem().problem == "insufficient-balance")
            _ = try await MembersTests.give(100, to: "ann", world, client, id: "2")
            let done = try await redeem()
            #expect(done.status == 201)
            let again = try await redeem()
            #expect(again.body == done.body)
            #expect(try await MembersTests.ink(member, world, client)?["held"] == 20)
        }
    }

    @Test func redemptionStepsAreReplayedToo() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(100, to: "ann", world, client)
            let path = "/v1/members/\(member)/redemptions"
            let redeemed = try await client.send(.post, path, key: world.keys.all, json: ["reward": "mug"])
            let hold = try #require(try redeemed.json["redemption"]?["redemption"]?.stringValue)
            let first = try await client.send(
                .post, "\(path)/\(hold)/confirm", key: world.keys.all, headers: ["Idempotency-Key": "c"])
            let again = try await client.send(
                .post, "\(path)/\(hold)/confirm", key: world.keys.all, headers: ["Idempotency-Key": "c"])
            #expect(first.body == again.body)
            #expect(again.header("Idempotency-Replayed") == "true")
            let other = try await client.send(
                .post, "\(path)/\(hold)/cancel", key: world.keys.all, headers: ["Idempotency-Key": "c"])
            #expect(other.problem == "idempotency-key-reused")
        }
    }

    @Test func writesOfTheProgrammeAreReplayed() async throws {
        try await World.with { world, client in
            let headers = ["Idempotency-Key": "k"]
            let items: JSONValue = ["items": [CatalogueTests.item("a", "Old")]]
            let first = try await client.send(.put, "/v1/items", key: world.keys.all, json: items, headers: headers)
            #expect(try first.json["created"] == 1)
            _ = try await client.send(
                .put, "/v1/items", key: world.keys.all, json: ["items": [CatalogueTests.item("a", "New")]])
            // The first request comes once more, late: it must not bring the old title back.
            let late = try await client.send(.put, "/v1/items", key: world.keys.all, json: items, headers: headers)
            #expect(late.body == first.body)
            #expect(late.header("Idempotency-Replayed") == "true")
            let item = try await client.send(.get, "/v1/items/a", key: world.keys.all)
            #expect(try item.json["title"] == ["nl": "New"])
            let reused = try await client.send(.delete, "/v1/items/a", key: world.keys.all, headers: headers)
            #expect(reused.problem == "idempotency-key-reused")
            // Keys of another programme are its own.
            let other = try await client.send(.put, "/v1/items", key: world.keys.radio, json: items, headers: headers)
            #expect(other.header("Idempotency-Replayed") == nil)
            let gone = try await client.send(
                .delete, "/v1/items/a", key: world.keys.all, headers: ["Idempotency-Key": "d"])
            let goneAgain = try await client.send(
                .delete, "/v1/items/a", key: world.keys.all, headers: ["Idempotency-Key": "d"])
            #expect(gone.status == 204)
            #expect(goneAgain.status == 204)
            #expect(goneAgain.header("Idempotency-Replayed") == "true")
        }
    }

    @Test func manyAtOnceUnderOneKeyCountOnce() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(10, to: "ann", world, client)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await Self.adjust(world, client, member, "same").status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0 == 201 })
            #expect(try await MembersTests.ink(member, world, client)?["spendable"] == 15)
        }
    }

    @Test(arguments: ["", " ", String(repeating: "k", count: 256), "k\u{e9}", "two words"])
    func keysThatAreNoneAreRefused(key: String) async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(10, to: "ann", world, client)
            let answer = try await Self.adjust(world, client, member, key)
            #expect(answer.status == 400)
            #expect(answer.faultyFields == ["Idempotency-Key"])
        }
    }
}
