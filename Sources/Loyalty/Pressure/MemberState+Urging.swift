import Primitives

/// What a member might be urged to: a pure function of what is kept, whatever was said of other things.
extension MemberState {
    /// Everything that holds now or will without anything more happening, but what was said already.
    func urgings(_ context: DecisionContext) -> [Urging] {
        guard context.programme.urges, profile.mergedInto == nil else { return [] }
        let today = context.calendar.day(of: context.now)
        return expiryUrgings(today, context) + tierUrgings(context) + offerUrgings(context)
            + (context.programme.rewards.isEmpty ? [] : wishUrgings(today)) + nudgeUrgings(today, context)
    }

    /// Points of one unit that will expire: all that is due is one word, whatever days it is about.
    private func expiryUrgings(_ today: Int32, _ context: DecisionContext) -> [Urging] {
        let all = expiring(context)
        return Set(all.map(\.unit)).sorted().compactMap { unit in
            let mine = all.filter { $0.unit == unit }.sorted { $0.day < $1.day }
            func from(_ expiring: Expiring) -> Int32 { context.calendar.day(of: expiring.due) }
            var due = mine.filter { from($0) <= today }
            if due.isEmpty, let next = mine.min(by: { from($0) < from($1) }) { due = [next] }
            guard let first = due.first, let last = due.last, let start = due.map(from).min() else { return nil }
            var facts: JSONObject = ["expires": .string(CivilDate(daysSinceEpoch: Int(first.day)).description)]
            if last.day > first.day {
                facts["through"] = .string(CivilDate(daysSinceEpoch: Int(last.day)).description)
            }
            let amount = due.reduce(Int64(0)) { $0 + $1.amount }
            return Urging(
                kind: .expiry, subject: unit, key: Int64(first.day), from: start, until: last.day, amount: amount,
                wanted: amount,
                id: EffectID.derived(
                    programme: programme, source: "notice/expiring-soon/" + unit,
                    cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: first.day))), member: id),
                source: unit, code: NoticeCode.expiringSoon, facts: facts,
                webhook: context.programme.units[unit]?.notify?.webhook, days: due.map(\.day))
        }
    }

    private func tierUrgings(_ context: DecisionContext) -> [Urging] {
        guard let word = counters[TierCounters.word], word.granted > 0, let mark = word.marks.first else { return [] }
        return [
            Urging(
                kind: .tier, subject: "", key: word.granted, from: mark.day, until: Int32(clamping: word.granted),
                amount: word.marks.first { $0.slot == 0 }?.wanted ?? 0,
                wanted: word.marks.first { $0.slot == 1 }?.wanted ?? 0,
                id: EffectID.derived(
                    programme: programme, source: TierCounters.told,
                    cause: ID128(high: 0, low: UInt64(bitPattern: word.refused)), member: id),
                source: "tier/", code: TierStatus.Move.Kind.willEnd.rawValue)
        ]
    }

    private func offerUrgings(_ context: DecisionContext) -> [Urging] {
        context.programme.tenureRewards.compactMap { reward in
            let name = Self.tenure(reward.id)
            guard counters[name] == nil, let after = reward.after else { return nil }
            let from = context.calendar.day(of: context.calendar.instant(after, after: profile.joinedDay))
            return Urging(
                kind: .offer, subject: reward.id, key: 0, from: from,
                id: EffectID.derived(programme: programme, source: name, cause: id.value, member: id),
                source: reward.id, code: "offer-opened")
        }
    }

    private func wishUrgings(_ today: Int32) -> [Urging] {
        counters.compactMap { name, counter in
            guard name.hasPrefix("wish/"), !counter.marks.isEmpty, counter.granted == 1 else { return nil }
            let reward = String(name.dropFirst(5))
            return Urging(
                kind: .wish, subject: reward, key: counter.refused, from: today,
                id: EffectID.derived(
                    programme: programme, source: name, cause: id.value, member: id, occurrence: counter.refused + 1),
                source: reward, code: "in-reach")
        }
    }

    // MARK: Nudges

    private func nudgeUrgings(_ today: Int32, _ context: DecisionContext) -> [Urging] {
        context.programme.programme.nudges.flatMap { nudge -> [Urging] in
            switch nudge.occasion {
            case .rule: ruleUrging(nudge, today).map { [$0] } ?? []
            case .challenge(let id, let before, let missing):
                challengeUrgings(nudge, id, Int32(clamping: before), missing, today, context)
            case .streak(let id, let before):
                streakUrging(nudge, id, Int32(clamping: before), today, context).map { [$0] } ?? []
            }
        }
    }

    private func urging(
        _ kind: Urging.Kind, _ nudge: Nudge, key: Int32, from: Int32, until: Int32, amount: Int64 = 0,
        wanted: Int64 = 0
    ) -> Urging {
        Urging(
            kind: kind, subject: nudge.id, key: Int64(key), from: from, until: until, amount: amount, wanted: wanted,
            id: EffectID.derived(
                programme: programme, source: "nudge/" + nudge.id,
                cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: key))), member: id),
            source: "nudge/" + nudge.id, code: "nudge", webhook: nudge.webhook)
    }

    /// Of the latest day on which a rule saw an occasion; what came before the nudge was last said is over.
    private func ruleUrging(_ nudge: Nudge, _ today: Int32) -> Urging? {
        guard let day = counters[PressureCounters.wants(of: nudge.id)]?.marks.last?.day else { return nil }
        let last = counters[PressureCounters.urged(nudge.id)]?.marks.last?.day
        if let last, day < last { return nil }
        let rested = last.map { $0 + Int32(clamping: nudge.rest) } ?? .min
        return urging(
            .nudge, nudge, key: day, from: max(day + 1, rested), until: day + 1 + Int32(clamping: nudge.within))
    }

    /// Of the running period, and of the next one if the member has joined for good.
    private func challengeUrgings(
        _ nudge: Nudge, _ id: String, _ before: Int32, _ missing: Int64?, _ today: Int32, _ context: DecisionContext
    ) -> [Urging] {
        guard let challenge = context.programme.challenges[id], challenge.team == nil,
            let standing = evaluation(of: challenge).standing(on: today), standing.days.upperBound < .max
        else { return [] }
        let isJoined = challenge.isJoined && isJoined(id, on: today)
        guard !challenge.isJoined || isJoined else { return [] }
        let told = Set((counters[PressureCounters.urged(nudge.id)]?.marks ?? []).map(\.day))
        func fits(_ value: Int64, _ target: Int64) -> Bool { missing.map { target - value <= $0 } ?? true }
        var found: [Urging] = []
        let days = standing.days
        if !standing.isComplete, standing.value > 0 || isJoined, fits(standing.value, standing.target),
            !told.contains(days.lowerBound)
        {
            found.append(
                urging(
                    .challenge, nudge, key: days.lowerBound, from: max(days.lowerBound, days.upperBound - before),
                    until: days.upperBound, amount: standing.value, wanted: standing.target))
        }
        if isJoined, let next = context.calendar.periods.days(of: challenge, containing: days.upperBound),
            next.lowerBound == days.upperBound, fits(0, standing.target)
        {
            found.append(
                urging(
                    .challenge, nudge, key: next.lowerBound, from: max(next.lowerBound, next.upperBound - before),
                    until: next.upperBound, wanted: standing.target))
        }
        return found
    }

    /// Of the running period if it is open and nothing covers it; else of the next one, for the calendar.
    private func streakUrging(
        _ nudge: Nudge, _ id: String, _ before: Int32, _ today: Int32, _ context: DecisionContext
    ) -> Urging? {
        guard let streak = context.programme.streaks[id] else { return nil }
        let history = streakHistory(streak, context.programme)
        guard !history.amounts.isEmpty || history.base != nil else { return nil }
        let calculator = StreakCalculator(streak)
        let result = calculator.result(history, today: today)
        guard result.current > 1, result.freezes == 0 else { return nil }
        var days = context.calendar.periods.days(of: streak.every, containing: today)
        let state = calculator.recent(history, today: today, count: 1).last?.state
        if state != .open { days = context.calendar.periods.days(of: streak.every, containing: days.upperBound) }
        let told = counters[PressureCounters.urged(nudge.id)]?.marks.contains { $0.day == days.lowerBound } ?? false
        guard !told else { return nil }
        return urging(
            .streak, nudge, key: days.lowerBound, from: max(days.lowerBound, days.upperBound - before),
            until: days.upperBound, amount: result.current)
    }
}
