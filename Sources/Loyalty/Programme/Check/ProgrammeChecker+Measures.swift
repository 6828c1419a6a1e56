internal import CEL

/// Measures of change held against the rest of the programme.
extension ProgrammeChecker {
    mutating func checkMeasures() {
        for measure in programme.measures {
            let place = "measure:\(measure.id)"
            if let group = measure.group {
                if resolve("trait", group, among: programme.traits.map(\.id), at: "\(place).group"),
                    programme.traits.first(where: { $0.id == group })?.type != .text
                {
                    report(
                        "Members are grouped by a text.", at: "\(place).group", fix: "Give the trait 'type: text'.")
                }
            }
            if let against = measure.against,
                resolve("rule", against, among: programme.rules.map(\.id), at: "\(place).against"),
                programme.rules.first(where: { $0.id == against })?.holdoutBasisPoints == 0
            {
                report(
                    "The rule '\(against)' has no hold-out: there is nobody to compare with.", at: "\(place).against",
                    fix: "Give it 'holdout: 0.1', or leave 'against' out.")
            }
            guard let type = event(measure.event, at: "\(place).of"), !sources.broken.contains("event:\(type.id)")
            else {
                continue
            }
            _ = check(measure.condition, .bool, over: type, at: "\(place).when")
        }
    }
}
