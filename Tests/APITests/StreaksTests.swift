import Access
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Testing

@testable import API

/// Sunday 15 June 2025, noon.
@Suite struct StreaksTests {
    private static func streak(
        _ member: MemberID, _ world: World, _ client: any TestClientProtocol
    ) async throws -> JSONValue {
        let answer = try await client.send(.get, "/v1/members/\(member)/streaks", key: world.keys.all)
        #expect(answer.status == 200)
        return try answer.json
    }

    @Test func streaksShowWhatTheyAreNow() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let json = try await Self.streak(member, world, client)
            #expect(json["pause"] == .null)
            let streak = try #require(json["streaks"]?[0])
            #expect(streak["streak"] == "reading-week")
            #expect(streak["current"] == 0)
            #expect(streak["freezes"] == 1)
            #expect(streak["goal"] == ["days": 3, "done": 1, "next": 3, "from": 1, "to": 7])
            #expect(streak["ends_at"] == "2025-06-15T22:00:00.000Z")
            #expect(streak["recent"]?.arrayValue?.count == StreakState.recentPeriods)
            #expect(streak["recent"]?.arrayValue?.last == ["day": "2025-06-09", "state": "open"])
        }
    }

    @Test func aGoalHoldsFromTheNextPeriodOn() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let path = "/v1/members/\(member)/streaks/reading-week/goal"
            let first = try await client.send(
                .put, path, key: world.keys.all, json: ["days": 1], headers: ["Idempotency-Key": "g"])
            #expect(first.status == 200)
            let again = try await client.send(
                .put, path, key: world.keys.all, json: ["days": 1], headers: ["Idempotency-Key": "g"])
            #expect(again.text == first.text)
            let streak = try await Self.streak(member, world, client)["streaks"]?[0]
            #expect(streak?["goal"]?["days"] == 3)
            #expect(streak?["goal"]?["next"] == 1)
            #expect(streak?["current"] == 0)
            for (days, problem) in [(0, "invalid"), (8, "goal-not-offered")] {
                let refused = try await client.send(
                    .put, path, key: world.keys.all, json: ["days": .integer(Int64(days))])
                #expect(refused.problem == problem)
            }
            let unknown = try await client.send(
                .put, "/v1/members/\(member)/streaks/nope/goal", key: world.keys.all, json: ["days": 1])
            #expect(unknown.problem == "unknown-streak")
        }
    }

    @Test func aPauseIsSetReplacedAndEnded() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let path = "/v1/members/\(member)/streaks/pause"
            func put(_ from: String, _ to: String) async throws -> TestAnswer {
                try await client.send(
                    .put, path, key: world.keys.all, json: ["from": .string(from), "to": .string(to)])
            }
            #expect(try await put("2025-06-10", "2025-06-20").status == 200)
            #expect(
                try await Self.streak(member, world, client)["pause"] == ["from": "2025-06-10", "to": "2025-06-20"])
            #expect(try await put("2025-06-16", "2025-06-18").status == 200)
            #expect(
                try await Self.streak(member, world, client)["pause"] == ["from": "2025-06-16", "to": "2025-06-18"])
            #expect(try await client.send(.delete, path, key: world.keys.all).status == 200)
            #expect(try await Self.streak(member, world, client)["pause"] == .null)
            #expect(try await put("2025-06-01", "2025-06-20").problem == "pause-out-of-range")
            #expect(try await put("2025-06-16", "2025-12-20").problem == "pause-out-of-range")
            #expect(try await put("2025-06-16", "2025-06-15").problem == "contradiction")
            #expect(try await put("16 June", "2025-06-18").problem == "invalid")
        }
    }

    @Test func aRepairHoldsForEverybodyAndOnce() async throws {
        try await World.with { world, client in
            let path = "/v1/streaks/reading-week/repairs"
            for _ in 0..<2 {
                let answer = try await client.send(
                    .post, path, key: world.keys.all, json: ["from": "2025-06-13", "to": "2025-06-14"])
                #expect(answer.status == 201)
                #expect(try answer.json == ["streak": "reading-week", "from": "2025-06-13", "to": "2025-06-14"])
            }
            let list = try await client.send(.get, path, key: world.keys.all)
            #expect(
                try list.json["data"] == [["streak": "reading-week", "from": "2025-06-13", "to": "2025-06-14"]])
            _ = try await client.event(world.keys.all, id: "1")
            let streak = try await Self.streak(try await world.member("ann"), world, client)["streaks"]?[0]
            #expect(streak?["recent"]?.arrayValue?.last?["state"] == "excused")
            for (from, to) in [
                ("2025-06-17", "2025-06-17"), ("2025-05-01", "2025-06-14"), ("2020-01-01", "2020-01-01"),
            ] {
                let answer = try await client.send(
                    .post, path, key: world.keys.all, json: ["from": .string(from), "to": .string(to)])
                #expect(answer.problem == "invalid")
            }
            let nowhere = try await client.send(
                .post, "/v1/streaks/nope/repairs", key: world.keys.all,
                json: ["from": "2025-06-14", "to": "2025-06-14"])
            #expect(nowhere.status == 404)
            let reading = try await client.send(
                .post, path, key: world.keys.only[.programmeRead], json: ["from": "2025-06-14", "to": "2025-06-14"])
            #expect(reading.problem == "missing-scope")
        }
    }
}
