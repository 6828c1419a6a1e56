import Primitives
import Storage
import TestSupport
import Testing

@testable import Catalogue

@Suite("The catalogue's store")
struct CatalogueStoreTests {
    private let now = Fixture.morning

    private func with(_ engine: Engine, _ body: (CatalogueStore, ProgrammeID) async throws -> Void) async throws {
        try await TestDatabases.with(engine, [CatalogueSchema.schema]) { database in
            try await body(CatalogueStore(database: database), Fixture.programme())
        }
    }

    /// What is in memory is what another node would read.
    private func expectDurable(_ store: CatalogueStore, _ programme: ProgrammeID) async throws {
        let other = CatalogueStore(database: store.database)
        try await other.load(programme)
        #expect(store.snapshot(programme) == other.snapshot(programme))
    }

    @Test("A put writes all items, and sending it again changes nothing", arguments: TestDatabases.engines)
    func putsIdempotently(engine: Engine) async throws {
        try await with(engine) { store, programme in
            var draft = Fixture.draft("a", topics: ["opera"], publishedAt: now)
            draft.makers = ["anna"]
            draft.series = "zee"
            draft.body = ["nl": "De tekst"]
            let first = try await store.putItems(programme, [draft, Fixture.draft("b")], now: now)
            #expect(first.created == 2 && first.isAccepted)
            #expect(first.unknownMakers.map(\.text) == ["anna"])
            #expect(first.unknownSeries.map(\.text) == ["zee"])
            let revision = store.snapshot(programme).revision
            let again = try await store.putItems(
                programme, [Fixture.draft("b"), draft], now: now.adding(milliseconds: 1))
            #expect(again.unchanged == 2 && again.created == 0 && again.updated == 0)
            #expect(store.snapshot(programme).revision == revision)
            #expect(store.snapshot(programme).item("a")?.topics == ["opera"])
            #expect(store.snapshot(programme).itemClass(try Fixture.id("a"))?.kind == .article)
            #expect(try await store.body(programme, try Fixture.id("a"))?.versions.first?.text == "De tekst")
            try await expectDurable(store, programme)
        }
    }

    @Test("A put replaces: what is left out is emptied, the text as well", arguments: TestDatabases.engines)
    func putsReplace(engine: Engine) async throws {
        try await with(engine) { store, programme in
            var draft = Fixture.draft("a", topics: ["opera"])
            draft.body = ["nl": "De tekst"]
            _ = try await store.putItems(programme, [draft], now: now)
            draft.body = ["nl": "Anders"]
            #expect(try await store.putItems(programme, [draft], now: now).updated == 1, "the text alone is a change")
            let result = try await store.putItems(programme, [Fixture.draft("a")], now: now)
            #expect(result.updated == 1)
            #expect(store.snapshot(programme).item("a")?.topics.isEmpty == true)
            #expect(try await store.body(programme, try Fixture.id("a")) == nil)
            try await expectDurable(store, programme)
        }
    }

    @Test("With one fault nothing is kept", arguments: TestDatabases.engines)
    func keepsNothingWithFaults(engine: Engine) async throws {
        try await with(engine) { store, programme in
            var wrong = Fixture.draft("b")
            wrong.url = "ftp://x"
            let result = try await store.putItems(programme, [Fixture.draft("a"), wrong], now: now)
            #expect(!result.isAccepted)
            #expect(result.faults.map(\.index) == [1])
            #expect(result.created == 0)
            #expect(store.snapshot(programme).liveCount == 0)
            #expect(try await store.items(programme, limit: 10).isEmpty)
        }
    }

    @Test("Unknown items become stubs, are listed, and are filled by a put", arguments: TestDatabases.engines)
    func fillsStubs(engine: Engine) async throws {
        try await with(engine) { store, programme in
            _ = try await store.putItems(programme, [Fixture.draft("known")], now: now)
            let ids = try ["x", "known", "café", "x"].map(Fixture.id)
            let unknown = store.snapshot(programme).unknown(among: ids)
            #expect(unknown.map(\.text) == ["café", "x"])
            try await store.database.write { connection in
                try CatalogueStore.ensureStubs(connection, programme, ids, day: Fixture.day)
            }
            #expect(store.snapshot(programme).stubCount == 0, "memory changes after the commit")
            store.adoptStubs(programme, unknown)
            #expect(store.snapshot(programme).unknown(among: ids).isEmpty)
            #expect(try await store.stubs(programme) == unknown.map { Stub(id: $0, day: Fixture.day) })
            #expect(try await store.stubs(programme, after: unknown[0], limit: 1).map(\.id.text) == ["x"])
            #expect(store.snapshot(programme).itemClass(unknown[0]) == nil)
            try await expectDurable(store, programme)

            let result = try await store.putItems(programme, [Fixture.draft("x", topics: ["opera"])], now: now)
            #expect(result.filled == 1)
            #expect(store.snapshot(programme).stubCount == 1)
            #expect(store.snapshot(programme).item("x")?.topics == ["opera"])
            store.adoptStubs(programme, unknown)
            #expect(store.snapshot(programme).item("x")?.state == .live, "a late stub replaces nothing")
            try await expectDurable(store, programme)
        }
    }

    @Test(
        "A stub's row holds a day and nothing of the event, and repeating keeps the first",
        arguments: TestDatabases.engines)
    func stubsHoldNoMember(engine: Engine) async throws {
        try await with(engine) { store, programme in
            let id = try Fixture.id("x")
            for day in [Fixture.day, Fixture.day + 1] {
                try await store.database.write { try CatalogueStore.ensureStubs($0, programme, [id], day: day) }
            }
            let row = try await store.database.read { try $0.first("SELECT * FROM catalogue_item") }
            let found = try #require(row)
            #expect(found.count == 7)
            #expect(try found.int(3) == 0 && found.int(4) == Int64(Fixture.day))
            #expect(try found.isNull(5) && found.text(6) == "")
        }
    }

    @Test("A programme's stubs are limited")
    func limitsStubs() throws {
        var snapshot = CatalogueSnapshot(programme: try Fixture.programme())
        snapshot.apply(try (0..<3).map { Item.stub(try Fixture.id("s\($0)")) })
        let ids = try ["a", "b", "c"].map(Fixture.id)
        #expect(snapshot.unknown(among: ids, limit: 5).map(\.text) == ["a", "b"])
        #expect(snapshot.unknown(among: ids, limit: 3).isEmpty)
    }

    @Test(
        "Withdrawn items stay described, deleted ones do not, and neither becomes a stub",
        arguments: TestDatabases.engines)
    func withdrawsAndDeletes(engine: Engine) async throws {
        try await with(engine) { store, programme in
            var draft = Fixture.draft("a", topics: ["opera"])
            draft.body = ["nl": "De tekst"]
            _ = try await store.putItems(programme, [draft, Fixture.draft("b")], now: now)
            try await store.database.write { connection in
                try Popularity.add(connection, programme, [(item: try Fixture.id("a"), day: Fixture.day, count: 3)])
            }
            let ids = try ["a", "nobody"].map(Fixture.id)
            #expect(try await store.withdraw(programme, ids, now: now).map(\.text) == ["a"])
            #expect(try await store.withdraw(programme, ids, now: now).isEmpty)
            #expect(store.snapshot(programme).item("a")?.state == .withdrawn)
            #expect(store.snapshot(programme).item("a")?.topics == ["opera"])
            #expect(store.snapshot(programme).liveCount == 1)
            try await expectDurable(store, programme)
            #expect(try await store.putItems(programme, [draft], now: now).updated == 1)
            #expect(store.snapshot(programme).item("a")?.state == .live)

            #expect(try await store.delete(programme, ids, now: now).map(\.text) == ["a"])
            #expect(store.snapshot(programme).item("a") == nil)
            #expect(store.snapshot(programme).unknown(among: ids).map(\.text) == ["nobody"])
            let left = try await store.database.read { connection in
                try ["catalogue_body", "item_popularity"].map { table in
                    try connection.first("SELECT COUNT(*) FROM \(table) WHERE item_id = ?", ["a"])?.int(0)
                } + [connection.first("SELECT COUNT(*) FROM catalogue_item WHERE document LIKE '%opera%'")?.int(0)]
            }
            #expect(left == [0, 0, 0])
            try await expectDurable(store, programme)
            #expect(try await store.putItems(programme, [draft], now: now).created == 1)
            try await expectDurable(store, programme)
        }
    }

    @Test("Makers and series are put, changed and removed", arguments: TestDatabases.engines)
    func keepsMakers(engine: Engine) async throws {
        try await with(engine) { store, programme in
            var anna = MakerDraft(id: "anna", name: "Anna de Vriès")
            anna.face = "<svg><circle r='1'/></svg>"
            #expect(try await store.putMakers(programme, [anna, MakerDraft(id: "bram", name: "Bram")]).created == 2)
            #expect(try await store.putMakers(programme, [anna]).unchanged == 1)
            anna.role = ["nl": "redacteur"]
            #expect(try await store.putMakers(programme, [anna]).updated == 1)
            #expect(
                try await store.putSeries(programme, [SeriesDraft(id: "zee", title: ["nl": "Aan zee"])]).created == 1)
            #expect(store.snapshot(programme).makers.map(\.name) == ["Anna de Vriès", "Bram"])
            try await expectDurable(store, programme)
            #expect(try await store.putMakers(programme, [MakerDraft(id: "c", name: "")]).faults.count == 1)
            let id = try #require(MakerID("anna"))
            #expect(try await store.removeMakers(programme, [id]) == [id])
            #expect(try await store.removeMakers(programme, [id]).isEmpty)
            #expect(store.snapshot(programme).maker(id) == nil)
            let series = try #require(SeriesID("zee"))
            #expect(try await store.removeSeries(programme, [series]) == [series])
            try await expectDurable(store, programme)
            #expect(try await store.putMakers(programme, [anna]).created == 1)
            #expect(store.snapshot(programme).maker(id)?.name == "Anna de Vriès")
            try await expectDurable(store, programme)
        }
    }

    @Test("More makers than a programme may have are refused", arguments: TestDatabases.engines)
    func limitsMakers(engine: Engine) async throws {
        try await TestDatabases.with(engine, [CatalogueSchema.schema]) { database in
            var limits = CatalogueLimits()
            limits.makersPerProgramme = 2
            let store = CatalogueStore(database: database, limits: limits)
            let programme = try Fixture.programme()
            _ = try await store.putMakers(programme, [MakerDraft(id: "a", name: "A"), MakerDraft(id: "b", name: "B")])
            await #expect(throws: CatalogueProblem.tooMany(what: "makers in a programme", limit: 2)) {
                _ = try await store.putMakers(programme, [MakerDraft(id: "c", name: "C")])
            }
            _ = try await store.removeMakers(programme, [try #require(MakerID("a"))])
            #expect(try await store.putMakers(programme, [MakerDraft(id: "c", name: "C")]).created == 1)
        }
    }

    @Test("Another node hears of every change, and of nothing twice", arguments: TestDatabases.engines)
    func refreshes(engine: Engine) async throws {
        try await with(engine) { store, programme in
            let other = CatalogueStore(database: store.database)
            try await other.load(programme)
            #expect(try await other.refresh(programme) == false)
            _ = try await store.putItems(programme, [Fixture.draft("a"), Fixture.draft("b")], now: now)
            _ = try await store.putMakers(programme, [MakerDraft(id: "anna", name: "Anna")])
            _ = try await store.withdraw(programme, [try Fixture.id("a")], now: now)
            _ = try await other.putItems(programme, [Fixture.draft("c")], now: now)
            #expect(try await other.refresh(programme))
            #expect(try await other.refresh(programme) == false)
            #expect(other.snapshot(programme).item("a")?.state == .withdrawn)
            #expect(other.snapshot(programme).item("c") != nil)
            _ = try await store.delete(programme, [try Fixture.id("b")], now: now)
            _ = try await store.removeMakers(programme, [try #require(MakerID("anna"))])
            #expect(try await other.refresh(programme))
            #expect(try await store.refresh(programme))
            #expect(store.snapshot(programme) == other.snapshot(programme))
        }
    }

    @Test("Programmes do not see each other", arguments: TestDatabases.engines)
    func separatesProgrammes(engine: Engine) async throws {
        try await with(engine) { store, programme in
            let other = try Fixture.programme("ochtendblad")
            _ = try await store.putItems(programme, [Fixture.draft("a")], now: now)
            _ = try await store.putItems(other, [Fixture.draft("a", title: "Ander"), Fixture.draft("b")], now: now)
            _ = try await store.delete(other, [try Fixture.id("a")], now: now)
            #expect(store.snapshot(programme).item("a")?.state == .live)
            #expect(store.snapshot(programme).item("b") == nil)
            #expect(try await store.items(programme, limit: 10).map(\.id.text) == ["a"])
            try await expectDurable(store, programme)
            try await expectDurable(store, other)
        }
    }

    @Test("The newest items come first, previews by their publication", arguments: TestDatabases.engines)
    func ordersItems(engine: Engine) async throws {
        try await with(engine) { store, programme in
            let hour: Int64 = 3_600_000
            var drafts = (0..<5).map {
                Fixture.draft("a\($0)", publishedAt: now.adding(milliseconds: Int64($0 - 3) * hour))
            }
            drafts[4].earlyAccess = .init(from: now, audience: "tier:gold")
            var preview = Fixture.draft("p", publishedAt: now.adding(milliseconds: 3 * hour))
            preview.earlyAccess = .init(from: now.adding(milliseconds: hour), audience: "badge:x")
            drafts += [preview, Fixture.draft("undated")]
            _ = try await store.putItems(programme, drafts.shuffled(), now: now)
            let snapshot = store.snapshot(programme)
            #expect(snapshot.latest(at: now, limit: 10).map(\.id.text) == ["a3", "a2", "a1", "a0", "undated"])
            #expect(snapshot.latest(for: Viewer(tiers: ["gold"]), at: now, limit: 2).map(\.id.text) == ["a4", "a3"])
            #expect(snapshot.previews(at: now, limit: 10).map(\.id.text) == ["a4", "p"])
            #expect(snapshot.previews(at: now, limit: 1).map(\.id.text) == ["a4"])
        }
    }

    /// A random walk over every operation, on one node and on another that only listens: after each step both hold what
    /// the database holds.
    @Test(
        "Memory and database agree after every step of a random walk", arguments: TestDatabases.engines,
        [1, 2, 3] as [UInt64])
    func agrees(engine: Engine, seed: UInt64) async throws {
        try await with(engine) { store, programme in
            var random = SplitMix64(seed: seed)
            let listener = CatalogueStore(database: store.database)
            try await listener.load(programme)
            let names = (0..<12).map { "item-é\($0)" }
            for step in 0..<60 {
                let some = Array(
                    Set(
                        (0..<Int.random(in: 1...5, using: &random)).compactMap { _ in
                            names.randomElement(using: &random)
                        }))
                let ids = try some.map(Fixture.id)
                switch Int.random(in: 0..<6, using: &random) {
                case 0, 1:
                    let topics = ["opera", "zee"].filter { _ in Bool.random(using: &random) }
                    let published = Bool.random(using: &random) ? now.adding(milliseconds: Int64(step)) : nil
                    let drafts = some.map { Fixture.draft($0, topics: topics, publishedAt: published) }
                    #expect(try await store.putItems(programme, drafts, now: now).isAccepted)
                case 2: _ = try await store.withdraw(programme, ids, now: now)
                case 3: _ = try await store.delete(programme, ids, now: now)
                case 4:
                    let unknown = store.snapshot(programme).unknown(among: ids)
                    try await store.database.write {
                        try CatalogueStore.ensureStubs($0, programme, ids, day: Fixture.day)
                    }
                    store.adoptStubs(programme, unknown)
                    listener.adoptStubs(programme, unknown)
                default:
                    if Bool.random(using: &random) {
                        _ = try await store.putMakers(programme, some.map { MakerDraft(id: $0, name: "Naam \(step)") })
                    } else {
                        _ = try await store.removeMakers(programme, some.compactMap { MakerID($0) })
                    }
                }
                try await listener.refresh(programme)
                #expect(listener.snapshot(programme) == store.snapshot(programme), "seed \(seed), step \(step)")
                if step.isMultiple(of: 10) { try await expectDurable(store, programme) }
            }
            try await expectDurable(store, programme)
        }
    }

    @Test("Versions that arrive in the wrong order end in the newest")
    func appliesOutOfOrder() throws {
        let programme = try Fixture.programme()
        let id = try Fixture.id("a")
        let content = try Fixture.item(Fixture.draft("a")).content
        let versions = [
            Item.stub(id), Item(id: id, state: .live, content: content, revision: 1),
            Item(id: id, state: .withdrawn, content: content, revision: 2),
            Item(id: id, state: .deleted, content: .unknown, revision: 3),
        ]
        var orderly = CatalogueSnapshot(programme: programme)
        orderly.apply(versions)
        for _ in 0..<20 {
            var shuffled = CatalogueSnapshot(programme: programme)
            for version in versions.shuffled() { shuffled.apply([version]) }
            #expect(shuffled == orderly)
        }
        var snapshot = CatalogueSnapshot(programme: programme)
        let maker = Maker(id: try #require(MakerID("m")), content: MakerContent(name: "M"), revision: 1)
        snapshot.apply(makers: [EntryChange(id: "m", revision: 2, entry: nil)])
        snapshot.apply(makers: [EntryChange(id: "m", revision: 1, entry: maker)])
        #expect(snapshot.makers.isEmpty, "a removal is not undone by what came before it")
    }

    @Test("Writers at the same time lose nothing", arguments: TestDatabases.engines)
    func survivesConcurrency(engine: Engine) async throws {
        try await with(engine) { store, programme in
            let now = now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for round in 0..<5 {
                            _ = try await store.putItems(
                                programme,
                                [
                                    Fixture.draft("shared", title: "\(writer) \(round)"),
                                    Fixture.draft("own-\(writer)-\(round)"),
                                ],
                                now: now)
                            try await store.database.write { connection in
                                try CatalogueStore.ensureStubs(
                                    connection, programme, try (0..<5).map { try Fixture.id("stub-\($0)") },
                                    day: Fixture.day)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            store.adoptStubs(programme, try (0..<5).map { try Fixture.id("stub-\($0)") })
            try await store.refresh(programme)
            #expect(store.snapshot(programme).liveCount == 41)
            try await expectDurable(store, programme)
        }
    }
}
