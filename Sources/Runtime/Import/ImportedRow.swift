public import Loyalty
public import Primitives
public import Vault

/// One event to import, with the publisher's name for the person.
public struct ImportedEvent: Sendable {
    /// `nil` for a name that cannot be one: such an event cannot be taken.
    public var person: ExternalIdentity?
    public var event: IncomingEvent

    public init(person: ExternalIdentity?, event: IncomingEvent) {
        self.person = person
        self.event = event
    }

    public init(user: String, event: IncomingEvent) {
        self.init(person: ExternalIdentity(.user, user), event: event)
    }
}

/// That two names are one person, and what was said of them on the occasion: `identify` and `alias`.
public struct ImportedLink: Sendable {
    /// Makes it the same link when it is imported, or was sent over HTTP, before; `nil` where the sender gave none.
    public var id: String?
    public var time: Instant
    public var subject: ExternalIdentity
    public var previous: ExternalIdentity?
    public var change: ProfileChange
    /// For the vault and nowhere else.
    public var personal: [PersonalField: String?]

    public init(
        id: String?, time: Instant, subject: ExternalIdentity, previous: ExternalIdentity?,
        change: ProfileChange = ProfileChange(), personal: [PersonalField: String?] = [:]
    ) {
        self.id = id
        self.time = time
        self.subject = subject
        self.previous = previous
        self.change = change
        self.personal = personal
    }
}

/// One thing of a history that is to be carried out in its time.
public enum ImportedEntry: Sendable {
    case event(ImportedEvent)
    case link(ImportedLink)

    var time: Instant {
        switch self {
        case .event(let event): event.event.time
        case .link(let link): link.time
        }
    }

    var id: String {
        switch self {
        case .event(let event): event.event.id
        case .link(let link): link.id ?? ""
        }
    }
}

/// What one row or line of a file says.
public enum ImportedRow: Sendable {
    case entry(ImportedEntry)
    /// It is an event, and one of its fields will not fit: the event goes into quarantine, and this says where it stands.
    case doubtful(ImportedEntry, [RowProblem])
    /// It can be no event: nobody, no time, no type.
    case refused([RowProblem])
    /// The mapping, or the programme, has no use for it.
    case ignored
}

/// What is wrong with a row, where, and what to do. It holds no value of the row, which may name a person.
public struct RowProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// The column's name, or the attribute's; empty for the row as a whole.
    public let column: String
    public let problem: String
    public let fix: String

    public init(line: Int, column: String = "", problem: String, fix: String) {
        self.line = line
        self.column = column
        self.problem = problem
        self.fix = fix
    }

    public var description: String {
        "line \(line)\(column.isEmpty ? "" : ", \(column)"): \(problem). \(fix)."
    }

    public var json: JSONValue {
        [
            "line": .integer(Int64(line)), "column": .string(column), "problem": .string(problem), "fix": .string(fix),
        ]
    }
}

/// Why a file as a whole cannot be imported. Nothing has been taken.
public struct ImportProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let problem: String
    public let fix: String

    public init(_ problem: String, fix: String) {
        self.problem = problem
        self.fix = fix
    }

    public var description: String { "\(problem). \(fix)." }
}

/// Where rows come from, one after the other.
public protocol ImportSource {
    /// The next row; `nil` at the end.
    ///
    /// - Throws: what keeps the file from being read on; then nothing of it is imported.
    mutating func next() throws -> ImportedRow?
}
