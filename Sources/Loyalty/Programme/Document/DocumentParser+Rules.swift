internal import Primitives

/// `rules/*.yaml`, and the effects that challenges share with them.
extension DocumentParser {
    func rule(_ node: DocumentNode, _ stem: String) -> Rule? {
        guard let id = declaredID(node, "rule", .thing, stem) else { return nil }
        let name = "rule:\(id)"
        let keys = [
            "rule", "trigger", "when", "then", "limits", "cooldown", "valid", "priority", "exclusive", "budget",
            "holdout", "pending", "expires", "reversal",
            "why", "examples",
        ]
        guard let section = DocumentSection(reader, node, what: "the rule", name: name, keys: keys) else { return nil }
        reader.remember(name, node)
        var rule = Rule(id: id, trigger: "")
        if let node = section.need("trigger"), let trigger = reader.word(node, "the name of an event type", .event) {
            rule.trigger = trigger
        } else {
            reader.markBroken(name)
        }
        rule.condition = expression(section, "when")
        (rule.effects, rule.awardTerms) = ruleEffects(section)
        rule.limits = section.list("limits", of: "limits").compactMap { limit($0.node, $0.name) }
        if let node = section.node("cooldown"), case .some(let span) = reader.duration(node, allowsNone: true) {
            rule.cooldown = span
        }
        validity(section, from: &rule.validFrom, until: &rule.validUntil)
        if let node = section.node("priority"), let priority = reader.integer(node, -1_000_000...1_000_000) {
            rule.priority = Int(priority)
        }
        if let node = section.node("exclusive") {
            rule.exclusive = reader.word(node, "the name of an exclusivity group", .thing)
        }
        if let node = section.node("budget") { rule.budget = reader.word(node, "the name of a budget", .thing) }
        rule.pending = pending(section, isUnit: false)
        rule.expires = expires(section, isUnit: false)
        rule.reversal = reversal(section)
        if let node = section.node("holdout"), let share = reader.basisPoints(node) { rule.holdoutBasisPoints = share }
        rule.why = localized(section, "why")
        rule.examples = section.list("examples", of: "examples").compactMap { example($0.node, $0.name) }
        return rule
    }

    /// A CEL expression as it is written. Whether it means something is for the checker.
    func expression(_ section: DocumentSection, _ key: String) -> String? {
        guard let node = section.node(key) else { return nil }
        guard let scalar = reader.scalar(node, "a condition") else { return nil }
        if case .null = scalar.plainMeaning {
            reader.report("'\(key)' is there but says nothing.", at: scalar.mark, fix: "Leave it out for 'always'.")
            return nil
        }
        return scalar.text.strippedOfFinalNewlines
    }

    func validity(_ section: DocumentSection, from: inout Instant?, until: inout Instant?) {
        guard let valid = section.section("valid", what: "'valid'", keys: ["from", "until"]) else { return }
        from = valid.node("from").flatMap(reader.instant)
        until = valid.node("until").flatMap(reader.instant)
        if let from, let until, until <= from {
            reader.report("It would end before it starts.", at: valid.node("until")?.mark)
        }
    }

    func effects(_ section: DocumentSection, _ key: String, required: Bool) -> [Effect] {
        effectsAndTerms(section, key, required: required, hasTerms: false).map(\.effect)
    }

    /// The effects of a rule, and what its awards say of their own, by their place.
    private func ruleEffects(_ section: DocumentSection) -> ([Effect], [Int: AwardTerms]) {
        let all = effectsAndTerms(section, "then", required: true, hasTerms: true)
        var terms: [Int: AwardTerms] = [:]
        for (index, one) in all.enumerated() { terms[index] = one.terms }
        return (all.map(\.effect), terms)
    }

    private func effectsAndTerms(
        _ section: DocumentSection, _ key: String, required: Bool, hasTerms: Bool
    ) -> [(effect: Effect, terms: AwardTerms?)] {
        if required, section.need(key) == nil { return [] }
        let list = section.list(key, of: "effects")
        if required, list.isEmpty, case .list? = section.node(key) {
            reader.report("'\(key)' is an empty list, so nothing would happen.", at: section.node(key)?.mark)
        }
        return list.compactMap { node, name in
            var terms: AwardTerms?
            return effect(node, name, hasTerms ? { terms = $0 } : nil).map { ($0, terms) }
        }
    }

    /// - Parameter keep: takes the terms of an award; `nil` where awards have none of their own.
    private func effect(_ node: DocumentNode, _ name: String, _ keep: ((AwardTerms?) -> Void)?) -> Effect? {
        let kinds = ["award", "progress", "badge", "entitlement", "trait", "webhook", "tickets", "nudge"]
        guard let section = DocumentSection(reader, node, what: "an effect", name: name, keys: kinds) else {
            return nil
        }
        guard section.entries.count == 1, let kind = section.entries.first?.key.text, let value = section.node(kind)
        else {
            reader.report(
                "An effect is exactly one of: \(kinds.joined(separator: ", ")).", at: section.mark,
                fix: "Start a new line with '- ' for each effect.")
            return nil
        }
        switch kind {
        case "award": return award(section, keep)
        case "progress":
            guard let progress = section.section(kind, what: "'progress'", keys: ["challenge", "by"]),
                let challenge = progress.need("challenge").flatMap({
                    reader.word($0, "the name of a challenge", .thing)
                })
            else { return nil }
            guard let by = progress.node("by") else { return .progress(challenge: challenge, by: 1) }
            return reader.integer(by).map { .progress(challenge: challenge, by: $0) }
        case "tickets": return ticketEffect(section, value)
        case "badge": return reader.word(value, "the name of a badge", .thing).map(Effect.badge)
        case "nudge": return reader.word(value, "the name of a nudge", .thing).map(Effect.nudge)
        case "webhook": return reader.word(value, "the name of a webhook", .thing).map(Effect.webhook)
        case "entitlement":
            guard case .mapping = value else {
                return reader.word(value, "the name of an entitlement", .dotted).map { .entitlement($0, lasts: nil) }
            }
            guard let section = section.section(kind, what: "'entitlement'", keys: ["name", "lasts"]),
                let id = section.need("name").flatMap({ reader.word($0, "the name of an entitlement", .dotted) })
            else { return nil }
            guard let lasts = section.node("lasts") else { return .entitlement(id, lasts: nil) }
            return reader.duration(lasts, allowsNone: true).map { .entitlement(id, lasts: $0) }
        case "trait":
            guard let trait = section.section(kind, what: "'trait'", keys: ["name", "value"]),
                let id = trait.need("name").flatMap({ reader.word($0, "the name of a trait", .field) }),
                let value = trait.need("value")
            else { return nil }
            return .trait(id, value: reader.json(value))
        default: return nil
        }
    }

    private func award(_ section: DocumentSection, _ keep: ((AwardTerms?) -> Void)?) -> Effect? {
        let keys = ["amount", "unit"] + (keep == nil ? [] : ["terms", "tiers"])
        guard let award = section.section("award", what: "'award'", keys: keys) else { return nil }
        keep?(awardTerms(award))
        let unit = award.need("unit").flatMap { reader.word($0, "the name of a unit", .thing) }
        guard let node = award.need("amount"), let scalar = reader.scalar(node, "an amount") else { return nil }
        switch scalar.plainMeaning {
        case .integer(let value):
            guard reader.integer(node) != nil, let unit else { return nil }
            return .award(amount: String(value), unit: unit)
        case .number:
            reader.report("'\(scalar.text)' is not a whole number: points are not divided.", at: scalar.mark)
            return nil
        case .null, .boolean:
            reader.report("Here stands \(node.kind) where an amount was expected.", at: scalar.mark)
            return nil
        case .text:
            return unit.map { .award(amount: scalar.text.strippedOfFinalNewlines, unit: $0) }
        }
    }

    private func limit(_ node: DocumentNode, _ name: String) -> Limit? {
        let keys = ["per", "period", "amount", "times"]
        guard let section = DocumentSection(reader, node, what: "a limit", name: name, keys: keys) else { return nil }
        guard let perNode = section.need("per"), let scalar = reader.scalar(perNode, "'member' or 'event'") else {
            return nil
        }
        let amount = section.node("amount").flatMap { reader.integer($0) }
        switch scalar.text {
        case "event":
            for key in ["period", "times"] where section.node(key) != nil {
                reader.report("A limit per event has no '\(key)'.", at: section.node(key)?.mark, fix: "Leave it out.")
            }
            if section.node("amount") == nil { _ = section.need("amount") }
            return amount.map { Limit(kind: .perEvent($0), period: .ever) }
        case "member":
            guard let periodNode = section.need("period"),
                let period: PeriodUnit = reader.choice(periodNode, "a period")
            else { return nil }
            let times = section.node("times").flatMap { reader.integer($0) }
            switch (section.node("amount"), section.node("times")) {
            case (.some, .some), (nil, nil):
                reader.report(
                    "A limit per member has either an 'amount' or a number of 'times'.", at: section.mark)
                return nil
            default:
                if let amount { return Limit(kind: .amount(amount), period: period) }
                return times.map { Limit(kind: .times($0), period: period) }
            }
        default:
            reader.report(
                "'\(scalar.text.prefix(80))' is not 'member' or 'event'.", at: scalar.mark,
                fix: PeriodUnit(rawValue: scalar.text) == nil
                    ? DocumentSuggestion.fix(for: scalar.text, in: ["member", "event"])
                    : "Write { per: member, period: \(scalar.text), … }.")
            return nil
        }
    }

    private func example(_ node: DocumentNode, _ name: String) -> Rule.Example? {
        let keys = ["event", "member", "gives"]
        guard let section = DocumentSection(reader, node, what: "an example", name: name, keys: keys) else {
            return nil
        }
        func facts(_ key: String) -> JSONValue {
            guard let node = section.node(key) else { return .object(JSONObject()) }
            guard case .mapping = node else {
                reader.report("'\(key)' is \(node.kind), but it must be a mapping of facts.", at: node.mark)
                return .object(JSONObject())
            }
            return reader.json(node)
        }
        var example = Rule.Example(event: facts("event"), member: facts("member"), gives: [:])
        guard let gives = section.need("gives") else { return nil }
        switch gives {
        case .scalar(let scalar) where scalar.text == "nothing": return example
        case .scalar:
            reader.report(
                "An example gives 'nothing', { amount, unit }, or a list of those.", at: gives.mark,
                fix: "Write gives: { amount: 15, unit: ink }, or gives: nothing.")
            return nil
        case .mapping: add(gives, "\(name).gives", to: &example.gives)
        case .list(let all, _):
            for (index, one) in all.enumerated() { add(one, "\(name).gives.\(index)", to: &example.gives) }
        }
        return example
    }

    private func add(_ node: DocumentNode, _ name: String, to gives: inout [String: Int64]) {
        guard let section = DocumentSection(reader, node, what: "'gives'", name: name, keys: ["amount", "unit"]),
            let amount = section.need("amount").flatMap({ reader.integer($0) }),
            let unitNode = section.need("unit"), let unit = reader.word(unitNode, "the name of a unit", .thing)
        else { return }
        if gives[unit] != nil { reader.report("The unit '\(unit)' is given twice.", at: unitNode.mark) }
        gives[unit] = amount
    }
}

extension String {
    /// Without the line ends that a block scalar leaves at its end.
    var strippedOfFinalNewlines: String {
        var text = self[...]
        while text.last == "\n" { text = text.dropLast() }
        return String(text)
    }
}
