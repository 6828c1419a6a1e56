import Foundation
import Testing

/// The folder with the published vectors, which lies outside the repository.
enum SharedVectors {
    static let root: URL? = {
        let path =
            ProcessInfo.processInfo.environment["STAMGAST_SHARED"]
            ?? URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../../shared").standardized.path
        let folder = URL(fileURLWithPath: path).appendingPathComponent("vectors")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// The folder, or nil with a message; without it a test fails where `STAMGAST_REQUIRE_SHARED` is 1.
    static func folder(_ name: String) -> URL? {
        if let root { return root.appendingPathComponent(name) }
        if ProcessInfo.processInfo.environment["STAMGAST_REQUIRE_SHARED"] == "1" {
            Issue.record("The vectors \(name) are absent: set STAMGAST_SHARED.")
        } else {
            print("The vectors \(name) are skipped: set STAMGAST_SHARED, or put the folder beside the package.")
        }
        return nil
    }

    /// All JSON files below a folder, in order.
    static func files(in folder: URL) throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
            .map { folder.appendingPathComponent($0) }
    }
}
