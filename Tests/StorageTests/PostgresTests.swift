import Foundation
import Primitives
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// What only a server can do to us.
@Suite(.enabled(if: TestDatabases.engines.contains(.postgres))) struct PostgresTests {
    static func withDatabase(
        connections: Int = 3, settings: PostgresDatabase.Settings = .init(),
        _ body: (PostgresDatabase, PostgresDatabase) async throws -> Void
    ) async throws {
        try await TestDatabases.withPostgresSchema { uri in
            let database = try await PostgresDatabase.open(uri: uri, connections: connections, settings: settings)
            let other = try await PostgresDatabase.open(uri: uri, connections: 1)
            try await Migrator.migrate(database, [ThingTable.schema])
            try await body(database, other)
            await database.close()
            await other.close()
        }
    }

    static func count(_ database: PostgresDatabase) async throws -> Int64? {
        try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
    }

    static let ownProcess = "SELECT CAST(pg_backend_pid() AS bigint)"

    @Test func commitsAreDurable() async throws {
        try await Self.withDatabase { database, _ in
            let settings = try await database.read { connection in
                try ["synchronous_commit", "fsync", "full_page_writes"].map {
                    try connection.first("SELECT current_setting(?)", [.text($0)])?.text(0)
                }
            }
            #expect(settings == ["on", "on", "on"])
        }
    }

    /// Even where the server's default says otherwise.
    @Test func synchronousCommitIsSwitchedOn() async throws {
        try await TestDatabases.withPostgresSchema { uri in
            let database = try await PostgresDatabase.open(
                uri: uri.replacing("options=", with: "options=-csynchronous_commit%3Doff%20"), connections: 1)
            let setting = try await database.read {
                try $0.first("SELECT current_setting('synchronous_commit')")?.text(0)
            }
            #expect(setting == "on")
            await database.close()
        }
    }

    @Test func nobodyAtTheAddressIsAClearError() async throws {
        await #expect(throws: StorageProblem.connectionLost) {
            _ = try await PostgresDatabase.open(uri: "postgresql:///nothing?host=/nowhere", connections: 1)
        }
    }

    /// A connection that the server ended while it lay idle is replaced without anybody noticing.
    @Test func anIdleConnectionThatWasEndedIsReplaced() async throws {
        try await Self.withDatabase(connections: 1) { database, other in
            for _ in 0..<3 {
                let process = try await database.read { try $0.first(Self.ownProcess)?.int(0) ?? 0 }
                try await other.write {
                    try $0.execute("SELECT pg_terminate_backend(CAST(? AS integer))", [.integer(process)])
                }
                try await database.write {
                    try $0.execute("INSERT INTO thing (id) VALUES (?)", [.id(ID128(high: 1, low: UInt64(process)))])
                }
            }
            let count = try await Self.count(database)
            #expect(count == 3)
        }
    }

    /// Before the commit is sent, a lost connection has kept nothing: the body simply runs again.
    @Test func aConnectionLostInsideABodyRunsTheBodyAgain() async throws {
        try await Self.withDatabase { database, _ in
            let runs = Mutex(0)
            try await database.write { connection in
                let run = runs.withLock { runs in
                    runs += 1
                    return runs
                }
                try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
                if run == 1 { try connection.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            #expect(runs.withLock { $0 } == 2)
            let count = try await Self.count(database)
            #expect(count == 1)
            // Twice in one transaction is an outage.
            await #expect(throws: StorageProblem.connectionLost) {
                try await database.write { try $0.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            #expect(try await Self.count(database) == 1)
        }
    }

    /// While committing nobody can tell, and nobody may guess: not run again, and said so.
    @Test(arguments: [false, true])
    func aConnectionLostWhileCommittingHasAnUnknownOutcome(isQueued: Bool) async throws {
        try await Self.withDatabase { database, _ in
            try await database.write { connection in
                // Stands for a crash at the worst moment: runs when the transaction commits.
                try connection.execute(
                    """
                    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$
                    """)
                try connection.execute(
                    """
                    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION die()
                    """)
            }
            let insert = BulkStatement.insert(into: "thing", columns: [("id", .id)])
            let runs = Mutex(0)
            await #expect(throws: StorageProblem.outcomeUnknown) {
                try await database.write { connection in
                    runs.withLock { $0 += 1 }
                    if isQueued {
                        var batch = RowBatch(insert)
                        batch.append(ThingTable.id(1))
                        try connection.enqueue(insert, batch)
                    } else {
                        try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
                    }
                }
            }
            #expect(runs.withLock { $0 } == 1)
            #expect(try await Self.count(database) == 0)
        }
    }

    @Test func aConstraintCheckedAtCommitIsNoUnknownOutcome() async throws {
        try await Self.withDatabase { database, _ in
            try await database.write {
                try $0.execute("CREATE TABLE late (a bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            }
            await #expect(throws: StorageProblem.constraint(.unique, table: "late")) {
                try await database.write { connection in
                    for _ in 0..<2 { try connection.execute("INSERT INTO late (a) VALUES (1)") }
                }
            }
        }
    }

    @Test func deadlocksAreRunAgain() async throws {
        try await Self.withDatabase(connections: 4) { database, _ in
            try await database.write { connection in
                for id in 0..<2 {
                    try connection.execute("INSERT INTO thing (id, amount) VALUES (?, 0)", [ThingTable.id(id)])
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<12 {
                    group.addTask {
                        try await database.write(.snapshot) { connection in
                            for id in task.isMultiple(of: 2) ? [0, 1] : [1, 0] {
                                try connection.execute(
                                    "UPDATE thing SET amount = amount + 1 WHERE id = ?", [ThingTable.id(id)])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let amounts = try await database.read {
                try $0.query("SELECT amount FROM thing").map { try $0.int(0) }
            }
            #expect(amounts == [12, 12])
        }
    }

    @Test func contentionThatNeverEndsIsReported() async throws {
        var settings = PostgresDatabase.Settings()
        settings.maximumAttempts = 3
        settings.lockMilliseconds = 30
        try await Self.withDatabase(settings: settings) { database, other in
            try await database.write {
                try $0.execute("INSERT INTO thing (id, amount) VALUES (?, 0)", [ThingTable.id(1)])
            }
            let gate = Gate()
            let (locks, lock) = AsyncStream.makeStream(of: Void.self)
            let holder = Task {
                try await other.write { connection in
                    try connection.execute("UPDATE thing SET amount = 1")
                    lock.yield()
                    gate.wait()
                }
            }
            for await _ in locks { break }
            await #expect(throws: StorageProblem.contention(attempts: 3)) {
                try await database.write { try $0.execute("UPDATE thing SET amount = 2") }
            }
            gate.open()
            _ = try await holder.value
        }
    }

    @Test func aStatementThatTakesTooLongIsEnded() async throws {
        var settings = PostgresDatabase.Settings()
        settings.statementMilliseconds = 1_000
        try await Self.withDatabase(settings: settings) { database, _ in
            await #expect(throws: StorageProblem.timeout) {
                try await database.read { _ = try $0.query("SELECT CAST(pg_sleep(20) AS text)") }
            }
            let count = try await Self.count(database)
            #expect(count == 0)
        }
    }

    /// Tables that change under prepared statements (a migration by another node) are noticed.
    @Test func aPreparedStatementSurvivesAMigration() async throws {
        try await Self.withDatabase { database, other in
            let all = "SELECT * FROM thing"
            for index in 0..<3 {
                _ = try await database.read { try $0.query(all) }
                try await other.write { try $0.execute("ALTER TABLE thing ADD COLUMN extra\(index) bigint") }
            }
            try await other.write { try $0.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)]) }
            let rows = try await database.read { try $0.query(all) }
            #expect(rows.first?.count == 8)
        }
    }

    @Test func preparedStatementsAreBounded() async throws {
        try await Self.withDatabase(connections: 1) { database, _ in
            for start in stride(from: 0, to: 1_200, by: 300) {
                let total = try await database.read { connection in
                    try (start..<start + 300).reduce(0) { sum, number in
                        sum + Int(try connection.first("SELECT \(number) + ?", [1])?.int(0) ?? 0) - number
                    }
                }
                #expect(total == 300)
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM pg_prepared_statements")?.int(0) }
            #expect(count ?? .max < 600)
        }
    }

    /// All connections may write at once; reads leave one of them free.
    @Test func writesRunBesideEachOtherAndReadsNeverShutThemOut() async throws {
        try await Self.withDatabase(connections: 3) { database, _ in
            let gate = Gate()
            let (starts, start) = AsyncStream.makeStream(of: Void.self)
            let writes = (0..<3).map { id in
                Task {
                    try await database.write(.snapshot) { connection in
                        try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(id)])
                        start.yield()
                        gate.wait()
                    }
                }
            }
            var running = 0
            for await _ in starts {
                running += 1
                if running == 3 { break }
            }
            gate.open()
            for write in writes { try await write.value }

            let second = Gate()
            let reads = (0..<8).map { _ in Task { try await database.read { _ in second.wait() } } }
            try await database.write { try $0.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(9)]) }
            second.open()
            for read in reads { try await read.value }
        }
    }

    @Test func aWaitingCallerCanBeCancelledAndTooManyAreRefused() async throws {
        var settings = PostgresDatabase.Settings()
        settings.maximumWaiting = 1
        try await Self.withDatabase(connections: 1, settings: settings) { database, _ in
            let gate = Gate()
            let (starts, start) = AsyncStream.makeStream(of: Void.self)
            let running = Task {
                try await database.write { _ in
                    start.yield()
                    gate.wait()
                }
            }
            for await _ in starts { break }
            let waiting = Task { try await database.write { _ in } }
            while await database.waiting < 1 { await Task.yield() }
            await #expect(throws: StorageProblem.overloaded(limit: 1)) { try await database.write { _ in } }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            gate.open()
            try await running.value
            try await database.write { _ in }
        }
    }

    /// A server that goes away and comes back, under load.
    @Test func aRestartLosesNoAcknowledgedWrite() async throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("scripts/postgres").path
        let uri = try await Program.run([script, "start"])
        let database = try await PostgresDatabase.open(uri: uri, connections: 4)
        try await Migrator.migrate(database, [ThingTable.schema])
        let log = ClientLog()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    var id = UInt64(writer) << 32
                    while log.count < 700 {
                        id += 1
                        let id = id
                        do {
                            try await database.write(.snapshot) {
                                try $0.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(id)])
                            }
                            log.acknowledge(id)
                        } catch let problem as StorageProblem {
                            log.note(problem, id)
                        }
                    }
                }
            }
            group.addTask {
                for count in [100, 300, 500] {
                    while log.count < count { await Task.yield() }
                    _ = try await Program.run([script, "restart", uri])
                }
            }
            try await group.waitForAll()
        }
        let stored = try await database.read {
            Set(try $0.query("SELECT id FROM thing").map { try $0.id(0).low })
        }
        let (kept, doubtful) = (log.acknowledged, log.unknown)
        print(
            "PostgreSQL crashed 3 times: \(kept.count) acknowledged, \(doubtful.count) unknown, \(stored.count) stored")
        #expect(kept.subtracting(stored).isEmpty)
        #expect(stored.subtracting(kept).isSubset(of: doubtful))
        #expect(log.problems.isSubset(of: [.connectionLost, .outcomeUnknown]))
        await database.close()
        _ = try await Program.run([script, "stop", uri])
    }
}

/// What a client was told.
final class ClientLog: Sendable {
    private let state = Mutex((acknowledged: Set<UInt64>(), unknown: Set<UInt64>(), problems: Set<StorageProblem>()))

    func acknowledge(_ id: UInt64) { _ = state.withLock { $0.acknowledged.insert(id) } }

    func note(_ problem: StorageProblem, _ id: UInt64) {
        state.withLock {
            $0.problems.insert(problem)
            if problem == .outcomeUnknown { $0.unknown.insert(id) }
        }
    }

    var count: Int { state.withLock { $0.acknowledged.count } }
    var acknowledged: Set<UInt64> { state.withLock { $0.acknowledged } }
    var unknown: Set<UInt64> { state.withLock { $0.unknown } }
    var problems: Set<StorageProblem> { state.withLock { $0.problems } }
}

@Suite struct PlaceholderTests {
    @Test(arguments: [
        ("SELECT ? + ?", "SELECT $1 + $2"), ("SELECT '?' || ?", "SELECT '?' || $1"),
        ("SELECT 'it''s ?', ?", "SELECT 'it''s ?', $1"),
        ("SELECT \"a?\" FROM t WHERE b = ?", "SELECT \"a?\" FROM t WHERE b = $1"),
        ("SELECT 1 -- ?\n, ?", "SELECT 1 -- ?\n, $1"), ("SELECT /* ? */ ?", "SELECT /* ? */ $1"), ("é ?", "é $1"),
        ("SELECT 'open ?", "SELECT 'open ?"), ("a - ? / ?", "a - $1 / $2"), ("", ""),
    ])
    func placeholdersAreNumberedOutsideQuotesAndComments(sql: String, expected: String) {
        #expect(Placeholders.number(sql, for: .postgres).text == expected)
        #expect(Placeholders.number(sql, for: .sqlite).text == expected.replacing("$", with: "?"))
    }
}
