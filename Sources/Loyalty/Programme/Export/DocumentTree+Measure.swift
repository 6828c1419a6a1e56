internal import Primitives

extension DocumentTree {
    static func changeMeasure(_ measure: Measure, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("name", localized(measure.name, languages)), ("of", .text(measure.event)),
            ("when", .text(measure.condition)),
            (
                "baseline",
                measure.baselineWeeks == 4 ? nil : .raw(DurationSpan.days(measure.baselineWeeks * 7).documentText)
            ),
            ("minimum", measure.minimum == Measure.standardMinimum ? nil : .raw(String(measure.minimum))),
            ("group", measure.group.map { .text($0) }), ("against", measure.against.map { .text($0) }),
            ("why", localized(measure.why, languages)))
    }
}
