import Primitives
import TestSupport
import Testing

@testable import Storage

@Suite struct ValueTests {
    @Test(arguments: TestDatabases.engines)
    func everyKindOfValueComesBack(engine: Engine) async throws {
        let rows: [[SQLValue]] = [
            [
                ThingTable.id(1), .text("café 日本 \u{1F600} 'quoted\" ? --"), .integer(.min), .real(0.1),
                .blob([0, 255, 7]),
            ],
            [ThingTable.id(2), .text(""), .integer(.max), .real(-.infinity), .blob([])],
            [.id(ID128(high: .max, low: .max)), .null, .null, .null, .null],
            [
                ThingTable.id(4), .text("\u{FEFF}\u{10FFFF}"), .integer(0), .real(5e-324),
                .blob([UInt8](repeating: 9, count: 70_000)),
            ],
        ]
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            try await database.write { connection in
                for row in rows {
                    let marks = "INSERT INTO thing (id, name, amount, share, body) VALUES (?, ?, ?, ?, ?)"
                    let changed = try connection.execute(marks, row)
                    #expect(changed == 1)
                }
            }
            for row in rows {
                let found = try await database.read {
                    try $0.query("SELECT id, name, amount, share, body FROM thing WHERE id = ?", [row[0]])
                }
                #expect(found.count == 1)
                for (index, value) in row.enumerated() { #expect(try found.first?.value(index) == value) }
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func everyKindOfValueComesBackFromABatch(engine: Engine) async throws {
        let insert = BulkStatement.insert(
            into: "thing",
            columns: [("id", .id), ("name", .text), ("amount", .integer), ("share", .real), ("body", .blob)])
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let found = try await database.write { connection in
                var batch = RowBatch(insert)
                batch.append(ThingTable.id(1), "日本", .integer(.min), .real(1.5), .blob([1]))
                batch.append(ThingTable.id(2), "", .integer(7), .integer(2), .blob([]))
                batch.append(ThingTable.id(3), nil, nil, nil, nil)
                batch.append(ThingTable.id(4), "x", 1, 1.0, ThingTable.id(9))
                #expect(try connection.bulk(insert, batch) == 4)
                return try connection.query("SELECT name, amount, share, body FROM thing ORDER BY id")
            }
            #expect(try found[0].value(0) == "日本")
            #expect(try found[0].value(1) == .integer(.min))
            #expect(try found[0].value(2) == 1.5)
            #expect(try found[0].value(3) == .blob([1]))
            #expect(try found[1].value(0) == "")
            #expect(try found[1].value(2) == 2.0)
            #expect(try found[1].value(3) == .blob([]))
            #expect(try (0..<4).allSatisfy { try found[2].isNull($0) })
            #expect(try found[3].value(3) == ThingTable.id(9))
        }
    }

    @Test(arguments: TestDatabases.engines)
    func anEmptyBatchDoesNothing(engine: Engine) async throws {
        let delete = BulkStatement.delete(from: "thing", keys: [("id", .id)])
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            let changed = try await database.write { try $0.bulk(delete, RowBatch(delete)) }
            #expect(changed == 0)
        }
    }

    static let refused: [[SQLValue]] = [
        ["a\u{0}b", 1.0], ["a", .real(.nan)], [.text(String(repeating: "é", count: 33 << 20)), 1.0],
    ]

    @Test(arguments: TestDatabases.engines, refused.indices)
    func whatOneEngineCouldNotHoldIsRefusedOnBoth(engine: Engine, index: Int) async throws {
        let values = Self.refused[index]
        let insert = BulkStatement.insert(into: "thing", columns: [("id", .id), ("name", .text), ("share", .real)])
        try await TestDatabases.with(engine, [ThingTable.schema]) { database in
            await #expect(throws: StorageProblem.self) {
                try await database.write { connection in
                    try connection.execute(
                        "INSERT INTO thing (id, name, share) VALUES (?, ?, ?)", [ThingTable.id(1)] + values)
                }
            }
            await #expect(throws: StorageProblem.self) {
                try await database.write { connection in
                    var batch = RowBatch(insert)
                    batch.append(ThingTable.id(0), "fine", 1.0)
                    batch.append(contentsOf: [ThingTable.id(1)] + values)
                    try connection.bulk(insert, batch)
                }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 0)
        }
    }

    @Test func aBatchRemembersWhatSpoiledIt() throws {
        let insert = BulkStatement.insert(into: "t", columns: [("a", .id), ("b", .integer)])
        var short = RowBatch(insert)
        short.append(ThingTable.id(1))
        var wrongType = RowBatch(insert)
        wrongType.append(ThingTable.id(1), "one")
        var wrongLength = RowBatch(insert)
        wrongLength.append(.blob([1, 2]), 1)
        for batch in [short, wrongType, wrongLength] {
            #expect(batch.problem != nil)
        }
        short.removeAll()
        short.append(ThingTable.id(1), 2)
        #expect(short.problem == nil)
        #expect(short.count == 1)
    }

    @Test func aRowSaysWhatItExpected() throws {
        let row = Row([1, "x", .null, .blob([1]), .id(ID128(high: 0, low: 1))])
        #expect(throws: StorageProblem.column(1, expected: "integer")) { try row.int(1) }
        #expect(throws: StorageProblem.column(0, expected: "text")) { try row.text(0) }
        #expect(throws: StorageProblem.column(3, expected: "sixteen bytes")) { try row.id(3) }
        #expect(throws: StorageProblem.column(5, expected: "one of 5 columns")) { try row.intOrNil(5) }
        #expect(throws: StorageProblem.column(2, expected: "integer")) { try row.int(2) }
        #expect(try row.intOrNil(2) == nil)
        #expect(try row.blob(4).count == 16)
        #expect(try row.real(0) == 1)
    }
}
