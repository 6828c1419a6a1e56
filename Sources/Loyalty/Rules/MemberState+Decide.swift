import Assignment
import CEL
import Primitives

extension MemberState {
    /// Decides one event and changes this state accordingly. Pure: the same state, event, programme and time give the
    /// same effects; nothing is read or written elsewhere.
    ///
    /// - Throws: ``LedgerProblem`` if an amount leaves the range of the ledger; the state is then of no more use and must
    ///   be loaded again.
    public mutating func decide(
        _ event: Event, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let day = context.calendar.day(of: event.at)
        try settle(context, into: &changes)
        // What waits for this event was earned before, and comes whether or not its member takes part now.
        try observe(event, day: day, context, into: &changes)
        guard takesPart(in: context.programme.programme) else {
            trackTiers(context, into: &changes)
            return
        }
        try inspect(event, day: day, context, budgets: &budgets, into: &changes)
        var frame = Frame(layout: event.type.layout)
        event.type.frameFiller.fill(
            event, self, programme: context.programme, day: day, now: context.now, into: &frame)
        measure(event, frame, day: day, into: &changes)
        let member = id
        let wants = Decide.wants(of: event, frame: frame) { rule in
            Assignment.bucket(unit: member.value, salt: rule)
        }
        let moment = Moment(
            cause: event.claim, at: stamp(event.at, day: day, context), day: day, event: event.at,
            reference: { event.reference($0, context) }, type: event.type.declaration.id)
        for want in wants {
            let proof = lazyProof(want, event, frame, context)
            try apply(want, moment, proof, context, budgets: &budgets, into: &changes)
        }
        try recognize(event, frame, day: day, context, budgets: &budgets, into: &changes)
        // What follows may ask for a tier that this event reached.
        trackTiers(context, into: &changes)
        try followUp(moment, context, budgets: &budgets, into: &changes)
        try finishReviews(of: event, day: day, context, budgets: &budgets, into: &changes)
    }

    /// Where and when an effect belongs.
    struct Moment {
        var cause: ID128
        var at: Instant
        var day: Int32
        /// When exactly; it is never stored.
        var event: Instant
        /// What a field of the event says that joins it to others.
        var reference: (String) -> Int64? = { _ in nil }
        /// The event type that led to it, where checks for reviews may look at it.
        var type: String?
    }

    /// The instant that may be stored: exact for the level `personal`, else the start of the member's day.
    func stamp(_ instant: Instant, day: Int32, _ context: DecisionContext) -> Instant {
        profile.level == .personal ? instant : context.calendar.start(of: day)
    }

    private func lazyProof(
        _ want: Want, _ event: Event, _ frame: Frame, _ context: DecisionContext
    ) -> () -> [UInt8] {
        guard context.explains, let condition = want.condition else { return { [] } }
        let hidden = profile.level == .personal ? [] : event.type.frameFiller.privateSlots
        return { condition.proof(frame, redact: { hidden.contains($0) }).jsonBytes }
    }

    mutating func apply(
        _ want: Want, _ moment: Moment, _ proof: () -> [UInt8], _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        switch want.kind {
        case .heldOut:
            changes.exposures.insert(want.source)
        case .award(let unit, let wanted):
            guard let rule = want.rule else { return }
            try award(
                wanted, unit: unit, rule: rule, counter: want.counter, index: want.index, moment, proof, context,
                budgets: &budgets, into: &changes)
        case .step(let challenge, let by):
            try advance(
                challenge, [ChallengeMark(count: by)], moment, proof, context, budgets: &budgets, into: &changes)
        case .marks(let challenge, let personal, let below):
            try advance(
                challenge, profile.level == .personal ? personal : below, moment, proof, context, budgets: &budgets,
                into: &changes)
        case .streak(let streak, let measure, let amount):
            try count(
                streak, measure: measure, by: amount, moment, context, budgets: &budgets, into: &changes)
        case .effect(let effect):
            try give(
                effect, source: want.source, version: want.version, cause: moment.cause, index: want.index, moment,
                proof, context, budgets: &budgets, into: &changes)
        }
    }

    // MARK: Awards under limits

    private mutating func award(
        _ wanted: Int64, unit: String, rule: CompiledRule, counter name: String, index: Int, _ moment: Moment,
        _ proof: () -> [UInt8], _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        var refusal: AppliedEffect.Refusal?
        let slot =
            rule.slotSeconds > 0 ? Int32(clamping: context.calendar.secondOfDay(moment.event) / rule.slotSeconds) : 0
        let change = Allocation.change(
            of: &counters[name, default: .empty], adding: CounterMark(day: moment.day, slot: slot, wanted: wanted),
            limits: rule.rule.limits, oncePerSlot: rule.slotSeconds > 0, calendar: context.calendar.periods)
        changes.counters.insert(name)
        var allowed = change.total
        if allowed < wanted { refusal = change.limitedBy.map { .limit($0) } ?? .cooldown }
        if allowed < 0 {
            // What competes for the same limits is worth less together than before: as if it had come in order.
            try correct(
                -allowed, unit: unit, counter: name,
                rule: terms(of: rule.rule, award: index, on: moment.day, context), version: rule.version,
                id: effectID(of: rule, index, moment), moment, context, into: &changes)
            return
        }
        var budgetDay: Int32?
        if allowed > 0, let budgetID = rule.rule.budget, let budget = context.programme.budgets[budgetID] {
            let day = context.calendar.periods.firstDay(of: budget.period, containing: context.programmeDay)
            let given = budgets.draw(allowed, from: budget, day: day)
            if given < allowed {
                refusal = .budget(budgetID)
                counters[name]?.refused += allowed - given
                noteUnfunded(allowed - given, of: name, on: moment.day, into: &changes)
                allowed = given
            }
            budgetDay = day
        }
        // Most refusals are repeated ones: nothing is made for them.
        if allowed == 0, isRepeatedRefusal(of: rule, on: moment.day, into: &changes) { return }
        let effectID = effectID(of: rule, index, moment)
        if allowed > 0 {
            try issue(
                allowed, unit: unit, id: effectID, source: rule.rule.id,
                rule: terms(of: rule.rule, award: index, on: moment.day, context), counter: name,
                version: rule.version, budget: rule.rule.budget, budgetDay: budgetDay, moment, context, into: &changes)
            counters[name]?.granted += allowed
        }
        changes.effects.append(
            AppliedEffect(
                id: effectID, kind: allowed > 0 ? .award : .refused, source: rule.rule.id, version: rule.version,
                subject: unit, amount: allowed, wanted: wanted, refusal: refusal, at: moment.at, day: moment.day,
                proof: proof()))
    }

    private func effectID(of rule: CompiledRule, _ index: Int, _ moment: Moment) -> ID128 {
        EffectID.derived(
            programme: programme, source: rule.rule.id, cause: moment.cause, member: id, index: index)
    }

    /// One refusal of a limit is explained once a day; the counter remembers how often it came again.
    private mutating func isRepeatedRefusal(
        of rule: CompiledRule, on day: Int32, into changes: inout Changes
    ) -> Bool {
        let key = rule.refusalCounter
        if counters[key]?.marks.contains(where: { $0.day == day }) ?? false { return true }
        counters[key, default: .empty].add(CounterMark(day: day, wanted: 1))
        changes.counters.insert(key)
        return false
    }

    /// The name of the counter of days on which a refusal of a rule was explained.
    public static func refusals(of rule: String) -> String { "refused/" + rule }

    mutating func issue(
        _ amount: Int64, unit: String, id effectID: ID128, source: String, rule: Rule? = nil, counter: String = "",
        version: Int64,
        budget: String?, budgetDay: Int32?, _ moment: Moment, _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        touch(.earning, unit: unit, on: moment.day, context, into: &changes)
        var reference: Int64?
        if case .event(let term) = rule?.pending ?? context.programme.units[unit]?.pending, let field = term.match {
            reference = moment.reference(field)
        }
        let own = dates(of: unit, earned: moment.day, rule: rule, reference: reference, context)
        let dates = watched(
            own, of: unit, source: source, counter: counter, budget: budget, budgetDay: budgetDay, moment, context)
        try wallet.issue(
            Transfer(
                id: effectID, kind: .earn, unit: unit, amount: amount, at: moment.at, source: source,
                sourceVersion: version, budget: budget, budgetDay: budgetDay),
            activeAt: dates.activeAt, expiresAt: dates.expiresAt, terms: dates.terms, into: &changes.journal)
        if dates.terms?.awaits != nil { try resolveAwaiting(context, into: &changes) }
        if dates.activeAt == nil { try payDebt(unit, context, into: &changes) }
    }

    private mutating func correct(
        _ amount: Int64, unit: String, counter name: String, rule: Rule, version: Int64, id effectID: ID128,
        _ moment: Moment, _ context: DecisionContext, into changes: inout Changes
    ) throws(LedgerProblem) {
        let dates = dates(of: unit, earned: moment.day, rule: rule, context)
        let taken = try wallet.takeBack(
            Transfer(
                id: effectID, kind: .correct, unit: unit, amount: amount, at: moment.at, source: rule.id,
                sourceVersion: version),
            activeAt: dates.activeAt, expiresAt: dates.expiresAt,
            transferID: { $0 == 0 ? effectID : EffectID.derived(from: effectID, step: "part", occurrence: Int64($0)) },
            at: context.now, into: &changes.journal)
        counters[name]?.granted -= taken
        if taken < amount { changes.short[unit, default: 0] += amount - taken }
        guard taken > 0 else { return }
        changes.effects.append(
            AppliedEffect(
                id: effectID, kind: .correction, source: rule.id, version: version, subject: unit, amount: -taken,
                wanted: -amount, at: moment.at, day: moment.day))
    }

    // MARK: Other effects

    mutating func give(
        _ effect: Effect, source: String, version: Int64, cause: ID128, index: Int, _ moment: Moment,
        _ proof: () -> [UInt8], _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let effectID = EffectID.derived(
            programme: programme, source: source, cause: cause, member: id, index: index)
        func applied(_ kind: AppliedEffect.Kind, _ subject: String, amount: Int64 = 0) -> AppliedEffect {
            AppliedEffect(
                id: effectID, kind: kind, source: source, version: version, subject: subject, amount: amount,
                wanted: amount, at: moment.at, day: moment.day, proof: proof())
        }
        switch effect {
        case .award(let amount, let unit):
            // Rewards of challenges are literal amounts; the checker sees to it.
            guard let amount = Int64(amount), amount > 0 else { return }
            try issue(
                amount, unit: unit, id: effectID, source: source, version: version, budget: nil, budgetDay: nil,
                moment, context, into: &changes)
            changes.effects.append(applied(.award, unit, amount: amount))
        case .badge(let badge):
            if let type = moment.type, watch(.badge, badge, by: type, day: moment.day, context, into: &changes) {
                return
            }
            guard badges[badge] == nil else { return }
            badges[badge] = BadgeGrant(day: moment.day, effect: effectID)
            changes.badges.insert(badge)
            forgetRevocation(of: badge, into: &changes)
            changes.effects.append(applied(.badge, badge))
        case .entitlement(let name, let lasts):
            let expires = lasts.map { context.calendar.instant($0, after: moment.day) }
            if let type = moment.type, !context.programme.checks(of: type).isEmpty {
                keepAccess(name, by: type, context, into: &changes)
                let value = expires?.milliseconds ?? Self.withoutEnd
                if watch(.access, name, by: type, day: moment.day, value: value, context, into: &changes) { return }
            }
            if let present = entitlements[name] {
                guard let presentEnd = present.expiresAt, expires.map({ $0 > presentEnd }) ?? true else { return }
            }
            entitlements[name] = EntitlementGrant(day: moment.day, expiresAt: expires, effect: effectID)
            changes.entitlements.insert(name)
            changes.effects.append(applied(.entitlement, name))
        case .trait(let name, let value):
            let isNew = set(
                name, to: value, by: moment.type, effect: effectID, day: moment.day, context, into: &changes)
            if isNew { changes.effects.append(applied(.trait, name)) }
        case .webhook(let name):
            if let type = moment.type, watch(.webhook, name, by: type, day: moment.day, context, into: &changes) {
                return
            }
            let effect = applied(.webhook, name)
            changes.effects.append(effect)
            changes.webhooks.append((name, effect))
        case .progress(let challenge, let by):
            try advance(
                challenge, [ChallengeMark(count: by)], moment, proof, context, budgets: &budgets, into: &changes)
        case .nudge(let nudge):
            counters[PressureCounters.wants(of: nudge), default: .empty].add(CounterMark(day: moment.day, wanted: 1))
            changes.counters.insert(PressureCounters.wants(of: nudge))
        case .tickets(let id, let count):
            guard let raffle = context.programme.raffles[id]?.raffle, raffle.days.contains(moment.day) else { return }
            if let type = moment.type,
                watch(.tickets, id, by: type, day: moment.day, count: count, context, into: &changes)
            {
                return
            }
            let before = tickets(in: raffle)
            add(count, to: raffle, .given, day: moment.day, into: &changes)
            let gained = tickets(in: raffle) - before
            if gained > 0 {
                var effect = applied(.ticket, id, amount: gained)
                effect.wanted = 0
                changes.effects.append(effect)
            }
        }
    }
}
