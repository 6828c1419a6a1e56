import Loyalty
public import Primitives

/// What a member does about friends on leaderboards: both agree, the one by giving a code away, the other by entering it.
public enum FriendAction: Sendable, Hashable {
    /// - Parameters:
    ///   - code: the keyed hash of the code that is given away.
    case offer(code: ID128)
    case accept(code: ID128, from: MemberID)
    case part(MemberID)
}

extension Pipeline {
    func perform(
        _ action: FriendAction, _ context: DecisionContext, _ state: MemberState, _ work: inout Work
    ) throws {
        let programme = context.programme.id
        var batch = work.batches[programme] ?? LoyaltyBatch(programme: programme)
        switch action {
        case .offer(let code):
            batch.offerFriendship(code, of: state.id, until: context.programmeDay + Int32(Engine.friendCodeDays))
        case .accept(let code, let owner):
            let owner = work.root(of: owner)
            guard owner != state.id else { throw CommandProblem.sameMember }
            batch.befriend(owner, state.id, code: code)
        case .part(let other): batch.unfriend(state.id, work.root(of: other))
        }
        work.touched.insert(state.id)
        work.batches[programme] = batch
    }
}

extension Engine {
    /// How many days a code connects.
    public static let friendCodeDays = 7
}
