public import Primitives

/// A loyalty programme as its document says it: readable, typed, versioned. Nothing here is compiled or stored; see
/// ``CompiledProgramme`` for the form that decides.
public struct Programme: Sendable, Hashable {
    public var id: ProgrammeID
    public var name: LocalizedText
    /// The languages every text must have; the first is the fall-back.
    public var languages: [Language]
    /// The IANA time zone of members who have chosen none.
    public var timeZone: String
    /// Minutes after midnight at which a member's day starts.
    public var dayStartMinutes: Int
    /// How late an event may arrive and still count as if it had been on time; `nil` is as the home's settings say.
    public var lateness: DurationSpan?
    /// The share of members who take part so far, in hundredths of a per cent; `nil` for everybody. See
    /// ``MemberState/takesPart(in:)``.
    public var pilotBasisPoints: Int?
    public var units: [Unit]
    public var tiers: TierLadder?
    public var levels: LevelLadder?
    /// How many challenges a member may have joined at the same time; `nil` for no end.
    public var joinedAtMost: Int64?
    public var traits: [Trait]
    public var budgets: [Budget]
    public var badges: [Badge]
    public var webhooks: [Webhook]
    public var walletKinds: [WalletKind] = []
    public var events: [EventType]
    public var rules: [Rule]
    public var challenges: [Challenge]
    public var streaks: [Streak]
    public var rewards: [Reward]
    public var leaderboards: [Leaderboard] = []
    /// The event types that a till may send.
    public var counterEvents: [String] = []
    /// Signs that points may have been earned by no reader.
    public var review: [ReviewCheck] = []
    /// Behaviour that is to change, and how that is known.
    public var measures: [Measure] = []
    /// What stands before content.
    public var gates: [Gate] = []
    /// What `programme test` runs beside the examples of rules.
    public var workedExamples: [WorkedExample] = []
    public var raffles: [Raffle] = []
    public var referral: Referral?
    public var quizzes: [Quiz] = []
    public var contests: [Contest] = []
    /// The moments at which somebody writes to a member.
    public var occasions: [Occasion] = []
    /// Those in whose name letters are sent.
    public var signers: [Signer] = []
    public var letters = LetterTerms.usual
    /// How members propose and vote; `nil` if they do not.
    public var proposals: ProposalTerms?
    /// Changes that members are told of before they hold.
    public var announcements: [Announcement] = []
    /// How the people behave whom the simulator invents; `nil`: as ``Behaviour/derived(from:)``.
    public var simulation: Behaviour?
    /// How much it may urge a member.
    public var pressure = PressureTerms.usual
    public var nudges: [Nudge] = []
    /// What members can say that they come for.
    public var personas: [Persona] = []
    /// Free texts by key, for pages and messages.
    public var texts: [String: LocalizedText]
    /// How the pages look; `nil` as the house does.
    public var theme: Theme?
    /// How readers come in; `nil` by the publisher's word only.
    public var doors: Doors?
    /// What becomes of members in the step that made this version; see ``ProgrammeChanges``.
    public var changes: ProgrammeChanges?

    public init(
        id: ProgrammeID, name: LocalizedText, languages: [Language] = [.en], timeZone: String = "UTC",
        dayStartMinutes: Int = 0, lateness: DurationSpan? = nil, units: [Unit] = [], tiers: TierLadder? = nil,
        traits: [Trait] = [], budgets: [Budget] = [], badges: [Badge] = [], webhooks: [Webhook] = [],
        events: [EventType] = [], rules: [Rule] = [], challenges: [Challenge] = [], streaks: [Streak] = [],
        rewards: [Reward] = [],
        texts: [String: LocalizedText] = [:], changes: ProgrammeChanges? = nil
    ) {
        self.id = id
        self.name = name
        self.languages = languages
        self.timeZone = timeZone
        self.dayStartMinutes = dayStartMinutes
        self.lateness = lateness
        self.units = units
        self.tiers = tiers
        self.traits = traits
        self.budgets = budgets
        self.badges = badges
        self.webhooks = webhooks
        self.events = events
        self.rules = rules
        self.challenges = challenges
        self.streaks = streaks
        self.rewards = rewards
        self.texts = texts
        self.changes = changes
    }
}

/// The languages that Stamgast speaks.
public enum Language: String, Sendable, Hashable, CaseIterable, Codable {
    case nl, en, ja
}

/// One text in several languages.
public struct LocalizedText: Sendable, Hashable {
    public var values: [Language: String]

    public init(_ values: [Language: String]) {
        self.values = values
    }

    /// The text in `language`, else in the first of `fallbacks` that has it, else in any; empty if there is none.
    public func text(_ language: Language, fallbacks: [Language] = [.en, .nl, .ja]) -> String {
        if let value = values[language] { return value }
        for fallback in fallbacks {
            if let value = values[fallback] { return value }
        }
        return ""
    }

    public var isEmpty: Bool { values.isEmpty }
}

/// A length of time as written in the document: calendar lengths follow the member's calendar, the others are exact.
public enum DurationSpan: Sendable, Hashable {
    case milliseconds(Int64)
    case days(Int)
    case months(Int)

    public static func hours(_ count: Int64) -> DurationSpan { .milliseconds(count * 3_600_000) }
    public static func minutes(_ count: Int64) -> DurationSpan { .milliseconds(count * 60_000) }
}

/// A thing that is counted: points that can be spent, or status credits that cannot.
public struct Unit: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable { case points, status }

    public var id: String
    public var kind: Kind
    public var name: LocalizedText
    /// When an award becomes spendable; `nil` means at once.
    public var pending: PendingTerm?
    /// When what is left of an award expires; `nil` means never.
    public var expires: ExpiryTerm?
    public var notify: UnitNotices?
    public var reversal: ReversalPolicy
    /// Whether and how members may give it to each other; `nil` means not.
    public var transfers: TransferTerms?
    /// What one point is worth in the books; `nil` means nothing.
    public var value: UnitValue?

    public init(
        id: String, kind: Kind = .points, name: LocalizedText = LocalizedText([:]), pending: PendingTerm? = nil,
        expires: ExpiryTerm? = nil, notify: UnitNotices? = nil, reversal: ReversalPolicy = .withinBalance
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.pending = pending
        self.expires = expires
        self.notify = notify
        self.reversal = reversal
    }
}

/// Tiers, lowest first: reached by status credits ever earned, or earned in a period, or by what a member has.
public struct TierLadder: Sendable, Hashable {
    public struct Tier: Sendable, Hashable {
        /// What a tier asks that nobody reaches by credits.
        public static let unreachable = Int64.max

        public var id: String
        /// ``unreachable`` for tiers by invitation.
        public var at: Int64
        public var name: LocalizedText
        /// Entitlements that members have while they are in the tier, or in one above it.
        public var gives: [String]

        /// Whether members come into it by invitation only.
        public var isInvited: Bool { at == Self.unreachable }

        public init(id: String, at: Int64, name: LocalizedText = LocalizedText([:]), gives: [String] = []) {
            self.id = id
            self.at = at
            self.name = name
            self.gives = gives
        }
    }

    /// What is held against the tiers.
    public enum Counts: String, Sendable, Hashable, CaseIterable {
        /// What was earned of a status unit.
        case credits
        /// What a member has of a unit of points.
        case balance
    }

    public var unit: String
    public var tiers: [Tier]
    public var counts: Counts
    /// How tiers come and go; `nil`: what counts now decides, with credits what was ever earned.
    public var cycle: TierCycle?

    public init(unit: String, tiers: [Tier], counts: Counts = .credits, cycle: TierCycle? = nil) {
        self.unit = unit
        self.tiers = tiers
        self.counts = counts
        self.cycle = cycle
    }

    /// Whether what came and went must be known by day.
    public var keepsDays: Bool { cycle != nil || counts == .balance }

    /// A tier and all below it: what is for silver is for gold as well. Empty for a tier that is not on the ladder.
    public func upTo(_ tier: String) -> [Tier] {
        guard let place = tiers.firstIndex(where: { $0.id == tier }) else { return [] }
        return tiers[...place].filter { !$0.isInvited || $0.id == tier }
    }
}

/// A declared attribute of a member, set by `identify`, by a rule or by staff. Never personal data.
public struct Trait: Sendable, Hashable {
    public var id: String
    public var type: FieldType

    public init(id: String, type: FieldType) {
        self.id = id
        self.type = type
    }
}

/// What a programme may give away in a period, across all members. A reversal gives it back.
public struct Budget: Sendable, Hashable {
    public var id: String
    public var unit: String
    public var period: PeriodUnit
    public var amount: Int64

    public init(id: String, unit: String, period: PeriodUnit, amount: Int64) {
        self.id = id
        self.unit = unit
        self.period = period
        self.amount = amount
    }
}

/// A sign of something done, kept for good unless it is revoked.
public struct Badge: Sendable, Hashable {
    public var id: String
    public var name: LocalizedText
    public var why: LocalizedText
    /// Badges of one series are shown together, in the order in which they are declared.
    public var series: String?
    /// How it is shown to members who do not have it; `nil` shows it.
    public var hidden: Hidden?
    /// Whoever has all of these has this one as well.
    public var allOf: [String] = []

    public enum Hidden: String, Sendable, Hashable, CaseIterable {
        /// Nobody knows of it before they have it.
        case secret
        /// It is shown as one more to discover, without its name.
        case announced
    }

    public init(id: String, name: LocalizedText = LocalizedText([:]), why: LocalizedText = LocalizedText([:])) {
        self.id = id
        self.name = name
        self.why = why
    }
}

/// An address that receives signed messages about effects.
public struct Webhook: Sendable, Hashable {
    public var id: String
    public var url: String

    public init(id: String, url: String) {
        self.id = id
        self.url = url
    }
}

/// A calendar period in the member's own time zone and day start; weeks start on Monday.
public enum PeriodUnit: String, Sendable, Hashable, CaseIterable {
    case day, week, month, year, ever
}
