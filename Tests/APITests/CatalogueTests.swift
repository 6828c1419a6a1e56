import Catalogue
import HTTPTypes
import HummingbirdTesting
import Primitives
import Testing

@testable import API

@Suite struct CatalogueTests {
    static func item(_ id: String, _ title: String = "Stamgäst") -> JSONValue {
        [
            "id": .string(id), "kind": "article", "title": ["nl": .string(title)], "language": "nl",
            "topics": ["opera"], "makers": ["anna"], "body": ["nl": "Lang verhaal."],
        ]
    }

    @Test func itemsArePutListedReadAndForgotten() async throws {
        try await World.with { world, client in
            let put = try await client.send(
                .put, "/v1/items", key: world.keys.all, json: ["items": [Self.item("a/1 é"), Self.item("b")]])
            #expect(put.status == 200)
            #expect(try put.json["created"] == 2)
            #expect(try put.json["unknown_makers"] == ["anna"])
            let again = try await client.send(
                .put, "/v1/items", key: world.keys.all, json: ["items": [Self.item("a/1 é"), Self.item("b", "Nieuw")]])
            #expect(try again.json["unchanged"] == 1)
            #expect(try again.json["updated"] == 1)
            let one = try await client.send(.get, "/v1/items/a%2F1%20%C3%A9", key: world.keys.all)
            #expect(one.status == 200)
            #expect(try one.json["title"] == ["nl": "Stamgäst"])
            #expect(try one.json["body"] == ["nl": "Lang verhaal."])
            #expect(try one.json["state"] == "live")
            let list = try await client.send(.get, "/v1/items", key: world.keys.all)
            #expect(try list.json["data"]?.arrayValue?.compactMap { $0["id"] } == ["a/1 é", "b"])
            #expect(try await client.send(.delete, "/v1/items/b", key: world.keys.all).status == 204)
            #expect(try await client.send(.delete, "/v1/items/b", key: world.keys.all).status == 404)
            #expect(try await client.send(.get, "/v1/items/b", key: world.keys.all).status == 404)
        }
    }

    @Test func itemsOfAnotherProgrammeAreNotThere() async throws {
        try await World.with { world, client in
            _ = try await client.send(.put, "/v1/items", key: world.keys.all, json: ["items": [Self.item("a")]])
            #expect(try await client.send(.get, "/v1/items/a", key: world.keys.radio).status == 404)
            #expect(try await client.send(.delete, "/v1/items/a", key: world.keys.radio).status == 404)
            let list = try await client.send(.get, "/v1/items", key: world.keys.radio)
            #expect(try list.json["data"] == [])
            #expect(try await client.send(.get, "/v1/items/a", key: world.keys.all).status == 200)
        }
    }

    @Test func faultyItemsAreAllNamedAndNothingIsKept() async throws {
        try await World.with { world, client in
            let answer = try await client.send(
                .put, "/v1/items", key: world.keys.all,
                json: [
                    "items": [
                        Self.item("good"), ["id": "bad", "title": 7, "kind": "poem"],
                        ["id": "worse", "title": "x", "regions": ["Netherlands"]], 5,
                    ]
                ])
            #expect(answer.status == 422)
            #expect(answer.faultyFields.contains { $0.hasPrefix("items[1].title") })
            #expect(answer.faultyFields.contains { $0.hasPrefix("items[3]") })
            #expect(try await client.send(.get, "/v1/items/good", key: world.keys.all).status == 404)
        }
    }

    @Test func fieldsThatContradictEachOtherAreAConflict() async throws {
        try await World.with { world, client in
            var late = CatalogueTests.item("late")
            late["published_at"] = "2026-03-02T08:00:00Z"
            late["expires_at"] = "2026-03-01T08:00:00Z"
            for items: JSONValue in [[late], [CatalogueTests.item("twice"), CatalogueTests.item("twice")]] {
                let answer = try await client.send(.put, "/v1/items", key: world.keys.all, json: ["items": items])
                #expect(answer.status == 409)
                #expect(answer.problem == "contradiction")
            }
            for (path, entry) in [
                ("makers", ["id": "m", "name": "M"]), ("series", ["id": "s", "title": "S"]),
            ] as [(String, JSONValue)] {
                let answer = try await client.send(
                    .put, "/v1/" + path, key: world.keys.all,
                    json: .object(JSONObject([(path, .array([entry, entry]))])))
                #expect(answer.status == 409 && answer.problem == "contradiction", "\(answer.text)")
            }
            var both = late
            both["url"] = "javascript:alert(1)"
            let answer = try await client.send(.put, "/v1/items", key: world.keys.all, json: ["items": [both]])
            #expect(answer.status == 422)
        }
    }

    @Test(arguments: [JSONValue.object([:]), ["items": 7], ["items": [], "more": 1], []])
    func otherBodiesAreInvalid(body: JSONValue) async throws {
        try await World.with { world, client in
            let answer = try await client.send(.put, "/v1/items", key: world.keys.all, json: body)
            #expect(answer.problem == "invalid")
        }
    }

    @Test func itemsThatOnlyEventsNameAreListedAsStubs() async throws {
        try await World.with { world, client in
            for number in 0..<5 {
                _ = try await client.event(
                    world.keys.all, id: "\(number)",
                    data: ["item": .string("unknown-\(number)"), "share": 0.1, "seconds": 1])
            }
            let first = try await client.send(.get, "/v1/items/stubs?limit=3", key: world.keys.all)
            #expect(try first.json["data"]?.arrayValue?.count == 3)
            #expect(try first.json["data"]?[0] == ["id": "unknown-0", "first_seen": "2025-06-15"])
            let next = try #require(try first.json["next"]?.stringValue)
            let second = try await client.send(.get, "/v1/items/stubs?limit=3&after=\(next)", key: world.keys.all)
            #expect(try second.json["data"]?.arrayValue?.count == 2)
            #expect(try second.json["next"] == .null)
            #expect(
                try await client.send(.get, "/v1/items?state=stub", key: world.keys.all).json["data"]?[4]?["state"]
                    == "stub")
            #expect(try await client.send(.get, "/v1/items?state=lost", key: world.keys.all).status == 400)
        }
    }

    @Test func listsArePagedWithoutGapsOrRepetition() async throws {
        try await World.with { world, client in
            let names = ["ä", "a", "A", "z", "長", "b b", "b-b", "0"]
            _ = try await client.send(
                .put, "/v1/items", key: world.keys.all, json: ["items": .array(names.map { Self.item($0) })])
            _ = try await client.send(
                .put, "/v1/makers", key: world.keys.all,
                json: ["makers": .array(names.map { ["id": .string($0), "name": .string($0)] })])
            _ = try await client.send(
                .put, "/v1/series", key: world.keys.all,
                json: ["series": .array(names.map { ["id": .string($0), "title": ["nl": .string($0)]] })])
            for path in ["/v1/items", "/v1/makers", "/v1/series"] {
                var seen: [String] = []
                var after = ""
                for _ in 0..<10 {
                    let page = try await client.send(.get, "\(path)?limit=3\(after)", key: world.keys.all)
                    seen += try page.json["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
                    guard let next = try page.json["next"]?.stringValue else { break }
                    after = "&after=" + next
                }
                #expect(seen.count == names.count, "\(path)")
                #expect(Set(seen) == Set(names), "\(path)")
            }
        }
    }

    @Test func makersArePutAndListed() async throws {
        try await World.with { world, client in
            let put = try await client.send(
                .put, "/v1/makers", key: world.keys.all,
                json: ["makers": [["id": "anna", "name": "Anna de Vriës", "role": ["nl": "redacteur"]]]])
            #expect(try put.json["created"] == 1)
            let list = try await client.send(.get, "/v1/makers", key: world.keys.all)
            #expect(try list.json["data"]?[0]?["name"] == "Anna de Vriës")
            #expect(try list.json["next"] == .null)
            let bad = try await client.send(
                .put, "/v1/makers", key: world.keys.all, json: ["makers": [["id": "x"]]])
            #expect(bad.status == 422)
            #expect(bad.faultyFields.first?.hasPrefix("makers[0]") == true)
        }
    }

    @Test func feedsAreFollowedChangedAndLeft() async throws {
        try await World.with { world, client in
            let settings: JSONValue = [
                "url": "https://paper.example/rss", "interval_seconds": 600,
                "defaults": ["kind": "article", "language": "nl"],
            ]
            let put = try await client.send(.put, "/v1/feeds/front-page", key: world.keys.all, json: settings)
            #expect(put.status == 201)
            #expect(try put.json["enabled"] == true)
            #expect(try put.json["last_run_at"] == .null)
            var changed = settings
            changed["enabled"] = false
            #expect(
                try await client.send(.put, "/v1/feeds/front-page", key: world.keys.all, json: changed).status == 200)
            let one = try await client.send(.get, "/v1/feeds/front-page", key: world.keys.all)
            #expect(try one.json["enabled"] == false)
            #expect(try one.json["defaults"] == ["kind": "article", "language": "nl"])
            let list = try await client.send(.get, "/v1/feeds", key: world.keys.all)
            #expect(try list.json["data"]?.arrayValue?.count == 1)
            #expect(try await client.send(.get, "/v1/feeds/front-page", key: world.keys.radio).status == 404)
            #expect(try await client.send(.delete, "/v1/feeds/front-page", key: world.keys.radio).status == 404)
            #expect(try await client.send(.delete, "/v1/feeds/front-page", key: world.keys.all).status == 204)
            #expect(try await client.send(.get, "/v1/feeds/front-page", key: world.keys.all).status == 404)
        }
    }

    static let badFeeds: [(String, JSONValue, String)] = [
        ("f", ["url": "file:///etc/passwd"], "url"), ("f", [:], "url"),
        ("f", ["url": "https://x.example/", "interval_seconds": 5], "interval_seconds"),
        ("Bad%20Name", ["url": "https://x.example/"], "id"),
        ("f", ["url": "https://x.example/", "defaults": ["kind": "poem"]], "kind"),
        ("f", ["url": "https://x.example/", "every": 5], "every"),
    ]

    @Test(arguments: badFeeds) func badFeedNamesItsField(id: String, body: JSONValue, field: String) async throws {
        try await World.with { world, client in
            let answer = try await client.send(.put, "/v1/feeds/\(id)", key: world.keys.all, json: body)
            #expect(answer.status == 422)
            #expect(answer.faultyFields == [field])
        }
    }
}
