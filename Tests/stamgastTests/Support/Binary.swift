import Foundation
import Primitives

/// The built command line, run as its users run it.
enum Binary {
    struct Result {
        var status: Int32
        var output: String
        var errors: String

        var json: JSONValue? { try? JSONValue(parsing: Array(output.utf8)) }
    }

    enum Problem: Error {
        case notBuilt(String)
        case ended(Int32, String)
    }

    /// Beside the test bundle; `swift build --build-tests` makes both.
    static func path() throws -> String {
        var folders = CommandLine.arguments.filter { $0.contains(".xctest") }.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path
        }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        folders.append(root + "/.build/debug")
        let places = folders.map { $0 + "/stamgast" }
        guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Problem.notBuilt(places.joined(separator: ", "))
        }
        return found
    }

    static func process(_ arguments: [String], environment: [String: String] = [:]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path())
        process.arguments = arguments
        var inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("STAMGAST_") }
        inherited.merge(environment) { _, new in new }
        process.environment = inherited
        return process
    }

    /// Runs a command to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Result {
        try await run(arguments, environment: environment)
    }

    /// Runs a command to its end.
    ///
    /// - Parameter folder: where it is run; here, if `nil`.
    static func run(
        _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
    ) async throws -> Result {
        let process = try process(arguments, environment: environment)
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        async let written = read(output)
        async let said = read(errors)
        let (text, complaint) = await (written, said)
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: text, errors: complaint)
    }

    /// Reads a pipe to its end on a thread that may block.
    static func read(_ pipe: Pipe) async -> String {
        let handle = pipe.fileHandleForReading
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let data = (try? handle.readToEnd()) ?? Data()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }

    /// A folder of its own for one test, removed afterwards.
    static func withFolder<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stamgast-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }
}

/// A server process of one test.
struct RunningServer {
    let process: Process
    /// What it said when it was ready.
    let ready: JSONValue
    let address: String
    private let errors: Pipe

    /// Starts a server and waits for its line.
    static func start(_ arguments: [String], environment: [String: String] = [:]) async throws -> RunningServer {
        let process = try Binary.process(
            ["serve", "--json", "--port", "0"] + arguments, environment: environment)
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let handle = output.fileHandleForReading
        let line = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var line = Data()
                // Ends with the line, or with the process.
                while let byte = try? handle.read(upToCount: 1), let first = byte.first, first != UInt8(ascii: "\n") {
                    line.append(first)
                }
                continuation.resume(returning: [UInt8](line))
            }
        }
        guard let ready = try? JSONValue(parsing: line), let address = ready["listening"]?.stringValue else {
            process.terminate()
            process.waitUntilExit()
            throw Binary.Problem.ended(process.terminationStatus, await Binary.read(errors))
        }
        return RunningServer(process: process, ready: ready, address: address, errors: errors)
    }

    /// Asks it to stop, and tells how it ended and what it logged.
    func stop() async -> (status: Int32, log: String) {
        async let log = Binary.read(errors)
        process.terminate()
        let text = await log
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
