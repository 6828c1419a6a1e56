internal import Primitives

/// `measures`: behaviour that a programme wants to change.
extension DocumentParser {
    static let changeMeasureKeys = ["name", "of", "when", "baseline", "minimum", "group", "against", "why"]

    func changeMeasure(_ id: String, _ section: DocumentSection) -> Measure? {
        guard let event = section.need("of").flatMap({ reader.word($0, "the name of an event type", .event) }),
            section.need("when") != nil, let condition = expression(section, "when")
        else {
            reader.markBroken("measure:\(id)")
            return nil
        }
        var measure = Measure(id: id, name: localized(section, "name"), event: event, condition: condition)
        if let node = section.node("baseline"), case .some(.some(let span)) = reader.duration(node, allowsNone: false) {
            if case .days(let days) = span, days % 7 == 0, (7...182).contains(days) {
                measure.baselineWeeks = days / 7
            } else {
                reader.report(
                    "A beginning lasts 1 to 26 whole weeks.", at: node.mark, fix: "Write it as in 'baseline: 4 weeks'.")
            }
        }
        if let node = section.node("minimum"), let least = reader.integer(node, Int64(Measure.least)...1_000_000) {
            measure.minimum = Int(least)
        }
        measure.group = section.node("group").flatMap { reader.word($0, "the name of a trait", .field) }
        measure.against = section.node("against").flatMap { reader.word($0, "the name of a rule", .thing) }
        measure.why = localized(section, "why")
        return measure
    }
}
