public import Loyalty
public import Primitives

/// What people do to each other by way of a programme: follow, thank, propose, vote.
public enum HumanAction: Sendable, Hashable {
    case follow(maker: String, follows: Bool)
    /// Whether the member wants letters.
    case letters(Bool)
    case reply(letter: ID128, Letter.Reply?)
    /// A signer is asked to write a letter today.
    case ask(letter: ID128, signer: String)
    case write(letter: ID128, text: String, Language)
    case skip(letter: ID128)
    /// It is the day of the year that the member gave.
    case birthday
    case propose(id: ID128, kind: Proposal.Kind, text: String)
    case withdrawProposal(ID128)
    /// `nil` takes the vote back.
    case vote(ID128, Proposal.Choice?)
    /// By staff, and about no member.
    case moderate(ID128, accepts: Bool, reason: String?)
    case decideProposal(ID128, adopts: Bool, because: String, version: Int64?)
    /// When the calendar next matters to the member is worked out again.
    case review

    /// The most makers that a member follows.
    public static let mostFollows = 500

    var letter: ID128? {
        switch self {
        case .reply(let letter, _), .ask(let letter, _), .write(let letter, _, _), .skip(let letter): letter
        default: nil
        }
    }

    var proposal: ID128? {
        switch self {
        case .propose(let id, _, _), .withdrawProposal(let id), .vote(let id, _), .moderate(let id, _, _),
            .decideProposal(let id, _, _, _):
            id
        default: nil
        }
    }
}

/// What a batch's human actions need to know of what is stored.
struct HumanFacts: Sendable {
    var letters: [ID128: Letter] = [:]
    var proposals: [ID128: Proposal] = [:]
    /// How many proposals of a member wait or are open.
    var open: [MemberID: Int] = [:]
    var follows: [MemberID: Set<String>] = [:]
}
