public import Primitives

extension MemberState {
    /// The day on which the member said who brought them.
    public var referralClaim: Int32? { counters[ReferralCounters.claim]?.marks.first?.day }

    /// How often the member drew another code.
    public var referralDraw: Int64 { counters[ReferralCounters.code]?.refused ?? 0 }

    /// Friends who came to stay.
    public var friends: Int64 { counters[ReferralCounters.given]?.count ?? 0 }

    /// The highest standing that was reached.
    public func ambassador(in referral: Referral) -> Referral.Ambassador? {
        referral.ambassadors.last { counters[ReferralCounters.ambassador($0.id)] != nil }
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
        guard referralClaim != nil, counters[ReferralCounters.settled] == nil else { return }
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
    ///   - suspicious: whether something looks like one person with two names.
    ///   - verdict: what staff decided; `nil` if nobody was asked.
    ///   - cause: the identifier of the referral.
    public mutating func settleReferral(
        advocate: inout (state: MemberState, changes: Changes, context: DecisionContext)?, suspicious: Bool,
        verdict: Bool?, cause: ID128, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(CommandProblem) -> ReferralState {
        guard let referral = context.programme.programme.referral else { return .ended }
        let today = context.calendar.day(of: context.now)
        guard counters[ReferralCounters.settled] == nil,
            let status = referralStatus(referral, context.programme, today: today)
        else { return .ended }
        switch status {
        case .waiting, .held: return .open
        case .lapsed, .cancelled:
            end(.ended, day: today, into: &changes)
            tell("referral-ended", referral, day: today, context, into: &changes)
            return .ended
        case .ripe: break
        }
        if verdict == false {
            end(.ended, day: today, into: &changes)
            tell("referral-ended", referral, day: today, context, into: &changes)
            return .ended
        }
        if suspicious, verdict == nil { return .review }
        do throws(LedgerProblem) {
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
        for standing in referral.ambassadors
        where friends >= standing.at && counters[ReferralCounters.ambassador(standing.id)] == nil {
            let name = ReferralCounters.ambassador(standing.id)
            counters[name] = Counter(marks: [CounterMark(day: day, wanted: 1)])
            changes.counters.insert(name)
            try reward(
                standing.effects, referral, cause: EffectID.derived(from: id.value, step: name), day: day, context,
                budgets: &budgets, into: &changes)
            tell("referral-ambassador", referral, day: day, context, into: &changes)
        }
    }

    private mutating func reward(
        _ effects: [Effect], _ referral: Referral, cause: ID128, day: Int32, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let moment = Moment(
            cause: cause, at: stamp(context.now, day: day, context), day: day, event: context.now)
        try settle(context, into: &changes)
        for (index, effect) in effects.enumerated() {
            try give(
                effect, source: referral.id, version: context.programme.version, cause: cause, index: index, moment,
                { [] }, context, budgets: &budgets, into: &changes)
        }
    }

    private mutating func end(_ state: ReferralState, day: Int32, into changes: inout Changes) {
        counters[ReferralCounters.settled] = Counter(
            marks: [CounterMark(day: day, slot: Int32(clamping: state.rawValue), wanted: 1)])
        // It waits no longer: what two people should not share is forgotten.
        counters[ReferralCounters.shares] = .empty
        changes.counters.formUnion([ReferralCounters.settled, ReferralCounters.shares])
    }

    private func tell(
        _ what: String, _ referral: Referral, day: Int32, _ context: DecisionContext, into changes: inout Changes
    ) {
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(
                    programme: programme, source: what, cause: ID128(high: 0, low: 0), member: id,
                    occurrence: Int64(day)), kind: .notice, source: referral.id, version: context.programme.version,
                subject: what, amount: friends, at: stamp(context.now, day: day, context), day: day))
    }
}
