import Access
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Storage
import Testing

@testable import API

/// Webhooks over HTTP: how they are doing, what was sent, and sending it again.
@Suite struct WebhooksTests {
    /// The programme with a webhook, and messages for it in the outbox.
    private static func prepare(_ world: World, messages count: Int) async throws {
        var programme = try #require(world.engine.host[world.post]?.programme)
        programme.webhooks = [Webhook(id: "crm", url: "https://crm.example/h")]
        world.engine.host.put(try CompiledProgramme(programme, version: 1, zones: world.engine.zones))
        let (post, now) = (world.post, world.clock.now())
        try await world.engine.database.write { connection in
            let messages = (0..<count).map { index in
                Outbox.Message(
                    kind: "webhook/crm", time: now, payload: Array("{\"type\":\"effect\",\"n\":\(index)}".utf8))
            }
            try Outbox().append(connection, post, messages)
        }
    }

    private static func run(_ world: World) async throws {
        let dispatcher = WebhookDispatcher(
            database: world.engine.database, host: world.engine.host,
            secrets: WebhookSecrets { _, _, _ in [UInt8](repeating: 7, count: 32) }, sender: TakesAll())
        _ = try await dispatcher.run(now: world.clock.now())
    }

    @Test func whatWasSentIsListedPageByPage() async throws {
        try await World.with { world, client in
            let none = try await client.send(.get, "/v1/webhooks", key: world.keys.all)
            #expect(try none.json["data"] == [])
            try await Self.prepare(world, messages: 3)
            let waiting = try await client.send(.get, "/v1/webhooks", key: world.keys.all).json["data"]?[0]
            #expect(waiting?["id"] == "crm" && waiting?["state"] == "unused" && waiting?["backlog"] == 3)
            try await Self.run(world)
            let taken = try await client.send(.get, "/v1/webhooks", key: world.keys.all).json["data"]?[0]
            #expect(taken?["state"] == "healthy" && taken?["backlog"] == 0 && taken?["failing_since"] == .null)

            let path = "/v1/webhooks/crm/deliveries"
            let first = try await client.send(.get, path + "?limit=2", key: world.keys.all).json
            #expect(first["data"]?.arrayValue?.map { $0["message"] } == ["msg_post_3", "msg_post_2"])
            #expect(first["data"]?[0]?["status"] == 204 && first["data"]?[0]?["problem"] == .null)
            let cursor = try #require(first["next"]?.stringValue)
            let second = try await client.send(.get, path + "?limit=2&after=\(cursor)", key: world.keys.all).json
            #expect(second["data"]?.arrayValue?.map { $0["message"] } == ["msg_post_1"] && second["next"] == .null)
            let unknown = try await client.send(.get, "/v1/webhooks/none/deliveries", key: world.keys.all)
            #expect(unknown.status == 404)
        }
    }

    @Test func messagesAreSentAgainAndATestIsSent() async throws {
        try await World.with { world, client in
            try await Self.prepare(world, messages: 2)
            try await Self.run(world)
            func order(_ body: JSONValue) async throws -> TestAnswer {
                try await client.send(.post, "/v1/webhooks/crm/redeliveries", key: world.keys.all, json: body)
            }
            let one = try await order(["message": "msg_post_1"])
            #expect(one.status == 201)
            #expect(try one.json["delivery"]?["message"] == "msg_post_1" && one.json["queued"] == false)
            #expect(try one.json["delivery"]?["attempt"] == 0)
            for message in ["msg_post_9", "msg_radio_1", "msg_post_x", "1"] {
                #expect(try await order(["message": .string(message)]).status == 404, "\(message)")
            }
            let since = RFC3339.format(world.clock.now().adding(milliseconds: -1_000))
            #expect(try await order(["since": .string(since)]).json["queued"] == true)
            #expect(try await order(["since": .string(since)]).json["queued"] == false, "they wait already")
            for body: JSONValue in [[:], ["since": .string(since), "message": "msg_post_1"]] {
                #expect(try await order(body).problem == "contradiction", "\(body)")
            }
            #expect(try await order(["since": "yesterday"]).status == 422)
            let test = try await client.send(.post, "/v1/webhooks/crm/tests", key: world.keys.all)
            #expect(test.status == 201)
            #expect(try test.json["type"] == "stamgast.test" && test.json["status"] == 204)
            let actions = try await world.engine.database.read {
                try Audit.entries($0, programme: world.post).map { $0.entry.action }
            }
            #expect(actions.prefix(3) == ["webhook.test", "webhook.redeliver", "webhook.redeliver"])
        }
    }
}
