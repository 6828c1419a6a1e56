import Loyalty
import Primitives

extension Problem {
    /// Why a letter, a follow, a proposal or a vote is refused; `code` says which of the reasons of its type it is.
    init(_ problem: HumanProblem) {
        func refused(_ detail: String, _ extras: [(String, JSONValue)] = []) -> Problem {
            var all: JSONObject = ["code": .string(problem.code)]
            for (name, value) in extras { all[name] = value }
            return Problem(.proposalRefused, detail, extras: all)
        }
        switch problem {
        case .unknownLetter: self = .notFound("letter")
        case .letterEnded:
            self.init(.letterEnded, "It was sent or skipped, or the member wants no letters.")
        case .unknownMaker: self = .notFound("maker")
        case .followsTooMany(let most):
            self.init(
                .memberLimit, "One member follows at most \(most) makers.", extras: ["limit": .integer(Int64(most))])
        case .unknownProposal: self = .notFound("proposal")
        case .noProposals: self = refused("The programme takes no proposals.")
        case .tierNeeded(let tier): self = refused("Members propose from a tier on.", [("tier", .string(tier))])
        case .tooNew(let days):
            self = refused("Members propose and vote after some days with us.", [("days", .integer(Int64(days)))])
        case .tooManyProposals(let most):
            self = refused(
                "So many of a member's proposals may wait or be open at a time.", [("limit", .integer(Int64(most)))])
        case .notOpen: self = refused("It waits, its vote is over, or goes on: see `state` and `until_day`.")
        case .decided: self = refused("That was decided before.")
        }
    }
}
