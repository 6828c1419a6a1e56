import HTTPTypes
import HummingbirdTesting
import Primitives
import Testing

@testable import API

@Suite struct SharingTests {
    private func post(
        _ path: String, _ body: JSONValue? = nil, key: String? = nil, _ world: World, _ client: any TestClientProtocol
    ) async throws -> TestAnswer {
        try await client.send(
            .post, path, key: world.keys.all, body: body?.bytes(), type: "application/json",
            headers: key.map { ["Idempotency-Key": $0] } ?? [:])
    }

    @Test func pointsGoFromMemberToMemberOnce() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(100, to: "ann", world, client)
            let bob = try await MembersTests.give(5, to: "bob", world, client, id: "b")
            let body: JSONValue = ["to": .string(bob.description), "unit": "ink", "amount": 30]
            for _ in 0..<2 {
                let answer = try await post("/v1/members/\(ann)/transfers", body, key: "t1", world, client)
                #expect(answer.status == 201)
                #expect(try answer.json["effects"]?[0]?["kind"] == "sent")
            }
            #expect(try await MembersTests.ink(ann, world, client)?["spendable"] == 70)
            #expect(try await MembersTests.ink(bob, world, client)?["spendable"] == 35)
            let small = try await post(
                "/v1/members/\(ann)/transfers", ["to": .string(bob.description), "unit": "ink", "amount": 1], world,
                client)
            #expect(small.status == 409 && small.problem == "transfer-refused")
            let poor = try await post(
                "/v1/members/\(ann)/transfers", ["to": .string(bob.description), "unit": "ink", "amount": 71], world,
                client)
            #expect(poor.problem == "insufficient-balance")
            let nobody = try await post(
                "/v1/members/\(ann)/transfers",
                ["to": "0197f5c8-0000-7000-8000-000000000001", "unit": "ink", "amount": 5], world, client)
            #expect(nobody.status == 404)
        }
    }

    @Test func aGiftIsWhoevers() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(100, to: "ann", world, client)
            let bob = try await MembersTests.give(5, to: "bob", world, client, id: "b")
            let offer = try await post(
                "/v1/members/\(ann)/gifts", ["unit": "ink", "amount": 30], key: "g", world, client)
            #expect(offer.status == 201)
            let again = try await post(
                "/v1/members/\(ann)/gifts", ["unit": "ink", "amount": 30], key: "g", world, client)
            #expect(again.body == offer.body)
            let code = try #require(try offer.json["code"]?.stringValue)
            let dump = try await world.dump()
            #expect(dump.contains(try #require(try offer.json["gift"]?.stringValue)), "the answer is kept")
            #expect(!dump.contains(code) && !dump.contains(code.filter { $0 != "-" }), "and its code is not")
            let wrong = try await post(
                "/v1/members/\(bob)/gifts/accept", ["code": "0000-0000-0000-0000"], world, client)
            #expect(wrong.status == 404)
            let accepted = try await post(
                "/v1/members/\(bob)/gifts/accept", ["code": .string(code.lowercased())], key: "a", world, client)
            #expect(accepted.status == 201)
            #expect(try await MembersTests.ink(bob, world, client)?["spendable"] == 35)
            let late = try await post("/v1/members/\(ann)/gifts/accept", ["code": .string(code)], world, client)
            #expect(late.status == 422 || late.status == 404)
            let other = try await post("/v1/members/\(ann)/gifts", ["unit": "ink", "amount": 10], world, client)
            let gift = try #require(try other.json["gift"]?.stringValue)
            let back = try await post("/v1/members/\(ann)/gifts/\(gift)/withdraw", nil, world, client)
            #expect(back.status == 200)
            #expect(try await MembersTests.ink(ann, world, client)?["spendable"] == 70)
        }
    }

    @Test func aWalletShowsOfOthersOnlyWhatTheyAgreedTo() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(100, to: "ann", world, client)
            let bob = try await MembersTests.give(5, to: "bob", world, client, id: "b")
            let opened = try await post("/v1/members/\(ann)/wallets", ["kind": "household"], key: "w", world, client)
            #expect(opened.status == 201)
            let wallet = try #require(try opened.json["wallet"]?.stringValue)
            let code = try #require(try opened.json["code"])
            #expect(try await post("/v1/members/\(bob)/wallets/join", ["code": code], world, client).status == 201)
            _ = try await MembersTests.give(40, to: "ann", world, client, id: "pooled")
            let path = "/v1/members/\(bob)/wallets/\(wallet)"
            var view = try await client.send(.get, path, key: world.keys.all).json
            #expect(view["balances"]?[0]?["spendable"] == 40)
            #expect(view["others"]?.arrayValue?.isEmpty == true && view["members"] == 2)
            _ = try await client.send(
                .patch, "/v1/members/\(ann)/wallets/\(wallet)", key: world.keys.all, json: ["shows": true])
            view = try await client.send(.get, path, key: world.keys.all).json
            #expect(view["others"] == [["given": [["unit": "ink", "amount": 40]]]])
            #expect(!view.text().contains(ann.description))
            #expect(try await post(path + "/draws", ["unit": "ink", "amount": 15], world, client).status == 201)
            #expect(try await post(path + "/donations", ["unit": "ink", "amount": 2], world, client).status == 201)
            #expect(try await MembersTests.ink(bob, world, client)?["spendable"] == 18)
            let stays = try await post("/v1/members/\(ann)/wallets/\(wallet)/leave", nil, world, client)
            #expect(stays.problem == "wallet-refused")
            #expect(try await post(path + "/leave", nil, world, client).status == 200)
            #expect(try await client.send(.get, path, key: world.keys.all).status == 404)
            let list = try await client.send(.get, "/v1/members/\(ann)/wallets", key: world.keys.all)
            #expect(try list.json["data"]?.arrayValue?.count == 1)
        }
    }
}
