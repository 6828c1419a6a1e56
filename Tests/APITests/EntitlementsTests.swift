import Access
import Foundation
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Storage
import Testing
import Vault

@testable import API

/// Gates, tokens and meters over HTTP.
@Suite struct EntitlementsTests {
    static func film(_ world: World, _ client: any TestClientProtocol, id: String = "film-1") async throws {
        let answer = try await client.send(
            .put, "/v1/items", key: world.keys.all,
            json: [
                "items": [
                    [
                        "id": .string(id), "kind": "video", "title": ["en": "A film"],
                        "published_at": "2025-01-01T00:00:00Z",
                    ]
                ]
            ])
        #expect(answer.status == 200, "\(answer.text)")
    }

    static func ask(
        _ world: World, _ client: any TestClientProtocol, _ body: JSONValue, origin: String? = nil,
        language: String = "en"
    ) async throws -> JSONValue {
        var headers = ["Accept-Language": language]
        headers["Origin"] = origin
        let answer = try await client.send(.post, "/v1/gate", key: world.keys.page, json: body, headers: headers)
        #expect(answer.status == 200, "\(answer.text)")
        return try answer.json
    }

    @Test(arguments: Storage.Engine.allCases) func aGateSaysYesNoWhyAndWhatWouldOpenIt(
        _ engine: Storage.Engine
    ) async throws {
        try await World.with(engine: engine) { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let path = "/v1/entitlements/check?member=\(member)&gate=hall&explain=true"
            let shut = try await client.send(
                .get, path, key: world.keys.all, headers: ["Accept-Language": "nl"]
            ).json
            #expect(shut["allowed"] == false)
            let gate = try #require(shut["gates"]?[0])
            #expect(gate["text"] == "De zaal is voor vrienden.")
            #expect(gate["offer"]?["kind"] == "tier")
            #expect(gate["offer"]?["text"]?.stringValue?.contains("Goud") == true)
            #expect(gate["proof"]?["parts"]?[0]?["condition"] == "entitlement")
            #expect(gate["proof"]?["parts"]?[0]?["met"] == false)
            // A donation gives the entitlement: the next answer knows it, though the first one is in memory.
            _ = try await MembersTests.give(5, to: "ann", world, client)
            let open = try await client.send(.get, path, key: world.keys.all).json
            #expect(open["allowed"] == true)
            #expect(open["gates"]?[0]?["reason"] == "entitlement")
            #expect(open["gates"]?[0]?["until"]?.stringValue != nil)
            let many = try await client.send(
                .post, "/v1/entitlements/check", key: world.keys.all,
                json: [
                    "member": .string(member.description), "gates": ["hall", "films"], "items": ["nothing"],
                    "names": ["preview", "other"],
                ]
            ).json
            #expect(many["allowed"] == false)
            #expect(many["gates"]?.arrayValue?.map { $0["allowed"] } == [true, true])
            #expect(many["gates"]?[1]?["metered"] == true)
            #expect(many["items"]?[0]?["reason"] == "unknown")
            #expect(many["names"]?.arrayValue?.map { $0["granted"] } == [true, false])
        }
    }

    @Test func whatIsAskedWronglyIsSaid() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(5, to: "ann", world, client)
            func status(_ query: String) async throws -> Int {
                try await client.send(.get, "/v1/entitlements/check?" + query, key: world.keys.all).status
            }
            #expect(try await status("member=\(member)") == 200, "every gate")
            #expect(try await status("member=\(member)&gate=none") == 404)
            #expect(try await status("member=x&gate=hall") == 404)
            #expect(try await status("gate=hall") == 400)
            #expect(try await status("member=\(member)&gate=hall&explain=maybe") == 400)
            let empty = try await client.send(
                .post, "/v1/entitlements/check", key: world.keys.all, json: ["member": .string(member.description)])
            #expect(empty.status == 422)
        }
    }

    @Test func aVisitorsMeterLiesOnTheirDevice() async throws {
        try await World.with { world, client in
            for id in ["film-1", "film-2", "film-3"] { try await Self.film(world, client, id: id) }
            let before = try await world.dump()
            let first = try await Self.ask(world, client, ["item": "film-1"])
            #expect(first["allowed"] == true)
            #expect(first["left"] == 1)
            let token = try #require(first["meters"]?["films"])
            // Another visitor has the same one, byte for byte.
            #expect(try await Self.ask(world, client, ["item": "film-2"])["meters"]?["films"] == token)
            let second = try await Self.ask(world, client, ["item": "film-2", "meters": ["films": token]])
            #expect(second["left"] == 0)
            let used = try #require(second["meters"]?["films"])
            let third = try await Self.ask(world, client, ["item": "film-3", "meters": ["films": used]])
            #expect(third["allowed"] == false)
            #expect(third["text"] == "Two films a month are free.")
            // Seeing a film again is not counted again.
            let again = try await Self.ask(
                world, client,
                [
                    "item": "film-2", "meters": ["films": used],
                    "receipts": ["films": try #require(second["receipts"]?["films"])],
                ])
            #expect(again["allowed"] == true)
            #expect(again["meters"] == [:])
            // A receipt of one film opens no other.
            let other = try await Self.ask(
                world, client,
                [
                    "item": "film-3", "meters": ["films": used],
                    "receipts": ["films": try #require(second["receipts"]?["films"])],
                ])
            #expect(other["allowed"] == false)
            #expect(try await world.dump() == before, "a visitor's opening has left something")
            world.clock.advance(milliseconds: 31 * 86_400_000)
            let next = try await Self.ask(world, client, ["item": "film-3", "meters": ["films": used]])
            #expect(next["left"] == 1, "a new month begins")
        }
    }

    @Test(arguments: Storage.Engine.allCases) func aMembersMeterIsACounterOfDays(_ engine: Storage.Engine) async throws
    {
        try await World.with(engine: engine) { world, client in
            for id in ["film-1", "film-2", "film-3"] { try await Self.film(world, client, id: id) }
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let pass = try world.access.passes.make(
                for: member, in: world.post, until: world.clock.now().adding(milliseconds: 3_600_000))
            func open(_ item: String, _ use: String) async throws -> JSONValue {
                try await Self.ask(
                    world, client, ["item": .string(item), "pass": .string(pass), "use": .string(use)])
            }
            let first = try await open("film-1", "0123456789abcdef")
            #expect(first["allowed"] == true)
            #expect(first["left"] == 1)
            // The same opening, sent again after an answer that was lost.
            #expect(try await open("film-1", "0123456789abcdef")["left"] == 1)
            // The same random text for another film is another opening.
            #expect(try await open("film-2", "0123456789abcdef")["left"] == 0)
            let shut = try await open("film-3", "fedcba9876543210")
            #expect(shut["allowed"] == false)
            #expect(shut["offer"]?["name"] == "mug")
            // Asking without showing counts nothing.
            let peek = try await Self.ask(
                world, client, ["item": "film-3", "pass": .string(pass), "count": false])
            #expect(peek["allowed"] == false)
            let missing = try await client.send(
                .post, "/v1/gate", key: world.keys.page,
                json: [
                    "item": "film-1",
                    "pass": .string(
                        try world.access.passes.make(
                            for: try await world.member("bob"), in: world.post,
                            until: world.clock.now().adding(milliseconds: 1_000))),
                ])
            #expect(missing.status == 422)
            let wrong = try await client.send(
                .post, "/v1/gate", key: world.keys.page, json: ["item": "film-1", "pass": "x"])
            #expect(wrong.status == 403)
        }
    }

    /// What a gate leaves of two members with each other's films must be the same, byte for byte, below `personal`.
    @Test func whatWasOpenedCannotBeToldFromWhatIsStored() async throws {
        func dump(_ films: [String]) async throws -> String {
            let text = Box()
            try await World.with { world, client in
                for id in ["film-1", "film-2"] { try await Self.film(world, client, id: id) }
                for (index, film) in films.enumerated() {
                    let member = try await world.member("m\(index)")
                    let pass = try world.access.passes.make(
                        for: member, in: world.post, until: world.clock.now().adding(milliseconds: 3_600_000))
                    let body: JSONValue = [
                        "item": .string(film), "pass": .string(pass), "use": .string("0123456789abcdef\(index)"),
                    ]
                    #expect(try await Self.ask(world, client, body)["allowed"] == true)
                }
                let all = try await world.dump()
                // Claims are keyed hashes over the page's random text: they differ, and tell nothing without it. A raffle's
                // secret is random.
                text.value = all.components(separatedBy: "== ")
                    .filter { !$0.hasPrefix("event_claim") && !$0.hasPrefix("raffle\n") }.joined()
            }
            return text.value
        }
        #expect(try await dump(["film-1", "film-2"]) == dump(["film-2", "film-1"]))
    }

    final class Box: @unchecked Sendable { var value = "" }

    @Test func tokensAreForTheSiteThatAsks() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(5, to: "ann", world, client)
            func make(_ extra: [(String, JSONValue)], status: Int = 201) async throws -> JSONValue {
                let answer = try await client.send(
                    .post, "/v1/access-tokens", key: world.keys.all,
                    json: .object(JSONObject([("audience", "https://a.example")] + extra)))
                #expect(answer.status == status, "\(answer.text)")
                return try answer.json
            }
            let made = try await make([("subject", "ann"), ("gates", ["hall", "films"])])
            // What only a meter opens is not in a token.
            #expect(made["gates"] == ["hall"])
            let keys = try await client.send(.get, "/.well-known/jwks.json?programme=post")
            #expect(keys.header("Cache-Control") == "public, max-age=300")
            let verifier = AccessTokenVerifier(keySet: try keys.json)
            let token = try verifier.verify(
                try #require(made["token"]?.stringValue), audience: "https://a.example", now: world.clock.now())
            #expect(token.gates == ["hall"])
            #expect(token.subject != nil && token.subject != member.description)
            let same = try await make([("member", .string(member.description)), ("gates", ["hall"])])
            let again = try verifier.verify(
                try #require(same["token"]?.stringValue), audience: "https://a.example", now: world.clock.now())
            #expect(again.subject == token.subject && again.id != token.id)
            _ = try await make([("gates", ["hall"])], status: 403)
            _ = try await make([("gates", ["hall"]), ("subject", "nobody")], status: 404)
            _ = try await make([("subject", "ann"), ("gates", ["hall"]), ("seconds", 901)], status: 422)
            // A page gets one for its own origin, as the browser names it.
            let pass = try world.access.passes.make(
                for: member, in: world.post, until: world.clock.now().adding(milliseconds: 3_600_000))
            let page = try await Self.ask(
                world, client, ["gate": "hall", "pass": .string(pass)], origin: "https://b.example")
            let text = try #require(page["token"]?.stringValue)
            let own = try verifier.verify(text, audience: "https://b.example", now: world.clock.now())
            #expect(own.subject != token.subject)
            #expect(throws: AccessProblem.self) {
                _ = try verifier.verify(text, audience: "https://a.example", now: world.clock.now())
            }
            #expect(try await client.send(.get, "/.well-known/jwks.json").status == 400)
            #expect(try await client.send(.get, "/.well-known/jwks.json?programme=none").json == ["keys": []])
        }
    }

    @Test func nothingIsReadTwiceAndNothingOldIsSaid() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(5, to: "ann", world, client)
            let path = "/v1/entitlements/check?member=\(member)&gate=hall"
            #expect(try await client.send(.get, path, key: world.keys.all).json["allowed"] == true)
            // Time alone changes the answer, in memory too.
            world.clock.advance(milliseconds: 40 * 86_400_000)
            #expect(try await client.send(.get, path, key: world.keys.all).json["allowed"] == false)
            let erased = try await client.send(.delete, "/v1/members/\(member)", key: world.keys.all)
            #expect(erased.status == 204)
            #expect(try await client.send(.get, path, key: world.keys.all).status == 404)
        }
    }
}
