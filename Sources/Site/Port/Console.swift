/// The console's overview of one day.
public struct ConsoleToday: Sendable, Hashable {
    /// Now, in the programme's time zone.
    public var now: LocalMoment
    public var events: Int64
    public var awards: Int64
    public var badges: Int64
    public var redemptions: Int64
    public var limited: Int64
    public var quarantined: Int64
    public var issued: [Amount]
    public var spent: [Amount]
    /// Events and awards per hour of the local day; hours that a clock change skips are absent.
    public var hours: [Hour]
    /// The newest events, newest first, for a page without a live stream. At most 30 are shown.
    public var recent: [ConsoleEvent]
    /// `nil` for a programme that is not there any more.
    public var vitals: VitalSigns?

    public struct Hour: Sendable, Hashable {
        /// 0 to 23.
        public var hour: Int
        public var events: Int64
        public var awards: Int64

        public init(hour: Int, events: Int64, awards: Int64) {
            self.hour = hour
            self.events = events
            self.awards = awards
        }
    }

    public init(
        now: LocalMoment, events: Int64 = 0, awards: Int64 = 0, badges: Int64 = 0, redemptions: Int64 = 0,
        limited: Int64 = 0, quarantined: Int64 = 0, issued: [Amount] = [], spent: [Amount] = [], hours: [Hour] = [],
        recent: [ConsoleEvent] = [], vitals: VitalSigns? = nil
    ) {
        self.now = now
        self.events = events
        self.awards = awards
        self.badges = badges
        self.redemptions = redemptions
        self.limited = limited
        self.quarantined = quarantined
        self.issued = issued
        self.spent = spent
        self.hours = hours
        self.recent = recent
        self.vitals = vitals
    }
}

/// A rule with what it has done.
public struct RuleHits: Sendable, Hashable {
    public var id: String
    public var title: Wording
    /// The event type that triggers it.
    public var trigger: String
    public var version: Int
    public var active: Bool
    /// Events whose trigger and condition matched.
    public var matched: Int64
    public var awarded: Int64
    /// Matched, but refused by a cap, cooldown, budget or group.
    public var limited: Int64

    public init(
        id: String, title: Wording, trigger: String, version: Int, active: Bool, matched: Int64, awarded: Int64,
        limited: Int64
    ) {
        self.id = id
        self.title = title
        self.trigger = trigger
        self.version = version
        self.active = active
        self.matched = matched
        self.awarded = awarded
        self.limited = limited
    }
}

/// One page of the quarantine, newest first.
public struct QuarantinePage: Sendable, Hashable {
    public var today: LocalDay
    public var total: Int64
    public var entries: [QuarantineEntry]
    /// Whether who looks may try events again.
    public var mayReplay: Bool
    /// The cursor of the next page.
    public var older: String?

    public init(
        today: LocalDay, total: Int64, entries: [QuarantineEntry], mayReplay: Bool = true, older: String? = nil
    ) {
        self.mayReplay = mayReplay
        self.today = today
        self.total = total
        self.entries = entries
        self.older = older
    }
}

/// An event that was not accepted. Its content stays sealed: the list says which field failed, not what it held.
public struct QuarantineEntry: Sendable, Hashable {
    public var id: String
    public var received: LocalMoment
    public var source: String
    public var type: String
    /// The path of the field that failed, for example `data.share`; `nil` when the event as a whole did.
    public var field: String?
    /// What was wrong with it, in a sentence.
    public var problem: Wording
    public var attempts: Int

    public init(
        id: String, received: LocalMoment, source: String, type: String, field: String?, problem: Wording, attempts: Int
    ) {
        self.id = id
        self.received = received
        self.source = source
        self.type = type
        self.field = field
        self.problem = problem
        self.attempts = attempts
    }
}

/// What came of sending a quarantined event in again.
public enum ReplayOutcome: String, Sendable, Hashable {
    case accepted
    /// Still refused, perhaps for another field: the list says which.
    case refused
    /// No longer there: replayed by somebody else, or past its retention.
    case gone
}

/// An item that events speak of and the catalogue does not know yet.
public struct CatalogueStub: Sendable, Hashable {
    public var id: String
    public var firstSeen: LocalDay
    public var mentions: Int64

    public init(id: String, firstSeen: LocalDay, mentions: Int64) {
        self.id = id
        self.firstSeen = firstSeen
        self.mentions = mentions
    }
}

/// The newest stubs, and how many there are.
public struct StubList: Sendable, Hashable {
    public var today: LocalDay
    public var total: Int64
    public var stubs: [CatalogueStub]

    public init(today: LocalDay, total: Int64, stubs: [CatalogueStub]) {
        self.today = today
        self.total = total
        self.stubs = stubs
    }
}
