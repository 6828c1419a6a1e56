public import Primitives

extension MemberState {
    /// The day on which the member said who brought them.
    public var referralClaim: Int32? { counters[ReferralCounters.claim]?.marks.first?.day }

    /// How often the member drew another code.
    public var referralDraw: Int64 { counters[ReferralCounters.code]?.refused ?? 0 }

    /// Friends who came to stay.
    public var friends: Int64 { counters[ReferralCounters.given]?.count ?? 0 }

    /// How the member's own referral ended; `nil` while it has not, and where two records with one each were joined.
    public var settledReferral: ReferralState? {
        guard counters[ReferralCounters.claim]?.count == 1 else { return nil }
        return counters[ReferralCounters.settled]?.marks.last.flatMap { ReferralState(rawValue: Int64($0.slot)) }
    }

    /// Where the member's own referral stands; `nil` for who named nobody.
    public func referralStatus(_ referral: Referral, _ programme: CompiledProgramme, today: Int32) -> ReferralStatus? {
        guard let claimed = referralClaim else { return nil }
        func days(_ name: String) -> [Int32] { counters[name]?.marks.map(\.day) ?? [] }
        return ReferralStatus.compute(
            referral, claimed: claimed, qualified: days(ReferralCounters.qualifies),
            cancelled: days(ReferralCounters.cancels), grace: programme.terms.graceDays, today: today)
    }

    /// What must not be shared, as keyed hashes.
    public var referralShares: Set<Int64> { Set(counters[ReferralCounters.shares]?.marks.map(\.wanted) ?? []) }

    /// From now on the member may be an advocate: what two people should not share is kept of them, too.
    public mutating func openReferral(into changes: inout Changes) {
        guard counters[ReferralCounters.code] == nil else { return }
        counters[ReferralCounters.code] = .empty
        changes.counters.insert(ReferralCounters.code)
    }

    /// Draws another code: the old one is nobody's from now on.
    public mutating func drawReferralCode(into changes: inout Changes) {
        counters[ReferralCounters.code, default: .empty].refused += 1
        changes.counters.insert(ReferralCounters.code)
    }

    /// Says who brought the member.
    public mutating func claimReferral(
        _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) -> Int32 {
        guard let referral = context.programme.programme.referral else { throw .referral(.none) }
        guard referralClaim == nil else { throw .referral(.claimedBefore) }
        let today = context.calendar.day(of: context.now)
        guard today <= profile.joinedDay + referral.claim else { throw .referral(.tooLate(referral.claim)) }
        counters[ReferralCounters.claim, default: .empty].add(CounterMark(day: today, wanted: 1))
        changes.counters.insert(ReferralCounters.claim)
        tell("referral-claimed", referral, day: today, context, into: &changes)
        return today
    }

    /// Counts what an event says of the member's referral, or takes it back (`by` below zero).
    mutating func countReferral(
        _ name: String, by amount: Int64, _ moment: Moment, _ context: DecisionContext, into changes: inout Changes
    ) {
        guard let referral = context.programme.programme.referral else { return }
        if name == ReferralCounters.qualifies, amount > 0, let field = referral.shares,
            let hash = moment.reference(field), referralClaim != nil || counters[ReferralCounters.code] != nil
        {
            let mark = CounterMark(day: moment.day, wanted: hash)
            if counters[ReferralCounters.shares]?.marks.contains(where: { $0.wanted == hash }) != true {
                counters[ReferralCounters.shares, default: .empty].add(mark)
                changes.counters.insert(ReferralCounters.shares)
            }
        }
        // What is done on the day of saying so counts, whichever of the two came in first: so it is noted as long as the
        // member may still say it.
        guard referralClaim != nil || moment.day <= profile.joinedDay + referral.claim,
            counters[ReferralCounters.settled] == nil
        else { return }
        let mark = CounterMark(day: moment.day, wanted: 1)
        if amount > 0 {
            counters[name, default: .empty].add(mark)
        } else if !(counters[name]?.remove(mark) ?? false) {
            return
        }
        changes.counters.insert(name)
    }

    /// Decides on the member's referral, on the day of the context, and rewards both when its time has come.
    ///
    /// - Parameters:
    ///   - advocate: who brought them; `nil` for one who was erased since.
    ///   - isSelf: whether advocate and friend turned out to be one person.
    ///   - suspicious: whether something looks like one person with two names; then a case is raised, and the referral waits
    ///     for its end like everything that waits for a review.
    ///   - cause: the identifier of the referral.
    public mutating func settleReferral(
        advocate: inout (state: MemberState, changes: Changes, context: DecisionContext)?, isSelf: Bool,
        suspicious: Bool, cause: ID128, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(CommandProblem) -> ReferralState {
        guard let referral = context.programme.programme.referral else { return .ended }
        let today = context.calendar.day(of: context.now)
        guard counters[ReferralCounters.settled] == nil,
            let status = referralStatus(referral, context.programme, today: today)
        else { return .ended }
        do throws(LedgerProblem) {
            // A case that nobody looked at in time has ended by now.
            try settle(context, into: &changes)
            switch status {
            case .waiting, .held: return .open
            case .lapsed, .cancelled:
                try withdrawReviews(referral.check, context, budgets: &budgets, into: &changes)
                return conclude(referral, day: today, context, into: &changes)
            case .ripe: break
            }
            if isSelf { return conclude(referral, day: today, context, into: &changes) }
            switch referralReview(referral) {
            case .refused: return conclude(referral, day: today, context, into: &changes)
            case .open: return .open
            case .released, .lapsed: break
            case nil, .cleared, .moved:
                if suspicious {
                    try raiseReview(referral.check, day: today, context, budgets: &budgets, into: &changes)
                    return .open
                }
            }
            try reward(
                referral.friend, referral, cause: EffectID.derived(from: cause, step: "friend"), day: today, context,
                budgets: &budgets, into: &changes)
            if var other = advocate {
                try other.state.welcome(
                    referral, cause: EffectID.derived(from: cause, step: "advocate"), other.context,
                    budgets: &budgets, into: &other.changes)
                advocate = other
            }
        } catch {
            throw .ledger(error)
        }
        end(.rewarded, day: today, into: &changes)
        return .rewarded
    }

    private mutating func conclude(
        _ referral: Referral, day: Int32, _ context: DecisionContext, into changes: inout Changes
    ) -> ReferralState {
        end(.ended, day: day, into: &changes)
        tell("referral-ended", referral, day: day, context, into: &changes)
        return .ended
    }

    /// What became of the suspicion that the member's referral is one person with two names; `nil`: there was none.
    public func referralReview(_ referral: Referral) -> ReviewState? {
        guard let claimed = referralClaim else { return nil }
        let states = (counters[ReviewCheck.cases(of: referral.check)]?.marks ?? [])
            .filter { $0.day >= claimed }.compactMap { ReviewState(rawValue: $0.wanted) }
        for state in [ReviewState.refused, .open, .released, .lapsed] where states.contains(state) { return state }
        return nil
    }

    /// A friend came to stay: the advocate's reward within its limit, and what their number comes to.
    private mutating func welcome(
        _ referral: Referral, cause: ID128, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        let day = context.calendar.day(of: context.now)
        let days = context.calendar.periods.days(of: referral.period, containing: day)
        let before = counters[ReferralCounters.given]?.count(in: days) ?? 0
        counters[ReferralCounters.given, default: .empty].add(CounterMark(day: day, wanted: 1))
        changes.counters.insert(ReferralCounters.given)
        if before < referral.most {
            try reward(
                referral.advocate, referral, cause: cause, day: day, context, budgets: &budgets, into: &changes)
        } else {
            changes.effects.append(
                AppliedEffect(
                    id: cause, kind: .refused, source: referral.id, version: context.programme.version,
                    subject: "referral", wanted: referral.most, refusal: .limit(0),
                    at: stamp(context.now, day: day, context), day: day))
        }
        _ = try reachStandings(context, budgets: &budgets, into: &changes)
    }

    /// Gives what a referral gives, out of its budget where it has one.
    mutating func reward(
        _ effects: [Effect], _ referral: Referral, cause: ID128, day: Int32, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let moment = Moment(
            cause: cause, at: stamp(context.now, day: day, context), day: day, event: context.now)
        try settle(context, into: &changes)
        for (index, effect) in effects.enumerated() {
            if case .award(let text, let unit) = effect, let wanted = Int64(text), wanted > 0,
                let budget = referral.budget.flatMap({ context.programme.budgets[$0] })
            {
                try award(
                    wanted, unit: unit, referral, from: budget, index: index, moment, context, budgets: &budgets,
                    into: &changes)
                continue
            }
            try give(
                effect, source: referral.id, version: context.programme.version, cause: cause, index: index, moment,
                { [] }, context, budgets: &budgets, into: &changes)
        }
    }

    /// As with rules: what the budget has left is given, and what it has not stays refused.
    private mutating func award(
        _ wanted: Int64, unit: String, _ referral: Referral, from budget: Budget, index: Int, _ moment: Moment,
        _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let id = EffectID.derived(
            programme: programme, source: referral.id, cause: moment.cause, member: self.id, index: index)
        let version = context.programme.version
        let first = context.calendar.periods.firstDay(of: budget.period, containing: context.programmeDay)
        let given = budgets.draw(wanted, from: budget, day: first)
        if given > 0 {
            try issue(
                given, unit: unit, id: id, source: referral.id, version: version, budget: budget.id, budgetDay: first,
                moment, context, into: &changes)
        }
        changes.effects.append(
            AppliedEffect(
                id: id, kind: given > 0 ? .award : .refused, source: referral.id, version: version, subject: unit,
                amount: given, wanted: wanted, refusal: given < wanted ? .budget(budget.id) : nil, at: moment.at,
                day: moment.day))
    }

    private mutating func end(_ state: ReferralState, day: Int32, into changes: inout Changes) {
        counters[ReferralCounters.settled] = Counter(
            marks: [CounterMark(day: day, slot: Int32(clamping: state.rawValue), wanted: 1)])
        // It waits no longer: what two people should not share is forgotten.
        counters[ReferralCounters.shares] = .empty
        changes.counters.formUnion([ReferralCounters.settled, ReferralCounters.shares])
    }

    func tell(
        _ what: String, _ referral: Referral, of standing: String = "", number: Int64? = nil, day: Int32,
        _ context: DecisionContext, into changes: inout Changes
    ) {
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(
                    programme: programme, source: standing.isEmpty ? what : what + "/" + standing,
                    cause: ID128(high: 0, low: 0), member: id, occurrence: number ?? Int64(day)), kind: .notice,
                source: referral.id, version: context.programme.version,
                subject: what, amount: friends, at: stamp(context.now, day: day, context), day: day))
    }
}
