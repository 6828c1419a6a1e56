internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// One SQLite file in write-ahead-log mode, durable at every commit.
///
/// One process owns the file. Writes run one after the other; up to `readers` reads run beside them, each on its own
/// snapshot.
public final class SQLiteDatabase: Database {
    /// How the file is used; the defaults are right for a server on a small machine.
    public struct Settings: Sendable {
        /// The most reads at a time; also the number of read connections.
        public var readers = 4
        /// The most reads, and the most writes, that may wait; beyond that `.overloaded`.
        public var maximumWaiting = 4_096
        /// The write-ahead log is copied into the file when it has grown by this many pages of 4 kB; it begins anew at about
        /// four times as many.
        public var checkpointPages = 4_000
        /// The log file is cut back to this size after it was emptied.
        public var journalBytes = 64 << 20
        /// Page cache of the writer and of each reader, in kB.
        public var writerCacheKilobytes = 64 << 10
        public var readerCacheKilobytes = 8 << 10
        /// How long a write waits for another process that holds the file, in seconds.
        public var busySeconds = 5.0
        /// A read that works longer is ended with `.timeout`: a long one keeps the log from being emptied.
        public var readSeconds = 30.0
        /// `FULL` in every product; tests choose another to prove that they would notice.
        var synchronous = "FULL"

        public init() {}
    }

    public var engine: Engine { .sqlite }
    public let path: String

    private let pool: DatabasePool
    private let settings: Settings
    let checkpointer: SQLiteCheckpointer
    private let load = Mutex(Load())

    private struct Load {
        var reads = 0
        var writes = 0
        var closed = false
        /// Set when the disk refused a sync: what the operating system still holds can no longer be trusted.
        var failure: StorageProblem?
    }

    /// Opens or creates the file and asserts that commits will be durable.
    ///
    /// - Throws: `.corrupt` when the file is not a database, `.notDurable` when the settings do not hold,
    ///   `.inputOutput`, `.full` or `.busy`.
    public static func open(path: String, settings: Settings = Settings()) throws(StorageProblem) -> SQLiteDatabase {
        try SQLiteDatabase(path: path, settings: settings)
    }

    private init(path: String, settings: Settings) throws(StorageProblem) {
        self.path = path
        self.settings = settings
        var configuration = Configuration()
        configuration.maximumReaderCount = max(1, settings.readers)
        configuration.busyMode = .timeout(settings.busySeconds)
        configuration.label = "stamgast"
        configuration.prepareDatabase { database in
            let isReader = sqlite3_db_readonly(database.sqliteConnection, "main") == 1
            let cache = isReader ? settings.readerCacheKilobytes : settings.writerCacheKilobytes
            try database.execute(
                sql: """
                    PRAGMA cache_size = -\(cache);
                    PRAGMA temp_store = MEMORY;
                    PRAGMA case_sensitive_like = ON;
                    PRAGMA trusted_schema = OFF;
                    """)
            guard !isReader else { return }
            try database.execute(
                sql: """
                    PRAGMA journal_size_limit = \(settings.journalBytes);
                    PRAGMA secure_delete = ON;
                    PRAGMA cell_size_check = ON;
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    """)
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // Only now: turning the write-ahead log on, GRDB sets NORMAL, which loses acknowledged commits at a power
            // cut.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = \(settings.synchronous)")
            }
            let checkpointer = try SQLiteCheckpointer(path: path, pages: settings.checkpointPages)
            self.checkpointer = checkpointer
            pool.writeWithoutTransaction { checkpointer.attach(to: $0) }
        } catch {
            throw StorageProblem(sqlite: error)
        }
        guard settings.synchronous == "FULL" else { return }
        do {
            try pool.writeWithoutTransaction { try Self.assertDurability(of: $0) }
        } catch {
            throw StorageProblem(sqlite: error)
        }
    }

    /// Reads back what durability rests on, as at start; for health checks.
    ///
    /// - Throws: `.notDurable` naming the setting.
    public func assertDurability() async throws {
        try await maintain { try Self.assertDurability(of: $0) }
    }

    private static func assertDurability(of database: GRDB.Database) throws {
        let synchronous = try String.fetchOne(database, sql: "PRAGMA synchronous") ?? ""
        guard synchronous == "2" else { throw StorageProblem.notDurable(setting: "synchronous", value: synchronous) }
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
        guard mode == "wal" else { throw StorageProblem.notDurable(setting: "journal_mode", value: mode) }
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try begin(\.reads)
        defer { end(\.reads) }
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { database in
                continuation.resume(
                    with: Result {
                        do {
                            let database = try database.get()
                            let connection = SQLiteConnection(database)
                            defer { connection.invalidate() }
                            return try Self.limited(database, seconds: self.settings.readSeconds) {
                                let result = try body(connection)
                                if let problem = connection.problem { throw problem }
                                return result
                            }
                        } catch let error as DatabaseError {
                            throw StorageProblem(sqlite: error)
                        }
                    })
            }
        }
    }

    @discardableResult
    public func write<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try begin(\.writes)
        defer { end(\.writes) }
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { database in
                continuation.resume(with: Result { try self.transaction(database, body) })
            }
        }
    }

    /// Interrupts the statements that `body` runs after so many seconds.
    private static func limited<T>(
        _ database: GRDB.Database, seconds: Double, _ body: () throws -> T
    ) throws -> T {
        var deadline = DispatchTime.now().uptimeNanoseconds &+ UInt64(max(0, seconds) * 1e9)
        return try withUnsafeMutablePointer(to: &deadline) { deadline in
            let isLate: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { deadline in
                guard let deadline = deadline?.assumingMemoryBound(to: UInt64.self) else { return 0 }
                return DispatchTime.now().uptimeNanoseconds > deadline.pointee ? 1 : 0
            }
            // Asked every so many instructions of SQLite's machine: a fraction of a millisecond.
            sqlite3_progress_handler(database.sqliteConnection, 10_000, isLate, deadline)
            defer { sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil) }
            return try body()
        }
    }

    private func transaction<T>(_ database: GRDB.Database, _ body: (any Connection) throws -> T) throws -> T {
        if let failure = load.withLock({ $0.failure }) ?? checkpointer.failure { throw failure }
        let connection = SQLiteConnection(database)
        defer { connection.invalidate() }
        var result: T?
        var committing = false
        do {
            try database.inTransaction(.immediate) {
                result = try body(connection)
                if let problem = connection.problem { throw problem }
                committing = true
                return .commit
            }
        } catch let error as DatabaseError {
            throw note(StorageProblem(sqlite: error), committing: committing)
        } catch let error as StorageProblem {
            throw note(error, committing: committing)
        }
        guard let result else { throw StorageProblem.closed }
        return result
    }

    /// A failed write-ahead-log write may have reached the disk, whole: after a crash the transaction could come back.
    /// And after a failed sync the kernel drops what it could not write and answers the next sync with success.
    private func note(_ problem: StorageProblem, committing: Bool) -> StorageProblem {
        guard case .inputOutput(let code) = problem else { return problem }
        if StorageProblem.isFailedSync(sqliteCode: Int32(code)) { load.withLock { $0.failure = problem } }
        return committing ? .outcomeUnknown : problem
    }

    public func close() async {
        let first = load.withLock { load in
            defer { load.closed = true }
            return !load.closed
        }
        guard first else { return }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [pool, checkpointer] in
                checkpointer.close()
                // Both block until running bodies end. A log that could not be emptied is read again at the next start.
                _ = try? pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
                try? pool.close()
                continuation.resume()
            }
        }
    }

    /// Reads that run or wait, for tests of the bound.
    var waitingReads: Int { load.withLock { $0.reads } }

    private func begin(_ counter: any WritableKeyPath<Load, Int> & Sendable) throws(StorageProblem) {
        let limit = settings.maximumWaiting
        let problem: StorageProblem? = load.withLock { load in
            if load.closed { return .closed }
            if load[keyPath: counter] >= limit { return .overloaded(limit: limit) }
            load[keyPath: counter] += 1
            return nil
        }
        if let problem { throw problem }
    }

    private func end(_ counter: any WritableKeyPath<Load, Int> & Sendable) {
        load.withLock { $0[keyPath: counter] -= 1 }
    }

    /// Runs `body` on the writing connection outside any transaction, for maintenance.
    func maintain<T: Sendable>(_ body: @escaping @Sendable (GRDB.Database) throws -> T) async throws -> T {
        try begin(\.writes)
        defer { end(\.writes) }
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { database in
                continuation.resume(
                    with: Result {
                        do { return try body(database) } catch let error as DatabaseError {
                            throw StorageProblem(sqlite: error)
                        }
                    })
            }
        }
    }
}
