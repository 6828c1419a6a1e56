public import Storage

/// A connection that asks SQLite how it would run each statement, before it runs it: for tests of query plans.
///
/// ```swift
/// let scans = try await TestDatabases.scans([Schema.ledger]) { connection in try store.balance(connection, …) }
/// #expect(scans.isEmpty)
/// ```
public final class PlanRecorder: Connection {
    private let base: any Connection
    /// What SQLite says: each step of each plan, with its statement.
    public private(set) var steps: [(step: String, sql: String)] = []

    public init(_ base: any Connection) {
        self.base = base
    }

    public var engine: Engine { base.engine }

    public func execute(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> Int {
        try explain(sql, arguments)
        return try base.execute(sql, arguments)
    }

    public func query(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> [Row] {
        try explain(sql, arguments)
        return try base.query(sql, arguments)
    }

    public func query(_ sql: String, _ arguments: [SQLValue], keys: [SQLValue]) throws(StorageProblem) -> [Row] {
        if let key = keys.first { try explain(sql.replacing("IN (?*)", with: "= ?"), arguments + [key]) }
        return try base.query(sql, arguments, keys: keys)
    }

    public func bulk(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem) -> Int {
        try explain(statement.sql(for: .sqlite), [SQLValue](repeating: .null, count: statement.columns.count))
        return try base.bulk(statement, rows)
    }

    public func enqueue(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem) {
        _ = try bulk(statement, rows)
    }

    private func explain(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) {
        guard engine == .sqlite else { return }
        for row in try base.query("EXPLAIN QUERY PLAN " + sql, arguments) {
            steps.append((try row.text(3), sql))
        }
    }
}

extension TestDatabases {
    /// Runs `body` on SQLite and returns the steps that read a whole table or sort rows, each with its statement.
    public static func scans(
        _ schemas: [Schema], _ body: @escaping @Sendable (any Connection) throws -> Void
    ) async throws -> [String] {
        try await with(.sqlite, schemas) { database in
            try await database.write { connection in
                let recorder = PlanRecorder(connection)
                try body(recorder)
                return recorder.steps
                    .filter {
                        $0.step.hasPrefix("SCAN") && !$0.step.contains("CONSTANT ROW")
                            || $0.step.contains("TEMP B-TREE")
                    }
                    .map { "\($0.step): \($0.sql)" }
            }
        }
    }
}
