import HashTreeCollections
public import Primitives
public import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Which items the audience turns to these days.
///
/// Counters of (item, day, signal) and nothing else: they are increments without a member from the start, so they say
/// the same whoever did what. Durable in the pipeline's own transaction, ranked in memory.
public final class Popularity: Sendable {
    /// Older counts are not read and may be pruned.
    public static let maximumDays = 90

    private struct Count {
        let day: Int
        let signal: PopularitySignal
        var count: Int64
    }

    private struct CountKey: Hashable {
        let item: ItemID
        let day: Int
        let signal: PopularitySignal
    }

    private struct Ranking {
        struct Place {
            let item: ItemID
            let score: Double
            let count: Int64
        }

        let version: Int
        let builtAt: Instant
        /// Best first.
        let places: [Place]
    }

    private struct RankingKey: Hashable {
        let today: Int
        let days: Int
        let halfLifeDays: Double
    }

    private struct Board {
        /// Per item in the order of day and signal.
        var counts: TreeDictionary<ItemID, [Count]> = [:]
        var version = 0
        var rankings: [RankingKey: Ranking] = [:]
    }

    private let database: any Database
    private let rankingAgeMilliseconds: Int64
    private let boards = Mutex<[ProgrammeID: Board]>([:])

    /// - Parameter rankingAgeMilliseconds: how old a ranking may be while counts change, so that a busy hour does not sort
    ///   the list at every request.
    public init(database: any Database, rankingAgeMilliseconds: Int64 = 2_000) {
        self.database = database
        self.rankingAgeMilliseconds = rankingAgeMilliseconds
    }

    // MARK: Counting

    private static let increments = BulkStatement.insert(
        into: "item_popularity",
        columns: [
            ("programme_id", .text), ("item_id", .text), ("day", .integer), ("signal", .integer), ("count", .integer),
        ],
        onConflict: .update(keys: ["programme_id", "item_id", "day", "signal"], set: [], adding: ["count"]))

    /// Counts, inside the transaction that keeps the events. After the commit tell ``apply(_:_:)``.
    ///
    /// Rows of items are shared by all members, so on several nodes they are where transactions meet: increments are summed
    /// first and written in the order of their keys, so that none waits in a circle.
    public static func add(
        _ connection: any Connection, _ programme: ProgrammeID, _ increments: some Sequence<PopularityIncrement>
    ) throws(StorageProblem) {
        var rows = RowBatch(Self.increments)
        for increment in summed(increments) {
            rows.append(
                .programme(programme), .text(increment.item.text), .integer(Int64(increment.day)),
                .integer(increment.signal.rawValue), .integer(increment.count))
        }
        if !rows.isEmpty { try connection.enqueue(Self.increments, rows) }
    }

    /// As ``add(_:_:_:)`` for plain counts of openings.
    public static func add(
        _ connection: any Connection, _ programme: ProgrammeID, _ counts: [(item: ItemID, day: Int, count: Int64)]
    ) throws(StorageProblem) {
        try add(connection, programme, counts.map { PopularityIncrement(item: $0.item, day: $0.day, count: $0.count) })
    }

    private static func summed(_ increments: some Sequence<PopularityIncrement>) -> [PopularityIncrement] {
        var sums: [CountKey: Int64] = [:]
        for increment in increments where increment.count > 0 {
            sums[CountKey(item: increment.item, day: increment.day, signal: increment.signal), default: 0] +=
                increment.count
        }
        return sums.map { PopularityIncrement(item: $0.item, day: $0.day, signal: $0.signal, count: $1) }
            .sorted {
                if $0.item != $1.item { return $0.item < $1.item }
                return ($0.day, $0.signal.rawValue) < ($1.day, $1.signal.rawValue)
            }
    }

    /// Puts increments into memory once their transaction is committed.
    public func apply(_ programme: ProgrammeID, _ increments: some Sequence<PopularityIncrement>) {
        let sums = Self.summed(increments)
        guard !sums.isEmpty else { return }
        boards.withLock { boards in
            var board = boards.removeValue(forKey: programme) ?? Board()
            for sum in sums { Self.add(sum, to: &board) }
            board.version += 1
            boards[programme] = board
        }
    }

    private static func add(_ increment: PopularityIncrement, to board: inout Board) {
        var counts = board.counts[increment.item] ?? []
        let key = (increment.day, increment.signal.rawValue)
        let place = counts.lastIndex { ($0.day, $0.signal.rawValue) <= key }
        if let place, counts[place].day == increment.day, counts[place].signal == increment.signal {
            counts[place].count += increment.count
        } else {
            let count = Count(day: increment.day, signal: increment.signal, count: increment.count)
            counts.insert(count, at: place.map { $0 + 1 } ?? 0)
        }
        if let newest = counts.last?.day { counts.removeAll { $0.day < newest - maximumDays } }
        board.counts[increment.item] = counts
    }

    /// Drops what memory knows of items that were deleted.
    public func forget(_ programme: ProgrammeID, _ items: some Sequence<ItemID>) {
        boards.withLock { boards in
            guard var board = boards.removeValue(forKey: programme) else { return }
            for item in items { board.counts[item] = nil }
            board.version += 1
            board.rankings = [:]
            boards[programme] = board
        }
    }

    /// Reads the counts of the last ``maximumDays`` into memory: at start, and now and then where other nodes count too.
    public func load(_ programme: ProgrammeID, now: Instant) async throws {
        let since = Self.day(now) - Self.maximumDays
        let loaded = try await database.read { connection in
            try connection.query(
                """
                SELECT item_id, day, signal, count FROM item_popularity WHERE programme_id = ? AND day >= ?
                ORDER BY item_id, day, signal
                """, [.programme(programme), .integer(Int64(since))]
            ).map { row in
                guard let item = ItemID(try row.text(0)), let signal = PopularitySignal(rawValue: try row.int(2)) else {
                    throw CatalogueProblem.unreadable(table: "item_popularity", reason: "its item or signal is unknown")
                }
                return PopularityIncrement(item: item, day: Int(try row.int(1)), signal: signal, count: try row.int(3))
            }
        }
        var counts: TreeDictionary<ItemID, [Count]> = [:]
        for row in loaded {
            counts[row.item, default: []].append(Count(day: row.day, signal: row.signal, count: row.count))
        }
        boards.withLock { boards in
            let version = (boards[programme]?.version ?? 0) + 1
            boards[programme] = Board(counts: counts, version: version)
        }
    }

    /// Deletes counts that are older than ``maximumDays``.
    ///
    /// - Returns: how many rows went.
    @discardableResult
    public func prune(_ programme: ProgrammeID, now: Instant) async throws -> Int {
        let before = Int64(Self.day(now) - Self.maximumDays)
        return try await database.write { connection in
            try connection.execute(
                "DELETE FROM item_popularity WHERE programme_id = ? AND day < ?",
                [.programme(programme), .integer(before)])
        }
    }

    // MARK: Ranking

    /// The popular items of `snapshot` that `query` lets through and `viewer` may open at `now`, best first; equals by id.
    ///
    /// - Complexity: linear in the items looked at until the limit is reached; when counts changed and the ranking is
    ///   older than allowed, O(n log n) in the items that had events.
    public func popular(
        _ query: PopularityQuery = PopularityQuery(), in snapshot: CatalogueSnapshot, for viewer: Viewer = .anonymous,
        now: Instant
    ) -> [PopularItem] {
        var result: [PopularItem] = []
        for place in ranking(snapshot.programme, query, now).places {
            guard result.count < query.limit else { break }
            guard place.count >= query.minimumCount, let item = snapshot.item(place.item), query.filter.admits(item),
                item.availability(for: viewer, at: now).isOpen
            else { continue }
            result.append(PopularItem(item: item, score: place.score, count: place.count))
        }
        return result
    }

    private func ranking(_ programme: ProgrammeID, _ query: PopularityQuery, _ now: Instant) -> Ranking {
        let key = RankingKey(
            today: Self.day(now), days: min(max(query.days, 1), Self.maximumDays),
            halfLifeDays: max(query.halfLifeDays, 0.25))
        let (known, counts, version) = boards.withLock { boards in
            let board = boards[programme] ?? Board()
            return (board.rankings[key], board.counts, board.version)
        }
        if let known {
            let age = now - known.builtAt
            if known.version == version || (0..<rankingAgeMilliseconds).contains(age) { return known }
        }
        // Sorted outside the lock: the counts are persistent, so counting goes on meanwhile.
        let ranking = Ranking(version: version, builtAt: now, places: Self.rank(counts, key))
        boards.withLock { boards in
            guard var board = boards.removeValue(forKey: programme) else { return }
            // Yesterday's rankings, and more different questions than anybody means to ask.
            if board.rankings.count >= 16 || board.rankings.keys.contains(where: { $0.today != key.today }) {
                board.rankings = [:]
            }
            board.rankings[key] = ranking
            boards[programme] = board
        }
        return ranking
    }

    private static func rank(_ counts: TreeDictionary<ItemID, [Count]>, _ key: RankingKey) -> [Ranking.Place] {
        // A member's day may be ahead of the server's by one.
        let window = (key.today - key.days + 1)...(key.today + 1)
        let decay = (0..<key.days).map { exp2(-Double($0) / key.halfLifeDays) }
        var places: [Ranking.Place] = []
        for (item, counts) in counts {
            var score = 0.0
            var total: Int64 = 0
            for count in counts where window.contains(count.day) {
                score += Double(count.count) * count.signal.weight * decay[max(0, key.today - count.day)]
                total += count.count
            }
            if total > 0 { places.append(Ranking.Place(item: item, score: score, count: total)) }
        }
        places.sort { $0.score == $1.score ? $0.item < $1.item : $0.score > $1.score }
        return places
    }

    /// The UTC day of an instant, in days since 1970-01-01.
    static func day(_ instant: Instant) -> Int {
        Int((Double(instant.milliseconds) / 86_400_000).rounded(.down))
    }
}
