import FoundationEssentials
import Yams

/// What a configuration file says: keys and values with their lines.
///
/// The file is YAML, and so JSON as well: one mapping from a setting's name to its value. `retention` may be a mapping
/// from event type to time.
public struct ConfigurationFile: Sendable {
    struct Entry: Sendable {
        let name: String
        let value: String
        let line: Int
    }

    /// As given, for messages.
    public let path: String
    let entries: [Entry]

    /// The names a home's configuration file may have, in the order they are looked for.
    public static let names = ["stamgast.yaml", "stamgast.yml", "stamgast.json"]

    /// The largest file read, in bytes.
    public static let maximumBytes = 64 << 10

    /// Reads the configuration file of a home; `nil` when it has none.
    public static func read(home: String) throws(ConfigurationProblem) -> ConfigurationFile? {
        for name in names {
            let path = home + "/" + name
            guard let data = FileManager.default.contents(atPath: path) else {
                if FileManager.default.fileExists(atPath: path) {
                    throw .unreadable(path: path, line: nil, reason: "the file cannot be opened")
                }
                continue
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                throw .unreadable(path: path, line: nil, reason: "the file is not UTF-8 text")
            }
            return try ConfigurationFile(path: path, text: text)
        }
        return nil
    }

    /// Reads the text of a file.
    public init(path: String, text: String) throws(ConfigurationProblem) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw .unreadable(path: path, line: nil, reason: "the file is larger than \(Self.maximumBytes) bytes")
        }
        self.path = path
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            let problem = YAMLDocument.problem(error)
            throw .unreadable(path: path, line: problem.line, reason: problem.reason)
        }
        guard let node else {
            entries = []
            return
        }
        guard case .mapping(let mapping) = node else {
            throw .unreadable(path: path, line: 1, reason: "expected `setting: value` on each line")
        }
        var entries: [Entry] = []
        for (key, value) in mapping {
            let line = key.mark?.line ?? 1
            guard let name = key.scalar?.string else {
                throw .unreadable(path: path, line: line, reason: "a setting's name must be text")
            }
            guard let text = Self.text(of: value) else {
                throw .unreadable(path: path, line: line, reason: "`\(name)` needs one plain value")
            }
            entries.append(Entry(name: name, value: text, line: line))
        }
        self.entries = entries
    }

    /// A scalar as written, or a mapping of scalars as `key=value,…`.
    private static func text(of node: Node) -> String? {
        switch node {
        case .scalar(let scalar): return scalar.string
        case .mapping(let mapping):
            var parts: [String] = []
            for (key, value) in mapping {
                guard let key = key.scalar?.string, let value = value.scalar?.string else { return nil }
                parts.append("\(key)=\(value)")
            }
            return parts.joined(separator: ",")
        default: return nil
        }
    }
}
