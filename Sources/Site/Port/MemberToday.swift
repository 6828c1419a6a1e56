/// All that a member's page shows, in the order in which it shows it.
public struct MemberToday: Sendable, Hashable {
    /// Today in the member's own time zone.
    public var today: LocalDay
    /// How the member wants to be called, from the vault; `nil` greets without a name.
    public var name: String?
    public var level: PrivacyLevel
    /// Best first; the page opens on the first one. At most four are shown.
    public var suggestions: [Suggestion]
    /// The one privilege that is nearest.
    public var privilege: Privilege?
    public var challenges: [ChallengeProgress]
    public var streaks: [StreakProgress]
    /// The pause of streaks that goes on or lies ahead.
    public var pause: StreakPause?
    public var tier: TierProgress?
    /// Earned first. At most six are shown.
    public var badges: [Badge]
    /// What waits because somebody is to look at it.
    public var waits: [WaitingReview] = []
    /// The one reward that fits best.
    public var reward: RewardOffer?
    public var balances: [Balance]
    /// Whether some of it can be given to others.
    public var maySendGifts = false
    /// Whether there are leaderboards.
    public var hasBoards = false
    /// Whether members may bring others.
    public var mayBringFriends = false
    /// Whether there are quizzes or contests.
    public var hasGames = false
    /// Whether people of the house write letters to members.
    public var getsLetters = false
    public var hasMakers = false
    public var takesProposals = false
    /// How many questions to the service desk have an answer that the member has not seen.
    public var newAnswers: Int64 = 0
    /// Whether the member was never asked how far suggestions may go.
    public var asksProfiling = false
    /// Whether there are challenges or leaderboards of teams.
    public var hasTeams = false
    /// How often the programme may urge the member.
    public var pressure: PressureDesk?
    /// The level that the member reached; `nil` without levels.
    public var step: LevelStep?
    /// What the member enjoys, by their own word: puts challenges in order.
    public var playStyles: [PlayStyle] = []
    /// What the member has changed, against their own beginning.
    public var measures: [OwnMeasure] = []

    public init(
        today: LocalDay, name: String? = nil, level: PrivacyLevel, suggestions: [Suggestion] = [],
        privilege: Privilege? = nil, challenges: [ChallengeProgress] = [], streaks: [StreakProgress] = [],
        pause: StreakPause? = nil, tier: TierProgress? = nil, badges: [Badge] = [],
        reward: RewardOffer? = nil, balances: [Balance] = []
    ) {
        self.today = today
        self.name = name
        self.level = level
        self.suggestions = suggestions
        self.privilege = privilege
        self.challenges = challenges
        self.streaks = streaks
        self.pause = pause
        self.tier = tier
        self.badges = badges
        self.reward = reward
        self.balances = balances
    }
}

/// A level that a member never falls from.
public struct LevelStep: Sendable, Hashable {
    public var level: Int64
    /// How the programme calls its levels.
    public var title: Wording?
    /// What the next one needs; `nil` at the highest.
    public var next: Amount?

    public init(level: Int64, title: Wording? = nil, next: Amount? = nil) {
        self.level = level
        self.title = title
        self.next = next
    }
}
