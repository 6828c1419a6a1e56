import Loyalty
import Primitives

extension Pipeline {
    /// Counts an opening of a metered gate, once for each claim.
    ///
    /// - Throws: `CommandProblem.unknownGate`; `.conditionNotMet` when nothing opens it any more.
    func open(
        _ name: String, _ claim: ID128, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws -> Answer.Status {
        guard !work.claimed.contains(claim) else { return .duplicate }
        guard let gate = context.programme.programme.gates.first(where: { $0.id == name }) else {
            throw CommandProblem.unknownGate
        }
        guard state.open(gate, context, into: &changes) else { throw CommandProblem.conditionNotMet }
        work.claimed.insert(claim)
        work.touched.insert(state.id)
        let programme = context.programme.id
        work.batches[programme, default: LoyaltyBatch(programme: programme)].claim(claim)
        return .done
    }
}
