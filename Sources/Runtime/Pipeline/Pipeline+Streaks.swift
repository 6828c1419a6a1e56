public import Loyalty

/// What a member chooses about their streaks, and what must be worked out again for them.
public enum StreakChange: Sendable, Hashable {
    /// All streaks lie aside on these days; `nil` ends a pause.
    case pause(DaySpan?)
    case goal(streak: String, days: Int)
    /// Days were repaired, or the programme changed.
    case review
}

extension Pipeline {
    func change(
        _ change: StreakChange, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes
    ) throws {
        switch change {
        case .pause(let days): try state.pauseStreaks(days, context, into: &changes)
        case .goal(let streak, let days): try state.chooseGoal(days, of: streak, context, into: &changes)
        case .review: try state.reviewStreaks(context, into: &changes)
        }
        changes.reschedules = true
    }
}
