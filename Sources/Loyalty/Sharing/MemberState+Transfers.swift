public import Primitives

/// Giving points to another member. One command decides for both, so either both statements have it or neither.
extension MemberState {
    /// Gives spendable points to another member at once.
    ///
    /// - Parameter id: derived from the request; what the other receives has identifiers derived from it.
    public mutating func transfer(
        _ amount: Int64, of unit: String, to other: inout MemberState, id: ID128, _ context: DecisionContext,
        _ otherContext: DecisionContext, into changes: inout Changes, otherChanges: inout Changes
    ) throws(CommandProblem) {
        guard other.id != self.id else { throw .sameMember }
        let day = context.calendar.day(of: context.now)
        let terms = try terms(of: unit, amount: amount, day: day, context)
        guard terms.allowed == .any else { throw .transfersNotAllowed }
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            try other.settle(otherContext, into: &otherChanges)
            guard wallet.spendable(unit, at: context.now) >= amount + terms.fee else {
                throw .insufficient(
                    unit: unit, needed: amount + terms.fee, spendable: wallet.spendable(unit, at: context.now))
            }
            try pass(
                amount, of: unit, to: &other, id: id, source: "transfer", context, otherContext, into: &changes,
                otherChanges: &otherChanges)
            if terms.fee > 0 {
                try wallet.take(
                    Transfer(
                        id: EffectID.derived(from: id, step: "fee"), kind: .charge, unit: unit, amount: terms.fee,
                        at: stamp(context.now, day: day, context), source: "transfer",
                        sourceVersion: context.programme.version, refers: id),
                    to: .charged, at: context.now, into: &changes.journal)
            }
        } catch {
            throw .ledger(error)
        }
        count(amount, of: unit, day: day, into: &changes)
        explain(
            .sent, -amount - terms.fee, of: unit, id: id, source: "transfer", day: day, context, into: &changes)
        other.explainReceived(amount, of: unit, id: id, source: "transfer", otherContext, into: &otherChanges)
    }

    /// Sets points aside for whoever enters the gift's code. What is not accepted by the deadline, or by the time that
    /// the first of its points would expire, returns by itself: a gift is a hold.
    public mutating func offerGift(
        _ amount: Int64, of unit: String, id: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) -> Hold {
        let day = context.calendar.day(of: context.now)
        let terms = try terms(of: unit, amount: amount, day: day, context)
        let at = stamp(context.now, day: day, context)
        do throws(LedgerProblem) {
            try settle(context, into: &changes)
            let transfer = Transfer(
                id: id, kind: .hold, unit: unit, amount: amount + terms.fee, at: at, source: TransferTerms.gift,
                sourceVersion: context.programme.version)
            // What it will consist of, so that no accepted gift holds points that are gone.
            var trial = wallet
            var scratch = LedgerJournal()
            let first = try trial.send(transfer, at: context.now, into: &scratch).compactMap(\.expiresAt).min()
            let deadline: Instant =
                switch terms.deadline {
                // From the end of the day, as every hold: what is kept of it must not tell the moment.
                case .milliseconds(let length):
                    (profile.level == .personal ? context.now : context.calendar.start(of: day + 1))
                        .adding(milliseconds: length)
                default: context.calendar.instant(terms.deadline, after: day)
                }
            let hold = try wallet.hold(
                transfer, reward: TransferTerms.gift, until: first.map { min($0, deadline) } ?? deadline,
                at: context.now, into: &changes.journal)
            count(amount, of: unit, day: day, into: &changes)
            explain(.sent, -amount - terms.fee, of: unit, id: id, source: "gift", day: day, context, into: &changes)
            return hold
        } catch {
            throw .ledger(error)
        }
    }

    /// Takes a gift that another member offered.
    public mutating func acceptGift(
        _ id: ID128, from sender: inout MemberState, _ context: DecisionContext, _ senderContext: DecisionContext,
        into changes: inout Changes, senderChanges: inout Changes
    ) throws(CommandProblem) {
        guard sender.id != self.id else { throw .sameMember }
        do throws(LedgerProblem) {
            try sender.settle(senderContext, into: &senderChanges)
            try settle(context, into: &changes)
            guard let hold = sender.wallet.holds.first(where: { $0.id == id && $0.isGift }) else { throw .unknownHold }
            let fee = context.programme.units[hold.unit]?.transfers?.fee ?? 0
            // The fee as it is now, but never more than what was set aside for it.
            let charge = min(fee, hold.amount - 1)
            let day = senderContext.calendar.day(of: senderContext.now)
            let out = EffectID.derived(from: id, step: "accepted")
            let transfer = Transfer(
                id: out, kind: .transferOut, unit: hold.unit, amount: hold.amount,
                at: sender.stamp(senderContext.now, day: day, senderContext), source: "gift",
                sourceVersion: context.programme.version, refers: id)
            let parcels = try sender.wallet.handOver(
                hold: id, charge: charge, transfer, chargeID: EffectID.derived(from: id, step: "fee"),
                at: context.now, into: &senderChanges.journal
            ).parcels
            try take(parcels, of: hold.unit, id: out, source: "gift", context, into: &changes)
            explainReceived(
                hold.amount - charge, of: hold.unit, id: out, source: "gift", context, into: &changes)
        } catch {
            throw .ledger(error)
        }
    }

    /// Takes back a gift that nobody has accepted yet.
    public mutating func withdrawGift(
        _ id: ID128, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) -> Hold {
        let day = context.calendar.day(of: context.now)
        do throws(LedgerProblem) {
            guard wallet.holds.contains(where: { $0.id == id && $0.isGift }) else { throw .unknownHold }
            let hold = try wallet.cancel(
                hold: id, transferID: EffectID.derived(from: id, step: "cancel"),
                sourceVersion: context.programme.version, at: stamp(context.now, day: day, context),
                into: &changes.journal)
            explainReturned(hold, day: day, context, into: &changes)
            return hold
        } catch {
            throw .ledger(error)
        }
    }

    /// Says of gifts that the calendar has just returned that they did.
    mutating func explainReturnedGifts(_ context: DecisionContext, into changes: inout Changes) {
        let returned = changes.journal.holds.values.filter { $0.isGift && $0.state == .expired }
        for hold in returned.sorted(by: { $0.id < $1.id }) {
            explainReturned(hold, day: context.calendar.day(of: hold.expiresAt), context, into: &changes)
        }
    }

    private mutating func explainReturned(
        _ hold: Hold, day: Int32, _ context: DecisionContext, into changes: inout Changes
    ) {
        let id = EffectID.derived(from: hold.id, step: "returned")
        guard !changes.effects.contains(where: { $0.id == id }) else { return }
        explain(.returned, hold.amount, of: hold.unit, id: id, source: "gift", day: day, context, into: &changes)
    }

    // MARK: Between any two records

    /// Moves spendable points to another record, whatever the terms; both keep the dates.
    mutating func pass(
        _ amount: Int64, of unit: String, to other: inout MemberState, id: ID128, source: String,
        _ context: DecisionContext, _ otherContext: DecisionContext, into changes: inout Changes,
        otherChanges: inout Changes
    ) throws(LedgerProblem) {
        let day = context.calendar.day(of: context.now)
        let parcels = try wallet.send(
            Transfer(
                id: id, kind: .transferOut, unit: unit, amount: amount, at: stamp(context.now, day: day, context),
                source: source, sourceVersion: context.programme.version),
            at: context.now, into: &changes.journal)
        try other.take(parcels, of: unit, id: id, source: source, otherContext, into: &otherChanges)
    }

    /// Takes in parcels that left another record in the transfer `id`.
    mutating func take(
        _ parcels: [Parcel], of unit: String, id: ID128, source: String, _ context: DecisionContext,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        let day = context.calendar.day(of: context.now)
        try wallet.receive(
            parcels,
            Transfer(
                id: id, kind: .transferIn, unit: unit, amount: 0, at: stamp(context.now, day: day, context),
                source: source, sourceVersion: context.programme.version, refers: id),
            id: { EffectID.derived(from: id, step: "in", occurrence: Int64($0)) }, into: &changes.journal)
    }

    mutating func explain(
        _ kind: AppliedEffect.Kind, _ amount: Int64, of unit: String, id: ID128, source: String, day: Int32,
        _ context: DecisionContext, into changes: inout Changes
    ) {
        let isToday = day == context.calendar.day(of: context.now)
        changes.effects.append(
            AppliedEffect(
                id: id, kind: kind, source: source, version: context.programme.version, subject: unit,
                amount: amount, wanted: amount,
                at: stamp(isToday ? context.now : context.calendar.start(of: day), day: day, context), day: day))
    }

    mutating func explainReceived(
        _ amount: Int64, of unit: String, id: ID128, source: String, _ context: DecisionContext,
        into changes: inout Changes
    ) {
        explain(
            .received, amount, of: unit, id: EffectID.derived(from: id, step: "received"), source: source,
            day: context.calendar.day(of: context.now), context, into: &changes)
    }

    // MARK: Terms

    private func terms(
        of unit: String, amount: Int64, day: Int32, _ context: DecisionContext
    ) throws(CommandProblem) -> TransferTerms {
        guard let declared = context.programme.units[unit] else { throw .unknownUnit }
        guard let terms = declared.transfers, declared.kind == .points else { throw .transfersNotAllowed }
        guard amount > 0, amount <= CompiledAward.maximum else { throw .ledger(.notPositive(amount)) }
        guard amount >= terms.minimum else { throw .transferMinimum(terms.minimum) }
        if let most = terms.maximum {
            let days = context.calendar.periods.days(of: terms.per, containing: day)
            let marks = counters[TransferTerms.counter(of: unit)]?.marks(in: days) ?? []
            let given = marks.reduce(Int64(0)) { $0 + $1.wanted * $1.count }
            guard given + amount <= most else { throw .transferLimit(most: most, left: max(0, most - given)) }
        }
        return terms
    }

    private mutating func count(_ amount: Int64, of unit: String, day: Int32, into changes: inout Changes) {
        let name = TransferTerms.counter(of: unit)
        counters[name, default: .empty].add(CounterMark(day: day, wanted: amount))
        changes.counters.insert(name)
    }
}
