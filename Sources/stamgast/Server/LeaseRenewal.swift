import Logging
import Primitives
import Runtime
import ServiceLifecycle
import Storage
import Synchronization

/// Keeps the lease under which this process commits. When it is lost, nothing is taken any more.
final class LeaseRenewal: Service {
    static let seconds = 5

    private let home: Home
    private let logger: Logger
    private let isHeld = Mutex(true)

    init(home: Home, logger: Logger) {
        self.home = home
        self.logger = logger
    }

    var holdsLease: Bool { isHeld.withLock { $0 } }

    func run() async throws {
        for await _ in Ticks(every: .seconds(Self.seconds)).cancelOnGracefulShutdown() {
            do {
                try await home.renewLease()
                if !isHeld.withLock({ was in
                    defer { was = true }
                    return was
                }) {
                    logger.notice("lease held again")
                }
            } catch {
                isHeld.withLock { $0 = false }
                logger.error(
                    "lease lost: nothing is taken until it is held again", metadata: ["error": "\(type(of: error))"])
                // Another node may stop: then this one goes on.
                try? await home.acquire()
            }
        }
    }
}
