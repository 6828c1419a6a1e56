import Foundation
import Primitives
import Runtime
import Storage

/// The C program beside this one that writes the same rows, batches and fsyncs.
struct LimitProgram {
    struct Outcome {
        var rows: Double
        var bytes: Double
        var fsyncs: Double
        var seconds: Double
    }

    private let path: String

    /// `nil` when it was not built beside `stamgast`.
    init?() {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        path = own.deletingLastPathComponent().appendingPathComponent("stamgast-limit").path
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    }

    func fsync(in folder: String, count: Int) throws -> Outcome {
        try run(["fsync", folder + "/fsync-probe", String(count)])
    }

    /// Writes `batches` batches with `rows` rows each into a fresh database of the engine's schema.
    func rows(
        _ rows: [String: Double], batches: Int, members: Int, statements: [(table: String, types: String, sql: String)],
        in folder: String
    ) async throws -> Outcome {
        let database = folder + "/limit-\(UUID().uuidString).db"
        let opened = try SQLiteDatabase.open(path: database)
        try await Migrator.migrate(opened, Home.schemas)
        await opened.close()
        var plan = "members \(members)\nbatches \(batches)\n"
        for statement in statements {
            guard let count = rows[statement.table], count > 0 else { continue }
            plan += "stmt \(count) \(statement.types) \(statement.sql)\n"
        }
        let planPath = database + ".plan"
        try plan.write(toFile: planPath, atomically: true, encoding: .utf8)
        defer {
            for suffix in ["", "-wal", "-shm", ".plan"] {
                try? FileManager.default.removeItem(atPath: database + suffix)
            }
        }
        return try run(["rows", database, planPath])
    }

    private func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let json = try? JSONValue(parsing: [UInt8](data)) else {
            throw BenchProblem.setup("stamgast-limit failed")
        }
        func number(_ key: String) -> Double { json[key]?.doubleValue ?? 0 }
        return Outcome(
            rows: number("rows"), bytes: number("bytes"), fsyncs: number("fsyncs"), seconds: number("seconds"))
    }
}
