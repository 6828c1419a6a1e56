public import CEL
import Foundation
public import Loyalty
import Synchronization

/// The machine's own time zones, read once per zone from the system's zoneinfo.
public final class SystemZones: ZoneOffsets, TimeZoneSource {
    private let directory: String
    private let files = Mutex<[String: TimeZoneFile?]>([:])

    /// - Parameter directory: where TZif files lie.
    public init(directory: String = "/usr/share/zoneinfo") {
        self.directory = directory
    }

    /// The version of the data, such as `2026b`; empty if the system does not say.
    public var version: String {
        guard let data = FileManager.default.contents(atPath: directory + "/tzdata.zi"),
            let line = String(decoding: data.prefix(64), as: UTF8.self).split(separator: "\n").first
        else { return "" }
        return line.hasPrefix("# version ") ? String(line.dropFirst("# version ".count)) : ""
    }

    /// Whether a zone of this name exists.
    public func knows(_ zone: String) -> Bool { file(zone) != nil }

    public func offset(zone: String, at seconds: Int64) -> Int64? {
        file(zone).map { Int64($0.utcOffset(at: seconds)) }
    }

    public func offsets(of zone: String) -> (@Sendable (_ seconds: Int64) -> Int64?)? {
        guard let file = file(zone) else { return nil }
        return { Int64(file.utcOffset(at: $0)) }
    }

    public func utcOffset(of zone: String, at unixSeconds: Int64) -> Int? {
        file(zone).map { $0.utcOffset(at: unixSeconds) }
    }

    private func file(_ zone: String) -> TimeZoneFile? {
        files.withLock { files in
            if let known = files[zone] { return known }
            // A zone name never leaves the folder: letters, digits, and `/ _ + -` between them.
            let isName =
                !zone.isEmpty && zone.utf8.count <= 64 && !zone.hasPrefix("/") && !zone.contains("..")
                && zone.utf8.allSatisfy { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "/_+-".utf8.contains(byte)
                }
            guard isName, files.count < 1_000 else { return nil }
            let file = FileManager.default.contents(atPath: directory + "/" + zone).flatMap {
                TimeZoneFile([UInt8]($0))
            }
            files[zone] = .some(file)
            return file
        }
    }
}
