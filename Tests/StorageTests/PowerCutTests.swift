import CPowerCut
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Storage

/// Power cuts inside real commits of our own engine, on a file system that loses what was not synced.
@Suite(.serialized) struct PowerCutTests {
    /// Rows of one batch; their amounts sum to zero.
    static let width = 5

    static let schema = Schema(
        room: "cut",
        migrations: [
            Migration(
                number: 1, name: "entries",
                statements: [
                    """
                    CREATE TABLE entry (
                        batch {int} NOT NULL, item {int} NOT NULL, amount {int} NOT NULL, payload {blob} NOT NULL,
                        PRIMARY KEY (batch, item)) {clustered}
                    """,
                    "CREATE TABLE total (id {int} NOT NULL PRIMARY KEY, batches {int} NOT NULL) {clustered}",
                    "INSERT INTO total (id, batches) VALUES (1, 0)",
                ])
        ])

    static let insert = BulkStatement.insert(
        into: "entry", columns: [("batch", .integer), ("item", .integer), ("amount", .integer), ("payload", .blob)])

    static func open(_ folder: String, _ synchronous: String, checkpointPages: Int) throws -> SQLiteDatabase {
        var settings = SQLiteDatabase.Settings()
        settings.synchronous = synchronous
        settings.checkpointPages = checkpointPages
        settings.readers = 1
        return try SQLiteDatabase.open(path: "file:\(folder)/cut.sqlite?vfs=powercut", settings: settings)
    }

    static func commit(_ database: SQLiteDatabase, _ number: Int64, bytes: Int = 200) async throws {
        try await database.write { connection in
            var batch = RowBatch(insert)
            for item in 0..<width {
                let amount = Int64(item == width - 1 ? -(width - 1) : 1) * number
                batch.append(
                    .integer(number), .integer(Int64(item)), .integer(amount),
                    .blob([UInt8](repeating: UInt8(truncatingIfNeeded: number), count: bytes)))
            }
            try connection.bulk(insert, batch)
            try connection.execute("UPDATE total SET batches = ? WHERE id = 1", [.integer(number)])
        }
    }

    /// What a database holds: how many batches, whether each is whole, and what SQLite's own check says.
    static func examine(_ database: SQLiteDatabase) async throws -> (batches: Int64, broken: Int64, problems: [String])
    {
        try await database.read { connection in
            let batches = try connection.first("SELECT batches FROM total")?.int(0) ?? -1
            let stored = try connection.first("SELECT count(DISTINCT batch), max(batch) FROM entry")
            let broken = try connection.query(
                "SELECT batch FROM entry GROUP BY batch HAVING count(*) <> ? OR sum(amount) <> 0",
                [.integer(Int64(width))])
            let gap = try stored?.int(0) != batches || stored?.intOrNil(1) ?? 0 != batches
            let problems = try connection.query("PRAGMA integrity_check").map { try $0.text(0) }.filter { $0 != "ok" }
            return (batches, Int64(broken.count) + (gap ? 1 : 0), problems)
        }
    }

    struct Tally {
        var cuts = 0
        var acknowledged: Int64 = 0
        var lost: Int64 = 0
        var inDoubtKept = 0
        var broken: Int64 = 0
        var corrupt = 0
        /// A refused transaction that is there all the same.
        var refusedButKept = 0
        var atOpening = 0
    }

    /// One database that lives through a cut at the `k`-th operation after each start, for each of `cuts`.
    func run(_ synchronous: String, _ loss: powercut_loss, cuts: ClosedRange<Int>, seed: UInt64) async throws -> Tally {
        try await TestDatabases.withFolder { folder in
            #expect(powercut_register() == 0)
            powercut_reset(seed)
            defer { powercut_reset(1) }
            var tally = Tally()
            var expected: Int64 = 0
            let first = try Self.open(folder, synchronous, checkpointPages: 12)
            try await Migrator.migrate(first, [Self.schema])
            await first.close()
            for cut in cuts {
                tally.cuts += 1
                // Every other cut may fall into opening and recovery.
                if cut.isMultiple(of: 2) { powercut_arm(cut / 2) }
                var last: StorageProblem?
                do {
                    let database = try Self.open(folder, synchronous, checkpointPages: 12)
                    if !cut.isMultiple(of: 2) { powercut_arm(cut) }
                    var number = expected
                    while last == nil, number < expected + 1_000 {
                        do {
                            try await Self.commit(database, number + 1)
                            number += 1
                        } catch let problem as StorageProblem {
                            last = problem
                        }
                    }
                    tally.acknowledged += number - expected
                    expected = number
                    await database.close()
                } catch is StorageProblem {
                    tally.atOpening += 1
                }
                #expect(powercut_is_off() == 1)
                #expect(powercut_restore(loss) == 0)

                let database: SQLiteDatabase
                do {
                    database = try Self.open(folder, synchronous, checkpointPages: 12)
                } catch {
                    tally.corrupt += 1
                    break
                }
                let found = try await Self.examine(database)
                tally.lost += max(0, expected - found.batches)
                tally.broken += found.broken
                tally.corrupt += found.problems.isEmpty ? 0 : 1
                if found.batches > expected {
                    tally.inDoubtKept += 1
                    if found.batches > expected + 1 { tally.broken += 1 }
                    if last != .outcomeUnknown { tally.refusedButKept += 1 }
                }
                expected = found.batches
                await database.close()
            }
            return tally
        }
    }

    @Test(arguments: [(POWERCUT_DROP, 41), (POWERCUT_RANDOM_PART, 42)] as [(powercut_loss, UInt64)])
    func noAcknowledgedCommitIsLost(loss: powercut_loss, seed: UInt64) async throws {
        let tally = try await run("FULL", loss, cuts: 1...240, seed: seed)
        print("power cuts, FULL, \(loss == POWERCUT_DROP ? "dropped" : "random part"), seed \(seed): \(tally)")
        #expect(tally.lost == 0)
        #expect(tally.broken == 0)
        #expect(tally.corrupt == 0)
        #expect(tally.refusedButKept == 0)
        #expect(tally.cuts == 240)
        #expect(tally.acknowledged > 500)
    }

    /// The test above can fail: without a sync at each commit it does.
    @Test(arguments: [(POWERCUT_DROP, 43), (POWERCUT_RANDOM_PART, 44)] as [(powercut_loss, UInt64)])
    func withoutFullSynchronisationCommitsAreLost(loss: powercut_loss, seed: UInt64) async throws {
        let tally = try await run("NORMAL", loss, cuts: 1...60, seed: seed)
        print("power cuts, NORMAL, \(loss == POWERCUT_DROP ? "dropped" : "random part"), seed \(seed): \(tally)")
        #expect(tally.lost > 0)
        #expect(tally.broken == 0)
        #expect(tally.corrupt == 0)
    }

    /// A full or failing disk: the write says so, nothing of it is kept, and later writes work.
    @Test(arguments: [(13, .full), (10 | 3 << 8, .inputOutput(code: 778))] as [(Int32, StorageProblem)])
    func aFailedWriteKeepsNothing(code: Int32, expected: StorageProblem) async throws {
        try await TestDatabases.withFolder { folder in
            #expect(powercut_register() == 0)
            powercut_reset(7)
            defer { powercut_reset(1) }
            let database = try Self.open(folder, "FULL", checkpointPages: 4_000)
            try await Migrator.migrate(database, [Self.schema])
            var number: Int64 = 0
            var failures = 0
            for first in 1...24 {
                try await Self.commit(database, number + 1)
                number += 1
                powercut_fail(Int32(bitPattern: POWERCUT_WRITE.rawValue), first, 1_000_000, code)
                do {
                    while true {
                        try await Self.commit(database, number + 1, bytes: 3_000)
                        number += 1
                    }
                } catch let problem as StorageProblem {
                    failures += 1
                    #expect(problem == expected || problem == .outcomeUnknown)
                }
                powercut_fail(0, 0, 0, 0)
                let found = try await Self.examine(database)
                #expect(found.batches == number)
                #expect(found.broken == 0)
                #expect(found.problems.isEmpty)
            }
            #expect(failures == 24)
            await database.close()
        }
    }

    /// After a failed sync the kernel may have thrown the data away and says nothing the second time.
    @Test func aFailedSyncStopsAllWritingUntilReopened() async throws {
        try await TestDatabases.withFolder { folder in
            #expect(powercut_register() == 0)
            powercut_reset(8)
            defer { powercut_reset(1) }
            let database = try Self.open(folder, "FULL", checkpointPages: 4_000)
            try await Migrator.migrate(database, [Self.schema])
            try await Self.commit(database, 1)
            powercut_fail(Int32(bitPattern: POWERCUT_SYNC.rawValue), 1, 1, 10 | 4 << 8)
            await #expect(throws: StorageProblem.outcomeUnknown) { try await Self.commit(database, 2) }
            await #expect(throws: StorageProblem.inputOutput(code: 1_034)) { try await Self.commit(database, 2) }
            #expect(try await Self.examine(database).batches == 1)
            await database.close()
            let again = try Self.open(folder, "FULL", checkpointPages: 4_000)
            let found = try await Self.examine(again)
            #expect(found.batches == 1 || found.batches == 2)
            #expect(found.broken == 0)
            try await Self.commit(again, found.batches + 1)
            await again.close()
        }
    }
}
