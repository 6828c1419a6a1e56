import HTTPTypes
import Loyalty
import Primitives
import Runtime
import Storage
import Testing

@testable import API

/// Answers are kept for ever under the caller's key. What they hold of a member goes with the member, and what lies under a
/// seal is not among them.
@Suite struct KeptAnswersTests {
    private static func answers(_ world: World) async throws -> [String] {
        try await world.engine.database.read { connection in
            try connection.query("SELECT response FROM idempotency", []).map {
                String(decoding: try $0.blob(0), as: UTF8.self)
            }
        }
    }

    @Test func theTextOfAProposalIsNotKeptBesideItsSeal() async throws {
        try await World.with { world, client in
            let key = world.keys.all
            _ = try await client.event(key, id: "1")
            let ann = try await world.member("ann")
            let id = try await HumanTests.propose("More crosswords, please.", ann, world, client, opens: false)
            var seen: [String] = []
            for _ in 0..<2 {
                let answer = try await client.send(
                    .post, "/v1/proposals/\(id)/moderation", key: key, json: ["accept": true],
                    headers: ["Idempotency-Key": "m"])
                #expect(answer.status == 200)
                #expect(try answer.json["text"] == "More crosswords, please.")
                seen.append(answer.text)
            }
            #expect(seen[0] == seen[1])
            let other = try await client.send(
                .post, "/v1/proposals/\(id)/moderation", key: key, json: ["accept": false, "reason": "No."],
                headers: ["Idempotency-Key": "m"])
            #expect(other.problem == "idempotency-key-reused")
            let kept = try await Self.answers(world)
            #expect(!kept.isEmpty)
            #expect(!kept.contains { $0.contains("crosswords") })
        }
    }

    @Test func aReferralCodeGoesWithItsMember() async throws {
        try await World.with { world, client in
            let key = world.keys.all
            _ = try await client.event(key, id: "1")
            let ann = try await world.member("ann")
            let drawn = try await client.send(
                .post, "/v1/members/\(ann)/referral/code", key: key, headers: ["Idempotency-Key": "d"])
            let code = try #require(try drawn.json["code"]?.stringValue)
            #expect(try await Self.answers(world).contains { $0.contains(code) })
            #expect(try await client.send(.delete, "/v1/members/\(ann)", key: key).status == 204)
            #expect(try await !Self.answers(world).contains { $0.contains(code) || $0.contains(ann.description) })
        }
    }
}
