public import Primitives

/// All that decisions need to know of one member, as loaded from the store: a value that the pipeline's one writer owns.
public struct MemberState: Sendable {
    public let programme: ProgrammeID
    public let id: MemberID
    public var profile: MemberProfile
    /// Whether the store has a row for this member.
    public var isStored: Bool
    public var wallet: Wallet
    /// By rule, challenge or award; see ``Counter``.
    public var counters: [String: Counter]
    public var badges: [String: BadgeGrant]
    public var entitlements: [String: EntitlementGrant]
    public var traits: [String: JSONValue]
    /// All redemptions ever, by the identifier of their hold.
    public var redemptions: [ID128: RedemptionRecord]
    /// When a streak may next use a freeze or end, worked out once; `nil` until then. Not stored.
    var streakDue: Instant??
    /// By shared wallet, those that were left too; see ``wallets``.
    public var memberships: [MemberID: Membership] = [:]
    /// What it is if it is no member but a shared wallet.
    public var shared: SharedWallet?
    /// When the tier next ends, or word of that is due; likewise.
    var tierDue: Instant??

    public init(
        programme: ProgrammeID, id: MemberID, profile: MemberProfile, isStored: Bool = false, wallet: Wallet = Wallet(),
        counters: [String: Counter] = [:], badges: [String: BadgeGrant] = [:],
        entitlements: [String: EntitlementGrant] = [:], traits: [String: JSONValue] = [:],
        redemptions: [ID128: RedemptionRecord] = [:]
    ) {
        self.programme = programme
        self.id = id
        self.profile = profile
        self.isStored = isStored
        self.wallet = wallet
        self.counters = counters
        self.badges = badges
        self.entitlements = entitlements
        self.traits = traits
        self.redemptions = redemptions
    }
}

/// What a member has chosen, and what the engine must know to count in their days. No personal data.
public struct MemberProfile: Sendable, Hashable {
    public var level: PrivacyLevel
    /// `nil`: the programme's.
    public var timeZone: String?
    public var dayStartMinutes: Int?
    public var language: Language?
    /// The first local day on which something was known of the member.
    public var joinedDay: Int32
    public var isPaused: Bool
    /// The record that took this one over, when two turned out to be one person.
    public var mergedInto: MemberID?

    public init(
        level: PrivacyLevel = .session, timeZone: String? = nil, dayStartMinutes: Int? = nil,
        language: Language? = nil, joinedDay: Int32, isPaused: Bool = false, mergedInto: MemberID? = nil
    ) {
        self.level = level
        self.timeZone = timeZone
        self.dayStartMinutes = dayStartMinutes
        self.language = language
        self.joinedDay = joinedDay
        self.isPaused = isPaused
        self.mergedInto = mergedInto
    }
}

public struct BadgeGrant: Sendable, Hashable {
    public var day: Int32
    public var effect: ID128

    public init(day: Int32, effect: ID128) {
        self.day = day
        self.effect = effect
    }
}

public struct EntitlementGrant: Sendable, Hashable {
    public var day: Int32
    public var expiresAt: Instant?
    public var effect: ID128

    public init(day: Int32, expiresAt: Instant?, effect: ID128) {
        self.day = day
        self.expiresAt = expiresAt
        self.effect = effect
    }
}
