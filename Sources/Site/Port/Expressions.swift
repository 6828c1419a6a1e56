/// Where an expression of the programme stands, and so what it may name.
public enum ExpressionKind: String, Sendable, Hashable, CaseIterable {
    /// A rule's condition, and the amount that it awards.
    case rule, amount
    case challenge, streak, occasion, measure
    case reward, gate, raffle
    /// Whom a job is about.
    case job

    /// Whether it sees an event; others see a member only.
    public var isOverEvents: Bool {
        switch self {
        case .rule, .amount, .challenge, .streak, .occasion, .measure: true
        case .reward, .gate, .raffle, .job: false
        }
    }

    /// Whether it is true or false, so that events can match it.
    public var isMatched: Bool { isOverEvents && self != .amount }
}

/// An expression that somebody writes, finished or not.
public struct ExpressionDraft: Sendable, Hashable {
    public var kind: ExpressionKind
    /// The name of the event type, for kinds that see one.
    public var event: String?
    public var text: String
    /// In UTF-16 code units; `nil` asks for no completions.
    public var cursor: Int?

    public init(_ kind: ExpressionKind, event: String? = nil, text: String, cursor: Int? = nil) {
        self.kind = kind
        self.event = event
        self.text = text
        self.cursor = cursor
    }
}

/// What is to be said of an expression. Places count UTF-16 code units, as browsers do.
public struct ExpressionSheet: Sendable, Hashable {
    public struct Problem: Sendable, Hashable {
        /// Whether it keeps the expression from being used; else it hardly means what was wanted.
        public var isError: Bool
        public var range: Range<Int>
        public var line: Int
        public var column: Int
        public var message: String
        /// What was probably meant, in place of the range.
        public var fix: String?

        public init(
            isError: Bool = true, range: Range<Int>, line: Int = 1, column: Int = 1, message: String,
            fix: String? = nil
        ) {
            self.isError = isError
            self.range = range
            self.line = line
            self.column = column
            self.message = message
            self.fix = fix
        }
    }

    public struct Completion: Sendable, Hashable {
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            case variable, field, value, function, macro, `operator`
        }

        public var kind: Kind
        public var label: String
        /// Its type or signature.
        public var detail: String
        /// What it means, in the programme's words.
        public var note: String?
        public var insertion: String
        /// Where the cursor stands in it afterwards.
        public var cursor: Int

        public init(
            kind: Kind, label: String, detail: String = "", note: String? = nil, insertion: String, cursor: Int
        ) {
            self.kind = kind
            self.label = label
            self.detail = detail
            self.note = note
            self.insertion = insertion
            self.cursor = cursor
        }
    }

    /// Its type; `nil` while it is empty or cannot be checked.
    public var type: String?
    public var problems: [Problem]
    /// What a completion takes the place of.
    public var replaced: Range<Int>
    public var completions: [Completion]

    public init(
        type: String? = nil, problems: [Problem] = [], replaced: Range<Int> = 0..<0, completions: [Completion] = []
    ) {
        self.type = type
        self.problems = problems
        self.replaced = replaced
        self.completions = completions
    }
}

/// Which of last week's kept events a condition would have held for. It names no member.
public struct ExpressionMatches: Sendable, Hashable {
    /// Counts of few members are `nil` for staff who may not look at members.
    public struct Day: Sendable, Hashable {
        public var day: LocalDay
        public var all: Int64?
        public var matched: Int64?
        /// It depends on the member.
        public var open: Int64?

        public init(_ day: LocalDay, all: Int64?, matched: Int64?, open: Int64?) {
            self.day = day
            self.all = all
            self.matched = matched
            self.open = open
        }
    }

    /// What may be said of one event.
    public struct Example: Sendable, Hashable {
        /// To the hour.
        public var when: LocalMoment
        public var kinds: [String]
        public var topics: [String]

        public init(_ when: LocalMoment, kinds: [String] = [], topics: [String] = []) {
            self.when = when
            self.kinds = kinds
            self.topics = topics
        }
    }

    public var today: LocalDay
    public var days: [Day]
    /// Whether all kept events of the days were looked at.
    public var isWhole: Bool
    public var examples: [Example]

    public init(today: LocalDay, days: [Day], isWhole: Bool = true, examples: [Example] = []) {
        self.today = today
        self.days = days
        self.isWhole = isWhole
        self.examples = examples
    }
}

public enum ExpressionFinding: Sendable, Hashable {
    case matches(ExpressionMatches)
    /// Events of this type are not kept.
    case notKept
    /// The condition is none, or not over events.
    case unusable
}

/// What the field for conditions needs.
public protocol ExpressionSiteData: Sendable {
    /// The event types that the programme accepts.
    /// - Throws: an HTTP error with the status 403 for staff who may not read the programme; so do the others.
    func expressionEvents(for staff: SiteStaff) async throws -> [String]
    /// - Returns: `nil` if there is no such event type.
    func expression(_ draft: ExpressionDraft, for staff: SiteStaff, language: Language) async throws -> ExpressionSheet?
    func matches(of draft: ExpressionDraft, for staff: SiteStaff) async throws -> ExpressionFinding
}
