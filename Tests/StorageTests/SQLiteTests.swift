import Foundation
import GRDB
import Primitives
import TestSupport
import Testing

@testable import Storage

@Suite struct SQLiteTests {
    @Test func commitsAreDurableAndThatIsAsserted() async throws {
        try await TestDatabases.withFolder { folder in
            let database = try SQLiteDatabase.open(path: folder + "/a.sqlite")
            try await database.assertDurability()
            let settings = try await database.maintain { connection in
                try ["synchronous", "journal_mode", "secure_delete", "foreign_keys"].map {
                    try String.fetchOne(connection, sql: "PRAGMA \($0)") ?? ""
                }
            }
            #expect(settings == ["2", "wal", "1", "1"])
            try await database.maintain { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
            await #expect(throws: StorageProblem.notDurable(setting: "synchronous", value: "1")) {
                try await database.assertDurability()
            }
            await database.close()
        }
    }

    @Test func theLogStaysBounded() async throws {
        try await TestDatabases.withFolder { folder in
            var settings = SQLiteDatabase.Settings()
            settings.checkpointPages = 100
            settings.journalBytes = 1 << 20
            let database = try SQLiteDatabase.open(path: folder + "/a.sqlite", settings: settings)
            try await Migrator.migrate(database, [ThingTable.schema])
            var largest = 0
            for index in 0..<60 {
                try await BackupTests.fill(database, index * 500..<index * 500 + 500)
                largest = max(largest, database.logBytes)
            }
            // Four times 100 pages and what one transaction adds to them.
            #expect(largest > 0)
            #expect(largest < 3 << 20)
            // Asked for while the copying beside is at work, too.
            for index in 60..<80 {
                try await BackupTests.fill(database, index * 500..<index * 500 + 500)
                try await database.checkpoint()
                #expect(database.logBytes == 0)
            }
            await database.close()
        }
    }

    @Test func aReadThatTakesTooLongIsEnded() async throws {
        try await TestDatabases.withFolder { folder in
            var settings = SQLiteDatabase.Settings()
            settings.readSeconds = 0.05
            let database = try SQLiteDatabase.open(path: folder + "/a.sqlite", settings: settings)
            await #expect(throws: StorageProblem.timeout) {
                try await database.read { connection in
                    _ = try connection.query(
                        """
                        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
                        SELECT count(*) FROM n
                        """)
                }
            }
            // The connection is as good as new.
            for _ in 0..<8 { #expect(try await database.read { try $0.first("SELECT 1")?.int(0) } == 1) }
            await database.close()
        }
    }

    @Test func tooManyWaitingAreRefused() async throws {
        try await TestDatabases.withFolder { folder in
            var settings = SQLiteDatabase.Settings()
            settings.maximumWaiting = 2
            settings.readers = 1
            let database = try SQLiteDatabase.open(path: folder + "/a.sqlite", settings: settings)
            let gate = Gate()
            let (starts, start) = AsyncStream.makeStream(of: Void.self)
            let running = Task {
                try await database.read { _ in
                    start.yield()
                    gate.wait()
                }
            }
            for await _ in starts { break }
            let waiting = Task { try await database.read { _ in } }
            while database.waitingReads < 2 { await Task.yield() }
            await #expect(throws: StorageProblem.overloaded(limit: 2)) { try await database.read { _ in } }
            gate.open()
            try await running.value
            try await waiting.value
            try await database.read { _ in }
            await database.close()
        }
    }

    /// A prepared statement goes back into the cache as it was found, whatever happened to it.
    @Test func aFailedStatementCanBeUsedAgain() async throws {
        try await TestDatabases.with(.sqlite, [ThingTable.schema]) { database in
            let insert = BulkStatement.insert(into: "thing", columns: [("id", .id), ("amount", .integer)])
            for round in 0..<3 {
                await #expect(throws: StorageProblem.constraint(.unique, table: "thing")) {
                    try await database.write { connection in
                        var batch = RowBatch(insert)
                        for _ in 0..<2 { batch.append(ThingTable.id(round), 1) }
                        try connection.bulk(insert, batch)
                    }
                }
                try await database.write { connection in
                    var batch = RowBatch(insert)
                    batch.append(ThingTable.id(round), 1)
                    try connection.bulk(insert, batch)
                }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 3)
        }
    }

    /// What was deleted is not left in the file.
    @Test func deletedContentsAreOverwritten() async throws {
        try await TestDatabases.withFolder { folder in
            let path = folder + "/a.sqlite"
            let database = try SQLiteDatabase.open(path: path)
            try await Migrator.migrate(database, [ThingTable.schema])
            let secret = "é-very-secret-name"
            try await database.write {
                try $0.execute("INSERT INTO thing (id, name) VALUES (?, ?)", [ThingTable.id(1), .text(secret)])
            }
            try await database.checkpoint()
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(secret.utf8)) != nil)
            try await database.write { try $0.execute("DELETE FROM thing WHERE id = ?", [ThingTable.id(1)]) }
            await database.close()
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(secret.utf8)) == nil)
            #expect(database.logBytes == 0)
        }
    }
}
