import Loyalty
import Primitives
import Storage

/// What is done about a member's tier besides earning it.
public enum TierChange: Sendable, Hashable {
    case invite(tier: String, until: Int32?)
    case accept(tier: String)
    /// Declines an invitation, or ends one that was accepted.
    case decline(tier: String)
    /// The ladder changed.
    case review
}

extension Pipeline {
    func change(
        _ change: TierChange, _ context: DecisionContext, _ state: inout MemberState, _ changes: inout Changes
    ) throws {
        switch change {
        case .invite(let tier, let until): try state.invite(to: tier, until: until, context, into: &changes)
        case .accept(let tier): try state.answerInvitation(to: tier, accepts: true, context, into: &changes)
        case .decline(let tier): try state.answerInvitation(to: tier, accepts: false, context, into: &changes)
        case .review: break
        }
        changes.reschedules = true
    }
}

extension Keeper {
    /// Writes down when the tiers of members next move, page by page, after the ladder changed.
    static func reviewTiers(_ engine: Engine, _ programme: ProgrammeID) async throws {
        let store = LoyaltyStore(programme: programme)
        var last: MemberID?
        while true {
            let start = last
            let members = try await engine.database.read {
                try store.members(withCounter: "tiers/", after: start, limit: page, $0)
            }
            guard let end = members.last else { return }
            let now = engine.clock.now()
            try refusal(
                in: try await engine.submit(
                    members.map { Command(programme: programme, member: $0, action: .tiers(.review), now: now) }))
            last = end
        }
    }
}
