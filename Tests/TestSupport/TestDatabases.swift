import Foundation
public import Storage

/// Fresh databases for tests, on every engine that is there.
///
/// ```swift
/// @Test(arguments: TestDatabases.engines)
/// func keepsTheBalance(engine: Engine) async throws {
///     try await TestDatabases.with(engine, [Schema.ledger]) { database in … }
/// }
/// ```
///
/// SQLite databases are temporary files. PostgreSQL needs `STAMGAST_TEST_POSTGRES` with a libpq URI (`./test` and
/// `scripts/postgres` set it); each test gets a schema of its own, dropped afterwards. Without the variable the
/// PostgreSQL half is skipped with a sentence, or fails when `STAMGAST_REQUIRE_POSTGRES=1`.
public enum TestDatabases {
    /// Where the PostgreSQL server for tests is.
    public static var postgresURI: String? {
        ProcessInfo.processInfo.environment["STAMGAST_TEST_POSTGRES"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The engines to run a test on; SQLite always.
    public static let engines: [Engine] = {
        if postgresURI != nil { return [.sqlite, .postgres] }
        if ProcessInfo.processInfo.environment["STAMGAST_REQUIRE_POSTGRES"] == "1" { return [.sqlite, .postgres] }
        print("PostgreSQL tests are skipped: STAMGAST_TEST_POSTGRES names no server (scripts/postgres starts one).")
        return [.sqlite]
    }()

    /// What is wrong with the surroundings of the tests.
    public enum Problem: Error, CustomStringConvertible {
        case noPostgres
        /// The body failed on this engine.
        case failed(Engine, any Error)

        public var description: String {
            switch self {
            case .noPostgres:
                "STAMGAST_REQUIRE_POSTGRES=1, but STAMGAST_TEST_POSTGRES names no server"
            case .failed(let engine, let error): "on \(engine): \(error)"
            }
        }
    }

    /// Runs `body` on one fresh, migrated database per engine, one after the other.
    public static func each(
        _ schemas: [Schema] = [], _ body: (any Database) async throws -> Void
    ) async throws {
        for engine in engines {
            do { try await with(engine, schemas, body) } catch { throw Problem.failed(engine, error) }
        }
    }

    /// Runs `body` on one fresh, migrated database.
    @discardableResult
    public static func with<T>(
        _ engine: Engine, _ schemas: [Schema] = [], _ body: (any Database) async throws -> T
    ) async throws -> T {
        switch engine {
        case .sqlite:
            return try await withFolder { folder in
                let database = try SQLiteDatabase.open(path: folder + "/test.sqlite")
                return try await run(database, schemas, body)
            }
        case .postgres:
            return try await withPostgresSchema { uri in
                let database = try await PostgresDatabase.open(uri: uri, connections: 4)
                return try await run(database, schemas, body)
            }
        }
    }

    /// Runs `body` with the path of an empty temporary folder and removes the folder afterwards.
    public static func withFolder<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = NSTemporaryDirectory() + "/stamgast-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    /// Runs `body` with a URI whose connections see an empty schema only, and drops the schema afterwards. Two
    /// databases opened on the same URI are two nodes on one server.
    public static func withPostgresSchema<T>(_ body: (String) async throws -> T) async throws -> T {
        guard let uri = postgresURI else { throw Problem.noPostgres }
        // Swift Testing starts everything at once, and each of the server's connections is a process.
        await places.enter()
        defer { Task { await places.leave() } }
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let keeper = try await PostgresDatabase.open(uri: uri, connections: 1)
        _ = try await keeper.write { try $0.execute("CREATE SCHEMA \(name)") }
        let option = "options=-csearch_path%3D\(name)"
        let result: Result<T, any Error>
        do {
            result = .success(try await body(uri + (uri.contains("?") ? "&" : "?") + option))
        } catch {
            result = .failure(error)
        }
        _ = try await keeper.write { try $0.execute("DROP SCHEMA \(name) CASCADE") }
        await keeper.close()
        return try result.get()
    }

    private static let places = Places(16)

    private static func run<T>(
        _ database: some Database, _ schemas: [Schema], _ body: (any Database) async throws -> T
    ) async throws -> T {
        let result: Result<T, any Error>
        do {
            try await Migrator.migrate(database, schemas)
            result = .success(try await body(database))
        } catch {
            result = .failure(error)
        }
        await database.close()
        return try result.get()
    }
}

/// Lets a limited number of tasks in.
private actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    func enter() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
