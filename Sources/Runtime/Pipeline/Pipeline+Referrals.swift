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
    /// What the calendar, and a review, say of the member's referral.
    ///
    /// - Parameter record: as it is stored.
    case settle(record: ReferralRecord, suspicious: Bool)
    /// Staff invite the member to a standing, or take that back.
    case invite(standing: String, withdraws: Bool)
    /// The member answers.
    case answer(standing: String, accepts: Bool)

    var advocate: MemberID? {
        switch self {
        case .claim(let advocate): advocate
        case .settle(let record, _): record.advocate
        case .draw, .open, .invite, .answer: nil
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
        case .invite(let standing, let withdraws):
            try state.invite(to: standing, withdraws: withdraws, context, into: &changes)
        case .answer(let standing, let accepts):
            try state.answerInvitation(
                to: standing, accepts: accepts, context, budgets: &budgets[compiled.id, default: BudgetBook()],
                into: &changes)
        case .settle(var record, let suspicious):
            let cause = EffectID.derived(
                programme: compiled.id, source: "referral", cause: ID128(high: 0, low: 0), member: record.member)
            if record.member == state.id, let settled = state.settledReferral {
                // The calendar and a decision looked at the same time: the second finds what the first came to.
                record.state = settled
            } else {
                record.state = try settle(
                    record, suspicious, cause, command, compiled, context, &state, &changes, &work)
            }
            // A case may have been opened or ended.
            changes.reschedules = true
            record.nextDay = record.state == .open ? context.programmeDay + 1 : nil
            work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].add(record)
        }
    }

    private func settle(
        _ record: ReferralRecord, _ suspicious: Bool, _ cause: ID128, _ command: Command,
        _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws -> ReferralState {
        let programme = compiled.id
        let root = record.advocate.map { work.root(of: $0) }
        guard let root, root != state.id, work.states[root] != nil else {
            var nobody: (state: MemberState, changes: Changes, context: DecisionContext)?
            // Two records that turned out to be one person brought nobody.
            return try state.settleReferral(
                advocate: &nobody, isSelf: root == state.id, suspicious: suspicious, cause: cause,
                context, budgets: &budgets[programme, default: BudgetBook()], into: &changes)
        }
        return try withOther(root, command.now, compiled, settles: context.settles, &work) { side in
            var other: (state: MemberState, changes: Changes, context: DecisionContext)? =
                (side.state, side.changes, side.context)
            let outcome = try state.settleReferral(
                advocate: &other, isSelf: false, suspicious: suspicious, cause: cause, context,
                budgets: &budgets[programme, default: BudgetBook()], into: &changes)
            if let other { (side.state, side.changes) = (other.state, other.changes) }
            return outcome
        }
    }
}
