import HTTPTypes
import HummingbirdTesting
import Loyalty
import Personalisation
import Primitives
import Runtime
import Testing

@testable import API

/// How far profiling goes for a member, read and chosen over HTTP.
@Suite struct ProfilingTests {
    @Test func aChoiceHoldsOnTheNextRequest() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let path = "/v1/members/\(member)/profiling"
            func read() async throws -> JSONValue { try await client.send(.get, path, key: world.keys.all).json }
            let start = try await read()
            #expect(start["levels"] == ["recommendations": "session", "rewards": "session", "messages": "session"])
            #expect(start["kept_at"] == "session" && start["asked"] == false && start["surprise"] == 10)
            #expect(start["paused"] == false && start["paused_until"] == .null)
            for (level, kept) in PrivacyLevel.allCases.map({ ($0.rawValue, $0.rawValue) }) {
                let chosen = try await client.send(.put, path, key: world.keys.all, json: ["level": .string(level)])
                #expect(chosen.status == 200)
                let held = try await read()
                #expect(try chosen.json == held, "the answer is what holds")
                #expect(held["kept_at"] == .string(kept))
                let shown = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all).json
                #expect(shown["level"] == .string(kept))
            }
            let some = try await client.send(
                .put, path, key: world.keys.all,
                json: [
                    "level": "session", "levels": ["messages": "off", "rewards": "persona"], "surprise": 25,
                    "pause": "today",
                ])
            #expect(try some.json["levels"] == ["recommendations": "session", "rewards": "persona", "messages": "off"])
            #expect(try some.json["kept_at"] == "persona" && some.json["surprise"] == 25)
            #expect(try some.json["paused"] == true && some.json["paused_until"]?.stringValue != nil)
            let open = try await client.send(.put, path, key: world.keys.all, json: ["pause": "open"]).json
            #expect(open["paused"] == true && open["paused_until"] == .null && open["surprise"] == 25)
            let resumed = try await client.send(.put, path, key: world.keys.all, json: ["pause": "none"]).json
            #expect(resumed["paused"] == false)
            // The older way to say it is the same switch.
            _ = try await client.send(
                .patch, "/v1/members/\(member)", key: world.keys.all, json: ["level": "off"])
            #expect(
                try await read()["levels"] == ["recommendations": "off", "rewards": "off", "messages": "off"])
        }
    }

    @Test func theSameRequestAgainIsOneAndWhatIsWrongIsNamed() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let path = "/v1/members/\(member)/profiling"
            for _ in 0..<2 {
                let chosen = try await client.send(
                    .put, path, key: world.keys.all, json: ["level": "persona"], headers: ["Idempotency-Key": "k"])
                #expect(chosen.status == 200)
                #expect(try chosen.json["kept_at"] == "persona")
            }
            let other = try await client.send(
                .put, path, key: world.keys.all, json: ["level": "off"], headers: ["Idempotency-Key": "k"])
            #expect(other.problem == "idempotency-key-reused")
            for body in [
                ["level": "all"], ["level": .null], ["levels": ["rewards": "much"]], ["levels": ["offers": "off"]],
                ["levels": []], ["surprise": 11], ["surprise": "10"], ["pause": "week"], ["asked": "yes"], ["more": 1],
            ] as [JSONValue] {
                #expect(try await client.send(.put, path, key: world.keys.all, json: body).status == 422, "\(body)")
            }
            #expect(try await client.send(.put, path, key: world.keys.all, json: [:]).status == 200)
            #expect(try await client.send(.get, path, key: world.keys.all).json["kept_at"] == "persona")
            let stranger = "/v1/members/0197f5c8-0000-7000-8000-000000000001/profiling"
            #expect(try await client.send(.get, stranger, key: world.keys.all).status == 404)
            #expect(try await client.send(.put, stranger, key: world.keys.all, json: ["level": "off"]).status == 404)
        }
    }

    @Test func anEventWithoutTraceEarnsTheSame() throws {
        func read(_ text: String) throws -> EventAttributes.Outcome {
            let bytes = Array(text.utf8)
            var reader = JSONReader(bytes.span)
            return try CloudEventReader(received: Instant(seconds: 1_800_000_000)).read(&reader)
        }
        func event(_ traceless: String) -> String {
            """
            {"specversion": "1.0", "id": "1", "source": "s", "type": "t", "subject": "ann", "data": {}\(traceless)}
            """
        }
        for (text, isTraceless) in [
            ("", false), (#", "traceless": true"#, true), (#", "traceless": false"#, false),
            (#", "traceless": null"#, false),
        ] {
            guard case .event(let envelope, _) = try read(event(text)) else {
                Issue.record("refused: \(text)")
                continue
            }
            #expect(envelope.event.isTraceless == isTraceless)
        }
        guard case .refused(_, let faults) = try read(event(#", "traceless": "yes""#)) else {
            Issue.record("taken")
            return
        }
        #expect(faults.map(\.field) == ["traceless"])
    }
}
