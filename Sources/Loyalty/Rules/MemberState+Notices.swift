public import Primitives

/// What a member is told about their points: that some will expire, that some became spendable.
extension MemberState {
    /// The subjects of notices.
    public enum NoticeCode {
        public static let expiringSoon = "expiring-soon"
        public static let activated = "activated"
    }

    private struct Expiring {
        var unit: String
        /// The first day on which they cannot be spent.
        var day: Int32
        var due: Instant
        var amount: Int64
    }

    static func toldCounter(_ unit: String) -> String { "told/expiring/" + unit }

    /// Expiries of which the member is to be told and was not, one per unit and day. A pure function of lots and of what
    /// was told.
    private func expiring(_ context: DecisionContext) -> [Expiring] {
        var all: [Expiring] = []
        for unit in context.programme.noticeUnits {
            guard let lead = unit.notify?.expiring else { continue }
            let told = counters[Self.toldCounter(unit.id)]?.marks ?? []
            for lot in wallet.lots where lot.unit == unit.id && lot.remaining > 0 && !lot.lapses {
                guard let expiresAt = lot.expiresAt, expiresAt > context.now else { continue }
                let day = context.calendar.day(of: expiresAt)
                if let index = all.firstIndex(where: { $0.unit == unit.id && $0.day == day }) {
                    all[index].amount += lot.remaining
                } else if !told.contains(where: { $0.day == day }) {
                    all.append(
                        Expiring(
                            unit: unit.id, day: day, due: context.calendar.instant(lead, before: day),
                            amount: lot.remaining))
                }
            }
        }
        return all
    }

    /// When there is something to tell next.
    func nextNotice(_ context: DecisionContext) -> Instant? {
        guard !context.programme.noticeUnits.isEmpty, !wallet.lots.isEmpty else { return nil }
        return expiring(context).map(\.due).min()
    }

    /// Tells what is due. What was spent meanwhile is not in a lot any more, so nobody is told of it.
    mutating func tellExpiring(_ context: DecisionContext, into changes: inout Changes) {
        guard !context.programme.noticeUnits.isEmpty else { return }
        let today = context.calendar.day(of: context.now)
        for notice in expiring(context) where notice.due <= context.now {
            let name = Self.toldCounter(notice.unit)
            // A day that is over needs no memory.
            var counter = Counter(marks: (counters[name]?.marks ?? []).filter { $0.day >= today })
            counter.add(CounterMark(day: notice.day, wanted: 1))
            counters[name] = counter
            changes.counters.insert(name)
            tell(
                NoticeCode.expiringSoon,
                id: EffectID.derived(
                    programme: programme, source: "notice/expiring-soon/" + notice.unit,
                    cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: notice.day))), member: id),
                unit: notice.unit, amount: notice.amount,
                facts: ["expires": .string(CivilDate(daysSinceEpoch: Int(notice.day)).description)], context,
                into: &changes)
        }
    }

    /// Tells what became spendable: one notice per unit.
    mutating func tellActivated(
        _ transfers: ArraySlice<Transfer>, _ context: DecisionContext, into changes: inout Changes
    ) {
        for unit in context.programme.noticeUnits where unit.notify?.activated == true {
            let activated = transfers.filter { $0.kind == .activate && $0.unit == unit.id }
            guard let first = activated.first else { continue }
            tell(
                NoticeCode.activated, id: EffectID.derived(from: first.id, step: "told"), unit: unit.id,
                amount: activated.reduce(0) { $0 + $1.amount }, facts: [:], context, into: &changes)
        }
    }

    private mutating func tell(
        _ code: String, id: ID128, unit: String, amount: Int64, facts: JSONObject, _ context: DecisionContext,
        into changes: inout Changes
    ) {
        let day = context.calendar.day(of: context.now)
        let effect = AppliedEffect(
            id: id, kind: .notice, source: unit, version: context.programme.version, subject: code, amount: amount,
            wanted: amount, at: stamp(context.now, day: day, context), day: day,
            proof: facts.isEmpty ? [] : JSONValue.object(facts).bytes())
        changes.effects.append(effect)
        if let webhook = context.programme.units[unit]?.notify?.webhook { changes.webhooks.append((webhook, effect)) }
    }
}
