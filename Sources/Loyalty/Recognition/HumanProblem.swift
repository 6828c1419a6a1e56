/// Why a letter, a follow, a proposal or a vote is refused.
public enum HumanProblem: Error, Sendable, Hashable {
    case unknownLetter
    /// It was sent, skipped or lapsed, or the member wants no letters.
    case letterEnded
    case unknownMaker
    /// A member follows at most so many makers.
    case followsTooMany(Int)
    /// The programme takes no proposals.
    case noProposals
    /// Members propose from this tier on.
    case tierNeeded(String)
    /// Members propose and vote once they have been with us for so many days.
    case tooNew(Int)
    /// So many of a member's proposals may wait or be open at a time.
    case tooManyProposals(Int)
    case unknownProposal
    /// It is not open for votes: it waits, was refused, or its days are over.
    case notOpen
    /// Staff has decided on it.
    case decided

    /// Such as `letter-ended`.
    public var code: String {
        switch self {
        case .unknownLetter: "unknown-letter"
        case .letterEnded: "letter-ended"
        case .unknownMaker: "unknown-maker"
        case .followsTooMany: "follows-too-many"
        case .noProposals: "no-proposals"
        case .tierNeeded: "tier-needed"
        case .tooNew: "too-new"
        case .tooManyProposals: "too-many-proposals"
        case .unknownProposal: "unknown-proposal"
        case .notOpen: "not-open"
        case .decided: "decided"
        }
    }
}
