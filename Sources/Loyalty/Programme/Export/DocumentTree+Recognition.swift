internal import Primitives

/// How occasions, signers, letters, proposals and announcements are written.
extension DocumentTree {
    static func occasion(_ occasion: Occasion, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("occasion", .text(occasion.id)), ("moment", moment(occasion.moment)),
            ("by", occasion.isByHand ? .raw("hand") : nil),
            ("signed-by", .list(occasion.signers.map { .text($0) })),
            ("message", localized(occasion.message, languages)),
            (
                "award",
                occasion.award.map {
                    .mapping(("amount", .raw(String($0.amount))), ("unit", .text($0.unit)))
                }
            ),
            ("webhook", occasion.webhook.map { .text($0) }), ("why", localized(occasion.why, languages)))
    }

    private static func moment(_ moment: Occasion.Moment) -> DocumentTree {
        func numbers(_ numbers: [Int64]) -> DocumentTree { .list(numbers.map { .raw(String($0)) }) }
        switch moment {
        case .anniversary: return .mapping(("anniversary", .raw("joining")))
        case .birthday: return .mapping(("birthday", .raw("given")))
        case .tier(let tier): return .mapping(("tier", .text(tier)))
        case .count(let count):
            return .mapping(
                (
                    "count",
                    .mapping(
                        ("event", .text(count.event)), ("when", count.condition.map { .text($0) }),
                        ("at", numbers(count.at)), ("since", count.since.map { day($0) }),
                        ("per", count.isPerMaker ? .raw("maker") : nil))
                ))
        case .comeback(let after, let pause):
            return .mapping(("return", .mapping(("after", days(after)), ("pause", pause.map { days($0) }))))
        case .streak(let streak, let lengths):
            return .mapping(("streak", .mapping(("streak", .text(streak)), ("at", numbers(lengths)))))
        case .regular(let count, let within):
            return .mapping(("regular", .mapping(("days", .raw(String(count))), ("within", days(within)))))
        }
    }

    static func signer(_ signer: Signer, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("name", .text(signer.name)), ("role", localized(signer.role, languages)),
            ("maker", signer.maker.map { .text($0) }),
            ("written-by", signer.writers.isEmpty ? nil : .list(signer.writers.map { .text($0) })))
    }

    /// `nil` for the usual terms.
    static func letters(_ terms: LetterTerms) -> DocumentTree? {
        guard terms != .usual else { return nil }
        return .mapping(
            ("per-day", .raw(String(terms.perDay))), ("rest", days(terms.restDays)), ("within", days(terms.withinDays)))
    }

    static func proposals(_ terms: ProposalTerms) -> DocumentTree {
        .mapping(
            ("from", terms.from.map { .text($0) }),
            ("member-for", terms.memberDays == 0 ? nil : days(terms.memberDays)),
            ("open", .raw(String(terms.openPerMember))), ("for", days(terms.days)),
            ("quorum", .raw(String(terms.quorum))), ("counts", .raw(terms.counts.rawValue)))
    }

    static func announcement(_ announcement: Announcement, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("date", day(announcement.day)), ("what", localized(announcement.what, languages)),
            ("because", localized(announcement.because, languages)))
    }

    private static func days(_ days: Int) -> DocumentTree { .raw(DurationSpan.days(days).documentText) }

    private static func day(_ day: Int32) -> DocumentTree {
        .raw(CivilDate(daysSinceEpoch: Int(day)).description)
    }
}
