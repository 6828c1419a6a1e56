import Access
import HTTPTypes
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Whose name somebody may write under.
@Suite struct SignerTests {
    @Test func aKeyWritesForNobodyWhoHasWritersOfTheirOwn() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let ann = try await world.member("ann")
            let (_, request, _) = try await HumanTests.things(ann, world, client)
            let compiled = try #require(world.engine.host[world.post])
            var programme = compiled.programme
            programme.signers[0].writers = ["Anna"]
            world.engine.host.put(
                try CompiledProgramme(programme, version: compiled.version, zones: world.engine.zones))
            for what in ["text", "skip"] {
                let refused = try await client.send(
                    .post, "/v1/letter-requests/\(request)/\(what)", key: world.keys.all,
                    json: ["text": "Dear reader."])
                #expect(refused.status == 403)
                #expect(refused.problem == "signer-refused")
            }
            // It still waits for whoever may.
            let waiting = try await client.send(.get, "/v1/letter-requests", key: world.keys.all).json
            #expect(waiting["data"]?.arrayValue?.count == 1)
        }
    }

    @Test func whoWroteStandsInTheAuditTrailOnce() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let ann = try await world.member("ann")
            let (_, request, _) = try await HumanTests.things(ann, world, client)
            for _ in 0..<2 {
                let written = try await client.send(
                    .post, "/v1/letter-requests/\(request)/text", key: world.keys.all,
                    json: ["text": "Dear reader."], headers: ["Idempotency-Key": "w"])
                #expect(written.status == 200)
            }
            let rows = try await world.engine.database.read { connection in
                try connection.query(
                    "SELECT object FROM audit WHERE action = ?", [.text("letter.write")]
                ).map { try $0.text(0) }
            }
            #expect(rows == [request])
        }
    }
}
