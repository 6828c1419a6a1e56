/// Those with whom a member agreed to see each other on leaderboards.
public struct CircleDesk: Sendable, Hashable {
    public struct Friend: Sendable, Hashable {
        /// What stands for them on this member's page.
        public var id: String
        /// Under which name they stand on which board; empty where not both take part.
        public var boards: [Place]

        public init(id: String, boards: [Place] = []) {
            self.id = id
            self.boards = boards
        }
    }

    public struct Place: Sendable, Hashable {
        public var board: Wording
        public var name: String

        public init(board: Wording, name: String) {
            self.board = board
            self.name = name
        }
    }

    public var friends: [Friend]
    /// For how many days a code connects.
    public var codeDays: Int

    public init(friends: [Friend] = [], codeDays: Int = 7) {
        self.friends = friends
        self.codeDays = codeDays
    }
}

/// The teams that there can be, and the member's own.
public struct TeamDesk: Sendable, Hashable {
    /// How far a team is in a challenge of its own.
    public struct Challenge: Sendable, Hashable {
        public var title: Wording
        public var target: Int64
        /// What the team reached; `nil` where that would tell what others did.
        public var reached: Int64?
        /// How many quarters of the target, 0 to 4.
        public var quarters: Int
        /// What the member added.
        public var own: Int64
        /// The others who show it, under names that are drawn, the most first.
        public var others: [Part]
        public var until: LocalDay?

        public init(
            title: Wording, target: Int64, reached: Int64? = nil, quarters: Int = 0, own: Int64 = 0,
            others: [Part] = [], until: LocalDay? = nil
        ) {
            self.title = title
            self.target = target
            self.reached = reached
            self.quarters = quarters
            self.own = own
            self.others = others
            self.until = until
        }
    }

    public struct Part: Sendable, Hashable {
        public var name: String
        public var added: Int64

        public init(name: String, added: Int64) {
            self.name = name
            self.added = added
        }
    }

    public struct Team: Sendable, Hashable {
        public var id: String
        public var name: Wording
        public var members: Int64
        public var challenges: [Challenge]
        /// Whether the others see what the member added.
        public var shows: Bool
        public var mayLeave: Bool
        public var mayInvite: Bool

        public init(
            id: String, name: Wording, members: Int64, challenges: [Challenge] = [], shows: Bool = false,
            mayLeave: Bool = true, mayInvite: Bool = false
        ) {
            self.id = id
            self.name = name
            self.members = members
            self.challenges = challenges
            self.shows = shows
            self.mayLeave = mayLeave
            self.mayInvite = mayInvite
        }
    }

    /// A kind of team that can be opened, with the challenges that are waiting for it.
    public struct Kind: Sendable, Hashable {
        public var id: String
        public var name: Wording
        public var challenges: [Wording]

        public init(id: String, name: Wording, challenges: [Wording] = []) {
            self.id = id
            self.name = name
            self.challenges = challenges
        }
    }

    public var today: LocalDay
    public var teams: [Team]
    /// Kinds of which the member has no team.
    public var kinds: [Kind]

    public init(today: LocalDay, teams: [Team] = [], kinds: [Kind] = []) {
        self.today = today
        self.teams = teams
        self.kinds = kinds
    }
}

/// What a member does about a team.
public enum TeamWish: Sendable, Hashable {
    case open(kind: String)
    case join(code: String)
    case leave
    case show(Bool)
    /// A new code; the one before opens nothing any more.
    case invite
}

/// What came of it.
public enum TeamOutcome: Sendable, Hashable {
    /// The code with which others join.
    case code(String)
    case done
    /// The team or the programme does not allow it.
    case refused
    /// No team is behind this code.
    case unknown
}

/// Leaderboards in the console.
public struct ConsoleBoards: Sendable, Hashable {
    /// How many take part; `nil` for fewer than may be told.
    public struct Crowd: Sendable, Hashable {
        /// The cohort; `nil` for everybody.
        public var cohort: Wording?
        public var count: Int64

        public init(cohort: Wording? = nil, count: Int64) {
            self.cohort = cohort
            self.count = count
        }
    }

    public struct Period: Sendable, Hashable {
        public enum State: Sendable, Hashable {
            case running
            /// It is over, and fixed on this day.
            case waiting(LocalDay)
            case finished
        }

        public var state: State
        /// `nil` for a board without periods.
        public var first: LocalDay?
        public var last: LocalDay?
        /// Those that are large enough to be shown; empty if there is none.
        public var crowds: [Crowd]
        public var prizesGiven: Int64
        public var prizesOpen: Int64
        /// What its prizes give; `nil` without points.
        public var total: Amount?

        public init(
            state: State, first: LocalDay? = nil, last: LocalDay? = nil, crowds: [Crowd] = [], prizesGiven: Int64 = 0,
            prizesOpen: Int64 = 0, total: Amount? = nil
        ) {
            self.state = state
            self.first = first
            self.last = last
            self.crowds = crowds
            self.prizesGiven = prizesGiven
            self.prizesOpen = prizesOpen
            self.total = total
        }
    }

    public struct Board: Sendable, Hashable {
        public var title: Wording
        /// With fewer nobody has a rank.
        public var minimum: Int64
        /// The kind of team that is ranked.
        public var teams: Wording?
        public var periods: [Period]

        public init(title: Wording, minimum: Int64, teams: Wording? = nil, periods: [Period] = []) {
            self.title = title
            self.minimum = minimum
            self.teams = teams
            self.periods = periods
        }
    }

    public var today: LocalDay
    public var boards: [Board]

    public init(today: LocalDay, boards: [Board] = []) {
        self.today = today
        self.boards = boards
    }
}

/// What pages of friends, teams and boards need from the rest of the house.
public protocol TogetherSiteData: Sendable {
    func circle(of member: SiteMember, language: Language) async throws -> CircleDesk
    /// A code that connects one other member; the one before connects nobody any more.
    /// - Parameter key: 32 hexadecimal digits made for one form: the same key again gives the same code.
    func offerFriendship(for member: SiteMember, key: String) async throws -> String
    /// `false` for a code that connects nobody, or for the member's own.
    func acceptFriendship(code: String, for member: SiteMember) async throws -> Bool
    /// `false` if there is no such friend.
    func endFriendship(_ id: String, for member: SiteMember) async throws -> Bool
    func teams(of member: SiteMember, language: Language) async throws -> TeamDesk
    /// - Parameters:
    ///   - id: the team; anything for one that is opened or joined.
    ///   - key: 32 hexadecimal digits made for one form: the same key again is the same wish.
    func team(_ id: String, _ wish: TeamWish, for member: SiteMember, key: String) async throws -> TeamOutcome
    func boards(for staff: SiteStaff, language: Language) async throws -> ConsoleBoards
}
