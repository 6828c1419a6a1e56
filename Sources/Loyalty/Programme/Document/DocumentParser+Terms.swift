internal import Primitives

/// The terms of units, which rules may override: when an award becomes spendable, when it expires, what a reversal takes
/// back, what the member is told.
extension DocumentParser {
    /// - Parameter isUnit: lengths in hours are for units only.
    func pending(_ section: DocumentSection, isUnit: Bool) -> PendingTerm? {
        guard let node = section.node("pending") else { return nil }
        guard case .mapping = node else {
            guard let span = span(node, isUnit: isUnit) else { return nil }
            return span.map { .after($0) } ?? .atOnce
        }
        let keys = ["next", "on", "until", "cancelled-by", "match", "within", "then"]
        guard let term = DocumentSection(reader, node, what: "'pending'", name: section.name + ".pending", keys: keys)
        else { return nil }
        guard let kind = only(["next", "on", "until"], of: term) else { return nil }
        if kind != "until" {
            for key in keys[3...] where term.node(key) != nil {
                reader.report("'\(key)' belongs to 'until'.", at: term.node(key)?.mark, fix: "Leave it out.")
            }
        }
        switch kind {
        case "next":
            let period: TermPeriod? = term.node("next").flatMap { reader.choice($0, "a period of the year") }
            return period.map { .next($0) }
        case "on":
            let days = days(term)
            return days.isEmpty ? nil : .on(days)
        default: return awaited(term).map { .event($0) }
        }
    }

    private func awaited(_ section: DocumentSection) -> AwaitedEvent? {
        func type(_ node: DocumentNode?) -> String? {
            node.flatMap { reader.word($0, "the name of an event type", .event) }
        }
        guard let until = type(section.node("until")), let node = section.need("within"),
            case .some(.some(let within)) = reader.duration(node, allowsNone: false)
        else { return nil }
        if case .milliseconds = within {
            reader.report("A window is counted in the member's days.", at: node.mark, fix: "Write it as in '14 days'.")
            return nil
        }
        var term = AwaitedEvent(until: until, cancelledBy: type(section.node("cancelled-by")), within: within)
        if let node = section.node("match") { term.match = reader.word(node, "the name of a field", .field) }
        if let node = section.node("then"), let outcome: AwaitedEvent.Outcome = reader.choice(node, "what happens then")
        {
            term.otherwise = outcome
        }
        return term
    }

    func expires(_ section: DocumentSection, isUnit: Bool) -> ExpiryTerm? {
        guard let node = section.node("expires") else { return nil }
        guard case .mapping = node else {
            guard let span = span(node, isUnit: isUnit) else { return nil }
            return span.map { .after($0, endOf: nil) } ?? .never
        }
        let keys = ["after", "end-of", "on", "inactive", "reset-by"]
        guard let term = DocumentSection(reader, node, what: "'expires'", name: section.name + ".expires", keys: keys)
        else { return nil }
        guard let kind = only(["after", "on", "inactive"], of: term) else { return nil }
        for (key, owner) in [("end-of", "after"), ("reset-by", "inactive")] where owner != kind {
            if let node = term.node(key) {
                reader.report("'\(key)' belongs to '\(owner)'.", at: node.mark, fix: "Leave it out.")
            }
        }
        switch kind {
        case "after":
            guard let node = term.node("after"), let found = span(node, isUnit: false), let span = found else {
                return nil
            }
            let period: TermPeriod? = term.node("end-of").flatMap { reader.choice($0, "a period of the year") }
            return .after(span, endOf: period)
        case "on":
            let days = days(term)
            return days.isEmpty ? nil : .on(days)
        default:
            guard let node = term.node("inactive"), let found = span(node, isUnit: false), let span = found,
                term.need("reset-by") != nil
            else { return nil }
            let resets = term.list("reset-by", of: "signs of life").compactMap { node, _ in
                reader.word(node, "earning, spending or the name of an event type", .event).map(Activity.init(text:))
            }
            guard (1...20).contains(resets.count) else {
                reader.report("Between 1 and 20 things reset it.", at: term.node("reset-by")?.mark)
                return nil
            }
            return .inactive(span, resetBy: resets)
        }
    }

    func reversal(_ section: DocumentSection) -> ReversalPolicy? {
        section.node("reversal").flatMap { reader.choice($0, "a policy for reversals") }
    }

    func notices(_ section: DocumentSection) -> UnitNotices? {
        guard let node = section.node("notify") else { return nil }
        guard case .mapping = node else {
            guard let found = span(node, isUnit: false), let span = found else { return nil }
            return UnitNotices(expiring: span)
        }
        guard
            let section = DocumentSection(
                reader, node, what: "'notify'", name: section.name + ".notify",
                keys: ["expiring", "activated", "webhook"])
        else { return nil }
        var notices = UnitNotices()
        if let node = section.node("expiring"), let found = span(node, isUnit: false) { notices.expiring = found }
        if let node = section.node("activated") { notices.activated = reader.boolean(node) ?? false }
        if let node = section.node("webhook") { notices.webhook = reader.word(node, "the name of a webhook", .thing) }
        return notices
    }

    /// The outer optional is a problem, the inner one is `none`.
    private func span(_ node: DocumentNode, isUnit: Bool) -> DurationSpan?? {
        guard case .some(let span) = reader.duration(node, allowsNone: true) else { return nil }
        if !isUnit, case .milliseconds = span {
            reader.report("It is counted in the member's days.", at: node.mark, fix: "Write it as in '30 days'.")
            return nil
        }
        return .some(span)
    }

    /// The one of several keys that is there.
    private func only(_ keys: [String], of section: DocumentSection) -> String? {
        let there = keys.filter { key in section.entries.contains { $0.key.text == key } }
        guard there.count == 1 else {
            reader.report("It has exactly one of: \(keys.joined(separator: ", ")).", at: section.mark)
            return nil
        }
        return there[0]
    }

    /// Days of the year, in their order; one alone needs no list.
    private func days(_ section: DocumentSection) -> [MonthDay] {
        guard let node = section.node("on") else { return [] }
        var nodes = [node]
        if case .list(let elements, _) = node { nodes = elements }
        var days: Set<MonthDay> = []
        for node in nodes {
            guard let scalar = reader.scalar(node, "a day of the year") else { continue }
            guard let day = MonthDay(text: scalar.text) else {
                reader.report(
                    "'\(scalar.text.prefix(80))' is not a day of the year.", at: node.mark,
                    fix: "Write month and day, as in 12-31.")
                continue
            }
            days.insert(day)
        }
        if nodes.isEmpty || nodes.count > 20 {
            reader.report("Between 1 and 20 days stand here.", at: node.mark)
            return []
        }
        return days.sorted()
    }
}
