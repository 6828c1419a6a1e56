import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Testing

@testable import API

@Suite struct EraseMemberTests {
    @Test func anErasedMemberIsGoneAndAStrangerComesBack() async throws {
        try await World.with { world, client in
            for number in 1...3 { _ = try await client.event(world.keys.all, id: "\(number)") }
            let ann = try await world.member("ann")
            let key = ["Idempotency-Key": "k1"]
            let redeemed = try await client.send(
                .post, "/v1/members/\(ann)/redemptions", key: world.keys.all, json: ["reward": "mug"], headers: key)
            #expect(redeemed.status == 201)
            _ = try await client.event(world.keys.all, id: "odd", type: "unheard.of")
            #expect(try await world.dump().contains(ann.description), "an answer that was kept names the member")

            let path = "/v1/members/\(ann)"
            #expect(try await client.send(.delete, path, key: world.keys.radio).status == 404)
            #expect(try await client.send(.get, path, key: world.keys.all).status == 200)
            let gone = try await client.send(.delete, path, key: world.keys.all, headers: ["Idempotency-Key": "k2"])
            #expect(gone.status == 204 && gone.body.isEmpty)
            // Again, with and without the key.
            for headers in [["Idempotency-Key": "k2"], [:]] {
                #expect(try await client.send(.delete, path, key: world.keys.all, headers: headers).status == 204)
            }
            for (method, route) in [
                (HTTPRequest.Method.get, path), (.get, path + "/history"),
                (.get, "/v1/entitlements/check?member=\(ann)&name=preview"), (.get, "/v1/members/by-external/user/ann"),
            ] { #expect(try await client.send(method, route, key: world.keys.all).status == 404, "\(route)") }
            let again = try await client.send(
                .post, path + "/redemptions", key: world.keys.all, json: ["reward": "mug"], headers: key)
            #expect(again.status == 404, "the kept answer is gone with its member")
            #expect(try await !world.dump().contains(ann.description))
            #expect(try await client.send(.get, "/v1/quarantine", key: world.keys.all).json["data"] == [])
            #expect(!world.log.all.contains { $0.contains(ann.description) || $0.contains("ann") })

            _ = try await client.event(world.keys.all, id: "4")
            let stranger = try await world.member("ann")
            #expect(stranger != ann)
            let json = try await client.send(.get, "/v1/members/\(stranger)", key: world.keys.all).json
            #expect(json["balances"]?[0]?["spendable"] == 10)
            #expect(json["challenges"]?[0]?["completions"] == 0)
            let report = try await Verifier(programme: world.post, compiled: world.engine.host[world.post])
                .verify(world.engine.database)
            #expect(report.differenceCount == 0)
        }
    }

    @Test(arguments: ["0197f5c8-0000-7000-8000-000000000000", "ann", "%00"])
    func whoWasNeverThereCannotBeErased(member: String) async throws {
        try await World.with { world, client in
            let answer = try await client.send(.delete, "/v1/members/\(member)", key: world.keys.all)
            #expect(answer.status == 404)
        }
    }
}
