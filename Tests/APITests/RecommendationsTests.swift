import Catalogue
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Personalisation
import Primitives
import Runtime
import Storage
import Testing

@testable import API

/// What to read next over HTTP: by level, with reasons, and the lists of personas that are everybody's.
@Suite struct RecommendationsTests {
    private static func fill(_ world: World) async throws {
        let drafts = (0..<30).map { index in
            var draft = ItemDraft(id: "i-\(index)", title: ["en": "Item \(index)"])
            draft.topics = [index % 3 == 0 ? "opera" : index % 3 == 1 ? "city" : "sport"]
            draft.language = "en"
            draft.publishedAt = World.noon.adding(milliseconds: -Int64(index) * 3_600_000)
            return draft
        }
        _ = try await world.catalogue.store.putItems(world.post, drafts, now: World.noon)
    }

    private static func items(_ answer: JSONValue) -> [String] {
        answer["data"]?.arrayValue?.compactMap { $0["item"]?.stringValue } ?? []
    }

    private static func kinds(_ answer: JSONValue) -> [[String]] {
        answer["data"]?.arrayValue?.map { item in
            item["reasons"]?.arrayValue?.compactMap { $0["kind"]?.stringValue } ?? []
        } ?? []
    }

    @Test func eachLevelLooksAtWhatItMay() async throws {
        try await World.with { world, client in
            try await Self.fill(world)
            _ = try await client.event(
                world.keys.all, id: "1", data: ["item": "i-0", "share": 0.9, "seconds": 60])
            let member = try await world.member("ann")
            func list(_ query: String = "", visit: String = "") async throws -> JSONValue {
                let answer = try await client.send(
                    .get, "/v1/recommendations?member=\(member)&limit=5\(query)", key: world.keys.all,
                    headers: ["Stamgast-Visit": visit])
                #expect(answer.status == 200)
                return try answer.json
            }
            let fresh = try await list()
            #expect(fresh["level"] == "session")
            #expect(Self.items(fresh).count == 5)
            #expect(Self.kinds(fresh).allSatisfy { !$0.isEmpty })
            // The visit is looked at for this answer and for no other.
            let visit = try await list(visit: "i-3,nothing,i%2D6")
            #expect(!Self.items(visit).contains("i-3") && !Self.items(visit).contains("i-6"))
            #expect(Self.kinds(visit).flatMap { $0 }.contains("topic"))
            #expect(Self.items(try await list()) == Self.items(fresh))
            let off = try await list("&profile=off", visit: "i-3")
            let visitor = try await client.send(
                .get, "/v1/recommendations?limit=5&profile=off", key: world.keys.page
            ).json
            #expect(off["level"] == "off")
            #expect(off["data"] == visitor["data"])
            // A change of level holds for the next request, and so does the browser's objection.
            for (level, key) in [("persona", "a"), ("personal", "b"), ("off", "c"), ("personal", "d")] {
                let chosen = try await client.send(
                    .put, "/v1/members/\(member)/profiling", key: world.keys.all, json: ["level": .string(level)],
                    headers: ["Idempotency-Key": key])
                #expect(chosen.status == 200)
                #expect(try await list()["level"] == .string(level))
            }
            let objecting = try await client.send(
                .get, "/v1/recommendations?member=\(member)", key: world.keys.all, headers: ["Sec-GPC": "1"])
            #expect(try objecting.json["level"] == "session")
        }
    }

    @Test func aPersonaCountsFromItsLevelOn() async throws {
        try await World.with { world, client in
            try await Self.fill(world)
            _ = try await client.event(world.keys.all, id: "1", data: ["item": "i-0", "share": 0.9, "seconds": 60])
            let member = try await world.member("ann")
            _ = try await world.engine.perform(
                .profile(.init(traits: ["persona": "evenings", "topics-less": ["sport"]])), member: member,
                in: world.post)
            func list() async throws -> JSONValue {
                try await client.send(
                    .get, "/v1/recommendations?member=\(member)&limit=20", key: world.keys.all
                ).json
            }
            let before = try await list()
            #expect(before["persona"] == .null)
            #expect(!Self.kinds(before).flatMap { $0 }.contains("persona"))
            #expect(before["data"]?.arrayValue?.allSatisfy { $0["topics"] != ["sport"] } == true)
            _ = try await world.engine.choose(.all(.persona), of: member, in: world.post, surface: .api)
            let after = try await list()
            #expect(after["persona"] == "evenings")
            #expect(Self.kinds(after).flatMap { $0 }.contains("persona"))
            // Whoever goes below the level leaves the persona behind.
            _ = try await world.engine.choose(.all(.session), of: member, in: world.post, surface: .api)
            _ = try await world.engine.choose(.all(.persona), of: member, in: world.post, surface: .api)
            #expect(try await list()["persona"] == .null)
        }
    }

    @Test func whoMayAskForWhom() async throws {
        try await World.with { world, client in
            try await Self.fill(world)
            _ = try await client.event(world.keys.all, id: "1")
            let member = try await world.member("ann")
            let named = try await client.send(.get, "/v1/recommendations?member=\(member)", key: world.keys.page)
            #expect(named.problem == "missing-scope")
            let stranger = "/v1/recommendations?member=0197f5c8-0000-7000-8000-000000000001"
            #expect(try await client.send(.get, stranger, key: world.keys.all).status == 404)
            let badPass = try await client.send(
                .get, "/v1/recommendations", key: world.keys.page, headers: ["Stamgast-Pass": "nonsense"])
            #expect(badPass.problem == "pass-refused")
            for query in ["limit=0", "limit=51", "limit=%2B1", "kind=book", "language=-", "profile=maybe"] {
                #expect(try await client.send(.get, "/v1/recommendations?\(query)", key: world.keys.all).status == 400)
            }
        }
    }

    @Test func personasAreTheSameForEverybody() async throws {
        try await World.with { world, client in
            try await Self.fill(world)
            let personas = try await client.send(.get, "/v1/personas", key: world.keys.page)
            #expect(try personas.json["data"]?.arrayValue?.count == 1)
            #expect(try personas.json["data"]?.arrayValue?[0]["topics"]?.arrayValue?[0]["topic"] == "opera")
            let path = "/v1/personas/evenings/candidates"
            let (server, page) = (
                try await client.send(.get, path, key: world.keys.all),
                try await client.send(.get, path, key: world.keys.page)
            )
            #expect(server.body == page.body)
            #expect(Self.items(try server.json).count == 20)
            #expect(Self.items(try server.json).first == "i-0")
            #expect(server.headers[.cacheControl] == "public, max-age=60")
            let tag = try #require(server.headers[.eTag])
            let again = try await client.send(
                .get, path, key: world.keys.page, headers: ["If-None-Match": "\"x\", W/\(tag)"])
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
            #expect(again.headers[.eTag] == tag)
            #expect(try await client.send(.get, "/v1/personas/nobody/candidates", key: world.keys.all).status == 404)
        }
    }

    @Test func afterAnItemComesWhatIsAboutTheSame() async throws {
        try await World.with { world, client in
            try await Self.fill(world)
            let path = "/v1/items/i-4/related?limit=9"
            let answer = try await client.send(.get, path, key: world.keys.page)
            #expect(Self.items(try answer.json).count == 9)
            #expect(try answer.json["data"]?.arrayValue?.allSatisfy { $0["topics"] == ["city"] } == true)
            #expect(try answer.json["data"]?.arrayValue?.allSatisfy { $0["reason"] == "topic" } == true)
            #expect(answer.headers[.eTag] != nil)
            #expect(try await client.send(.get, "/v1/items/none/related", key: world.keys.page).status == 404)
        }
    }

    /// Trained on histories of the level `personal` alone, kept, and there again after a restart.
    @Test func theModelIsTrainedOnPersonalHistoriesAndKept() async throws {
        try await World.with { world, client in
            try await Self.fill(world)
            for reader in 0..<8 {
                _ = try await client.event(
                    world.keys.all, user: "r\(reader)", id: "first-\(reader)", type: "story.opened",
                    data: ["item": "i-20"])
                let member = try await world.member("r\(reader)")
                if reader < 6 {
                    _ = try await world.engine.choose(.all(.personal), of: member, in: world.post, surface: .api)
                }
                for item in ["i-1", "i-2"] {
                    _ = try await client.event(
                        world.keys.all, user: "r\(reader)", id: "\(item)-\(reader)", type: "story.opened",
                        data: ["item": .string(item)])
                }
            }
            let now = world.clock.now()
            #expect(try await world.recommendations.isDue(world.post, at: now))
            let model = try #require(try await world.recommendations.train(world.post))
            #expect(model.readers == 6)
            #expect(model.readings == 12)
            #expect(model.knows(try #require(ItemID("i-1"))))
            // What was read before the choice of the level was never kept.
            #expect(model.place(of: try #require(ItemID("i-20"))) == nil)
            #expect(try await !world.recommendations.isDue(world.post, at: now))
            let store = RecommendationStore(programme: world.post)
            #expect(try await world.engine.database.read { try store.model($0) } == model)
            let member = try await world.member("r7")
            let list = try await client.send(
                .get, "/v1/recommendations?member=\(member)&limit=30", key: world.keys.all,
                headers: ["Stamgast-Visit": "i-1,i-20"]
            ).json
            let beside = list["data"]?.arrayValue?.first { $0["item"] == "i-2" }
            let reason = beside?["reasons"]?.arrayValue?.first { $0["kind"] == "beside" }
            #expect(reason?["because"] == ["i-1"])
        }
    }
}
