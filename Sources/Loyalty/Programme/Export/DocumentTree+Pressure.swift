/// How the pressure budget and nudges are written.
extension DocumentTree {
    /// `nil` for the usual terms.
    static func pressure(_ terms: PressureTerms) -> DocumentTree? {
        guard terms != .usual else { return nil }
        if terms.isUnbounded { return .raw("unbounded") }
        return .mapping(
            ("per-day", .raw(String(terms.perDay))), ("per-week", .raw(String(terms.perWeek))),
            (
                "quiet",
                terms.quiet.map {
                    .mapping(("from", .raw(timeOfDay($0.from))), ("until", .raw(timeOfDay($0.until))))
                } ?? .raw("none")
            ),
            (
                "counts",
                terms.counts == PressureTerms.usual.counts ? nil : .list(terms.counts.map { .raw($0.rawValue) })
            ))
    }

    static func nudge(_ nudge: Nudge, _ languages: [Language]) -> DocumentTree {
        func days(_ days: Int) -> DocumentTree { .raw(DurationSpan.days(days).documentText) }
        let text = ("text", localized(nudge.text, languages))
        let webhook = ("webhook", nudge.webhook.map { DocumentTree.text($0) })
        switch nudge.occasion {
        case .rule:
            return .mapping(
                ("within", nudge.within == Nudge.usualWithin ? nil : days(nudge.within)),
                ("rest", nudge.rest == Nudge.usualRest ? nil : days(nudge.rest)), text, webhook)
        case .challenge(let challenge, let before, let missing):
            return .mapping(
                ("challenge", .text(challenge)), ("before", days(before)),
                ("missing", missing.map { .raw(String($0)) }), text, webhook)
        case .streak(let streak, let before):
            return .mapping(("streak", .text(streak)), ("before", days(before)), text, webhook)
        }
    }
}
