public import Primitives

/// Programmes of any size for measurements: a pure function, so that every run measures the same rules.
public enum BenchProgramme {
    /// A programme of `rules` rules, of which `sharing` have the trigger `article.read` and `matching` of those match every
    /// event with a share from 0.7 and at least 30 seconds; the other rules wait for other event types.
    ///
    /// - Parameters:
    ///   - sharing: at most `rules`.
    ///   - matching: at most `sharing`.
    ///   - timesPerDay: how often each matching rule gives a member its ink in a day; so the postings per event can be
    ///     chosen by how many events a member has in a day. `nil` means every time.
    public static func programme(
        id: ProgrammeID, rules: Int, sharing: Int, matching: Int, timesPerDay: Int64? = nil
    ) -> Programme {
        let sharing = min(max(0, sharing), max(0, rules))
        let matching = min(max(0, matching), sharing)
        let others = 50
        var programme = Programme(
            id: id, name: LocalizedText([.en: "Bench"]), languages: [.en],
            units: [Unit(id: "ink", name: LocalizedText([.en: "ink"]), expires: .months(12))])
        programme.events = [articleRead]
        if rules > sharing {
            programme.events += (0..<min(others, rules - sharing)).map { number in
                EventType(id: "bench.other-\(padded(number, 2))", fields: articleRead.fields)
            }
        }
        programme.rules = (0..<max(0, rules)).map { number in
            var rule = Rule(id: "rule-\(padded(number, 5))", trigger: articleRead.id)
            rule.why = LocalizedText([.en: "Rule \(number)."])
            rule.effects = [.award(amount: "1", unit: "ink")]
            if number < matching {
                rule.condition = "event.share >= 0.7 && event.seconds >= 30 && !member.paused"
                if let timesPerDay { rule.limits = [Limit(kind: .times(timesPerDay), period: .day)] }
            } else if number < sharing {
                // Each asks for something different that no event has, so that nothing can be shared between them.
                rule.condition = "event.share >= 0.7 && event.seconds >= \(100_000 + number)"
            } else {
                rule.trigger = "bench.other-\(padded((number - sharing) % others, 2))"
                rule.condition = "event.share >= 0.7 && event.seconds >= 30"
            }
            return rule
        }
        return programme
    }

    /// The event that the matching rules look for.
    public static let articleRead = EventType(
        id: "article.read", keep: [.personal: .months(24)],
        fields: [
            EventType.Field(id: "item", type: .item),
            EventType.Field(id: "share", type: .fraction),
            EventType.Field(id: "seconds", type: .duration, unit: "s"),
            EventType.Field(id: "topics", type: .list(.topic), required: false),
        ])

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
