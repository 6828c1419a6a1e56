internal import CEL

extension ProgrammeChecker {
    mutating func check(_ challenge: Challenge) {
        let name = "challenge:\(challenge.id)"
        checkReward(challenge.reward, at: "\(name).reward")
        for (index, stage) in challenge.stages.enumerated() {
            checkReward(stage.reward, at: "\(name).tiers.\(index).reward")
        }
        checkTerms(challenge, name)
        checkTeam(challenge, name)
        let moved =
            programme.rules.contains { $0.effects.contains { $0.moves(challenge.id) } }
            || programme.challenges.contains { $0.allRewards.contains { $0.moves(challenge.id) } }
        let types = challenge.eventTypes
        if types.isEmpty, !moved, !sources.broken.contains(name), !sources.broken.contains("file") {
            report(
                "Nothing moves this challenge.", at: name,
                fix: "Add 'count: <event>', or a rule with 'progress: { challenge: \(challenge.id) }'.")
        }
        if moved {
            switch challenge.measure {
            case .events, .sum: break
            case .distinct, .steps:
                report("'progress' moves what counts events or a sum, not this.", at: name)
            }
        }
        for (index, id) in types.enumerated() {
            let steps = challenge.measure.steps.firstIndex { $0.event == id }
            let place =
                challenge.count == id
                ? "\(name).count" : steps.map { "\(name).steps.\($0).event" } ?? "\(name).count.\(index)"
            guard let type = event(id, at: place), !sources.broken.contains("event:\(type.id)") else { continue }
            check(challenge, over: type, name)
        }
    }

    private mutating func check(_ challenge: Challenge, over type: EventType, _ name: String) {
        var reads: Set<AttributePath> = []
        if let condition = challenge.condition {
            reads = check(condition, .bool, over: type, at: "\(name).when")
        }
        var facts: RuleFacts?
        var expression = "\(name).when"
        switch challenge.measure {
        case .events: break
        case .sum(let source):
            let read = check(source, .int, over: type, at: "\(name).sum")
            checkTime(read, at: "\(name).sum")
            reads.formUnion(read)
        case .distinct(let distinct):
            let read = checkValue(distinct.value, over: type, at: "\(name).distinct")
            checkTime(read, at: "\(name).distinct")
            expression = "\(name).distinct"
            if RuleFacts.isIdentity(read, of: type) {
                if let device = distinct.device {
                    reads.formUnion(check(device, .bool, over: type, at: "\(name).device"))
                    facts = .item
                } else {
                    facts = .history
                    warn(
                        "Members below the level 'personal' make no progress: which ones they had is not kept.",
                        at: expression,
                        fix:
                            "Add 'device: event.<field>', a boolean in which the member's own device says whether this "
                            + "one is new to them.")
                }
            } else if distinct.device != nil {
                warn("It tells no item, so every level is served without a device.", at: "\(name).device")
            }
            reads.formUnion(read)
        case .steps(let steps, _):
            for (index, step) in steps.enumerated() where step.event == type.id {
                guard let condition = step.condition else { continue }
                reads.formUnion(check(condition, .bool, over: type, at: "\(name).steps.\(index).when"))
                expression = "\(name).steps.\(index).when"
            }
        }
        summarize(challenge.id, kind: .challenge, reads, type, at: name, expression: expression, facts: facts)
    }

    /// What is added up is kept, and the time of day is not.
    private mutating func checkTime(_ reads: Set<AttributePath>, at name: String) {
        guard reads.contains(where: { $0.text == "event.time" }) else { return }
        report("It would keep the time of what a member did: only the day is kept.", at: name)
    }

    private mutating func checkReward(_ reward: [Effect], at name: String) {
        for (index, effect) in reward.enumerated() {
            check(effect, at: "\(name).\(index)")
            if case .award(let amount, _) = effect, Int64(amount) == nil {
                report(
                    "What a challenge gives is a number: there is no single event to compute it from.",
                    at: "\(name).\(index).award.amount", fix: "Write a whole number.")
            }
        }
    }

    private mutating func checkTerms(_ challenge: Challenge, _ name: String) {
        let others = programme.challenges.filter { $0.id != challenge.id }
        for (index, prerequisite) in challenge.after.enumerated() {
            let place = "\(name).after.\(index)"
            switch prerequisite {
            case .challenge(let id): resolve("challenge", id, among: others.map(\.id), at: place)
            case .badge(let id): resolve("badge", id, among: programme.badges.map(\.id), at: place)
            case .tier(let id): resolve("tier", id, among: programme.tiers?.tiers.map(\.id) ?? [], at: place)
            }
        }
        for (index, id) in challenge.starts.enumerated() {
            let place = "\(name).starts.\(index)"
            guard resolve("challenge", id, among: others.map(\.id), at: place) else { continue }
            if let next = others.first(where: { $0.id == id }), !next.isJoined {
                report(
                    "Nobody joins '\(id)': it counts for everybody.", at: place, fix: "Give it 'join: member'.")
            }
        }
        if case .distinct(let distinct) = challenge.measure, !distinct.within.isEmpty,
            challenge.finish > Int64(distinct.within.count)
        {
            report("There are only \(distinct.within.count) values.", at: "\(name).within")
        }
        if case .steps(let steps, _) = challenge.measure {
            for (index, step) in steps.enumerated() {
                guard steps[..<index].contains(where: { $0.event == step.event && $0.condition == step.condition })
                else { continue }
                warn(
                    "An event that fits this step fits an earlier one as well, and counts for both.",
                    at: "\(name).steps.\(index)", fix: "Give one of them a 'when', or one step a 'count'.")
            }
        }
        func exclude(_ key: String, _ isThere: Bool, _ other: String, _ hasOther: Bool) {
            guard isThere, hasOther else { return }
            report("'\(key)' does not go with '\(other)'.", at: "\(name).\(key)", fix: "Leave one of them out.")
        }
        let isSteps = !challenge.measure.steps.isEmpty
        exclude("tiers", !challenge.stages.isEmpty, "steps", isSteps)
        exclude("goal", challenge.goal != nil, "steps", isSteps)
        exclude("goal", challenge.goal != nil, "tiers", !challenge.stages.isEmpty)
        if case .rolling = challenge.cycle {
            exclude("tiers", !challenge.stages.isEmpty, "every: { rolling: … }", true)
            exclude("goal", challenge.goal != nil, "every: { rolling: … }", true)
        }
        if let goal = challenge.goal, !goal.contains(challenge.target) {
            report("The target of \(challenge.target) is outside the goal's bounds.", at: "\(name).goal")
        }
    }

    /// Levels, and badges that follow from others.
    mutating func checkLevels() {
        if let ladder = programme.levels {
            resolve("unit", ladder.unit, among: programme.units.map(\.id), at: "programme.levels.unit")
            do {
                _ = try ladder.computed()
            } catch {
                report(error.message, at: "programme.levels.at")
            }
            for (index, effect) in ladder.reward.enumerated() {
                let place = "programme.levels.reward.\(index)"
                check(effect, at: place)
                if case .award(let amount, let unit) = effect {
                    if Int64(amount) == nil {
                        report("What a level gives is a number.", at: place, fix: "Write a whole number.")
                    }
                    if unit == ladder.unit {
                        report("A level that gives '\(unit)' lifts itself.", at: place, fix: "Give another unit.")
                    }
                }
            }
        }
        for badge in programme.badges {
            for (index, part) in badge.allOf.enumerated() {
                let others = programme.badges.map(\.id).filter { $0 != badge.id }
                resolve("badge", part, among: others, at: "badge:\(badge.id).all-of.\(index)")
            }
        }
    }
}

extension Challenge.Measure {
    var steps: [Challenge.Step] { if case .steps(let steps, _) = self { steps } else { [] } }
}
