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

    static func notices(_ notices: UnitNotices) -> DocumentTree {
        if let span = notices.expiring, notices == UnitNotices(expiring: span) { return .raw(span.documentText) }
        return .mapping(
            ("expiring", notices.expiring.map { .raw($0.documentText) }),
            ("activated", notices.activated ? .raw("true") : nil), ("webhook", notices.webhook.map { .text($0) }))
    }
}
