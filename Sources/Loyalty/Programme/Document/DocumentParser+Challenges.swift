internal import Primitives

/// `challenges/*.yaml`.
extension DocumentParser {
    func challenge(_ node: DocumentNode, _ stem: String) -> Challenge? {
        guard let id = declaredID(node, "challenge", .thing, stem) else { return nil }
        let name = "challenge:\(id)"
        let keys = [
            "challenge", "name", "count", "when", "sum", "distinct", "within", "device", "steps", "order", "target",
            "every", "season", "tiers", "after", "starts", "join", "goal", "rollback", "reward", "why", "team",
        ]
        guard let section = DocumentSection(reader, node, what: "the challenge", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        var challenge = Challenge(id: id, count: nil, target: 1)
        challenge.name = localized(section, "name")
        countedTypes(section, of: &challenge)
        challenge.condition = expression(section, "when")
        if challenge.condition != nil, section.node("count") == nil {
            reader.report(
                "'when' needs an event type to look at.", at: section.node("when")?.mark, fix: "Add 'count: <event>'.")
        }
        measure(section, of: &challenge)
        target(section, of: &challenge)
        if let node = section.node("every") { period(node, section, of: &challenge) }
        challenge.season = season(section)
        challenge.after = section.list("after", of: "prerequisites").compactMap { prerequisite($0.node, $0.name) }
        challenge.starts = section.list("starts", of: "challenges").compactMap {
            reader.word($0.node, "the name of a challenge", .thing)
        }
        if let node = section.node("join"), let who: Joining = reader.choice(node, "a way to join") {
            challenge.isJoined = who == .member
        }
        if let goal = section.section("goal", what: "the goal", keys: ["from", "to"]),
            let from = goal.need("from").flatMap({ reader.integer($0) }),
            let toNode = goal.need("to"), let to = reader.integer(toNode)
        {
            if from <= to {
                challenge.goal = from...to
            } else {
                reader.report("It would end before it starts.", at: toNode.mark)
            }
        }
        if let node = section.node("rollback") { challenge.rollsBack = reader.boolean(node) ?? true }
        challenge.reward = effects(section, "reward", required: false)
        challenge.why = localized(section, "why")
        challenge.team = team(section)
        return challenge
    }

    private enum Joining: String, CaseIterable { case automatic, member }
    private enum Order: String, CaseIterable { case given, any }

    private func countedTypes(_ section: DocumentSection, of challenge: inout Challenge) {
        guard let node = section.node("count") else { return }
        var types: [String] = []
        if case .list = node {
            for (element, _) in section.list("count", of: "event types") {
                guard let type = reader.word(element, "the name of an event type", .event) else { continue }
                if types.contains(type) {
                    reader.report("The event type '\(type)' is given twice.", at: element.mark)
                } else {
                    types.append(type)
                }
            }
        } else if let type = reader.word(node, "the name of an event type", .event) {
            types = [type]
        }
        if types.isEmpty { reader.markBroken(section.name) }
        challenge.count = types.first
        challenge.also = Array(types.dropFirst())
    }

    private func measure(_ section: DocumentSection, of challenge: inout Challenge) {
        let kinds = ["sum", "distinct", "steps"].filter { section.node($0) != nil }
        if kinds.count > 1 {
            reader.report(
                "A challenge has one of 'sum', 'distinct' and 'steps'.", at: section.node(kinds[1])?.mark,
                fix: "Write a challenge for each.")
        }
        for key in ["within", "device"] where section.node(key) != nil && section.node("distinct") == nil {
            reader.report("'\(key)' needs 'distinct'.", at: section.node(key)?.mark)
        }
        if section.node("order") != nil, section.node("steps") == nil {
            reader.report("'order' needs 'steps'.", at: section.node("order")?.mark)
        }
        if section.node("steps") == nil, !kinds.isEmpty, section.node("count") == nil {
            reader.report(
                "'\(kinds[0])' needs an event type to look at.", at: section.node(kinds[0])?.mark,
                fix: "Add 'count: <event>'.")
        }
        switch kinds.first {
        case "sum": if let source = expression(section, "sum") { challenge.measure = .sum(source) }
        case "distinct":
            guard let source = expression(section, "distinct") else { return }
            let within = section.list("within", of: "values").compactMap {
                reader.word($0.node, "a value", .foreign)
            }
            challenge.measure = .distinct(
                Challenge.Distinct(value: source, within: within, device: expression(section, "device")))
        case "steps":
            if let node = section.node("count") {
                reader.report("A challenge of steps has no 'count' of its own.", at: node.mark, fix: "Leave it out.")
            }
            let steps = section.list("steps", of: "steps").compactMap { step($0.node, $0.name) }
            guard !steps.isEmpty else {
                reader.markBroken(section.name)
                return
            }
            var inOrder = true
            if let node = section.node("order"), let order: Order = reader.choice(node, "an order") {
                inOrder = order == .given
            }
            challenge.measure = .steps(steps, inOrder: inOrder)
        default: break
        }
    }

    private func step(_ node: DocumentNode, _ name: String) -> Challenge.Step? {
        let keys = ["event", "when", "count", "name"]
        guard let section = DocumentSection(reader, node, what: "a step", name: name, keys: keys),
            let event = section.need("event").flatMap({ reader.word($0, "the name of an event type", .event) })
        else { return nil }
        var step = Challenge.Step(name: localized(section, "name"), event: event)
        step.condition = expression(section, "when")
        if let node = section.node("count"), let count = reader.integer(node) { step.count = count }
        return step
    }

    private func target(_ section: DocumentSection, of challenge: inout Challenge) {
        let tiers = section.list("tiers", of: "tiers")
        var last: Int64 = 0
        for (node, name) in tiers {
            let keys = ["tier", "name", "at", "reward"]
            guard let tier = DocumentSection(reader, node, what: "a tier", name: name, keys: keys),
                let id = tier.need("tier").flatMap({ reader.word($0, "the name of a tier", .thing) }),
                let atNode = tier.need("at"), let at = reader.integer(atNode)
            else { continue }
            if at <= last {
                reader.report(
                    "The tier '\(id)' is at \(at), not above the one before.", at: atNode.mark,
                    fix: "List the tiers from low to high.")
            }
            if challenge.stages.contains(where: { $0.id == id }) {
                reader.report("The tier '\(id)' is declared twice.", at: tier.mark)
            }
            last = at
            challenge.stages.append(
                Challenge.Stage(
                    id: id, name: localized(tier, "name"), at: at,
                    reward: effects(tier, "reward", required: false)))
        }
        if let node = section.node("target") {
            if let reason = noTarget(challenge) {
                reader.report("A challenge \(reason) has no 'target'.", at: node.mark, fix: "Leave it out.")
            } else if let target = reader.integer(node) {
                challenge.target = target
            }
        } else if case .distinct(let distinct) = challenge.measure, !distinct.within.isEmpty,
            challenge.stages.isEmpty
        {
            challenge.target = Int64(distinct.within.count)
        } else if noTarget(challenge) == nil, section.node("steps") == nil {
            _ = section.need("target")
        }
        if noTarget(challenge) != nil { challenge.target = challenge.finish }
        if !challenge.stages.isEmpty, let node = section.node("reward") {
            reader.report(
                "Each tier has its own 'reward'.", at: node.mark, fix: "Move it to the last tier.")
        }
    }

    private func noTarget(_ challenge: Challenge) -> String? {
        if case .steps = challenge.measure { return "of steps" }
        return challenge.stages.isEmpty ? nil : "with tiers"
    }

    private func period(_ node: DocumentNode, _ section: DocumentSection, of challenge: inout Challenge) {
        guard case .mapping = node else {
            if let period: PeriodUnit = reader.choice(node, "a period") { challenge.every = period }
            return
        }
        let keys = ["days", "weeks", "from", "rolling"]
        guard let cycle = section.section("every", what: "'every'", keys: keys) else { return }
        let lengths = ["days", "weeks", "rolling"].filter { cycle.node($0) != nil }
        guard lengths.count == 1, let key = lengths.first, let lengthNode = cycle.node(key) else {
            reader.report(
                "'every' has one of 'days', 'weeks' and 'rolling'.", at: cycle.mark,
                fix: "Write { days: 10, from: 2026-01-05 }, or { rolling: 30 } for any 30 days in a row.")
            return
        }
        guard let length = reader.integer(lengthNode, 1...3_650).map({ Int32($0) }) else { return }
        if key == "rolling" {
            if let from = cycle.node("from") {
                reader.report("Days in a row start anywhere.", at: from.mark, fix: "Leave 'from' out.")
            }
            challenge.cycle = .rolling(length)
        } else if let from = cycle.need("from").flatMap({ day($0) }) {
            challenge.cycle = .days(key == "weeks" ? length * 7 : length, from: from)
        }
    }

    private func season(_ section: DocumentSection) -> Challenge.Season? {
        guard let season = section.section("season", what: "the season", keys: ["from", "to"]),
            let fromNode = season.need("from"), let toNode = season.need("to"),
            let from = reader.scalar(fromNode, "a day"), let to = reader.scalar(toNode, "a day")
        else { return nil }
        if let first = Self.monthDay(from.text), let last = Self.monthDay(to.text) {
            return .yearly(from: first, to: last)
        }
        guard let first = day(fromNode), let last = day(toNode) else { return nil }
        guard first <= last else {
            reader.report("It would end before it starts.", at: toNode.mark)
            return nil
        }
        return .once(from: first, to: last)
    }

    private func day(_ node: DocumentNode) -> Int32? {
        guard let scalar = reader.scalar(node, "a day") else { return nil }
        if let date = CivilDate(scalar.text), (1_970...9_998).contains(date.year) { return Int32(date.daysSinceEpoch) }
        reader.report(
            "'\(scalar.text.prefix(80))' is not a day.", at: scalar.mark,
            fix: "Write it as in 2026-03-01, or both ends of a season as in 12-01 for every year.")
        return nil
    }

    /// `02-29`: a day that some year has.
    private static func monthDay(_ text: String) -> Challenge.MonthDay? {
        guard text.utf8.count == 5, let date = CivilDate("2024-" + text) else { return nil }
        return Challenge.MonthDay(month: date.month, day: date.day)
    }

    private func prerequisite(_ node: DocumentNode, _ name: String) -> Challenge.Prerequisite? {
        let kinds = ["challenge", "badge", "tier"]
        guard let section = DocumentSection(reader, node, what: "a prerequisite", name: name, keys: kinds) else {
            return nil
        }
        guard section.entries.count == 1, let kind = section.entries.first?.key.text, let value = section.node(kind),
            kinds.contains(kind)
        else {
            reader.report(
                "A prerequisite is exactly one of: \(kinds.joined(separator: ", ")).", at: section.mark,
                fix: "Write '- challenge: <id>'.")
            return nil
        }
        guard let id = reader.word(value, "the name of a \(kind)", .thing) else { return nil }
        switch kind {
        case "challenge": return .challenge(id)
        case "badge": return .badge(id)
        default: return .tier(id)
        }
    }
}
