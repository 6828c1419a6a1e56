import Loyalty
public import Primitives

/// What a member, or staff, does about challenges and badges. `id` is derived from the request, so that a repeated one is
/// the same.
public enum AchievementCommand: Sendable, Hashable {
    case join(challenge: String, id: ID128)
    case leave(challenge: String, id: ID128)
    case goal(challenge: String, target: Int64, id: ID128)
    case revoke(badge: String, reason: String, id: ID128)
}

extension Pipeline {
    func perform(
        _ command: AchievementCommand, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes
    ) throws {
        switch command {
        case .join(let challenge, let id): try state.join(challenge, id: id, context, into: &changes)
        case .leave(let challenge, let id): try state.leave(challenge, id: id, context, into: &changes)
        case .goal(let challenge, let target, let id):
            try state.setGoal(
                challenge, to: target, id: id, context,
                budgets: &budgets[context.programme.id, default: BudgetBook()], into: &changes)
        case .revoke(let badge, let reason, let id):
            try state.revoke(badge: badge, id: id, reason: reason, context, into: &changes)
        }
    }

    /// Carries out what a member chose. Whoever leaves the level `personal` leaves behind which things they had.
    func change(
        _ change: ProfileChange, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes
    ) {
        let before = state.profile.level
        state.apply(change)
        changes.profileChanged = true
        if before == .personal, state.profile.level != .personal {
            state.leavePersonal(context, into: &changes)
        }
    }
}
