import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

@testable import API

/// What callers are told when the database does not do its part, and how they name the request afterwards.
@Suite struct UnansweredTests {
    private static func with(
        _ body: @escaping @Sendable (World, FailingDatabase, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestDatabases.with(.sqlite, World.mainSchemas) { database in
            try await TestDatabases.with(.sqlite, Vault.schemas) { vaultDatabase in
                let failing = FailingDatabase(database)
                let world = try await World.make(failing, vaultDatabase, Pipeline.Limits(), 100) { _ in }
                let router = Router()
                world.api.add(to: router)
                router.add(middleware: world.api.unmatched())
                try await Application(router: router).test(.router) { client in
                    // The key's day of use is written now.
                    _ = try await client.event(world.keys.all, id: "0")
                    try await body(world, failing, client)
                }
            }
        }
    }

    @Test func anUnknownOutcomeIsAskedForByTheSameID() async throws {
        try await Self.with { world, database, client in
            let lost = FailingDatabase.Failure(.connectionLost)
            database.fail([.init(.outcomeUnknown, isCommitted: true), lost, lost, lost])
            let answer = try await client.event(world.keys.all, id: "1")
            #expect(answer.status == 503)
            #expect(answer.problem == "unavailable")
            #expect(answer.header("Retry-After") == "5")
            #expect(try answer.json["detail"]?.stringValue?.contains("same id or Idempotency-Key") == true)
            let again = try await client.event(world.keys.all, id: "1")
            #expect(try again.json["results"]?[0]?["status"] == "duplicate")
        }
    }

    @Test func aFaultNamesItsRequestAsTheLogDoes() async throws {
        try await Self.with { world, database, client in
            database.fail([.init(.corrupt)])
            let answer = try await client.event(world.keys.all, id: "1")
            #expect(answer.status == 500)
            let request = try #require(answer.header("X-Request-Id"))
            #expect(try answer.json["request"]?.stringValue == request)
            #expect(world.log.all.contains { $0.contains("request=\(request)") && $0.contains("status=500") })
        }
    }

    @Test(arguments: ["/v1/items", "/v1/nowhere", "/health"])
    func everyAnswerNamesItsRequest(path: String) async throws {
        try await World.with { world, client in
            let first = try await client.send(.get, path, key: world.keys.all).header("X-Request-Id")
            let second = try await client.send(.delete, path, key: world.keys.all).header("X-Request-Id")
            #expect(first?.isEmpty == false && second?.isEmpty == false && first != second)
        }
    }
}
