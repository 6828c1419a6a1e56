internal import Catalogue
internal import Primitives

/// `access/*.yaml`.
extension DocumentParser {
    private static let conditions = [
        "any", "all", "tier", "badge", "entitlement", "balance", "trait", "reward", "window", "meter",
        "when",
    ]

    func gate(_ node: DocumentNode, _ stem: String) -> Gate? {
        guard let id = declaredID(node, "gate", .thing, stem) else { return nil }
        let name = "gate:\(id)"
        let keys = ["gate", "name", "items", "open", "offers", "why"]
        guard let section = DocumentSection(reader, node, what: "the gate", name: name, keys: keys) else { return nil }
        reader.remember(name, node)
        var gate = Gate(id: id)
        gate.name = localized(section, "name")
        gate.scope = scope(section)
        if section.need("open") != nil {
            gate.opens = gateConditions(section, "open")
            if gate.opens.isEmpty, case .list(let elements, let mark)? = section.node("open"), elements.isEmpty {
                reader.report("'open' is an empty list, so nothing would open the gate.", at: mark)
            }
        }
        gate.offers = section.list("offers", of: "rewards").compactMap {
            reader.word($0.node, "the name of a reward", .thing)
        }
        gate.why = localized(section, "why")
        return gate
    }

    private func scope(_ section: DocumentSection) -> Gate.Scope? {
        let keys = ["kinds", "topics", "series", "items", "access", "early-access"]
        guard let items = section.section("items", what: "the items", keys: keys) else { return nil }
        func words(_ key: String, _ what: String) -> [String] {
            items.list(key, of: key).compactMap { reader.word($0.node, what, .foreign) }
        }
        let access = items.list("access", of: "'free', 'subscriber' or 'tier:…'").compactMap { node, _ -> String? in
            guard let text = reader.word(node, "an access of the catalogue", .foreign) else { return nil }
            guard let access = ItemAccess(text) else {
                reader.report(
                    "'\(text.prefix(80))' is not an access of the catalogue.", at: node.mark,
                    fix: "Write free, subscriber or tier:gold.")
                return nil
            }
            return access.text
        }
        return Gate.Scope(
            kinds: items.list("kinds", of: "kinds").compactMap { reader.choice($0.node, "a kind of item") },
            topics: words("topics", "a topic"), series: words("series", "the id of a series"),
            items: words("items", "the id of an item"), access: access,
            isEarly: items.node("early-access").flatMap { reader.boolean($0) } ?? false)
    }

    private func gateConditions(_ section: DocumentSection, _ key: String) -> [Gate.Condition] {
        section.list(key, of: "conditions").compactMap { gateCondition($0.node, name: $0.name) }
    }

    private func gateCondition(_ node: DocumentNode, name: String) -> Gate.Condition? {
        let what = "a condition of the gate"
        guard let section = DocumentSection(reader, node, what: what, name: name, keys: Self.conditions) else {
            return nil
        }
        guard section.entries.count == 1, let key = section.entries.first?.key.text else {
            reader.report(
                "A condition says one thing.", at: section.mark, fix: "Put several under 'all:' or 'any:'.")
            return nil
        }
        guard let value = section.node(key) else { return nil }
        switch key {
        case "any": return .any(gateConditions(section, "any"))
        case "all": return .all(gateConditions(section, "all"))
        case "tier": return reader.word(value, "the name of a tier", .thing).map { .tier($0) }
        case "badge": return reader.word(value, "the name of a badge", .thing).map { .badge($0) }
        case "entitlement": return reader.word(value, "the name of an entitlement", .dotted).map { .entitlement($0) }
        case "reward": return reader.word(value, "the name of a reward", .thing).map { .reward($0) }
        case "balance": return balance(section)
        case "trait": return trait(section, value)
        case "window": return window(section)
        case "meter": return meter(section)
        case "when": return expression(section, "when").map { .when($0) }
        default: return nil
        }
    }

    private func balance(_ section: DocumentSection) -> Gate.Condition? {
        guard let balance = section.section("balance", what: "the balance", keys: ["unit", "at-least"]),
            let unit = balance.need("unit").flatMap({ reader.word($0, "the name of a unit", .thing) }),
            let least = balance.need("at-least").flatMap({ reader.integer($0) })
        else { return nil }
        return .balance(unit: unit, atLeast: least)
    }

    private func trait(_ section: DocumentSection, _ value: DocumentNode) -> Gate.Condition? {
        if case .scalar = value {
            return reader.word(value, "the name of a trait", .field).map { .trait($0, is: .bool(true)) }
        }
        guard let trait = section.section("trait", what: "the trait", keys: ["name", "is"]),
            let name = trait.need("name").flatMap({ reader.word($0, "the name of a trait", .field) }),
            let wanted = trait.need("is")
        else { return nil }
        guard case .scalar = wanted else {
            reader.report("'is' is \(wanted.kind), but a gate asks for one value.", at: wanted.mark)
            return nil
        }
        return .trait(name, is: reader.json(wanted))
    }

    private func window(_ section: DocumentSection) -> Gate.Condition? {
        guard let window = section.section("window", what: "the window", keys: ["from", "until"]) else { return nil }
        let from = window.node("from").flatMap { reader.instant($0) }
        let until = window.node("until").flatMap { reader.instant($0) }
        if let from, let until, until <= from {
            reader.report("It would end before it starts.", at: window.node("until")?.mark)
        }
        if from == nil, until == nil {
            reader.report("A window has a beginning or an end.", at: window.mark, fix: "Add 'from: …' or 'until: …'.")
            return nil
        }
        return .window(from: from, until: until)
    }

    private func meter(_ section: DocumentSection) -> Gate.Condition? {
        guard let meter = section.section("meter", what: "the meter", keys: ["free", "per"]),
            let free = meter.need("free").flatMap({ reader.integer($0, 1...Gate.maximumFree) }),
            let per: PeriodUnit = meter.need("per").flatMap({ reader.choice($0, "a period") })
        else { return nil }
        return .meter(free: free, per: per)
    }
}

extension Gate {
    /// The most openings that a meter can give in a period.
    static let maximumFree: Int64 = 1_000
}
