public import Primitives

/// A kind of shared wallet, as a household, a club or a team: `wallets` in the document.
public struct WalletKind: Sendable, Hashable {
    public enum Spending: String, Sendable, Hashable, CaseIterable {
        /// Every member of the wallet.
        case any
        case owner
    }

    public var id: String
    public var name: LocalizedText
    /// The most members of one wallet.
    public var maximumMembers: Int64
    /// Units that go to the wallet as they are earned, for as long as their earner belongs to it.
    public var pools: [String]
    /// Who may take from it.
    public var spend: Spending

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), maximumMembers: Int64 = 6, pools: [String] = [],
        spend: Spending = .any
    ) {
        self.id = id
        self.name = name
        self.maximumMembers = maximumMembers
        self.pools = pools
        self.spend = spend
    }
}

/// That a member belongs to a shared wallet.
public struct Membership: Sendable, Hashable {
    public enum Role: Int64, Sendable, Hashable {
        /// Belonged to it once; what they gave stays on record.
        case left = 0
        case member = 1
        case owner = 2
    }

    /// The wallet's own record.
    public var wallet: MemberID
    public var kind: String
    public var role: Role
    /// The day since when, in the programme's time zone.
    public var since: Int32
    /// Whether the other members see how much this one gave.
    public var shows: Bool
    /// What this member gave by unit, less what was called back.
    public var given: [String: Int64]

    public init(
        wallet: MemberID, kind: String, role: Role, since: Int32, shows: Bool = false, given: [String: Int64] = [:]
    ) {
        self.wallet = wallet
        self.kind = kind
        self.role = role
        self.since = since
        self.shows = shows
        self.given = given
    }

    public var isCurrent: Bool { role != .left }
}

/// What makes a record a shared wallet: it has a ledger and a statement like a member's, and belongs to several.
public struct SharedWallet: Sendable, Hashable {
    public var kind: String
    public var openedDay: Int32
    /// The keyed hash of the code with which members join.
    public var invitation: ID128
    public var memberCount: Int64

    public init(kind: String, openedDay: Int32, invitation: ID128, memberCount: Int64 = 0) {
        self.kind = kind
        self.openedDay = openedDay
        self.invitation = invitation
        self.memberCount = memberCount
    }
}
