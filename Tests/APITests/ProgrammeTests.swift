import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Testing

@testable import API

@Suite struct ProgrammeTests {
    static func bundle(_ change: (inout [String: String]) -> Void = { _ in }) -> JSONValue {
        var texts = TestProgramme.texts("post")
        change(&texts)
        return .object(JSONObject(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    static func change(
        basedOn version: Int64, _ change: (inout [String: String]) -> Void = { _ in }
    ) -> JSONValue {
        ["based_on": .integer(version), "document": bundle(change)]
    }

    @Test func documentIsReadWithItsVersion() async throws {
        try await World.with { world, client in
            let answer = try await client.send(.get, "/v1/programme", key: world.keys.all)
            #expect(answer.status == 200)
            #expect(try answer.json["programme"] == "post")
            #expect(try answer.json["version"] == 1)
            #expect(try answer.json["digest"]?.stringValue?.count == 64)
            #expect(try answer.json["document"] == Self.bundle())
        }
    }

    @Test func newVersionIsInForceWithTheNextEvent() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            let put = try await client.send(
                .put, "/v1/programme", key: world.keys.all,
                json: Self.change(basedOn: 1) {
                    $0["rules/read-to-the-end.yaml"]?.replace("amount: 10", with: "amount: 12")
                })
            #expect(put.status == 200)
            #expect(try put.json["version"] == 2)
            #expect(try put.json["changed"] == true)
            #expect(try put.json["difference"]?["changes"]?[0]?["id"] == "read-to-the-end")
            let answer = try await client.event(world.keys.all, id: "2")
            let effects = try #require(try answer.json["results"]?[0]?["effects"]?.arrayValue)
            #expect(effects.first { $0["source"] == "read-to-the-end" }?["amount"] == 12)
        }
    }

    @Test func whatBecomesOfMembersMustBeSaid() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            func put(_ changes: String?) async throws -> TestAnswer {
                try await client.send(
                    .put, "/v1/programme", key: world.keys.all,
                    json: Self.change(basedOn: 1) {
                        $0["challenges/three-stories.yaml"]?.replace("target: 3", with: "target: 6")
                        $0["changes.yaml"] = changes
                    })
            }
            let refused = try await put(nil)
            #expect(refused.status == 409 && refused.problem == "undecided-changes")
            let change = try refused.json["changes"]?[0]
            #expect(change?["thing"] == "challenge" && change?["id"] == "three-stories" && change?["members"] == 1)
            #expect(change?["choices"] == ["keep", "convert", "restart"])
            #expect(try await client.send(.get, "/v1/programme", key: world.keys.all).json["version"] == 1)
            let wrong = try await put("from: 1\nchallenges: { three-stories: forget }\n")
            #expect(wrong.problem == "invalid-programme")
            let unused = try await put("from: 1\nchallenges: { three-stories: keep, other: keep }\n")
            #expect(try unused.json["unused"] == ["challenges.other"])
            let template = try #require(try refused.json["template"]?.stringValue)
            let taken = try await put(template.replacing("three-stories: keep", with: "three-stories: convert"))
            #expect(taken.status == 200)
            let member = try await world.member("ann")
            let ann = try await client.send(.get, "/v1/members/\(member)", key: world.keys.all).json
            #expect(ann["challenges"]?[0]?["count"] == 2)
            #expect(ann["challenges"]?[0]?["target"] == 6)
        }
    }

    @Test func sameDocumentChangesNothing() async throws {
        try await World.with { world, client in
            let put = try await client.send(
                .put, "/v1/programme", key: world.keys.all, json: Self.change(basedOn: 1))
            #expect(put.status == 200)
            #expect(try put.json["changed"] == false)
            #expect(try put.json["version"] == 1)
        }
    }

    @Test func outdatedBaseIsAnsweredWithTheDifference() async throws {
        try await World.with { world, client in
            let mine = Self.change(basedOn: 1) { $0["rewards/mug.yaml"]?.replace("stock: 2", with: "stock: 3") }
            let theirs = Self.change(basedOn: 1) { $0["rewards/mug.yaml"]?.replace("20, unit", with: "25, unit") }
            #expect(try await client.send(.put, "/v1/programme", key: world.keys.all, json: theirs).status == 200)
            let answer = try await client.send(.put, "/v1/programme", key: world.keys.all, json: mine)
            #expect(answer.status == 409)
            #expect(answer.problem == "outdated-version")
            #expect(try answer.json["version"] == 2)
            let changes = try #require(try answer.json["difference"]?["changes"]?.arrayValue)
            #expect(changes.contains { $0["thing"] == "reward" && $0["id"] == "mug" && $0["to"] == "25" })
            #expect(!changes.contains { $0["to"] == "3" })
        }
    }

    @Test func errorsComeWithTheirPlaceAndChangeNothing() async throws {
        try await World.with { world, client in
            let bad = Self.change(basedOn: 1) {
                $0["rules/donor.yaml"]?.replace("unit: ink", with: "unit: inkt")
                $0["rules/with-us.yaml"]?.replace("article.read", with: "article.red")
            }
            let answer = try await client.send(.put, "/v1/programme", key: world.keys.all, json: bad)
            #expect(answer.status == 409)
            #expect(answer.problem == "invalid-programme")
            let problems = try #require(try answer.json["problems"]?.arrayValue)
            #expect(Set(problems.compactMap { $0["path"]?.stringValue }) == ["rules/donor.yaml", "rules/with-us.yaml"])
            #expect(problems.allSatisfy { ($0["line"]?.intValue ?? 0) > 0 && ($0["column"]?.intValue ?? 0) > 0 })
            #expect(try await client.send(.get, "/v1/programme", key: world.keys.all).json["version"] == 1)
        }
    }

    @Test func documentOfAnotherProgrammeIsRefused() async throws {
        try await World.with { world, client in
            let foreign = Self.change(basedOn: 1) {
                $0["programme.yaml"]?.replace("programme: post", with: "programme: radio")
            }
            let put = try await client.send(.put, "/v1/programme", key: world.keys.all, json: foreign)
            #expect(put.problem == "invalid-programme")
            #expect(world.engine.host[world.radio]?.version == 1)
            let check = try await client.send(
                .post, "/v1/programme/check", key: world.keys.all, json: ["document": foreign["document"] ?? .null])
            #expect(try check.json["ok"] == false)
        }
    }

    @Test func checkSaysWhatIsWrongAndChangesNothing() async throws {
        try await World.with { world, client in
            let good = try await client.send(
                .post, "/v1/programme/check", key: world.keys.all, json: ["document": Self.bundle()])
            #expect(try good.json["ok"] == true)
            let bad = try await client.send(
                .post, "/v1/programme/check", key: world.keys.all,
                json: ["document": Self.bundle { $0["rules/donor.yaml"] = "rule: donor\n  trigger: [" }])
            #expect(bad.status == 200)
            #expect(try bad.json["ok"] == false)
            #expect(try bad.json["problems"]?.arrayValue?.contains { $0["path"] == "rules/donor.yaml" } == true)
            for document: JSONValue in [[:], 7, ["../escape.yaml": "x"], ["programme.yaml": 7]] {
                let answer = try await client.send(
                    .post, "/v1/programme/check", key: world.keys.all, json: ["document": document])
                #expect(try answer.json["ok"] == false)
            }
            #expect(try await client.send(.get, "/v1/programme", key: world.keys.all).json["version"] == 1)
        }
    }

    @Test func documentBombsAreRefused() async throws {
        try await World.with { world, client in
            var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
            for (before, name) in zip("abcdefgh", "bcdefghi") {
                bomb += "\(name): &\(name) [\(Array(repeating: "*\(before)", count: 9).joined(separator: ", "))]\n"
            }
            let deep = String(repeating: "[", count: 5_000)
            let expression = "event.share > 0.1" + String(repeating: " && (true", count: 3_000)
            for (path, text) in [
                ("texts/en.yaml", bomb), ("texts/en.yaml", deep),
                ("rules/bomb.yaml", "rule: bomb\ntrigger: article.read\nwhen: \(expression)\nthen: []\n"),
            ] {
                let answer = try await client.send(
                    .put, "/v1/programme", key: world.keys.all, json: Self.change(basedOn: 1) { $0[path] = text })
                #expect(answer.problem == "invalid-programme", "\(path)")
            }
        }
    }

    @Test(arguments: [JSONValue.object([:]), ["based_on": -1, "document": [:]], ["based_on": 1], ["document": [:]]])
    func otherBodiesAreInvalid(body: JSONValue) async throws {
        try await World.with { world, client in
            let answer = try await client.send(.put, "/v1/programme", key: world.keys.all, json: body)
            #expect(answer.problem == "invalid")
        }
    }

    @Test func versionsAreListedLatestFirst() async throws {
        try await World.with { world, client in
            for version in 1...4 {
                let put = try await client.send(
                    .put, "/v1/programme", key: world.keys.all,
                    json: Self.change(basedOn: Int64(version)) {
                        $0["rewards/mug.yaml"]?.replace("stock: 2", with: "stock: \(version + 2)")
                    })
                #expect(put.status == 200)
            }
            let first = try await client.send(.get, "/v1/programme/versions?limit=3", key: world.keys.all)
            #expect(try first.json["data"]?.arrayValue?.compactMap { $0["version"]?.intValue } == [5, 4, 3])
            #expect(try first.json["data"]?[0]?["applied_by"]?.stringValue?.hasPrefix("key:") == true)
            let next = try #require(try first.json["next"]?.stringValue)
            let second = try await client.send(
                .get, "/v1/programme/versions?limit=3&after=\(next)", key: world.keys.all)
            #expect(try second.json["data"]?.arrayValue?.compactMap { $0["version"]?.intValue } == [2, 1])
        }
    }
}
