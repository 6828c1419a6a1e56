import TestSupport
import Testing

@testable import Storage

/// What SQLite's planner is told of the tables.
@Suite struct PlannerExpectationsTests {
    private static let schema = Schema(
        room: "letters",
        migrations: [
            Migration(
                number: 1, name: "one",
                statements: [
                    """
                    CREATE TABLE letter (
                        member_id {id} NOT NULL, letter_id {id} NOT NULL, programme_id {text} NOT NULL,
                        state {int} NOT NULL, PRIMARY KEY (member_id, letter_id)) {clustered}
                    """, "CREATE INDEX letter_state ON letter (programme_id, state)",
                ])
        ])

    private static func plan(_ sql: String, _ connection: any Connection) throws -> [String] {
        // A connection sees that the schema has changed when it runs something, not when it explains.
        _ = try connection.query(sql, [.blob([1]), .text("post")])
        return try connection.query("EXPLAIN QUERY PLAN " + sql, [.blob([1]), .text("post")]).map { try $0.text(3) }
    }

    @Test func aMembersRowsAreFoundByTheMemberAndNotByTheProgramme() async throws {
        let sql = "SELECT count(*) FROM letter WHERE member_id = ? AND programme_id = ?"
        try await TestDatabases.with(.sqlite, [Self.schema]) { database in
            let told = try await database.read { try Self.plan(sql, $0) }
            #expect(told.count == 1 && told[0].contains("PRIMARY KEY (member_id=?"), "\(told)")
            // Without the figures the index that covers the query is taken: what the figures are for.
            let untold = try await database.write { connection in
                try connection.execute("DELETE FROM sqlite_stat1")
                try connection.execute("ANALYZE sqlite_schema")
                return try Self.plan(sql, connection)
            }
            #expect(untold.count == 1 && untold[0].contains("letter_state"), "\(untold)")
            // The next start puts them back, and a start after that changes nothing.
            #expect(try await database.read { try !PlannerExpectations.hold($0) })
            try await Migrator.migrate(database, [Self.schema])
            #expect(try await database.read { try PlannerExpectations.hold($0) })
            #expect(try await database.read { try Self.plan(sql, $0) } == told)
        }
    }

    @Test func eachColumnNarrowsBySort() {
        typealias Column = PlannerExpectations.Column
        let (programme, member) = (Column(name: "programme_id", type: "TEXT"), Column(name: "member_id", type: "BLOB"))
        let (state, letter) = (Column(name: "state", type: "INTEGER"), Column(name: "letter_id", type: "BLOB"))
        func figures(_ columns: [Column], isUnique: Bool = false) -> String {
            PlannerExpectations.figures(of: columns, isUnique: isUnique)
        }
        #expect(figures([programme, state]) == "1000000 1000000 100000")
        #expect(figures([member, letter], isUnique: true) == "1000000 20 1")
        #expect(figures([programme, letter]) == "1000000 1000000 100")
        #expect(figures([letter, letter, letter]) == "1000000 100 2 2")
    }
}
