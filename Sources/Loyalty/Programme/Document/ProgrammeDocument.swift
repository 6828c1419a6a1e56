internal import Crypto
public import Primitives

/// A programme as text: files by path, the unit of version, check, difference and promotion.
///
/// Paths are relative, with `/` between their parts: `programme.yaml`, `events/article.read.yaml`,
/// `rules/curious-reader.yaml`. The value is only text; ``check(timeZones:)`` says what the text means.
public struct ProgrammeDocument: Sendable, Hashable {
    public struct File: Sendable, Hashable {
        public let path: String
        public let bytes: [UInt8]

        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// `programme.yaml` first, then the others in the order of their paths.
    public let files: [File]

    /// - Throws: ``DocumentProblems`` for a path that is no document path, a path given twice, and too many or too large
    ///   files.
    public init(files: [File]) throws(DocumentProblems) {
        self.files = files.sorted { ($0.path == Self.root ? "" : $0.path) < ($1.path == Self.root ? "" : $1.path) }
        let problems = Self.shapeProblems(self.files)
        guard problems.isEmpty else { throw DocumentProblems(problems) }
    }

    /// The document with these texts by path.
    ///
    /// - Throws: as ``init(files:)``.
    public init(_ texts: [String: String]) throws(DocumentProblems) {
        try self.init(files: texts.map { File(path: $0.key, bytes: Array($0.value.utf8)) })
    }

    /// The bundle that goes over HTTP and into the version chain: an object of path to text.
    ///
    /// - Throws: as ``init(files:)``, and for anything that is no object of texts.
    public init(bundle: JSONValue) throws(DocumentProblems) {
        guard let object = bundle.objectValue else {
            throw DocumentProblems([
                DocumentProblem(path: "", message: "A document bundle is an object of path to text.")
            ])
        }
        var files: [File] = []
        for member in object.members {
            let path = member.key
            guard let text = member.value.stringValue else {
                throw DocumentProblems([
                    DocumentProblem(path: path, message: "The content of a file in a bundle is a text.")
                ])
            }
            files.append(File(path: path, bytes: Array(text.utf8)))
        }
        try self.init(files: files)
    }

    /// The object of path to text. Bytes that are not UTF-8 are replaced: only a document with problems has them.
    public var bundle: JSONValue {
        .object(JSONObject(files.map { ($0.path, .string(String(decoding: $0.bytes, as: UTF8.self))) }))
    }

    /// The bytes of one file.
    public subscript(path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }

    /// What identifies the content: SHA-256 over paths and texts. A byte-order mark and the kind of line ending do not
    /// count, so the same document from another system is the same.
    public var digest: [UInt8] {
        var hash = SHA256()
        hash.update(data: Array("stamgast.programme.1\n".utf8))
        for file in files {
            let text = Self.normalized(file.bytes)
            hash.update(data: Array("\(file.path.utf8.count) \(file.path) \(text.count)\n".utf8))
            hash.update(data: text)
        }
        return Array(hash.finalize())
    }

    static let root = "programme.yaml"
    static let changes = "changes.yaml"
    /// The file that says how the pages look.
    public static let theme = "theme.yaml"
    /// The file that says how readers come in.
    static let doors = "doors.yaml"

    /// Without a leading byte-order mark and with `\n` as the only line ending.
    static func normalized(_ bytes: [UInt8]) -> [UInt8] {
        var slice = bytes[...]
        if slice.starts(with: [0xEF, 0xBB, 0xBF]) { slice = slice.dropFirst(3) }
        guard slice.contains(UInt8(ascii: "\r")) else { return Array(slice) }
        var out: [UInt8] = []
        out.reserveCapacity(slice.count)
        var previousIsReturn = false
        for byte in slice {
            switch byte {
            case UInt8(ascii: "\r"): out.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\n") where previousIsReturn: break
            default: out.append(byte)
            }
            previousIsReturn = byte == UInt8(ascii: "\r")
        }
        return out
    }
}

extension ProgrammeDocument {
    /// The limits of a document. Beyond them it is refused before it is read.
    public enum Limit {
        public static let files = 5_000
        public static let fileBytes = 262_144
        public static let documentBytes = 8_388_608
        public static let pathBytes = 200
        /// Mappings and lists inside each other.
        public static let depth = 32
        /// Values in one file, aliases expanded.
        public static let nodes = 50_000
        public static let aliases = 16
        /// Columns of indentation before the first word of a line.
        public static let indentation = 128
        /// Opening brackets in one file: a bound on its depth that no quoting can get around.
        public static let brackets = 2_000
    }

    private static func shapeProblems(_ files: [File]) -> [DocumentProblem] {
        var problems: [DocumentProblem] = []
        if files.count > Limit.files {
            problems.append(DocumentProblem(path: "", message: "A document has at most \(Limit.files) files."))
        }
        let total = files.reduce(0) { $0 + $1.bytes.count }
        if total > Limit.documentBytes {
            problems.append(DocumentProblem(path: "", message: "A document has at most \(Limit.documentBytes) bytes."))
        }
        var seen: Set<String> = []
        for file in files {
            if !isValid(path: file.path) {
                problems.append(
                    DocumentProblem(
                        path: String(file.path.prefix(Limit.pathBytes)),
                        message: "This is no path of a document.",
                        fix: "Use folders and file names of letters, digits, spaces, '.', '_' and '-'."))
            }
            if !seen.insert(file.path).inserted {
                problems.append(DocumentProblem(path: file.path, message: "This file is in the document twice."))
            }
            if file.bytes.count > Limit.fileBytes {
                problems.append(
                    DocumentProblem(path: file.path, message: "A file has at most \(Limit.fileBytes) bytes."))
            }
        }
        return problems
    }

    static func isValid(path: String) -> Bool {
        guard !path.isEmpty, path.utf8.count <= Limit.pathBytes else { return false }
        return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: " ") else {
                return false
            }
            return part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
                    UInt8(ascii: " "):
                    true
                default: false
                }
            }
        }
    }
}
