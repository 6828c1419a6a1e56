import Access
import Foundation
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Testing

@testable import API

/// Sunday 15 June 2025, noon: the last day of its week. The quiz `capitals` draws two of three questions.
@Suite struct PlayTests {
    private static func answers(_ question: String) -> JSONValue {
        switch question {
        case "france": ["question": "france", "options": ["right-one"]]
        case "dutch": ["question": "dutch", "number": 12]
        default: ["question": .string(question), "options": ["lu", "be"]]
        }
    }

    @Test func aQuizIsPlayedToItsEnd() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(1, to: "ann", world, client)
            let path = "/v1/members/\(member)/quizzes/capitals"
            func post(_ tail: String, _ json: JSONValue? = nil, key: String = "") async throws -> TestAnswer {
                let headers = key.isEmpty ? [:] : ["Idempotency-Key": key]
                if let json {
                    return try await client.send(
                        .post, path + tail, key: world.keys.all, json: json, headers: headers)
                }
                return try await client.send(.post, path + tail, key: world.keys.all, headers: headers)
            }
            #expect(try await post("/attempt/answers", ["question": "france"]).problem == "no-attempt")
            #expect(try await post("/attempt/finish").problem == "no-attempt")
            let started = try await post("/attempt", key: "s")
            #expect(started.status == 200)
            #expect(try await post("/attempt", key: "s").text == started.text)
            #expect(try await post("/attempt").text == started.text)
            var question = try #require(try started.json["attempt"]?["question"]?["question"]?.stringValue)
            let wrong = try await post("/attempt/answers", ["question": .string(question), "options": ["nope"]])
            #expect(wrong.problem == "contradiction")
            let first = try await post("/attempt/answers", Self.answers(question), key: "a")
            #expect(try first.json["attempt"]?["answered"] == 1)
            #expect(try first.json["result"] == .null)
            #expect(try await post("/attempt/answers", Self.answers(question), key: "a").text == first.text)
            question = try #require(try first.json["attempt"]?["question"]?["question"]?.stringValue)
            let last = try await post("/attempt/answers", Self.answers(question))
            #expect(try last.json["result"]?["passed"] == true)
            #expect(try last.json["result"]?["score"] == 2)
            #expect(try last.json["result"]?["solutions"]?.arrayValue?.count == 2)
            #expect(try await post("/attempt/finish").text == last.text)
            // 1 was given, 7 for passing.
            #expect(try await MembersTests.ink(member, world, client)?["spendable"] == 8)
            #expect(try await client.send(.get, path, key: world.keys.all).text == last.text)
            let staff = try await client.send(.get, "/v1/quizzes", key: world.keys.all)
            #expect(try staff.json["quizzes"]?[0]?["finished"] == 1)
            #expect(try staff.json["quizzes"]?[0]?["mean_score"] == .null)
        }
    }

    /// While an attempt runs, and while another try would be spoilt, nothing that a page or a member's client can ask for
    /// tells what is right: neither the routes of quizzes nor any other, with any key that does not read the document.
    @Test func nothingTellsWhatIsRight() async throws {
        try await World.with { world, client in
            let things = try await ForeignCredentialsTests.things(world, client)
            let path = "/v1/members/\(things.member)/quizzes/capitals"
            func secrets(_ text: String) -> [String] {
                ["explanation", "Paris it is", "Twelve of", "Germany is not", "Parijs is het", "\"right\"", "within"]
                    .filter { text.contains($0) }
            }
            func look() async throws {
                for endpoint in world.api.endpoints where endpoint.method == .get {
                    let probe = try ForeignCredentialsTests.probe(endpoint, things)
                    for key in [world.keys.page, world.keys.only[.membersRead], world.keys.only[.eventsWrite]] {
                        let answer = try await client.send(.get, probe.path, key: key)
                        // The description of the API names the fields.
                        if endpoint.template == "/openapi.json" { continue }
                        #expect(secrets(answer.text) == [], "\(endpoint.template)")
                    }
                }
            }
            let started = try await client.send(.post, path + "/attempt", key: world.keys.all)
            #expect(secrets(started.text) == [])
            try await look()
            let question = try #require(try started.json["attempt"]?["question"]?["question"]?.stringValue)
            let first = try await client.send(
                .post, path + "/attempt/answers", key: world.keys.all, json: ["question": .string(question)])
            #expect(secrets(first.text) == [])
            let ended = try await client.send(.post, path + "/attempt/finish", key: world.keys.all)
            // Not passed, and there is another try.
            #expect(try ended.json["result"]?["score"] == 0)
            #expect(secrets(ended.text) == [])
            try await look()
            // The attack bites: after the last try it is told.
            _ = try await client.send(.post, path + "/attempt", key: world.keys.all)
            let last = try await client.send(.post, path + "/attempt/finish", key: world.keys.all)
            #expect(secrets(last.text).contains("explanation"))
            #expect(secrets(last.text).contains("\"right\""))
        }
    }

    @Test func whatIsKeptOfARequestTellsNoAnswer() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(1, to: "ann", world, client)
            let path = "/v1/members/\(member)/quizzes/capitals"
            let started = try await client.send(
                .post, path + "/attempt", key: world.keys.all, headers: ["Idempotency-Key": "s"])
            let question = try #require(try started.json["attempt"]?["question"]?["question"]?.stringValue)
            let ends = try #require(try started.json["attempt"]?["ends_at"]?.stringValue)
            _ = try await client.send(
                .post, path + "/attempt/answers", key: world.keys.all, json: Self.answers(question),
                headers: ["Idempotency-Key": "a"])
            _ = try await client.send(
                .put, "/v1/members/\(member)/contests/final/prediction", key: world.keys.all,
                json: ["home": 7, "away": 3], headers: ["Idempotency-Key": "p"])
            let dump = try await world.dump()
            let records = try #require(dump.components(separatedBy: "== ").first { $0.hasPrefix("idempotency") })
            #expect(records.split(separator: "\n").count >= 4)
            for secret in [ends, "right-one", "\"number\"", "\"home\""] { #expect(!records.contains(secret)) }
        }
    }

    @Test func nobodySendsWhatTheEngineMakes() async throws {
        try await World.with { world, client in
            let answer = try await client.event(
                world.keys.all, id: "forged", type: "quiz.finished",
                data: ["quiz": "capitals", "score": 2, "most": 2, "passed": true])
            #expect(try answer.json["results"]?[0]?["status"] == "quarantined")
            #expect(answer.text.contains("nobody sends it"))
        }
    }

    @Test func aContestIsSettledCorrectedAndCalledOff() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(1, to: "ann", world, client)
            let path = "/v1/members/\(member)/contests/final/prediction"
            func predict(_ json: JSONValue) async throws -> TestAnswer {
                try await client.send(.put, path, key: world.keys.all, json: json)
            }
            func settle(_ json: JSONValue, key: String = "") async throws -> TestAnswer {
                try await client.send(
                    .put, "/v1/contests/final/outcome", key: world.keys.all, json: json,
                    headers: key.isEmpty ? [:] : ["Idempotency-Key": key])
            }
            for wrong in [["home": 2], [:], ["option": "x"], ["home": 10, "away": 0], ["number": 2]] as [JSONValue] {
                #expect(try await predict(wrong).problem == "contradiction", "\(wrong)")
            }
            #expect(try await predict(["home": 0, "away": 0]).json["prediction"] == ["home": 0, "away": 0])
            #expect(try await client.send(.delete, path, key: world.keys.all).json["prediction"] == .null)
            #expect(try await predict(["home": 2, "away": 1]).json["prediction"] == ["home": 2, "away": 1])
            #expect(try await settle(["home": 2, "away": 1]).problem == "play-closed")
            world.clock.advance(milliseconds: 442_400_000)
            #expect(try await predict(["home": 0, "away": 0]).problem == "play-closed")
            #expect(try await settle(["void": true, "home": 1, "away": 1]).problem == "contradiction")
            let first = try await settle(["home": 2, "away": 1], key: "k")
            #expect(first.status == 200)
            #expect(try first.json["outcome"] == ["home": 2, "away": 1])
            #expect(try first.json["predictions"] == 1)
            // One prediction is no share.
            #expect(try first.json["shares"]?["answers"] == [])
            #expect(try first.json["shares"]?["total"] == 0)
            #expect(try await settle(["home": 2, "away": 1], key: "k").text == first.text)
            #expect(try await MembersTests.ink(member, world, client)?["spendable"] == 51)
            #expect(try await settle(["home": 3, "away": 0]).status == 200)
            #expect(try await MembersTests.ink(member, world, client)?["spendable"] == 6)
            let seen = try await client.send(.get, "/v1/members/\(member)/contests", key: world.keys.all)
            #expect(try seen.json["contests"]?[0]?["grade"] == "outcome")
            #expect(try await settle(["void": true]).status == 200)
            #expect(try await MembersTests.ink(member, world, client)?["spendable"] == 1)
        }
    }

    /// Another member, and another programme, change nothing of this one's.
    @Test func attemptsAndPredictionsAreOneMembers() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(1, to: "ann", world, client)
            let bob = try await MembersTests.give(1, to: "bob", world, client, id: "gift-bob")
            _ = try await client.send(.post, "/v1/members/\(ann)/quizzes/capitals/attempt", key: world.keys.all)
            let other = try await client.send(.get, "/v1/members/\(bob)/quizzes/capitals", key: world.keys.all)
            #expect(try other.json["attempt"] == .null)
            for (method, path) in [
                (HTTPRequest.Method.get, "quizzes/capitals"), (.post, "quizzes/capitals/attempt/finish"),
                (.delete, "contests/final/prediction"),
            ] {
                let foreign = try await client.send(method, "/v1/members/\(ann)/\(path)", key: world.keys.radio)
                #expect(foreign.status == 404)
            }
            _ = try await client.send(
                .put, "/v1/members/\(ann)/contests/final/prediction", key: world.keys.all,
                json: ["home": 1, "away": 1])
            let radio = try await client.send(.get, "/v1/contests", key: world.keys.radio)
            #expect(try radio.json["contests"]?[0]?["predictions"] == 0)
            let unknown = try await client.send(
                .post, "/v1/members/\(ann)/quizzes/nope/attempt", key: world.keys.all)
            #expect(unknown.status == 404)
        }
    }
}
