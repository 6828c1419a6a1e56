internal import Primitives

/// The keys `pressure` and `nudges`.
extension DocumentParser {
    static let nudgeKeys = ["text", "challenge", "streak", "before", "missing", "within", "rest", "webhook"]

    /// `unbounded`, or a mapping of which every part has its usual value.
    func pressureTerms(_ root: DocumentSection) -> PressureTerms {
        var terms = PressureTerms.usual
        guard let node = root.node("pressure") else { return terms }
        if case .scalar(let scalar) = node {
            if scalar.text == "unbounded" { return .unbounded }
            reader.report(
                "'\(scalar.text.prefix(80))' is no budget of pressure.", at: scalar.mark,
                fix: "Write { per-day: 1, per-week: 3 }, or unbounded.")
            return terms
        }
        guard
            let section = root.section(
                "pressure", what: "the pressure", keys: ["per-day", "per-week", "quiet", "counts"])
        else { return terms }
        if let node = section.node("per-day"), let count = reader.integer(node, 0...PressureTerms.mostPerDay) {
            terms.perDay = count
        }
        if let node = section.node("per-week"), let count = reader.integer(node, 0...PressureTerms.mostPerWeek) {
            terms.perWeek = count
        }
        quiet(section, into: &terms)
        counts(section, into: &terms)
        return terms
    }

    private func quiet(_ section: DocumentSection, into terms: inout PressureTerms) {
        guard let node = section.node("quiet") else { return }
        if case .scalar(let scalar) = node, scalar.text == "none" {
            terms.quiet = nil
            return
        }
        guard let hours = section.section("quiet", what: "the quiet hours", keys: ["from", "until"]),
            let from = hours.need("from").flatMap({ reader.timeOfDay($0) }),
            let until = hours.need("until").flatMap({ reader.timeOfDay($0) })
        else { return }
        guard from != until else {
            reader.report("The quiet hours would never end.", at: hours.mark, fix: "Let them end in the morning.")
            return
        }
        terms.quiet = QuietHours(from: from, until: until)
    }

    private func counts(_ section: DocumentSection, into terms: inout PressureTerms) {
        guard let node = section.node("counts") else { return }
        let list = section.list("counts", of: "kinds of urging")
        if list.isEmpty, case .list = node {
            reader.report("Nothing would count.", at: node.mark, fix: "Write 'pressure: unbounded' if you mean it.")
        }
        var kinds: [Urging.Kind] = []
        for (element, _) in list {
            guard let kind: Urging.Kind = reader.choice(element, "a kind of urging") else { continue }
            if kinds.contains(kind) {
                reader.report("'\(kind.rawValue)' is given twice.", at: element.mark)
            } else {
                kinds.append(kind)
            }
        }
        if !kinds.isEmpty { terms.counts = kinds }
    }

    func nudge(_ id: String, _ section: DocumentSection) -> Nudge {
        var nudge = Nudge(id: id, text: localized(section, "text"))
        nudge.webhook = section.node("webhook").flatMap { reader.word($0, "the name of a webhook", .thing) }
        let challenge = section.node("challenge").flatMap { reader.word($0, "the name of a challenge", .thing) }
        let streak = section.node("streak").flatMap { reader.word($0, "the name of a streak", .thing) }
        let before = wholeDays(section, "before", 1...31)
        let missing = section.node("missing").flatMap { reader.integer($0, 1...1_000_000) }
        if challenge != nil, streak != nil {
            reader.report(
                "A nudge is about a challenge or a streak.", at: section.node("streak")?.mark,
                fix: "Make two of it.")
        }
        if let challenge {
            nudge.occasion = .challenge(challenge, before: before ?? 1, missing: missing)
        } else if let streak {
            nudge.occasion = .streak(streak, before: before ?? 1)
        }
        let isOfRule = nudge.occasion == .rule
        if isOfRule {
            nudge.within = wholeDays(section, "within", 1...31) ?? nudge.within
            nudge.rest = wholeDays(section, "rest", 1...366) ?? nudge.rest
        }
        let foreign = isOfRule ? ["before", "missing"] : ["within", "rest"] + (streak == nil ? [] : ["missing"])
        for key in foreign {
            guard let node = section.node(key) else { continue }
            let says =
                isOfRule
                ? "'\(key)' is of nudges about a challenge\(key == "before" ? " or a streak" : "")."
                : "'\(key)' is not of nudges about a \(streak == nil ? "challenge" : "streak")."
            reader.report(says, at: node.mark, fix: "Take it out.")
        }
        return nudge
    }

    /// Whole days: `2 days`, `1 week`.
    private func wholeDays(_ section: DocumentSection, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node = section.node(key), case .some(.some(let span)) = reader.duration(node, allowsNone: false)
        else { return nil }
        if case .days(let days) = span, range.contains(days) { return days }
        reader.report(
            "'\(key)' is a number of days from \(range.lowerBound) to \(range.upperBound).", at: node.mark,
            fix: "Write it as in '2 days'.")
        return nil
    }
}
