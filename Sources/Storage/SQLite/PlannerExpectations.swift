/// What SQLite's planner is told of the tables: that they are large, and what narrows a search.
///
/// Without figures it takes every index for equally good and prefers one that covers the query: it then reads a whole
/// programme to find one member's rows. With figures of `ANALYZE` it would know better, but only of the tables as they were when it
/// ran: those of a young server say that reading everything is cheap, and stay after a million members have come. So the figures
/// are ours, the same on every server and from the first row on: each table is as large as a large programme makes it.
///
/// They are kept where `ANALYZE` keeps its own (`sqlite_stat1`, <https://www.sqlite.org/fileformat2.html#stat1tab>).
enum PlannerExpectations {
    /// One line of `sqlite_stat1`.
    struct Line: Hashable {
        var table: String
        var index: String
        /// The rows of the index, then how many have the same first column, the same first two, and so on.
        var figures: String
    }

    /// A column of an index.
    struct Column {
        var name: String
        /// As declared: `BLOB`, `TEXT` or `INTEGER`.
        var type: String

        /// How many rows of `rows` are left once this column is given.
        func narrowed(_ rows: Int) -> Int {
            switch name {
            // A home holds few programmes.
            case "programme_id": rows
            case "member_id": min(rows, 20)
            // Never said to be one row where it need not be: to sort one row would be thought to cost nothing.
            default: max(rows / (type == "BLOB" ? 10_000 : 10), 2)
            }
        }
    }

    static let rows = 1_000_000

    static func figures(of columns: [Column], isUnique: Bool) -> String {
        var left = rows
        var figures = [rows]
        for (place, column) in columns.enumerated() {
            left = isUnique && place == columns.count - 1 ? 1 : column.narrowed(left)
            figures.append(left)
        }
        return figures.map(String.init).joined(separator: " ")
    }

    /// Whether the figures of all tables are in place.
    static func hold(_ connection: any Connection) throws -> Bool { try lines(connection) == kept(connection) }

    /// Writes the figures of all tables. All connections take them over.
    static func write(to connection: any Connection) throws {
        let lines = try lines(connection)
        // Only ANALYZE makes the table; made anew, every connection reads it.
        try connection.execute("DROP TABLE IF EXISTS sqlite_stat1")
        try connection.execute("ANALYZE schema_migration")
        try connection.execute("DELETE FROM sqlite_stat1")
        for line in lines {
            try connection.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)",
                [.text(line.table), .text(line.index), .text(line.figures)])
        }
        try connection.execute("ANALYZE sqlite_schema")
    }

    private static func kept(_ connection: any Connection) throws -> [Line] {
        guard try connection.first("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'") != nil else { return [] }
        return try connection.query("SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx").map {
            Line(table: try $0.text(0), index: try $0.textOrNil(1) ?? "", figures: try $0.text(2))
        }
    }

    private static func lines(_ connection: any Connection) throws -> [Line] {
        var lines: [Line] = []
        let tables = try connection.query(
            """
            SELECT name, wr FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name
            """
        ).map { (name: try $0.text(0), isClustered: try $0.flag(1)) }
        for (table, isClustered) in tables {
            let indexes = try connection.query(
                "SELECT name, \"unique\", origin FROM pragma_index_list(?)", [.text(table)])
            for index in indexes {
                let name = try index.text(0)
                let columns = try connection.query(
                    """
                    SELECT i.name, upper(t.type) FROM pragma_index_info(?) i JOIN pragma_table_info(?) t ON t.name = i.name
                    ORDER BY i.seqno
                    """, [.text(name), .text(table)]
                ).map { Column(name: try $0.text(0), type: try $0.text(1)) }
                // The key of a table without row ids goes by the table's name.
                let isKey = try isClustered && index.text(2) == "pk"
                lines.append(
                    Line(
                        table: table, index: isKey ? table : name,
                        figures: figures(of: columns, isUnique: try index.int(1) == 1)))
            }
        }
        return lines.sorted { ($0.table, $0.index) < ($1.table, $1.index) }
    }
}
