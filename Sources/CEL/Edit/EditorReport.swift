/// What an editor shows of an expression that is being written: what is wrong, what could stand at the cursor, its type.
///
/// All offsets count UTF-16 code units, as browsers count in text fields.
public struct EditorReport: Sendable, Hashable {
    /// The type of the whole; nil while it is empty or cannot be checked.
    public var type: CELType?
    public var diagnostics: [EditorDiagnostic]
    /// What a completion takes the place of: the word that the cursor is in or after.
    public var replaced: Range<Int>
    /// The best first, at most ``ExpressionEditor/most``.
    public var completions: [EditorCompletion]

    public init(
        type: CELType? = nil, diagnostics: [EditorDiagnostic] = [], replaced: Range<Int> = 0..<0,
        completions: [EditorCompletion] = []
    ) {
        self.type = type
        self.diagnostics = diagnostics
        self.replaced = replaced
        self.completions = completions
    }

    /// Whether nothing is wrong that keeps the expression from being used.
    public var isUsable: Bool { diagnostics.allSatisfy { $0.severity != .error } }
}

/// Something about a part of an expression.
public struct EditorDiagnostic: Sendable, Hashable {
    public enum Severity: String, Sendable, Hashable {
        /// The expression cannot be used.
        case error
        /// It can, but hardly means what was wanted.
        case warning
    }

    public var severity: Severity
    /// The part it is about, in UTF-16 code units; empty at the end of the text where something is missing.
    public var range: Range<Int>
    public var line: Int
    public var column: Int
    public var message: String
    /// What was probably meant, to be put in place of `range`.
    public var fix: String?

    public init(
        severity: Severity = .error, range: Range<Int>, line: Int = 1, column: Int = 1, message: String,
        fix: String? = nil
    ) {
        self.severity = severity
        self.range = range
        self.line = line
        self.column = column
        self.message = message
        self.fix = fix
    }
}

/// Something that could stand at the cursor.
public struct EditorCompletion: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case variable, field, value, function, macro, `operator`
    }

    public var kind: Kind
    /// As it is listed: `share`, `'gold'`, `exists`.
    public var label: String
    /// Its type or signature.
    public var detail: String
    /// What it means, in the words of whoever declared it.
    public var note: String?
    /// What is written in place of the word at the cursor.
    public var insertion: String
    /// Where the cursor stands in `insertion` afterwards, in UTF-16 code units.
    public var cursor: Int

    public init(
        kind: Kind, label: String, detail: String = "", note: String? = nil, insertion: String, cursor: Int? = nil
    ) {
        self.kind = kind
        self.label = label
        self.detail = detail
        self.note = note
        self.insertion = insertion
        self.cursor = cursor ?? insertion.utf16.count
    }
}

/// What an editor knows beyond types.
public struct EditorHints: Sendable, Hashable {
    /// The texts that an attribute can have (or hold, if it is a list), by path: `"member.tier": ["silver", "gold"]`.
    public var values: [String: [String]]
    /// The paths among them whose texts are only the usual ones: others are no mistake.
    public var open: Set<String>
    /// What attributes mean, by path.
    public var notes: [String: String]
    /// The types an expression may be of; empty if any will do.
    public var wanted: [CELType]

    public init(
        values: [String: [String]] = [:], open: Set<String> = [], notes: [String: String] = [:], wanted: [CELType] = []
    ) {
        self.values = values
        self.open = open
        self.notes = notes
        self.wanted = wanted
    }
}
