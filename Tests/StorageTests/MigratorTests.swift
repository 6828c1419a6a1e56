import Storage
import TestSupport
import Testing

@Suite struct MigratorTests {
    static func migration(_ number: Int, _ statements: [String], additive: Bool = false) -> Migration {
        Migration(number: number, name: "step \(number)", statements: statements, isAdditive: additive)
    }

    static let one = migration(1, ["CREATE TABLE alpha (id {int} NOT NULL PRIMARY KEY) {clustered}"])
    static let two = migration(
        2, ["CREATE TABLE beta (id {int} NOT NULL PRIMARY KEY)", "INSERT INTO beta (id) VALUES (7)"])
    static let additive = migration(2, ["CREATE TABLE beta (id {int} NOT NULL PRIMARY KEY)"], additive: true)

    static func tables(_ database: any Database) async throws -> [String] {
        try await database.read { connection in
            try LogicalDump.lines(connection, excluding: ["schema_migration"])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func runsWhatIsMissingOnce(engine: Engine) async throws {
        try await TestDatabases.with(engine) { database in
            let both = [Schema(room: "a", migrations: [Self.one, Self.two])]
            let counts = [
                try await Migrator.migrate(database, [Schema(room: "a", migrations: [Self.one])]),
                try await Migrator.check(database, both), try await Migrator.migrate(database, both),
                try await Migrator.migrate(database, both), try await Migrator.check(database, both),
            ]
            #expect(counts == [1, 1, 1, 0, 0])
            let tables = try await Self.tables(database)
            #expect(tables == ["alpha (id)", "beta (id)", "beta id=7"])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aFailingMigrationLeavesNothing(engine: Engine) async throws {
        try await TestDatabases.with(engine) { database in
            let broken = Self.migration(2, ["CREATE TABLE beta (id {int})", "INSERT INTO nowhere VALUES (1)"])
            await #expect(throws: StorageProblem.self) {
                try await Migrator.migrate(database, [Schema(room: "a", migrations: [Self.one, broken])])
            }
            let tables = try await Self.tables(database)
            #expect(tables == ["alpha (id)"])
            // The next release has it right.
            let count = try await Migrator.migrate(database, [Schema(room: "a", migrations: [Self.one, Self.two])])
            #expect(count == 1)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aNewerDatabaseIsRefusedUnlessWhatIsNewIsAdditive(engine: Engine) async throws {
        let old = [Schema(room: "a", migrations: [Self.one])]
        try await TestDatabases.with(engine) { database in
            try await Migrator.migrate(database, [Schema(room: "a", migrations: [Self.one, Self.two])])
            await #expect(throws: StorageProblem.newerSchema(room: "a", number: 2)) {
                try await Migrator.migrate(database, old)
            }
        }
        try await TestDatabases.with(engine) { database in
            try await Migrator.migrate(database, [Schema(room: "a", migrations: [Self.one, Self.additive])])
            #expect(try await Migrator.migrate(database, old) == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func anEditedMigrationIsRefusedButALineBreakIsNoEdit(engine: Engine) async throws {
        try await TestDatabases.with(engine) { database in
            try await Migrator.migrate(database, [Schema(room: "a", migrations: [Self.one])])
            let reformatted = Self.migration(
                1, ["CREATE TABLE alpha\n    (id {int} NOT NULL   PRIMARY KEY) {clustered}"])
            #expect(try await Migrator.migrate(database, [Schema(room: "a", migrations: [reformatted])]) == 0)
            let edited = Self.migration(1, ["CREATE TABLE alpha (id {text} NOT NULL PRIMARY KEY) {clustered}"])
            await #expect(throws: StorageProblem.editedMigration(room: "a", number: 1)) {
                try await Migrator.migrate(database, [Schema(room: "a", migrations: [edited])])
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aListOutOfOrderIsRefused(engine: Engine) async throws {
        try await TestDatabases.with(engine) { database in
            await #expect(throws: StorageProblem.self) {
                try await Migrator.migrate(database, [Schema(room: "a", migrations: [Self.two])])
            }
            await #expect(throws: StorageProblem.self) {
                let schema = Schema(room: "a", migrations: [Self.one])
                try await Migrator.migrate(database, [schema, schema])
            }
        }
    }

    /// Several nodes that start at once on one server, or several tasks on one file.
    @Test(arguments: TestDatabases.engines)
    func concurrentStartsRunEachMigrationOnce(engine: Engine) async throws {
        let schemas = [
            Schema(room: "a", migrations: [Self.one, Self.two]),
            Schema(room: "b", migrations: [Self.migration(1, ["CREATE TABLE gamma (id {int} NOT NULL PRIMARY KEY)"])]),
        ]
        try await TestDatabases.with(engine) { database in
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await Migrator.migrate(database, schemas) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.reduce(0, +) == 3)
            #expect(try await Self.tables(database) == ["alpha (id)", "beta (id)", "beta id=7", "gamma (id)"])
        }
    }

    @Test func tokensBecomeEachEnginesTypes() {
        let table = "CREATE TABLE t (a {id}, b {int}, c {text}, d {real}, e {blob}, PRIMARY KEY (a)) {clustered}"
        #expect(
            PortableDDL.expand(table, for: .sqlite)
                == "CREATE TABLE t (a BLOB, b INTEGER, c TEXT, d REAL, e BLOB, PRIMARY KEY (a)) WITHOUT ROWID, STRICT")
        #expect(PortableDDL.expand("CREATE TABLE t (a {int})", for: .sqlite) == "CREATE TABLE t (a INTEGER) STRICT")
        #expect(
            PortableDDL.expand("CREATE TABLE t (a {text})", for: .postgres)
                == "CREATE TABLE t (a TEXT COLLATE \"C\")")
        #expect(PortableDDL.expand("CREATE INDEX i ON t (a)", for: .sqlite) == "CREATE INDEX i ON t (a)")
    }
}
