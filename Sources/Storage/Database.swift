/// A database of either engine.
///
/// ```swift
/// let balance = try await database.read { connection in
///     try connection.first("SELECT balance FROM account WHERE member_id = ?", [.member(member)])?.int(0) ?? 0
/// }
/// ```
///
/// Bodies are synchronous and run on the database's own threads, never on Swift's cooperative pool. Cancelling the
/// calling task does not interrupt a body: a write that began is answered with what became of it.
public protocol Database: Sendable {
    var engine: Engine { get }

    /// Runs `body` on one consistent snapshot that cannot be written to.
    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// Runs `body` in one transaction, which is on disk when this returns; when `body` throws, nothing of it is kept.
    ///
    /// `body` may run several times (a transaction that lost against a concurrent one is retried as a whole), so it
    /// changes nothing outside the database.
    ///
    /// - Throws: what `body` throws; `StorageProblem` otherwise.
    @discardableResult
    func write<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T

    /// Waits for running bodies and closes all connections. Later calls throw `.closed`.
    func close() async
}

/// How far a writing transaction is protected from concurrent ones.
public enum Isolation: Sendable {
    /// As if all such transactions ran one after the other.
    case serializable
    /// One snapshot, and no lost updates: two transactions that change the same row cannot both commit. Enough, and
    /// cheaper on PostgreSQL, for a writer that holds the lease on everything it reads in order to decide.
    case snapshot
}

extension Database {
    /// One serializable transaction: see ``write(_:_:)``.
    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await write(.serializable, body)
    }
}
