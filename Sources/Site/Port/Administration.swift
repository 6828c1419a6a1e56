public import Access
public import Primitives

/// What is looked for in the audit log.
public struct AuditQuery: Sendable, Hashable {
    /// Whether it is the chain of the whole home instead of the programme's.
    public var isHome: Bool
    /// A whole action, as `noun.verb`.
    public var action: String?
    /// A part of the object.
    public var object: String?
    /// A part of the actor, or of the name of a member of staff.
    public var actor: String?
    /// In the programme's time zone, both included.
    public var from: LocalDay?
    public var to: LocalDay?
    /// Where the page before ended.
    public var before: Int64?

    public init(
        isHome: Bool = false, action: String? = nil, object: String? = nil, actor: String? = nil,
        from: LocalDay? = nil, to: LocalDay? = nil, before: Int64? = nil
    ) {
        self.isHome = isHome
        self.action = action
        self.object = object
        self.actor = actor
        self.from = from
        self.to = to
        self.before = before
    }
}

/// A line of the audit log, as it is stored.
public struct AuditLine: Sendable, Hashable {
    public var sequence: Int64
    public var when: LocalMoment
    public var at: Instant
    public var actor: String
    /// The name of a member of staff whom this console knows; it is shown and never exported.
    public var actorName: String?
    public var action: String
    public var object: String
    public var before: String?
    public var after: String?
    public var reason: String?
    /// Hexadecimal: of the entry before it, and its own.
    public var previous: String
    public var hash: String

    public init(
        sequence: Int64, when: LocalMoment, at: Instant, actor: String, actorName: String? = nil, action: String,
        object: String, before: String? = nil, after: String? = nil, reason: String? = nil, previous: String,
        hash: String
    ) {
        self.sequence = sequence
        self.when = when
        self.at = at
        self.actor = actor
        self.actorName = actorName
        self.action = action
        self.object = object
        self.before = before
        self.after = after
        self.reason = reason
        self.previous = previous
        self.hash = hash
    }
}

/// A page of the audit log.
public struct AuditDesk: Sendable, Hashable {
    public enum Chain: Sendable, Hashable {
        /// Every entry up to this one follows from the one before it; `mark` is the hash of the last.
        case intact(Int64, mark: String)
        case broken(at: Int64)
        /// So many entries, too many to check on every visit.
        case unchecked(Int64)
    }

    public var today: LocalDay
    public var lines: [AuditLine]
    /// Whether there are earlier ones.
    public var hasOlder: Bool
    public var chain: Chain
    /// What stands in the chain, to choose from.
    public var actions: [String]
    public var mayReadHome: Bool

    public init(
        today: LocalDay, lines: [AuditLine], hasOlder: Bool = false, chain: Chain, actions: [String] = [],
        mayReadHome: Bool = false
    ) {
        self.today = today
        self.lines = lines
        self.hasOlder = hasOlder
        self.chain = chain
        self.actions = actions
        self.mayReadHome = mayReadHome
    }
}

/// The API keys of a programme.
public struct KeyDesk: Sendable, Hashable {
    public enum State: Sendable, Hashable, CaseIterable { case active, expired, revoked }

    public struct Key: Sendable, Hashable {
        public var id: String
        public var label: String
        public var isPublishable: Bool
        public var scopes: [Scope]
        public var created: LocalDay
        public var lastUsed: LocalDay?
        public var expires: LocalDay?
        public var state: State

        public init(
            id: String, label: String, isPublishable: Bool = false, scopes: [Scope], created: LocalDay,
            lastUsed: LocalDay? = nil, expires: LocalDay? = nil, state: State = .active
        ) {
            self.id = id
            self.label = label
            self.isPublishable = isPublishable
            self.scopes = scopes
            self.created = created
            self.lastUsed = lastUsed
            self.expires = expires
            self.state = state
        }
    }

    public var today: LocalDay
    public var keys: [Key]

    public init(today: LocalDay, keys: [Key] = []) {
        self.today = today
        self.keys = keys
    }
}

/// A key that staff ask for.
public struct KeyOrder: Sendable, Hashable {
    public var label: String
    /// Stands in the source of pages, and may only send events.
    public var isPublishable: Bool
    public var scopes: Set<Scope>

    public init(label: String = "", isPublishable: Bool = false, scopes: Set<Scope> = []) {
        self.label = label
        self.isPublishable = isPublishable
        self.scopes = scopes
    }
}

/// What became of an order for a key.
public enum KeyOutcome: Sendable, Hashable {
    /// Shown now and never again.
    case made(secret: String)
    /// The same form made it before; its secret was shown then.
    case madeBefore
    /// The label cannot be.
    case refused
}

/// The people who run a programme.
public struct StaffDesk: Sendable, Hashable {
    public struct Account: Sendable, Hashable {
        public var id: String
        public var name: String
        public var role: Role
        /// Whether they work for every programme of the home.
        public var isEverywhere: Bool
        public var since: LocalDay
        public var ended: LocalDay?
        public var sessions: Int64
        /// Whether it is who looks.
        public var isSelf: Bool
        public var hasPassword = false
        public var hasSecondFactor = false
        /// Whether it is linked with an account of the identity provider.
        public var isLinked = false
        /// Not where it works for programmes that whoever looks does not, nor once it has ended.
        public var mayChange: Bool

        public init(
            id: String, name: String, role: Role, isEverywhere: Bool = false, since: LocalDay, ended: LocalDay? = nil,
            sessions: Int64 = 0, isSelf: Bool = false, mayChange: Bool = true
        ) {
            self.id = id
            self.name = name
            self.role = role
            self.isEverywhere = isEverywhere
            self.since = since
            self.ended = ended
            self.sessions = sessions
            self.isSelf = isSelf
            self.mayChange = mayChange
        }
    }

    public var today: LocalDay
    public var accounts: [Account]
    /// The identity provider of staff, as its host; `nil` without one.
    public var provider: String?
    /// Whether an account for every programme may be made.
    public var mayGiveAll: Bool

    public init(today: LocalDay, accounts: [Account] = [], mayGiveAll: Bool = false) {
        self.today = today
        self.accounts = accounts
        self.mayGiveAll = mayGiveAll
    }
}

/// An account that staff ask for.
public struct Invitation: Sendable, Hashable {
    public var name: String
    public var role: Role
    public var isEverywhere: Bool

    public init(name: String = "", role: Role = .analyst, isEverywhere: Bool = false) {
        self.name = name
        self.role = role
        self.isEverywhere = isEverywhere
    }
}

/// A way in that works once and is shown once.
public struct SignInTicket: Sendable, Hashable {
    /// The last part of the address.
    public var token: String
    public var until: LocalMoment
    /// Where the server really listens, for a home whose port was left to the system.
    public var listening: String?

    public init(token: String, until: LocalMoment, listening: String? = nil) {
        self.token = token
        self.until = until
        self.listening = listening
    }
}

/// What became of an invitation.
public enum InvitationOutcome: Sendable, Hashable {
    case invited(SignInTicket)
    /// The same form made the account before; its link was shown then.
    case madeBefore
    /// The name cannot be.
    case refused
}

/// What was asked of an account.
public enum AccountChange: Sendable, Hashable {
    case role(Role)
    case signOut
    case remove(reason: String?)
}

/// What became of a change of an account.
public enum AccountOutcome: String, Sendable, Hashable, CaseIterable {
    case role, sessions, removed
    /// Nobody would be left to manage access.
    case lastOwner = "last-owner"
}

/// What the pages of administration need. Everything throws an HTTP error with the status 403 for staff who may not.
public protocol AdministrationSiteData: Sendable {
    /// - Parameter checks: whether the chain is checked however long it is.
    func audit(_ query: AuditQuery, checks: Bool, for staff: SiteStaff) async throws -> AuditDesk
    /// The lines alone, latest first.
    func auditLines(_ query: AuditQuery, limit: Int, for staff: SiteStaff) async throws -> [AuditLine]
    func keys(for staff: SiteStaff) async throws -> KeyDesk
    /// - Parameter key: 32 hexadecimal digits made for one form: the same again makes no second key.
    func make(_ order: KeyOrder, for staff: SiteStaff, key: String) async throws -> KeyOutcome
    /// `false` if the programme has no such key.
    func revokeKey(_ id: String, reason: String?, for staff: SiteStaff) async throws -> Bool
    func accounts(for staff: SiteStaff) async throws -> StaffDesk
    /// - Parameter key: 32 hexadecimal digits made for one form: the same again makes no second account.
    func invite(_ invitation: Invitation, for staff: SiteStaff, key: String) async throws -> InvitationOutcome
    /// `nil` if there is no such account, or it may not be changed.
    func change(_ change: AccountChange, ofAccount id: String, for staff: SiteStaff) async throws -> AccountOutcome?
    /// `nil` as above.
    func signInTicket(forAccount id: String, for staff: SiteStaff) async throws -> SignInTicket?
}
