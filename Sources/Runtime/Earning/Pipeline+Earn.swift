import Loyalty
import Primitives

extension Pipeline {
    /// Gives what a token is worth and spends it in the same transaction.
    func earn(
        _ credit: EarningCredit, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws -> Answer.Status {
        guard !work.claimed.contains(credit.token) else { return .duplicate }
        // What the programme dropped since, or lets nobody earn this way any more, is worth nothing.
        if let type = compiled.eventTypes[credit.type], let earned = compiled.earning[credit.type]?[credit.classID] {
            try state.earn(
                earned, of: type, token: credit.token, day: credit.day, context,
                budgets: &budgets[compiled.id, default: BudgetBook()], into: &changes)
        }
        work.claimed.insert(credit.token)
        work.touched.insert(state.id)
        work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].spend(credit)
        return .done
    }
}
