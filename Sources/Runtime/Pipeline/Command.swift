import Catalogue
public import Loyalty
public import Personalisation
public import Primitives
public import Storage
public import Vault

/// One thing that the pipeline is asked to do, its person already replaced by a pseudonym.
public struct Command: Sendable {
    public enum Action: Sendable {
        case event(IncomingEvent, claim: ID128)
        /// Another attempt at an event in quarantine; it leaves quarantine when it is taken.
        case replay(IncomingEvent, claim: ID128, quarantine: ID128)
        case redeem(reward: String, hold: ID128, choice: RedemptionChoice = RedemptionChoice())
        case confirm(hold: ID128)
        case cancel(hold: ID128)
        /// Undoes a confirmed redemption.
        case refund(hold: ID128)
        /// Where a thing is, or that a ticket was used; how to follow it is sealed already.
        case fulfil(hold: ID128, state: Fulfilment, tracking: [UInt8] = [])
        /// Takes a place in the waiting list of a reward or slot.
        case wait(reward: String, slot: String, quantity: Int64)
        case stopWaiting(reward: String, slot: String)
        /// Puts a reward on the member's wish list, or takes it off.
        case wish(reward: String, isWished: Bool)
        /// Tells the member that a reward they wish for came back, for the how-manieth time.
        case restocked(reward: String, number: Int64)
        /// Offers what came free to whoever waits for it. It is about nobody.
        case tendRewards
        /// Quizzes and contests.
        case play(PlayCommand)
        case reverse(effect: ID128)
        case amend(Amendment)
        case adjust(unit: String, amount: Int64, id: ID128, reason: String)
        case merge(from: MemberID)
        /// An opening of a metered gate.
        case open(gate: String, claim: ID128)
        case profile(ProfileChange)
        /// What the member's data may be used for, and how far.
        case profiling(ProfilingChange)
        case streaks(StreakChange)
        case transfer(to: MemberID, unit: String, amount: Int64, id: ID128)
        /// Sets points aside for whoever has the code of which `gift` is the keyed hash.
        case offerGift(unit: String, amount: Int64, gift: ID128)
        case acceptGift(ID128, from: MemberID)
        case withdrawGift(ID128)
        case wallet(MemberID, WalletAction)
        /// A job's part for this member. It is done once per claim.
        case bulk(BulkAction, claim: ID128)
        case achievement(AchievementCommand)
        case tiers(TierChange)
        /// How much the member lets the programme urge them.
        case pressure(UrgingChoice)
        case review(ReviewCommand)
        /// Onto a leaderboard, off it, or under another name.
        case board(String, BoardRequest)
        /// The same for a team, asked by its owner.
        case teamBoard(String, BoardRequest, team: MemberID)
        /// The prize of a place in a finished period, with its effects.
        case prize(StoredPlace, [Effect])
        /// Holds the member's places in finished periods against their counters.
        case recheckBoards
        case friends(FriendAction)
        /// Tickets of a raffle, or what it gives.
        case raffle(String, RaffleAction)
        case referral(ReferralAction)
        /// Letters, follows, proposals and votes.
        case human(HumanAction)
        /// What a token of unlinkable earning is worth. It is spent once.
        case earn(EarningCredit)
        /// What the calendar says for this member.
        case settle
        /// Moves what waits for the start of one of the member's days to where new rules of time zones put it.
        case reschedule
        /// Something that other commands rest on: it is done between two batches, with nothing in memory.
        case alone(Alone)
    }

    public var programme: ProgrammeID
    public var member: MemberID
    public var action: Action
    /// When it was accepted: the pipeline's clock, or the event's time for an import.
    public var now: Instant
    /// When it really came in, for what is kept for a time from then on; differs from ``now`` in an import only.
    public var received: Instant
    public var record: RequestRecord?

    public init(
        programme: ProgrammeID, member: MemberID, action: Action, now: Instant, received: Instant? = nil,
        record: RequestRecord? = nil
    ) {
        self.programme = programme
        self.member = member
        self.action = action
        self.now = now
        self.received = received ?? now
        self.record = record
    }

    /// All members that it touches.
    var members: [MemberID] {
        switch action {
        case .merge(let other), .transfer(let other, _, _, _), .acceptGift(_, let other): [member, other]
        case .wallet(let wallet, .handOver(let other)): [member, wallet, other]
        case .wallet(let wallet, _), .teamBoard(_, _, let wallet): [member, wallet]
        case .friends(.accept(_, let other)), .friends(.part(let other)): [member, other]
        case .referral(let action): [member] + [action.advocate].compactMap { $0 }
        default: [member]
        }
    }
}

/// What makes a request count once, and how its answer is kept.
public struct RequestRecord: Sendable {
    public var request: IdempotencyRecords.Request
    /// The answer as it is stored and, for a repeated request, sent again: HTTP status and body.
    public var respond: @Sendable (Answer) -> (status: Int, body: [UInt8])

    public init(
        request: IdempotencyRecords.Request, respond: @escaping @Sendable (Answer) -> (status: Int, body: [UInt8])
    ) {
        self.request = request
        self.respond = respond
    }
}

/// A change of what a member has chosen; `nil` leaves as it is.
public struct ProfileChange: Sendable, Hashable {
    public var level: PrivacyLevel?
    public var timeZone: String?
    public var dayStartMinutes: Int?
    public var language: Language?
    public var isPaused: Bool?
    public var traits: [String: JSONValue]
    /// Goes to the vault before the rest is carried out.
    public var ageBand: AgeBand?
    /// Lowers a level that is higher, and raises none.
    public var highestLevel: PrivacyLevel?

    public init(
        level: PrivacyLevel? = nil, timeZone: String? = nil, dayStartMinutes: Int? = nil, language: Language? = nil,
        isPaused: Bool? = nil, traits: [String: JSONValue] = [:], ageBand: AgeBand? = nil,
        highestLevel: PrivacyLevel? = nil
    ) {
        self.level = level
        self.timeZone = timeZone
        self.dayStartMinutes = dayStartMinutes
        self.language = language
        self.isPaused = isPaused
        self.traits = traits
        self.ageBand = ageBand
        self.highestLevel = highestLevel
    }
}

/// What became of a command, once it is on disk.
public struct Answer: Sendable {
    public enum Status: Sendable, Hashable {
        case done
        /// The event was taken before; nothing has changed.
        case duplicate
        case quarantined(EventProblem)
        /// The request was answered before: this was the answer.
        case repeated(status: Int, body: [UInt8])
    }

    public var status: Status
    public var member: MemberID
    public var effects: [AppliedEffect]
    public var hold: Hold?
    /// How many wait before the member in the list they joined.
    public var waitingBefore: Int?
    /// What a change of levels comes to.
    public var profiling: ProfilingOutcome?
    /// What the member sees of the quiz or contest that the command was about.
    public var play: PlayAnswer?

    public init(status: Status, member: MemberID, effects: [AppliedEffect] = [], hold: Hold? = nil) {
        self.status = status
        self.member = member
        self.effects = effects
        self.hold = hold
    }
}

/// Why the pipeline could not carry out a command. Nothing has changed, but where the case says otherwise.
public enum PipelineProblem: Error, Sendable, Hashable {
    case unknownProgramme(ProgrammeID)
    case unknownMember
    case command(CommandProblem)
    /// The same key was used for another request.
    case keyReused
    /// Too many commands are waiting; try again.
    case overloaded
    /// The disk is full or read-only: nothing can be taken, everything can still be read.
    case readOnly
    /// Another node has taken this work over.
    case notOwner
    /// The database did not do its part, however often it was asked. It may have carried the command out without being
    /// able to say so: the same command under the same identity is carried out once.
    case unavailable
    /// The store failed in a way that trying again cannot mend.
    case unprocessable

    /// Whether the same command can be carried out later without anybody correcting it.
    public var isTransient: Bool {
        switch self {
        case .unknownProgramme, .overloaded, .readOnly, .notOwner, .unavailable: true
        case .unknownMember, .command, .keyReused, .unprocessable: false
        }
    }
}
