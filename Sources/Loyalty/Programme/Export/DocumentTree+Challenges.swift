internal import Primitives

extension DocumentTree {
    static func challenge(_ challenge: Challenge, _ languages: [Language]) -> DocumentTree {
        let types = (challenge.count.map { [$0] } ?? []) + challenge.also
        var entries: [(String, DocumentTree?)] = [
            ("challenge", .text(challenge.id)), ("name", localized(challenge.name, languages)),
            (
                "count",
                types.isEmpty ? nil : types.count == 1 ? .text(types[0]) : .list(types.map { .text($0) })
            ), ("when", challenge.condition.map { .text($0) }),
        ]
        var hasTarget = challenge.stages.isEmpty
        switch challenge.measure {
        case .events: break
        case .sum(let source): entries.append(("sum", .text(source)))
        case .distinct(let distinct):
            entries += [
                ("distinct", .text(distinct.value)),
                ("within", distinct.within.isEmpty ? nil : .list(distinct.within.map { .text($0) })),
                ("device", distinct.device.map { .text($0) }),
            ]
        case .steps(let steps, let inOrder):
            hasTarget = false
            entries += [
                ("steps", .list(steps.map { step($0, languages) })), ("order", inOrder ? nil : .raw("any")),
            ]
        }
        entries += [
            ("target", hasTarget ? .raw(String(challenge.target)) : nil), ("every", period(challenge)),
            ("season", challenge.season.map { season($0) }),
            ("tiers", challenge.stages.isEmpty ? nil : .list(challenge.stages.map { stage($0, languages) })),
            ("after", challenge.after.isEmpty ? nil : .list(challenge.after.map { prerequisite($0) })),
            ("starts", challenge.starts.isEmpty ? nil : .list(challenge.starts.map { .text($0) })),
            ("join", challenge.isJoined ? .raw("member") : nil),
            (
                "goal",
                challenge.goal.map {
                    .mapping(("from", .raw(String($0.lowerBound))), ("to", .raw(String($0.upperBound))))
                }
            ),
            ("rollback", challenge.rollsBack ? nil : .raw("false")),
            ("reward", challenge.reward.isEmpty ? nil : .list(challenge.reward.map { effect($0) })),
            ("why", localized(challenge.why, languages)), ("team", challenge.team.map { team($0) }),
        ]
        return .mapping(entries.compactMap { key, value in value.map { Entry(key: key, value: $0) } })
    }

    private static func step(_ step: Challenge.Step, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("event", .text(step.event)), ("when", step.condition.map { .text($0) }),
            ("count", step.count == 1 ? nil : .raw(String(step.count))), ("name", localized(step.name, languages)))
    }

    private static func stage(_ stage: Challenge.Stage, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("tier", .text(stage.id)), ("name", localized(stage.name, languages)), ("at", .raw(String(stage.at))),
            ("reward", stage.reward.isEmpty ? nil : .list(stage.reward.map { effect($0) })))
    }

    private static func period(_ challenge: Challenge) -> DocumentTree? {
        switch challenge.cycle {
        case .days(let length, let from):
            return .mapping(("days", .raw(String(length))), ("from", .raw(dayText(from))))
        case .rolling(let length): return .mapping(("rolling", .raw(String(length))))
        case nil: return challenge.every == .ever ? nil : .raw(challenge.every.rawValue)
        }
    }

    private static func season(_ season: Challenge.Season) -> DocumentTree {
        switch season {
        case .once(let from, let to): .mapping(("from", .raw(dayText(from))), ("to", .raw(dayText(to))))
        case .yearly(let from, let to): .mapping(("from", .raw(text(from))), ("to", .raw(text(to))))
        }
    }

    private static func dayText(_ day: Int32) -> String { CivilDate(daysSinceEpoch: Int(day)).description }

    private static func text(_ day: Challenge.MonthDay) -> String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return padded(day.month) + "-" + padded(day.day)
    }

    private static func prerequisite(_ prerequisite: Challenge.Prerequisite) -> DocumentTree {
        switch prerequisite {
        case .challenge(let id): .mapping(("challenge", .text(id)))
        case .badge(let id): .mapping(("badge", .text(id)))
        case .tier(let id): .mapping(("tier", .text(id)))
        }
    }

    static func levels(_ ladder: LevelLadder, _ languages: [Language]) -> DocumentTree {
        var most: DocumentTree?
        let at: DocumentTree
        switch ladder.thresholds {
        case .list(let list): at = .list(list.map { .raw(String($0)) })
        case .formula(let source, let count):
            at = .text(source)
            most = .raw(String(count))
        }
        return .mapping(
            ("unit", .text(ladder.unit)), ("at", at), ("most", most), ("name", localized(ladder.name, languages)),
            ("reward", ladder.reward.isEmpty ? nil : .list(ladder.reward.map { effect($0) })))
    }

    static func badge(_ badge: Badge, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("name", localized(badge.name, languages)), ("why", localized(badge.why, languages)),
            ("series", badge.series.map { .text($0) }), ("hidden", badge.hidden.map { .raw($0.rawValue) }),
            ("all-of", badge.allOf.isEmpty ? nil : .list(badge.allOf.map { .text($0) })))
    }
}
