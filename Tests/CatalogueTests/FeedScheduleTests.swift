import Primitives
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Catalogue

@Suite("Feeds on a schedule")
struct FeedScheduleTests {
    /// Answers what it was given, in turn, and remembers what it was asked.
    final class ScriptedFetcher: FeedFetching {
        private let answers: Mutex<[Result<FeedResponse, FeedFetchProblem>]>
        let requests = Mutex<[FeedRequest]>([])

        init(_ answers: [Result<FeedResponse, FeedFetchProblem>]) {
            self.answers = Mutex(answers.reversed())
        }

        func fetch(_ request: FeedRequest) async throws(FeedFetchProblem) -> FeedResponse {
            requests.withLock { $0.append(request) }
            guard let answer = answers.withLock({ $0.popLast() }) else { throw .connection(kind: "no more answers") }
            return try answer.get()
        }
    }

    private let now = Fixture.morning

    private func after(_ seconds: Int64) -> Instant { now.adding(milliseconds: seconds * 1_000) }

    private func rss(_ items: [(id: String, title: String)]) -> [UInt8] {
        let text = items.map { "<item><guid>\($0.id)</guid><title>\($0.title)</title><author>Anna Bos</author></item>" }
            .joined()
        return Array("<rss><channel><language>nl</language>\(text)</channel></rss>".utf8)
    }

    private func document(
        _ items: [(id: String, title: String)], tag: String? = nil, movedTo: String? = nil
    ) throws -> Result<FeedResponse, FeedFetchProblem> {
        let address = try Fixture.required(WebAddress("https://x.example/feed"))
        return .success(
            .document(
                FeedDocument(
                    bytes: rss(items), entityTag: tag, lastModified: tag.map { _ in "Sun, 01 Mar 2026 08:00:00 GMT" },
                    address: address, movedTo: movedTo.flatMap { WebAddress($0) })))
    }

    private func with(
        _ engine: Engine, _ answers: [Result<FeedResponse, FeedFetchProblem>],
        _ body: (FeedSchedule, CatalogueStore, ProgrammeID, ScriptedFetcher) async throws -> Void
    ) async throws {
        try await TestDatabases.with(engine, [CatalogueSchema.schema]) { database in
            let store = CatalogueStore(database: database)
            let fetcher = ScriptedFetcher(answers)
            try await body(FeedSchedule(store: store, fetcher: fetcher), store, Fixture.programme(), fetcher)
        }
    }

    @Test("A feed is read when it is due, and asked for again by what is known of it", arguments: TestDatabases.engines)
    func follows(engine: Engine) async throws {
        let answers = try [
            document([("1", "Een"), ("2", "Twee")], tag: "\"v1\""), .success(.unchanged),
            document([("2", "Twee!"), ("3", "Drie")]),
        ]
        try await with(engine, answers) { schedule, store, programme, fetcher in
            try await schedule.put(programme, try FeedSource(id: "alles", url: "https://x.example/feed"), now: now)
            let first = try await schedule.runDue(programme, now: now)
            #expect(first.map(\.run) == [.read(created: 2, updated: 0, unchanged: 0, skipped: 0)])
            #expect(try await schedule.runDue(programme, now: after(899)).isEmpty)
            #expect(try await schedule.runDue(programme, now: after(900)).map(\.run) == [.unchanged])
            let third = try await schedule.runDue(programme, now: after(1_800))
            #expect(third.map(\.run) == [.read(created: 1, updated: 1, unchanged: 0, skipped: 0)])
            let requests = fetcher.requests.withLock { $0 }
            #expect(requests.map(\.entityTag) == [nil, "\"v1\"", "\"v1\""])
            #expect(requests.last?.lastModified == "Sun, 01 Mar 2026 08:00:00 GMT")
            #expect(store.snapshot(programme).item("2")?.title(for: []) == "Twee!")
            #expect(store.snapshot(programme).makers.map(\.name) == ["Anna Bos"])
            let status = try #require(try await schedule.feeds(programme).first)
            #expect(status.lastOutcome == "1 new, 1 changed, 0 the same, 0 skipped")
            #expect(status.lastRunAt == after(1_800) && status.nextRunAt == after(2_700) && status.failures == 0)
        }
    }

    @Test("Failures double the pause, and the first success ends it", arguments: TestDatabases.engines)
    func backsOff(engine: Engine) async throws {
        let answers: [Result<FeedResponse, FeedFetchProblem>] = try [
            .failure(.timeout(seconds: 30)), .failure(.status(503, retryAfterSeconds: 7_200)),
            .success(
                .document(
                    FeedDocument(bytes: Array("<html/>".utf8), address: Fixture.required(WebAddress("https://x/"))))),
            document([("1", "Een")]),
        ]
        try await with(engine, answers) { schedule, _, programme, _ in
            try await schedule.put(
                programme, try FeedSource(id: "f", url: "https://x.example/", intervalSeconds: 600), now: now)
            var time = now
            for (failures, pause) in [(1, 1_200), (2, 7_200), (3, 4_800)] as [(Int, Int64)] {
                let run = try await schedule.runDue(programme, now: time).first?.run
                if case .failed = run {} else { Issue.record("expected a failure, found \(String(describing: run))") }
                let status = try #require(try await schedule.feeds(programme).first)
                #expect(status.failures == failures)
                #expect(status.nextRunAt == time.adding(milliseconds: pause * 1_000))
                time = status.nextRunAt
            }
            #expect(try await schedule.runDue(programme, now: time).count == 1)
            #expect(try await schedule.feeds(programme).first?.failures == 0)
        }
    }

    @Test("The pause has a longest length, also where a server asks for more")
    func limitsPause() {
        #expect(FeedSchedule.pause(intervalSeconds: 900, failures: 0, retryAfterSeconds: nil) == 900)
        #expect(FeedSchedule.pause(intervalSeconds: 900, failures: .max, retryAfterSeconds: nil) == 86_400)
        #expect(FeedSchedule.pause(intervalSeconds: 900, failures: 1, retryAfterSeconds: .max) == 86_400)
        #expect(FeedSchedule.pause(intervalSeconds: 604_800, failures: 3, retryAfterSeconds: nil) == 604_800)
    }

    @Test(
        "A feed that is gone is switched off; one that moved is asked at its new place",
        arguments: TestDatabases.engines)
    func movesAndGoes(engine: Engine) async throws {
        let answers = try [
            document([], movedTo: "http://x.example/plain"), document([], movedTo: "https://y.example/feed"),
            .failure(.gone),
        ]
        try await with(engine, answers) { schedule, _, programme, fetcher in
            try await schedule.put(programme, try FeedSource(id: "f", url: "https://x.example/feed"), now: now)
            for round in 0..<3 { try await schedule.runDue(programme, now: after(Int64(round) * 900)) }
            #expect(
                fetcher.requests.withLock { $0.map(\.url.text) } == [
                    "https://x.example/feed", "https://x.example/feed", "https://y.example/feed",
                ], "a move never takes the encryption away")
            #expect(try await schedule.feeds(programme).first?.source.isEnabled == false)
            #expect(try await schedule.runDue(programme, now: after(1_000_000)).isEmpty)
        }
    }

    @Test("What an editor wrote about a maker is not overwritten by a feed", arguments: TestDatabases.engines)
    func keepsMakers(engine: Engine) async throws {
        try await with(engine, [try document([("1", "Een")])]) { schedule, store, programme, _ in
            _ = try await store.putMakers(programme, [MakerDraft(id: "anna-bos", name: "Anna C. Bos")])
            try await schedule.put(programme, try FeedSource(id: "f", url: "https://x.example/"), now: now)
            try await schedule.runDue(programme, now: now)
            #expect(store.snapshot(programme).makers.map(\.name) == ["Anna C. Bos"])
        }
    }

    @Test("Two nodes do not run a feed at the same time", arguments: TestDatabases.engines)
    func claims(engine: Engine) async throws {
        let answers = try (0..<8).map { _ in try document([("1", "Een")]) }
        try await with(engine, answers) { schedule, _, programme, fetcher in
            try await schedule.put(programme, try FeedSource(id: "f", url: "https://x.example/"), now: now)
            let now = now
            let runs = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await schedule.runDue(programme, now: now).count } }
                return try await group.reduce(0, +)
            }
            #expect(runs == 1)
            #expect(fetcher.requests.withLock { $0.count } == 1)
        }
    }

    @Test("Changed settings are read again at once, and kept", arguments: TestDatabases.engines)
    func changesSettings(engine: Engine) async throws {
        let answers = try [document([("1", "Een")], tag: "\"v1\""), document([("1", "Een")], tag: "\"v1\"")]
        try await with(engine, answers) { schedule, store, programme, fetcher in
            try await schedule.put(programme, try FeedSource(id: "f", url: "https://x.example/"), now: now)
            try await schedule.runDue(programme, now: now)
            var defaults = FeedDefaults()
            defaults.topics = ["opera"]
            let source = try FeedSource(id: "f", url: "https://x.example/", intervalSeconds: 60, defaults: defaults)
            try await schedule.put(programme, source, now: after(1))
            #expect(try await schedule.feeds(programme).map(\.source) == [source])
            #expect(
                try await schedule.run(programme, id: "f", now: after(1))
                    == .read(created: 0, updated: 1, unchanged: 0, skipped: 0))
            #expect(fetcher.requests.withLock { $0.map(\.entityTag) } == [nil, nil])
            #expect(store.snapshot(programme).item("1")?.topics == ["opera"])
            #expect(try await schedule.remove(programme, id: "f"))
            #expect(try await schedule.remove(programme, id: "f") == false)
            await #expect(throws: CatalogueProblem.unknownFeed("f")) {
                _ = try await schedule.run(programme, id: "f", now: now)
            }
            #expect(store.snapshot(programme).item("1") != nil, "items stay")
        }
    }

    @Test("A feed of several thousand items is taken in batches")
    func takesLargeFeeds() async throws {
        let items = (0..<1_500).map { (id: "i\($0)", title: "Titel \($0)") }
        try await with(.sqlite, [try document(items)]) { schedule, store, programme, _ in
            try await schedule.put(programme, try FeedSource(id: "f", url: "https://x.example/"), now: now)
            #expect(
                try await schedule.runDue(programme, now: now).map(\.run) == [
                    .read(created: 1_500, updated: 0, unchanged: 0, skipped: 0)
                ])
            #expect(store.snapshot(programme).liveCount == 1_500)
        }
    }

    @Test("A programme's feeds are limited", arguments: TestDatabases.engines)
    func limits(engine: Engine) async throws {
        try await TestDatabases.with(engine, [CatalogueSchema.schema]) { database in
            var limits = CatalogueLimits()
            limits.feedsPerProgramme = 1
            let schedule = FeedSchedule(
                store: CatalogueStore(database: database, limits: limits), fetcher: ScriptedFetcher([]))
            let programme = try Fixture.programme()
            try await schedule.put(programme, try FeedSource(id: "a", url: "https://x.example/"), now: now)
            try await schedule.put(programme, try FeedSource(id: "a", url: "https://y.example/"), now: now)
            let other = try FeedSource(id: "b", url: "https://x.example/")
            let start = now
            await #expect(throws: CatalogueProblem.tooMany(what: "feeds in a programme", limit: 1)) {
                try await schedule.put(programme, other, now: start)
            }
        }
    }

    @Test("Wrong settings name the field")
    func refusesSettings() throws {
        func field(_ make: () throws -> Void) -> String? {
            do { try make() } catch CatalogueProblem.feedSettings(let field, _, _) { return field } catch {
                return "\(error)"
            }
            return nil
        }
        #expect(field { _ = try FeedSource(id: "A b", url: "https://x/") } == "id")
        #expect(field { _ = try FeedSource(id: "a", url: "file:///etc/passwd") } == "url")
        #expect(field { _ = try FeedSource(id: "a", url: "https://x/", intervalSeconds: 1) } == "interval_seconds")
        var defaults = FeedDefaults()
        defaults.idPrefix = String(repeating: "x", count: 150)
        #expect(field { _ = try FeedSource(id: "a", url: "https://x/", defaults: defaults) } == "id_prefix")
        for (text, name) in [
            (#"{"kind": "book"}"#, "kind"), (#"{"topics": ["A b"]}"#, "topics[0]"), (#"{"access": "x"}"#, "access"),
            (#"{"colour": 1}"#, "colour"), ("[]", ""),
        ] {
            #expect(field { _ = try FeedDefaults(document: try JSONValue(parsing: text)) } == name)
        }
    }
}
