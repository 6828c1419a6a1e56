public import Primitives

/// What a member proposes for the programme, in their own words.
public struct Proposal: Sendable, Hashable, Identifiable {
    /// What it is about.
    public enum Kind: String, Sendable, Hashable, CaseIterable { case rule, reward, idea }

    public enum State: Int64, Sendable, Hashable, CaseIterable {
        /// Nobody has looked whether it can be shown.
        case waiting = 0
        /// Members vote, until its last day.
        case open = 1
        /// It was not put to the vote, for the reason given.
        case refused = 2
        case adopted = 3
        case declined = 4
        /// Its author took it back.
        case withdrawn = 5

        public var name: String {
            switch self {
            case .waiting: "waiting"
            case .open: "open"
            case .refused: "refused"
            case .adopted: "adopted"
            case .declined: "declined"
            case .withdrawn: "withdrawn"
            }
        }

        /// Whether everybody sees it.
        public var isPublic: Bool { self == .open || self == .adopted || self == .declined }
    }

    public enum Choice: Int64, Sendable, Hashable, CaseIterable {
        case against = 0
        case inFavour = 1

        public var name: String { self == .inFavour ? "for" : "against" }

        public init?(name: String) {
            guard let choice = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = choice
        }
    }

    /// The most characters of a proposal.
    public static let most = 500
    /// The most characters of what staff answers.
    public static let answerMost = 1_000

    public let id: ID128
    /// `nil` once they were erased.
    public var author: MemberID?
    public var kind: Kind
    public var state: State
    /// The day it was sent, in the programme's time zone.
    public var day: Int32
    /// The last day of the vote.
    public var until: Int32?
    public var language: Language
    /// Its text, under a seal.
    public var sealed: [UInt8]
    /// What staff says of it: why it is refused, or the decision and its reason.
    public var answer: String?
    public var decidedDay: Int32?
    /// The version of the programme that has it.
    public var version: Int64?

    public init(
        id: ID128, author: MemberID?, kind: Kind, state: State = .waiting, day: Int32, language: Language,
        sealed: [UInt8] = []
    ) {
        self.id = id
        self.author = author
        self.kind = kind
        self.state = state
        self.day = day
        self.language = language
        self.sealed = sealed
    }

    /// Whether members vote on it on a day.
    public func isOpen(on day: Int32) -> Bool { state == .open && until.map { day <= $0 } ?? false }
}

/// How a vote stands. Who voted what is nobody's business: staff see no more than members.
public struct VoteCount: Sendable, Hashable {
    public var inFavour: Int64
    public var against: Int64

    public init(inFavour: Int64 = 0, against: Int64 = 0) {
        self.inFavour = inFavour
        self.against = against
    }

    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case inFavour = "for"
        case against
        /// Too few voted.
        case noQuorum = "no-quorum"
    }

    /// What the vote says: more for than against, among enough.
    public func outcome(quorum: Int64) -> Outcome {
        inFavour + against < quorum ? .noQuorum : inFavour > against ? .inFavour : .against
    }
}

extension ProposalTerms {
    /// Whether a member may propose; throws why not.
    ///
    /// - Parameters:
    ///   - open: how many of the member's proposals wait or are open.
    ///   - today: the member's day.
    public func checkAuthor(
        _ state: MemberState, open: Int, in programme: CompiledProgramme, today: Int32
    ) throws(HumanProblem) {
        try checkVoter(state, today: today)
        if let from {
            let ladder = programme.programme.tiers?.tiers.map(\.id) ?? []
            let tier = state.tier(in: programme, today: today)
            guard let mine = ladder.firstIndex(of: tier), let needed = ladder.firstIndex(of: from), mine >= needed
            else {
                throw .tierNeeded(from)
            }
        }
        guard open < openPerMember else { throw .tooManyProposals(openPerMember) }
    }

    /// Whether a member may vote; throws why not.
    public func checkVoter(_ state: MemberState, today: Int32) throws(HumanProblem) {
        guard today - state.profile.joinedDay >= Int32(memberDays) else { throw .tooNew(memberDays) }
    }

    /// How votes stand as it may be shown on a day: by policy, and no cell under ``PublishedCount/least``.
    public func shown(_ count: VoteCount, of proposal: Proposal, on day: Int32) -> (inFavour: Int64?, against: Int64?)?
    {
        guard counts == .live || !proposal.isOpen(on: day) else { return nil }
        return (PublishedCount.shown(count.inFavour), PublishedCount.shown(count.against))
    }
}

extension Proposal {
    /// Staff lets members vote on it, or says why not.
    public mutating func moderate(
        accepts: Bool, reason: String?, _ terms: ProposalTerms, today: Int32
    ) throws(HumanProblem) {
        let wanted: State = accepts ? .open : .refused
        if state == wanted { return }
        guard state == .waiting else { throw .decided }
        state = wanted
        answer = reason
        if accepts { until = today + Int32(terms.days) } else { decidedDay = today }
    }

    /// Staff answers it. Before its vote is over nothing is decided.
    ///
    /// - Parameter version: the version of the programme that has it, if it is there already.
    public mutating func decide(
        adopts: Bool, because: String, version: Int64?, today: Int32
    ) throws(HumanProblem) {
        let wanted: State = adopts ? .adopted : .declined
        if state == wanted, adopts {
            // An adopted one says later in which version it came.
            answer = because
            self.version = version ?? self.version
            return
        }
        guard state == .open else { throw state == .waiting ? .notOpen : .decided }
        guard !isOpen(on: today) else { throw .notOpen }
        state = wanted
        answer = because
        decidedDay = today
        self.version = adopts ? version : nil
    }

    /// Its author takes it back. What was decided stays, without their words.
    public mutating func withdraw() throws(HumanProblem) {
        if state == .withdrawn { return }
        guard state == .waiting || state == .open else { throw .decided }
        state = .withdrawn
        sealed = []
    }
}
