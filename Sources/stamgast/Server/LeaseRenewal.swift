import Logging
import Primitives
import Runtime
import ServiceLifecycle
import Storage
import Synchronization

/// Keeps the lease under which this process commits. When it is lost, nothing is taken any more.
final class LeaseRenewal: Service {
    private let home: Home
    private let interval: Duration
    private let logger: Logger
    private let isHeld = Mutex(true)

    init(home: Home, interval: Duration, logger: Logger) {
        self.home = home
        self.interval = interval
        self.logger = logger
    }

    var holdsLease: Bool { isHeld.withLock { $0 } }

    func run() async throws {
        var canWrite = true
        for await _ in Ticks(every: interval).cancelOnGracefulShutdown() {
            do {
                try await home.renewLease()
                if !isHeld.withLock({ was in
                    defer { was = true }
                    return was
                }) {
                    logger.notice("lease held again")
                }
                if !canWrite { logger.notice("the disk can be written again") }
                canWrite = true
            } catch StorageProblem.full, StorageProblem.readOnly {
                // No reason to think that another node has the lease, and every commit checks it.
                if canWrite { logger.error("the disk is full or read-only: nothing is taken until it can be written") }
                canWrite = false
            } catch {
                isHeld.withLock { $0 = false }
                logger.error(
                    "lease lost: nothing is taken until it is held again", metadata: ["error": "\(type(of: error))"])
                // Another node may stop: then this one goes on. A database that was away for a moment kept our lease.
                if !home.holdsLease { try? await home.acquire() }
            }
        }
    }
}
