/// Where one referral stands: a function of the sets of days on which things happened, so that late events end in the
/// same place as orderly ones.
public enum ReferralStatus: Sendable, Hashable {
    /// The friend has until the end of this day to do what counts.
    case waiting(until: Int32)
    /// They did; both have their reward on the day `ripe`.
    case held(since: Int32, ripe: Int32)
    case ripe(since: Int32)
    case cancelled(Int32)
    case lapsed

    /// - Parameters:
    ///   - claimed: the day on which the friend said who brought them.
    ///   - qualified: days on which they did what counts.
    ///   - cancelled: days on which they ended it.
    ///   - grace: in how many days late events may still come in.
    public static func compute(
        _ referral: Referral, claimed: Int32, qualified: [Int32], cancelled: [Int32], grace: Int32, today: Int32
    ) -> ReferralStatus {
        let last = claimed + referral.within
        guard let since = qualified.filter({ $0 >= claimed && $0 <= last }).min() else {
            return today > last + grace ? .lapsed : .waiting(until: last)
        }
        if let end = cancelled.filter({ $0 >= since && $0 <= since + referral.hold }).min() { return .cancelled(end) }
        let ripe = since + referral.hold + grace + 1
        return today >= ripe ? .ripe(since: since) : .held(since: since, ripe: ripe)
    }
}

/// How referrals are kept beside members: in counters, so that loading, merging, erasing and back-up know them.
///
/// | Counter | Holds |
/// |---|---|
/// | `referral/claim` | the day on which the friend said who brought them |
/// | `referral/qualifies`, `referral/cancels` | days of what counts, and of what ends it |
/// | `referral/shares` | keyed hashes of what two people should not share, by day |
/// | `referral/settled` | how it ended (slot), by day |
/// | `referral/given` | at the advocate: friends who stayed, by day |
/// | `referral/ambassador/ID` | the day on which this standing was reached |
/// | `referral/invited/ID` | the day on which staff invited the member to it |
/// | `referral/code` | `refused`: how often the member drew another code |
public enum ReferralCounters {
    static let claim = "referral/claim"
    static let qualifies = "referral/qualifies"
    static let cancels = "referral/cancels"
    public static let shares = "referral/shares"
    static let settled = "referral/settled"
    static let given = "referral/given"
    static let code = "referral/code"
    static let ambassadorPrefix = "referral/ambassador/"
    static let invitedPrefix = "referral/invited/"
    static func ambassador(_ id: String) -> String { ambassadorPrefix + id }
    static func invited(_ id: String) -> String { invitedPrefix + id }
}

/// How a referral ended, or that it has not.
public enum ReferralState: Int64, Sendable, Hashable, CaseIterable {
    /// It waits: for what counts, for its time, or for a review.
    case open = 0
    case rewarded = 2
    /// Cancelled, lapsed, or refused.
    case ended = 3

    public var name: String {
        switch self {
        case .open: "open"
        case .rewarded: "rewarded"
        case .ended: "ended"
        }
    }
}

/// Why a referral is refused.
public enum ReferralProblem: Error, Sendable, Hashable {
    /// The programme has none.
    case none
    case unknownCode
    /// Nobody brings themselves.
    case oneself
    /// One advocate per friend.
    case claimedBefore
    /// The days for saying so are over.
    case tooLate(Int32)
    /// The programme has no such standing, or nobody is invited to it.
    case unknownStanding
    case isAmbassador
    case notInvited
}
