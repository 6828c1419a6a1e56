import Primitives
import Storage
import TestSupport
import Testing

@Suite struct BasicsTests {
    static let schema = Schema(
        room: "basics",
        migrations: [
            Migration(
                number: 1, name: "things",
                statements: [
                    """
                    CREATE TABLE thing (
                        id {id} NOT NULL, name {text}, amount {int}, share {real}, body {blob}, PRIMARY KEY (id)
                    ) {clustered}
                    """
                ])
        ])

    @Test(arguments: TestDatabases.engines)
    func everyKindOfValueComesBack(engine: Engine) async throws {
        try await TestDatabases.with(engine, [Self.schema]) { database in
            let id = ID128(high: 1, low: UInt64.max)
            try await database.write { connection in
                let changed = try connection.execute(
                    "INSERT INTO thing (id, name, amount, share, body) VALUES (?, ?, ?, ?, ?)",
                    [.id(id), .text("café 日本 \u{1F600}"), .integer(.min), .real(0.1), .blob([0, 255, 7])])
                #expect(changed == 1)
                try connection.execute(
                    "INSERT INTO thing (id, name, amount, share, body) VALUES (?, ?, ?, ?, ?)",
                    [.id(ID128(high: 2, low: 0)), .text(""), .null, .null, .blob([])])
            }
            let rows = try await database.read {
                try $0.query("SELECT id, name, amount, share, body FROM thing ORDER BY id")
            }
            #expect(rows.count == 2)
            #expect(try rows[0].id(0) == id)
            #expect(try rows[0].text(1) == "café 日本 \u{1F600}")
            #expect(try rows[0].int(2) == .min)
            #expect(try rows[0].real(3) == 0.1)
            #expect(try rows[0].blob(4) == [0, 255, 7])
            #expect(try rows[1].text(1) == "")
            #expect(try rows[1].intOrNil(2) == nil)
            #expect(try rows[1].realOrNil(3) == nil)
            #expect(try rows[1].blob(4) == [])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func bulkAndKeys(engine: Engine) async throws {
        let insert = BulkStatement.insert(
            into: "thing", columns: [("id", .id), ("name", .text), ("amount", .integer)],
            onConflict: .update(keys: ["id"], set: ["name"], adding: ["amount"]))
        try await TestDatabases.with(engine, [Self.schema]) { database in
            let rows = try await database.write { connection in
                var batch = RowBatch(insert)
                for index in 0..<100 {
                    batch.append(
                        .id(ID128(high: 0, low: UInt64(index % 50))), .text("n\(index)"), .integer(Int64(index)))
                }
                #expect(batch.count == 100)
                #expect(try connection.bulk(insert, batch) == 100)
                return try connection.query(
                    "SELECT name, amount FROM thing WHERE amount > ? AND id IN (?*)", [.integer(0)],
                    keys: [
                        .id(ID128(high: 0, low: 7)), .id(ID128(high: 0, low: 7)), .null, .id(ID128(high: 9, low: 9)),
                    ]
                )
            }
            #expect(rows.count == 1)
            #expect(try rows.first?.text(0) == "n57")
            #expect(try rows.first?.int(1) == 64)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aConstraintNamesItsTableAndNothingIsKept(engine: Engine) async throws {
        try await TestDatabases.with(engine, [Self.schema]) { database in
            await #expect(throws: StorageProblem.constraint(.unique, table: "thing")) {
                try await database.write { connection in
                    for _ in 0..<2 {
                        try connection.execute("INSERT INTO thing (id) VALUES (?)", [.id(ID128(high: 1, low: 1))])
                    }
                }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 0)
        }
    }
}
