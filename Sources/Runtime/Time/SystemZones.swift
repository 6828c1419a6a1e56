public import CEL
import Foundation
public import Loyalty
import Synchronization

/// The machine's own time zones, read once per zone from the system's zoneinfo.
public final class SystemZones: ZoneOffsets, TimeZoneSource {
    private let directory: String
    private let files = Mutex<[String: TimeZoneFile?]>([:])
    private let wasReadWhole = Mutex(false)
    /// The version of the data, such as `2026b`, when this was made; empty if the system does not say.
    public let version: String

    /// - Parameter directory: where TZif files lie.
    public init(directory: String = "/usr/share/zoneinfo") {
        self.directory = directory
        version = Self.version(in: directory)
    }

    private static func version(in directory: String) -> String {
        guard let file = FileHandle(forReadingAtPath: directory + "/tzdata.zi"),
            let data = try? file.read(upToCount: 64),
            let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first
        else { return "" }
        return line.hasPrefix("# version ") ? String(line.dropFirst("# version ".count)) : ""
    }

    /// Reads every zone that is there, so that a package that is upgraded meanwhile changes none of them: all are of
    /// ``version`` until the process ends.
    ///
    /// - Complexity: some 600 small files, the first time only.
    public func readAll() {
        let isFirst = wasReadWhole.withLock { was in
            defer { was = true }
            return !was
        }
        guard isFirst, let names = FileManager.default.enumerator(atPath: directory) else { return }
        while let name = names.nextObject() as? String {
            // The same zones again, with and without leap seconds.
            if name == "posix" || name == "right" {
                names.skipDescendants()
            } else {
                _ = file(name)
            }
        }
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
