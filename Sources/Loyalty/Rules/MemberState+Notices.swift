import Primitives

/// What a member is told about their points: that some will expire, that some became spendable.
extension MemberState {
    /// The subjects of notices.
    public enum NoticeCode {
        public static let expiringSoon = "expiring-soon"
        public static let activated = "activated"
    }

    struct Expiring {
        var unit: String
        /// The first day on which they cannot be spent.
        var day: Int32
        var due: Instant
        var amount: Int64
    }

    static func toldCounter(_ unit: String) -> String { "told/expiring/" + unit }

    /// Expiries of which the member is to be told and was not, one per unit and day. A pure function of lots and of what
    /// was told.
    func expiring(_ context: DecisionContext) -> [Expiring] {
        var all: [Expiring] = []
        for unit in context.programme.noticeUnits {
            guard let lead = unit.notify?.expiring else { continue }
            let told = counters[Self.toldCounter(unit.id)]?.marks ?? []
            for lot in wallet.lots where lot.unit == unit.id && lot.remaining > 0 && !lot.lapses {
                guard let expiresAt = lot.expiresNow, expiresAt > context.now else { continue }
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
