internal import GRDB
internal import GRDBSQLite
internal import Primitives

/// A GRDB connection inside one transaction, with its prepared statements bound and stepped directly: GRDB's own
/// argument binding costs two to four times as much per row.
final class SQLiteConnection: Connection {
    private var database: GRDB.Database?
    /// What failed: nothing more can be done in this transaction, as on PostgreSQL.
    private(set) var problem: StorageProblem?

    init(_ database: GRDB.Database) {
        self.database = database
    }

    var engine: Engine { .sqlite }

    /// Called when the body ended: a connection that escaped answers `.closed`.
    func invalidate() { database = nil }

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> Int {
        try noting { () throws(StorageProblem) in try runExecute(sql, arguments) }
    }

    func query(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> [Row] {
        try noting { () throws(StorageProblem) in try runQuery(sql, arguments) }
    }

    func query(_ sql: String, _ arguments: [SQLValue], keys: [SQLValue]) throws(StorageProblem) -> [Row] {
        try noting { () throws(StorageProblem) in try runQuery(sql, arguments, keys: keys) }
    }

    @discardableResult
    func bulk(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem) -> Int {
        try noting { () throws(StorageProblem) in try runBulk(statement, rows) }
    }

    func enqueue(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem) {
        try bulk(statement, rows)
    }

    /// Keeps the first problem, so that a body that swallows it cannot commit half of its work.
    private func noting<T>(_ body: () throws(StorageProblem) -> T) throws(StorageProblem) -> T {
        if let problem { throw problem }
        do {
            return try body()
        } catch {
            problem = error
            throw error
        }
    }

    private func runExecute(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> Int {
        let (handle, statement) = try prepare(sql)
        defer { statement.reset() }
        try statement.bind(arguments)
        let before = sqlite3_total_changes64(handle)
        while try statement.step() {}
        // Statements that change no rows leave the previous count standing.
        return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
    }

    private func runQuery(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> [Row] {
        let (_, statement) = try prepare(sql)
        defer { statement.reset() }
        try statement.bind(arguments)
        var values: [SQLValue] = []
        while try statement.step() { statement.appendRow(to: &values) }
        return rows(values, statement.columns)
    }

    private func runQuery(
        _ sql: String, _ arguments: [SQLValue], keys: [SQLValue]
    ) throws(StorageProblem) -> [Row] {
        let (_, statement) = try prepare(try KeyedQuery.text(sql, argumentCount: arguments.count, for: .sqlite))
        defer { statement.reset() }
        try statement.bind(arguments + [.null])
        var values: [SQLValue] = []
        for key in try KeyedQuery.distinct(keys) {
            statement.rewind()
            try statement.bind(key, at: arguments.count + 1)
            while try statement.step() { statement.appendRow(to: &values) }
        }
        return rows(values, statement.columns)
    }

    private func runBulk(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem) -> Int {
        try rows.check(for: statement)
        guard !rows.isEmpty else { return 0 }
        let (handle, prepared) = try prepare(statement.sqlite)
        defer { prepared.reset() }
        let columns = Int32(rows.types.count)
        var changed = 0
        let problem: StorageProblem? = rows.bytes.withUnsafeBufferPointer { bytes in
            rows.cells.withUnsafeBufferPointer { cells in
                var next = 0
                while next < cells.count {
                    for column in 1...columns {
                        if let problem = prepared.bind(cells[next], of: bytes, at: column) { return problem }
                        next += 1
                    }
                    switch prepared.run() {
                    case SQLITE_DONE: changed += Int(sqlite3_changes(handle))
                    default: return prepared.problem()
                    }
                    prepared.rewind()
                }
                return nil
            }
        }
        if let problem { throw problem }
        return changed
    }

    private func prepare(_ sql: String) throws(StorageProblem) -> (OpaquePointer, SQLiteStatement) {
        guard let database, let handle = database.sqliteConnection else { throw .closed }
        do {
            let pointer = try database.cachedStatement(sql: sql).sqliteStatement
            return (handle, SQLiteStatement(pointer: pointer, handle: handle, sql: sql))
        } catch {
            throw StorageProblem(sqlite: error, sql: sql)
        }
    }

    private func rows(_ values: [SQLValue], _ columns: Int) -> [Row] {
        guard columns > 0 else { return [] }
        return stride(from: 0, to: values.count, by: columns).map { Row(values: values, start: $0, count: columns) }
    }
}
