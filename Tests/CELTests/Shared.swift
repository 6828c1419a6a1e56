import CEL
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder with the conformance vectors, which lies outside the repository.
enum Shared {
    static let root: String? = {
        if let path = variable("STAMGAST_SHARED") { return isFolder(path) ? path : nil }
        let here = #filePath.split(separator: "/").dropLast(3)
        let path = "/" + (here.dropLast() + ["shared"]).joined(separator: "/")
        return isFolder(path) ? path : nil
    }()

    /// Whether a test without the folder fails instead of being skipped.
    static let isRequired = variable("STAMGAST_REQUIRE_SHARED") == "1"

    static let absence: Comment = """
        The folder with the CEL vectors is absent: set STAMGAST_SHARED, or put it beside the package as ../shared.
        """

    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func isFolder(_ path: String) -> Bool {
        guard let folder = opendir(path) else { return false }
        closedir(folder)
        return true
    }

    /// The bytes of a file, nil when it cannot be read.
    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// Time zones of the system's tz database.
struct SystemTimeZones: TimeZoneSource {
    func utcOffset(of zone: String, at unixSeconds: Int64) -> Int? {
        guard !zone.contains(".."), let bytes = Shared.bytes("/usr/share/zoneinfo/" + zone) else { return nil }
        return TimeZoneFile(bytes)?.utcOffset(at: unixSeconds)
    }
}

/// Values of an expression without variables.
func evaluate(_ expression: String, _ environment: Environment = Environment()) throws -> Value {
    try environment.check(expression).plan().evaluate(Frame(layout: environment.layout))
}
