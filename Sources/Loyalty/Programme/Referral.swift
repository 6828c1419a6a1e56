/// Members who bring others: what a friend must do, how long both wait, and what they get.
public struct Referral: Sendable, Hashable {
    /// The most of one advocate in a period.
    public static let maximum: Int64 = 10_000

    /// A standing of members who bring others: by how many came to stay, by what the member has, or by invitation.
    public struct Ambassador: Sendable, Hashable {
        public var id: String
        public var name: LocalizedText
        /// From how many friends on; `nil`: friends alone do not lead there.
        public var at: Int64?
        /// A condition over the member that leads there as well; reached once, it stays.
        public var condition: String?
        /// Whether staff may invite members to it, who then say yes.
        public var isInvited: Bool
        public var effects: [Effect]

        public init(
            id: String, name: LocalizedText = LocalizedText([:]), at: Int64? = nil, condition: String? = nil,
            isInvited: Bool = false, effects: [Effect] = []
        ) {
            self.id = id
            self.name = name
            self.at = at
            self.condition = condition
            self.isInvited = isInvited
            self.effects = effects
        }
    }

    public var id: String
    public var name: LocalizedText
    /// The address that an advocate passes on; `{code}` stands for the code.
    public var link: String
    /// Within how many days of joining a friend may say who brought them.
    public var claim: Int32
    /// What the friend must do: an event type and a condition on it.
    public var qualifies: Streak.Measure
    /// Within how many days of saying so.
    public var within: Int32
    /// For how many days after that both wait.
    public var hold: Int32
    /// What ends it while both wait.
    public var cancelled: Streak.Measure?
    /// A field of the events in `qualifies` that two people should not share, such as a hash of the means of payment. Kept
    /// as a keyed hash, and as long as the referral waits.
    public var shares: String?
    public var advocate: [Effect]
    public var friend: [Effect]
    /// For how many friends an advocate is rewarded in a period.
    public var most: Int64
    public var period: PeriodUnit
    /// What all rewards of the referral are drawn from; `nil`: no budget.
    public var budget: String?
    /// The check that holds it where two people look like one; `nil`: one of its own.
    public var review: String?
    /// In the order of their declaration, which is that of their rank.
    public var ambassadors: [Ambassador]
    public var why: LocalizedText

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), link: String, claim: Int32 = 30,
        qualifies: Streak.Measure, within: Int32 = 90, hold: Int32 = 14, cancelled: Streak.Measure? = nil,
        shares: String? = nil, advocate: [Effect] = [], friend: [Effect] = [], most: Int64 = Referral.maximum,
        period: PeriodUnit = .ever, budget: String? = nil, review: String? = nil, ambassadors: [Ambassador] = [],
        why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.link = link
        self.claim = claim
        self.qualifies = qualifies
        self.within = within
        self.hold = hold
        self.cancelled = cancelled
        self.shares = shares
        self.advocate = advocate
        self.friend = friend
        self.most = most
        self.period = period
        self.budget = budget
        self.review = review
        self.ambassadors = ambassadors
        self.why = why
    }

    /// All that it may give.
    var allEffects: [Effect] { advocate + friend + ambassadors.flatMap(\.effects) }

    /// What is counted for it, under the names of its counters.
    var measures: [(counter: String, measure: Streak.Measure)] {
        [(ReferralCounters.qualifies, qualifies)] + (cancelled.map { [(ReferralCounters.cancels, $0)] } ?? [])
    }
}
