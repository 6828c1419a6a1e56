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

    func fsync(in folder: String, seconds: Int) throws -> Outcome {
        try run(["fsync", folder, String(seconds)])
    }

    /// Writes `batches` batches with `rows` rows each into a fresh database of the engine's schema.
    ///
    /// - Parameter statements: by table what is bound, comma-separated: `M` a member of the pool (`M2`: two rows of each),
    ///   `X` a random identifier, `In` the integer n, `Jn` the integers below n in turn, `C` an integer that never repeats,
    ///   `N` null, `Tn` and `Bn` text and blob of n bytes, `Kn` a text of n bytes that is always the same, `Kn/m` m texts
    ///   in turn. What is part of a key must repeat as the engine's does: a limit that writes more pages flatters.
    func rows(
        _ rows: [String: Double], batches: Int, members: Int, statements: [(table: String, types: String, sql: String)],
        in folder: String
    ) async throws -> Outcome {
        let model = folder + "/model-\(UUID().uuidString).db"
        let opened = try SQLiteDatabase.open(path: model)
        try await Migrator.migrate(opened, Home.schemas)
        let tables = try await opened.read { connection in
            try connection.query(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
            ).map { try $0.text(0) }
        }
        await opened.close()
        var plan = tables.map { "ddl " + $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
        plan.append("batches \(batches)")
        for statement in statements {
            guard let count = rows[statement.table], count > 0 else { continue }
            plan.append("rows \(max(1, Int(count.rounded()))) \(statement.sql)")
            plan += statement.types.split(separator: ",").map { Self.column($0, members: members) }
        }
        let database = model + ".limit"
        let planPath = model + ".plan"
        try (plan.joined(separator: "\n") + "\n").write(toFile: planPath, atomically: true, encoding: .utf8)
        defer {
            for path in [model, database] {
                for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            }
            try? FileManager.default.removeItem(atPath: planPath)
        }
        return try run(["run", database, planPath])
    }

    private static func column(_ type: Substring, members: Int) -> String {
        let size = type.dropFirst()
        return switch type.first {
        case "M": "column id pool \(members) \(size.isEmpty ? "1" : size)"
        case "J": "column int cycle \(size)"
        case "K":
            "column text cycle \(size.split(separator: "/")[0]) \(size.split(separator: "/").dropFirst().first ?? "1")"
        case "X": "column id random"
        case "C": "column int sequence"
        case "N": "column null"
        case "T": "column text \(size)"
        case "B": "column blob \(size)"
        default: "column int constant \(size.isEmpty ? "1" : size)"
        }
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
