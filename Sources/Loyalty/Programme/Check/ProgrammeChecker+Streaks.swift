internal import CEL

/// Streaks held against the rest of the programme.
extension ProgrammeChecker {
    mutating func check(_ streak: Streak) {
        let name = "streak:\(streak.id)"
        checkDays(streak, name)
        for milestone in streak.milestones {
            for (index, effect) in milestone.effects.enumerated() {
                let place = "\(name).milestones.\(milestone.at).\(index)"
                check(effect, at: place)
                if case .award(let amount, _) = effect, Int64(amount) == nil {
                    report(
                        "What a milestone gives is a number: there is no single event to compute it from.",
                        at: "\(place).award.amount", fix: "Write a whole number.")
                }
            }
        }
        for measure in streak.measures {
            let place = measurePlace(streak, measure)
            guard !sources.broken.contains(name),
                let type = event(measure.event, at: "\(place).count"), !sources.broken.contains("event:\(type.id)")
            else { continue }
            var reads: Set<AttributePath> = []
            if let condition = measure.condition {
                reads.formUnion(check(condition, .bool, over: type, at: "\(place).when"))
            }
            if let sum = measure.sum { reads.formUnion(check(sum, .int, over: type, at: "\(place).sum")) }
            summarize(streak.id, kind: .streak, reads, type, at: name, expression: "\(place).when")
        }
    }

    private func measurePlace(_ streak: Streak, _ measure: Streak.Measure) -> String {
        let name = "streak:\(streak.id)"
        guard sources.places["\(name).count"] == nil else { return name }
        return "\(name).\(streak.needsAll ? "all-of" : "any-of").\(measure.id)"
    }

    private mutating func checkDays(_ streak: Streak, _ name: String) {
        guard let days = streak.days else { return }
        switch streak.every {
        case .day:
            report(
                "A day has no days to count.", at: "\(name).days", fix: "Write every: week, or leave 'days' out.")
        case .week where days.most > 7:
            report("A week has seven days.", at: "\(name).days")
        case .month where days.most > 28:
            report("Some months have no more than 28 days.", at: "\(name).days")
        default: break
        }
    }
}
