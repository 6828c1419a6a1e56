/// A PostgreSQL server through libpq, with a pool of connections.
public final class PostgresDatabase: Database {
    /// How the server is used.
    public struct Settings: Sendable {
        /// A statement that runs longer is cancelled by the server: `.timeout`.
        public var statementMilliseconds = 30_000
        /// A statement that waits longer for a lock counts as a conflict.
        public var lockMilliseconds = 5_000
        /// A transaction that does nothing for longer is ended by the server, with its locks: what happens to a node
        /// that stops in the middle of one.
        public var idleMilliseconds = 10_000
        /// How often a transaction that loses against others is run in all.
        public var maximumAttempts = 20
        /// How often a transaction whose connection was gone before its commit is run again.
        public var maximumReconnects = 1
        /// The most reads, and the most writes, that may wait for a connection; beyond that `.overloaded`.
        public var maximumWaiting = 4_096

        public init() {}
    }

    public var engine: Engine { .postgres }
    private let pool: PostgresPool

    /// Connects, and asserts that commits will be durable (`fsync`, `full_page_writes` and `synchronous_commit`).
    ///
    /// - Parameters:
    ///   - uri: a libpq connection URI or string; never logged.
    ///   - connections: size of the pool; each is a thread of this process and a process of the server.
    /// - Throws: `.connectionLost` when no server answers at the address or it refuses us, `.busy` when it has no
    ///   connection left, `.notDurable`, `.readOnly` when it is a standby.
    public static func open(
        uri: String, connections: Int, settings: Settings = Settings()
    ) async throws(StorageProblem) -> PostgresDatabase {
        let links = (1...max(1, connections)).map { PostgresLink(uri: uri, settings: settings, number: $0) }
        // One now, to fail at once; the others when they are needed.
        if let last = links.last { try await last.connect() }
        return PostgresDatabase(PostgresPool(links, maximumWaiting: settings.maximumWaiting))
    }

    private init(_ pool: PostgresPool) {
        self.pool = pool
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await run(.read, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
    }

    @discardableResult
    public func write<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        switch isolation {
        case .serializable: try await run(.write, "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE", body)
        case .snapshot: try await run(.write, "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE", body)
        }
    }

    public func close() async {
        for link in await pool.close() { await link.close() }
    }

    /// How many wait for a connection, for tests of the bound.
    var waiting: Int { get async { await pool.waiting } }

    private func run<T: Sendable>(
        _ purpose: PostgresPool.Purpose, _ begin: String, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let link = try await pool.borrow(purpose)
        let result: Result<T, any Error>
        do {
            result = .success(try await link.transact(begin, body))
        } catch {
            result = .failure(error)
        }
        await pool.giveBack(link, purpose)
        return try result.get()
    }
}
