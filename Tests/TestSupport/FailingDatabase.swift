public import Storage
import Synchronization

/// A database whose writes fail when a test says so.
public final class FailingDatabase: Database {
    private let base: any Database
    private let next = Mutex<[Failure]>([])

    /// One write that fails.
    public struct Failure: Sendable {
        public var problem: StorageProblem
        /// Whether the transaction is on disk all the same.
        public var isCommitted: Bool

        public init(_ problem: StorageProblem, isCommitted: Bool = false) {
            self.problem = problem
            self.isCommitted = isCommitted
        }
    }

    public init(_ base: any Database) {
        self.base = base
    }

    /// The next writes fail, one after the other.
    public func fail(_ failures: [Failure]) { next.withLock { $0 = failures } }

    public var engine: Engine { base.engine }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await base.read(body)
    }

    public func write<T: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let failure = next.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let failure else { return try await base.write(isolation, body) }
        if failure.isCommitted { _ = try await base.write(isolation, body) }
        throw failure.problem
    }

    public func close() async { await base.close() }
}
