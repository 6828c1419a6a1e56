import Primitives

extension MemberState {
    /// The name of the counter of a board's prizes: a mark per finished period, its size the rank.
    public static func prizes(of board: String) -> String { "prize/" + board }

    /// Gives the prize of a place in a finished period, once.
    ///
    /// - Parameters:
    ///   - first: the first day of the period, which with the board's name is the cause.
    ///   - effects: the prize as it stood in the version that fixed the period.
    /// - Returns: whether it was not given before.
    @discardableResult
    public mutating func givePrize(
        _ place: FinalPlace, of board: String, first: Int32, _ effects: [Effect], _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) -> Bool {
        let counter = Self.prizes(of: board)
        guard !(counters[counter]?.marks.contains { $0.day == first } ?? false) else { return false }
        try settle(context, into: &changes)
        counters[counter, default: .empty].add(CounterMark(day: first, wanted: Int64(place.rank)))
        changes.counters.insert(counter)
        let source = CompiledLeaderboard.counter(of: board)
        let today = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: today, context)
        let cause = ID128(high: 0x7072_697A_6500_0000, low: UInt64(UInt32(bitPattern: first)))
        let moment = Moment(cause: cause, at: at, day: today, event: context.now)
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(programme: programme, source: source, cause: cause, member: id, occurrence: 1),
                kind: .notice, source: source, version: context.programme.version, subject: "prize",
                amount: Int64(place.rank), wanted: place.score, at: at, day: today))
        for (index, effect) in effects.enumerated() {
            var effect = effect
            if case .award(_, let unit) = effect {
                guard place.amount > 0 else { continue }
                effect = .award(amount: String(place.amount), unit: unit)
            }
            try give(
                effect, source: source, version: context.programme.version, cause: cause, index: index, moment, { [] },
                context, budgets: &budgets, into: &changes)
        }
        return true
    }
}
