import ArgumentParser
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings

/// What every command that works on a home takes.
struct HomeOptions: ParsableArguments {
    @Option(name: .long, help: "The folder of this installation (or STAMGAST_HOME).")
    var home: String?

    @Flag(name: .long, help: "Print results as JSON on standard output; everything else goes to standard error.")
    var json = false

    @Option(name: .customLong("set"), help: "A setting for this run, as NAME=VALUE; see `stamgast config show`.")
    var settings: [String] = []

    /// The settings of this run: flag over environment over file over default.
    ///
    /// Inside a server they are the server's.
    func configuration(_ more: [String: String] = [:]) throws -> Configuration {
        if let invocation = Invocation.current { return invocation.configuration }
        var flags = more
        if let home { flags["home"] = home }
        for setting in settings {
            guard let equals = setting.firstIndex(of: "=") else {
                throw ValidationError("--set takes NAME=VALUE, such as --set log-level=debug.")
            }
            flags[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
        }
        return try Configuration.load(flags: flags, environment: ProcessInfo.processInfo.environment)
    }

    /// Opens the home with its programmes in force.
    func open(clock: any WallClock = SystemClock(), limits: Pipeline.Limits = Pipeline.Limits()) async throws -> Home {
        try await Home.open(
            try configuration(), environment: ProcessInfo.processInfo.environment, clock: clock, limits: limits)
    }
}

/// Where a command says things: results on standard output, the rest on standard error. Inside a server they go to who
/// asked for the command.
enum Output {
    static func result(_ json: JSONValue) {
        print(json.text())
    }

    static func print(_ text: String) {
        guard let invocation = Invocation.current else { return Swift.print(text) }
        invocation.say(.output(text))
    }

    static func say(_ text: String) {
        guard let invocation = Invocation.current else {
            return FileHandle.standardError.write(Data((text + "\n").utf8))
        }
        invocation.say(.note(text))
    }

    /// A progress line that is overwritten; nothing when standard error is not a terminal.
    static func progress(_ done: Int, of total: Int, _ what: String) {
        if let invocation = Invocation.current {
            invocation.say(.progress(done: done, total: total, what: what))
            return
        }
        guard isatty(STDERR_FILENO) == 1, total > 0 else { return }
        let width = 30
        let filled = min(width, done * width / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        FileHandle.standardError.write(Data("\r\(bar) \(done)/\(total) \(what)".utf8))
        if done >= total { FileHandle.standardError.write(Data("\n".utf8)) }
    }
}
