import Primitives
import Storage
import TestSupport
import Testing

@testable import Catalogue

@Suite("Popularity")
struct PopularityTests {
    private let now = Fixture.morning
    private let today = Fixture.day

    private func snapshot(_ drafts: [ItemDraft]) throws -> CatalogueSnapshot {
        var snapshot = CatalogueSnapshot(programme: try Fixture.programme())
        snapshot.apply(try drafts.map(Fixture.item))
        return snapshot
    }

    private func increment(
        _ item: String, _ count: Int64, daysAgo: Int = 0, _ signal: PopularitySignal = .opened
    ) throws -> PopularityIncrement {
        PopularityIncrement(item: try Fixture.id(item), day: today - daysAgo, signal: signal, count: count)
    }

    @Test("The day of an instant is the UTC day, also before 1970")
    func countsDays() {
        #expect(Popularity.day(now) == today)
        #expect(Popularity.day(Instant(milliseconds: -1)) == -1)
        #expect(Popularity.day(Instant(milliseconds: 86_400_000)) == 1)
    }

    @Test("Counts are durable, summed, and the same in memory and after a start", arguments: TestDatabases.engines)
    func counts(engine: Engine) async throws {
        try await TestDatabases.with(engine, [CatalogueSchema.schema]) { database in
            let programme = try Fixture.programme()
            let snapshot = try snapshot([Fixture.draft("a"), Fixture.draft("é")])
            let popularity = Popularity(database: database)
            let batches = try [
                [increment("a", 2), increment("a", 1), increment("é", 5, daysAgo: 3)], [increment("a", 1, daysAgo: 1)],
                [increment("é", 1, .finished), increment("a", 0), increment("a", -5)],
            ]
            for batch in batches {
                try await database.write { try Popularity.add($0, programme, batch) }
                popularity.apply(programme, batch)
            }
            let restarted = Popularity(database: database)
            try await restarted.load(programme, now: now)
            for each in [popularity, restarted] {
                let places = each.popular(in: snapshot, now: now)
                #expect(places.map(\.item.id.text) == ["é", "a"])
                #expect(places.map(\.count) == [6, 4])
                #expect(places.first.map { abs($0.score - (5 * 0.5 + 3)) < 1e-9 } == true)
                #expect(places.last.map { abs($0.score - (3 + 0.793700525984)) < 1e-9 } == true)
            }
        }
    }

    @Test("The list respects publication, expiry, rights, state and the filter")
    func respectsRights() async throws {
        try await TestDatabases.with(.sqlite) { database in
            let hour: Int64 = 3_600_000
            var early = Fixture.draft("early", publishedAt: now.adding(milliseconds: hour))
            early.earlyAccess = .init(from: now, audience: "tier:gold")
            var expired = Fixture.draft("expired")
            expired.expiresAt = now
            var paid = Fixture.draft("paid", kind: .video, topics: ["opera"])
            paid.access = "subscriber"
            var snapshot = try snapshot([Fixture.draft("free", topics: ["zee"], language: "ja"), early, expired, paid])
            snapshot.apply([Item.stub(try Fixture.id("stub"))])
            let popularity = Popularity(database: database)
            popularity.apply(
                snapshot.programme,
                try ["free", "early", "expired", "paid", "stub", "unknown"].enumerated().map {
                    try increment($1, Int64(10 - $0))
                })
            func ids(
                _ viewer: Viewer = .anonymous, _ filter: ItemFilter = ItemFilter(), minimum: Int64 = 0, limit: Int = 20
            ) -> [String] {
                let query = PopularityQuery(filter: filter, minimumCount: minimum, limit: limit)
                return popularity.popular(query, in: snapshot, for: viewer, now: now).map(\.item.id.text)
            }
            #expect(ids() == ["free"])
            #expect(ids(Viewer(isSubscriber: true, tiers: ["gold"])) == ["free", "early", "paid"])
            #expect(ids(Viewer(isSubscriber: true, tiers: ["gold"]), limit: 2) == ["free", "early"])
            #expect(ids(Viewer(isSubscriber: true), ItemFilter(topics: ["opera"])) == ["paid"])
            #expect(ids(Viewer(isSubscriber: true), ItemFilter(kinds: [.video])) == ["paid"])
            #expect(ids(Viewer(isSubscriber: true), ItemFilter(language: LanguageTag("ja"))) == ["free"])
            #expect(ids(Viewer(isSubscriber: true), minimum: 8) == ["free"])
            #expect(ids(limit: 0).isEmpty)
        }
    }

    @Test("Only the days asked for count, and newer days count more")
    func decays() async throws {
        try await TestDatabases.with(.sqlite) { database in
            let snapshot = try snapshot(["a", "b", "c"].map { Fixture.draft($0) })
            let popularity = Popularity(database: database)
            popularity.apply(
                snapshot.programme,
                try [
                    increment("a", 10, daysAgo: 6), increment("b", 3), increment("c", 100, daysAgo: 30),
                    increment("b", 1, daysAgo: -1),
                ])
            func ids(days: Int, halfLife: Double) -> [String] {
                popularity.popular(PopularityQuery(days: days, halfLifeDays: halfLife), in: snapshot, now: now).map(
                    \.item.id.text)
            }
            #expect(ids(days: 7, halfLife: 3) == ["b", "a"])
            #expect(ids(days: 7, halfLife: 30) == ["a", "b"])
            #expect(ids(days: 6, halfLife: 30) == ["b"])
            #expect(ids(days: 31, halfLife: 1_000) == ["c", "a", "b"])
            #expect(ids(days: .max, halfLife: 0) == ["b", "a", "c"])
        }
    }

    @Test("A ranking is kept for a moment and made anew afterwards")
    func keepsRanking() async throws {
        try await TestDatabases.with(.sqlite) { database in
            let snapshot = try snapshot(["a", "b"].map { Fixture.draft($0) })
            let popularity = Popularity(database: database, rankingAgeMilliseconds: 1_000)
            popularity.apply(snapshot.programme, [try increment("a", 1)])
            #expect(popularity.popular(in: snapshot, now: now).map(\.item.id.text) == ["a"])
            popularity.apply(snapshot.programme, [try increment("b", 2)])
            #expect(popularity.popular(in: snapshot, now: now.adding(milliseconds: 999)).map(\.item.id.text) == ["a"])
            #expect(
                popularity.popular(in: snapshot, now: now.adding(milliseconds: 1_000)).map(\.item.id.text) == [
                    "b", "a",
                ])
            #expect(
                popularity.popular(in: snapshot, now: now.adding(milliseconds: -1)).map(\.item.id.text) == ["b", "a"])
        }
    }

    @Test("A deleted item that comes back starts anew")
    func forgets() async throws {
        try await TestDatabases.with(.sqlite) { database in
            let snapshot = try snapshot(["a", "b"].map { Fixture.draft($0) })
            let popularity = Popularity(database: database)
            popularity.apply(snapshot.programme, try [increment("a", 9), increment("b", 1)])
            #expect(popularity.popular(in: snapshot, now: now).map(\.item.id.text) == ["a", "b"])
            popularity.forget(snapshot.programme, [try Fixture.id("a")])
            #expect(popularity.popular(in: snapshot, now: now).map(\.item.id.text) == ["b"])
        }
    }

    @Test("Old counts are pruned", arguments: TestDatabases.engines)
    func prunes(engine: Engine) async throws {
        try await TestDatabases.with(engine, [CatalogueSchema.schema]) { database in
            let programme = try Fixture.programme()
            let batch = try [
                increment("a", 1, daysAgo: 90), increment("a", 1, daysAgo: 91), increment("b", 1, daysAgo: 400),
            ]
            try await database.write { try Popularity.add($0, programme, batch) }
            let popularity = Popularity(database: database)
            #expect(try await popularity.prune(programme, now: now) == 2)
            #expect(try await popularity.prune(programme, now: now) == 0)
        }
    }

    /// What the first promise of persona mode rests on here.
    @Test(
        "Who did what leaves no trace: two members' items swapped give the same rows", arguments: TestDatabases.engines)
    func isBlindToMembers(engine: Engine) async throws {
        func dump(_ order: [String]) async throws -> [[SQLValue]] {
            try await TestDatabases.with(engine, [CatalogueSchema.schema]) { database in
                let programme = try Fixture.programme()
                for item in order {
                    let id = try Fixture.id(item)
                    try await database.write { connection in
                        try CatalogueStore.ensureStubs(connection, programme, [id], day: Fixture.day)
                        try Popularity.add(connection, programme, [(item: id, day: Fixture.day, count: 1)])
                    }
                }
                return try await database.read { connection in
                    let tables = [("catalogue_item", 7), ("item_popularity", 5), ("catalogue_revision", 2)]
                    return try tables.flatMap { table, columns in
                        try connection.query("SELECT * FROM \(table)").map { row in
                            try (0..<columns).map { try row.value($0) }
                        }
                        .sorted { "\($0)" < "\($1)" }
                    }
                }
            }
        }
        #expect(try await dump(["x", "y"]) == dump(["y", "x"]))
    }
}
