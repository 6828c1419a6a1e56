internal import Primitives

/// The contents of a database as stable text: equal contents give equal lines on either engine, whatever the order of
/// insertion and the state of the files.
///
/// One line per table with its columns, then one per row in the order of the primary key (of the whole line where a
/// table has none). Numbers are decimal, text is quoted with JSON's escapes, bytes are hexadecimal.
public enum LogicalDump {
    /// - Parameter excluding: tables to leave out.
    /// - Complexity: holds the whole text in memory: for tests and for small databases.
    public static func lines(
        _ connection: any Connection, excluding: Set<String> = []
    ) throws(StorageProblem) -> [String] {
        var lines: [String] = []
        for table in try tables(connection) where !excluding.contains(table) {
            let columns = try columns(connection, table)
            lines.append("\(table) (\(columns.map(\.name).joined(separator: ", ")))")
            let key = columns.filter { $0.keyPosition > 0 }.sorted { $0.keyPosition < $1.keyPosition }
            let order = key.isEmpty ? "" : " ORDER BY " + key.map { quoted($0.name) }.joined(separator: ", ")
            let names = columns.map { quoted($0.name) }.joined(separator: ", ")
            var rows: [String] = []
            for row in try connection.query("SELECT \(names) FROM \(quoted(table))\(order)") {
                var cells: [String] = []
                for (index, column) in columns.enumerated() {
                    cells.append("\(column.name)=\(text(try row.value(index)))")
                }
                rows.append("\(table) \(cells.joined(separator: " "))")
            }
            lines += key.isEmpty ? rows.sorted() : rows
        }
        return lines
    }

    private struct Column {
        let name: String
        /// From 1; 0 outside the primary key.
        let keyPosition: Int
    }

    private static func tables(_ connection: any Connection) throws(StorageProblem) -> [String] {
        let sql =
            switch connection.engine {
            case .sqlite:
                """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name
                """
            case .postgres:
                """
                SELECT CAST(c.relname AS text) COLLATE "C" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY 1
                """
            }
        var names: [String] = []
        for row in try connection.query(sql) { names.append(try row.text(0)) }
        return names
    }

    private static func columns(_ connection: any Connection, _ table: String) throws(StorageProblem) -> [Column] {
        let sql =
            switch connection.engine {
            case .sqlite: "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid"
            case .postgres:
                """
                SELECT CAST(a.attname AS text), coalesce(array_position(CAST(i.indkey AS int2[]), a.attnum) + 1, 0)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
                WHERE n.nspname = current_schema() AND c.relname = ? ORDER BY a.attnum
                """
            }
        var columns: [Column] = []
        for row in try connection.query(sql, [.text(table)]) {
            columns.append(Column(name: try row.text(0), keyPosition: Int(try row.int(1))))
        }
        return columns
    }

    private static func quoted(_ name: String) -> String { "\"\(name)\"" }

    private static func text(_ value: SQLValue) -> String {
        switch value {
        case .null: "null"
        case .integer(let value): String(value)
        case .real(let value): "\(value)"
        case .id(let value): hexadecimal(value.bytes)
        case .blob(let value): hexadecimal(value)
        case .text(let value): json(value)
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".unicodeScalars)
        var text = "x'"
        for byte in bytes {
            text.unicodeScalars.append(digits[Int(byte >> 4)])
            text.unicodeScalars.append(digits[Int(byte & 15)])
        }
        return text + "'"
    }

    private static func json(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case let scalar where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
