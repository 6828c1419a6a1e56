internal import Primitives

/// How worked examples are written.
extension DocumentTree {
    static func workedExample(_ example: WorkedExample) -> DocumentTree {
        let hasMember = example.level != nil || example.timeZone != nil
        let outcome = example.outcome
        return .mapping(
            ("example", .text(example.id)),
            (
                "member",
                hasMember
                    ? .mapping(
                        ("level", example.level.map { .raw($0.rawValue) }),
                        ("timezone", example.timeZone.map { .text($0) })) : nil
            ),
            ("events", .list(example.steps.map(step))), ("until", example.until.map { .raw(instant($0)) }),
            (
                "then",
                .mapping(
                    ("balance", counts(outcome.balances)), ("pending", counts(outcome.pending)),
                    ("tier", outcome.tier.map { .text($0.isEmpty ? "none" : $0) }),
                    ("badges", outcome.badges.map { .list($0.map { .text($0) }) }),
                    ("streaks", counts(outcome.streaks)), ("challenges", counts(outcome.challenges)))
            ))
    }

    private static func step(_ step: WorkedExample.Step) -> DocumentTree {
        let hasData = step.data.objectValue.map { $0.count > 0 } ?? false
        return .mapping(
            ("type", .text(step.type)), ("at", .raw(instant(step.at))), ("data", hasData ? json(step.data) : nil),
            ("times", step.times == 1 ? nil : .raw(String(step.times))),
            ("refused", step.refused.isEmpty ? nil : .list(step.refused.map { .text($0) })))
    }

    private static func counts(_ counts: [String: Int64]) -> DocumentTree? {
        counts.isEmpty
            ? nil
            : .mapping(counts.sorted { $0.key < $1.key }.map { Entry(key: $0.key, value: .raw(String($0.value))) })
    }
}
