public import Loyalty
public import Primitives

/// Somebody of the staff who may begin a programme or finish setting one up: an owner or a manager.
public struct Founder: Sendable, Hashable {
    /// An identifier for the audit log, never a name or an address.
    public var staff: String
    /// Whether they may begin one more programme: they work for the whole home.
    public var mayBegin: Bool
    /// Programmes that they may set up, each as somebody of its staff.
    public var programmes: [SiteStaff]

    public init(staff: String, mayBegin: Bool, programmes: [SiteStaff] = []) {
        self.staff = staff
        self.mayBegin = mayBegin
        self.programmes = programmes
    }
}

/// What a starter programme brings, read off its document.
public struct StarterCard: Sendable, Hashable {
    public var kind: Starter.Kind
    public var counts: StarterCounts
    /// What its example does, by event type, in order.
    public var does: [Done]
    /// What its example has in the end.
    public var gives: [Amount]
    /// The badges of its example.
    public var badges: [Wording]

    public struct Done: Sendable, Hashable {
        public var type: String
        public var times: Int64

        public init(type: String, times: Int64) {
            self.type = type
            self.times = times
        }
    }

    public init(
        kind: Starter.Kind, counts: StarterCounts, does: [Done] = [], gives: [Amount] = [], badges: [Wording] = []
    ) {
        self.kind = kind
        self.counts = counts
        self.does = does
        self.gives = gives
        self.badges = badges
    }
}

/// How much there is of everything in a starter programme.
public struct StarterCounts: Sendable, Hashable {
    public var events = 0
    public var rules = 0
    public var challenges = 0
    public var streaks = 0
    public var badges = 0
    public var tiers = 0
    public var rewards = 0

    public init() {}
}

/// A programme that somebody begins.
public struct StartOrder: Sendable, Hashable {
    public var name: String
    /// What it is called in addresses and files; it never changes.
    public var id: String
    public var languages: [Language]
    public var timeZone: String
    public var currency: Starter.Currency

    public init(
        name: String = "", id: String = "", languages: [Language] = [], timeZone: String = "",
        currency: Starter.Currency = .eur
    ) {
        self.name = name
        self.id = id
        self.languages = languages
        self.timeZone = timeZone
        self.currency = currency
    }
}

/// What became of it.
public enum StartOutcome: Sendable, Hashable {
    case begun
    /// There is a programme of that id already, and it is not this one.
    case taken
    /// What the checker says: it cannot be.
    case refused(String)
}

/// How far a programme has been set up: read off what is there, never kept apart.
public struct StartDesk: Sendable, Hashable {
    /// An event as it could be sent.
    public struct Sample: Sendable, Hashable {
        public var type: String
        /// Its fields, as JSON.
        public var data: String
        /// What it would give a new member, were the programme open to them.
        public var gives: [Amount]

        public init(type: String, data: String, gives: [Amount] = []) {
            self.type = type
            self.data = data
            self.gives = gives
        }
    }

    /// An event that came.
    public struct Heard: Sendable, Hashable {
        public var event: ConsoleEvent
        /// What looks at events of its type: rules, challenges, streaks.
        public var looks: [Wording]
        /// Why it waits in quarantine.
        public var problem: Wording?

        public init(event: ConsoleEvent, looks: [Wording] = [], problem: Wording? = nil) {
            self.event = event
            self.looks = looks
            self.problem = problem
        }
    }

    /// A request that was turned away before anybody could tell whose programme it meant.
    public struct Refusal: Sendable, Hashable {
        public enum Fault: String, Sendable, Hashable, CaseIterable {
            /// No key, or one that is not known: 401.
            case key
            /// A key that may not send events, or speaks for somebody it may not: 403.
            case scope
            /// Not an event: 400, 415, 422.
            case form
            /// Too large, or too much at once: 413, 429.
            case size
        }

        public var at: LocalMoment
        public var fault: Fault
        public var status: Int

        public init(at: LocalMoment, fault: Fault, status: Int) {
            self.at = at
            self.fault = fault
            self.status = status
        }
    }

    public var version: Int64
    /// The share of members who take part, in hundredths of a per cent; `nil` for everybody.
    public var pilot: Int?
    public var hasLook: Bool
    public var today: LocalDay
    public var sample: Sample?
    /// Newest first.
    public var heard: [Heard]
    /// Newest first.
    public var refusals: [Refusal]

    public init(
        version: Int64, pilot: Int? = nil, hasLook: Bool = false, today: LocalDay, sample: Sample? = nil,
        heard: [Heard] = [], refusals: [Refusal] = []
    ) {
        self.version = version
        self.pilot = pilot
        self.hasLook = hasLook
        self.today = today
        self.sample = sample
        self.heard = heard
        self.refusals = refusals
    }

    /// Whether anybody takes part.
    public var isLaunched: Bool { pilot != 0 }
    /// Whether an event came that was understood.
    public var hasEvents: Bool { heard.contains { $0.problem == nil && $0.event.outcome != .quarantined } }
}

/// What setting up a programme needs.
public protocol StartSiteData: Sendable {
    /// Whether the home has no programme at all.
    func isEmpty() async throws -> Bool
    /// Who may begin or set up programmes; `nil` for everybody else.
    func founder(session secret: String) async throws -> Founder?
    /// IANA names, sorted.
    func timeZones() -> [String]
    func knows(timeZone: String) -> Bool
    /// Whether a programme of the home is called so.
    func isTaken(programme id: String) async throws -> Bool
    func starters(language: Language) async throws -> [StarterCard]
    /// Puts a starter in force as the first version, open to nobody yet. The same order again changes nothing.
    ///
    /// - Throws: an HTTP error with the status 403 for staff who may not.
    func begin(_ order: StartOrder, with kind: Starter.Kind, for founder: Founder) async throws -> StartOutcome
    func start(for staff: SiteStaff, language: Language) async throws -> StartDesk
    /// Opens the programme to a share of its members, as a new version; `false` if another version came in between.
    ///
    /// - Parameter basisPoints: 1 to 10,000; 10,000 is everybody.
    /// - Throws: an HTTP error with the status 403 for staff who may not.
    func launch(_ basisPoints: Int, basedOn version: Int64, for staff: SiteStaff) async throws -> Bool
}
