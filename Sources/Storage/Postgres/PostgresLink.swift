@preconcurrency internal import Dispatch

/// A place in the pool: one thread and, once used, one session on it.
///
/// libpq blocks, so this actor runs on a dispatch queue of its own instead of Swift's cooperative pool, which has one
/// thread per core and would stop the whole server.
actor PostgresLink {
    private let executor: QueueExecutor
    private let uri: String
    private let settings: PostgresDatabase.Settings
    private var session: PostgresSession?

    init(uri: String, settings: PostgresDatabase.Settings, number: Int) {
        self.uri = uri
        self.settings = settings
        executor = QueueExecutor(label: "stamgast.postgres.\(number)")
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects unless connected.
    func connect() throws(StorageProblem) {
        _ = try usableSession()
    }

    func close() {
        session?.close()
        session = nil
    }

    /// Runs `body` in a transaction that `begin` opens, again when it lost against others or its connection turned out
    /// to be gone before the commit was sent.
    func transact<T: Sendable>(
        _ begin: String, _ body: @Sendable (any Connection) throws -> T
    ) throws -> T {
        var conflicts = 0
        var losses = 0
        while true {
            let session = try usableSession()
            let connection = PostgresConnection(session)
            defer { connection.invalidate() }
            do {
                try session.begin(begin)
                let result = try body(connection)
                // An error that the body kept to itself.
                if let failure = connection.failure { throw failure }
                if let problem = connection.problem { throw problem }
                try session.commit()
                return result
            } catch {
                let outcome = judge(error, connection, session, conflicts: &conflicts, losses: &losses)
                if let outcome { throw outcome }
            }
        }
    }

    /// What becomes of a transaction that failed.
    ///
    /// - Returns: what to throw, or `nil` to run it again.
    private func judge(
        _ error: any Error, _ connection: PostgresConnection, _ session: PostgresSession,
        conflicts: inout Int, losses: inout Int
    ) -> (any Error)? {
        let failure = error as? PostgresFailure ?? connection.failure
        if session.isBroken {
            discard()
            // The server's last word came before the commit was reached; without a last word nobody knows.
            let isUnknown = session.isCommitting && (failure == nil || failure?.isCommit == true)
            if isUnknown { return StorageProblem.outcomeUnknown }
            guard failure?.problem ?? .connectionLost == .connectionLost else { return failure?.problem ?? error }
            losses += 1
            return losses <= settings.maximumReconnects ? nil : StorageProblem.connectionLost
        }
        session.rollback()
        if !session.isIdle { discard() }
        guard let failure else { return error }
        if failure.isStalePlan, losses == 0 {
            losses += 1
            discard()
            return nil
        }
        // A unique violation may be a lost race: the second run then sees the row.
        if failure.isConflict || (failure.state == "23505" && conflicts == 0) {
            conflicts += 1
            if conflicts < settings.maximumAttempts { return nil }
            return StorageProblem.contention(attempts: conflicts)
        }
        return error is PostgresFailure ? failure.problem : error
    }

    private func usableSession() throws(StorageProblem) -> PostgresSession {
        if let session, session.isIdle { return session }
        discard()
        let fresh = try PostgresSession(uri: uri, settings: settings)
        session = fresh
        return fresh
    }

    private func discard() {
        session?.close()
        session = nil
    }
}

/// Runs an actor's jobs on a serial dispatch queue.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
