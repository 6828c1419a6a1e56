internal import Primitives

/// How a referral is written.
extension DocumentTree {
    static func referral(_ referral: Referral, _ languages: [Language]) -> DocumentTree {
        func measure(_ measure: Streak.Measure) -> DocumentTree {
            .mapping(("event", .text(measure.event)), ("when", measure.condition.map { .text($0) }))
        }
        func days(_ count: Int32) -> DocumentTree { .raw(DurationSpan.days(Int(count)).documentText) }
        func list(_ effects: [Effect]) -> DocumentTree? {
            effects.isEmpty ? nil : .list(effects.map { effect($0) })
        }
        let limit: DocumentTree? =
            referral.most == Referral.maximum && referral.period == .ever
            ? nil : .mapping(("period", .raw(referral.period.rawValue)), ("times", .raw(String(referral.most))))
        let ambassadors = referral.ambassadors.map { standing in
            Entry(
                key: standing.id,
                value: .mapping(
                    ("name", localized(standing.name, languages)), ("at", standing.at.map { .raw(String($0)) }),
                    ("when", standing.condition.map { .text($0) }),
                    ("invited", standing.isInvited ? .raw("true") : nil), ("gives", list(standing.effects))))
        }
        return .mapping(
            ("referral", .text(referral.id)), ("name", localized(referral.name, languages)),
            ("link", .text(referral.link)), ("claim", days(referral.claim)), ("qualifies", measure(referral.qualifies)),
            ("within", days(referral.within)), ("hold", days(referral.hold)),
            ("cancelled-by", referral.cancelled.map(measure)), ("shares", referral.shares.map { .text($0) }),
            ("advocate", list(referral.advocate)), ("friend", list(referral.friend)), ("limit", limit),
            ("budget", referral.budget.map { .text($0) }), ("review", referral.review.map { .text($0) }),
            ("ambassadors", ambassadors.isEmpty ? nil : .things(ambassadors)),
            ("why", localized(referral.why, languages)))
    }
}
