import Logging
import Primitives
import Runtime
import ServiceLifecycle
import Storage
import Synchronization

/// Keeps the leases under which this process commits, and its share of what several servers of one database own.
///
/// Two loops: leases are prolonged on time however long it takes to take a programme over.
final class LeaseRenewal: Service {
    private let home: Home
    private let interval: Duration
    private let logger: Logger
    /// Where other nodes reach this one; `nil` until requests are taken, and on SQLite, which nobody shares.
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
        guard home.database.engine == .postgres else { return }
        self.address.withLock { $0 = address }
        await renew()
        await balance()
    }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in Ticks(every: self.interval).cancelOnGracefulShutdown() { await self.renew() }
            }
            group.addTask {
                for await _ in Ticks(every: self.interval).cancelOnGracefulShutdown() { await self.balance() }
            }
        }
    }

    private func renew() async {
        await attempt {
            for programme in try await self.home.ownership.renew(address: self.address.withLock { $0 }) {
                self.note("another server took it over", programme)
            }
            self.becameWell()
        }
    }

    private func balance() async {
        guard address.withLock({ $0 }) != nil else { return }
        await attempt {
            let turn = try await self.home.ownership.balance()
            for programme in turn.taken { self.note("owned here from now on", programme) }
            for programme in turn.given { self.note("given to another server", programme) }
            for (programme, error) in turn.failed {
                self.logger.error(
                    "a programme cannot be looked after",
                    metadata: ["programme": "\(programme.name)", "error": "\(error)"])
            }
        }
    }

    private func attempt(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            return
        } catch StorageProblem.full, StorageProblem.readOnly {
            // Nobody else has the leases for that, and every commit checks its own; `/ready` says what is not well.
            home.engine.metrics.noteReadOnly()
        } catch {
            let wasWell = isWell.withLock { was in
                defer { was = false }
                return was
            }
            guard wasWell else { return }
            logger.error(
                "leases cannot be looked after: nothing is taken once they have run out",
                metadata: ["error": "\(type(of: error))"])
        }
    }

    private func becameWell() {
        let wasWell = isWell.withLock { was in
            defer { was = true }
            return was
        }
        if !wasWell { logger.notice("leases are looked after again") }
    }

    private func note(_ what: String, _ programme: ProgrammeID) {
        logger.notice("\(what)", metadata: ["programme": "\(programme.name)"])
    }
}

/// Gives everything to the other servers before this one stops taking requests: what comes meanwhile is passed on.
struct LeavingService: Service {
    let home: Home

    func run() async throws {
        try? await gracefulShutdown()
        await home.ownership.leave()
    }
}
