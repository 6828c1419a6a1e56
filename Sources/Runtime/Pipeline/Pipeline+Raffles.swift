import Loyalty

extension Pipeline {
    func perform(
        _ action: RaffleAction, of raffle: String, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes
    ) throws {
        switch action {
        case .enter(let count, let free, let id):
            try state.enter(raffle, count, free: free, request: id, context, into: &changes)
        case .giveBack(let count, let id):
            try state.giveBack(count, of: raffle, request: id, context, into: &changes)
        case .offer(let place): try state.tell(place: place, of: raffle, context, into: &changes)
        case .prize(let prize, let place):
            try state.win(
                prize, place: place, of: raffle, context,
                budgets: &budgets[context.programme.id, default: BudgetBook()], into: &changes)
        }
    }
}
