/// What people of the house wrote to a member.
public struct LetterBox: Sendable, Hashable {
    public struct Letter: Sendable, Hashable {
        public enum Reply: String, Sendable, Hashable { case heart, thanks }

        public var id: String
        public var from: Face
        /// The page about the person who signs.
        public var page: WebLink?
        public var day: LocalDay
        public var text: Wording
        public var why: Wording?
        public var reply: Reply?

        public init(
            id: String, from: Face, page: WebLink? = nil, day: LocalDay, text: Wording, why: Wording? = nil,
            reply: Reply? = nil
        ) {
            self.id = id
            self.from = from
            self.page = page
            self.day = day
            self.text = text
            self.why = why
            self.reply = reply
        }
    }

    public var today: LocalDay
    public var letters: [Letter]
    public var wantsLetters: Bool
    /// The day of the year that the member gave to be congratulated on, as `03-14`; `nil` for none.
    public var birthday: String?
    /// Whether the programme congratulates anybody on it.
    public var asksBirthday: Bool
    /// The cursor of the next page.
    public var older: String?
    /// How many questions to the service desk have an answer that the member has not seen.
    public var newAnswers: Int64 = 0

    public init(
        today: LocalDay, letters: [Letter] = [], wantsLetters: Bool = true, birthday: String? = nil,
        asksBirthday: Bool = false, older: String? = nil
    ) {
        self.today = today
        self.letters = letters
        self.wantsLetters = wantsLetters
        self.birthday = birthday
        self.asksBirthday = asksBirthday
        self.older = older
    }
}

/// A maker whom members can follow.
public struct MakerFace: Sendable, Hashable {
    public var id: String
    public var face: Face
    public var biography: Wording?
    public var isFollowed: Bool
    /// As it may be shown; `nil` for few.
    public var followers: Int64?
    /// What they made lately.
    public var items: [ItemCard]

    public init(
        id: String, face: Face, biography: Wording? = nil, isFollowed: Bool = false, followers: Int64? = nil,
        items: [ItemCard] = []
    ) {
        self.id = id
        self.face = face
        self.biography = biography
        self.isFollowed = isFollowed
        self.followers = followers
        self.items = items
    }
}

/// What changed in the programme, and what will.
public struct ProgrammeStory: Sendable, Hashable {
    public struct Edition: Sendable, Hashable {
        public var day: LocalDay
        public var because: Wording?
        public var changes: [Wording]
        /// What members proposed and came with it.
        public var proposals: [Wording]
        public var isFirst: Bool

        public init(
            day: LocalDay, because: Wording? = nil, changes: [Wording] = [], proposals: [Wording] = [],
            isFirst: Bool = false
        ) {
            self.day = day
            self.because = because
            self.changes = changes
            self.proposals = proposals
            self.isFirst = isFirst
        }
    }

    public struct Ahead: Sendable, Hashable {
        public var day: LocalDay
        public var what: Wording
        public var because: Wording?

        public init(day: LocalDay, what: Wording, because: Wording? = nil) {
            self.day = day
            self.what = what
            self.because = because
        }
    }

    public var today: LocalDay
    public var ahead: [Ahead]
    public var editions: [Edition]
    public var older: String?

    public init(today: LocalDay, ahead: [Ahead] = [], editions: [Edition] = [], older: String? = nil) {
        self.today = today
        self.ahead = ahead
        self.editions = editions
        self.older = older
    }
}

/// What members propose.
public struct ProposalDesk: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case waiting, open, over, refused, adopted, declined, withdrawn
    }
    public enum Choice: String, Sendable, Hashable {
        case inFavour = "for"
        case against
    }
    public enum Outcome: Sendable, Hashable { case inFavour, against, noQuorum }

    public struct Proposal: Sendable, Hashable {
        public var id: String
        public var kind: Kind
        public var state: State
        public var text: Wording
        public var until: LocalDay?
        public var own: Choice?
        public var isMine: Bool
        /// Votes as they may be shown; `nil` for few, both `nil` for none shown.
        public var inFavour: Int64?
        public var against: Int64?
        public var showsCounts: Bool
        public var outcome: Outcome?
        public var answer: String?

        public enum Kind: String, Sendable, Hashable, CaseIterable { case rule, reward, idea }

        public init(
            id: String, kind: Kind, state: State, text: Wording, until: LocalDay? = nil, own: Choice? = nil,
            isMine: Bool = false, inFavour: Int64? = nil, against: Int64? = nil, showsCounts: Bool = false,
            outcome: Outcome? = nil, answer: String? = nil
        ) {
            self.id = id
            self.kind = kind
            self.state = state
            self.text = text
            self.until = until
            self.own = own
            self.isMine = isMine
            self.inFavour = inFavour
            self.against = against
            self.showsCounts = showsCounts
            self.outcome = outcome
            self.answer = answer
        }
    }

    public var today: LocalDay
    /// Whether the programme takes proposals.
    public var isOpen: Bool
    public var open: [Proposal]
    public var answered: [Proposal]
    public var mine: [Proposal]

    public init(
        today: LocalDay, isOpen: Bool = true, open: [Proposal] = [], answered: [Proposal] = [], mine: [Proposal] = []
    ) {
        self.today = today
        self.isOpen = isOpen
        self.open = open
        self.answered = answered
        self.mine = mine
    }
}

/// What became of something that a member asked for.
public enum HumanOutcome: String, Sendable, Hashable, CaseIterable {
    case done, sent
    /// Too long, or nothing in it.
    case unreadable
    /// The member has as many open as the programme takes.
    case tooMany = "too-many"
    /// Too new, or not in the tier that may.
    case notYet = "not-yet"
    /// It is over, or was decided.
    case over
}

/// What signers are asked to write today.
public struct WritersDesk: Sendable, Hashable {
    public struct Request: Sendable, Hashable {
        public var id: String
        public var signer: Face
        /// A pseudonym in a few characters: who it is, nobody need know.
        public var reader: String
        public var why: Wording
        public var day: LocalDay
        public var draft: Wording
        /// Whether whoever looks may write it: a signer may have writers of their own.
        public var mayWrite: Bool

        public init(
            id: String, signer: Face, reader: String, why: Wording, day: LocalDay, draft: Wording,
            mayWrite: Bool = true
        ) {
            self.mayWrite = mayWrite
            self.id = id
            self.signer = signer
            self.reader = reader
            self.why = why
            self.day = day
            self.draft = draft
        }
    }

    public var today: LocalDay
    public var requests: [Request]
    /// How many letters were sent so far.
    public var sent: Int64
    public var hearts: Int64?
    public var thanks: Int64?

    public init(
        today: LocalDay, requests: [Request] = [], sent: Int64 = 0, hearts: Int64? = nil, thanks: Int64? = nil
    ) {
        self.today = today
        self.requests = requests
        self.sent = sent
        self.hearts = hearts
        self.thanks = thanks
    }
}

/// The console's list of proposals.
public struct ModerationDesk: Sendable, Hashable {
    public var today: LocalDay
    /// Nobody has looked at these.
    public var waiting: [ProposalDesk.Proposal]
    public var open: [ProposalDesk.Proposal]
    /// Their vote is over: they want an answer.
    public var over: [ProposalDesk.Proposal]
    public var version: Int
    public var mayDecide: Bool

    public init(
        today: LocalDay, waiting: [ProposalDesk.Proposal] = [], open: [ProposalDesk.Proposal] = [],
        over: [ProposalDesk.Proposal] = [], version: Int = 1, mayDecide: Bool = true
    ) {
        self.today = today
        self.waiting = waiting
        self.open = open
        self.over = over
        self.version = version
        self.mayDecide = mayDecide
    }
}

/// What staff does about a proposal.
public enum ProposalAnswer: Sendable, Hashable {
    case accept
    case refuse(String)
    case adopt(String, inThisVersion: Bool)
    case decline(String)
}

/// Everything that the pages about people need.
public protocol HumanSiteData: BacktestSiteData {
    func letters(of member: SiteMember, after: String?, language: Language) async throws -> LetterBox?
    /// `false` if it is not a letter of theirs.
    func reply(_ reply: LetterBox.Letter.Reply?, to letter: String, for member: SiteMember) async throws -> Bool
    func chooseLetters(_ wants: Bool, for member: SiteMember) async throws
    /// The day of the year to be congratulated on, as `03-14`; `nil` forgets it. `false` if there is no such day.
    func giveBirthday(_ day: String?, for member: SiteMember) async throws -> Bool
    /// All makers, those whom the member follows first.
    func makers(of member: SiteMember, language: Language) async throws -> [MakerFace]
    func maker(_ id: String, for member: SiteMember, language: Language) async throws -> MakerFace?
    func follow(_ maker: String, _ follows: Bool, for member: SiteMember) async throws -> Bool
    func story(of member: SiteMember, after: String?, language: Language) async throws -> ProgrammeStory?
    func proposals(of member: SiteMember, language: Language) async throws -> ProposalDesk
    func propose(_ kind: ProposalDesk.Proposal.Kind, _ text: String, for member: SiteMember, key: String) async throws
        -> HumanOutcome
    func vote(_ choice: ProposalDesk.Choice?, on proposal: String, for member: SiteMember) async throws -> HumanOutcome
    func withdrawProposal(_ proposal: String, for member: SiteMember) async throws -> HumanOutcome
    func letters(for staff: SiteStaff, language: Language) async throws -> WritersDesk
    /// - Parameter text: `nil` skips it.
    func write(_ text: String?, letter: String, for staff: SiteStaff) async throws -> HumanOutcome
    func proposals(for staff: SiteStaff, language: Language) async throws -> ModerationDesk
    func answer(_ answer: ProposalAnswer, proposal: String, for staff: SiteStaff) async throws -> HumanOutcome
}
