public import Primitives

/// What one member's decisions changed, in the form that the store writes.
public struct Changes: Sendable {
    public var journal = LedgerJournal()
    public var effects: [AppliedEffect] = []
    /// Names of counters that changed.
    public var counters: Set<String> = []
    public var badges: Set<String> = []
    public var entitlements: Set<String> = []
    /// Redemptions that changed.
    public var redemptions: Set<ID128> = []
    public var profileChanged = false
    /// What corrections wanted to take back and did not find, by unit: it may lie in a shared wallet.
    public var short: [String: Int64] = [:]
    /// Shared wallets in which the member's place changed.
    public var memberships: Set<MemberID> = []
    /// Whether the shared wallet changed that this is the record of.
    public var sharedChanged = false
    /// Members that the rule did nothing for, by rule: the exposure record of its hold-out.
    public var exposures: Set<String> = []
    /// What changed in running totals of all members.
    public var tallies: [PlayTally: Int64] = [:]
    public var webhooks: [(webhook: String, effect: AppliedEffect)] = []
    /// By the identifier of a message that takes one back: what it takes back, where that is known.
    public var reversedWebhooks: [ID128: ID128] = [:]
    /// Suspicions that changed.
    public var cases: [ReviewKey: ReviewCase] = [:]
    public var devices: Set<DeviceSighting> = []
    /// Letters that were made or changed.
    public var letters: [Letter] = []
    /// Set when the member leaves the level `personal`, to the calendar that says what a day of theirs is; see
    /// ``LeavingPersonal``.
    public var leavesPersonal: MemberCalendar?
    /// Occasions whose letters say no more whose work the member read.
    public var forgottenOccasions: Set<String> = []
    /// Whether the time of the next due work is written whatever was known of it: terms or the calendar changed.
    public var reschedules = false
    /// How many entries of the journal the tiers have been told of.
    var trackedEntries = 0

    public init() {}

    /// Whether anything must be written.
    public var isEmpty: Bool {
        journal.isEmpty && effects.isEmpty && counters.isEmpty && badges.isEmpty && entitlements.isEmpty
            && !profileChanged && exposures.isEmpty && !reschedules && memberships.isEmpty && !sharedChanged
            && redemptions.isEmpty && cases.isEmpty && devices.isEmpty && letters.isEmpty && webhooks.isEmpty
    }
}

/// Everything besides the member and the event that a decision needs.
public struct DecisionContext: Sendable {
    public var programme: CompiledProgramme
    public var calendar: MemberCalendar
    public var now: Instant
    /// The day of `now` in the programme's time zone, for budgets.
    public var programmeDay: Int32
    public var explains: Bool
    /// Whether what the calendar says is carried out; not while nobody knows what time it is.
    public var settles = true
    /// What joins events of one order, ticket or the like: a hash of the value, keyed where the engine runs.
    public var reference: @Sendable (String) -> Int64 = { EffectID.unkeyedReference($0) }

    public init(
        programme: CompiledProgramme, calendar: MemberCalendar, now: Instant, programmeDay: Int32, explains: Bool = true
    ) {
        self.programme = programme
        self.calendar = calendar
        self.now = now
        self.programmeDay = programmeDay
        self.explains = explains
    }

    public init(
        programme: CompiledProgramme, profile: MemberProfile, offsets: any ZoneOffsets, now: Instant,
        explains: Bool = true
    ) {
        self.init(
            programme: programme, calendar: programme.calendar(of: profile, offsets: offsets), now: now,
            programmeDay: programme.calendar(offsets: offsets).day(of: now), explains: explains)
    }
}
