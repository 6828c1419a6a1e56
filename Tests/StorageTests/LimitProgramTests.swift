import Foundation
import TestSupport
import Testing

/// The C program that the benchmark compares with.
@Suite struct LimitProgramTests {
    /// Built beside the tests.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("stamgast-limit").path

    struct Numbers: Decodable {
        let rows: Int?
        let bytes: Int
        let fsyncs: Int
        let seconds: Double
        let batches: Int?
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: program)))
    func writesWhatThePlanSaysAndCountsIt() async throws {
        try await TestDatabases.withFolder { folder in
            let plan = """
                # three tables
                ddl CREATE TABLE a (id BLOB PRIMARY KEY, n INTEGER, t TEXT, b BLOB, r REAL, x TEXT) STRICT, WITHOUT ROWID
                ddl CREATE TABLE b (id BLOB PRIMARY KEY, n INTEGER) STRICT, WITHOUT ROWID
                ddl CREATE TABLE c (t TEXT PRIMARY KEY) STRICT, WITHOUT ROWID
                warmup 2
                batches 5
                rows 10 INSERT INTO a (id, n, t, b, r, x) VALUES (?, ?, ?, ?, ?, ?)
                column id random
                column int sequence
                column text 40
                column blob 100
                column real
                column null
                rows 4 INSERT INTO b (id, n) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET n = b.n + excluded.n
                column id pool 3 2
                column int cycle 2
                rows 6 INSERT INTO c (t) VALUES (?) ON CONFLICT DO NOTHING
                column text cycle 5 2
                """
            try plan.write(toFile: folder + "/plan", atomically: true, encoding: .utf8)
            let output = try await Program.run([Self.program, "run", folder + "/a.sqlite", folder + "/plan"])
            let numbers = try JSONDecoder().decode(Numbers.self, from: Data(output.utf8))
            #expect(numbers.rows == 100)
            #expect(numbers.batches == 5)
            // One sync per commit, and nothing but pages of the log.
            #expect(numbers.fsyncs == 5)
            #expect(numbers.bytes > 5 * 4_096)
            #expect(numbers.seconds > 0)
            // Members come two rows each out of three, and two texts take turns.
            let found = try await Program.run([
                "sqlite3", folder + "/a.sqlite", "SELECT count(*), sum(n) FROM b; SELECT count(*) FROM c",
            ])
            let lines = found.split(separator: "\n").map { $0.split(separator: "|").compactMap { Int($0) } }
            #expect(lines.first.map { (1...3).contains($0[0]) } ?? false, "\(found)")
            #expect(lines.last == [2], "\(found)")
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: program)))
    func measuresTheDisk() async throws {
        let output = try await Program.run([Self.program, "fsync", NSTemporaryDirectory(), "0.05"])
        let numbers = try JSONDecoder().decode(Numbers.self, from: Data(output.utf8))
        #expect(numbers.fsyncs > 0)
        #expect(numbers.bytes == numbers.fsyncs * 4_096)
    }
}
