import Catalogue
import Crypto
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import Synchronization
import TestSupport
import Vault

/// A clock that tests move by hand.
final class ManualClock: WallClock {
    private let time: Mutex<Instant>

    init(_ instant: Instant) { time = Mutex(instant) }

    func now() -> Instant { time.withLock { $0 } }
    func set(_ instant: Instant) { time.withLock { $0 = instant } }
    func advance(milliseconds: Int64) { time.withLock { $0.milliseconds += milliseconds } }
}

/// An engine over a fresh database, with fixed keys and a clock that stands still.
struct TestEngine {
    static let start = RFC3339.parse("2026-11-20T12:00:00Z") ?? Instant(seconds: 0)
    static let schemas: [Schema] = Home.schemas + Vault.schemas.filter { $0.room != "key-check" }

    let engine: Runtime.Engine
    let vault: Vault
    let erasure: Erasure
    let clock: ManualClock
    let catalogue: CatalogueService
    let programme: ProgrammeID
    let database: any Database

    /// Runs `body` on every engine that is there.
    static func each(
        _ programme: Programme, seed: UInt64 = 1, limits: Pipeline.Limits = Pipeline.Limits(),
        _ body: (TestEngine) async throws -> Void
    ) async throws {
        for kind in TestDatabases.engines {
            try await with(kind, programme, seed: seed, limits: limits, body)
        }
    }

    static func with(
        _ kind: Storage.Engine, _ programme: Programme, seed: UInt64 = 1, limits: Pipeline.Limits = Pipeline.Limits(),
        _ body: (TestEngine) async throws -> Void
    ) async throws {
        try await TestDatabases.with(kind, Home.schemas) { database in
            try await TestDatabases.with(.sqlite, Vault.schemas) { vaultDatabase in
                let test = try await TestEngine(
                    database: database, vaultDatabase: vaultDatabase, programme: programme, seed: seed, limits: limits)
                try await body(test)
                await test.engine.drain()
            }
        }
    }

    init(
        database: any Database, vaultDatabase: any Database, programme: Programme, seed: UInt64,
        limits: Pipeline.Limits, zones: SystemZones = SystemZones()
    ) async throws {
        let random = SeededRandomBytes(seed: seed)
        let keys = HomeKeys(random: random)
        vault = try Vault(database: vaultDatabase, keys: keys, random: random)
        clock = ManualClock(Self.start)
        catalogue = CatalogueService(database: database)
        let key = SymmetricKey(data: [UInt8](repeating: 7, count: 32))
        engine = Engine(
            database: database, identities: vault.identities, host: ProgrammeHost(), catalogue: catalogue,
            zones: zones, clock: clock, live: LiveHub(),
            records: try IdempotencyRecords(secret: [UInt8](repeating: 9, count: 32)),
            sealer: QuarantineSealer(root: key, random: random), claims: KeyedHash(root: key, use: "claims"),
            limits: limits)
        erasure = Erasure(engine: engine, persons: vault.persons, vaultDatabase: vaultDatabase)
        self.database = database
        self.programme = programme.id
        engine.host.put(try CompiledProgramme(programme, version: 1, zones: engine.zones))
        try await own(programme.id)
    }

    /// Takes the lease of a programme.
    func own(_ programme: ProgrammeID) async throws {
        let leases = Leases(owner: "test", durationMilliseconds: 60_000)
        let lease = try await database.write {
            try leases.acquire($0, partition: programme.partition, now: Self.start)
        }
        try await engine.own(lease, of: programme)
        engine.serve(programme, until: .now + .seconds(3_600))
    }

    /// An event of a user.
    func event(
        _ id: String, user: String? = nil, anonymous: String? = nil, type: String = "article.read", at: Instant? = nil,
        fields: JSONObject = ["item": "article-1", "share": .double(0.9), "seconds": .integer(120)]
    ) -> EventEnvelope {
        EventEnvelope(
            event: IncomingEvent(source: "test", id: id, type: type, time: at ?? clock.now(), fields: fields),
            user: user.flatMap { ExternalIdentity(.user, $0) },
            anonymous: anonymous.flatMap { ExternalIdentity(.anonymous, $0) })
    }

    func member(_ user: String) async throws -> MemberID {
        guard let identity = ExternalIdentity(.user, user),
            let member = try await engine.identities.resolve([identity], programme: programme, now: clock.now()).first
        else { throw PipelineProblem.unknownMember }
        return member
    }

    func verify() async throws -> VerificationReport {
        try await engine.verify(programme)
    }
}

/// A programme with something of everything.
enum SampleProgramme {
    static let programme: Programme = {
        var programme = Programme(
            id: ProgrammeID("sample") ?? .fallback, name: LocalizedText([.en: "Sample"]),
            timeZone: "Europe/Amsterdam", dayStartMinutes: 240,
            units: [
                Unit(id: "ink", expires: .months(12)), Unit(id: "later", pending: .days(2)),
                Unit(id: "loyalty", kind: .status),
            ],
            tiers: TierLadder(
                unit: "loyalty", tiers: [.init(id: "silver", at: 10), .init(id: "gold", at: 30)]),
            budgets: [Budget(id: "welcome", unit: "ink", period: .month, amount: 100)],
            badges: [Badge(id: "reader"), Badge(id: "explorer")])
        programme.events = [
            EventType(
                id: "article.read", keep: [.personal: .months(24)],
                fields: [
                    .init(id: "item", type: .item), .init(id: "share", type: .fraction),
                    .init(id: "seconds", type: .duration, unit: "s"),
                ]),
            EventType(id: "visit", fields: [.init(id: "points", type: .integer, minimum: 0, maximum: 1_000)]),
            EventType(id: "welcome", fields: []),
        ]
        programme.rules = [
            Rule(
                id: "read", trigger: "article.read", condition: "event.share >= 0.7 && event.seconds >= 30",
                effects: [.award(amount: "15", unit: "ink"), .award(amount: "1", unit: "loyalty")],
                limits: [Limit(kind: .amount(45), period: .day)]),
            Rule(
                id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "ink")],
                limits: [Limit(kind: .times(3), period: .week), Limit(kind: .amount(60), period: .day)]),
            Rule(
                id: "morning", trigger: "visit", condition: "event.points > 5",
                effects: [.award(amount: "2", unit: "later"), .progress(challenge: "visitor", by: 2)],
                cooldown: .hours(6)),
            Rule(
                id: "welcome", trigger: "welcome",
                effects: [.award(amount: "40", unit: "ink"), .badge("explorer")], budget: "welcome"),
        ]
        programme.challenges = [
            Challenge(
                id: "week", count: "article.read", condition: "event.share > 0.5", target: 4, every: .week,
                reward: [.award(amount: "25", unit: "ink"), .badge("reader")]),
            Challenge(id: "visitor", count: nil, target: 10, every: .ever, reward: [.award(amount: "7", unit: "ink")]),
        ]
        programme.rewards = [
            Reward(id: "preview", kind: .preview, unit: "ink", price: 20, stock: 3, entitlement: "preview-1"),
            Reward(id: "gold-only", kind: .questions, unit: "ink", price: 1, condition: "member.tier == 'gold'"),
        ]
        return programme
    }()
}

extension ProgrammeID {
    static let fallback: ProgrammeID = {
        guard let id = ProgrammeID("fallback") else { preconditionFailure("a valid name") }
        return id
    }()
}
