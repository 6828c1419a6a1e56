/// The webhooks of a programme, as staff see them.
public struct HookDesk: Sendable, Hashable {
    public var today: LocalDay
    public var hooks: [Hook]
    /// Whether whoever looks may change something.
    public var mayChange: Bool

    public init(today: LocalDay, hooks: [Hook] = [], mayChange: Bool = false) {
        self.today = today
        self.hooks = hooks
        self.mayChange = mayChange
    }
}

/// A webhook and how it is doing.
public struct Hook: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        /// Nothing was sent yet.
        case unused
        case healthy
        /// Nothing is taken since; the next attempt comes at `until`, or is due.
        case failing(since: LocalMoment, until: LocalMoment?)
        /// Nothing is sent any more: the receiver said that it is gone for good.
        case gone
        /// Nothing is sent any more: nothing was taken for days.
        case stopped(since: LocalMoment?)
    }

    public var id: String
    public var url: String
    public var state: State
    public var backlog: Int64
    /// Whether more wait than were counted.
    public var isMore: Bool
    public var lastTaken: LocalMoment?
    /// Messages on the list of those set aside.
    public var setAside: Int64
    /// Taken in each of the last 24 hours, the present one last; and those that were not, over all of them.
    public var hours: [Int64]
    public var failed: Int64
    /// Counts the secrets.
    public var generation: Int64
    /// Until when the secret before is good as well.
    public var formerUntil: LocalMoment?

    public init(
        id: String, url: String, state: State = .healthy, backlog: Int64 = 0, isMore: Bool = false,
        lastTaken: LocalMoment? = nil, setAside: Int64 = 0, hours: [Int64] = [], failed: Int64 = 0,
        generation: Int64 = 0, formerUntil: LocalMoment? = nil
    ) {
        self.id = id
        self.url = url
        self.state = state
        self.backlog = backlog
        self.isMore = isMore
        self.lastTaken = lastTaken
        self.setAside = setAside
        self.hours = hours
        self.failed = failed
        self.generation = generation
        self.formerUntil = formerUntil
    }
}

/// What came of sending something to a webhook once.
public enum HookResult: Sendable, Hashable {
    case answered(Int)
    case noConnection, timeout, tls, refused

    /// Only 2xx is a yes.
    public var isTaken: Bool {
        if case .answered(let status) = self { (200..<300).contains(status) } else { false }
    }
}

/// What was sent to a webhook.
public struct HookLog: Sendable, Hashable {
    public struct Attempt: Sendable, Hashable {
        public var number: Int64
        /// `nil` for a test.
        public var sequence: Int64?
        public var message: String
        public var kind: String
        public var at: LocalMoment
        /// 0 for one that somebody asked for.
        public var attempt: Int
        public var result: HookResult
        public var milliseconds: Int64
        public var bytes: Int64

        public init(
            number: Int64, sequence: Int64?, message: String, kind: String, at: LocalMoment, attempt: Int,
            result: HookResult, milliseconds: Int64, bytes: Int64
        ) {
            self.number = number
            self.sequence = sequence
            self.message = message
            self.kind = kind
            self.at = at
            self.attempt = attempt
            self.result = result
            self.milliseconds = milliseconds
            self.bytes = bytes
        }
    }

    public struct Letter: Sendable, Hashable {
        public var sequence: Int64
        public var message: String
        public var kind: String
        public var at: LocalMoment
        public var attempts: Int
        public var result: HookResult

        public init(
            sequence: Int64, message: String, kind: String, at: LocalMoment, attempts: Int, result: HookResult
        ) {
            self.sequence = sequence
            self.message = message
            self.kind = kind
            self.at = at
            self.attempts = attempts
            self.result = result
        }
    }

    public var today: LocalDay
    public var hook: Hook
    /// Latest first.
    public var attempts: [Attempt]
    public var letters: [Letter]
    public var mayChange: Bool

    public init(
        today: LocalDay, hook: Hook, attempts: [Attempt] = [], letters: [Letter] = [], mayChange: Bool = false
    ) {
        self.today = today
        self.hook = hook
        self.attempts = attempts
        self.letters = letters
        self.mayChange = mayChange
    }
}

/// What staff ask of a webhook.
public enum HookAction: Sendable, Hashable {
    case test
    /// One message, by its place in the outbox.
    case redeliver(Int64)
    /// Everything from the beginning of a day on, in the programme's time zone.
    case redeliverSince(LocalDay)
    /// Ends a pause or a stop.
    case resume
}

/// What became of it.
public enum HookOutcome: Sendable, Hashable {
    /// The answer to a message that was sent, and how long it took.
    case sent(HookResult, milliseconds: Int64)
    /// The message is not here any more.
    case gone
    case queued
    /// Nothing since then has been passed.
    case nothing
    case resumed
}

/// A change of the webhooks in the programme.
public enum HookChange: Sendable, Hashable {
    case add(id: String, url: String)
    case move(id: String, url: String)
    case remove(id: String)
}

/// What became of a change.
public enum HookChangeOutcome: Sendable, Hashable {
    /// - Parameter secret: of a webhook that is new: shown now and never again.
    case done(secret: String?)
    case badName
    case nameTaken
    case badAddress
    /// Inside the house, where no request may go.
    case addressInside
    /// A rule or something else still names the webhook.
    case inUse
    /// Somebody else changed the programme just now.
    case conflict
    /// The document is written in a way that is changed by hand only, or has a fault of its own.
    case byHand
}

/// What the pages of integrations need. Everything throws an HTTP error with the status 403 for staff who may not.
public protocol IntegrationsSiteData: Sendable {
    func hooks(for staff: SiteStaff) async throws -> HookDesk
    /// `nil` if the programme has no such webhook.
    func hook(_ id: String, for staff: SiteStaff) async throws -> HookLog?
    /// `nil` as above.
    func act(_ action: HookAction, onHook id: String, for staff: SiteStaff) async throws -> HookOutcome?
    func change(_ change: HookChange, for staff: SiteStaff) async throws -> HookChangeOutcome
    /// Changes the secret; `nil` if it was changed since `generation`, or the programme has no such webhook.
    func rotate(hook id: String, from generation: Int64, for staff: SiteStaff) async throws -> String?
}
