internal import Primitives

/// How streaks are written.
extension DocumentTree {
    static func streak(_ streak: Streak, _ languages: [Language]) -> DocumentTree {
        let single = streak.needsAll && streak.measures.count == 1 && streak.measures[0].id == "count"
        var entries: [Entry] = [
            Entry(key: "streak", value: .text(streak.id))
        ]
        func add(_ key: String, _ value: DocumentTree?) {
            if let value { entries.append(Entry(key: key, value: value)) }
        }
        add("name", localized(streak.name, languages))
        add("every", .raw(streak.every.rawValue))
        if single {
            if case .mapping(let measure) = measure(streak.measures[0]) { entries += measure }
        } else {
            add(
                streak.needsAll ? "all-of" : "any-of",
                .things(streak.measures.map { Entry(key: $0.id, value: measure($0)) }))
        }
        add("days", streak.days.map(days))
        add("freezes", streak.freezes.map(freezes))
        if !streak.milestones.isEmpty {
            add(
                "milestones",
                .things(
                    streak.milestones.map { milestone in
                        Entry(key: String(milestone.at), value: .list(milestone.effects.map { effect($0) }))
                    }))
        }
        if !streak.repairs.isEmpty {
            add(
                "repairs",
                .list(streak.repairs.map { .mapping(("from", .raw(day($0.first))), ("to", .raw(day($0.last)))) }))
        }
        add("why", localized(streak.why, languages))
        return .mapping(entries)
    }

    private static func measure(_ measure: Streak.Measure) -> DocumentTree {
        .mapping(
            ("count", .text(measure.event)), ("when", measure.condition.map { .text($0) }),
            ("sum", measure.sum.map { .text($0) }), ("needs", measure.needs == 1 ? nil : .raw(String(measure.needs))))
    }

    private static func days(_ days: Streak.Days) -> DocumentTree {
        guard days.isChosen else { return .raw(String(days.usual)) }
        return .mapping(
            ("usual", .raw(String(days.usual))), ("from", .raw(String(days.least))), ("to", .raw(String(days.most))))
    }

    private static func freezes(_ freezes: Streak.Freezes) -> DocumentTree {
        .mapping(
            ("initial", freezes.initial == 0 ? nil : .raw(String(freezes.initial))),
            ("earned-every", freezes.earnedEvery.map { .raw(String($0)) }), ("maximum", .raw(String(freezes.maximum))))
    }

    static func day(_ day: Int32) -> String { CivilDate(daysSinceEpoch: Int(day)).description }
}
