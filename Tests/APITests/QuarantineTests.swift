import HTTPTypes
import HummingbirdTesting
import Primitives
import Testing

@testable import API

@Suite struct QuarantineTests {
    @Test func eventIsReplayedAfterAFix() async throws {
        try await World.with { world, client in
            let answer = try await client.event(
                world.keys.all, user: "secret-user", id: "1", type: "quiz.won", data: ["score": 7])
            #expect(try answer.json["results"]?[0]?["status"] == "quarantined")
            let list = try await client.send(.get, "/v1/quarantine", key: world.keys.all)
            let event = try #require(try list.json["data"]?[0])
            #expect(event["type"] == "quiz.won")
            #expect(event["code"] == "unknown-type")
            #expect(event["field"] == "type")
            #expect(!list.text.contains("secret-user"))
            let id = try #require(event["id"]?.stringValue)
            let early = try await client.send(.post, "/v1/quarantine/\(id)/replay", key: world.keys.all)
            #expect(try early.json["status"] == "quarantined")
            let put = try await client.send(
                .put, "/v1/programme", key: world.keys.all,
                json: ProgrammeTests.change(basedOn: 1) {
                    $0["events/quiz.won.yaml"] = "event: quiz.won\nfields:\n  score: { type: integer }\n"
                    $0["rules/quiz.yaml"] = """
                        rule: quiz
                        trigger: quiz.won
                        then:
                          - award: { amount: event.score, unit: ink }
                        why: { en: You won., nl: Je won. }

                        """
                })
            #expect(put.status == 200)
            let replay = try await client.send(.post, "/v1/quarantine/\(id)/replay", key: world.keys.all)
            #expect(try replay.json["status"] == "accepted")
            #expect(try replay.json["effects"]?[0]?["amount"] == 7)
            #expect(try await client.send(.get, "/v1/quarantine", key: world.keys.all).json["data"] == [])
            #expect(try await client.send(.post, "/v1/quarantine/\(id)/replay", key: world.keys.all).status == 404)
        }
    }

    @Test func eventIsGivenUp() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1", type: "quiz.won")
            let list = try await client.send(.get, "/v1/quarantine", key: world.keys.all)
            let id = try #require(try list.json["data"]?[0]?["id"]?.stringValue)
            #expect(try await client.send(.delete, "/v1/quarantine/\(id)", key: world.keys.radio).status == 404)
            #expect(try await client.send(.post, "/v1/quarantine/\(id)/replay", key: world.keys.radio).status == 404)
            #expect(try await client.send(.delete, "/v1/quarantine/\(id)", key: world.keys.all).status == 204)
            #expect(try await client.send(.delete, "/v1/quarantine/\(id)", key: world.keys.all).status == 404)
        }
    }

    @Test func listIsPaged() async throws {
        try await World.with { world, client in
            for number in 0..<7 { _ = try await client.event(world.keys.all, id: "\(number)", type: "quiz.won") }
            var seen: Set<String> = []
            var after = ""
            for _ in 0..<5 {
                let page = try await client.send(.get, "/v1/quarantine?limit=3" + after, key: world.keys.all)
                for event in try page.json["data"]?.arrayValue ?? [] {
                    let isNew = seen.insert(event["id"]?.stringValue ?? "").inserted
                    #expect(isNew)
                }
                guard let next = try page.json["next"]?.stringValue else { break }
                after = "&after=" + next
            }
            #expect(seen.count == 7)
        }
    }
}
