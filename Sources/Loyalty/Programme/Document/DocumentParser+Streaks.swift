internal import Primitives

/// `streaks/*.yaml`.
extension DocumentParser {
    private static let measureKeys = ["count", "when", "sum", "needs"]

    func streak(_ node: DocumentNode, _ stem: String) -> Streak? {
        guard let id = declaredID(node, "streak", .thing, stem) else { return nil }
        let name = "streak:\(id)"
        let keys =
            ["streak", "name", "every"] + Self.measureKeys
            + ["all-of", "any-of", "days", "freezes", "milestones", "repairs", "why"]
        guard let section = DocumentSection(reader, node, what: "the streak", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        var streak = Streak(id: id)
        streak.name = localized(section, "name")
        streak.why = localized(section, "why")
        if let node = section.need("every"), let period: PeriodUnit = reader.choice(node, "a period") {
            streak.every = period
            if period == .year || period == .ever {
                reader.report("A streak is counted in days, weeks or months.", at: node.mark, fix: "Write every: day.")
            }
        }
        measures(of: &streak, section)
        streak.days = days(section)
        streak.freezes = freezes(section)
        streak.milestones = milestones(section)
        streak.repairs = section.list("repairs", of: "repairs").compactMap { repair($0.node, $0.name) }
        return streak
    }

    private func measures(of streak: inout Streak, _ section: DocumentSection) {
        let forms = ["count", "all-of", "any-of"].filter { section.node($0) != nil }
        guard forms.count == 1, let form = forms.first else {
            reader.report(
                "A streak has exactly one of: count, all-of, any-of.", at: section.mark,
                fix: "Write what is counted, as in 'count: article.read'.")
            reader.markBroken(section.name)
            return
        }
        if form == "count" {
            if let measure = measure("count", section) { streak.measures = [measure] }
            return
        }
        streak.needsAll = form == "all-of"
        for key in ["when", "sum", "needs"] where section.node(key) != nil {
            reader.report(
                "'\(key)' belongs to one of the measures.", at: section.node(key)?.mark, fix: "Move it there.")
        }
        guard let list = section.section(form, what: "the measures", keys: []) else { return }
        for entry in list.entries {
            guard reader.word(.scalar(entry.key), "the name of a measure", .thing) != nil,
                let one = DocumentSection(
                    reader, entry.value, what: "the measure '\(entry.key.text)'",
                    name: "\(section.name).\(form).\(entry.key.text)", keys: Self.measureKeys),
                let measure = measure(entry.key.text, one)
            else { continue }
            streak.measures.append(measure)
        }
    }

    private func measure(_ id: String, _ section: DocumentSection) -> Streak.Measure? {
        guard let node = section.need("count"), let event = reader.word(node, "the name of an event type", .event)
        else {
            reader.markBroken(section.name)
            return nil
        }
        var measure = Streak.Measure(id: id, event: event)
        measure.condition = expression(section, "when")
        measure.sum = expression(section, "sum")
        if let node = section.node("needs"), let needs = reader.integer(node) { measure.needs = needs }
        return measure
    }

    /// `days: 5`, or `days: { usual: 5, from: 3, to: 7 }` where the member chooses.
    private func days(_ section: DocumentSection) -> Streak.Days? {
        guard let node = section.node("days") else { return nil }
        guard case .mapping = node else { return reader.integer(node, 1...31).map { Streak.Days(usual: Int($0)) } }
        guard let days = section.section("days", what: "the days", keys: ["usual", "from", "to"]),
            let usual = days.need("usual").flatMap({ reader.integer($0, 1...31) }),
            let least = days.need("from").flatMap({ reader.integer($0, 1...31) }),
            let most = days.need("to").flatMap({ reader.integer($0, 1...31) })
        else { return nil }
        guard least <= usual, usual <= most else {
            reader.report("The usual number of days lies between 'from' and 'to'.", at: node.mark)
            return nil
        }
        return Streak.Days(usual: Int(usual), least: Int(least), most: Int(most))
    }

    private func freezes(_ section: DocumentSection) -> Streak.Freezes? {
        guard
            let freezes = section.section(
                "freezes", what: "the freezes", keys: ["initial", "earned-every", "maximum"])
        else { return nil }
        let initial = freezes.node("initial").flatMap { reader.integer($0, 0...100) } ?? 0
        let every = freezes.node("earned-every").flatMap { reader.integer($0, 1...10_000) }
        guard let maximum = freezes.need("maximum").flatMap({ reader.integer($0, 1...100) }) else { return nil }
        if initial > maximum {
            reader.report(
                "A member starts with \(initial) freezes, but has at most \(maximum).",
                at: freezes.node("initial")?.mark)
        }
        return Streak.Freezes(initial: Int(initial), earnedEvery: every.map { Int($0) }, maximum: Int(maximum))
    }

    private func milestones(_ section: DocumentSection) -> [Streak.Milestone] {
        guard let list = section.section("milestones", what: "the milestones", keys: []) else { return [] }
        var milestones: [Streak.Milestone] = []
        for entry in list.entries {
            // Keys are texts to many writers of YAML: '7' is 7 here.
            guard let at = Int64(entry.key.text), (1...100_000).contains(at) else {
                reader.report(
                    "'\(entry.key.text.prefix(80))' is not the length of a streak.", at: entry.key.mark,
                    fix: "Write a whole number of periods, as in '7: …'.")
                continue
            }
            milestones.append(
                Streak.Milestone(at: at, effects: effects(list, entry.key.text, required: true)))
        }
        return milestones.sorted { $0.at < $1.at }
    }

    private func repair(_ node: DocumentNode, _ name: String) -> DaySpan? {
        guard let section = DocumentSection(reader, node, what: "a repair", name: name, keys: ["from", "to"]),
            let fromNode = section.need("from"), let from = date(fromNode),
            let toNode = section.need("to"), let to = date(toNode)
        else { return nil }
        guard from <= to, to - from < StreakLimits.repairLength else {
            reader.report(
                "A repair goes from a day to the same day or a later one, over at most \(StreakLimits.repairLength) days.",
                at: node.mark)
            return nil
        }
        return DaySpan(first: from, last: to)
    }

    /// A day, as `2026-03-01`, in days since 1970-01-01.
    func date(_ node: DocumentNode) -> Int32? {
        guard let scalar = reader.scalar(node, "a day") else { return nil }
        if let date = CivilDate(scalar.text), date.year >= 1 { return Int32(date.daysSinceEpoch) }
        reader.report("'\(scalar.text.prefix(80))' is not a day.", at: scalar.mark, fix: "Write it as in 2026-03-01.")
        return nil
    }
}
