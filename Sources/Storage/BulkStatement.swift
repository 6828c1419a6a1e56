/// A statement that writes many rows of the same shape.
///
/// Made once and kept (`static let`): it holds the SQL of both engines. Its columns, in order, are what each row of a
/// ``RowBatch`` brings.
public struct BulkStatement: Sendable {
    /// What a column holds; NULL is always possible as far as the batch is concerned.
    public enum ColumnType: Sendable {
        case integer, real, text, blob, id
    }

    /// A column with its type.
    public struct Column: Sendable {
        public let name: String
        public let type: ColumnType
    }

    /// What an insert does when a row with the same unique key exists.
    public enum OnConflict: Sendable {
        /// Refuses the whole batch.
        case fail
        /// Keeps the existing row.
        case ignore
        /// Changes the existing row, found by `keys` (the columns of a primary key or unique index): the columns `set`
        /// take the new value, the columns `adding` grow by it. A key that comes twice in a batch is changed twice.
        case update(keys: [String], set: [String], adding: [String] = [])
    }

    public let table: String
    public let columns: [Column]
    let sqlite: String
    let postgres: String
    /// Positions of the columns that must not repeat within one PostgreSQL statement.
    let distinct: [Int]

    /// What is sent to the engine, with numbered placeholders.
    public func sql(for engine: Engine) -> String {
        switch engine {
        case .sqlite: sqlite
        case .postgres: postgres
        }
    }

    /// Inserts rows.
    public static func insert(
        into table: String, columns: [(String, ColumnType)], onConflict: OnConflict = .fail
    ) -> BulkStatement {
        let columns = columns.map { Column(name: $0.0, type: $0.1) }
        let names = columns.map { quoted($0.name) }.joined(separator: ", ")
        var tail = ""
        var distinct: [Int] = []
        switch onConflict {
        case .fail: break
        case .ignore: tail = " ON CONFLICT DO NOTHING"
        case .update(let keys, let set, let adding):
            let changes =
                set.map { "\(quoted($0)) = excluded.\(quoted($0))" }
                + adding.map { "\(quoted($0)) = \(quoted(table)).\(quoted($0)) + excluded.\(quoted($0))" }
            let target = keys.map(quoted).joined(separator: ", ")
            tail = " ON CONFLICT (\(target)) DO "
            tail += changes.isEmpty ? "NOTHING" : "UPDATE SET " + changes.joined(separator: ", ")
            if !changes.isEmpty { distinct = keys.compactMap { key in columns.firstIndex { $0.name == key } } }
        }
        let marks = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let head = "INSERT INTO \(quoted(table)) (\(names))"
        return BulkStatement(
            table: table, columns: columns, sqlite: "\(head) VALUES (\(marks))\(tail)",
            postgres: "\(head) SELECT * FROM \(unnest(columns))\(tail)", distinct: distinct)
    }

    /// Updates the rows found by `keys`: the columns `set` take the new value, the columns `adding` grow by it. A row
    /// of the batch brings keys, then `set`, then `adding`. Rows that do not exist are passed over.
    public static func update(
        table: String, keys: [(String, ColumnType)], set: [(String, ColumnType)], adding: [(String, ColumnType)] = []
    ) -> BulkStatement {
        let columns = (keys + set + adding).map { Column(name: $0.0, type: $0.1) }
        func changes(_ value: (Int) -> String, _ current: String) -> String {
            var list: [String] = []
            for (offset, column) in set.enumerated() {
                list.append("\(quoted(column.0)) = \(value(keys.count + offset))")
            }
            for (offset, column) in adding.enumerated() {
                let name = quoted(column.0)
                list.append("\(name) = \(current)\(name) + \(value(keys.count + set.count + offset))")
            }
            return list.joined(separator: ", ")
        }
        let name = quoted(table)
        let sqliteWhere = keys.enumerated().map { "\(quoted($1.0)) = ?\($0 + 1)" }.joined(separator: " AND ")
        let postgresWhere = keys.enumerated().map { "\(name).\(quoted($1.0)) = v.c\($0 + 1)" }
            .joined(separator: " AND ")
        return BulkStatement(
            table: table, columns: columns,
            sqlite: "UPDATE \(name) SET \(changes({ "?\($0 + 1)" }, "")) WHERE \(sqliteWhere)",
            postgres: "UPDATE \(name) SET \(changes({ "v.c\($0 + 1)" }, "\(name)."))"
                + " FROM \(unnest(columns)) WHERE \(postgresWhere)",
            distinct: Array(keys.indices))
    }

    /// Deletes the rows found by `keys`.
    public static func delete(from table: String, keys: [(String, ColumnType)]) -> BulkStatement {
        let columns = keys.map { Column(name: $0.0, type: $0.1) }
        let name = quoted(table)
        let sqliteWhere = columns.enumerated().map { "\(quoted($1.name)) = ?\($0 + 1)" }.joined(separator: " AND ")
        let postgresWhere = columns.enumerated().map { "\(name).\(quoted($1.name)) = v.c\($0 + 1)" }
            .joined(separator: " AND ")
        return BulkStatement(
            table: table, columns: columns, sqlite: "DELETE FROM \(name) WHERE \(sqliteWhere)",
            postgres: "DELETE FROM \(name) USING \(unnest(columns)) WHERE \(postgresWhere)", distinct: [])
    }

    private static func quoted(_ name: String) -> String { "\"\(name)\"" }

    /// One array parameter per column, turned into rows.
    private static func unnest(_ columns: [Column]) -> String {
        let arrays = columns.enumerated().map { "$\($0 + 1)::\($1.type.postgres)[]" }.joined(separator: ", ")
        let names = columns.indices.map { "c\($0 + 1)" }.joined(separator: ", ")
        return "unnest(\(arrays)) AS v (\(names))"
    }
}

extension BulkStatement.ColumnType {
    /// The type's name in PostgreSQL.
    var postgres: String {
        switch self {
        case .integer: "bigint"
        case .real: "double precision"
        case .text: "text"
        case .blob, .id: "bytea"
        }
    }
}
