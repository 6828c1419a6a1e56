/// What shows only when the programme is looked at as a whole.
extension ProgrammeChecker {
    /// Groups in which the winner is decided by accident, or always the same.
    mutating func checkExclusivity() {
        var groups: [String: [Rule]] = [:]
        for rule in programme.rules {
            guard let group = rule.exclusive else { continue }
            groups["\(group) \(rule.trigger)", default: []].append(rule)
        }
        for rules in groups.values.sorted(by: { ($0.first?.id ?? "") < ($1.first?.id ?? "") }) {
            let ordered = rules.sorted { ($0.priority, $1.id) > ($1.priority, $0.id) }
            for (index, rule) in ordered.enumerated() {
                guard let before = ordered[..<index].last(where: { $0.exclusive == rule.exclusive }) else { continue }
                if let always = ordered[..<index].first(where: \.matchesAlways) {
                    warn(
                        "It is never reached: '\(always.id)' goes first in the group '\(rule.exclusive ?? "")' and "
                            + "always matches.", at: "rule:\(rule.id).exclusive", fix: "Give it a higher priority.")
                } else if before.priority == rule.priority {
                    warn(
                        "'\(before.id)' has the same priority in the group '\(rule.exclusive ?? "")': when both match, "
                            + "only their names decide.", at: "rule:\(rule.id).exclusive",
                        fix: "Give one of them a 'priority'.")
                }
            }
        }
        let sizes = Dictionary(grouping: programme.rules.compactMap(\.exclusive)) { $0 }
        for rule in programme.rules {
            if let group = rule.exclusive, sizes[group]?.count == 1 {
                warn("It is the only rule of its group '\(group)'.", at: "rule:\(rule.id).exclusive")
            }
        }
    }

    /// Challenges that move each other would never come to rest.
    mutating func checkCircles() {
        var next: [String: [String]] = [:]
        for challenge in programme.challenges {
            next[challenge.id] = challenge.allRewards.compactMap { effect in
                if case .progress(let other, _) = effect { other } else { nil }
            }
        }
        for challenge in programme.challenges {
            var seen: Set<String> = []
            var waiting = next[challenge.id] ?? []
            while let id = waiting.popLast() {
                if id == challenge.id {
                    report(
                        "Challenges move each other in a circle, back to '\(id)'.", at: "challenge:\(id).reward",
                        fix: "Take one 'progress' out.")
                    break
                }
                if seen.insert(id).inserted { waiting += next[id] ?? [] }
            }
        }
    }

    /// Challenges that wait for each other would never begin.
    mutating func checkPrerequisites() {
        let waits = Dictionary(
            programme.challenges.map { challenge in
                let others = challenge.after.compactMap { prerequisite in
                    if case .challenge(let id) = prerequisite { id } else { nil }
                }
                return (challenge.id, others)
            }, uniquingKeysWith: { first, _ in first })
        for challenge in programme.challenges {
            var seen: Set<String> = []
            var waiting = waits[challenge.id] ?? []
            while let id = waiting.popLast() {
                if id == challenge.id {
                    report("Challenges wait for each other in a circle.", at: "challenge:\(id).after")
                    break
                }
                if seen.insert(id).inserted { waiting += waits[id] ?? [] }
            }
        }
    }

    /// What is declared and never used.
    mutating func checkUse() {
        guard !sources.broken.contains("file") else { return }
        let effects = programme.effectsOfAll
        var badges: Set<String> = []
        var webhooks: Set<String> = []
        var units: Set<String> = []
        for effect in effects {
            switch effect {
            case .badge(let id): badges.insert(id)
            case .webhook(let id): webhooks.insert(id)
            case .award(_, let unit): units.insert(unit)
            default: break
            }
        }
        webhooks.formUnion(programme.units.compactMap { $0.notify?.webhook })
        webhooks.formUnion(programme.occasions.compactMap(\.webhook))
        webhooks.formUnion(programme.nudges.compactMap(\.webhook))
        units.formUnion(programme.occasions.compactMap(\.award?.unit))
        for badge in programme.badges where !badges.contains(badge.id) && badge.allOf.isEmpty {
            warn("No rule and no challenge gives this badge.", at: "badge:\(badge.id)")
        }
        for webhook in programme.webhooks where !webhooks.contains(webhook.id) {
            warn("No rule calls this webhook.", at: "webhook:\(webhook.id)")
        }
        for unit in programme.units where !units.contains(unit.id) {
            warn("Nothing gives this unit.", at: "unit:\(unit.id)")
        }
        let terms = ProgrammeTerms(programme)
        var used = Set(programme.rules.map(\.trigger) + programme.challenges.flatMap(\.eventTypes))
        used.formUnion(terms.awaited.keys)
        for case .count(let count) in programme.occasions.map(\.moment) { used.insert(count.event) }
        used.formUnion(programme.streaks.flatMap { $0.measures.map(\.event) })
        used.formUnion(programme.measures.map(\.event))
        for event in programme.events
        where !used.contains(event.id) && !terms.activities.contains(Activity.event(event.id).counter("")) {
            warn("No rule and no challenge looks at this event type.", at: "event:\(event.id)")
        }
        let budgets = Set(programme.rules.compactMap(\.budget))
        for budget in programme.budgets where !budgets.contains(budget.id) {
            warn("No rule draws on this budget.", at: "budget:\(budget.id)")
        }
    }

    /// Texts that a member will look for in vain.
    mutating func checkTexts() {
        func check(_ text: LocalizedText, _ what: String, at name: String) {
            let missing = programme.languages.filter { text.values[$0] == nil }
            guard !missing.isEmpty else { return }
            let list = missing.map(\.rawValue).joined(separator: ", ")
            warn(
                text.isEmpty ? "It has no '\(what)'." : "Its '\(what)' is missing in \(list).",
                at: sources.places["\(name).\(what)"] == nil ? name : "\(name).\(what)")
        }
        check(programme.name, "name", at: "programme")
        for unit in programme.units { check(unit.name, "name", at: "unit:\(unit.id)") }
        for nudge in programme.nudges { check(nudge.text, "text", at: "nudge:\(nudge.id)") }
        for tier in programme.tiers?.tiers ?? [] { check(tier.name, "name", at: "tier:\(tier.id)") }
        for badge in programme.badges {
            check(badge.name, "name", at: "badge:\(badge.id)")
            check(badge.why, "why", at: "badge:\(badge.id)")
        }
        for rule in programme.rules { check(rule.why, "why", at: "rule:\(rule.id)") }
        for challenge in programme.challenges {
            check(challenge.name, "name", at: "challenge:\(challenge.id)")
            check(challenge.why, "why", at: "challenge:\(challenge.id)")
        }
        for streak in programme.streaks {
            check(streak.name, "name", at: "streak:\(streak.id)")
            check(streak.why, "why", at: "streak:\(streak.id)")
        }
        for reward in programme.rewards {
            check(reward.name, "name", at: "reward:\(reward.id)")
            check(reward.text, "text", at: "reward:\(reward.id)")
        }
        for board in programme.leaderboards {
            check(board.name, "name", at: "leaderboard:\(board.id)")
            check(board.why, "why", at: "leaderboard:\(board.id)")
        }
        for gate in programme.gates {
            check(gate.name, "name", at: "gate:\(gate.id)")
            check(gate.why, "why", at: "gate:\(gate.id)")
        }
        checkPlayTexts()
        for occasion in programme.occasions {
            check(occasion.message, "message", at: "occasion:\(occasion.id)")
            check(occasion.why, "why", at: "occasion:\(occasion.id)")
        }
        for (key, text) in programme.texts.sorted(by: { $0.key < $1.key }) {
            let missing = programme.languages.filter { text.values[$0] == nil }
            guard !missing.isEmpty else { continue }
            warn(
                "The text '\(key)' is missing in \(missing.map(\.rawValue).joined(separator: ", ")).",
                at: "text:\(key)")
        }
    }
}

extension Rule {
    var matchesAlways: Bool { condition == nil && validFrom == nil && validUntil == nil }
}
