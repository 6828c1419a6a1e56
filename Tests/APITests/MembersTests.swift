import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Testing

@testable import API

@Suite struct MembersTests {
    /// Gives a user ink, through an event.
    static func give(
        _ amount: Int64, to user: String, _ world: World, _ client: any TestClientProtocol, id: String = "gift"
    ) async throws -> MemberID {
        let answer = try await client.event(
            world.keys.all, user: user, id: id, type: "donation.made", data: ["amount": .integer(amount)])
        #expect(try answer.json["results"]?[0]?["status"] == "accepted")
        return try await world.member(user)
    }

    static func ink(_ member: MemberID, _ world: World, _ client: any TestClientProtocol) async throws -> JSONValue? {
        try await client.send(.get, "/v1/members/\(member)", key: world.keys.all).json["balances"]?[0]
    }

    @Test func memberShowsWhatTheyHave() async throws {
        try await World.with { world, client in
            for number in 1...3 { _ = try await client.event(world.keys.all, id: "\(number)") }
            let member = try await world.member("ann")
            let answer = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all)
            #expect(answer.status == 200)
            let json = try answer.json
            #expect(json["member"]?.stringValue == member.description)
            #expect(json["level"] == "session")
            #expect(json["balances"]?[0]?["unit"] == "ink")
            #expect(json["balances"]?[0]?["spendable"] == 60)
            #expect(json["next_tier"] == ["id": "silver", "missing": 1])
            #expect(json["tier"] == .null)
            #expect(json["challenges"]?[0]?["count"] == 3)
            #expect(json["challenges"]?[0]?["completions"] == 1)
            #expect(json["badges"]?[0]?["badge"] == "reader")
            #expect(json["rewards"]?[0]?["can_redeem"] == true)
            #expect(json["joined_day"] == "2025-06-15")
        }
    }

    @Test func memberIsFoundByExternalIdentifierWithoutBeingCreated() async throws {
        try await World.with { world, client in
            let path = "/v1/members/by-external/user/anna%2F%C3%A9"
            #expect(try await client.send(.get, path, key: world.keys.all).status == 404)
            _ = try await client.event(world.keys.all, user: "anna/é", id: "1")
            let found = try await client.send(.get, path, key: world.keys.all)
            let member = try await world.member("anna/é")
            #expect(try found.json["member"]?.stringValue == member.description)
            #expect(try await client.send(.get, path, key: world.keys.radio).status == 404)
            for bad in ["/v1/members/by-external/Nö/x", "/v1/members/by-external/user/%FF"] {
                #expect(try await client.send(.get, bad, key: world.keys.all).status == 404)
            }
        }
    }

    @Test(arguments: ["0197f5c8-0000-7000-8000-000000000000", "ann", "0197F5C800007000800000000000ABCD", "%00"])
    func unknownMemberIsNotFound(member: String) async throws {
        try await World.with { world, client in
            for path in ["", "/history"] {
                let answer = try await client.send(.get, "/v1/members/\(member)\(path)", key: world.keys.all)
                #expect(answer.status == 404)
                #expect(answer.problem == "not-found")
            }
            let change = try await client.send(.patch, "/v1/members/\(member)", key: world.keys.all, json: [:])
            #expect(change.status == 404)
        }
    }

    @Test func historyIsPagedLatestFirstWithReasons() async throws {
        try await World.with { world, client in
            for number in 0..<7 {
                _ = try await client.event(
                    world.keys.all, id: "\(number)", type: "donation.made",
                    data: ["amount": .integer(Int64(number + 1))])
            }
            let member = try await world.member("ann")
            #expect(!world.engine.zones.version.isEmpty)
            var seen: [JSONValue] = []
            var after = ""
            for _ in 0..<10 {
                let page = try await client.send(
                    .get, "/v1/members/\(member)/history?limit=3" + after, key: world.keys.all)
                #expect(page.status == 200)
                seen += try #require(try page.json["data"]?.arrayValue)
                guard let next = try page.json["next"]?.stringValue else { break }
                after = "&after=" + next
            }
            let whole = try await client.send(.get, "/v1/members/\(member)/history?limit=200", key: world.keys.all)
            #expect(try whole.json["data"] == .array(seen))
            #expect(seen.filter { $0["kind"] == "award" }.count == 7)
            #expect(seen.filter { $0["kind"] == "award" }.allSatisfy { $0["why"] == "You gave." })
            #expect(Set(seen.compactMap { $0["id"]?.stringValue }).count == seen.count)
            #expect(seen.allSatisfy { $0["zone_data"] == [.string(world.engine.zones.version)] })
        }
    }

    @Test(arguments: [
        "limit=0", "limit=201", "limit=-1", "limit=%2B5", "limit=x", "after=x", "after=%FF", "limit=1&limit=2",
        "after=",
    ])
    func badPagingIsAProblem(query: String) async throws {
        try await World.with { world, client in
            let member = try await Self.give(1, to: "ann", world, client)
            for path in ["/v1/members/\(member)/history", "/v1/items", "/v1/quarantine", "/v1/programme/versions"] {
                let answer = try await client.send(.get, path + "?" + query, key: world.keys.all)
                let isCursor = query == "after=x" || query == "after="
                #expect(answer.status == (isCursor ? 404 : 400), "\(path)")
                #expect(answer.problem == (isCursor ? "not-found" : "malformed-request"))
            }
        }
    }

    // MARK: Changes

    @Test func choicesOfAMemberAreChangedFieldByField() async throws {
        try await World.with { world, client in
            let member = try await Self.give(1, to: "ann", world, client)
            let change: JSONValue = [
                "level": "personal", "time_zone": "America/New_York", "day_start": "04:30", "language": "nl",
                "paused": true, "traits": ["topics": ["opera", "cycling"], "letters": true],
            ]
            let answer = try await client.send(.patch, "/v1/members/\(member)", key: world.keys.all, json: change)
            #expect(answer.status == 200)
            let rest = try await client.send(
                .patch, "/v1/members/\(member)", key: world.keys.all,
                json: ["traits": ["letters": .null], "paused": false], type: "application/merge-patch+json")
            #expect(rest.status == 200)
            let json = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all).json
            #expect(json["level"] == "personal")
            #expect(json["time_zone"] == "America/New_York")
            #expect(json["day_start"] == "04:30")
            #expect(json["language"] == "nl")
            #expect(json["paused"] == false)
            #expect(json["traits"]?["topics"] == ["opera", "cycling"])
            do {
                #expect(json["traits"] == ["topics": ["opera", "cycling"]])
            }
        }
    }

    @Test func aChildHasNoProfilingLevelUnlessAParentAgreed() async throws {
        try await World.with { world, client in
            let member = try await Self.give(1, to: "ann", world, client)
            let path = "/v1/members/\(member)"
            func change(_ change: JSONValue) async throws -> TestAnswer {
                try await client.send(.patch, path, key: world.keys.all, json: change)
            }
            func level() async throws -> JSONValue? {
                try await client.send(.get, path, key: world.keys.all).json["level"]
            }
            #expect(try await change(["level": "personal"]).status == 200)
            // Said later: the level goes down in the same request.
            #expect(try await change(["age_band": "under_16", "language": "nl"]).status == 200)
            #expect(try await level() == "session")
            for level in ["persona", "personal"] {
                let refused = try await change(["level": .string(level), "language": "en"])
                #expect(refused.status == 409)
                #expect(try refused.json["type"]?.stringValue?.hasSuffix("condition-not-met") == true)
                #expect(try refused.json["reason"] == "age")
            }
            #expect(try await change(["level": "persona", "age_band": "under_16"]).status == 409)
            let json = try await client.send(.get, path, key: world.keys.all).json
            #expect(json["level"] == "session" && json["language"] == "nl", "a refusal changes nothing")
            #expect(json["age_band"] == nil, "it stays in the vault")
            for level in ["off", "session"] { #expect(try await change(["level": .string(level)]).status == 200) }
            let agreed = try await change(["age_band": "under_16_with_consent", "level": "persona"])
            #expect(agreed.status == 200)
            #expect(try await level() == "persona")
        }
    }

    static let badChanges: [(JSONValue, String)] = [
        (["age_band": "12"], "age_band"), (["age_band": .null], "age_band"),
        (["level": "everything"], "level"), (["time_zone": "Mars/Olympus"], "time_zone"),
        (["time_zone": "../../etc/passwd"], "time_zone"), (["day_start": "25:00"], "day_start"),
        (["day_start": 240], "day_start"), (["language": "tlh"], "language"), (["paused": "yes"], "paused"),
        (["traits": ["shoe_size": 44]], "traits.shoe_size"), (["traits": ["letters": "yes"]], "traits.letters"),
        (["traits": ["topics": [1]]], "traits.topics"), (["traits": []], "traits"), (["name": "Ann"], "name"),
        ([], "body"), (["level": .null], "level"),
    ]

    @Test(arguments: badChanges) func badChangeNamesItsField(change: JSONValue, field: String) async throws {
        try await World.with { world, client in
            let member = try await Self.give(1, to: "ann", world, client)
            let before = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all)
            let answer = try await client.send(.patch, "/v1/members/\(member)", key: world.keys.all, json: change)
            #expect(answer.status == 422)
            #expect(answer.faultyFields == [field])
            #expect(try await client.send(.get, "/v1/members/\(member)", key: world.keys.all).body == before.body)
        }
    }

    @Test func adjustmentsCorrectABalanceBothWays() async throws {
        try await World.with { world, client in
            let member = try await Self.give(10, to: "ann", world, client)
            let path = "/v1/members/\(member)/adjustments"
            let more = try await client.send(
                .post, path, key: world.keys.all, json: ["unit": "ink", "amount": 5, "reason": "Sorry for the wait."])
            #expect(more.status == 201)
            #expect(try more.json["effects"]?[0]?["kind"] == "adjustment")
            let less = try await client.send(
                .post, path, key: world.keys.all, json: ["unit": "ink", "amount": -12, "reason": "Counted twice."])
            #expect(less.status == 201)
            #expect(try await Self.ink(member, world, client)?["spendable"] == 3)
            let tooMuch = try await client.send(
                .post, path, key: world.keys.all, json: ["unit": "ink", "amount": -4, "reason": "No."])
            #expect(tooMuch.status == 409)
            #expect(tooMuch.problem == "insufficient-balance")
            #expect(try tooMuch.json["spendable"] == 3)
        }
    }

    static let badAdjustments: [(JSONValue, Int)] = [
        (["unit": "ink", "amount": 0, "reason": "x"], 422), (["unit": "ink", "amount": 5], 422),
        (["unit": "ink", "amount": 5, "reason": ""], 422), (["unit": "pounds", "amount": 5, "reason": "x"], 409),
        (["unit": "ink", "amount": 1.5, "reason": "x"], 422), (["unit": "ink", "amount": "5", "reason": "x"], 422),
        (["unit": "ink", "amount": .integer(.max), "reason": "x"], 422),
        (["unit": "ink", "amount": .integer(.min), "reason": "x"], 422),
        (["unit": "ink", "amount": .unsigned(.max), "reason": "x"], 422),
        (["unit": "ink", "amount": 1e300, "reason": "x"], 422),
        (["unit": "ink", "amount": 5, "reason": "x", "extra": 1], 422),
    ]

    @Test(arguments: badAdjustments) func badAdjustmentChangesNothing(body: JSONValue, status: Int) async throws {
        try await World.with { world, client in
            let member = try await Self.give(10, to: "ann", world, client)
            let answer = try await client.send(
                .post, "/v1/members/\(member)/adjustments", key: world.keys.all, json: body)
            #expect(answer.status == status)
            #expect(answer.problem != nil)
            #expect(try await Self.ink(member, world, client)?["spendable"] == 10)
        }
    }

    @Test func redeemingHoldsConfirmsAndCancels() async throws {
        try await World.with { world, client in
            let member = try await Self.give(50, to: "ann", world, client)
            let path = "/v1/members/\(member)/redemptions"
            let first = try await client.send(.post, path, key: world.keys.all, json: ["reward": "mug"])
            #expect(first.status == 201)
            let hold = try #require(try first.json["redemption"]?["redemption"]?.stringValue)
            #expect(try first.json["redemption"]?["state"] == "open")
            #expect(try await Self.ink(member, world, client)?["held"] == 20)
            let confirmed = try await client.send(.post, "\(path)/\(hold)/confirm", key: world.keys.all)
            #expect(confirmed.status == 200)
            #expect(try confirmed.json["redemption"]?["state"] == "confirmed")
            #expect(try await client.send(.post, "\(path)/\(hold)/confirm", key: world.keys.all).status == 200)
            let tooLate = try await client.send(.post, "\(path)/\(hold)/cancel", key: world.keys.all)
            #expect(tooLate.problem == "hold-ended")
            #expect(try tooLate.json["state"] == "confirmed")
            let second = try await client.send(.post, path, key: world.keys.all, json: ["reward": "mug"])
            let other = try #require(try second.json["redemption"]?["redemption"]?.stringValue)
            #expect(try await client.send(.post, "\(path)/\(other)/cancel", key: world.keys.all).status == 200)
            #expect(try await Self.ink(member, world, client)?["spendable"] == 30)
        }
    }

    @Test func redeemingIsRefusedWithItsReason() async throws {
        try await World.with { world, client in
            let poor = try await Self.give(1, to: "poor", world, client)
            let rich = try await Self.give(500, to: "rich", world, client, id: "2")
            func redeem(_ member: MemberID, _ reward: String) async throws -> TestAnswer {
                try await client.send(
                    .post, "/v1/members/\(member)/redemptions", key: world.keys.all, json: ["reward": .string(reward)])
            }
            #expect(try await redeem(poor, "mug").problem == "insufficient-balance")
            #expect(try await redeem(rich, "moon").problem == "unknown-reward")
            #expect(try await redeem(rich, "mug").status == 201)
            #expect(try await redeem(rich, "mug").status == 201)
            #expect(try await redeem(rich, "mug").problem == "out-of-stock")
            let unknown = "0197f5c8-0000-7000-8000-000000000000"
            let path = "/v1/members/\(rich)/redemptions/\(unknown)/confirm"
            #expect(try await client.send(.post, path, key: world.keys.all).status == 404)
        }
    }

    @Test func reversalTakesAnEffectBackOnce() async throws {
        try await World.with { world, client in
            let member = try await Self.give(10, to: "ann", world, client)
            let history = try await client.send(.get, "/v1/members/\(member)/history", key: world.keys.all)
            let award = try #require(try history.json["data"]?.arrayValue?.first { $0["kind"] == "award" }?["id"])
            let path = "/v1/members/\(member)/reversals"
            let first = try await client.send(.post, path, key: world.keys.all, json: ["effect": award])
            #expect(first.status == 201)
            #expect(try first.json["effects"]?[0]?["kind"] == "reversal")
            #expect(try await Self.ink(member, world, client)?["spendable"] == 0)
            let again = try await client.send(.post, path, key: world.keys.all, json: ["effect": award])
            #expect(again.status == 201)
            #expect(try again.json["effects"] == [])
            let unknown = try await client.send(
                .post, path, key: world.keys.all, json: ["effect": "0197f5c8-0000-7000-8000-000000000000"])
            #expect(unknown.problem == "unknown-effect")
            #expect(try await client.send(.post, path, key: world.keys.all, json: ["effect": "x"]).status == 422)
        }
    }

    @Test func entitlementsAreCheckedByName() async throws {
        try await World.with { world, client in
            let member = try await Self.give(10, to: "ann", world, client)
            func check(_ query: String) async throws -> TestAnswer {
                try await client.send(.get, "/v1/entitlements/check?" + query, key: world.keys.all)
            }
            let yes = try await check("member=\(member)&name=preview")
            #expect(try yes.json["granted"] == true)
            #expect(try yes.json["expires_at"]?.stringValue?.hasPrefix("2025-07-1") == true)
            #expect(try await check("member=\(member)&name=other").json["granted"] == false)
            #expect(try await check("member=0197f5c8-0000-7000-8000-000000000000&name=preview").status == 404)
            // Without a name it is asked for every gate of the programme.
            #expect(try await check("member=\(member)").status == 200)
            #expect(try await check("name=preview").status == 400)
            world.clock.advance(milliseconds: 40 * 86_400_000)
            #expect(try await check("member=\(member)&name=preview").json["granted"] == false)
        }
    }
}
