public import Loyalty

/// The look of a programme, for the console.
public struct LookDesk: Sendable, Hashable {
    /// The text of `theme.yaml`; empty if the document has none.
    public var file: String
    /// The version in force, on which a change is based.
    public var version: Int64
    public var look: ProgrammeLook
    public var mayChange: Bool

    public init(file: String, version: Int64, look: ProgrammeLook, mayChange: Bool) {
        self.file = file
        self.version = version
        self.look = look
        self.mayChange = mayChange
    }
}

/// A look that is not in force yet.
public struct LookDraft: Sendable, Hashable {
    public struct Problem: Sendable, Hashable {
        /// From 1; 0 for the file as a whole.
        public var line: Int
        public var message: String
        public var fix: String?

        public init(line: Int, message: String, fix: String?) {
            self.line = line
            self.message = message
            self.fix = fix
        }
    }

    public var problems: [Problem]
    /// What it would look like; `nil` with problems.
    public var theme: Theme?

    public init(problems: [Problem], theme: Theme?) {
        self.problems = problems
        self.theme = theme
    }
}
