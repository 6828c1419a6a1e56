public import Primitives
import Yams

/// A file that an operator wrote in YAML (and so in JSON as well), as a JSON value that knows its lines.
///
/// Plain words are read by the rules of YAML 1.2: only `true` and `false` are booleans, so `no` and `on` are texts.
public struct YAMLDocument: Sendable {
    /// Why a file cannot be read.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// From 1; `nil` for the file as a whole.
        public let line: Int?
        public let reason: String

        public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
    }

    /// The largest file read, in bytes.
    public static let maximumBytes = 256 << 10
    /// Values in a file, aliases written out.
    public static let maximumValues = 20_000
    public static let maximumDepth = 32

    public let value: JSONValue
    private let lines: [String: Int]

    public init(_ text: String) throws(Problem) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw Problem(line: nil, reason: "the file is larger than \(Self.maximumBytes) bytes")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Self.problem(error)
        }
        var reading = Reading()
        value = try node.map { node throws(Problem) in try reading.value(node, path: "", depth: 0) } ?? .null
        lines = reading.lines
    }

    /// The line of the value at a path such as `columns.title`, or of what holds it.
    public func line(of path: String) -> Int? {
        var path = path[...]
        while !path.isEmpty {
            if let line = lines[String(path)] { return line }
            path = path.lastIndex(of: ".").map { path[..<$0] } ?? ""
        }
        return nil
    }

    /// Names the place and the fault, and nothing of the file's contents.
    static func problem(_ error: any Error) -> Problem {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            Problem(line: mark.line, reason: problem)
        case YamlError.duplicatedKeysInMapping(_, let context):
            Problem(line: context.mark.line, reason: "a name stands twice in one mapping")
        default:
            Problem(line: nil, reason: "not readable as YAML or JSON")
        }
    }

    private struct Reading {
        var lines: [String: Int] = [:]
        var left = YAMLDocument.maximumValues

        mutating func value(_ node: Node, path: String, depth: Int) throws(Problem) -> JSONValue {
            left -= 1
            guard left >= 0 else { throw Problem(line: node.mark?.line, reason: "the file holds too many values") }
            guard depth <= YAMLDocument.maximumDepth else {
                throw Problem(line: node.mark?.line, reason: "values are too deep")
            }
            switch node {
            case .scalar(let scalar):
                let isPlain = scalar.style == .plain || scalar.style == .any
                return isPlain ? Self.plain(scalar.string) : .string(scalar.string)
            case .sequence(let sequence):
                var list: [JSONValue] = []
                for (index, element) in sequence.enumerated() {
                    list.append(try value(element, path: "\(path).\(index)", depth: depth + 1))
                }
                return .array(list)
            case .mapping(let mapping):
                var object = JSONObject()
                for (key, element) in mapping {
                    guard let name = key.scalar?.string else {
                        throw Problem(line: key.mark?.line, reason: "a name must be a text")
                    }
                    let inner = path.isEmpty ? name : "\(path).\(name)"
                    lines[inner] = key.mark?.line
                    object[name] = try value(element, path: inner, depth: depth + 1)
                }
                return .object(object)
            case .alias: throw Problem(line: node.mark?.line, reason: "an alias cannot stand here")
            }
        }

        /// The core schema of YAML 1.2.2, section 10.3.2, for decimal numbers.
        private static func plain(_ text: String) -> JSONValue {
            switch text {
            case "", "~", "null": return .null
            case "true": return .bool(true)
            case "false": return .bool(false)
            default: break
            }
            guard let first = text.utf8.first, "-0123456789".utf8.contains(first) else { return .string(text) }
            if let integer = Int64(text) { return String(integer) == text ? .integer(integer) : .string(text) }
            if text.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let number = Double(text), number.isFinite
            {
                return .double(number)
            }
            return .string(text)
        }
    }
}
