import Loyalty
import Primitives

/// What is asked about a member's day.
public enum ReviewCommand: Sendable, Hashable {
    /// Somebody has looked: everything is released, or taken back.
    case decide(check: String, day: Int32, releases: Bool)
    /// Something that no event of this member alone shows.
    case raise(check: String, day: Int32)
}

extension Pipeline {
    func review(
        _ command: ReviewCommand, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes
    ) throws {
        let programme = context.programme.id
        switch command {
        case .decide(let check, let day, let releases):
            try state.decideReview(
                check, day: day, releases: releases, context, budgets: &budgets[programme, default: BudgetBook()],
                into: &changes)
        case .raise(let check, let day):
            try state.raiseReview(
                check, day: day, context, budgets: &budgets[programme, default: BudgetBook()], into: &changes)
        }
        changes.reschedules = true
    }
}
