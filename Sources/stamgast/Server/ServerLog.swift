import Foundation
import Logging
import Primitives
import Settings
import Synchronization

/// One JSON object per line on standard error. Fields that are not on the list are dropped: a log must not be able to
/// hold an address, a query, a body or a value that identifies a person, whoever writes the line.
struct ServerLog: LogHandler {
    /// What a line may carry, beside its time, level and message.
    static let allowed: Set<String> = [
        "method", "route", "status", "microseconds", "request", "error", "programme", "version", "count",
        "failed", "lag_ms", "seconds", "feed", "webhook", "port",
    ]

    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let write: @Sendable (String) -> Void
    private let clock: any WallClock

    init(
        level: Logger.Level, clock: any WallClock = SystemClock(),
        write: @escaping @Sendable (String) -> Void = ServerLog.standardError
    ) {
        logLevel = level
        self.clock = clock
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata.merging(event.metadata ?? [:]) { _, new in new }
        // The type only: what an error describes may hold anything.
        if let error = event.error { fields["error"] = "\(type(of: error))" }
        var object: JSONObject = [
            "time": .string(RFC3339.format(clock.now())), "level": .string(event.level.rawValue),
            "message": .string(event.message.description),
        ]
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) where Self.allowed.contains(name) {
            let text = value.description
            object[name] = Int64(text).map { .integer($0) } ?? .string(String(text.prefix(200)))
        }
        write(JSONValue.object(object).text())
    }

    private static let lock = Mutex(())

    static let standardError: @Sendable (String) -> Void = { line in
        lock.withLock { _ in FileHandle.standardError.write(Data((line + "\n").utf8)) }
    }
}

extension ServerLog {
    /// The level that the configuration asks for.
    static func level(_ configuration: Configuration) -> Logger.Level {
        Logger.Level(rawValue: configuration[.logLevel].rawValue) ?? .info
    }
}
