/// All that a member's tier follows from: sets, in which no order of arrival is left.
public struct TierHistory: Sendable, Hashable {
    /// By local day: what was earned, less what was taken back; with tiers by balance what came, less what went.
    public var days: [Int32: Int64]
    /// The member's first day.
    public var joined: Int32
    public var invitations: [TierInvitation]

    public init(days: [Int32: Int64] = [:], joined: Int32, invitations: [TierInvitation] = []) {
        self.days = days
        self.joined = joined
        self.invitations = invitations
    }
}

/// An invitation to a tier that nobody reaches by credits.
public struct TierInvitation: Sendable, Hashable {
    public enum State: Int64, Sendable, Hashable, CaseIterable {
        case offered = 1
        case accepted = 2
        /// Declined by the member, or taken back.
        case ended = 3

        public var name: String {
            switch self {
            case .offered: "offered"
            case .accepted: "accepted"
            case .ended: "ended"
            }
        }
    }

    public var tier: String
    public var state: State
    /// The day on which it came into this state.
    public var day: Int32
    /// The last day of the tier; `nil` for no end.
    public var until: Int32?

    public init(tier: String, state: State, day: Int32, until: Int32? = nil) {
        self.tier = tier
        self.state = state
        self.day = day
        self.until = until
    }

    /// Whether it gives the tier on a day.
    public func holds(on day: Int32) -> Bool {
        state == .accepted && self.day <= day && until.map { day <= $0 } ?? true
    }
}

/// Where a member stands on a day.
public struct TierStatus: Sendable, Hashable {
    /// A change of the tier, or word of one that is to come.
    public struct Move: Sendable, Hashable {
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            case up = "tier-up"
            case down = "tier-down"
            case willEnd = "tier-will-end"
        }

        public var kind: Kind
        public var day: Int32
        /// Empty below the lowest tier.
        public var from: String
        public var to: String
        /// The credits that counted, and what the tier asks.
        public var credits: Int64
        public var needed: Int64
        /// For ``Kind/willEnd`` the first day without the tier if nothing changes.
        public var end: Int32?
    }

    /// Empty below the lowest tier.
    public var tier = ""
    /// The first day on which it does not last any more, without grace; `nil` if it lasts as long as it is deserved.
    public var lastsUntil: Int32?
    /// The first day without it if nothing is earned: ``lastsUntil`` and the grace; `nil` as there.
    public var endsOn: Int32?
    /// What counts today.
    public var credits: Int64 = 0
    /// The next tier that credits can reach.
    public var next: (id: String, missing: Int64)?
    /// The running period; `nil` without periods.
    public var period: Range<Int32>?
    /// The tier on the first day after the running period if the member goes on as in it; see ``TierCalculator``.
    public var projected: String?
    /// All changes up to today, in order.
    public var moves: [Move] = []

    public static func == (left: TierStatus, right: TierStatus) -> Bool {
        left.tier == right.tier && left.lastsUntil == right.lastsUntil && left.endsOn == right.endsOn
            && left.credits == right.credits && left.next?.id == right.next?.id
            && left.next?.missing == right.next?.missing && left.projected == right.projected
            && left.moves == right.moves
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(tier)
        hasher.combine(credits)
    }
}
