import Access
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Testing
import Vault

@testable import API

/// A publishable key stands in the source of pages: whoever reads it must not be able to speak for, or hear about, a
/// person who is known.
@Suite struct PassesTests {
    private static func pass(
        _ subject: String, _ world: World, _ client: any TestClientProtocol, key: String? = nil,
        seconds: JSONValue? = nil
    ) async throws -> String {
        var body: JSONValue = ["subject": .string(subject)]
        body["seconds"] = seconds
        let answer = try await client.send(.post, "/v1/passes", key: key ?? world.keys.all, json: body)
        #expect(answer.status == 201)
        return try #require(try answer.json["pass"]?.stringValue)
    }

    private static func event(
        _ id: String, _ extra: [(String, JSONValue)], type: String = "donation.made", data: JSONValue = ["amount": 5]
    ) -> JSONValue {
        .object(
            JSONObject(
                [
                    ("specversion", "1.0"), ("id", .string(id)), ("source", "https://post.example"),
                    ("type", .string(type)), ("data", data),
                ] + extra))
    }

    private static func send(
        _ event: JSONValue, _ client: any TestClientProtocol, key: String
    ) async throws -> TestAnswer {
        try await client.send(.post, "/v1/events", key: key, json: event, type: "application/cloudevents+json")
    }

    private static func ink(_ user: String, _ world: World, _ client: any TestClientProtocol) async throws -> Int64? {
        let path = "/v1/members/by-external/user/\(user)"
        return try await client.send(.get, path, key: world.keys.all).json["balances"]?[0]?["spendable"]?.intValue
    }

    @Test func aPageSpeaksForVisitorsAndForWhomItHasAPass() async throws {
        try await World.with { world, client in
            let visitor = try await Self.send(
                Self.event("1", [("anonymousid", "0f3c")]), client, key: world.keys.page)
            #expect(try visitor.json["results"]?[0]?["status"] == "accepted")
            let pass = try await Self.pass("ann", world, client)
            let named = try await Self.send(
                Self.event("2", [("subject", "ann"), ("pass", .string(pass))]), client, key: world.keys.page)
            #expect(try named.json["results"]?[0]?["status"] == "accepted")
            // The page need not know the publisher's name for its reader.
            let unnamed = try await Self.send(
                Self.event("3", [("pass", .string(pass))]), client, key: world.keys.page)
            #expect(try unnamed.json["results"]?[0]?["status"] == "accepted")
            let binary = try await client.send(
                .post, "/v1/events", key: world.keys.page, body: Array(#"{"amount":5}"#.utf8), type: "application/json",
                headers: [
                    "ce-specversion": "1.0", "ce-id": "4", "ce-source": "s", "ce-type": "donation.made",
                    "ce-pass": pass,
                ])
            #expect(try binary.json["results"]?[0]?["status"] == "accepted")
            #expect(try await Self.ink("ann", world, client) == 15)
        }
    }

    @Test func withoutAPassItIsRefusedAndChangesNothing() async throws {
        try await World.with { world, client in
            _ = try await MembersTests.give(100, to: "ann", world, client)
            let own = try await Self.pass("mallory", world, client)
            let radio = try await Self.pass("ann", world, client, key: world.keys.radio)
            let short = try await Self.pass("ann", world, client, seconds: 60)
            let member = try await world.member("ann")
            world.clock.advance(milliseconds: 60_000)
            let before = try await world.dump()
            let vault = try await world.vault.identities.find(
                #require(ExternalIdentity(.user, "nobody-yet")), programme: world.post)
            #expect(vault == nil)
            let attacks: [(String, [(String, JSONValue)], String)] = [
                ("no pass", [("subject", "ann")], "subject"),
                ("no pass beside a visitor", [("subject", "ann"), ("anonymousid", "x")], "subject"),
                ("somebody new", [("subject", "nobody-yet")], "subject"),
                ("another's pass", [("subject", "ann"), ("pass", .string(own))], "subject"),
                ("a pass for a name nobody has", [("subject", "nobody-yet"), ("pass", .string(own))], "subject"),
                ("another programme's pass", [("subject", "ann"), ("pass", .string(radio))], "pass"),
                ("an old pass", [("subject", "ann"), ("pass", .string(short))], "pass"),
                ("an old pass alone", [("pass", .string(short))], "pass"),
                ("a pseudonym", [("subject", "ann"), ("pass", .string(member.description))], "pass"),
                ("half a pass", [("subject", "ann"), ("pass", .string(String(own.dropLast(4))))], "pass"),
                ("a changed pass", [("subject", "ann"), ("pass", .string("A" + own.dropFirst()))], "pass"),
                ("a key", [("subject", "ann"), ("pass", .string(world.keys.page))], "pass"),
                ("an empty pass", [("subject", "ann"), ("pass", "")], "pass"),
                ("a long pass", [("subject", "ann"), ("pass", .string(String(repeating: "a", count: 600)))], "pass"),
                ("a number", [("subject", "ann"), ("pass", 7)], "pass"),
            ]
            for (name, extra, field) in attacks {
                let answer = try await Self.send(Self.event("a-\(name)", extra), client, key: world.keys.page)
                // A pass of the right form is judged; what cannot be a pass does not fit the description.
                let isNone = ["an empty pass", "a long pass", "a number"].contains(name)
                #expect(answer.status == (isNone ? 422 : 403), "\(name)")
                #expect(answer.problem == (isNone ? "invalid" : "pass-refused"), "\(name)")
                #expect(answer.faultyFields == [field], "\(name)")
                #expect(!answer.text.contains("effects"), "\(name)")
            }
            // In a batch the others are not held up, and the refused one tells nothing.
            let batch = try await client.send(
                .post, "/v1/events", key: world.keys.page,
                json: [
                    Self.event("b1", [("subject", "ann")]),
                    Self.event("b2", [("subject", "mallory"), ("pass", .string(own))]),
                ], type: "application/cloudevents-batch+json")
            #expect(try batch.json["results"]?[0]?["status"] == "refused")
            #expect(try batch.json["results"]?[0]?["effects"] == [])
            #expect(try batch.json["results"]?[1]?["status"] == "accepted")
            #expect(try await Self.ink("ann", world, client) == 100)
            #expect(try await Self.ink("nobody-yet", world, client) == nil, "nobody was made")
            #expect(try await world.dump() != before, "the one with its pass was taken")
            // The answers to a name that is taken and to one that is free are the same.
            let taken = try await Self.send(Self.event("s", [("subject", "ann")]), client, key: world.keys.page)
            let free = try await Self.send(Self.event("s", [("subject", "free")]), client, key: world.keys.page)
            #expect(taken.body == free.body)
            let stolen = { (name: String) in
                try await Self.send(
                    Self.event("s", [("subject", .string(name)), ("pass", .string(own))]), client, key: world.keys.page)
            }
            #expect(try await stolen("ann").body == stolen("free").body)
        }
    }

    @Test func aServerNamesAnybodyAndAlonePutsPassesOut() async throws {
        try await World.with { world, client in
            let event = try await Self.send(Self.event("1", [("subject", "ann")]), client, key: world.keys.all)
            #expect(try event.json["results"]?[0]?["status"] == "accepted")
            // A pass that is there must be right, whoever sends it.
            let wrong = try await Self.send(
                Self.event("2", [("subject", "ann"), ("pass", "x")]), client, key: world.keys.all)
            #expect(wrong.faultyFields == ["pass"])
            let page = try await client.send(.post, "/v1/passes", key: world.keys.page, json: ["subject": "ann"])
            #expect(page.status == 403 && page.problem == "missing-scope")
            for (body, field) in [
                (["subject": ""], "subject"), ([:], "subject"), (["subject": "a", "seconds": 0], "seconds"),
                (["subject": "a", "seconds": 86_401], "seconds"), (["subject": "a\u{7}"], "subject"),
                (["subject": "a", "more": 1], "more"),
            ] as [(JSONValue, String)] {
                let answer = try await client.send(.post, "/v1/passes", key: world.keys.all, json: body)
                #expect(answer.faultyFields == [field], "\(body)")
            }
            let answer = try await client.send(.post, "/v1/passes", key: world.keys.all, json: ["subject": "ann"])
            let pass = try #require(try answer.json["pass"]?.stringValue)
            #expect(
                try answer.json["expires_at"]?.stringValue == RFC3339.format(World.noon.adding(milliseconds: 3_600_000))
            )
            let member = try await world.member("ann")
            #expect(!pass.contains("ann") && !pass.contains(member.description))
            #expect(world.access.passes.read(pass, now: World.noon)?.member == member)
        }
    }

    @Test func aPassFollowsAMergeAndEndsWithErasure() async throws {
        try await World.with { world, client in
            let pass = try await Self.pass("ann", world, client)
            let old = try await world.member("ann")
            _ = try await world.member("ann-2")
            let merged = try await world.engine.identify(
                user: #require(ExternalIdentity(.user, "ann-2")), previous: ExternalIdentity(.user, "ann"),
                in: world.post)
            #expect(merged != old)
            let both = try await Self.send(
                Self.event("1", [("subject", "ann-2"), ("pass", .string(pass))]), client, key: world.keys.page)
            #expect(both.status == 200)
            let gone = try await client.send(.delete, "/v1/members/\(merged)", key: world.keys.all)
            #expect(gone.status == 204)
            for subject in ["ann", "ann-2"] {
                _ = try await world.member(subject)
                let answer = try await Self.send(
                    Self.event("2", [("subject", .string(subject)), ("pass", .string(pass))]), client,
                    key: world.keys.page)
                #expect(answer.faultyFields == ["pass"], "the pass of an erased member opens nobody's record")
            }
        }
    }

    // MARK: Segment

    private static func segment(
        _ route: String, _ body: JSONValue, _ client: any TestClientProtocol, key: String
    ) async throws {
        let answer = try await client.send(.post, "/v1/\(route)", key: key, json: body)
        #expect(answer.status == 200)
        #expect(try answer.json == ["success": true])
    }

    @Test func segmentTakesAnUnprovenUserAsTheVisitor() async throws {
        try await World.with { world, client in
            _ = try await MembersTests.give(100, to: "ann", world, client)
            func track(_ id: String, _ extra: [(String, JSONValue)]) -> JSONValue {
                .object(
                    JSONObject(
                        [
                            ("messageId", .string(id)), ("event", "Donation Made"), ("properties", ["amount": 7]),
                            ("userId", "ann"),
                        ] + extra))
            }
            let page = world.keys.page
            try await Self.segment("track", track("1", [("anonymousId", "dev-1")]), client, key: page)
            try await Self.segment("track", track("2", []), client, key: page)
            #expect(try await Self.ink("ann", world, client) == 100)
            let visitor = try #require(ExternalIdentity(.anonymous, "dev-1"))
            let device = try #require(
                try await world.vault.identities.find(visitor, programme: world.post))
            #expect(try await MembersTests.ink(device, world, client)?["spendable"] == 7)

            // `identify` without proof joins nobody: what the visitor earned stays theirs.
            try await Self.segment(
                "identify", ["messageId": "3", "userId": "ann", "anonymousId": "dev-1", "traits": ["letters": true]],
                client, key: page)
            #expect(try await world.vault.identities.find(visitor, programme: world.post) == device)
            #expect(try await Self.ink("ann", world, client) == 100)

            // With another's pass neither.
            let mallory = try await Self.pass("mallory", world, client)
            for (number, context) in ["4": mallory, "5": "x"] {
                try await Self.segment(
                    "identify",
                    [
                        "messageId": .string(number), "userId": "ann", "anonymousId": "dev-1",
                        "context": ["pass": .string(context)],
                    ], client, key: page)
            }
            #expect(try await world.vault.identities.find(visitor, programme: world.post) == device)

            // With the reader's own it does, and events are theirs.
            let own = try await Self.pass("ann", world, client)
            try await Self.segment(
                "identify",
                ["messageId": "6", "userId": "ann", "anonymousId": "dev-1", "context": ["pass": .string(own)]], client,
                key: page)
            #expect(try await Self.ink("ann", world, client) == 107)
            try await Self.segment("track", track("7", [("context", ["pass": .string(own)])]), client, key: page)
            #expect(try await Self.ink("ann", world, client) == 114)
            // A batch is no way around it.
            try await Self.segment(
                "batch",
                [
                    "batch": [
                        [
                            "type": "track", "messageId": "8", "event": "Donation Made", "userId": "ann",
                            "properties": ["amount": 9],
                        ],
                        ["type": "alias", "messageId": "9", "userId": "mallory", "previousId": "ann"],
                        ["type": "identify", "messageId": "10", "userId": "mallory", "anonymousId": "dev-1"],
                    ]
                ], client, key: page)
            #expect(try await Self.ink("ann", world, client) == 114)
            let metrics = try await client.send(.get, "/metrics", key: world.keys.all).text
            #expect(metrics.contains("stamgast_segment_total{outcome=\"unproven\"} 1"))
        }
    }
}
