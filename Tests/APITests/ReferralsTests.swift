import HTTPTypes
import Primitives
import Testing

@testable import API

@Suite struct ReferralsTests {
    @Test func aCodeIsPassedOnOverHTTP() async throws {
        try await World.with { world, client in
            let key = world.keys.all
            _ = try await client.event(key, id: "1", type: "donation.made", data: ["amount": 1])
            let (ann, bob) = (try await world.member("ann"), try await world.member("bob"))
            let mine = try await client.send(.get, "/v1/members/\(ann)/referral", key: key)
            #expect(mine.status == 200)
            let code = try #require(try mine.json["code"]?.stringValue)
            #expect(try mine.json["link"]?.stringValue?.hasPrefix("https://post.example/") == true)
            let claim = "/v1/members/\(bob)/referral/claim"
            let claimed = try await client.send(.post, claim, key: key, json: ["code": .string(code)])
            #expect(claimed.status == 201)
            #expect(
                try await client.send(.post, claim, key: key, json: ["code": "0000-0000-0000-0000"]).problem
                    == "referral-refused")
            let drawn = try await client.send(.post, "/v1/members/\(ann)/referral/code", key: key)
            #expect(drawn.status == 200)
            #expect(try drawn.json["code"]?.stringValue != code)
            #expect(try drawn.json["waiting"] == 1)
            let counts = try await client.send(.get, "/v1/referrals", key: key)
            #expect(try counts.json["open"] == 1)
            let invite = "/v1/members/\(ann)/referral/invitations"
            #expect(
                try await client.send(.post, invite, key: key, json: ["standing": "nobody"]).problem
                    == "referral-refused")
            let answer = "/v1/members/\(ann)/referral/answers"
            let yes: JSONValue = ["standing": "voice", "accept": true]
            #expect(try await client.send(.post, answer, key: key, json: yes).problem == "referral-refused")
            #expect(try await client.send(.post, invite, key: key, json: ["standing": "voice"]).status == 200)
            #expect(try await client.send(.post, answer, key: key, json: yes).status == 200)
            let list = try await client.send(.get, "/v1/ambassadors?standing=voice", key: key)
            #expect(try list.json["data"]?.arrayValue?.first?["member"]?.stringValue == ann.description)
            #expect(
                try await client.send(.get, "/v1/members/\(ann)/referral", key: key).json["ambassador"] == "voice")
        }
    }
}
