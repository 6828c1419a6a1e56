import Assignment
import CEL
public import Primitives

/// What is stored of the effects of an event that is to be amended, by the identifiers of ``MemberState/awardIDs(of:claim:)``.
public struct StoredAwards: Sendable {
    public var effects: [ID128: AppliedEffect]
    public var transfers: [ID128: Transfer]
    /// By rule, where they are others now: the limits of the version under which the event was decided.
    public var limits: [String: [Limit]]

    public init(
        effects: [ID128: AppliedEffect] = [:], transfers: [ID128: Transfer] = [:], limits: [String: [Limit]] = [:]
    ) {
        self.effects = effects
        self.transfers = transfers
        self.limits = limits
    }
}

extension MemberState {
    /// The identifiers that the awards of an event's rules have, given or not.
    public static func awardIDs(
        of type: CompiledEventType, claim: ID128, member: MemberID, programme: ProgrammeID
    ) -> [ID128] {
        type.rules.flatMap { rule in
            rule.awards.map {
                EffectID.derived(
                    programme: programme, source: rule.rule.id, cause: claim, member: member, index: $0.index)
            }
        }
    }

    /// What an amendment of an event is called: derived, so that an event is amended once.
    public static func amendment(of claim: ID128) -> ID128 { EffectID.derived(from: claim, step: "amendment") }

    /// Makes an event have said something else, or not have happened: takes the marks that it left out of the counters,
    /// adds those of the corrected event, and posts the difference.
    ///
    /// What the original gave is what is stored of it (``StoredAwards``), whatever its conditions would say now; where
    /// nothing is stored (a refusal that was not the first of its day) they are evaluated again. The corrected event is
    /// decided as of now.
    ///
    /// - Throws: ``CommandProblem/notAsSent`` if the original gave something of which no counter of this member has a
    ///   mark: it was not sent like this, or was another member's.
    public mutating func amend(
        _ original: Event, to corrected: Event?, stored: StoredAwards, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(CommandProblem) {
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
        } catch {
            throw .ledger(error)
        }
        do throws(LedgerProblem) {
            try unsee(original, context, budgets: &budgets, into: &changes)
            if let corrected {
                try inspect(
                    corrected, day: context.calendar.day(of: corrected.at), context, budgets: &budgets, into: &changes)
            }
        } catch {
            throw .ledger(error)
        }
        let earnedBefore = context.programme.programme.levels.map { earned($0.unit) }
        let before = wants(of: original, context)
        let after = corrected.map { wants(of: $0, context) } ?? []
        var found = false
        var expected = false
        for rule in original.type.rules {
            for award in rule.awards {
                let id = EffectID.derived(
                    programme: programme, source: rule.rule.id, cause: original.claim, member: self.id,
                    index: award.index)
                let removed = mark(of: original, rule, award, stored.effects[id], before, context)
                let added = corrected.flatMap { mark(of: $0, rule, award, nil, after, context) }
                guard removed != nil || added != nil else { continue }
                let kept = counters[award.counter] ?? .empty
                if let removed {
                    expected = true
                    // What is stored under an identifier of this event and member proves where it belongs.
                    if remove(removed, of: rule, award) || stored.effects[id] != nil { found = true }
                }
                if let added { counters[award.counter, default: .empty].add(added) }
                changes.counters.insert(award.counter)
                do throws(LedgerProblem) {
                    var difference = difference(
                        of: rule, award, from: kept, days: [removed?.day, added?.day].compactMap(\.self),
                        limits: stored.limits[rule.rule.id], context)
                    if let removed, difference < 0 {
                        difference += giveUpUnfunded(
                            -difference, of: award.counter, on: removed.day, stored.effects[id], into: &changes)
                    }
                    if let removed, difference < 0 {
                        difference += giveUpWithheld(
                            -difference, of: award.counter, on: removed.day, stored.effects[id], into: &changes)
                    }
                    try post(
                        difference, rule, award,
                        Posting(
                            id: EffectID.derived(from: id, step: "amendment"), lot: id, transfer: stored.transfers[id],
                            lotDay: removed?.day ?? added?.day ?? 0, earned: added?.day ?? removed?.day ?? 0),
                        context, budgets: &budgets, into: &changes)
                } catch {
                    throw .ledger(error)
                }
            }
        }
        guard found || !expected else { throw .notAsSent }
        remeasure(original, corrected, context, into: &changes)
        takeOthers(original, before, except: after, context, into: &changes)
        amendRecognition(original, to: corrected, context, into: &changes)
        takeNudges(original, before, except: after, context, into: &changes)
        do throws(LedgerProblem) {
            try amendStreaks(original, before, to: corrected, after, context, budgets: &budgets, into: &changes)
        } catch {
            throw .ledger(error)
        }
        do throws(LedgerProblem) {
            try amendChallenges(original, before, to: corrected, after, context, budgets: &budgets, into: &changes)
            if let corrected {
                try giveOthers(corrected, after, except: before, context, budgets: &budgets, into: &changes)
            }
            let day = context.calendar.day(of: context.now)
            let moment = Moment(
                cause: Self.amendment(of: original.claim), at: stamp(context.now, day: day, context), day: day,
                event: context.now)
            trackTiers(context, into: &changes)
            try levelDown(from: earnedBefore, moment, context, into: &changes)
            try followUp(moment, context, budgets: &budgets, into: &changes)
            if let corrected {
                try finishReviews(
                    of: corrected, day: context.calendar.day(of: corrected.at), context, budgets: &budgets,
                    into: &changes)
            }
        } catch {
            throw .ledger(error)
        }
    }

    private mutating func remeasure(
        _ original: Event, _ corrected: Event?, _ context: DecisionContext, into changes: inout Changes
    ) {
        func frame(_ event: Event, _ day: Int32) -> Frame {
            var frame = Frame(layout: event.type.layout)
            event.type.frameFiller.fill(
                event, self, programme: context.programme, day: day, now: context.now, into: &frame)
            return frame
        }
        var day = context.calendar.day(of: original.at)
        unmeasure(original, frame(original, day), day: day, into: &changes)
        guard let corrected else { return }
        day = context.calendar.day(of: corrected.at)
        measure(corrected, frame(corrected, day), day: day, into: &changes)
    }

    private func wants(of event: Event, _ context: DecisionContext) -> [Want] {
        guard takesPart(in: context.programme.programme) else { return [] }
        var frame = Frame(layout: event.type.layout)
        event.type.frameFiller.fill(
            event, self, programme: context.programme, day: context.calendar.day(of: event.at), now: context.now,
            into: &frame)
        let member = id
        return Decide.wants(of: event, frame: frame) { Assignment.bucket(unit: member.value, salt: $0) }
    }

    /// The mark that an event leaves in the counter of an award; `nil` for none.
    private func mark(
        of event: Event, _ rule: CompiledRule, _ award: CompiledAward, _ stored: AppliedEffect?, _ wants: [Want],
        _ context: DecisionContext
    ) -> CounterMark? {
        let slot =
            rule.slotSeconds > 0 ? Int32(clamping: context.calendar.secondOfDay(event.at) / rule.slotSeconds) : 0
        if let stored, stored.kind == .award || stored.kind == .refused {
            return CounterMark(day: stored.day, slot: slot, wanted: stored.wanted)
        }
        for want in wants where want.source == rule.rule.id && want.index == award.index {
            guard case .award(_, let wanted) = want.kind else { continue }
            return CounterMark(day: context.calendar.day(of: event.at), slot: slot, wanted: wanted)
        }
        return nil
    }

    /// How a difference is posted.
    struct Posting {
        var id: ID128
        /// The lot that is taken from first.
        var lot: ID128
        /// The transfer that it answers.
        var transfer: Transfer?
        /// The day whose lots are taken from next.
        var lotDay: Int32
        /// The day on which what is given counts as earned.
        var earned: Int32
        /// Whether taking back is a correction and not the reversal of an event.
        var isCorrection = false
    }

    /// Posts what an award should have given less what it gave.
    mutating func post(
        _ difference: Int64, _ rule: CompiledRule, _ award: CompiledAward, _ posting: Posting,
        _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard difference != 0 else { return noteShort(0, of: award.counter, into: &changes) }
        let today = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: today, context)
        let (effectID, transfer) = (posting.id, posting.transfer)
        var posted = difference
        if difference < 0 {
            let dates = dates(of: award.unit, earned: posting.lotDay, rule: rule.rule, context)
            let taken = try wallet.reverse(
                Transfer(
                    id: effectID, kind: .reverse, unit: award.unit, amount: -difference, at: at, source: rule.rule.id,
                    sourceVersion: rule.version, refers: transfer?.id, budget: transfer?.budget,
                    budgetDay: transfer?.budgetDay),
                lot: posting.lot, alike: { $0.ownActiveAt == dates.activeAt && $0.expiresAt == dates.expiresAt },
                policy: reversalPolicy(of: rule.rule, unit: award.unit, context), at: context.now,
                into: &changes.journal)
            if taken > 0, let budget = transfer?.budget, let day = transfer?.budgetDay {
                budgets.giveBack(taken, budget: budget, day: day)
            }
            if taken < -difference { changes.short[award.unit, default: 0] += -difference - taken }
            posted = -taken
            noteShort(-difference - taken, of: award.counter, into: &changes)
        } else {
            noteShort(0, of: award.counter, into: &changes)
            var budgetDay: Int32?
            if let budget = rule.rule.budget.flatMap({ context.programme.budgets[$0] }) {
                let day = context.calendar.periods.firstDay(of: budget.period, containing: context.programmeDay)
                posted = budgets.draw(difference, from: budget, day: day)
                counters[award.counter]?.refused += difference - posted
                if posted < difference {
                    noteUnfunded(difference - posted, of: award.counter, on: posting.earned, into: &changes)
                }
                budgetDay = day
            }
            if posted > 0 {
                let own = dates(of: award.unit, earned: posting.earned, rule: rule.rule, context)
                // What an amendment gives waits with its day.
                let dates =
                    posting.isCorrection
                    ? own
                    : watched(
                        own, of: award.unit, by: rule.rule.trigger, source: rule.rule.id, counter: award.counter,
                        budget: budgetDay == nil ? nil : rule.rule.budget, budgetDay: budgetDay, day: posting.earned,
                        context)
                try wallet.issue(
                    Transfer(
                        id: effectID, kind: .earn, unit: award.unit, amount: posted, at: at, source: rule.rule.id,
                        sourceVersion: rule.version, refers: transfer?.id,
                        budget: budgetDay == nil ? nil : rule.rule.budget, budgetDay: budgetDay),
                    activeAt: dates.activeAt, expiresAt: dates.expiresAt, terms: dates.terms, into: &changes.journal)
                if dates.activeAt == nil { try payDebt(award.unit, context, into: &changes) }
            }
        }
        counters[award.counter]?.granted += posted
        guard posted != 0 else { return }
        changes.effects.append(
            AppliedEffect(
                id: effectID, kind: posted < 0 && !posting.isCorrection ? .reversal : .correction,
                source: rule.rule.id, version: rule.version, subject: award.unit, amount: posted, wanted: difference,
                at: at, day: today))
    }

    /// What the corrected event gives besides awards, and the original did not want.
    private mutating func giveOthers(
        _ corrected: Event, _ after: [Want], except before: [Want], _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let day = context.calendar.day(of: corrected.at)
        let cause = Self.amendment(of: corrected.claim)
        let moment = Moment(
            cause: cause, at: stamp(corrected.at, day: day, context), day: day, event: corrected.at,
            type: corrected.type.declaration.id)
        for want in after {
            guard case .effect(let effect) = want.kind,
                !before.contains(where: { $0.source == want.source && $0.index == want.index })
            else { continue }
            try give(
                effect, source: want.source, version: want.version, cause: cause, index: want.index, moment, { [] },
                context, budgets: &budgets, into: &changes)
        }
    }
}
