import Primitives

extension MemberState {
    /// The member leaves the level `personal`, or another record of theirs that was at it is joined to this one: what is kept
    /// at it alone goes.
    public mutating func leavePersonal(_ context: DecisionContext, into changes: inout Changes) {
        forgetIdentities(in: context.programme, into: &changes)
        forgetMakers(in: context.programme.programme, into: &changes)
        changes.leavesPersonal = context.calendar
    }

    /// Whose work the member reads is not kept below the level `personal`.
    mutating func forgetMakers(in programme: Programme, into changes: inout Changes) {
        for occasion in programme.occasions {
            if case .count(let count) = occasion.moment, count.isPerMaker {
                changes.forgottenOccasions.insert(occasion.id)
            }
        }
        for name in counters.keys where RecognitionCounters.isPersonal(name) {
            counters[name] = .empty
            changes.counters.insert(name)
        }
    }
}
