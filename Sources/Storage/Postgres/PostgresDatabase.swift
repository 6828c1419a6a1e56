/// A PostgreSQL server through libpq.
public final class PostgresDatabase: Database {
    public var engine: Engine { .postgres }

    public static func open(uri: String, connections: Int) async throws(StorageProblem) -> PostgresDatabase {
        throw .connectionLost
    }

    private init() {}

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        throw StorageProblem.closed
    }

    public func write<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        throw StorageProblem.closed
    }

    public func close() async {}
}
