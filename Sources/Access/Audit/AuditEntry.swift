public import Primitives

/// Who did something, as an id; never a name.
public struct AuditActor: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ principal: Principal) {
        description = principal.auditName
    }

    private init(system: String) {
        description = "system:" + system
    }

    /// Somebody at the command line of the machine.
    public static let commandLine = AuditActor(system: "command-line")
    /// The server itself: first run, keeper, schedule.
    public static let server = AuditActor(system: "server")
    /// A member on their own page, where not even the pseudonym is to stay.
    public static let member = AuditActor(system: "own-page")

    init(stored: String) {
        description = stored
    }
}

/// One line of the audit log: who changed what, from what to what, and why.
///
/// No personal data: members stand as pseudonyms, and what a person wrote belongs elsewhere.
public struct AuditEntry: Sendable, Hashable {
    /// The programme; `nil` for what concerns the whole home.
    public let programme: ProgrammeID?
    public let at: Instant
    public let actor: AuditActor
    /// What was done, as `noun.verb`.
    public let action: String
    /// What it was done to, as `kind:id`.
    public let object: String
    /// State before and after, as short text or JSON.
    public let before: String?
    public let after: String?
    /// Why, in the words of whoever did it.
    public let reason: String?

    public init(
        programme: ProgrammeID?, at: Instant, actor: AuditActor, action: String, object: String, before: String? = nil,
        after: String? = nil, reason: String? = nil
    ) {
        self.programme = programme
        self.at = at
        self.actor = actor
        self.action = action
        self.object = object
        self.before = before
        self.after = after
        self.reason = reason
    }

    static let maximumStateBytes = 16_384
    static let maximumTextBytes = 500

    func check() throws(AccessProblem) {
        for (field, value) in [("actor", actor.description), ("action", action), ("object", object)]
        where !(1...Self.maximumTextBytes).contains(value.utf8.count) {
            throw .invalid(field: field, expected: "1 to \(Self.maximumTextBytes) bytes")
        }
        if let reason, reason.utf8.count > Self.maximumTextBytes {
            throw .invalid(field: "reason", expected: "at most \(Self.maximumTextBytes) bytes")
        }
        for (field, value) in [("before", before), ("after", after)] {
            if let value, value.utf8.count > Self.maximumStateBytes {
                throw .invalid(field: field, expected: "at most \(Self.maximumStateBytes) bytes")
            }
        }
    }
}
