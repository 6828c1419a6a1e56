import Access
import Foundation
import HTTPTypes
import HummingbirdTesting
import Loyalty
import NIOCore
import Primitives
import Storage
import Testing
import Vault

@testable import API

@Suite struct SegmentTests {
    static let article: JSONValue = ["item": "a-1", "share": 0.9, "seconds": 60]

    /// As Segment's libraries send it: the key as user name, no password.
    static func basic(_ key: String) -> [String: String] {
        ["Authorization": "Basic " + Base64.encode(key + ":")]
    }

    static func spendable(_ world: World, _ client: any TestClientProtocol, _ user: String) async throws -> Int64? {
        let answer = try await client.send(.get, "/v1/members/by-external/user/\(user)", key: world.keys.all)
        return try answer.json["balances"]?[0]?["spendable"]?.intValue
    }

    @Test func trackBecomesAnEventWithItsEffects() async throws {
        try await World.with { world, client in
            let message: JSONValue = [
                "userId": "ann", "event": "Article Read", "messageId": "m-1", "properties": Self.article,
                "context": ["ip": "203.0.113.7", "userAgent": "x"], "timestamp": "2025-06-15T15:00:00.123456+00:00",
            ]
            let answer = try await client.send(
                .post, "/v1/track", json: message, headers: Self.basic(world.keys.only[.eventsWrite] ?? ""))
            #expect(answer.status == 200)
            #expect(try answer.json == ["success": true])
            #expect(try await Self.spendable(world, client, "ann") == 10)
            _ = try await client.send(.post, "/v1/track", key: world.keys.all, json: message)
            #expect(try await Self.spendable(world, client, "ann") == 10)
        }
    }

    @Test(arguments: [
        ("article.read", "article.read"), ("Article Read", "article.read"), ("ARTICLE_READ", "article.read"),
        ("  Article -- Read ", "article.read"), ("Donation Made", "donation.made"),
    ])
    func eventNamesFindTheirDeclaration(name: String, type: String) throws {
        let programme = try CompiledProgramme(TestProgramme.document("post").programme(), version: 1)
        #expect(SegmentNames.eventType(name, in: programme.eventTypes)?.declaration.id == type)
    }

    @Test func undeclaredNameGoesIntoQuarantineAndIsAnsweredAsSegmentDoes() async throws {
        try await World.with { world, client in
            let answer = try await client.send(
                .post, "/v1/batch", key: world.keys.all,
                json: [
                    "batch": [
                        ["type": "track", "userId": "ann", "event": "Never Heard Of", "messageId": "1"],
                        [
                            "type": "track", "userId": "ann", "event": "article.read", "messageId": "2",
                            "properties": [:],
                        ],
                        ["type": "track", "event": "article.read"], "nonsense",
                        ["type": "page", "userId": "ann", "name": "Home", "messageId": "3"],
                        ["type": "group", "userId": "ann", "groupId": "g"],
                        [
                            "type": "track", "userId": "ann", "event": "article.read", "messageId": "4",
                            "properties": Self.article,
                        ],
                    ]
                ])
            #expect(answer.status == 200)
            let quarantine = try await client.send(.get, "/v1/quarantine", key: world.keys.all)
            let codes = try #require(try quarantine.json["data"]?.arrayValue).compactMap { $0["code"]?.stringValue }
            #expect(Set(codes) == ["unknown-type", "missing-field"])
            #expect(try await Self.spendable(world, client, "ann") == 10)
            let metrics = try await client.send(.get, "/metrics", key: world.keys.all)
            #expect(metrics.text.contains("stamgast_segment_total{outcome=\"refused\"} 2"))
        }
    }

    @Test func undeclaredPropertiesAreDroppedAndCounted() async throws {
        try await World.with { world, client in
            var properties = Self.article
            properties["referrer"] = "https://search.example"
            properties["revenue"] = 3
            _ = try await client.send(
                .post, "/v1/track", key: world.keys.all,
                json: ["userId": "ann", "event": "article.read", "messageId": "1", "properties": properties])
            #expect(try await Self.spendable(world, client, "ann") == 10)
            let metrics = try await client.send(.get, "/metrics", key: world.keys.all)
            #expect(metrics.text.contains("stamgast_segment_total{outcome=\"dropped_property\"} 2"))
        }
    }

    @Test func identifyMovesAVisitorsPointsToTheUser() async throws {
        try await World.with { world, client in
            let track: JSONValue = [
                "anonymousId": "v-1", "event": "article.read", "messageId": "1", "properties": Self.article,
            ]
            _ = try await client.send(.post, "/v1/track", key: world.keys.all, json: track)
            let identify: JSONValue = [
                "anonymousId": "v-1", "userId": "ann", "messageId": "2", "traits": ["letters": true],
            ]
            #expect(try await client.send(.post, "/v1/identify", key: world.keys.all, json: identify).status == 200)
            #expect(try await Self.spendable(world, client, "ann") == 10)
            // The same event, sent again after the visitor is known, is the same event.
            _ = try await client.send(.post, "/v1/track", key: world.keys.all, json: track)
            #expect(try await Self.spendable(world, client, "ann") == 10)
        }
    }

    @Test func personalTraitsGoToTheVaultAndNowhereElse() async throws {
        try await World.with { world, client in
            let identify: JSONValue = [
                "userId": "ann", "messageId": "m",
                "traits": [
                    "email": "ann@post.example", "firstName": "Ann", "lastName": "Ünique-Lastname", "letters": true,
                    "letters2": false, "age": 44, "topics": "not a list", "phone": "+31 20 555 0123",
                ],
            ]
            #expect(try await client.send(.post, "/v1/identify", key: world.keys.all, json: identify).status == 200)
            let member = try await world.member("ann")
            let found = try await world.vault.persons.reveal(
                member, programme: world.post, purpose: .ownPage, actor: "test", now: world.clock.now())
            #expect(found[.name] == "Ann Ünique-Lastname")
            #expect(found[.email] == "ann@post.example")
            let summary = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all)
            #expect(try summary.json["traits"] == ["letters": true])
            let byAddress = try await client.send(
                .get, "/v1/members/by-external/email/ann%40post.example", key: world.keys.all)
            #expect(try byAddress.json["member"]?.stringValue == member.description)
            let metrics = try await client.send(.get, "/metrics", key: world.keys.all)
            #expect(metrics.text.contains("stamgast_segment_total{outcome=\"dropped_trait\"} 3"))
            // The programme's own words may hold any syllable.
            let dump = try await world.dump().components(separatedBy: "== ")
                .filter { !$0.hasPrefix("programme_version\n") }.joined()
            for secret in ["post.example", "Ünique", "555 0123", "ann"] {
                #expect(!dump.contains(secret), "the main database holds \(secret)")
            }
        }
    }

    @Test func sameIdentifyLaterDoesNotTurnBackWhatCameBetween() async throws {
        try await World.with { world, client in
            func identify(_ id: String, _ letters: Bool) async throws {
                _ = try await client.send(
                    .post, "/v1/identify", key: world.keys.all,
                    json: ["userId": "ann", "messageId": .string(id), "traits": ["letters": .bool(letters)]])
            }
            try await identify("1", true)
            try await identify("2", false)
            try await identify("1", true)
            let member = try await world.member("ann")
            let summary = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all)
            #expect(try summary.json["traits"] == ["letters": false])
        }
    }

    @Test func aliasJoinsTwoIdentifiers() async throws {
        try await World.with { world, client in
            for (user, id) in [("anonymousId", "1"), ("userId", "2")] {
                _ = try await client.send(
                    .post, "/v1/track", key: world.keys.all,
                    json: [
                        .init(user): .string("old-" + id), "event": "donation.made", "messageId": .string(id),
                        "properties": ["amount": 7],
                    ])
            }
            for id in ["1", "2"] {
                let answer = try await client.send(
                    .post, "/v1/alias", key: world.keys.all,
                    json: ["userId": "ann", "previousId": .string("old-" + id), "messageId": .string("a" + id)])
                #expect(answer.status == 200)
            }
            #expect(try await Self.spendable(world, client, "ann") == 14)
        }
    }

    @Test func publishableKeyNeitherWritesProfilesNorJoinsUsers() async throws {
        try await World.with { world, client in
            _ = try await client.send(
                .post, "/v1/track", key: world.keys.all,
                json: ["userId": "bob", "event": "donation.made", "messageId": "1", "properties": ["amount": 7]])
            _ = try await client.send(
                .post, "/v1/alias", key: world.keys.page,
                json: ["userId": "mallory", "previousId": "bob", "messageId": "2"])
            #expect(try await Self.spendable(world, client, "bob") == 7)
            #expect(try await Self.spendable(world, client, "mallory") == nil)
            _ = try await client.send(
                .post, "/v1/identify", key: world.keys.page,
                json: [
                    "userId": "bob", "messageId": "3", "traits": ["email": "mallory@evil.example", "letters": true],
                ])
            let member = try await world.member("bob")
            let found = try await world.vault.persons.reveal(
                member, programme: world.post, purpose: .ownPage, actor: "test", now: world.clock.now())
            #expect(found.isEmpty)
            let summary = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all)
            #expect(try summary.json["traits"] == [:])
        }
    }

    @Test func visitorsEventBeforeADeviceChangesHandsStaysWithTheFirstUser() async throws {
        try await World.with { world, client in
            func donation(_ id: String) -> JSONValue {
                [
                    "type": "track", "anonymousId": "tablet", "event": "donation.made", "messageId": .string(id),
                    "properties": ["amount": 5],
                ]
            }
            _ = try await client.send(
                .post, "/v1/batch", key: world.keys.all,
                json: [
                    "batch": [
                        ["type": "identify", "userId": "ann", "anonymousId": "tablet", "messageId": "i1"],
                        donation("1"),
                        ["type": "identify", "userId": "bob", "anonymousId": "tablet", "messageId": "i2"],
                        donation("2"), donation("3"),
                    ]
                ])
            #expect(try await Self.spendable(world, client, "ann") == 5)
            #expect(try await Self.spendable(world, client, "bob") == 10)
        }
    }

    @Test func wrongClocksArePutRightBySentAt() throws {
        let received = Instant(seconds: 1_750_000_000)
        let message = try SegmentMessage(
            ["userId": "ann", "event": "x", "timestamp": "2030-01-01T00:00:00Z"], kind: .track)
        let sentAt = RFC3339.parse("2030-01-01T00:00:10Z")
        #expect(message.time(sentAt: sentAt, received: received) == received.adding(milliseconds: -10_000))
        let right = try SegmentMessage(
            ["userId": "ann", "event": "x", "timestamp": .string(RFC3339.format(received))], kind: .track)
        #expect(right.time(sentAt: received.adding(milliseconds: -900), received: received) == received)
        let none = try SegmentMessage(["userId": "ann", "event": "x", "timestamp": "nonsense"], kind: .track)
        #expect(none.time(sentAt: nil, received: received) == received)
    }

    // MARK: Sizes

    static let large = JSONValue.string(String(repeating: "x", count: 33_000))

    @Test func messageBeyond32KilobytesIsTooLarge() async throws {
        try await World.with { world, client in
            let message: JSONValue = ["userId": "ann", "event": "x", "properties": ["note": Self.large]]
            let single = try await client.send(.post, "/v1/track", key: world.keys.all, json: message)
            #expect(single.status == 413)
            var inBatch = message
            inBatch["type"] = "track"
            let batch = try await client.send(.post, "/v1/batch", key: world.keys.all, json: ["batch": [inBatch]])
            #expect(batch.status == 413)
        }
    }

    @Test func batchBeyond500KilobytesIsTooLarge() async throws {
        try await World.with { world, client in
            let message: JSONValue = [
                "type": "track", "userId": "ann", "event": "article.read",
                "properties": ["note": .string(String(repeating: "x", count: 25_000))],
            ]
            let batch: JSONValue = ["batch": .array(Array(repeating: message, count: 21))]
            let tooLarge = try await client.send(.post, "/v1/batch", key: world.keys.all, json: batch)
            #expect(tooLarge.status == 413)
            let fitting: JSONValue = ["batch": .array(Array(repeating: message, count: 20))]
            let taken = try await client.send(.post, "/v1/import", key: world.keys.all, json: fitting)
            #expect(taken.status == 200)
        }
    }

    @Test func gzipIsUnpackedWithinTheSameLimits() async throws {
        try await World.with { world, client in
            func send(_ bytes: [UInt8]) async throws -> TestAnswer {
                try await client.send(
                    .post, "/v1/batch", key: world.keys.all, body: bytes, type: "application/json",
                    headers: ["Content-Encoding": "gzip"])
            }
            let batch: JSONValue = [
                "batch": [
                    [
                        "type": "track", "userId": "ann", "event": "article.read", "messageId": "1",
                        "properties": Self.article,
                    ]
                ]
            ]
            #expect(try await send(try TestGzip.pack(batch.bytes())).status == 200)
            #expect(try await Self.spendable(world, client, "ann") == 10)
            // 20 MB of blanks in 20 kB.
            let bomb = try TestGzip.pack(Array("{\"batch\":[".utf8) + [UInt8](repeating: 0x20, count: 20 << 20))
            #expect(bomb.count < 50_000)
            #expect(try await send(bomb).problem == "content-too-large")
            #expect(try await send(Array("no gzip".utf8)).problem == "malformed-request")
            #expect(try await send(Array(try TestGzip.pack(batch.bytes()).dropLast(12))).problem == "malformed-request")
            let other = try await client.send(
                .post, "/v1/batch", key: world.keys.all, json: batch, headers: ["Content-Encoding": "br"])
            #expect(other.status == 415)
        }
    }

    static let empty: [(String, JSONValue)] = [
        ("/v1/track", ["event": "x"]), ("/v1/track", ["userId": "ann"]), ("/v1/alias", ["userId": "ann"]),
        ("/v1/batch", ["batch": 7]), ("/v1/batch", [:]), ("/v1/identify", [1]),
    ]

    @Test(arguments: empty)
    func whatSaysNothingIsAProblem(path: String, body: JSONValue) async throws {
        try await World.with { world, client in
            let answer = try await client.send(.post, path, key: world.keys.all, json: body)
            #expect((400...422).contains(answer.status))
            #expect(answer.problem != nil)
        }
    }
}
