/// Something in a programme document that is wrong or doubtful, at the place where it can be mended.
public struct DocumentProblem: Sendable, Hashable {
    public enum Severity: String, Sendable, Hashable {
        /// The document cannot be applied.
        case error
        /// The document can be applied; a person should look at it.
        case warning
    }

    /// The file; empty for the document as a whole.
    public var path: String
    /// From 1; 0 if the problem has no place in the file.
    public var line: Int
    /// In characters (Unicode scalars), from 1; 0 if the problem has no place in the line.
    public var column: Int
    public var message: String
    /// What to write instead.
    public var fix: String?
    public var severity: Severity

    public init(
        path: String, line: Int = 0, column: Int = 0, message: String, fix: String? = nil,
        severity: Severity = .error
    ) {
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        self.fix = fix
        self.severity = severity
    }
}

extension DocumentProblem: CustomStringConvertible {
    /// `rules/curious-reader.yaml:4:9: error: There is no unit 'inkt'. Did you mean 'ink'?`
    public var description: String {
        var place = path
        if line > 0 { place += ":\(line):\(column)" }
        let text = fix.map { "\(message) \($0)" } ?? message
        return place.isEmpty ? "\(severity.rawValue): \(text)" : "\(place): \(severity.rawValue): \(text)"
    }
}

extension DocumentProblem: Comparable {
    public static func < (left: DocumentProblem, right: DocumentProblem) -> Bool {
        (left.path == ProgrammeDocument.root ? "" : left.path, left.line, left.column, left.message)
            < (right.path == ProgrammeDocument.root ? "" : right.path, right.line, right.column, right.message)
    }
}

/// Why a document cannot be used: every problem that was found, in the order of files and lines.
public struct DocumentProblems: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [DocumentProblem]

    public init(_ problems: [DocumentProblem]) {
        self.problems = problems
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
