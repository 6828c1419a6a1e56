public import Loyalty
public import Primitives

/// What is asked of a referral.
public enum ReferralAction: Sendable, Hashable {
    /// The member says who brought them.
    case claim(advocate: MemberID)
    /// The member has seen their code.
    case open
    /// The member's own code is another one from now on.
    case draw
    /// What the calendar, and staff, say of the member's referral.
    ///
    /// - Parameters:
    ///   - record: as it is stored.
    ///   - verdict: what staff decided.
    case settle(record: ReferralRecord, suspicious: Bool, verdict: Bool?)

    var advocate: MemberID? {
        switch self {
        case .claim(let advocate): advocate
        case .settle(let record, _, _): record.advocate
        case .draw, .open: nil
        }
    }
}

extension Pipeline {
    func refer(
        _ action: ReferralAction, _ command: Command, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        switch action {
        case .open: state.openReferral(into: &changes)
        case .draw: state.drawReferralCode(into: &changes)
        case .claim(let advocate):
            guard work.root(of: advocate) != state.id else { throw CommandProblem.referral(.oneself) }
            let day = try state.claimReferral(context, into: &changes)
            work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].add(
                ReferralRecord(
                    member: state.id, advocate: work.root(of: advocate), claimedDay: day,
                    nextDay: context.programmeDay))
        case .settle(var record, let suspicious, let verdict):
            let cause = EffectID.derived(
                programme: compiled.id, source: "referral", cause: ID128(high: 0, low: 0), member: record.member)
            record.state = try settle(
                record, suspicious, verdict, cause, command, compiled, context, &state, &changes, &work)
            record.nextDay = record.state == .open ? context.programmeDay + 1 : nil
            work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].add(record)
        }
    }

    private func settle(
        _ record: ReferralRecord, _ suspicious: Bool, _ verdict: Bool?, _ cause: ID128, _ command: Command,
        _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws -> ReferralState {
        let programme = compiled.id
        let root = record.advocate.map { work.root(of: $0) }
        guard let root, root != state.id, work.states[root] != nil else {
            var nobody: (state: MemberState, changes: Changes, context: DecisionContext)?
            // Two records that turned out to be one person brought nobody.
            return try state.settleReferral(
                advocate: &nobody, suspicious: suspicious, verdict: root == state.id ? false : verdict, cause: cause,
                context, budgets: &budgets[programme, default: BudgetBook()], into: &changes)
        }
        return try withOther(root, command.now, compiled, settles: context.settles, &work) { side in
            var other: (state: MemberState, changes: Changes, context: DecisionContext)? =
                (side.state, side.changes, side.context)
            let outcome = try state.settleReferral(
                advocate: &other, suspicious: suspicious, verdict: verdict, cause: cause, context,
                budgets: &budgets[programme, default: BudgetBook()], into: &changes)
            if let other { (side.state, side.changes) = (other.state, other.changes) }
            return outcome
        }
    }
}
