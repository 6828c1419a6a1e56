public import Access
public import Catalogue
import Foundation
public import Loyalty
public import Primitives
public import Settings
public import Storage
import Synchronization
public import Vault

/// One installation: its databases, its keys, its lock, and the engine over them.
///
/// Opening it migrates both databases, makes keys on the first run, loads the programmes in force and takes the lease
/// under which everything is committed.
public final class Home: Sendable {
    /// What a home keeps besides its databases.
    public enum Problem: Error, CustomStringConvertible {
        /// Another node holds the lease on this database.
        case owned
        case notDurable(String)

        public var description: String {
            switch self {
            case .owned:
                "Another server owns this database's events. It hands over when it stops or its lease runs out; start again then."
            case .notDurable(let detail): "The database would lose acknowledged events at a power cut: \(detail)"
            }
        }
    }

    public let path: String
    public let database: any Database
    public let vaultDatabase: any Database
    public let vault: Vault
    public let keys: HomeKeys
    public let engine: Engine
    public let catalogue: CatalogueService
    public let access: Access
    public let versions: ProgrammeVersions
    public let leases: Leases
    public let random: any RandomBytes
    public let policy: HomePolicy
    private let lock: HomeLock?
    private let held = Mutex<Lease?>(nil)

    /// All tables of the main database.
    public static let schemas: [Schema] =
        [
            Leases.schema, Outbox.schema, IdempotencyRecords.schema, KeyCheck.schema, CatalogueSchema.schema,
            LoyaltySchema.schema, ProgrammeVersions.schema,
        ] + Access.schemas.filter { $0.room != KeyCheck.schema.room }

    /// Opens a home.
    ///
    /// - Parameters:
    ///   - configuration: where its databases are.
    ///   - environment: may hold keys.
    ///   - random: makes keys and pseudonyms.
    ///   - standby: is told once that another server owns the database's events; then this waits until that one stops or
    ///     its lease runs out. Without it an owned database is a failure.
    /// - Throws: what makes the home unusable, in a sentence that says what to do.
    public static func open(
        _ configuration: Configuration, environment: [String: String],
        clock: any WallClock = SystemClock(), random: any RandomBytes = SystemRandomBytes(),
        zones: SystemZones = SystemZones(), limits: Pipeline.Limits = Pipeline.Limits(),
        standby: (@Sendable () -> Void)? = nil
    ) async throws -> Home {
        let path = configuration[.home]
        let lock = try HomeLock(home: path)
        let database = try await open(configuration[.database], in: path, configuration)
        let vaultDatabase = try await open(configuration[.vaultDatabase], in: path, configuration)
        try await Migrator.migrate(database, schemas)
        try await Migrator.migrate(vaultDatabase, Vault.schemas)
        let keys = try await HomeKeys.open(
            folder: path + "/keys", environment: environment,
            databases: [
                HomeKeys.MarkedDatabase(database, .main), HomeKeys.MarkedDatabase(vaultDatabase, .vault),
            ], random: random)
        let vault = try Vault(database: vaultDatabase, keys: keys, random: random)
        let catalogue = CatalogueService(database: database)
        let claimKey = try keys.claim.current
        let engine = Engine(
            database: database, identities: vault.identities, host: ProgrammeHost(), catalogue: catalogue,
            zones: zones, clock: clock, live: LiveHub(),
            records: try IdempotencyRecords(secret: KeyedHash(root: claimKey, use: "idempotency").bytes(of: [])),
            sealer: QuarantineSealer(root: claimKey, random: random),
            claims: KeyedHash(root: claimKey, use: "claims"), limits: limits)
        let owner = "\(ProcessInfo.processInfo.hostName)/\(random.id())"
        let home = Home(
            path: path, database: database, vaultDatabase: vaultDatabase, vault: vault, keys: keys, engine: engine,
            catalogue: catalogue, access: try Access(database: database, keys: keys, random: random),
            versions: ProgrammeVersions(database), random: random,
            // On SQLite the lock has already shut out everyone else: a lease left by a crash is ours at once.
            leases: Leases(
                owner: database.engine == .sqlite ? "home" : owner,
                durationMilliseconds: configuration[.leaseDuration].components.seconds * 1_000),
            lock: lock, policy: HomePolicy(configuration))
        do {
            home.engine.live.restore(TallyFile(home: path).read())
            try await home.acquire(standby)
        } catch {
            await home.close()
            throw error
        }
        return home
    }

    private init(
        path: String, database: any Database, vaultDatabase: any Database, vault: Vault, keys: HomeKeys,
        engine: Engine, catalogue: CatalogueService, access: Access, versions: ProgrammeVersions,
        random: any RandomBytes, leases: Leases, lock: HomeLock, policy: HomePolicy
    ) {
        self.path = path
        self.database = database
        self.vaultDatabase = vaultDatabase
        self.vault = vault
        self.keys = keys
        self.engine = engine
        self.catalogue = catalogue
        self.access = access
        self.versions = versions
        self.random = random
        self.leases = leases
        self.lock = lock
        self.policy = policy
    }

    private static func open(
        _ location: DatabaseLocation, in home: String, _ configuration: Configuration
    ) async throws -> any Database {
        switch location {
        case .sqlite(let path):
            let full = path.hasPrefix("/") ? path : home + "/" + path
            return try SQLiteDatabase.open(path: full)
        case .postgres(let uri):
            return try await PostgresDatabase.open(uri: uri, connections: configuration[.databaseConnections])
        }
    }

    private func acquire(_ standby: (@Sendable () -> Void)?) async throws {
        var waits = false
        while true {
            do {
                return try await acquire()
            } catch Problem.owned {
                guard let standby else { throw Problem.owned }
                if !waits { standby() }
                waits = true
                try await Task.sleep(for: .milliseconds(min(1_000, leases.durationMilliseconds / 4)))
            }
        }
    }

    /// Takes the lease on the partition that this process writes, and reads what an earlier owner may have changed.
    public func acquire() async throws {
        let leases = self.leases
        let now = engine.clock.now()
        let lease = try await database.write { try leases.acquire($0, partition: 0, now: now) }
        guard let lease else { throw Problem.owned }
        // Before anything is taken under the lease.
        try await loadProgrammes()
        held.withLock { $0 = lease }
        await engine.pipeline.own(lease)
        try await finishErasures()
    }

    /// Whether this process may write, as far as it knows.
    public var holdsLease: Bool { held.withLock { $0 != nil } }

    /// Prolongs the lease. When it is lost, nothing is taken any more.
    public func renewLease() async throws {
        guard let lease = held.withLock({ $0 }) else { throw Problem.owned }
        let leases = self.leases
        let now = engine.clock.now()
        do {
            let renewed = try await database.write { try leases.renew($0, lease, now: now) }
            held.withLock { $0 = renewed }
            engine.metrics.wrote(isReadOnly: false)
        } catch {
            if let problem = error as? StorageProblem, [.full, .readOnly].contains(problem) {
                engine.metrics.wrote(isReadOnly: true)
            }
            // A database that is away for a moment has lost nothing: every commit checks the lease anyway.
            if case StorageProblem.leaseLost = error {
                held.withLock { $0 = nil }
                await engine.pipeline.own(nil)
            }
            throw error
        }
    }

    /// Puts a compiled programme in force without keeping it as a version: for benches and tests.
    public func install(_ programme: CompiledProgramme) async throws {
        // What is in memory follows every commit; reading it again beside the pipeline could miss one.
        if engine.host[programme.id] == nil { try await catalogue.load(programme.id, now: engine.clock.now()) }
        engine.host.put(try policy.applied(to: programme, zones: engine.zones))
    }

    /// Finishes what was taken and closes everything.
    public func close() async {
        await engine.drain()
        let tallies = engine.live.allTallies
        if !tallies.isEmpty { TallyFile(home: path).write(tallies) }
        if let lease = held.withLock({ $0 }) {
            let leases = self.leases
            // If this fails the lease runs out by itself.
            try? await database.write { try leases.release($0, lease) }
        }
        await database.close()
        await vaultDatabase.close()
    }
}
