internal import Primitives

/// How the terms of units and rules are written.
extension DocumentTree {
    static func pending(_ term: PendingTerm) -> DocumentTree {
        switch term {
        case .atOnce: .raw("none")
        case .after(let span): .raw(span.documentText)
        case .next(let period): .mapping(("next", .raw(period.rawValue)))
        case .on(let days): .mapping(("on", .list(days.map { .text($0.text) })))
        case .event(let event):
            .mapping(
                ("until", .text(event.until)), ("cancelled-by", event.cancelledBy.map { .text($0) }),
                ("match", event.match.map { .text($0) }), ("within", .raw(event.within.documentText)),
                ("then", event.otherwise == .activate ? nil : .raw(event.otherwise.rawValue)))
        }
    }

    static func expires(_ term: ExpiryTerm) -> DocumentTree {
        switch term {
        case .never: .raw("none")
        case .after(let span, nil): .raw(span.documentText)
        case .after(let span, let period?):
            .mapping(("after", .raw(span.documentText)), ("end-of", .raw(period.rawValue)))
        case .on(let days): .mapping(("on", .list(days.map { .text($0.text) })))
        case .inactive(let span, let resets):
            .mapping(
                ("inactive", .raw(span.documentText)), ("reset-by", .list(resets.map { .text($0.text) })))
        }
    }

    /// What an award says of its own; `nil` for nothing.
    static func terms(_ pending: PendingTerm?, _ expires: ExpiryTerm?) -> DocumentTree? {
        guard pending != nil || expires != nil else { return nil }
        return .mapping(
            ("pending", pending.map { self.pending($0) }), ("expires", expires.map { self.expires($0) }))
    }

    /// What tiers make of an award.
    static func tiers(_ tiers: [AwardTerms.ForTier]) -> DocumentTree? {
        guard !tiers.isEmpty else { return nil }
        return .mapping(
            tiers.map { own in
                let terms = terms(own.pending, own.expires)
                let isOnce = own.hundredths == AwardTerms.once && terms != nil
                return Entry(
                    key: own.tier,
                    value: .mapping(
                        ("multiply", isOnce ? nil : .raw(hundredths(own.hundredths))), ("terms", terms)))
            })
    }

    /// Hundredths as they are written: 1.5.
    static func hundredths(_ value: Int64) -> String {
        let rest = value % 100
        guard rest > 0 else { return String(value / 100) }
        let digits = (rest < 10 ? "0" : "") + String(rest)
        return String(value / 100) + "." + (digits.hasSuffix("0") ? String(digits.dropLast()) : digits)
    }

    static func notices(_ notices: UnitNotices) -> DocumentTree {
        if let span = notices.expiring, notices == UnitNotices(expiring: span) { return .raw(span.documentText) }
        return .mapping(
            ("expiring", notices.expiring.map { .raw($0.documentText) }),
            ("activated", notices.activated ? .raw("true") : nil), ("webhook", notices.webhook.map { .text($0) }))
    }
}
