import Primitives

/// What a command says to the server that has its home open: one line of JSON.
struct ControlRequest: Sendable, Equatable {
    static let version: Int64 = 1
    /// The longest line of the protocol, in bytes.
    static let longestLine = 1 << 20

    /// As on the command line, without the program's name.
    var arguments: [String]
    /// The caller's working directory.
    var folder: String

    init(arguments: [String], folder: String) {
        self.arguments = arguments
        self.folder = folder
    }

    /// `nil` for a line that is no request of this version.
    init?(line: [UInt8]) {
        guard let json = try? JSONValue(parsing: line, maximumDepth: 4),
            json["version"]?.intValue == Self.version, let folder = json["folder"]?.stringValue,
            let values = json["arguments"]?.arrayValue, case let arguments = values.compactMap(\.stringValue),
            arguments.count == values.count
        else { return nil }
        self.init(arguments: arguments, folder: folder)
    }

    var line: [UInt8] {
        let json: JSONValue = [
            "version": .integer(Self.version), "folder": .string(folder),
            "arguments": .array(arguments.map { .string($0) }),
        ]
        return json.bytes() + [0x0A]
    }
}

/// What comes back: any number of lines, the last of which says how it ended.
enum ControlReply: Sendable, Equatable {
    /// For the caller's standard output.
    case output(String)
    /// For the caller's standard error.
    case note(String)
    case progress(done: Int, total: Int, what: String)
    case exit(Int32)

    init?(line: [UInt8]) {
        guard let json = try? JSONValue(parsing: line, maximumDepth: 4) else { return nil }
        if let text = json["output"]?.stringValue {
            self = .output(text)
        } else if let text = json["note"]?.stringValue {
            self = .note(text)
        } else if let done = json["done"]?.intValue, let total = json["total"]?.intValue,
            let what = json["what"]?.stringValue
        {
            self = .progress(done: Int(done), total: Int(total), what: what)
        } else if let status = json["exit"]?.intValue {
            self = .exit(Int32(clamping: status))
        } else {
            return nil
        }
    }

    var line: [UInt8] {
        let json: JSONValue =
            switch self {
            case .output(let text): ["output": .string(text)]
            case .note(let text): ["note": .string(text)]
            case .progress(let done, let total, let what):
                ["done": .integer(Int64(done)), "total": .integer(Int64(total)), "what": .string(what)]
            case .exit(let status): ["exit": .integer(Int64(status))]
            }
        return json.bytes() + [0x0A]
    }
}

/// Cuts a stream of bytes into lines.
struct LineCutter {
    struct TooLong: Error {}

    private let longest: Int
    private var rest: [UInt8] = []

    init(longest: Int) {
        self.longest = longest
    }

    /// - Returns: the lines that are complete now, without their ends.
    mutating func add(_ bytes: some Sequence<UInt8>) throws(TooLong) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            guard byte == 0x0A else {
                rest.append(byte)
                guard rest.count <= longest else { throw TooLong() }
                continue
            }
            lines.append(rest)
            rest = []
        }
        return lines
    }
}
