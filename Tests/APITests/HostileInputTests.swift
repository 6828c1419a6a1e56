import HTTPTypes
import HummingbirdTesting
import Primitives
import Testing

@testable import API

/// Bad input gets a clear problem and changes nothing.
@Suite struct HostileInputTests {
    /// What no body of any route may be.
    static let malformed: [(name: String, bytes: [UInt8])] = [
        ("nothing", []), ("a blank", Array(" ".utf8)), ("cut off", Array(#"{"a": "#.utf8)),
        ("trailing text", Array("{} {}".utf8)), ("a comma too many", Array("{\"a\": 1,}".utf8)),
        ("single quotes", Array("{'a': 1}".utf8)), ("a comment", Array("{} // yes".utf8)),
        ("invalid UTF-8", Array("{\"a\": \"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)),
        ("overlong UTF-8", Array("{\"a\": \"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8)),
        ("a lone surrogate", Array(#"{"a": "\ud800"}"#.utf8)),
        ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("{}".utf8)),
        ("a duplicate key", Array(#"{"a": 1, "\u0061": 2}"#.utf8)), ("NaN", Array(#"{"a": NaN}"#.utf8)),
        ("a number without end", Array(("{\"a\": 1" + String(repeating: "0", count: 400) + "}").utf8)),
        ("a control character", Array("{\"a\": \"\u{1}\"}".utf8)), ("XML", Array("<?xml version=\"1.0\"?><a/>".utf8)),
        ("deep arrays", Array(String(repeating: "[", count: 100_000).utf8)),
        ("deep objects", Array(String(repeating: #"{"a":"#, count: 50_000).utf8)), ("zeros", [0, 0, 0, 0]),
    ]

    @Test func malformedBodyIsAProblemOnEveryRoute() async throws {
        try await World.with { world, client in
            let things = try await ForeignCredentialsTests.things(world, client)
            let before = try await world.dump()
            for endpoint in world.api.endpoints {
                guard let body = endpoint.body else { continue }
                let probe = try ForeignCredentialsTests.probe(endpoint, things)
                for (name, bytes) in Self.malformed {
                    let answer = try await client.send(
                        endpoint.method, probe.path, key: world.keys.all, body: bytes, type: body.contents[0].mediaType)
                    let isTooLarge = bytes.count > body.limit
                    #expect(answer.status == (isTooLarge ? 413 : 400), "\(endpoint.operation): \(name)")
                    #expect(answer.problem == (isTooLarge ? "content-too-large" : "malformed-json"))
                }
            }
            #expect(try await world.dump() == before)
        }
    }

    /// A NUL in a query or in a path is refused before anything is asked, as the document says.
    @Test func nulIsRefusedInEveryQueryAndPath() async throws {
        try await World.with { world, client in
            let things = try await ForeignCredentialsTests.things(world, client)
            let before = try await world.dump()
            for endpoint in world.api.endpoints {
                let probe = try ForeignCredentialsTests.probe(endpoint, things)
                let path = probe.path.prefix { $0 != "?" }
                for parameter in endpoint.parameters where parameter.place == .query {
                    let answer = try await client.send(
                        endpoint.method, "\(path)?\(parameter.name)=a%00b", key: world.keys.all)
                    #expect(answer.status == 400, "\(endpoint.operation): \(parameter.name)")
                    #expect(answer.problem == "malformed-request")
                }
                for name in endpoint.pathParameters {
                    let path = endpoint.template.replacing("{\(name)}", with: "a%00b").replacing("{", with: "")
                    let answer = try await client.send(
                        endpoint.method, path.replacing("}", with: ""), key: world.keys.all)
                    #expect(answer.status == 404, "\(endpoint.operation): \(name)")
                }
            }
            #expect(try await world.dump() == before)
        }
    }

    @Test func tenMegabytesAreTooLargeOnEveryRoute() async throws {
        try await World.with { world, client in
            let things = try await ForeignCredentialsTests.things(world, client)
            let large = Array("{\"a\": \"".utf8) + [UInt8](repeating: 0x61, count: 10 << 20) + Array("\"}".utf8)
            for endpoint in world.api.endpoints {
                guard let body = endpoint.body else { continue }
                let probe = try ForeignCredentialsTests.probe(endpoint, things)
                let answer = try await client.send(
                    endpoint.method, probe.path, key: world.keys.all, body: large, type: body.contents[0].mediaType)
                #expect(answer.status == 413, "\(endpoint.operation)")
                #expect(answer.problem == "content-too-large")
            }
        }
    }

    /// Values of an event's fields that its declaration does not allow, and the code of the quarantine.
    static let badFields: [(data: JSONValue, problem: String, field: String)] = [
        (["item": "a", "share": 90, "seconds": 60], "event-out-of-range", "share"),
        (["item": "a", "share": -0.1, "seconds": 60], "event-out-of-range", "share"),
        (["item": "a", "share": "0.9", "seconds": 60], "event-wrong-type", "share"),
        (["item": "a", "share": 0.9, "seconds": 60_000], "", ""),
        (["item": "a", "share": 0.9, "seconds": -1], "event-out-of-range", "seconds"),
        (["item": "a", "share": 0.9, "seconds": 600_000], "event-out-of-range", "seconds"),
        (["item": "a", "share": 0.9, "seconds": 1e300], "event-out-of-range", "seconds"),
        (["item": "a", "share": 0.9, "seconds": "60 s"], "event-wrong-type", "seconds"),
        (["item": 7, "share": 0.9, "seconds": 60], "event-wrong-type", "item"),
        (["item": "", "share": 0.9, "seconds": 60], "event-wrong-type", "item"),
        (["item": "a\u{0}", "share": 0.9, "seconds": 60], "event-wrong-type", "item"),
        (
            ["item": .string(String(repeating: "i", count: 201)), "share": 0.9, "seconds": 60], "event-wrong-type",
            "item"
        ),
        (["item": "a", "share": 0.9], "event-missing-field", "seconds"),
        (["item": "a", "share": 0.9, "seconds": 60, "minutes": 1], "event-unknown-field", "minutes"),
        (["item": "a", "share": 0.9, "seconds": 60, "topics": "opera"], "event-wrong-type", "topics"),
        (
            ["item": "a", "share": 0.9, "seconds": 60, "topics": .array(Array(repeating: "t", count: 257))],
            "event-out-of-range", "topics"
        ),
    ]

    @Test(arguments: badFields)
    func eventThatDoesNotFitNamesItsFieldAndGivesNothing(
        bad: (data: JSONValue, problem: String, field: String)
    ) async throws {
        try await World.with { world, client in
            let answer = try await client.event(world.keys.all, id: "1", data: bad.data)
            #expect(answer.status == 200)
            let result = try #require(try answer.json["results"]?[0])
            if bad.problem.isEmpty {
                #expect(result["status"] == "accepted")
                return
            }
            #expect(result["status"] == "quarantined")
            #expect(result["effects"] == [])
            #expect(result["problem"]?["type"]?.stringValue == ProblemType.base + bad.problem)
            #expect(result["problem"]?["errors"]?[0]?["field"]?.stringValue == bad.field)
        }
    }

    static let amounts: [JSONValue] = [
        0, -5, 100_001, .integer(.max), .integer(.min), .unsigned(.max), 1.5, 1e300, "7", .null, true, [5],
    ]

    @Test(arguments: amounts) func amountThatIsNoneGivesNothing(amount: JSONValue) async throws {
        try await World.with { world, client in
            let answer = try await client.event(
                world.keys.all, id: "1", type: "donation.made", data: ["amount": amount])
            #expect(try answer.json["results"]?[0]?["status"] == "quarantined")
            #expect(try answer.json["results"]?[0]?["problem"]?["errors"]?[0]?["field"] == "amount")
        }
    }

    @Test func clocksInTheFutureAndLateEventsGoIntoQuarantine() async throws {
        try await World.with { world, client in
            let now = world.clock.now()
            for (offset, problem) in [
                (Int64(5 * 60_000), nil), (5 * 60_000 + 1, "event-in-future"), (400 * 86_400_000, "event-in-future"),
                (-71 * 3_600_000, nil), (-73 * 3_600_000, "event-too-late"),
            ] as [(Int64, String?)] {
                let answer = try await client.event(
                    world.keys.all, id: "\(offset)", time: RFC3339.format(now.adding(milliseconds: offset)))
                let type = try answer.json["results"]?[0]?["problem"]?["type"]?.stringValue
                #expect(type == problem.map { ProblemType.base + $0 }, "\(offset)")
            }
            for time in ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"] {
                let answer = try await client.event(world.keys.all, id: time, time: time)
                #expect(try answer.json["results"]?[0]?["status"] == "quarantined")
            }
        }
    }

    static let texts = [
        "'; DROP TABLE member; --", "\" OR 1=1 --", "{{7*7}}", "${jndi:ldap://x}", "<script>alert(1)</script>",
        "../../etc/passwd", "%s%n%x", "\u{202E}txt.exe", "null", "undefined", "Robert\u{301}", "😀\u{200D}", "a\\b\"c",
    ]

    @Test func strangeTextsAreTextsAndNothingElse() async throws {
        try await World.with { world, client in
            for (index, text) in Self.texts.enumerated() {
                // Identifiers of items may not change the direction of what is written after them.
                let item = text.contains("\u{202E}") ? "a" : text
                let answer = try await client.event(
                    world.keys.all, user: text, id: text, data: ["item": .string(item), "share": 0.9, "seconds": 60])
                #expect(try answer.json["results"]?[0]?["status"] == "accepted", "\(text)")
                #expect(try answer.json["results"]?[0]?["id"]?.stringValue == text)
                let member = try await world.member(text)
                let balance = try await MembersTests.ink(member, world, client)
                #expect(balance?["spendable"] == 10, "\(index)")
            }
            let typed = try await client.event(world.keys.all, id: "t", type: Self.texts[0])
            #expect(try typed.json["results"]?[0]?["status"] == "quarantined")
            let list = try await client.send(.get, "/v1/quarantine", key: world.keys.all)
            #expect(!list.text.contains("DROP"))
            let tables = try await world.dump()
            #expect(tables.contains("== member\n"))
        }
    }

    @Test func nulInTextsNeverReachesTheStore() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(5, to: "ann", world, client)
            let nul = "a\u{0}b"
            let answers = [
                try await client.send(
                    .post, "/v1/members/\(member)/adjustments", key: world.keys.all,
                    json: ["unit": .string(nul), "amount": 1, "reason": .string(nul)]),
                try await client.send(
                    .put, "/v1/items", key: world.keys.all,
                    json: ["items": [["id": .string(nul), "title": .string(nul)]]]),
                try await client.send(
                    .patch, "/v1/members/\(member)", key: world.keys.all, json: ["time_zone": .string(nul)]),
                try await client.send(.get, "/v1/items/a%00b", key: world.keys.all),
                try await client.send(.get, "/v1/members/by-external/user/a%00b", key: world.keys.all),
                try await client.send(.get, "/v1/entitlements/check?member=\(member)&name=%00", key: world.keys.all),
            ]
            #expect(answers.map(\.status) == [409, 422, 422, 404, 404, 400])
        }
    }

    @Test func problemsQuoteNothingOfTheRequest() async throws {
        try await World.with { world, client in
            let secret = "zeer-geheim"
            let answers = [
                try await client.send(
                    .post, "/v1/events", key: world.keys.all, body: Array("{\"\(secret)\": \(secret)}".utf8),
                    type: "application/json"),
                try await client.event(
                    world.keys.all, user: secret, id: "1", data: ["item": .string(secret), "share": .string(secret)]),
                try await client.send(
                    .get, "/v1/members/by-external/user/\(secret)", key: world.keys.all),
                try await client.send(.get, "/v1/items?after=\(secret)", key: world.keys.all),
                try await client.send(.get, "/v1/\(secret)", key: world.keys.all),
                try await client.send(.get, "/v1/items", key: secret),
            ]
            for answer in answers { #expect(!answer.text.contains(secret)) }
        }
    }
}
