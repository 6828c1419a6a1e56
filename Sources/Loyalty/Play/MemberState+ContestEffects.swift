import Primitives

/// What a contest gives besides points: once, whatever the revision of the outcome, and back where it can be taken back.
extension MemberState {
    /// Gives what the outcome gives and was not given under an earlier one, and takes back what it does not give: badges,
    /// access and tickets. What has gone out (a webhook, a trait, progress) stays and is not repeated.
    ///
    /// - Parameters:
    ///   - effects: what the prediction is worth under the outcome.
    ///   - moment: whose cause is the settling's.
    mutating func settleOthers(
        _ effects: [Effect], of contest: Contest, _ moment: Moment, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let name = PlayCounters.others(of: contest.id)
        var due: [Int64: Int64] = [:]
        for effect in effects { if let mark = effect.contestMark { due[mark, default: 0] += 1 } }
        var kept: [Int64: Int64] = [:]
        for mark in counters[name]?.marks ?? [] {
            let room = max(0, due[mark.wanted, default: 0] - kept[mark.wanted, default: 0])
            let stays = min(mark.count, room)
            kept[mark.wanted, default: 0] += stays
            guard let effect = contest.allEffects.first(where: { $0.contestMark == mark.wanted }) else { continue }
            for time in 0..<(mark.count - stays) {
                guard takeBack(effect, of: contest, given: mark.day, time, moment, context, into: &changes) else {
                    // It has gone out: it counts as given whenever it is due again.
                    kept[mark.wanted, default: 0] += 1
                    continue
                }
                _ = counters[name]?.remove(CounterMark(day: mark.day, wanted: mark.wanted))
                changes.counters.insert(name)
            }
        }
        for (index, effect) in effects.enumerated() {
            guard let mark = effect.contestMark else { continue }
            if kept[mark, default: 0] > 0 {
                kept[mark, default: 0] -= 1
                continue
            }
            let before = self
            try give(
                effect, source: PlayCounters.prediction(of: contest.id), version: context.programme.version,
                cause: moment.cause, index: index, moment, { [] }, context, budgets: &budgets, into: &changes)
            guard hasMore(effect, than: before) else { continue }
            counters[name, default: .empty].add(CounterMark(day: moment.day, wanted: mark))
            changes.counters.insert(name)
        }
    }

    /// Whether giving an effect gave something: who has a badge from elsewhere does not owe it to the contest.
    private func hasMore(_ effect: Effect, than before: MemberState) -> Bool {
        switch effect {
        case .award: false
        case .badge(let badge): badges[badge] != before.badges[badge]
        case .entitlement(let access, _): entitlements[access] != before.entitlements[access]
        case .tickets(let raffle, _):
            counters[RaffleCounters.tickets(of: raffle)] != before.counters[RaffleCounters.tickets(of: raffle)]
        // What goes out.
        default: true
        }
    }

    /// - Returns: `false` for what cannot be taken back.
    private mutating func takeBack(
        _ effect: Effect, of contest: Contest, given day: Int32, _ time: Int64, _ moment: Moment,
        _ context: DecisionContext, into changes: inout Changes
    ) -> Bool {
        let subject: String
        switch effect {
        case .badge(let badge):
            subject = badge
            // Taken away and given again since, it is somebody else's.
            guard badges[badge]?.day == day else { return true }
            badges[badge] = nil
            changes.badges.insert(badge)
        case .entitlement(let access, _):
            subject = access
            guard entitlements[access]?.day == day else { return true }
            entitlements[access]?.expiresAt = moment.at
            changes.entitlements.insert(access)
        case .tickets(let raffle, let count):
            subject = raffle
            guard removeTickets(count, from: raffle, day: day, into: &changes) else { return true }
        default: return false
        }
        let source = PlayCounters.prediction(of: contest.id)
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(
                    programme: programme, source: "\(source)/\(subject)/\(day)", cause: moment.cause, member: id,
                    occurrence: 2 + time), kind: .reversal, source: source, version: context.programme.version,
                subject: subject, at: moment.at, day: moment.day))
        return true
    }

    /// Remembers that staff took back what a contest gave: a corrected outcome neither takes it a second time nor gives it
    /// anew.
    mutating func noteContestReversal(
        of award: ID128, source: String, _ context: DecisionContext, into changes: inout Changes
    ) {
        guard source.hasPrefix(PlayCounters.predictions) else { return }
        let contest = String(source.dropFirst(PlayCounters.predictions.count))
        let revisions = max(1, counters[source]?.granted ?? 0)
        for given in ContestAward.given(of: contest, counters).keys.sorted() {
            let isIt = (1...revisions).contains { revision in
                EffectID.derived(
                    programme: programme, source: source, cause: ContestOutcome.cause(of: revision), member: id,
                    index: given.index) == award
            }
            guard isIt else { continue }
            let name = given.counter(of: contest)
            guard counters[name]?.remove(given.mark) ?? false else { continue }
            counters[name]?.add(given.reversedMark)
            changes.counters.insert(name)
        }
    }
}

extension Effect {
    /// What stands for an effect in ``PlayCounters/others(of:)``, wherever it stands in the contest; `nil` for points, which
    /// are counted by amount.
    fileprivate var contestMark: Int64? {
        let text: String
        switch self {
        case .award: return nil
        case .badge(let badge): text = "badge|" + badge
        case .entitlement(let name, _): text = "access|" + name
        case .trait(let name, let value): text = "trait|\(name)|\(value.text())"
        case .webhook(let name): text = "webhook|" + name
        case .progress(let challenge, let by): text = "progress|\(challenge)|\(by)"
        case .tickets(let raffle, let count): text = "tickets|\(raffle)|\(count)"
        default: text = "\(self)"
        }
        return EffectID.unkeyedReference(text)
    }
}
