internal import Primitives

/// How checks for reviews are written. What has its default is left out.
extension DocumentTree {
    static func review(_ check: ReviewCheck, _ languages: [Language]) -> DocumentTree {
        let rest: [(String, DocumentTree?)] = [
            (
                "release-after",
                check.releaseAfterDays == ReviewCheck.standardRelease
                    ? nil : .raw(DurationSpan.days(check.releaseAfterDays).documentText)
            ), ("why", localized(check.why, languages)),
        ]
        let kind: [(String, DocumentTree?)]
        switch check.kind {
        case .velocity(let event, let most, let window):
            kind = [
                ("velocity", .text(event)), ("at-most", .raw(String(most))),
                ("per", window == 86_400 ? nil : .raw(DurationSpan.milliseconds(window * 1_000).documentText)),
            ]
        case .speed(let event, let length, let seconds, let most):
            kind = [
                ("speed", .text(event)), ("length", .text(length)), ("seconds", .text(seconds)),
                ("per-minute", .raw(String(most))),
            ]
        case .dwell(let event, let seconds, let most):
            kind = [
                ("dwell", .text(event)), ("seconds", .text(seconds)),
                ("at-most", .raw(DurationSpan.milliseconds(most * 1_000).documentText)),
            ]
        case .devices(let event, let field, let members):
            kind = [
                ("devices", .text(event)), ("field", .text(field)), ("members", .raw(String(members))),
            ]
        case .raised: kind = [("raised", .raw("true"))]
        }
        return .mapping((kind + rest).compactMap { key, value in value.map { Entry(key: key, value: $0) } })
    }
}
