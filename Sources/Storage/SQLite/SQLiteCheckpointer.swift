internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// Copies the write-ahead log into the file on a connection of its own, beside the commits.
///
/// SQLite would do it inside the commit that fills the log: the callers of that commit waited for some 4,000 pages to be
/// copied and synced. Here a commit only says how long the log is. The log can begin anew only at a moment when all of it is
/// copied, and while commits go on there is none; so a commit that finds it several times as long copies the rest itself,
/// which by then is short.
final class SQLiteCheckpointer: Sendable {
    private let queue = DispatchQueue(label: "stamgast.checkpoint")
    private let connection: DatabaseQueue
    /// So many pages later the log is copied again, and after four times as many it begins anew.
    private let pages: Int
    private let state = Mutex(State())
    /// Held while the log is copied on `connection`.
    private let copying = Mutex(())

    private struct State {
        var isRunning = false
        var isClosed = false
        /// How long the log was when it was last copied.
        var copied = 0
        /// From this length on, a commit copies the rest.
        var limit: Int?
        var failure: StorageProblem?
    }

    /// Set when the disk refused a sync: what the operating system still holds can no longer be trusted, so no later commit
    /// may be promised.
    var failure: StorageProblem? { state.withLock { $0.failure } }

    /// - Parameter pages: the length of log, in pages, that is worth copying.
    init(path: String, pages: Int) throws {
        var configuration = Configuration()
        configuration.label = "stamgast checkpoint"
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA synchronous = FULL;
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    """)
        }
        connection = try DatabaseQueue(path: path, configuration: configuration)
        self.pages = max(1, pages)
    }

    /// Has SQLite tell this object after each commit on `writer`, in place of its own checkpoints. `writer` must be closed
    /// before this object is freed.
    func attach(to writer: GRDB.Database) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_wal_hook(
            writer.sqliteConnection,
            { me, handle, _, length in
                guard let me, let handle else { return SQLITE_OK }
                return Unmanaged<SQLiteCheckpointer>.fromOpaque(me).takeUnretainedValue()
                    .committed(handle, length: Int(length))
            }, me)
    }

    private enum Step { case nothing, beside, inside }

    /// - Returns: what SQLite gives back to the committing statement. A failed copy does not undo the commit, so it is OK.
    private func committed(_ writer: OpaquePointer, length: Int) -> Int32 {
        let step: Step = state.withLock { state in
            // Shorter than before: the log has begun anew.
            if length < state.copied {
                state.copied = 0
                state.limit = nil
            }
            if length >= state.limit ?? pages * 4 {
                // A reader may keep it from beginning anew: then not at every commit.
                state.limit = length + pages
                return .inside
            }
            guard !state.isRunning, !state.isClosed, length - state.copied >= pages else { return .nothing }
            state.isRunning = true
            return .beside
        }
        switch step {
        case .nothing: break
        case .inside: report(sqlite3_wal_checkpoint_v2(writer, "main", SQLITE_CHECKPOINT_PASSIVE, nil, nil))
        case .beside: queue.async { [self] in copy() }
        }
        return SQLITE_OK
    }

    private func copy() {
        var copied: Int32 = 0
        let code = copying.withLock { _ in
            connection.inDatabase {
                sqlite3_wal_checkpoint_v2($0.sqliteConnection, "main", SQLITE_CHECKPOINT_PASSIVE, nil, &copied)
            }
        }
        report(code)
        state.withLock { state in
            state.isRunning = false
            if code == SQLITE_OK { state.copied = max(0, Int(copied)) }
        }
    }

    /// What else may happen (another checkpoint at work, a reader in the way, a full disk) only leaves the log longer for now.
    private func report(_ code: Int32) {
        guard StorageProblem.isFailedSync(sqliteCode: code) else { return }
        state.withLock { $0.failure = .inputOutput(code: Int(code)) }
    }

    /// Runs `body` while nothing is copied beside: SQLite lets one connection copy at a time and refuses the other at once.
    /// Copying never waits for the writer, so the writer may wait here.
    func paused<T>(_ body: () throws -> sending T) rethrows -> sending T { try copying.withLock { _ in try body() } }

    /// Ends after the copying that runs.
    func close() {
        state.withLock { $0.isClosed = true }
        queue.sync {}
        try? connection.close()
    }
}
