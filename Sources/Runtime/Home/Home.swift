public import Access
public import Catalogue
import Foundation
public import Loyalty
import Personalisation
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
        /// Another node holds the lease of a programme.
        case owned
        /// Servers that share a main database would each have a vault of their own.
        case vaultApart
        /// An entry of `outbound-networks`.
        case notANetwork(String)

        public var description: String {
            switch self {
            case .owned:
                "Another server owns this programme. Ask that one, or wait until it stops or its lease runs out."
            case .notANetwork(let text):
                """
                `outbound-networks` has the entry \(text), which is no network. Write one as 10.1.0.0/16, without bits \
                beyond its length.
                """
            case .vaultApart:
                "`database` is on PostgreSQL and `vault-database` is not: servers that share the one would each have a vault of their own. Put `vault-database` on PostgreSQL as well."
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
    public let recommendations: Recommendations
    public let choices: RewardChoices
    public let access: Access
    public let versions: ProgrammeVersions
    public let ownership: Ownership
    public let random: any RandomBytes
    public let policy: HomePolicy
    /// Where requests in our name may go, when a programme or a feed wrote the address.
    public let networks: NetworkPolicy
    private let lock: HomeLock?

    /// All tables of the main database.
    public static let schemas: [Schema] =
        [
            Leases.schema, Nodes.schema, Outbox.schema, IdempotencyRecords.schema, KeyCheck.schema,
            PrivacyRequestSchema.schema,
            CatalogueSchema.schema, LoyaltySchema.schema, MeasureSchema.schema, SimulationSchema.schema,
            StreakSchema.schema, SharingSchema.schema,
            JobSchema.schema, BoardSchema.schema, WebhookStore.schema, ProgrammeDrafts.schema,
            RewardSchema.schema, ReviewSchema.schema, RaffleSchema.schema, ReferralSchema.schema, PlaySchema.schema,
            HumanSchema.schema, ServiceSchema.schema, ApprovalSchema.schema,
            ProgrammeVersions.schema, SupplySchema.schema, RetentionSchema.schema, ProfilingSchema.schema,
            EarningSchema.schema, RecommendationSchema.schema, ChoiceSchema.schema,
        ] + Access.schemas.filter { $0.room != KeyCheck.schema.room }

    /// Opens a home.
    ///
    /// - Parameters:
    ///   - configuration: where its databases are.
    ///   - environment: may hold keys.
    ///   - random: makes keys and pseudonyms.
    ///   - shares: whether other servers may own programmes of the same PostgreSQL database; this one takes none before
    ///     ``Ownership/balance()``. Without it a programme that another one owns is a failure.
    /// - Throws: what makes the home unusable, in a sentence that says what to do.
    public static func open(
        _ configuration: Configuration, environment: [String: String],
        clock: any WallClock = SystemClock(), random: any RandomBytes = SystemRandomBytes(),
        zones: SystemZones = SystemZones(), limits: Pipeline.Limits = Pipeline.Limits(),
        shares: Bool = false
    ) async throws -> Home {
        let path = configuration[.home]
        let networks = NetworkPolicy(
            allowing: try configuration[.outboundNetworks].map { text in
                guard let block = NetworkBlock(text) else { throw Problem.notANetwork(text) }
                return block
            })
        if case .postgres = configuration[.database], case .sqlite = configuration[.vaultDatabase] {
            throw Problem.vaultApart
        }
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
        engine.consents.use(vault.consents, random)
        let owner = "\(ProcessInfo.processInfo.hostName)/\(random.id())"
        let versions = ProgrammeVersions(database)
        let policy = HomePolicy(configuration)
        let erasure = Erasure(engine: engine, persons: vault.persons, vaultDatabase: vaultDatabase)
        let loader = ProgrammeLoader(engine: engine, versions: versions, catalogue: catalogue, policy: policy)
        let ownership = Ownership(
            engine: engine, database: database,
            // On SQLite the lock has already shut out everyone else: a lease left by a crash is ours at once.
            leases: Leases(
                owner: database.engine == .sqlite ? "home" : owner,
                durationMilliseconds: configuration[.leaseDuration].components.seconds * 1_000),
            duties: Ownership.Duties(
                programmes: { try await versions.programmes() }, load: { try await loader.load($0) },
                finish: { programme in
                    // Before anything is settled under new rules.
                    try await ZoneDataUpgrade.carryOut(engine, programme)
                    try await engine.finishVersionReviews(of: programme, versions)
                    try await engine.finishStreakRepairs(of: programme)
                    try await engine.renewMeasures(of: programme)
                    try await engine.openRaffles(of: programme)
                    try await engine.finishContests(of: programme)
                    // A merge that cannot be carried out now is tried again by the keeper.
                    try? await engine.reconcileMerges(of: programme)
                    try await erasure.reconcile(programme)
                }, refresh: { try await loader.refresh($0) }, unload: { loader.unload($0) }))
        let home = Home(
            path: path, database: database, vaultDatabase: vaultDatabase, vault: vault, keys: keys, engine: engine,
            catalogue: catalogue, access: try Access(database: database, keys: keys, random: random),
            versions: versions, ownership: ownership, random: random, lock: lock, policy: policy,
            networks: networks, choiceKeys: KeyedHash(root: claimKey, use: "choice"))
        do {
            home.engine.live.restore(TallyFile(home: path).read())
            try await home.replayTombstones()
            try await home.replayPrivacyBudget()
            if !shares || database.engine == .sqlite { try await ownership.takeAll() }
        } catch {
            await home.close()
            throw error
        }
        return home
    }

    private init(
        path: String, database: any Database, vaultDatabase: any Database, vault: Vault, keys: HomeKeys,
        engine: Engine, catalogue: CatalogueService, access: Access, versions: ProgrammeVersions,
        ownership: Ownership, random: any RandomBytes, lock: HomeLock, policy: HomePolicy,
        networks: NetworkPolicy, choiceKeys: KeyedHash
    ) {
        self.path = path
        self.database = database
        self.vaultDatabase = vaultDatabase
        self.vault = vault
        self.keys = keys
        self.engine = engine
        self.catalogue = catalogue
        recommendations = Recommendations(engine: engine, catalogue: catalogue)
        choices = RewardChoices(
            engine: engine, recommendations: recommendations, keys: choiceKeys, random: random)
        self.access = access
        self.versions = versions
        self.random = random
        self.ownership = ownership
        self.lock = lock
        self.policy = policy
        self.networks = networks
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

    /// Makes sure that this process may answer for a programme: edges ask before they do anything for it.
    ///
    /// - Throws: `PipelineProblem.notOwner` when another node owns it; the request's ``OwnerNote`` says so too.
    public func answer(for programme: ProgrammeID) async throws {
        if engine.owns(programme) { return }
        guard try await !ownership.take(programme) else { return }
        OwnerNote.note(programme)
        throw PipelineProblem.notOwner
    }

    /// Puts a compiled programme in force without keeping it as a version: for benches and tests.
    public func install(_ programme: CompiledProgramme) async throws {
        guard try await ownership.take(programme.id) else { throw Problem.owned }
        engine.host.put(try policy.applied(to: programme, zones: engine.zones))
        try await ZoneDataUpgrade.carryOut(engine, programme.id)
        try await engine.renewMeasures(of: programme.id)
    }

    /// Finishes what was taken and closes everything.
    public func close() async {
        await engine.drain()
        // What could not be written was counted in vain; nothing else depends on it.
        try? await choices.flush()
        let tallies = engine.live.allTallies
        if !tallies.isEmpty { TallyFile(home: path).write(tallies) }
        await ownership.release()
        await database.close()
        await vaultDatabase.close()
    }
}
