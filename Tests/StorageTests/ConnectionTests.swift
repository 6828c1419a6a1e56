import Primitives
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct ConnectionTests {
    @Test(arguments: TestDatabases.engines)
    func aConstraintNamesItsTableAndNothingIsKept(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            await #expect(throws: StorageProblem.constraint(.unique, table: "thing")) {
                try await database.write { connection in
                    for _ in 0..<2 {
                        try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
                    }
                }
            }
            await #expect(throws: StorageProblem.constraint(.notNull, table: "thing")) {
                try await database.write { try $0.execute("INSERT INTO thing (id) VALUES (?)", [.null]) }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aTextIsNoNumber(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            await #expect(throws: StorageProblem.self) {
                try await database.write {
                    try $0.execute("INSERT INTO thing (id, amount) VALUES (?, ?)", [ThingTable.id(1), "many"])
                }
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aSwallowedErrorStillEndsTheTransaction(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            await #expect(throws: StorageProblem.constraint(.unique, table: "thing")) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
                    _ = try? connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
                }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func theBodysOwnErrorComesThroughAndKeepsNothing(engine: Engine) async throws {
        struct Refused: Error, Equatable {}
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            await #expect(throws: Refused()) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)])
                    throw Refused()
                }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aReadCannotWrite(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            await #expect(throws: StorageProblem.readOnly) {
                try await database.read { try $0.execute("DELETE FROM thing") }
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aReadSeesOneSnapshot(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let (began, begin) = AsyncStream.makeStream(of: Void.self)
            let gate = Gate()
            let counts = Task {
                try await database.read { connection in
                    let first = try connection.first("SELECT count(*) FROM thing")?.int(0)
                    begin.yield()
                    gate.wait()
                    return [first, try connection.first("SELECT count(*) FROM thing")?.int(0)]
                }
            }
            for await _ in began { break }
            try await database.write { try $0.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)]) }
            gate.open()
            #expect(try await counts.value == [0, 0])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aConnectionThatEscapesIsClosed(engine: Engine) async throws {
        final class Box: @unchecked Sendable { var connection: (any Connection)? }
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let box = Box()
            try await database.read { box.connection = $0 }
            #expect(throws: StorageProblem.closed) { try box.connection?.query("SELECT 1") }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aClosedDatabaseSaysSo(engine: Engine) async throws {
        try await TestDatabases.with(engine) { database in
            await database.close()
            await #expect(throws: StorageProblem.closed) { try await database.read { _ in } }
            await #expect(throws: StorageProblem.closed) { try await database.write { _ in } }
            await database.close()
        }
    }

    @Test(arguments: TestDatabases.engines)
    func argumentsMustMatchPlaceholders(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            for arguments: [SQLValue] in [[], [1, 2]] {
                await #expect(throws: StorageProblem.self) {
                    try await database.read { try $0.query("SELECT id FROM thing WHERE amount = ?", arguments) }
                }
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aWrongStatementIsQuoted(engine: Engine) async throws {
        try await TestDatabases.with(engine) { database in
            do {
                _ = try await database.read { try $0.query("SELECT thing FROM nowhere") }
                Issue.record("no error")
            } catch StorageProblem.statement(_, let message, let sql) {
                #expect(message.contains("nowhere"))
                #expect(sql == "SELECT thing FROM nowhere")
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func sqlInAStringStaysAString(engine: Engine) async throws {
        let nasty = "'); DROP TABLE thing; --"
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let found = try await database.write { connection in
                try connection.execute(
                    "INSERT INTO thing (id, name) VALUES (?, ?)", [ThingTable.id(1), .text(nasty)])
                return try connection.query("SELECT name FROM thing WHERE name IN (?*)", keys: [.text(nasty), "other"])
            }
            #expect(try found.map { try $0.text(0) } == [nasty])
        }
    }

    /// What portable SQL may rely on.
    @Test(arguments: TestDatabases.engines)
    func bothEnginesComputeAlike(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let values = try await database.write { connection in
                for (index, name) in ["b", "B", "a", "é", "Z", "_"].enumerated() {
                    try connection.execute(
                        "INSERT INTO thing (id, name, amount, share) VALUES (?, ?, ?, ?)",
                        [ThingTable.id(index), .text(name), .integer(Int64(index) * 1_000_000_000_000), .real(0.5)])
                }
                func one(_ sql: String, _ arguments: SQLValue...) throws -> SQLValue? {
                    try connection.first(sql, arguments)?.value(0)
                }
                return [
                    try one("SELECT sum(amount) FROM thing"),
                    try one("SELECT sum(amount) FROM thing WHERE amount > ?", .integer(.max)),
                    try one("SELECT coalesce(sum(amount), 0) FROM thing WHERE amount > ?", .integer(.max)),
                    try one("SELECT -sum(amount) FROM thing"),
                    try one("SELECT sum(share) FROM thing"),
                    try one("SELECT count(*) FROM thing WHERE name LIKE ?", "b%"),
                    try one("SELECT max(name) FROM thing"),
                    try one("SELECT min(name) FROM thing"),
                    try one("SELECT amount / ? FROM thing WHERE amount = ?", 7, 1_000_000_000_000),
                    try one("SELECT -7 / 2"), try one("SELECT -7 % 2"),
                    try one("SELECT ? = ?", 1, 1), try one("SELECT 1 > 2"),
                    try one("SELECT CASE WHEN ? > 5 THEN ? ELSE ? END", 9_999_999_999, "more", "less"),
                    try one("SELECT count(*) FROM thing WHERE CAST(? AS BIGINT) IS NULL", nil),
                    try one("SELECT coalesce(?, ?)", nil, 3),
                    try one("SELECT count(DISTINCT share) FROM thing"),
                    try one("SELECT substr(name, 1, 1) || 'x' FROM thing WHERE name = ?", "é"),
                    try one("SELECT name FROM thing WHERE id > ? ORDER BY id LIMIT ? OFFSET ?", ThingTable.id(1), 1, 1),
                ]
            }
            let expected: [SQLValue?] = [
                15_000_000_000_000, .null, 0, -15_000_000_000_000, 3.0, 1, "é", "B", 142_857_142_857, -3, -1, 1, 0,
                "more", 6, 3, 1, "éx", "é",
            ]
            for (index, value) in values.enumerated() { #expect(value == expected[index], "expression \(index)") }
        }
    }

    /// NULL has no type of its own: a statement first run with NULL takes values later, and the other way round.
    @Test(arguments: TestDatabases.engines)
    func nullAndValuesAlternate(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let amounts: [SQLValue] = [.null, 5, .null, 7, 8]
            let found = try await database.write { connection in
                for (index, amount) in amounts.enumerated() {
                    try connection.execute(
                        "INSERT INTO thing (id, amount) VALUES (?, ?)", [ThingTable.id(index), amount])
                }
                return try connection.query("SELECT amount FROM thing ORDER BY id").map { try $0.value(0) }
            }
            #expect(found == amounts)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func keysCountOnceAndNullMatchesNothing(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            try await database.write { connection in
                for index in 0..<10 {
                    try connection.execute(
                        "INSERT INTO thing (id, amount) VALUES (?, ?)", [ThingTable.id(index), .integer(Int64(index))])
                }
                let keys = [ThingTable.id(3), .null, ThingTable.id(3), ThingTable.id(99), ThingTable.id(5)]
                let found = try connection.query(
                    "SELECT amount FROM thing WHERE id IN (?*) AND amount > ?", [4], keys: keys)
                #expect(try found.map { try $0.int(0) } == [5])
                #expect(try connection.query("SELECT amount FROM thing WHERE id IN (?*)", keys: []).isEmpty)
                #expect(try connection.query("SELECT id FROM thing WHERE amount IN (?*)", keys: [1, 2]).count == 2)
                let ids = (0..<5_000).map { ThingTable.id($0) }
                #expect(try connection.query("SELECT id FROM thing WHERE id IN (?*)", keys: ids).count == 10)
            }
            for sql in ["SELECT id FROM thing", "SELECT id FROM thing WHERE id NOT IN (?*)"] {
                await #expect(throws: StorageProblem.self) {
                    try await database.read { try $0.query(sql, keys: [ThingTable.id(1)]) }
                }
            }
            await #expect(throws: StorageProblem.invalid("the keys of one query are of different kinds")) {
                try await database.read { try $0.query("SELECT id FROM thing WHERE id IN (?*)", keys: [1, "x"]) }
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func manyPointReadsKeepTheirOrder(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let results = try await database.write { connection in
                for index in 0..<700 {
                    try connection.execute(
                        "INSERT INTO thing (id, amount) VALUES (?, ?)", [ThingTable.id(index), .integer(Int64(index))])
                }
                return try connection.query(
                    "SELECT amount FROM thing WHERE id = ? AND amount >= ?",
                    each: (0..<1_400).map { [ThingTable.id($0 / 2), .integer(Int64($0 % 2 * 350))] })
            }
            #expect(results.count == 1_400)
            for (index, rows) in results.enumerated() {
                let expected = index % 2 == 0 || index / 2 >= 350 ? [Int64(index / 2)] : []
                #expect(try rows.map { try $0.int(0) } == expected)
            }
            let none = try await database.read { try $0.query("SELECT amount FROM thing WHERE id = ?", each: []) }
            #expect(none.isEmpty)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func changesAreCounted(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let counts = try await database.write { connection in
                let insert = "INSERT INTO thing (id, amount) VALUES (?, 0) ON CONFLICT DO NOTHING"
                return [
                    try connection.execute(insert, [ThingTable.id(0)]),
                    try connection.execute(insert, [ThingTable.id(0)]),
                    try connection.execute(insert, [ThingTable.id(1)]),
                    try connection.execute("UPDATE thing SET amount = 1"),
                    try connection.execute("CREATE TABLE other (a INTEGER)"),
                    try connection.execute("DELETE FROM thing WHERE amount = 1"),
                    try connection.execute("DELETE FROM thing WHERE amount = 1"),
                ]
            }
            #expect(counts == [1, 0, 1, 2, 0, 2, 0])
        }
    }

    /// Every write sees what the ones before it left: none is lost, whatever the engine has to retry.
    @Test(arguments: TestDatabases.engines, [Isolation.serializable, .snapshot])
    func concurrentIncrementsAllCount(engine: Engine, isolation: Isolation) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            try await database.write {
                try $0.execute("INSERT INTO thing (id, amount) VALUES (?, 0)", [ThingTable.id(1)])
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        try await database.write(isolation) { connection in
                            let amount =
                                try connection.first("SELECT amount FROM thing WHERE id = ?", [ThingTable.id(1)])?
                                .int(0) ?? 0
                            try connection.execute(
                                "UPDATE thing SET amount = ? WHERE id = ?", [.integer(amount + 1), ThingTable.id(1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let amount = try await database.read { try $0.first("SELECT amount FROM thing")?.int(0) }
            #expect(amount == 24)
        }
    }

    /// Two transactions that each read what the other writes: one of them must see the other (no write skew).
    @Test(arguments: TestDatabases.engines)
    func serializableWritesDoNotSkew(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        try await database.write { connection in
                            let count = try connection.first("SELECT count(*) FROM thing")?.int(0) ?? 0
                            guard count < 3 else { return }
                            try connection.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(index)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 3)
        }
    }

    /// Bodies block threads of their own: as many as there are connections, and none of Swift's.
    @Test(arguments: TestDatabases.engines)
    func blockedReadsDoNotStopOtherTasks(engine: Engine) async throws {
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let gate = Gate()
            let blocked = (0..<12).map { _ in Task { try await database.read { _ in gate.wait() } } }
            // With all cores' worth of bodies waiting, a task of our own and a write still get through.
            let sum = await Task { (0..<100).reduce(0, +) }.value
            #expect(sum == 4_950)
            try await database.write { try $0.execute("INSERT INTO thing (id) VALUES (?)", [ThingTable.id(1)]) }
            gate.open()
            for task in blocked { try await task.value }
        }
    }
}
