internal import Primitives

/// How tiers come and go, in `programme.yaml`.
extension DocumentParser {
    static let tierKeys = ["unit", "counts", "cycle", "lasts", "downgrade", "grace", "notice", "levels"]

    func isInvited(_ level: DocumentSection) -> Bool {
        guard let node = level.node("invited"), reader.boolean(node) ?? false else { return false }
        if let at = level.node("at") {
            reader.report("Nobody reaches a tier by invitation at \(at.kind).", at: at.mark, fix: "Leave 'at' out.")
        }
        return true
    }

    func tierCycle(_ section: DocumentSection) -> TierCycle? {
        guard let node = section.node("cycle") else {
            for key in ["lasts", "downgrade", "grace", "notice"] {
                if let node = section.node(key) {
                    reader.report("Without a 'cycle' there is no '\(key)'.", at: node.mark, fix: "Add 'cycle: year'.")
                }
            }
            return nil
        }
        guard let period = period(node, section) else { return nil }
        var cycle = TierCycle(period: period)
        if let node = section.node("lasts"), let lasts = lasts(node, period) { cycle.lasts = lasts }
        if let node = section.node("downgrade"), let downgrade: TierCycle.Downgrade = reader.choice(node, "a downgrade")
        {
            cycle.downgrade = downgrade
        }
        cycle.grace = section.node("grace").flatMap { days($0) }
        cycle.notice = section.node("notice").flatMap { days($0) }
        return cycle
    }

    /// `year`, `half-year`, `quarter`, `anniversary`, `{ rolling: 12 months }` or days such as `[01-15, 07-01]`.
    private func period(_ node: DocumentNode, _ section: DocumentSection) -> TierCycle.Period? {
        switch node {
        case .list(let elements, let mark):
            let dates = elements.compactMap { monthDay($0) }
            guard dates.count == elements.count, !dates.isEmpty, dates.count <= 20, Set(dates).count == dates.count
            else {
                reader.report("A cycle by dates has 1 to 20 different days of the year.", at: mark)
                return nil
            }
            return .dates(dates.sorted())
        case .mapping:
            guard let rolling = section.section("cycle", what: "the cycle", keys: ["rolling"]),
                let length = rolling.need("rolling"),
                case .some(.some(let span)) = reader.duration(length, allowsNone: false)
            else { return nil }
            guard case .months(let months) = span else {
                reader.report(
                    "A rolling cycle is a number of months.", at: length.mark, fix: "Write rolling: 12 months.")
                return nil
            }
            return .rolling(months: months)
        case .scalar(let scalar):
            switch scalar.text {
            case "year": return .calendar(months: 12)
            case "half-year": return .calendar(months: 6)
            case "quarter": return .calendar(months: 3)
            case "anniversary": return .anniversary
            default:
                reader.report(
                    "'\(scalar.text.prefix(80))' is not a cycle.", at: scalar.mark,
                    fix: "Choose from: year, half-year, quarter, anniversary, { rolling: 12 months }, [01-15, 07-01].")
                return nil
            }
        }
    }

    private func monthDay(_ node: DocumentNode) -> TierCycle.MonthDay? {
        guard let scalar = reader.scalar(node, "a day of the year") else { return nil }
        // 2028 is a leap year: 02-29 is a day of it.
        guard let date = CivilDate("2028-" + scalar.text) else {
            reader.report(
                "'\(scalar.text.prefix(80))' is not a day of the year.", at: scalar.mark, fix: "Write it as in 07-01.")
            return nil
        }
        return TierCycle.MonthDay(month: date.month, day: date.day)
    }

    private func lasts(_ node: DocumentNode, _ period: TierCycle.Period) -> TierCycle.Lasts? {
        guard let scalar = reader.scalar(node, "how long a tier lasts") else { return nil }
        switch scalar.text {
        case "cycle": return .cycle
        case "next-cycle":
            if case .rolling = period {
                reader.report(
                    "A rolling cycle has no next one.", at: scalar.mark, fix: "Write lasts: cycle, or a length of time."
                )
            }
            return .nextCycle
        default: return days(node).map { .span($0) }
        }
    }

    /// A length of whole days or months.
    private func days(_ node: DocumentNode) -> DurationSpan? {
        guard case .some(.some(let span)) = reader.duration(node, allowsNone: false) else { return nil }
        if case .milliseconds = span {
            reader.report("Tiers come and go with days.", at: node.mark, fix: "Write it in days, weeks or months.")
            return nil
        }
        return span
    }
}
