public import Primitives
import Storage

/// Follows a programme's feeds: knows when each is due, gets it, and puts what it offers into the catalogue.
///
/// Nothing here waits or watches a clock: whoever keeps the home's time calls ``runDue(_:now:)``.
public struct FeedSchedule: Sendable {
    private let store: CatalogueStore
    private let fetcher: any FeedFetching

    /// A run that has not ended by then is taken for lost, and the feed is due again.
    private static let claimMilliseconds: Int64 = 10 * 60_000
    /// No feed is left alone for longer after failures, unless its own interval is longer.
    private static let longestBackoffSeconds: Int64 = 86_400

    public init(store: CatalogueStore, fetcher: any FeedFetching) {
        self.store = store
        self.fetcher = fetcher
    }

    // MARK: The list

    /// Adds a feed or changes its settings; it is due at once. A new address forgets what was known of the old document.
    ///
    /// - Throws: `.tooMany` beyond ``CatalogueLimits/feedsPerProgramme``.
    public func put(_ programme: ProgrammeID, _ source: FeedSource, now: Instant) async throws {
        let limit = store.limits.feedsPerProgramme
        try await store.database.write { connection in
            let known = try connection.first(
                "SELECT 1 FROM catalogue_feed WHERE programme_id = ? AND feed_id = ?",
                [.programme(programme), .text(source.id)])
            if known == nil {
                let count =
                    try connection.first(
                        "SELECT COUNT(*) FROM catalogue_feed WHERE programme_id = ?", [.programme(programme)])?.int(0)
                    ?? 0
                guard count < limit else { throw CatalogueProblem.tooMany(what: "feeds in a programme", limit: limit) }
            }
            // Settings decide what a document becomes, so it is read again even where it did not change.
            try connection.execute(
                """
                INSERT INTO catalogue_feed (
                    programme_id, feed_id, url, interval_seconds, enabled, defaults, entity_tag, last_modified, next_run_at,
                    last_run_at, last_outcome, failures)
                VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?, NULL, NULL, 0)
                ON CONFLICT (programme_id, feed_id) DO UPDATE SET url = excluded.url,
                    interval_seconds = excluded.interval_seconds, enabled = excluded.enabled, defaults = excluded.defaults,
                    entity_tag = NULL, last_modified = NULL, next_run_at = excluded.next_run_at, failures = 0
                """,
                [
                    .programme(programme), .text(source.id), .text(source.url.text),
                    .integer(Int64(source.intervalSeconds)), .flag(source.isEnabled),
                    .text(source.defaults.document.text()), .instant(now),
                ])
        }
    }

    /// Forgets a feed; its items stay.
    ///
    /// - Returns: whether there was one.
    public func remove(_ programme: ProgrammeID, id: String) async throws -> Bool {
        try await store.database.write { connection in
            try connection.execute(
                "DELETE FROM catalogue_feed WHERE programme_id = ? AND feed_id = ?", [.programme(programme), .text(id)])
                > 0
        }
    }

    /// All feeds of a programme, by id.
    public func feeds(_ programme: ProgrammeID) async throws -> [FeedStatus] {
        try await rows(programme, id: nil).map(\.status)
    }

    // MARK: Running

    /// Runs the feeds that are due, one after the other, so that a programme never has more than one request under way.
    ///
    /// - Parameter limit: how many at most; the others stay due.
    /// - Returns: what came of each, by id.
    @discardableResult
    public func runDue(
        _ programme: ProgrammeID, now: Instant, limit: Int = 20
    ) async throws -> [(id: String, run: FeedRun)] {
        let due = try await rows(programme, id: nil)
            .filter { $0.status.source.isEnabled && $0.status.nextRunAt <= now }
            .sorted { $0.status.nextRunAt < $1.status.nextRunAt }
        var runs: [(id: String, run: FeedRun)] = []
        for row in due.prefix(limit) {
            if Task.isCancelled { break }
            if let run = try await run(programme, row, now: now) { runs.append((row.status.source.id, run)) }
        }
        return runs
    }

    /// Runs one feed now, due or not.
    ///
    /// - Throws: ``CatalogueProblem/unknownFeed(_:)``; what goes wrong with the feed itself is in the answer. `nil` when
    ///   another node is at it.
    public func run(_ programme: ProgrammeID, id: String, now: Instant) async throws -> FeedRun? {
        guard let row = try await rows(programme, id: id).first else { throw CatalogueProblem.unknownFeed(id) }
        return try await run(programme, row, now: now)
    }

    private struct FeedRow {
        let status: FeedStatus
        let entityTag: String?
        let lastModified: String?
    }

    private func run(_ programme: ProgrammeID, _ row: FeedRow, now: Instant) async throws -> FeedRun? {
        let source = row.status.source
        guard try await claim(programme, row, until: now.adding(milliseconds: Self.claimMilliseconds)) else {
            return nil
        }
        var end = RunEnd(entityTag: row.entityTag, lastModified: row.lastModified, url: source.url)
        let request = FeedRequest(url: source.url, entityTag: row.entityTag, lastModified: row.lastModified)
        let run: FeedRun
        switch await fetch(request) {
        case .success(.unchanged):
            run = .unchanged
        case .success(.document(let document)):
            run = try await take(document, programme, source, now, &end)
        case .failure(let problem):
            if case .status(_, let seconds?) = problem { end.retryAfterSeconds = seconds }
            if case .gone = problem { end.isGone = true }
            run = .failed(problem.description)
        }
        try await finish(programme, row, run, end, now: now)
        return run
    }

    private func fetch(_ request: FeedRequest) async -> Result<FeedResponse, FeedFetchProblem> {
        do throws(FeedFetchProblem) {
            return .success(try await fetcher.fetch(request))
        } catch {
            return .failure(error)
        }
    }

    /// What the next run has to know.
    private struct RunEnd {
        var entityTag: String?
        var lastModified: String?
        var url: WebAddress
        var retryAfterSeconds: Int?
        var isGone = false
    }

    private func take(
        _ document: FeedDocument, _ programme: ProgrammeID, _ source: FeedSource, _ now: Instant, _ end: inout RunEnd
    ) async throws -> FeedRun {
        let reader = FeedReader(defaults: source.defaults, catalogueLimits: store.limits)
        let feed: Feed
        do throws(FeedProblem) {
            feed = try reader.read(document.bytes, contentType: document.contentType, base: document.address)
        } catch {
            return .failed(error.description)
        }
        let put = try await store.put(programme, feed, now: now)
        end.entityTag = document.entityTag
        end.lastModified = document.lastModified
        if let moved = document.movedTo, moved.isSecure || !source.url.isSecure { end.url = moved }
        let skipped = feed.faults.count + Set(put.faults.map(\.index)).count
        return .read(
            created: put.created + put.filled, updated: put.updated, unchanged: put.unchanged, skipped: skipped)
    }

    /// Makes the feed ours until a moment: only one of several nodes finds the row as it read it.
    private func claim(_ programme: ProgrammeID, _ row: FeedRow, until: Instant) async throws -> Bool {
        try await store.database.write { connection in
            try connection.execute(
                "UPDATE catalogue_feed SET next_run_at = ? WHERE programme_id = ? AND feed_id = ? AND next_run_at = ?",
                [
                    .instant(until), .programme(programme), .text(row.status.source.id), .instant(row.status.nextRunAt),
                ]) > 0
        }
    }

    private func finish(
        _ programme: ProgrammeID, _ row: FeedRow, _ run: FeedRun, _ end: RunEnd, now: Instant
    ) async throws {
        let failures = if case .failed = run { row.status.failures + 1 } else { 0 }
        let seconds = Self.pause(
            intervalSeconds: Int64(row.status.source.intervalSeconds), failures: failures,
            retryAfterSeconds: end.retryAfterSeconds.map { Int64($0) })
        let isEnabled = row.status.source.isEnabled && !end.isGone
        _ = try await store.database.write { connection in
            // Not where somebody changed the settings meanwhile: then the feed is due at once, as they were told.
            try connection.execute(
                """
                UPDATE catalogue_feed SET url = ?, enabled = ?, entity_tag = ?, last_modified = ?, next_run_at = ?,
                    last_run_at = ?, last_outcome = ?, failures = ?
                WHERE programme_id = ? AND feed_id = ? AND next_run_at = ?
                """,
                [
                    .text(end.url.text), .flag(isEnabled), SQLValue(end.entityTag), SQLValue(end.lastModified),
                    .instant(now.adding(milliseconds: seconds * 1_000)), .instant(now), .text(run.text),
                    .integer(Int64(failures)), .programme(programme), .text(row.status.source.id),
                    .instant(now.adding(milliseconds: Self.claimMilliseconds)),
                ])
        }
    }

    /// Seconds until the next run: the interval, doubled for each failure in a row up to a day, and no less than the server
    /// asked for (within a day too: a server does not switch a feed off by a header).
    static func pause(intervalSeconds: Int64, failures: Int, retryAfterSeconds: Int64?) -> Int64 {
        let longest = max(longestBackoffSeconds, intervalSeconds)
        let doubled = intervalSeconds << Int64(min(failures, 20))
        return min(max(doubled, retryAfterSeconds ?? 0), longest)
    }

    private func rows(_ programme: ProgrammeID, id: String?) async throws -> [FeedRow] {
        try await store.database.read { connection in
            try connection.query(
                """
                SELECT feed_id, url, interval_seconds, enabled, defaults, entity_tag, last_modified, next_run_at,
                    last_run_at, last_outcome, failures
                FROM catalogue_feed WHERE programme_id = ? ORDER BY feed_id
                """, [.programme(programme)]
            ).filter { row in try id == nil || row.text(0) == id }.map { row in
                guard let defaults = try? JSONValue(parsing: try row.text(4)) else {
                    throw CatalogueProblem.unreadable(table: "catalogue_feed", reason: "its settings are no JSON")
                }
                let source = try FeedSource(
                    id: try row.text(0), url: try row.text(1), intervalSeconds: Int(try row.int(2)),
                    isEnabled: try row.flag(3), defaults: try FeedDefaults(document: defaults))
                return FeedRow(
                    status: FeedStatus(
                        source: source, nextRunAt: try row.instant(7),
                        lastRunAt: try row.intOrNil(8).map { Instant(milliseconds: $0) },
                        lastOutcome: try row.textOrNil(9), failures: Int(try row.int(10))),
                    entityTag: try row.textOrNil(5), lastModified: try row.textOrNil(6))
            }
        }
    }
}
