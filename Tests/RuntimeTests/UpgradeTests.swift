import Access
import Foundation
import Loyalty
import Primitives
import Settings
import Storage
import TestSupport
import Testing
import Vault

@testable import Runtime

/// A home of the first schema is opened by this release: migrated, complete, and ready for more.
///
/// `Fixtures/first-schema` holds the tables and rows as text, with the checksums of the migrations that made them, and is
/// never renewed: a change to a migration that was shipped fails here. `STAMGAST_TEST_RECORD=1` made it once, and makes
/// it only where it is missing.
@Suite struct UpgradeTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/first-schema")
    private static let rooms = [("main", Home.schemas), ("vault", Vault.schemas)]
    private static let programme = SampleProgramme.programme
    private static let now = TestEngine.start

    /// Keys of the home that was recorded; they protect nothing else.
    private static let keys = Dictionary(
        uniqueKeysWithValues: ["VAULT", "INDEX", "PSEUDONYM", "CLAIM", "SESSION"].enumerated().map { number, name in
            ("STAMGAST_\(name)_KEY", Data(repeating: UInt8(number + 1), count: 32).base64EncodedString())
        })

    @Test func aHomeOfTheFirstSchemaOpensAndVerifies() async throws {
        try await record()
        try await Self.withFolder { folder in
            for (name, schemas) in Self.rooms {
                let text = try String(contentsOf: Self.fixtures.appending(path: name + ".sql"), encoding: .utf8)
                let statements = text.split(separator: ";\n").map(String.init)
                let database = try SQLiteDatabase.open(path: "\(folder)/\(name).sqlite")
                try await database.write { connection in
                    for statement in statements { try connection.execute(statement) }
                }
                let later = schemas.reduce(0) { $0 + $1.migrations.count - 1 }
                #expect(try await Migrator.check(database, schemas) >= later, "\(name) is not of the first schema")
                await database.close()
            }
            try await Self.withHome(folder, seed: 12) { home in
                #expect(try await Migrator.check(home.database, Home.schemas) == 0)
                #expect(try await Migrator.check(home.vaultDatabase, Vault.schemas) == 0)
                #expect(try await home.programmes() == [Self.programme.id])
                let report = try await Self.verify(home)
                #expect(report.differenceCount == 0, "\(report.differences)")
                #expect(report.members >= 3 && report.transfers >= 10 && report.holds == 2)

                // Whoever was there has what they had, and what was taken is not taken again.
                let ann = try await Self.member("ann", home)
                let summary = try #require(try await home.engine.summary(of: ann, in: Self.programme.id))
                #expect(summary.balances.first { $0.unit == "ink" }?.spendable == 50)
                #expect(summary.badges.keys.sorted() == ["reader"])
                let name = try await home.vault.persons.reveal(
                    ann, fields: [.name], programme: Self.programme.id, purpose: .ownPage, actor: "test", now: Self.now)
                #expect(name[.name] == "Änn")
                let results = try await home.engine.take(
                    [Self.read("1", "ann"), Self.read("new", "bo"), Self.read("other", "cy")], in: Self.programme.id)
                #expect(results.map(\.status) == [.duplicate, .accepted, .accepted])
                #expect(try await home.access.staff.list().map(\.name) == ["Noör"])
                #expect(try await Audit.verify(home.database, programme: nil).isIntact)
                try await home.erasure.erase(ann, in: Self.programme.id, by: .server)
                #expect(try await Self.verify(home).differenceCount == 0)
            }
        }
    }

    // MARK: Recording

    private func record() async throws {
        guard ProcessInfo.processInfo.environment["STAMGAST_TEST_RECORD"] == "1",
            !FileManager.default.fileExists(atPath: Self.fixtures.path)
        else { return }
        try FileManager.default.createDirectory(at: Self.fixtures, withIntermediateDirectories: true)
        try await Self.withFolder { folder in
            try await Self.withHome(folder) { try await Self.fill($0) }
            for (name, schemas) in Self.rooms {
                let database = try SQLiteDatabase.open(path: "\(folder)/\(name).sqlite")
                let first = try SQLiteDatabase.open(path: "\(folder)/\(name)-first.sqlite")
                try await Migrator.migrate(
                    first, schemas.map { Schema(room: $0.room, migrations: Array($0.migrations.prefix(1))) })
                let text = try await Self.dump(first, rowsOf: database)
                try text.write(to: Self.fixtures.appending(path: name + ".sql"), atomically: true, encoding: .utf8)
                await first.close()
                await database.close()
            }
        }
    }

    /// A handful of rows in most tables.
    private static func fill(_ home: Home) async throws {
        let id = programme.id
        let document = try ProgrammeDocument.export(programme)
        _ = try await home.apply(document, to: id, basedOn: 0, by: "test")
        _ = try await home.access.staff.create(
            name: "Noör", role: .manager, programmes: .all, by: .commandLine, now: now)
        let events =
            (1...4).map { read("\($0)", "ann") } + (1...2).map { read("bo-\($0)", "bo") } + [
                read("lost", "cy"), event("welcome", "bo", "welcome", [:]), event("bad", "bo", "unheard.of", [:]),
                event("visit", "cy", "visit", ["points": 9]),
            ]
        _ = try await home.engine.take(events, in: id)
        let ann = try await member("ann", home)
        _ = try await home.vault.persons.store([Persons.Change(ann, [.name: "Änn"])], programme: id)
        for (key, confirms) in [("a", true), ("b", false)] {
            let bo = try await member("bo", home)
            let owner = confirms ? ann : bo
            let hold = home.engine.holdID(programme: id, member: owner, key: key)
            _ = try await home.engine.perform(.redeem(reward: "preview", hold: hold), member: owner, in: id)
            if confirms { _ = try await home.engine.perform(.confirm(hold: hold), member: owner, in: id) }
        }
    }

    /// The tables of the one database with the rows of the other, as far as it has columns for them.
    private static func dump(_ tables: SQLiteDatabase, rowsOf rows: SQLiteDatabase) async throws -> String {
        let definitions = try await tables.read { connection in
            try connection.query(
                """
                SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
                ORDER BY rowid
                """
            ).map { (try $0.text(0) == "table", try $0.text(1), try $0.text(2)) }
        }
        var statements = definitions.map(\.2)
        for (isTable, name, _) in definitions where isTable {
            let columns = try await tables.read { connection in
                try connection.query("SELECT name FROM pragma_table_info(?) ORDER BY cid", [.text(name)])
                    .map { try $0.text(0) }
            }.joined(separator: ", ")
            let database = name == "schema_migration" ? tables : rows
            let values = try await database.read { connection in
                try connection.query("SELECT \(columns) FROM \(name)").map { row in
                    "(" + (try (0..<row.count).map { literal(try row.value($0)) }.joined(separator: ", ")) + ")"
                }
            }
            if !values.isEmpty { statements.append("INSERT INTO \(name) VALUES\n" + values.joined(separator: ",\n")) }
        }
        precondition(!statements.contains { $0.contains(";\n") })
        return statements.map { $0 + ";\n" }.joined()
    }

    private static func literal(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): "'" + text.replacing("'", with: "''") + "'"
        case .blob(let bytes): "x'" + hex(bytes) + "'"
        case .id(let id): "x'" + hex(id.bytes) + "'"
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: Homes

    private static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "stamgast-upgrade-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private static func withHome(
        _ folder: String, seed: UInt64 = 11, _ body: (Home) async throws -> Void
    ) async throws {
        let home = try await Home.open(
            try Configuration(flags: ["home": folder]), environment: keys, clock: FixedClock(now),
            random: SeededRandomBytes(seed: seed))
        do {
            try await body(home)
        } catch {
            await home.close()
            throw error
        }
        await home.close()
    }

    private static func verify(_ home: Home) async throws -> VerificationReport {
        try await Verifier(programme: programme.id, compiled: home.engine.host[programme.id]).verify(home.database)
    }

    private static func member(_ user: String, _ home: Home) async throws -> MemberID {
        let name = try #require(ExternalIdentity(.user, user))
        return try #require(try await home.engine.identities.find(name, programme: programme.id))
    }

    private static func event(_ id: String, _ user: String, _ type: String, _ fields: JSONObject) -> EventEnvelope {
        EventEnvelope(
            event: IncomingEvent(source: "test", id: id, type: type, time: now, fields: fields),
            user: ExternalIdentity(.user, user), anonymous: nil)
    }

    private static func read(_ id: String, _ user: String) -> EventEnvelope {
        event(id, user, "article.read", ["item": "article-1", "share": .double(0.9), "seconds": 120])
    }
}

extension Audit.Verdict {
    fileprivate var isIntact: Bool {
        if case .intact = self { true } else { false }
    }
}
