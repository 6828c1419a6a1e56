import Primitives
import Storage
import TestSupport
import Testing

/// Random batches of every kind of bulk statement against a plain dictionary.
@Suite struct BulkModelTests {
    static let schema = Schema(
        room: "model",
        migrations: [
            Migration(
                number: 1, name: "cells",
                statements: [
                    """
                    CREATE TABLE cell (
                        id {id} NOT NULL, unit {text} NOT NULL, amount {int} NOT NULL, note {text},
                        PRIMARY KEY (id, unit)) {clustered}
                    """
                ])
        ])

    static let keys: [(String, BulkStatement.ColumnType)] = [("id", .id), ("unit", .text)]
    static let columns = keys + [("amount", .integer), ("note", .text)]
    static let ignore = BulkStatement.insert(into: "cell", columns: columns, onConflict: .ignore)
    static let replace = BulkStatement.insert(
        into: "cell", columns: columns, onConflict: .update(keys: ["id", "unit"], set: ["amount", "note"]))
    static let add = BulkStatement.insert(
        into: "cell", columns: columns, onConflict: .update(keys: ["id", "unit"], set: ["note"], adding: ["amount"]))
    static let update = BulkStatement.update(
        table: "cell", keys: keys, set: [("note", .text)], adding: [("amount", .integer)])
    static let overwrite = BulkStatement.update(table: "cell", keys: keys, set: [("amount", .integer)])
    static let delete = BulkStatement.delete(from: "cell", keys: keys)

    struct Key: Hashable {
        let id: UInt64
        let unit: String
    }

    struct Cell: Equatable {
        var amount: Int64
        var note: String?
    }

    @Test(arguments: TestDatabases.engines, [1, 2, 3, 4] as [UInt64])
    func bulkStatementsDoWhatADictionaryDoes(engine: Engine, seed: UInt64) async throws {
        print("bulk model on \(engine): seed \(seed)")
        try await TestDatabases.with(engine, [Self.schema]) { database in
            var random = SeededRandom(seed: seed)
            var model: [Key: Cell] = [:]
            for _ in 0..<60 {
                let rows = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                    (
                        Key(
                            id: UInt64.random(in: 0..<12, using: &random),
                            unit: ["ink", "é", ""].randomElement(using: &random) ?? ""),
                        Cell(
                            amount: Int64.random(in: -1_000...1_000, using: &random),
                            note: Bool.random(using: &random) ? nil : "n\(UInt8.random(in: 0...255, using: &random))")
                    )
                }
                let kind = Int.random(in: 0..<6, using: &random)
                let statement = [Self.ignore, Self.replace, Self.add, Self.update, Self.overwrite, Self.delete][kind]
                var batch = RowBatch(statement)
                var expected = 0
                for (key, cell) in rows {
                    let keys: [SQLValue] = [.id(ID128(high: 7, low: key.id)), .text(key.unit)]
                    let note = SQLValue(cell.note)
                    switch kind {
                    case 0:
                        batch.append(contentsOf: keys + [.integer(cell.amount), note])
                        if model[key] == nil {
                            model[key] = cell
                            expected += 1
                        }
                    case 1:
                        batch.append(contentsOf: keys + [.integer(cell.amount), note])
                        model[key] = cell
                        expected += 1
                    case 2:
                        batch.append(contentsOf: keys + [.integer(cell.amount), note])
                        model[key] = Cell(amount: (model[key]?.amount ?? 0) + cell.amount, note: cell.note)
                        expected += 1
                    case 3:
                        batch.append(contentsOf: keys + [note, .integer(cell.amount)])
                        if let old = model[key] {
                            model[key] = Cell(amount: old.amount + cell.amount, note: cell.note)
                            expected += 1
                        }
                    case 4:
                        batch.append(contentsOf: keys + [.integer(cell.amount)])
                        if model[key] != nil {
                            model[key]?.amount = cell.amount
                            expected += 1
                        }
                    default:
                        batch.append(contentsOf: keys)
                        if model.removeValue(forKey: key) != nil { expected += 1 }
                    }
                }
                let filled = batch
                let queued = Bool.random(using: &random)
                let changed = try await database.write { connection in
                    if queued {
                        try connection.enqueue(statement, filled)
                        return -1
                    }
                    return try connection.bulk(statement, filled)
                }
                if !queued { #expect(changed == expected, "kind \(kind)") }
                let stored = try await database.read { connection in
                    try connection.query("SELECT id, unit, amount, note FROM cell").map { row in
                        (
                            Key(id: try row.id(0).low, unit: try row.text(1)),
                            Cell(amount: try row.int(2), note: try row.textOrNil(3))
                        )
                    }
                }
                #expect(Dictionary(stored) { first, _ in first } == model, "kind \(kind)")
            }
        }
    }

    /// What was queued fails at the next result or at the commit, and takes the transaction with it.
    @Test(arguments: TestDatabases.engines, [true, false])
    func aQueuedBatchThatFailsFailsTheTransaction(engine: Engine, readsAfterwards: Bool) async throws {
        let insert = BulkStatement.insert(into: "cell", columns: Self.columns)
        try await TestDatabases.with(engine, [Self.schema]) { database in
            await #expect(throws: StorageProblem.constraint(.unique, table: "cell")) {
                try await database.write { connection in
                    var batch = RowBatch(insert)
                    for _ in 0..<2 { batch.append(.id(ID128(high: 0, low: 1)), "ink", 1, nil) }
                    try connection.enqueue(insert, batch)
                    if readsAfterwards { _ = try connection.query("SELECT count(*) FROM cell") }
                }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM cell")?.int(0) }
            #expect(count == 0)
        }
    }
}
