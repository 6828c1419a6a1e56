/// Whether and how members propose rules and rewards and vote on them: the key `proposals`.
public struct ProposalTerms: Sendable, Hashable {
    /// When how votes stand is shown.
    public enum Counts: String, Sendable, Hashable, CaseIterable {
        /// Once the vote is over, so that nobody follows the crowd.
        case closed
        case live
    }

    /// The tier from which on members may propose; `nil` for everybody. Voting is for everybody.
    public var from: String?
    /// How many days somebody must have been with us to propose and to vote: an answer to accounts made for a vote.
    public var memberDays: Int
    /// How many of a member's proposals may wait or be open at a time.
    public var openPerMember: Int
    /// How many days members vote.
    public var days: Int
    /// With fewer votes than this the vote decides nothing.
    public var quorum: Int64
    public var counts: Counts

    public init(
        from: String? = nil, memberDays: Int = 0, openPerMember: Int = 1, days: Int = 14, quorum: Int64 = 20,
        counts: Counts = .closed
    ) {
        self.from = from
        self.memberDays = memberDays
        self.openPerMember = openPerMember
        self.days = days
        self.quorum = quorum
        self.counts = counts
    }
}

/// A change that members are told of before it holds: the key `announcements`.
public struct Announcement: Sendable, Hashable {
    /// The day from which it will hold, in the programme's time zone.
    public var day: Int32
    public var what: LocalizedText
    public var because: LocalizedText

    public init(day: Int32, what: LocalizedText, because: LocalizedText = LocalizedText([:])) {
        self.day = day
        self.what = what
        self.because = because
    }
}
