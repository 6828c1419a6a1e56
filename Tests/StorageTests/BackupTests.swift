import Foundation
import Primitives
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct BackupTests {
    static func fill(_ database: any Database, _ ids: Range<Int>) async throws {
        let insert = BulkStatement.insert(
            into: "thing",
            columns: [("id", .id), ("name", .text), ("amount", .integer), ("share", .real), ("body", .blob)])
        try await database.write { connection in
            var batch = RowBatch(insert)
            for id in ids {
                batch.append(
                    ThingTable.id(id), .text("é\"\n\u{1}\(id)"), .integer(Int64(id) - 50), .real(Double(id) / 8),
                    id.isMultiple(of: 3) ? .null : .blob([UInt8](repeating: 0xAB, count: id % 40)))
            }
            try connection.bulk(insert, batch)
        }
    }

    /// Both engines tell equal contents in equal words, whatever the order they came in.
    @Test func equalContentsGiveEqualLines() async throws {
        var dumps: [[String]] = []
        for engine in TestDatabases.engines {
            for ranges in [[0..<40, 40..<100], [40..<100, 0..<40]] {
                let lines = try await TestDatabases.with(engine, [ThingTable.schema]) { database in
                    for range in ranges { try await Self.fill(database, range) }
                    return try await database.read { try LogicalDump.lines($0) }
                }
                dumps.append(lines)
            }
        }
        for dump in dumps { #expect(dump == dumps[0]) }
        #expect(dumps[0].count == 103)
        #expect(
            dumps[0].contains(
                "thing id=x'00000000000000000000000000000001' name=\"é\\\"\\n\\u00011\" amount=-49 share=0.125 body=x'ab'"
            ))
    }

    @Test func aBackupTakenUnderLoadIsWholeAndRestores() async throws {
        try await TestDatabases.withFolder { folder in
            let database = try SQLiteDatabase.open(path: folder + "/main.sqlite")
            try await Migrator.migrate(database, [ThingTable.schema])
            try await Self.fill(database, 0..<100)
            let writing = Task {
                for index in 1...20 { try await Self.fill(database, index * 100..<index * 100 + 100) }
            }
            let told = Mutex<[[Int]]>([])
            try await database.backup(to: folder + "/copy.sqlite") { written, total in
                told.withLock { $0.append([written, total]) }
            }
            // A bar that does not end full, or runs backwards, tells nothing.
            let progress = told.withLock { $0 }
            #expect(progress.last.map { $0[0] > 0 && $0[0] == $0[1] } == true)
            #expect(progress.map { $0[0] } == progress.map { $0[0] }.sorted())
            try await writing.value
            let whole = try await database.read { try LogicalDump.lines($0) }
            #expect(try await database.integrityProblems() == [])
            #expect(FileManager.default.fileExists(atPath: folder + "/copy.sqlite.partial") == false)
            await #expect(throws: StorageProblem.self) { try await database.backup(to: folder + "/copy.sqlite") }
            await database.close()

            let copy = try SQLiteDatabase.open(path: folder + "/copy.sqlite")
            let restored = try await copy.read { try LogicalDump.lines($0) }
            // Whole transactions of 100 rows, and nothing that the original does not have.
            #expect((restored.count - 3).isMultiple(of: 100))
            #expect(Set(restored).isSubset(of: Set(whole)))
            #expect(try await copy.integrityProblems() == [])
            try await Self.fill(copy, 50_000..<50_001)
            await copy.close()
        }
    }

    @Test func aDamagedFileIsNoticed() async throws {
        try await TestDatabases.withFolder { folder in
            let path = folder + "/main.sqlite"
            let database = try SQLiteDatabase.open(path: path)
            try await Migrator.migrate(database, [ThingTable.schema])
            for index in 0..<20 { try await Self.fill(database, index * 100..<index * 100 + 100) }
            await database.close()
            let file = try #require(FileHandle(forUpdatingAtPath: path))
            try file.seek(toOffset: 4_096 * 8 + 100)
            try file.write(contentsOf: Data(repeating: 0xFF, count: 2_000))
            try file.close()
            let damaged = try SQLiteDatabase.open(path: path)
            let problems = try? await damaged.integrityProblems()
            #expect(problems != [])
            await #expect(throws: StorageProblem.corrupt) { try await damaged.backup(to: folder + "/copy.sqlite") }
            #expect(!FileManager.default.fileExists(atPath: folder + "/copy.sqlite"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/copy.sqlite.partial"))
            await damaged.close()
        }
    }

    @Test func aFileThatIsNoDatabaseIsRefused() async throws {
        try await TestDatabases.withFolder { folder in
            try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: folder + "/text"))
            #expect(throws: StorageProblem.corrupt) { try SQLiteDatabase.open(path: folder + "/text") }
            #expect(throws: StorageProblem.self) { try SQLiteDatabase.open(path: folder + "/nowhere/at/all") }
        }
    }
}
