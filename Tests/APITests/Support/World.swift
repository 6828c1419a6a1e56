import Access
import Catalogue
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Loyalty
import NIOCore
import Personalisation
import Primitives
import Runtime
import Storage
import Synchronization
import TestSupport
import Testing
import Vault

@testable import API

/// A clock that tests move by hand.
final class HandClock: WallClock {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) {
        self.instant = Mutex(instant)
    }

    func now() -> Instant { instant.withLock { $0 } }

    func advance(milliseconds: Int64) { instant.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
}

/// Readiness that tests decide.
final class TestReadiness: ReadinessPort {
    let isReady = Mutex(true)

    func checks() async -> [ReadinessCheck] {
        [
            ReadinessCheck(name: "database", isOK: true),
            ReadinessCheck(
                name: "lease", isOK: isReady.withLock { $0 }, measure: .init(name: "lag_milliseconds", value: 7)),
        ]
    }
}

/// No feed is ever fetched here.
struct NoFetching: FeedFetching {
    func fetch(_ request: FeedRequest) async throws(FeedFetchProblem) -> FeedResponse { .unchanged }
}

/// A receiver of webhooks that takes everything.
struct TakesAll: WebhookSending {
    func send(_ request: WebhookRequest) async throws -> Int { 204 }
}

/// A whole server with two programmes, `post` and `radio`, on real databases, without a socket.
struct World: Sendable {
    let engine: Runtime.Engine
    let vault: Vault
    let access: Access
    let catalogue: CatalogueService
    let versions: ProgrammeVersions
    let api: APIRoutes
    let recommendations: Recommendations
    let clock: HandClock
    let readiness: TestReadiness
    let log: LogLines
    let post: ProgrammeID
    let radio: ProgrammeID
    let keys: Keys

    /// Texts of API keys.
    struct Keys: Sendable {
        /// Every scope, programme `post`.
        var all = ""
        /// Every scope, programme `radio`.
        var radio = ""
        /// Publishable, programme `post`.
        var page = ""
        var revoked = ""
        var expired = ""
        /// One key per scope, programme `post`.
        var only: [Scope: String] = [:]
    }

    static let noon = Instant(seconds: 1_750_000_000)

    static let mainSchemas: [Schema] =
        [
            Leases.schema, Outbox.schema, IdempotencyRecords.schema, CatalogueSchema.schema, LoyaltySchema.schema,
            StreakSchema.schema, MeasureSchema.schema, SimulationSchema.schema,
            SharingSchema.schema, JobSchema.schema, RewardSchema.schema, ReviewSchema.schema, RaffleSchema.schema,
            PrivacyRequestSchema.schema, ReferralSchema.schema, WebhookStore.schema,
            PlaySchema.schema,
            HumanSchema.schema, BoardSchema.schema, ProgrammeDrafts.schema, ServiceSchema.schema, ApprovalSchema.schema,
            ProgrammeVersions.schema, SupplySchema.schema, ProfilingSchema.schema, EarningSchema.schema,
            RecommendationSchema.schema, ChoiceSchema.schema,
        ] + Access.schemas

    /// Runs a test in a world of its own.
    ///
    /// - Parameter earningK: how many members must earn a thing in a day before it is earned by tokens.
    static func with(
        engine kind: Storage.Engine = .sqlite, limits: Pipeline.Limits = Pipeline.Limits(),
        earningK: Int = EarningReach.k,
        configure: (inout APIConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (World, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestDatabases.with(kind, mainSchemas) { database in
            try await TestDatabases.with(.sqlite, Vault.schemas) { vaultDatabase in
                let world = try await make(database, vaultDatabase, limits, earningK, configure)
                let router = Router()
                world.api.add(to: router)
                router.add(middleware: world.api.unmatched())
                let application = Application(router: router)
                try await application.test(.router) { client in try await body(world, client) }
            }
        }
    }

    static func make(
        _ database: any Database, _ vaultDatabase: any Database, _ limits: Pipeline.Limits, _ earningK: Int,
        _ configure: (inout APIConfiguration) -> Void
    ) async throws -> World {
        let random = SeededRandomBytes(seed: 7)
        let homeKeys = HomeKeys(random: random)
        let vault = try Vault(database: vaultDatabase, keys: homeKeys, random: random, cachedIdentities: 1_000)
        let access = try Access(database: database, keys: homeKeys, random: random)
        let clock = HandClock(noon)
        let catalogue = CatalogueService(database: database)
        let root = try homeKeys.claim.current
        let engine = Runtime.Engine(
            database: database, identities: vault.identities, host: ProgrammeHost(), catalogue: catalogue,
            zones: SystemZones(), clock: clock, live: LiveHub(),
            records: try IdempotencyRecords(secret: [UInt8](repeating: 9, count: 32)),
            sealer: QuarantineSealer(root: root, random: random), claims: KeyedHash(root: root, use: "claims"),
            limits: limits)
        let leases = Leases(owner: "test", durationMilliseconds: 3_600_000)
        let versions = ProgrammeVersions(database)
        let updates = ProgrammeUpdates(engine: engine, versions: versions, catalogue: catalogue)
        let post = try #require(ProgrammeID("post"))
        let radio = try #require(ProgrammeID("radio"))
        for programme in [post, radio] {
            let lease = try await database.write {
                try leases.acquire($0, partition: programme.partition, now: noon)
            }
            try await engine.own(lease, of: programme)
            engine.serve(programme, until: .now + .seconds(3_600))
            let document = try TestProgramme.document(programme.name)
            _ = try await updates.apply(document, to: programme, basedOn: 0, by: "test")
        }
        let recommendations = Recommendations(engine: engine, catalogue: catalogue, leastReaders: 5)
        let readiness = TestReadiness()
        let log = LogLines()
        var configuration = APIConfiguration(logger: log.logger)
        configure(&configuration)
        let api = APIRoutes(
            APIServices(
                engine: engine, persons: vault.persons,
                erasure: Erasure(engine: engine, persons: vault.persons, vaultDatabase: vaultDatabase),
                access: access, catalogue: catalogue.store,
                feeds: FeedSchedule(store: catalogue.store, fetcher: NoFetching()), programmes: updates,
                webhooks: WebhookDesk(
                    database: database, host: engine.host,
                    secrets: WebhookSecrets { _, _, _ in [UInt8](repeating: 7, count: 32) }, sender: TakesAll()),
                earning: AnonymousEarning(
                    engine: engine,
                    tokens: try EarningTokens(
                        database: database, session: homeKeys.session, claim: homeKeys.claim, random: random),
                    k: earningK),
                readiness: readiness, recommendations: recommendations, random: random), configuration)
        return World(
            engine: engine, vault: vault, access: access, catalogue: catalogue, versions: versions, api: api,
            recommendations: recommendations, clock: clock, readiness: readiness, log: log, post: post, radio: radio,
            keys: try await keys(access, post, radio))
    }

    private static func keys(_ access: Access, _ post: ProgrammeID, _ radio: ProgrammeID) async throws -> Keys {
        func make(
            _ programme: ProgrammeID, _ kind: APIKeyText.Kind = .live, _ scopes: Set<Scope>, expires: Instant? = nil
        ) async throws -> (String, String) {
            let (key, text) = try await access.keys.create(
                programme: programme, kind: kind, scopes: scopes, label: "test", expiresAt: expires,
                by: .server, now: noon.adding(milliseconds: -10_000))
            return (key.id, text.text)
        }
        var keys = Keys()
        keys.all = try await make(post, .live, Set(Scope.allCases)).1
        keys.radio = try await make(radio, .live, Set(Scope.allCases)).1
        keys.page = try await make(post, .page, [.eventsWrite]).1
        keys.expired = try await make(
            post, .live, Set(Scope.allCases), expires: noon.adding(milliseconds: -1)
        ).1
        let (id, revoked) = try await make(post, .live, Set(Scope.allCases))
        try await access.keys.revoke(id, programme: post, by: .server, now: noon)
        keys.revoked = revoked
        for scope in Scope.allCases { keys.only[scope] = try await make(post, .live, [scope]).1 }
        return keys
    }

    /// The member behind a user of the publisher; made if it is not there.
    func member(_ user: String, in programme: ProgrammeID? = nil) async throws -> MemberID {
        let identity = try #require(ExternalIdentity(.user, user))
        return try #require(
            try await vault.identities.resolve([identity], programme: programme ?? post, now: clock.now()).first)
    }
}

/// What was logged, line by line.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    fileprivate func add(_ line: String) { lines.withLock { $0.append(line) } }

    var logger: Logger {
        var logger = Logger(label: "test") { [self] _ in Handler(lines: self) }
        logger.logLevel = .debug
        return logger
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let fields = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            lines.add("\(event.message) " + fields.joined(separator: " "))
        }
    }
}

extension World {
    /// Everything in the main database, as text; without the keys, whose day of use is noted whatever comes of it.
    func dump() async throws -> String {
        try await engine.database.read { connection in
            let tables = try connection.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'api_key' ORDER BY name",
                [])
            var text = ""
            for table in tables {
                let name = try table.text(0)
                text += "== \(name)\n"
                for row in try connection.query("SELECT * FROM \(name)", []) {
                    for column in 0..<row.count {
                        switch try row.value(column) {
                        case .text(let value): text += value
                        case .blob(let bytes): text += String(decoding: bytes, as: UTF8.self)
                        case let value: text += "\(value)"
                        }
                        text += "|"
                    }
                    text += "\n"
                }
            }
            return text
        }
    }
}
