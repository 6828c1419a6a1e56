internal import Crypto

/// Brings a database to the tables of this release.
///
/// What was run is kept in one table, `schema_migration`. Each migration is one transaction together with its record,
/// so an interrupted start goes on where it stopped, and two nodes that start at once do not run one twice.
public enum Migrator {
    /// A migration that was run.
    private struct Record {
        let room: String
        let number: Int
        let checksum: String
        let isAdditive: Bool
    }

    /// Runs what is missing, room by room in the order given.
    ///
    /// - Returns: how many migrations were run.
    /// - Throws: `.newerSchema` when the database has a migration this release does not know, unless that one is
    ///   additive; `.editedMigration` when one was changed after it was run; `.invalidSchema` for a list that is not in
    ///   order; what the engine says otherwise.
    @discardableResult
    public static func migrate(_ database: any Database, _ schemas: [Schema]) async throws -> Int {
        try validate(schemas)
        try await createTable(database)
        var count = 0
        // A room whose migration another node ran meanwhile is looked at again.
        var attempts = 0
        while true {
            let missing = try await missing(in: database, schemas)
            guard let (room, migration) = missing.first else {
                if database.engine == .sqlite, try await !database.read({ try PlannerExpectations.hold($0) }) {
                    try await database.write { try PlannerExpectations.write(to: $0) }
                }
                return count
            }
            do {
                try await run(migration, of: room, database)
                count += 1
                attempts = 0
            } catch let problem as StorageProblem where attempts < 10 && isRace(problem) {
                attempts += 1
            }
        }
    }

    /// Checks without changing anything.
    ///
    /// - Returns: how many migrations are missing.
    public static func check(_ database: any Database, _ schemas: [Schema]) async throws -> Int {
        try validate(schemas)
        return try await missing(in: database, schemas).count
    }

    private static func validate(_ schemas: [Schema]) throws(StorageProblem) {
        var rooms = Set<String>()
        for schema in schemas {
            guard rooms.insert(schema.room).inserted else {
                throw .invalidSchema(room: schema.room, reason: "the room is named twice")
            }
            for (index, migration) in schema.migrations.enumerated() where migration.number != index + 1 {
                throw .invalidSchema(
                    room: schema.room, reason: "migration \(migration.number) stands at place \(index + 1)")
            }
        }
    }

    private static func createTable(_ database: any Database) async throws {
        let statement = """
            CREATE TABLE IF NOT EXISTS schema_migration (
                room {text} NOT NULL, number {int} NOT NULL, name {text} NOT NULL, checksum {text} NOT NULL,
                additive {int} NOT NULL, PRIMARY KEY (room, number)) {clustered}
            """
        for attempt in 1... {
            do {
                return try await database.write { connection in
                    try connection.execute(PortableDDL.expand(statement, for: connection.engine))
                }
            } catch let problem as StorageProblem where attempt < 10 && isRace(problem) {
                continue
            }
        }
    }

    private static func missing(
        in database: any Database, _ schemas: [Schema]
    ) async throws -> [(room: String, migration: Migration)] {
        let records = try await database.read { connection in
            try connection.query("SELECT room, number, checksum, additive FROM schema_migration ORDER BY room, number")
                .map { row in
                    Record(
                        room: try row.text(0), number: Int(try row.int(1)), checksum: try row.text(2),
                        isAdditive: try row.flag(3))
                }
        }
        var missing: [(String, Migration)] = []
        for schema in schemas {
            var done = Set<Int>()
            for record in records where record.room == schema.room {
                guard let migration = schema.migrations.first(where: { $0.number == record.number }) else {
                    if record.isAdditive { continue }
                    throw StorageProblem.newerSchema(room: schema.room, number: record.number)
                }
                guard checksum(migration) == record.checksum else {
                    throw StorageProblem.editedMigration(room: schema.room, number: record.number)
                }
                done.insert(record.number)
            }
            missing += schema.migrations.filter { !done.contains($0.number) }.map { (schema.room, $0) }
        }
        return missing
    }

    private static func run(_ migration: Migration, of room: String, _ database: any Database) async throws {
        try await database.write { connection in
            // Rebuilding a large table may take its time.
            if connection.engine == .postgres {
                _ = try connection.query("SELECT set_config('statement_timeout', '0', true)")
            }
            // The record first: a second node waits here for the first one's commit and then finds it taken.
            try connection.execute(
                "INSERT INTO schema_migration (room, number, name, checksum, additive) VALUES (?, ?, ?, ?, ?)",
                [
                    .text(room), .integer(Int64(migration.number)), .text(migration.name), .text(checksum(migration)),
                    .flag(migration.isAdditive),
                ])
            for statement in migration.statements {
                try connection.execute(PortableDDL.expand(statement, for: connection.engine))
            }
        }
    }

    /// Another node was faster: it inserted the record, or PostgreSQL's own catalogue row of the same table.
    private static func isRace(_ problem: StorageProblem) -> Bool {
        switch problem {
        case .constraint(.unique, let table): table == "schema_migration" || table?.hasPrefix("pg_") == true
        case .contention, .busy: true
        default: false
        }
    }

    /// Changes of indentation and line breaks are not changes.
    private static func checksum(_ migration: Migration) -> String {
        let text = migration.statements.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .joined(separator: ";\n")
        return SHA256.hash(data: Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
