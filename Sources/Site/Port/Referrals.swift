/// What a member sees of bringing others.
public struct FriendDesk: Sendable, Hashable {
    public var title: Wording
    public var why: Wording?
    /// In groups of four.
    public var code: String
    public var link: String
    public var waiting: Int64
    public var friends: Int64
    /// The standing that was reached.
    public var standing: Wording?
    /// The next one, and how many friends are missing.
    public var next: Wording?
    public var missing: Int64
    /// Whether the member may still say who brought them.
    public var mayClaim: Bool
    /// Whether staff ask the member to be an ambassador.
    public var isInvited = false

    public init(
        title: Wording, why: Wording? = nil, code: String, link: String, waiting: Int64 = 0, friends: Int64 = 0,
        standing: Wording? = nil, next: Wording? = nil, missing: Int64 = 0, mayClaim: Bool = false
    ) {
        self.title = title
        self.why = why
        self.code = code
        self.link = link
        self.waiting = waiting
        self.friends = friends
        self.standing = standing
        self.next = next
        self.missing = missing
        self.mayClaim = mayClaim
    }
}

/// What an ambassador sees of that.
public struct AmbassadorDesk: Sendable, Hashable {
    /// Something that a standing gives.
    public enum Gift: Sendable, Hashable {
        case amount(Amount)
        case named(Wording)
        case access
    }

    /// A standing that staff ask the member to take.
    public struct Invitation: Sendable, Hashable {
        public var id: String
        public var name: Wording
        public var gives: [Gift]

        public init(id: String, name: Wording, gives: [Gift] = []) {
            self.id = id
            self.name = name
            self.gives = gives
        }
    }

    public var today: LocalDay
    /// `nil` for who is none, or not yet.
    public var standing: Wording?
    public var since: LocalDay?
    public var gives: [Gift]
    public var invitations: [Invitation]
    public var friends: FriendDesk

    public init(
        today: LocalDay, standing: Wording? = nil, since: LocalDay? = nil, gives: [Gift] = [],
        invitations: [Invitation] = [], friends: FriendDesk
    ) {
        self.today = today
        self.standing = standing
        self.since = since
        self.gives = gives
        self.invitations = invitations
        self.friends = friends
    }
}

/// Those in the console: how many there are, and who is an ambassador.
public struct ConsoleFriends: Sendable, Hashable {
    public struct Ambassador: Sendable, Hashable {
        /// The member's pseudonym.
        public var member: String
        public var standing: Wording
        public var since: LocalDay
        public var friends: Int64

        public init(member: String, standing: Wording, since: LocalDay, friends: Int64) {
            self.member = member
            self.standing = standing
            self.since = since
            self.friends = friends
        }
    }

    /// A standing to which staff may invite members.
    public struct Standing: Sendable, Hashable {
        public var id: String
        public var name: Wording

        public init(id: String, name: Wording) {
            self.id = id
            self.name = name
        }
    }

    public var today: LocalDay
    public var open: Int64
    public var rewarded: Int64
    public var ended: Int64
    /// At most 100 of each standing, the highest first.
    public var ambassadors: [Ambassador]
    /// Those to invite members to; empty for who may not.
    public var standings: [Standing]

    public init(
        today: LocalDay, open: Int64 = 0, rewarded: Int64 = 0, ended: Int64 = 0, ambassadors: [Ambassador] = [],
        standings: [Standing] = []
    ) {
        self.today = today
        self.open = open
        self.rewarded = rewarded
        self.ended = ended
        self.ambassadors = ambassadors
        self.standings = standings
    }
}
