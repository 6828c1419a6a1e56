/// Something wrong with the text of an expression.
public struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// From 1, in code points.
    public let column: Int
    /// What is wrong, in a sentence without its position.
    public let message: String
    /// A name that was probably meant, or nil.
    public let suggestion: String?

    public init(line: Int, column: Int, message: String, suggestion: String? = nil) {
        self.line = line
        self.column = column
        self.message = message
        self.suggestion = suggestion
    }

    public var description: String {
        let hint = suggestion.map { "; did you mean `\($0)`?" } ?? ""
        return "\(line):\(column): \(message)\(hint)"
    }
}

/// Why an expression was refused: at least one problem, in the order of the text.
public struct Problems: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [Problem]

    public init(_ problems: [Problem]) {
        self.problems = problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
