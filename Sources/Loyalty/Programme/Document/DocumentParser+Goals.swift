internal import Primitives

/// `challenges/*.yaml` and `rewards/*.yaml`.
extension DocumentParser {
    func challenge(_ node: DocumentNode, _ stem: String) -> Challenge? {
        guard let id = declaredID(node, "challenge", .thing, stem) else { return nil }
        let name = "challenge:\(id)"
        let keys = ["challenge", "name", "count", "when", "target", "every", "reward", "why"]
        guard let section = DocumentSection(reader, node, what: "the challenge", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        var challenge = Challenge(id: id, count: nil, target: 1)
        challenge.name = localized(section, "name")
        if let node = section.node("count") {
            challenge.count = reader.word(node, "the name of an event type", .event)
            if challenge.count == nil { reader.markBroken(name) }
        }
        challenge.condition = expression(section, "when")
        if challenge.condition != nil, section.node("count") == nil {
            reader.report(
                "'when' needs an event type to look at.", at: section.node("when")?.mark, fix: "Add 'count: <event>'.")
        }
        if let node = section.need("target"), let target = reader.integer(node) { challenge.target = target }
        if let node = section.node("every"), let period: PeriodUnit = reader.choice(node, "a period") {
            challenge.every = period
        }
        challenge.reward = effects(section, "reward", required: false)
        challenge.why = localized(section, "why")
        return challenge
    }

    func reward(_ node: DocumentNode, _ stem: String) -> Reward? {
        guard let id = declaredID(node, "reward", .thing, stem) else { return nil }
        let name = "reward:\(id)"
        let keys = [
            "reward", "kind", "name", "text", "price", "stock", "per-member", "when", "holds", "valid", "maker", "item",
            "topics", "entitlement",
        ]
        guard let section = DocumentSection(reader, node, what: "the reward", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        var reward = Reward(id: id, kind: .digital, unit: "", price: 0)
        if let node = section.need("kind"), let kind: Reward.Kind = reader.choice(node, "a kind of reward") {
            reward.kind = kind
        }
        reward.name = localized(section, "name")
        reward.text = localized(section, "text")
        if section.need("price") != nil,
            let price = section.section("price", what: "the price", keys: ["amount", "unit"])
        {
            if let node = price.need("amount"), let amount = reader.integer(node) { reward.price = amount }
            if let node = price.need("unit") { reward.unit = reader.word(node, "the name of a unit", .thing) ?? "" }
        }
        if reward.unit.isEmpty { reader.markBroken(name) }
        reward.stock = section.node("stock").flatMap { reader.integer($0, 0...1_000_000_000) }
        reward.perMember = section.node("per-member").flatMap { reader.integer($0) }
        reward.condition = expression(section, "when")
        if let node = section.node("holds"), case .some(.some(let span)) = reader.duration(node, allowsNone: false) {
            reward.holds = span
        }
        validity(section, from: &reward.validFrom, until: &reward.validUntil)
        reward.maker = section.node("maker").flatMap { reader.word($0, "the id of a maker", .foreign) }
        reward.item = section.node("item").flatMap { reader.word($0, "the id of an item", .foreign) }
        reward.topics = section.list("topics", of: "topics").compactMap { reader.word($0.node, "a topic", .foreign) }
        reward.entitlement = section.node("entitlement").flatMap {
            reader.word($0, "the name of an entitlement", .dotted)
        }
        return reward
    }
}
