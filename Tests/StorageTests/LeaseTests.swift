import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@Suite struct LeaseTests {
    static let start = Instant(milliseconds: 1_800_000_000_000)
    static let duration: Int64 = 10_000

    static func leases(_ owner: String) -> Leases { Leases(owner: owner, durationMilliseconds: duration) }

    @Test(arguments: TestDatabases.engines)
    func onlyOneNodeOwnsAPartition(engine: Engine) async throws {
        try await TestDatabases.with(engine, [Leases.schema]) { database in
            let (a, b) = (Self.leases("a"), Self.leases("b"))
            func acquire(_ leases: Leases, _ partition: Int, _ seconds: Int64) async throws -> Lease? {
                try await database.write {
                    try leases.acquire($0, partition: partition, now: Self.start.adding(milliseconds: seconds * 1_000))
                }
            }
            let first = try await acquire(a, 3, 0)
            #expect(first == Lease(partition: 3, epoch: 1, expiresAt: Self.start.adding(milliseconds: 10_000)))
            #expect(try await acquire(b, 3, 9) == nil)
            #expect(try await acquire(b, 4, 9)?.epoch == 1)
            // Expired: the other may have it, under a new epoch; the first may not get it back meanwhile.
            #expect(try await acquire(b, 3, 10)?.epoch == 2)
            #expect(try await acquire(a, 3, 11) == nil)
            // Its own name takes over at once: that is this node after a restart.
            #expect(try await acquire(b, 3, 12)?.epoch == 3)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func renewingProlongsAndReleasingFrees(engine: Engine) async throws {
        try await TestDatabases.with(engine, [Leases.schema]) { database in
            let (a, b) = (Self.leases("a"), Self.leases("b"))
            try await database.write { connection in
                guard let lease = try a.acquire(connection, partition: 1, now: Self.start) else {
                    Issue.record("nobody holds it")
                    return
                }
                let later = Self.start.adding(milliseconds: 8_000)
                let renewed = try a.renew(connection, lease, now: later)
                #expect(renewed.expiresAt == later.adding(milliseconds: Self.duration))
                #expect(renewed.epoch == lease.epoch)
                #expect(try b.acquire(connection, partition: 1, now: Self.start.adding(milliseconds: 15_000)) == nil)
                try Leases.check(connection, renewed)
                try a.release(connection, renewed)
                let taken = try b.acquire(connection, partition: 1, now: later)
                #expect(taken?.epoch == 2)
            }
            let stale = Lease(partition: 1, epoch: 1, expiresAt: Self.start)
            await #expect(throws: StorageProblem.leaseLost(partition: 1, epoch: 1)) {
                try await database.write { try a.renew($0, stale, now: Self.start) }
            }
            await #expect(throws: StorageProblem.leaseLost(partition: 1, epoch: 1)) {
                try await database.write { try Leases.check($0, stale) }
            }
            // Releasing what is another's changes nothing.
            try await database.write { connection in
                try a.release(connection, stale)
                try Leases.check(connection, partition: 1, epoch: 2)
            }
        }
    }

    /// Two servers on one database: one stops right before it writes, the other takes over, the first wakes up.
    @Test(arguments: TestDatabases.engines)
    func aPausedOwnerCannotCommitAfterATakeover(engine: Engine) async throws {
        let schemas = [Leases.schema, ThingTable.schema]
        try await Self.withTwoServers(engine, schemas) { first, second in
            let (a, b) = (Self.leases("a"), Self.leases("b"))
            let lease = try await first.write { try a.acquire($0, partition: 1, now: Self.start) }
            let owned = try #require(lease)
            try await first.write(.snapshot) { connection in
                try Leases.check(connection, owned)
                try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
            }
            // a is paused; its clock stands still. b sees the lease expire.
            let taken = try await second.write {
                try b.acquire($0, partition: 1, now: Self.start.adding(milliseconds: Self.duration))
            }
            let takenOver = try #require(taken)
            await #expect(throws: StorageProblem.leaseLost(partition: 1, epoch: 1)) {
                try await first.write(.snapshot) { connection in
                    try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(2)])
                    try Leases.check(connection, owned)
                }
            }
            try await second.write(.snapshot) { connection in
                try Leases.check(connection, takenOver)
                try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(3)])
            }
            let ids = try await second.read {
                try $0.query("SELECT id FROM thing ORDER BY id").map { try $0.id(0).low }
            }
            #expect(ids == [1, 3])
        }
    }

    /// The check comes first and the takeover while the transaction is open: whichever commits, the order is clear.
    @Test(arguments: TestDatabases.engines)
    func aTakeoverWaitsForACommitThatWasChecked(engine: Engine) async throws {
        let schemas = [Leases.schema, ThingTable.schema]
        try await Self.withTwoServers(engine, schemas) { first, second in
            let (a, b) = (Self.leases("a"), Self.leases("b"))
            let lease = try await first.write { try a.acquire($0, partition: 1, now: Self.start) }
            let owned = try #require(lease)
            let gate = Gate()
            let (checks, check) = AsyncStream.makeStream(of: Void.self)
            let write = Task {
                try await first.write(.snapshot) { connection in
                    try Leases.check(connection, owned)
                    check.yield()
                    gate.wait()
                    try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
                }
            }
            for await _ in checks { break }
            let takeover = Task {
                let lease = try await second.write {
                    try b.acquire($0, partition: 1, now: Self.start.adding(milliseconds: Self.duration))
                }
                // What the former owner committed is there before we own.
                let count = try await second.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
                return (lease, count)
            }
            gate.open()
            _ = try await write.value
            let (taken, count) = try await takeover.value
            #expect(taken?.epoch == 2)
            #expect(count == 1)
        }
    }

    /// A node that stops inside its transaction keeps a row locked: the server ends the transaction for it.
    @Test(.enabled(if: TestDatabases.engines.contains(.postgres)))
    func anOwnerThatStopsInsideItsTransactionIsEndedByTheServer() async throws {
        try await TestDatabases.withPostgresSchema { uri in
            var settings = PostgresDatabase.Settings()
            settings.idleMilliseconds = 200
            let first = try await PostgresDatabase.open(uri: uri, connections: 2, settings: settings)
            let second = try await PostgresDatabase.open(uri: uri, connections: 2)
            try await Migrator.migrate(first, [Leases.schema, ThingTable.schema])
            let (a, b) = (Self.leases("a"), Self.leases("b"))
            let lease = try await first.write { try a.acquire($0, partition: 1, now: Self.start) }
            let owned = try #require(lease)
            let gate = Gate()
            let (checks, check) = AsyncStream.makeStream(of: Void.self)
            let write = Task {
                try await first.write(.snapshot) { connection in
                    try Leases.check(connection, owned)
                    check.yield()
                    gate.wait()
                    try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
                }
            }
            for await _ in checks { break }
            // Waits for the row until the server gives up on the first node.
            let taken = try await second.write {
                try b.acquire($0, partition: 1, now: Self.start.adding(milliseconds: Self.duration))
            }
            #expect(taken?.epoch == 2)
            gate.open()
            await #expect(throws: StorageProblem.leaseLost(partition: 1, epoch: 1)) { try await write.value }
            let count = try await second.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 0)
            await first.close()
            await second.close()
        }
    }

    static func withTwoServers(
        _ engine: Engine, _ schemas: [Schema], _ body: (any Database, any Database) async throws -> Void
    ) async throws {
        func run(_ first: any Database, _ second: any Database) async throws {
            try await Migrator.migrate(first, schemas)
            try await body(first, second)
            await first.close()
            await second.close()
        }
        switch engine {
        case .sqlite:
            try await TestDatabases.withFolder { folder in
                try await run(
                    try SQLiteDatabase.open(path: folder + "/shared.sqlite"),
                    try SQLiteDatabase.open(path: folder + "/shared.sqlite"))
            }
        case .postgres:
            try await TestDatabases.withPostgresSchema { uri in
                try await run(
                    try await PostgresDatabase.open(uri: uri, connections: 3),
                    try await PostgresDatabase.open(uri: uri, connections: 3))
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func leasesAreJudgedByTheDatabasesOwnClock(engine: Engine) async throws {
        try await TestDatabases.with(engine, [Leases.schema]) { database in
            let wrong = Instant(milliseconds: 86_400_000)
            let time = try await database.read { try $0.leaseTime(wrong) }
            switch engine {
            // A file has no clock, and nobody to disagree with.
            case .sqlite: #expect(time == wrong)
            case .postgres:
                let apart = time.milliseconds - SystemClock().now().milliseconds
                #expect((-3_600_000..<3_600_000).contains(apart), "\(apart) ms from this machine's clock")
            }
        }
    }
}
