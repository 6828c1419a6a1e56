import Access
import Foundation
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Testing
import Vault

@testable import API

/// `/v1/anonymous/…` and `/v1/members/me/tokens`, where nothing is open: what a page is told, and what is refused. What tokens are
/// worth is tested in RuntimeTests.
@Suite struct AnonymousEarningTests {
    private static let modulus = Data(repeating: 1, count: 256).base64EncodedString()
    private static let nonce = Data(repeating: 2, count: 32).base64EncodedString()
    private static let key = String(repeating: "0", count: 32)

    @Test func theKeysSayWhatIsEarnedWhichWay() async throws {
        try await World.with { world, client in
            let answer = try await client.send(.get, "/v1/anonymous/keys", key: world.keys.page)
            #expect(answer.status == 200)
            let kept = try #require(answer.header("Cache-Control"))
            #expect(kept.hasPrefix("public, max-age="))
            #expect(answer.header("Vary") == "authorization")
            #expect(try answer.json["least"]?.intValue == 100)
            let types = try #require(try answer.json["types"]?.arrayValue)
            let read = try #require(types.first { $0["type"]?.stringValue == "article.read" })
            // Its events are checked for a review, which a token cannot be.
            #expect(read["by"]?.stringValue == "identified")
            #expect(read["reason"]?.stringValue == "terms")
            #expect(read["keys"] == nil)
            // Whoever asks.
            #expect(try await client.send(.get, "/v1/anonymous/keys", key: world.keys.all).body == answer.body)
            #expect(try await client.send(.get, "/v1/anonymous/keys").status == 401)
        }
    }

    @Test func aReportOfAClosedTypeAsksForTheMembersOwnEvent() async throws {
        try await World.with { world, client in
            func report(_ body: JSONValue) async throws -> TestAnswer {
                try await client.send(.post, "/v1/anonymous/events", key: world.keys.page, json: body)
            }
            let data: JSONValue = ["item": "a-1", "share": 0.9, "seconds": 60]
            let closed = try await report(["type": "article.read", "data": data, "blinded": [:]])
            #expect(closed.status == 200)
            #expect(try closed.json["status"]?.stringValue == "identified")
            #expect(closed.header("Cache-Control") == "no-store")
            let wrong = try await report(["type": "article.read", "data": ["share": 0.9], "blinded": [:]])
            #expect(wrong.status == 200)
            #expect(try wrong.json["status"]?.stringValue == "refused")
            #expect(try await report(["type": "nope", "blinded": [:]]).json["status"]?.stringValue == "refused")
            // Nobody is named here, so nobody can be.
            let named = try await report([
                "type": "article.read", "data": data, "blinded": [:], "subject": "ann", "pass": "x", "time": "now",
            ])
            #expect(named.status == 422)
            #expect(Set(named.faultyFields) == ["subject", "pass", "time"])
            let short = try await report(["type": "article.read", "data": data, "blinded": ["k": "AAAA"]])
            #expect(short.faultyFields == ["blinded"])
        }
    }

    @Test func tokensNeedAPassAndThatTheyAreOurs() async throws {
        try await World.with { world, client in
            func bring(_ pass: String, _ tokens: JSONValue) async throws -> TestAnswer {
                try await client.send(
                    .post, "/v1/members/me/tokens", key: world.keys.page,
                    json: ["pass": .string(pass), "tokens": tokens])
            }
            let token: JSONValue = [
                "key": .string(Self.key), "nonce": .string(Self.nonce), "signature": .string(Self.modulus),
            ]
            #expect(try await bring("nonsense", [token]).problem == "pass-refused")
            let ann = try #require(ExternalIdentity(.user, "ann"))
            let members = try await world.engine.identities.resolve(
                [ann], programme: world.post, now: world.clock.now())
            let pass = try world.access.passes.make(
                for: try #require(members.first), in: world.post,
                until: world.clock.now().adding(milliseconds: 60_000))
            let answer = try await bring(pass, [token, token])
            #expect(answer.status == 200)
            let results = try #require(try answer.json["results"]?.arrayValue)
            #expect(results.map { $0["status"]?.stringValue } == ["refused", "refused"])
            #expect(try await bring(pass, []).status == 200)
            let many = try await bring(pass, .array(Array(repeating: token, count: 51)))
            #expect(many.faultyFields == ["tokens"])
        }
    }
}
