import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Testing

@testable import API

@Suite struct EventsTests {
    @Test func structuredEventIsAnsweredWithItsEffects() async throws {
        try await World.with { world, client in
            let answer = try await client.event(world.keys.all, id: "e-1")
            #expect(answer.status == 200)
            let result = try #require(try answer.json["results"]?[0])
            #expect(result["id"] == "e-1")
            #expect(result["status"] == "accepted")
            let effects = try #require(result["effects"]?.arrayValue)
            let award = try #require(effects.first { $0["source"] == "read-to-the-end" })
            #expect(award["kind"] == "award")
            #expect(award["subject"] == "ink")
            #expect(award["amount"] == 10)
            #expect(award["why"] == "You read a story to the end.")
            #expect(effects.contains { $0["kind"] == "badge" && $0["subject"] == "reader" })
        }
    }

    @Test func reasonsComeInTheWantedLanguage() async throws {
        try await World.with { world, client in
            let event: JSONValue = [
                "specversion": "1.0", "id": "1", "source": "s", "type": "donation.made", "subject": "ann",
                "data": ["amount": 5],
            ]
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all, json: event, headers: ["Accept-Language": "ja;q=0.1, nl-BE"])
            #expect(try answer.json["results"]?[0]?["effects"]?[0]?["why"] == "Je gaf.")
        }
    }

    @Test func sameEventAgainIsADuplicateAndChangesNothing() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "e-1")
            let again = try await client.event(world.keys.all, id: "e-1")
            #expect(try again.json["results"]?[0]?["status"] == "duplicate")
            let member = try await world.member("ann")
            let summary = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all)
            #expect(try summary.json["balances"]?[0]?["spendable"] == 10)
        }
    }

    @Test func binaryModeTakesAttributesFromHeaders() async throws {
        try await World.with { world, client in
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all,
                json: ["item": "a-1", "share": 1, "seconds": 31],
                headers: [
                    "ce-specversion": "1.0", "ce-id": "b%20%E2%82%AC1", "ce-source": "\"https://post.example\"",
                    "ce-type": "article.read", "ce-subject": "ann", "ce-channel": "app",
                    "ce-time": "2025-06-15T15:00:00Z",
                ])
            #expect(answer.status == 200)
            #expect(try answer.json["results"]?[0]?["id"] == "b €1")
            #expect(try answer.json["results"]?[0]?["status"] == "accepted")
        }
    }

    @Test func binaryEventWithoutBodyHasNoFields() async throws {
        try await World.with { world, client in
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all,
                headers: [
                    "ce-specversion": "1.0", "ce-id": "1", "ce-source": "s", "ce-type": "donation.made",
                    "ce-subject": "ann",
                ])
            #expect(try answer.json["results"]?[0]?["status"] == "quarantined")
            #expect(try answer.json["results"]?[0]?["problem"]?["errors"]?[0]?["field"] == "amount")
        }
    }

    @Test func batchWithBadEventsTakesTheOthers() async throws {
        try await World.with { world, client in
            func event(_ id: String, _ change: (inout JSONValue) -> Void = { _ in }) -> JSONValue {
                var event: JSONValue = [
                    "specversion": "1.0", "id": .string(id), "source": "s", "type": "article.read", "subject": "ann",
                    "data": ["item": "a", "share": 0.9, "seconds": 60],
                ]
                change(&event)
                return event
            }
            let batch: JSONValue = [
                event("1"), event("2") { $0["id"] = nil }, event("3") { $0["data"] = ["share": 0.9] },
                event("4") { $0["type"] = "unheard.of" }, "no event", event("1"),
                event("6") {
                    $0["subject"] = nil
                    $0["anonymousid"] = "visitor-ë"
                },
            ]
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all, json: batch, type: "application/cloudevents-batch+json")
            #expect(answer.status == 200)
            let results = try #require(try answer.json["results"]?.arrayValue)
            #expect(
                results.compactMap { $0["status"]?.stringValue } == [
                    "accepted", "refused", "quarantined", "quarantined", "refused", "duplicate", "accepted",
                ])
            #expect(results[1]["problem"]?["errors"]?[0]?["field"] == "id")
            #expect(results[2]["problem"]?["type"] == "https://stamgast.dev/problems/event-missing-field")
            #expect(results[3]["problem"]?["errors"]?[0]?["field"] == "type")
        }
    }

    @Test func batchOfNoEventsSaysSoOfEach() async throws {
        try await World.with { world, client in
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all, json: [["id": "1"], ["specversion": "0.3", "id": 7]],
                type: "application/cloudevents-batch+json")
            #expect(answer.status == 200)
            let results = try #require(try answer.json["results"]?.arrayValue)
            #expect(results.compactMap { $0["status"] } == ["refused", "refused"])
            #expect(results[0]["id"] == "1")
            let fields = results.map {
                $0["problem"]?["errors"]?.arrayValue?.compactMap { $0["field"]?.stringValue } ?? []
            }
            #expect(fields[0].contains("subject"))
            #expect(fields[1].contains("specversion") && fields[1].contains("id"))
        }
    }

    static let badAttributes: [(String, JSONValue)] = [
        ("subject", .string(String(repeating: "x", count: 300))), ("subject", "a\u{0}b"), ("id", ""),
        ("specversion", "0.3"), ("time", "yesterday"), ("data", [1, 2]), ("data_base64", "e30="),
        ("datacontenttype", "text/xml"), ("type", 7), ("channel", .string(String(repeating: "c", count: 65))),
    ]

    @Test(arguments: badAttributes)
    func attributeThatCannotBeReadIsNamed(field: String, value: JSONValue) async throws {
        try await World.with { world, client in
            var event: JSONValue = [
                "specversion": "1.0", "id": "1", "source": "s", "type": "article.read", "subject": "ann", "data": [:],
            ]
            event[field] = value
            let answer = try await client.send(.post, "/v1/events", key: world.keys.all, json: event)
            #expect(answer.status == 422)
            #expect(answer.faultyFields == [field])
        }
    }

    @Test func visitorsMayComeAsPrefixedSubject() async throws {
        try await World.with { world, client in
            let answer = try await client.event(world.keys.all, user: "anonymous:v-1", id: "1")
            #expect(try answer.json["results"]?[0]?["status"] == "accepted")
            let found = try await client.send(.get, "/v1/members/by-external/anonymous/v-1", key: world.keys.all)
            #expect(found.status == 200)
            #expect(try await client.send(.get, "/v1/members/by-external/user/v-1", key: world.keys.all).status == 404)
        }
    }

    @Test func programmeSeesOnlyItsOwnEvents() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let other = try await client.event(world.keys.radio, id: "1")
            #expect(try other.json["results"]?[0]?["status"] == "accepted")
        }
    }

    static func few(_ configuration: inout APIConfiguration) { configuration.eventsPerRequest = 3 }

    @Test func batchBeyondTheLimitIsTooLarge() async throws {
        try await World.with(configure: Self.few) { world, client in
            let events = (0..<4).map { number -> JSONValue in
                [
                    "specversion": "1.0", "id": .string("\(number)"), "source": "s", "type": "x", "subject": "ann",
                ]
            }
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all, json: .array(events),
                type: "application/cloudevents-batch+json")
            #expect(answer.status == 413)
            #expect(answer.problem == "content-too-large")
        }
    }

    @Test func emptyBatchIsAnsweredWithNoResults() async throws {
        try await World.with { world, client in
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all, json: [], type: "application/cloudevents-batch+json")
            #expect(answer.status == 200)
            #expect(try answer.json == ["results": []])
        }
    }

    @Test(arguments: ["application/cloudevents+avro", "text/plain", nil])
    func otherMediaTypesAreRefused(type: String?) async throws {
        try await World.with { world, client in
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all, body: Array("{}".utf8), type: type)
            #expect(answer.status == 415)
        }
    }

    @Test func quotedHeadersAreUnescapedBeforePercentDecoding() {
        #expect(CloudEventHeaders.decode(#""a \"b\" %2541""#) == #"a "b" %41"#)
        #expect(CloudEventHeaders.decode("Euro%20%E2%82%AC%20%F0%9F%98%80") == "Euro € 😀")
        #expect(CloudEventHeaders.decode("%E2%82") == nil)
        #expect(CloudEventHeaders.decode("100%") == nil)
        #expect(CloudEventHeaders.decode(#""dangling\"#) == #""dangling\"#)
    }

    @Test func pagesMayCallWithAPublishableKey() async throws {
        try await World.with { world, client in
            let question = try await client.send(
                .options, "/v1/events",
                headers: ["Origin": "https://paper.example", "Access-Control-Request-Method": "POST"])
            #expect(question.status == 204)
            #expect(question.header("Access-Control-Allow-Origin") == "*")
            #expect(question.header("Access-Control-Allow-Headers")?.contains("Authorization") == true)
            let event: JSONValue = [
                "specversion": "1.0", "id": "1", "source": "s", "type": "donation.made", "anonymousid": "v-1",
                "data": ["amount": 5],
            ]
            let headers = ["Origin": "https://paper.example"]
            let page = try await client.send(
                .post, "/v1/events", key: world.keys.page, json: event, headers: headers)
            #expect(page.status == 200)
            #expect(page.header("Access-Control-Allow-Origin") == "*")
            let secret = try await client.send(
                .post, "/v1/events", key: world.keys.all, json: event, headers: headers)
            #expect(secret.header("Access-Control-Allow-Origin") == nil)
            let other = try await client.send(.get, "/v1/items", key: world.keys.page, headers: headers)
            #expect(other.status == 403)
            #expect(other.header("Access-Control-Allow-Origin") == nil)
            #expect(
                try await client.send(.options, "/v1/items", headers: headers).header("Access-Control-Allow-Origin")
                    == nil)
        }
    }
}
