public import Primitives

extension MemberState {
    // MARK: Whether they may have it

    /// What stands between this member and a reward, the first that is said first; empty if nothing does.
    ///
    /// - Parameters:
    ///   - chosen: whether `choice` is really chosen; what may be chosen still is no obstacle otherwise.
    ///   - shelf: what there is; see ``RewardBook/shelf(_:slot:for:at:)``.
    public func obstacles(
        _ compiled: CompiledReward, _ choice: RedemptionChoice, chosen: Bool = true, shelf: RewardShelf,
        _ context: DecisionContext
    ) -> [CommandProblem] {
        let reward = compiled.reward
        let day = context.calendar.day(of: context.now)
        var found: [CommandProblem] = []
        if reward.isWithdrawn { found.append(.reward(.withdrawn)) }
        if let from = opens(reward, context), context.now < from { found.append(.notYet) }
        if let until = reward.validUntil, context.now >= until { found.append(.noLongerAvailable) }
        if !reward.quantity.contains(choice.quantity) { found.append(.reward(.quantity(reward.quantity))) }
        if let problem = slotProblem(reward, choice, chosen: chosen, context) { found.append(problem) }
        if let available = shelf.available, available < choice.quantity { found.append(.outOfStock) }
        if reward.codes != nil, chosen, shelf.code == nil, !found.contains(.outOfStock) { found.append(.outOfStock) }
        if let most = reward.perMember {
            let days = context.calendar.periods.days(of: reward.perMemberPeriod, containing: day)
            if redeemed(reward.id, in: days) + choice.quantity > most {
                found.append(
                    reward.perMemberPeriod == .ever
                        ? .perMemberLimit(most) : .reward(.periodLimit(most, reward.perMemberPeriod)))
            }
        }
        if let after = reward.after {
            let reached = context.calendar.instant(after, after: profile.joinedDay)
            if context.now < reached { found.append(.reward(.tenure(reached))) }
        }
        if !compiled.allows(self, in: context.programme, day: day, now: context.now) { found.append(.conditionNotMet) }
        if let unit = choice.unit, !reward.prices.contains(where: { $0.unit == unit }) {
            found.append(.reward(.unit(reward.prices.map(\.unit))))
        }
        return found
    }

    /// What one redemption costs this member; `nil` if the unit is not accepted or the sum has no end.
    public func price(
        of reward: Reward, _ choice: RedemptionChoice, _ context: DecisionContext
    ) -> Reward.UnitAmount? {
        let unit = choice.unit ?? reward.unit
        guard let price = reward.prices.first(where: { $0.unit == unit }) else { return nil }
        let each = price.amount(
            tier: tier(in: context.programme, today: context.calendar.day(of: context.now)),
            ladder: context.programme.programme.tiers?.tiers ?? [])
        let (amount, overflow) = each.multipliedReportingOverflow(by: choice.quantity)
        return overflow ? nil : Reward.UnitAmount(unit: unit, amount: amount)
    }

    /// How many this member has of a reward, open redemptions included, made on the days `range`.
    public func redeemed(_ reward: String, in range: Range<Int32>) -> Int64 {
        let own = redemptions.values.reduce(Int64(0)) { sum, record in
            record.reward == reward && record.counts && range.contains(record.day) ? sum + record.quantity : sum
        }
        return own + (counters[Self.takenOver(reward)]?.count(in: range) ?? 0)
    }

    /// How many this member has of a reward, ever.
    public func redeemed(_ reward: String) -> Int64 { redeemed(reward, in: .min..<(.max)) }

    /// When it opens for this member: earlier for some tiers.
    func opens(_ reward: Reward, _ context: DecisionContext) -> Instant? {
        guard let from = reward.validFrom, !reward.early.isEmpty else { return reward.validFrom }
        let ladder = context.programme.programme.tiers?.tiers ?? []
        let tier = tier(in: context.programme, today: context.calendar.day(of: context.now))
        guard let mine = ladder.firstIndex(where: { $0.id == tier }) else { return from }
        let windows = reward.early.filter { window in
            ladder.firstIndex { $0.id == window.tier }.map { $0 <= mine } ?? false
        }
        return windows.map { context.calendar.instant($0.span, before: from) }.min() ?? from
    }

    private func slotProblem(
        _ reward: Reward, _ choice: RedemptionChoice, chosen: Bool, _ context: DecisionContext
    ) -> CommandProblem? {
        guard reward.slots != nil else { return choice.slot.isEmpty ? nil : .reward(.unknownSlot) }
        if choice.slot.isEmpty { return chosen ? .reward(.slotNeeded) : nil }
        guard let slot = reward.allSlots.first(where: { $0.id == choice.slot }) else { return .reward(.unknownSlot) }
        // Until its day is over in the programme's zone: whoever stands at the door can still book.
        return slot.day < context.programmeDay ? .reward(.slotOver) : nil
    }

    // MARK: Redeeming

    /// Sets the price of a reward aside.
    ///
    /// - Parameters:
    ///   - id: derived from the request, so that a repeated request is the same redemption.
    ///   - shelf: what there is.
    public mutating func redeem(
        _ rewardID: String, id holdID: ID128, _ choice: RedemptionChoice = RedemptionChoice(),
        shelf: RewardShelf = RewardShelf(), _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) -> Hold {
        guard let compiled = context.programme.rewards[rewardID] else { throw .unknownReward }
        let reward = compiled.reward
        if let obstacle = obstacles(compiled, choice, shelf: shelf, context).first { throw obstacle }
        guard let price = price(of: reward, choice, context) else {
            throw .ledger(.overflow(unit: choice.unit ?? reward.unit))
        }
        let day = context.calendar.day(of: context.now)
        let until = holdEnd(reward.holds, day: day, context)
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            let at = stamp(context.now, day: day, context)
            let hold = try wallet.hold(
                Transfer(
                    id: holdID, kind: .hold, unit: price.unit, amount: price.amount, at: at, source: rewardID,
                    sourceVersion: context.programme.version),
                reward: rewardID, until: until, at: context.now, into: &changes.journal)
            redemptions[holdID] = RedemptionRecord(
                id: holdID, reward: rewardID, quantity: choice.quantity, slot: choice.slot, day: day,
                code: reward.codes == nil ? nil : shelf.code)
            changes.redemptions.insert(holdID)
            touch(.spending, unit: price.unit, on: day, context, into: &changes)
            changes.effects.append(
                AppliedEffect(
                    id: holdID, kind: .redemption, source: rewardID, version: context.programme.version,
                    subject: price.unit, amount: -price.amount, wanted: -price.amount, at: at, day: day))
            return hold
        } catch {
            throw .ledger(error)
        }
    }

    /// When a hold that is opened now expires, in the form that may be stored.
    ///
    /// Below the level `personal` it may tell the day and nothing more, and the member must never have less time than was
    /// promised: the length counts from the end of the day. Anything nearer to the moment tells which part of the day it
    /// was.
    private func holdEnd(_ holds: DurationSpan, day: Int32, _ context: DecisionContext) -> Instant {
        guard case .milliseconds(let amount) = holds else { return context.calendar.instant(holds, after: day) }
        let from = profile.level == .personal ? context.now : context.calendar.start(of: day + 1)
        return from.adding(milliseconds: amount)
    }

    /// Spends what a redemption set aside and gives what the reward gives.
    ///
    /// - Parameter round: for a gift to a cause, the round of publishing it falls in.
    public mutating func confirm(
        hold holdID: ID128, round: Int64? = nil, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) -> Hold {
        let day = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: day, context)
        let version = context.programme.version
        let effectID = EffectID.derived(from: holdID, step: "confirm")
        let hold: Hold
        do throws(LedgerProblem) {
            hold = try wallet.confirm(
                hold: holdID, transferID: effectID, sourceVersion: version, at: at, now: context.now,
                into: &changes.journal)
        } catch {
            throw .ledger(error)
        }
        changes.effects.append(
            AppliedEffect(
                id: effectID, kind: .confirmation, source: hold.reward, version: version, subject: hold.unit,
                wanted: hold.amount, at: at, day: day))
        let reward = context.programme.rewards[hold.reward]?.reward
        end(hold, .confirmed, day: day, into: &changes)
        if reward?.kind.isSent == true { redemptions[holdID]?.fulfilment = .requested }
        redemptions[holdID]?.round = round
        if let reward { try give(reward, hold, at: at, day: day, context, into: &changes) }
        return hold
    }

    /// What a confirmed redemption gives besides the thing itself: an entitlement, an amount of another unit.
    private mutating func give(
        _ reward: Reward, _ hold: Hold, at: Instant, day: Int32, _ context: DecisionContext,
        into changes: inout Changes
    ) throws(CommandProblem) {
        let version = context.programme.version
        if let name = reward.entitlement {
            let expires = reward.entitlementLasts.map { context.calendar.instant($0, after: day) }
            let present = entitlements[name]
            let lasts = present.map { $0.expiresAt ?? .latest }
            if lasts.map({ $0 < (expires ?? .latest) }) ?? true {
                let grantID = EffectID.derived(from: hold.id, step: "entitlement")
                entitlements[name] = EntitlementGrant(day: day, expiresAt: expires, effect: grantID)
                changes.entitlements.insert(name)
                changes.effects.append(
                    AppliedEffect(
                        id: grantID, kind: .entitlement, source: hold.reward, version: version, subject: name, at: at,
                        day: day))
            }
        }
        guard let into = reward.into, let record = redemptions[hold.id] else { return }
        let (amount, overflow) = into.amount.multipliedReportingOverflow(by: record.quantity)
        guard !overflow else { throw .ledger(.overflow(unit: into.unit)) }
        let id = EffectID.derived(from: hold.id, step: "into")
        do throws(LedgerProblem) {
            touch(.earning, unit: into.unit, on: day, context, into: &changes)
            let dates = dates(of: into.unit, earned: day, context)
            try wallet.issue(
                Transfer(
                    id: id, kind: .convert, unit: into.unit, amount: amount, at: at, source: hold.reward,
                    sourceVersion: version, refers: hold.id),
                expiresAt: dates.expiresAt, terms: dates.terms?.withoutEvent, into: &changes.journal)
            try payDebt(into.unit, context, into: &changes)
        } catch {
            throw .ledger(error)
        }
        changes.effects.append(
            AppliedEffect(
                id: id, kind: .award, source: hold.reward, version: version, subject: into.unit, amount: amount,
                wanted: amount, at: at, day: day))
    }

    /// Gives back what a redemption set aside.
    public mutating func cancel(
        hold holdID: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) -> Hold {
        let day = context.calendar.day(of: context.now)
        let at = stamp(context.now, day: day, context)
        let version = context.programme.version
        let effectID = EffectID.derived(from: holdID, step: "cancel")
        do throws(LedgerProblem) {
            let hold = try wallet.cancel(
                hold: holdID, transferID: effectID, sourceVersion: version, at: at, into: &changes.journal)
            try payDebt(hold.unit, context, into: &changes)
            end(hold, .cancelled, day: day, into: &changes)
            changes.effects.append(
                AppliedEffect(
                    id: effectID, kind: .cancellation, source: hold.reward, version: version, subject: hold.unit,
                    amount: hold.amount, wanted: hold.amount, at: at, day: day))
            return hold
        } catch {
            throw .ledger(error)
        }
    }

    /// A hold that the calendar ended.
    mutating func expire(_ hold: Hold, _ context: DecisionContext, into changes: inout Changes) {
        guard redemptions[hold.id]?.state == .open else { return }
        end(hold, .expired, day: context.calendar.day(of: hold.expiresAt), into: &changes)
    }

    private mutating func end(_ hold: Hold, _ state: Hold.State, day: Int32, into changes: inout Changes) {
        redemptions[hold.id]?.state = state
        redemptions[hold.id]?.endedDay = day
        changes.redemptions.insert(hold.id)
    }

    // MARK: Afterwards

    /// Undoes a confirmed redemption: what it cost comes back as if it were earned today, and what it gave by name ends.
    ///
    /// - Parameter hold: as it is stored.
    public mutating func refund(
        _ hold: Hold, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) -> Hold {
        guard let record = redemptions[hold.id], record.state == .confirmed else {
            throw .reward(.notConfirmed)
        }
        let day = context.calendar.day(of: context.now)
        if let reward = context.programme.rewards[hold.reward]?.reward {
            guard reward.isRefundable else { throw .reward(.notRefundable) }
            if case .within(let span) = reward.refund,
                context.now >= context.calendar.instant(span, after: (record.endedDay ?? record.day) + 1)
            {
                throw .reward(.refundOver)
            }
        } else if record.code != nil || record.round != nil {
            throw .reward(.notRefundable)
        }
        if let fulfilment = record.fulfilment, !fulfilment.isInHouse {
            throw .reward(.fulfilmentOrder(fulfilment.next.sorted { $0.rawValue < $1.rawValue }))
        }
        let at = stamp(context.now, day: day, context)
        let id = EffectID.derived(from: hold.id, step: "refund")
        let version = context.programme.version
        if hold.amount > 0 {
            do throws(LedgerProblem) {
                let dates = dates(of: hold.unit, earned: day, context)
                try wallet.issue(
                    Transfer(
                        id: id, kind: .refund, unit: hold.unit, amount: hold.amount, at: at, source: hold.reward,
                        sourceVersion: version, refers: hold.id),
                    from: .redeemed, expiresAt: dates.expiresAt, terms: dates.terms?.withoutEvent,
                    into: &changes.journal)
                try payDebt(hold.unit, context, into: &changes)
            } catch {
                throw .ledger(error)
            }
        }
        let grant = EffectID.derived(from: hold.id, step: "entitlement")
        for (name, present) in entitlements where present.effect == grant {
            entitlements[name]?.expiresAt = context.calendar.start(of: day)
            changes.entitlements.insert(name)
        }
        var ended = hold
        ended.state = .refunded
        changes.journal.holds[hold.id] = ended
        end(ended, .refunded, day: day, into: &changes)
        changes.effects.append(
            AppliedEffect(
                id: id, kind: .refund, source: hold.reward, version: version, subject: hold.unit, amount: hold.amount,
                wanted: hold.amount, at: at, day: day))
        return ended
    }

    /// Says where a thing is, or that a ticket was used. Saying it again changes nothing.
    ///
    /// - Parameter tracking: sealed; only with `sent`.
    public mutating func fulfil(
        _ holdID: ID128, to state: Fulfilment, tracking: [UInt8] = [], _ context: DecisionContext,
        into changes: inout Changes
    ) throws(CommandProblem) {
        guard let record = redemptions[holdID] else { throw .ledger(.unknownHold) }
        guard record.state == .confirmed else { throw .reward(.notConfirmed) }
        if record.fulfilment == state { return }
        if let present = record.fulfilment {
            guard present.next.contains(state) else {
                throw .reward(.fulfilmentOrder(present.next.sorted { $0.rawValue < $1.rawValue }))
            }
        } else {
            // A ticket that was paid for stays one when its reward has left the programme.
            let hasTicket = context.programme.rewards[record.reward]?.reward.kind.hasTicket ?? true
            guard state == .admitted, hasTicket else { throw .reward(.noFulfilment) }
        }
        redemptions[holdID]?.fulfilment = state
        if !tracking.isEmpty { redemptions[holdID]?.tracking = tracking }
        changes.redemptions.insert(holdID)
        let day = context.calendar.day(of: context.now)
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(from: holdID, step: "fulfilment/" + state.name), kind: .notice,
                source: record.reward, version: context.programme.version, subject: state.name,
                at: stamp(context.now, day: day, context), day: day))
    }
}

extension MemberCalendar {
    /// `span` before an instant; calendar lengths follow the days of this calendar.
    func instant(_ span: DurationSpan, before instant: Instant) -> Instant {
        switch span {
        case .milliseconds(let amount): return instant.adding(milliseconds: -amount)
        case .days(let count):
            let day = day(of: instant)
            let within = instant - start(of: day)
            return start(of: Int32(clamping: Int64(day) - Int64(count))).adding(milliseconds: within)
        case .months(let count):
            let day = day(of: instant)
            let within = instant - start(of: day)
            return start(of: periods.adding(months: -count, to: day)).adding(milliseconds: within)
        }
    }
}
