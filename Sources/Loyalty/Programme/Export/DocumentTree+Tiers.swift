/// How tiers are written.
extension DocumentTree {
    static func tier(_ tier: TierLadder.Tier, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("at", tier.isInvited ? nil : .raw(String(tier.at))), ("invited", tier.isInvited ? .raw("true") : nil),
            ("name", localized(tier.name, languages)),
            ("gives", tier.gives.isEmpty ? nil : .list(tier.gives.map { .text($0) })))
    }

    /// Everything of a ladder but its tiers.
    static func tierTerms(_ ladder: TierLadder) -> [Entry] {
        var entries = [Entry(key: "unit", value: .text(ladder.unit))]
        if ladder.counts != .credits { entries.append(Entry(key: "counts", value: .raw(ladder.counts.rawValue))) }
        guard let cycle = ladder.cycle else { return entries }
        entries.append(Entry(key: "cycle", value: period(cycle.period)))
        switch cycle.lasts {
        case .nextCycle:
            // Written out where it is not what is left out: a rolling cycle has no next one.
            if case .rolling = cycle.period { entries.append(Entry(key: "lasts", value: .raw("next-cycle"))) }
        case .cycle: entries.append(Entry(key: "lasts", value: .raw("cycle")))
        case .span(let span): entries.append(Entry(key: "lasts", value: .raw(span.documentText)))
        }
        if cycle.downgrade != .byBalance {
            entries.append(Entry(key: "downgrade", value: .raw(cycle.downgrade.rawValue)))
        }
        if let grace = cycle.grace { entries.append(Entry(key: "grace", value: .raw(grace.documentText))) }
        if let notice = cycle.notice { entries.append(Entry(key: "notice", value: .raw(notice.documentText))) }
        return entries
    }

    private static func period(_ period: TierCycle.Period) -> DocumentTree {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        switch period {
        case .calendar(3): return .raw("quarter")
        case .calendar(6): return .raw("half-year")
        case .calendar: return .raw("year")
        case .anniversary: return .raw("anniversary")
        case .rolling(let months): return .mapping(("rolling", .raw(DurationSpan.months(months).documentText)))
        case .dates(let dates): return .list(dates.map { .raw("\(padded($0.month))-\(padded($0.day))") })
        }
    }
}
