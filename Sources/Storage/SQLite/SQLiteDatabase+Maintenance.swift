internal import Foundation
internal import GRDB
internal import GRDBSQLite

extension SQLiteDatabase {
    /// Writes a consistent copy while the database is in use.
    ///
    /// The copy is compact (nothing deleted is left in it), checked, and synced before it gets its name: a file at
    /// `path` is a whole backup. It holds no keys.
    ///
    /// - Parameter progress: is told how many bytes are written of about how many: of the size of the original, which a
    ///   compact copy can fall short of.
    /// - Throws: `.invalid` when `path` exists, `.corrupt` when the copy does not pass the check, `.full`,
    ///   `.inputOutput`.
    public func backup(
        to path: String, progress: @escaping @Sendable (_ written: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StorageProblem.invalid("the backup's file exists already")
        }
        let partial = path + ".partial"
        let source = self.path
        // SQLite does not say how far a copy is, but its file does.
        let total = Self.bytes(of: source)
        let watch = Task {
            while (try? await Task.sleep(for: .milliseconds(200))) != nil {
                progress(min(Self.bytes(of: partial), max(0, total - 1)), total)
            }
        }
        defer { watch.cancel() }
        try await Self.apart {
            // Left by a backup that was interrupted.
            try? FileManager.default.removeItem(atPath: partial)
            do {
                try Self.withConnection(source) { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
                guard try Self.problems(of: partial).isEmpty else { throw StorageProblem.corrupt }
                try Self.sync(partial)
                guard rename(partial, path) == 0 else { throw StorageProblem.inputOutput(code: Int(errno)) }
                try Self.sync((path as NSString).deletingLastPathComponent)
            } catch {
                try? FileManager.default.removeItem(atPath: partial)
                // Copying a damaged file fails in many ways; only some of them say so.
                guard (try? Self.problems(of: source).isEmpty) == true else { throw StorageProblem.corrupt }
                throw error
            }
        }
        progress(total, total)
    }

    private static func bytes(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// SQLite's own check of the whole file.
    ///
    /// - Returns: what is wrong; empty when all is well.
    /// - Complexity: reads the file once.
    public func integrityProblems() async throws -> [String] {
        let path = path
        return try await Self.apart { try Self.problems(of: path) }
    }

    /// Copies the write-ahead log into the file and empties it, as far as reads that run let it.
    public func checkpoint() async throws {
        try await maintain { [checkpointer] connection in
            try checkpointer.paused { try connection.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        }
    }

    /// The size of the write-ahead log, in bytes.
    public var logBytes: Int { Self.bytes(of: path + "-wal") }

    /// Runs blocking work on a thread of its own.
    private static func apart<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
        }
    }

    /// Opens a connection beside the pool, which long work would hold up.
    private static func withConnection<T>(_ path: String, _ body: (GRDB.Database) throws -> T) throws -> T {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return try queue.inDatabase { database in
                try database.execute(sql: "PRAGMA query_only = OFF")
                return try body(database)
            }
        } catch {
            throw StorageProblem(sqlite: error)
        }
    }

    private static func problems(of path: String) throws -> [String] {
        try withConnection(path) { database in
            try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                + GRDB.Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
                    "a foreign key of \(row[0] as String? ?? "") points nowhere"
                }
        }
    }

    private static func sync(_ path: String) throws(StorageProblem) {
        let file = Foundation.open(path.isEmpty ? "." : path, O_RDONLY)
        guard file >= 0 else { throw .inputOutput(code: Int(errno)) }
        defer { Foundation.close(file) }
        guard fsync(file) == 0 else { throw .inputOutput(code: Int(errno)) }
    }
}
