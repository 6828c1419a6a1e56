import Logging
import Primitives
import Runtime
import ServiceLifecycle
import Storage
import Synchronization

/// Keeps the leases under which this process commits, and its share of what several servers of one database own.
final class LeaseRenewal: Service {
    private let home: Home
    private let interval: Duration
    private let logger: Logger
    /// Where other nodes reach this one; `nil` until requests are taken.
    private let address = Mutex<String?>(nil)
    private let isWell = Mutex(true)

    init(home: Home, interval: Duration, logger: Logger) {
        self.home = home
        self.interval = interval
        self.logger = logger
    }

    /// Whether the leases could be looked after the last time.
    var holdsLease: Bool { isWell.withLock { $0 } }

    /// Takes the first share. Before the server says that it takes requests.
    func begin(address: String) async {
        self.address.withLock { $0 = address }
        await turn()
    }

    func run() async throws {
        for await _ in Ticks(every: interval).cancelOnGracefulShutdown() { await turn() }
    }

    private func turn() async {
        do {
            for programme in try await home.ownership.renew() { note("another server took it over", programme) }
            if home.database.engine == .postgres, let address = address.withLock({ $0 }) {
                let (taken, given) = try await home.ownership.balance(address: address)
                for programme in taken { note("owned here from now on", programme) }
                for programme in given { note("given to another server", programme) }
            }
            if !isWell.withLock({ was in
                defer { was = true }
                return was
            }) {
                logger.notice("the database can be written again")
            }
        } catch is CancellationError {
            return
        } catch {
            // No reason to think that another node has the leases, and every commit checks its own.
            switch error {
            case StorageProblem.full, StorageProblem.readOnly: home.engine.metrics.noteReadOnly()
            default: break
            }
            let wasWell = isWell.withLock { was in
                defer { was = false }
                return was
            }
            if wasWell {
                logger.error(
                    "the database cannot be written: nothing is taken until it can",
                    metadata: ["error": "\(type(of: error))"])
            }
        }
    }

    private func note(_ what: String, _ programme: ProgrammeID) {
        logger.notice("\(what)", metadata: ["programme": "\(programme.name)"])
    }
}
