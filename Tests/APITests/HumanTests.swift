import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Storage
import Testing

@testable import API

/// Follows, letters, news, proposals and votes over HTTP.
@Suite struct HumanTests {
    /// A letter that a member got, one that is asked for, and an open proposal of theirs.
    static func things(
        _ member: MemberID, _ world: World, _ client: any TestClientProtocol
    ) async throws -> (letter: String, request: String, proposal: String) {
        _ = try await client.send(
            .put, "/v1/makers", key: world.keys.all, json: ["makers": [["id": "anna", "name": "Anna"]]])
        _ = try await world.engine.perform(.human(.birthday), member: member, in: world.post)
        _ = try await Keeper.askForLetters(world.engine, world.post, at: world.clock.now())
        let letters = try await client.send(.get, "/v1/members/\(member)/letters", key: world.keys.all)
        let requests = try await client.send(.get, "/v1/letter-requests", key: world.keys.all)
        let request = try requests.json["data"]?.arrayValue?.first { $0["member"]?.stringValue == member.description }
        let proposed = try await propose("More crosswords.", member, world, client)
        return (
            try #require(try letters.json["data"]?[0]?["letter"]?.stringValue),
            try #require(request?["letter"]?.stringValue), proposed
        )
    }

    static func propose(
        _ text: String, _ member: MemberID, _ world: World, _ client: any TestClientProtocol, opens: Bool = true
    ) async throws -> String {
        let answer = try await client.send(
            .post, "/v1/members/\(member)/proposals", key: world.keys.all,
            json: ["kind": "reward", "text": .string(text)])
        #expect(answer.status == 201)
        let id = try #require(try answer.json["proposal"]?.stringValue)
        guard opens else { return id }
        let moderated = try await client.send(
            .post, "/v1/proposals/\(id)/moderation", key: world.keys.all, json: ["accept": true])
        #expect(moderated.status == 200)
        #expect(try moderated.json["state"] == "open")
        return id
    }

    @Test func aLetterIsReadAndAnswered() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let ann = try await world.member("ann")
            let (letter, request, _) = try await Self.things(ann, world, client)
            let path = "/v1/members/\(ann)/letters/\(letter)"
            let got = try await client.send(
                .get, path, key: world.keys.all, headers: ["Accept-Language": "nl"]
            ).json
            #expect(got["text"] == "Many happy returns, says Anna.")
            #expect(got["from"] == ["signer": "anna", "name": "Anna", "role": "redacteur", "maker": "anna"])
            #expect(got["why"] == "Het is jouw dag.")
            #expect(got["reply"] == .null)
            let history = try await client.send(.get, "/v1/members/\(ann)/history", key: world.keys.all)
            #expect(history.text.contains(letter))
            for (body, reply) in [("heart", "heart"), ("thanks", "thanks")] {
                let answer = try await client.send(
                    .put, path + "/reply", key: world.keys.all, json: ["reply": .string(body)])
                #expect(answer.status == 200)
                #expect(
                    try await client.send(.get, path, key: world.keys.all).json["reply"]?.stringValue == reply)
            }
            #expect(
                try await client.send(.put, path + "/reply", key: world.keys.all, json: ["reply": "sad"]).status == 422)
            #expect(try await client.send(.delete, path + "/reply", key: world.keys.all).status == 200)
            #expect(try await client.send(.get, path, key: world.keys.all).json["reply"] == .null)
            // Somebody else's letter is none.
            _ = try await client.event(world.keys.all, user: "bob", id: "2")
            let bob = try await world.member("bob")
            let foreign = try await client.send(
                .get, "/v1/members/\(bob)/letters/\(letter)", key: world.keys.all)
            #expect(foreign.status == 404)
            let reply = try await client.send(
                .put, "/v1/members/\(bob)/letters/\(letter)/reply", key: world.keys.all, json: ["reply": "heart"])
            #expect(reply.status == 404)

            // The one by hand.
            let text: JSONValue = ["text": "Dear reader, you asked the best questions.\r\n"]
            let written = try await client.send(
                .post, "/v1/letter-requests/\(request)/text", key: world.keys.all, json: text,
                headers: ["Idempotency-Key": "w"])
            #expect(written.status == 200)
            let again = try await client.send(
                .post, "/v1/letter-requests/\(request)/text", key: world.keys.all, json: text,
                headers: ["Idempotency-Key": "w"])
            #expect(again.text == written.text)
            let other = try await client.send(
                .post, "/v1/letter-requests/\(request)/text", key: world.keys.all, json: text)
            #expect(other.problem == "letter-ended")
            #expect(
                try await client.send(.get, "/v1/letter-requests", key: world.keys.all).json["data"] == .array([]))
            let both = try await client.send(.get, "/v1/members/\(ann)/letters", key: world.keys.all).json
            #expect(both["data"]?.arrayValue?.count == 2)
            #expect(
                both["data"]?.arrayValue?.contains { $0["text"] == "Dear reader, you asked the best questions." }
                    == true)
            // Nothing of the text stands in the database in the clear, but in what the caller is answered again.
            let dump = try await world.dump()
            #expect(!dump.contains("best questions"))
            #expect(!dump.contains("Many happy returns, says Anna"))
        }
    }

    @Test func whoWantsNoLettersGetsNone() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let ann = try await world.member("ann")
            let path = "/v1/members/\(ann)/letter-settings"
            #expect(try await client.send(.get, path, key: world.keys.all).json["wants_letters"] == true)
            let off = try await client.send(.put, path, key: world.keys.all, json: ["wants_letters": false])
            #expect(off.status == 200)
            #expect(try await client.send(.get, path, key: world.keys.all).json["wants_letters"] == false)
            _ = try await world.engine.perform(.human(.birthday), member: ann, in: world.post)
            #expect(try await Keeper.askForLetters(world.engine, world.post, at: world.clock.now()) == 0)
            let letters = try await client.send(.get, "/v1/members/\(ann)/letters", key: world.keys.all)
            #expect(try letters.json["data"] == .array([]))
        }
    }

    @Test func followsAreChosenSeenAndTakenBack() async throws {
        try await World.with { world, client in
            _ = try await client.send(
                .put, "/v1/makers", key: world.keys.all,
                json: ["makers": [["id": "anna", "name": "Anna"], ["id": "ben", "name": "Ben"]]])
            _ = try await client.event(world.keys.all, id: "1")
            let ann = try await world.member("ann")
            let path = "/v1/members/\(ann)/follows"
            for _ in 0..<2 {
                #expect(try await client.send(.put, path + "/anna", key: world.keys.all).status == 200)
            }
            #expect(try await client.send(.put, path + "/zoe", key: world.keys.all).status == 404)
            let follows = try await client.send(.get, path, key: world.keys.all).json
            #expect(follows["data"] == [["maker": "anna", "name": "Anna"]])
            // One of nine tells nobody that there is one.
            func count() async throws -> JSONValue? {
                try await client.send(.get, "/v1/makers/anna/followers", key: world.keys.all).json["followers"]
            }
            for index in 0..<8 {
                _ = try await client.event(world.keys.all, user: "u\(index)", id: "e\(index)")
                let member = try await world.member("u\(index)")
                _ = try await client.send(.put, "/v1/members/\(member)/follows/anna", key: world.keys.all)
            }
            #expect(try await count() == .null)
            for index in 8..<12 {
                _ = try await client.event(world.keys.all, user: "u\(index)", id: "e\(index)")
                let member = try await world.member("u\(index)")
                _ = try await client.send(.put, "/v1/members/\(member)/follows/anna", key: world.keys.all)
            }
            #expect(try await count() == 10)
            #expect(try await client.send(.delete, path + "/anna", key: world.keys.all).status == 200)
            #expect(try await client.send(.get, path, key: world.keys.all).json["data"] == .array([]))
            #expect(try await count() == 10)
        }
    }

    @Test func aProposalIsModeratedVotedOnAndAnswered() async throws {
        try await World.with { world, client in
            var members: [MemberID] = []
            for index in 0..<12 {
                _ = try await client.event(world.keys.all, user: "u\(index)", id: "e\(index)")
                members.append(try await world.member("u\(index)"))
            }
            let ann = members[0]
            let id = try await Self.propose("A walk with the editors.", ann, world, client, opens: false)
            let path = "/v1/proposals/\(id)"
            // Nobody sees or votes on what was not looked at.
            #expect(try await client.send(.get, "/v1/proposals", key: world.keys.all).json["data"] == .array([]))
            let early = try await client.send(
                .put, "/v1/members/\(members[1])/votes/\(id)", key: world.keys.all, json: ["vote": "for"])
            #expect(early.status == 404)
            let waiting = try await client.send(.get, "/v1/proposals?state=waiting", key: world.keys.all)
            #expect(try waiting.json["data"]?[0]?["text"] == "A walk with the editors.")
            #expect(!waiting.text.contains(ann.description))
            #expect(
                try await client.send(
                    .post, path + "/moderation", key: world.keys.all, json: ["accept": false]
                ).status == 422)
            _ = try await client.send(.post, path + "/moderation", key: world.keys.all, json: ["accept": true])
            func vote(_ index: Int, _ choice: String) async throws -> Int {
                try await client.send(
                    .put, "/v1/members/\(members[index])/votes/\(id)", key: world.keys.all,
                    json: ["vote": .string(choice)]
                ).status
            }
            for index in 0..<9 { #expect(try await vote(index, "for") == 200) }
            let few = try await client.send(.get, path, key: world.keys.all).json
            #expect(few["votes"] == ["for": .null, "against": .null])
            #expect(few["outcome"] == .null)
            for index in 9..<12 { #expect(try await vote(index, "against") == 200) }
            // One vote each, and the last one counts.
            for _ in 0..<3 { #expect(try await vote(11, "for") == 200) }
            let many = try await client.send(.get, path, key: world.keys.all).json
            #expect(many["votes"] == ["for": 10, "against": .null])
            let soon = try await client.send(
                .post, path + "/decision", key: world.keys.all, json: ["adopt": true, "because": "Fine."])
            #expect(soon.problem == "proposal-refused")
            world.clock.advance(milliseconds: 16 * 86_400_000)
            #expect(try await vote(2, "against") == 409)
            let decided = try await client.send(
                .post, path + "/decision", key: world.keys.all,
                json: ["adopt": true, "because": "Ten of you would come.", "version": 1])
            #expect(decided.status == 200)
            #expect(try decided.json["state"] == "adopted")
            #expect(try decided.json["outcome"] == "for")
            let news = try await client.send(.get, "/v1/programme/news", key: world.keys.all).json
            #expect(news["data"]?[0]?["proposals"]?[0]?["text"] == "A walk with the editors.")
            // Whoever is erased takes their words and votes along, and the decision stays.
            #expect(try await client.send(.delete, "/v1/members/\(ann)", key: world.keys.all).status == 204)
            let after = try await client.send(.get, path, key: world.keys.all).json
            #expect(after["text"] == "")
            #expect(after["answer"] == "Ten of you would come.")
            let left = try await world.engine.database.read {
                try $0.first("SELECT count(*) FROM proposal_vote")?.int(0)
            }
            #expect(left == 11)
        }
    }

    @Test func membersProposeWithinTheirTerms() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let ann = try await world.member("ann")
            let path = "/v1/members/\(ann)/proposals"
            for text in ["", "   ", String(repeating: "a", count: 501), "a\u{202E}b"] {
                let answer = try await client.send(
                    .post, path, key: world.keys.all, json: ["kind": "idea", "text": .string(text)])
                #expect(answer.status == 422)
            }
            let first = try await Self.propose("One.", ann, world, client, opens: false)
            _ = try await Self.propose("Two.", ann, world, client, opens: false)
            let third = try await client.send(
                .post, path, key: world.keys.all, json: ["kind": "idea", "text": "Three."])
            #expect(third.problem == "proposal-refused")
            #expect(try third.json["code"] == "too-many-proposals")
            _ = try await client.event(world.keys.all, user: "bob", id: "2")
            let bob = try await world.member("bob")
            #expect(
                try await client.send(.delete, "/v1/members/\(bob)/proposals/\(first)", key: world.keys.all).status
                    == 404)
            #expect(try await client.send(.delete, path + "/\(first)", key: world.keys.all).status == 200)
            let mine = try await client.send(.get, path, key: world.keys.all).json
            #expect(mine["data"]?.arrayValue?.count == 2)
            #expect(mine["data"]?.arrayValue?.contains { $0["state"] == "withdrawn" && $0["text"] == "" } == true)
            let dump = try await world.dump()
            #expect(!dump.contains("Two."))
        }
    }

    @Test func whatChangedIsToldInTheMembersLanguage() async throws {
        try await World.with { world, client in
            let bundle = ProgrammeTests.bundle {
                $0["rules/read-to-the-end.yaml"] =
                    TestProgramme.texts("post", articleInk: 5)[
                        "rules/read-to-the-end.yaml"]
                $0["changes.yaml"] =
                    "from: 1\nbecause: { en: Reading is its own reward., nl: Lezen is al een beloning. }\n"
            }
            let applied = try await client.send(
                .put, "/v1/programme", key: world.keys.all, json: ["based_on": 1, "document": bundle])
            #expect(applied.status == 200)
            let news = try await client.send(
                .get, "/v1/programme/news", key: world.keys.all, headers: ["Accept-Language": "nl"]
            ).json
            let edition = try #require(news["data"]?[0])
            #expect(edition["version"] == 2)
            #expect(edition["day"] == "2025-06-15")
            #expect(edition["because"] == "Lezen is al een beloning.")
            #expect(edition["announced"] == false)
            let change = try #require(edition["changes"]?[0])
            #expect(change["thing"] == "rule")
            #expect(change["takes_away"] == true)
            #expect(change["says"]?.stringValue?.contains("5 inkt, dat was 10") == true)
            #expect(news["data"]?.arrayValue?.count == 2)
        }
    }
}
