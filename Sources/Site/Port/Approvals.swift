/// A correction of points that waits, or waited, for a second person.
public struct CorrectionRequest: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable { case waiting, carriedOut, refused, expired }

    public var id: String
    /// The member's pseudonym.
    public var member: String
    /// Below zero for points that are taken.
    public var change: Amount
    public var reason: String
    public var askedBy: String
    public var day: LocalDay
    /// The last day on which somebody can agree.
    public var until: LocalDay
    public var state: State
    public var decidedBy: String?
    /// Why it was agreed to or refused.
    public var decision: String?
    /// Whether whoever looks asked for it themselves.
    public var isOwn: Bool

    public init(
        id: String, member: String, change: Amount, reason: String, askedBy: String, day: LocalDay, until: LocalDay,
        state: State = .waiting, decidedBy: String? = nil, decision: String? = nil, isOwn: Bool = false
    ) {
        self.id = id
        self.member = member
        self.change = change
        self.reason = reason
        self.askedBy = askedBy
        self.day = day
        self.until = until
        self.state = state
        self.decidedBy = decidedBy
        self.decision = decision
        self.isOwn = isOwn
    }
}

/// Corrections that a second person is to look at.
public struct ApprovalDesk: Sendable, Hashable {
    public var today: LocalDay
    /// The most points that one person corrects alone.
    public var limit: Int64
    /// The oldest first.
    public var waiting: [CorrectionRequest]
    /// The newest first.
    public var decided: [CorrectionRequest]

    public init(
        today: LocalDay, limit: Int64, waiting: [CorrectionRequest] = [], decided: [CorrectionRequest] = []
    ) {
        self.today = today
        self.limit = limit
        self.waiting = waiting
        self.decided = decided
    }
}

/// What became of a second person's word.
public enum ApprovalOutcome: Sendable, Hashable {
    case carriedOut, refused
    /// Whoever asked does not agree with themselves.
    case ownRequest
    /// It was decided, its time is over, or there is none.
    case over
    /// So many are there to take; it waits on.
    case tooFew(Amount)
    /// The ledger cannot hold it; it waits on.
    case impossible
}

/// What four eyes need. Everything throws an HTTP error with the status 403 for staff who may not correct points.
public protocol ApprovalSiteData: Sendable {
    func approvals(for staff: SiteStaff, language: Language) async throws -> ApprovalDesk
    /// Agrees to a correction, which is then carried out once, or refuses it.
    func decide(
        _ request: String, agrees: Bool, because reason: String, for staff: SiteStaff, language: Language
    ) async throws -> ApprovalOutcome
}
