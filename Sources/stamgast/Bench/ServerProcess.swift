import Foundation
import Primitives

/// A server of its own process over a home that the benchmark made: what people run, with nothing of the load inside.
final class ServerProcess {
    private let process = Process()
    let port: Int

    /// Starts `serve` with this program and waits until requests are taken.
    init(home: String) throws {
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "serve", "--home", home, "--port", "0", "--json",
            "--set", "rate-limit-per-second=1000000", "--set", "rate-limit-burst=1000000",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var line: [UInt8] = []
        while !line.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchProblem.setup("the server ended at its start") }
            line += more
        }
        let address = try JSONValue(parsing: line)["listening"]?.stringValue ?? ""
        guard let port = address.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw BenchProblem.setup("the server did not say where it listens")
        }
        self.port = port
    }

    /// Processor time of the process so far, user and system, in seconds.
    var processorSeconds: Double {
        guard let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        // After the name, which may hold spaces: utime and stime are fields 14 and 15 of proc(5), in ticks.
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident memory, in megabytes (of 1,000,000 bytes).
    var residentMegabytes: Double {
        guard let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/statm", encoding: .utf8)
        else { return 0 }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { return 0 }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e6
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }
}
