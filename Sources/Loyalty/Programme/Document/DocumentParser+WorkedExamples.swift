internal import Primitives

/// `examples/*.yaml`.
extension DocumentParser {
    func workedExample(_ node: DocumentNode, _ stem: String) -> WorkedExample? {
        guard let id = declaredID(node, "example", .thing, stem) else { return nil }
        let name = "example:\(id)"
        let keys = ["example", "member", "events", "until", "then"]
        guard let section = DocumentSection(reader, node, what: "the example", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        let before = reader.problems.count
        // What could not be read would not come out: one problem is enough.
        defer { if reader.problems.count > before { reader.markBroken(name) } }
        var example = WorkedExample(id: id)
        if let member = section.section("member", what: "'member'", keys: ["level", "timezone"]) {
            example.level = member.node("level").flatMap { reader.choice($0, "a privacy level") }
            example.timeZone = member.node("timezone").flatMap { reader.text($0, "a time zone", maximum: 100) }
        }
        if section.node("events") == nil { _ = section.need("events") }
        example.steps = section.list("events", of: "events").compactMap { step($0.node, $0.name) }
        example.until = section.node("until").flatMap { reader.instant($0) }
        if section.node("then") == nil { _ = section.need("then") }
        let outcome = ["balance", "pending", "tier", "badges", "streaks", "challenges"]
        if let then = section.section("then", what: "'then'", keys: outcome) {
            example.outcome.balances = counts(then, "balance", -DocumentReader.amounts.upperBound)
            example.outcome.pending = counts(then, "pending", 0)
            example.outcome.streaks = counts(then, "streaks", 0)
            example.outcome.challenges = counts(then, "challenges", 0)
            if let node = then.node("tier"), let scalar = reader.scalar(node, "the name of a tier, or none") {
                example.outcome.tier = scalar.text == "none" ? "" : scalar.text
            }
            if then.node("badges") != nil {
                example.outcome.badges = then.list("badges", of: "badges").compactMap {
                    reader.word($0.node, "the name of a badge", .thing)
                }.sorted()
            }
        }
        return example
    }

    private func step(_ node: DocumentNode, _ name: String) -> WorkedExample.Step? {
        let keys = ["type", "at", "data", "times", "refused"]
        guard let section = DocumentSection(reader, node, what: "an event", name: name, keys: keys),
            let type = section.need("type").flatMap({ reader.word($0, "the name of an event type", .event) }),
            let at = section.need("at").flatMap({ reader.instant($0) })
        else { return nil }
        var step = WorkedExample.Step(type: type, at: at)
        if let node = section.node("data") {
            if case .mapping = node {
                step.data = reader.json(node)
            } else {
                reader.report("'data' is \(node.kind), but it must be a mapping of fields.", at: node.mark)
            }
        }
        if let node = section.node("times"), let times = reader.integer(node, 1...1_000) { step.times = times }
        step.refused = section.list("refused", of: "rules").compactMap {
            reader.word($0.node, "the name of a rule", .thing)
        }
        return step
    }

    private func counts(_ section: DocumentSection, _ key: String, _ least: Int64) -> [String: Int64] {
        guard let list = section.section(key, what: "'\(key)'", keys: []) else { return [:] }
        var counts: [String: Int64] = [:]
        for entry in list.entries {
            guard let name = reader.word(.scalar(entry.key), "a name", .thing),
                let count = reader.integer(entry.value, least...DocumentReader.amounts.upperBound)
            else { continue }
            counts[name] = count
        }
        return counts
    }
}
