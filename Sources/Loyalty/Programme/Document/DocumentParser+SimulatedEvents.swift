internal import Primitives

/// `simulation/*.yaml`: events, and where the values of their fields come from.
extension DocumentParser {
    func simulatedEvent(_ entry: NamedEntry) -> Behaviour.Event? {
        let keys = ["item", "finishes", "only", "fields", "rate", "after", "attends"]
        guard let section = DocumentSection(reader, entry.node, what: "the event", name: entry.name, keys: keys) else {
            return nil
        }
        var event = Behaviour.Event(id: entry.id)
        event.item = section.node("item").flatMap { reader.word($0, "a kind of item", .thing) }
        if let finishes = section.section(
            "finishes", what: "the finishing", keys: ["usual", "taste", "maker", "most"])
        {
            event.finishes = Behaviour.Finishing(
                usual: number(finishes, "usual", 0...1) ?? 0, taste: number(finishes, "taste", 0...1) ?? 0,
                maker: number(finishes, "maker", 0...1) ?? 0, most: number(finishes, "most", 0...1) ?? 0.95)
        }
        if let node = section.node("only"), let only = reader.scalar(node, "the word 'finished'") {
            event.isSentFinishedOnly = only.text == "finished"
            if only.text != "finished" { reader.report("Only 'finished' can stand here.", at: only.mark) }
        }
        event.fields = entries(section, "fields", "the fields").compactMap { entry in
            draw(entry.node, entry.name, depth: 0).map { Behaviour.Field(entry.id, $0) }
        }
        if let rate = section.section("rate", what: "the rate", keys: ["per-day", "channel"]),
            rate.need("per-day") != nil,
            let channel = rate.need("channel").flatMap({ reader.word($0, "a channel", .event) })
        {
            event.rate = Behaviour.Rate(perDay: number(rate, "per-day", 0...24) ?? 0, channel: channel)
        }
        event.after = after(section)
        if let attends = section.section(
            "attends", what: "the attendance", keys: ["chance", "most", "zones", "channel"]),
            let channel = attends.need("channel").flatMap({ reader.word($0, "a channel", .event) })
        {
            event.attends = Behaviour.Attendance(
                chance: number(attends, "chance", 0...1) ?? 0, most: number(attends, "most", 0...1) ?? 1,
                zones: attends.list("zones", of: "time zones").compactMap { zone($0.node) }, channel: channel)
        }
        return event
    }

    private func after(_ section: DocumentSection) -> Behaviour.After? {
        guard
            let after = section.section(
                "after", what: "what it follows", keys: ["event", "share", "chance", "field", "in"]),
            let event = after.need("event").flatMap({ reader.word($0, "the name of an event type", .event) }),
            let chance = span(after, "chance")
        else { return nil }
        return Behaviour.After(
            event: event, share: number(after, "share", 0...1) ?? 1, chance: chance,
            field: after.node("field").flatMap { reader.word($0, "the name of a field", .field) },
            values: after.list("in", of: "texts").compactMap { reader.word($0.node, "a value", .foreign) })
    }

    /// Where a value comes from: `taste`, `moment`, a span, or a mapping that says which of the others it is.
    private func draw(_ node: DocumentNode, _ name: String, depth: Int) -> Behaviour.Draw? {
        if case .scalar(let scalar) = node {
            switch scalar.text {
            case "taste": return .taste
            case "moment": return .moment
            default:
                reader.report(
                    "'\(scalar.text.prefix(80))' does not say where the value comes from.", at: scalar.mark,
                    fix: "Write taste, moment, { value: … }, { one-of: … }, { from: …, to: … } or { by: … }.")
                return nil
            }
        }
        guard case .mapping(let entries, let mark) = node, depth < 4 else {
            reader.report("Here a mapping was expected that says where the value comes from.", at: node.mark)
            return nil
        }
        func has(_ key: String) -> Bool { entries.contains { $0.key.text == key } }
        func section(_ keys: [String]) -> DocumentSection? {
            DocumentSection(reader, node, what: "the value", name: name, keys: keys)
        }
        if has("from") { return span(node, name).map { .span($0) } }
        if has("value") { return section(["value"])?.need("value").map { .value(reader.json($0)) } }
        if has("length") { return section(["length"]).flatMap { span($0, "length") }.map { .length($0) } }
        if has("finished") {
            guard let section = section(["finished", "otherwise"]), let done = span(section, "finished"),
                let other = span(section, "otherwise")
            else { return nil }
            return .finished(done, otherwise: other)
        }
        if has("list") {
            return section(["list"])?.need("list").flatMap { draw($0, name, depth: depth + 1) }.map { .list($0) }
        }
        if has("one-of") { return section(["one-of"]).flatMap { choices($0) } }
        if has("by") { return section(["by", "of", "otherwise"]).flatMap { cases($0, depth) } }
        reader.report(
            "This does not say where the value comes from.", at: mark,
            fix: "Write value, one-of, from and to, finished, length or by.")
        return nil
    }

    private func choices(_ section: DocumentSection) -> Behaviour.Draw? {
        guard case .list(let nodes, let mark)? = section.node("one-of") else {
            let found = weights(section, "one-of")
            return found.isEmpty ? nil : .oneOf(found.map { Behaviour.Choice(.string($0.id), $0.weight) })
        }
        guard !nodes.isEmpty, nodes.count <= Self.simulatedThings else {
            reader.report("A choice is from 1 to \(Self.simulatedThings) values.", at: mark)
            return nil
        }
        return .oneOf(nodes.map { Behaviour.Choice(reader.json($0)) })
    }

    private func cases(_ section: DocumentSection, _ depth: Int) -> Behaviour.Draw? {
        guard let field = section.need("by").flatMap({ reader.word($0, "the name of a field", .field) }),
            let of = section.section("of", what: "the cases", keys: [])
        else { return nil }
        let cases = of.entries.compactMap { entry in
            draw(entry.value, "\(of.name).\(entry.key.text)", depth: depth + 1).map {
                Behaviour.Case(entry.key.text, $0)
            }
        }
        let other = section.node("otherwise").flatMap { draw($0, section.name + ".otherwise", depth: depth + 1) }
        return .by(field, cases, otherwise: other)
    }

    // MARK: What ties people, and what rewards do to them

    func subscription(_ section: DocumentSection) -> Behaviour.Subscription? {
        let keys = [
            "started", "renewed", "cancelled", "plans", "frailty", "activity", "settling", "without", "fading",
            "afterwards",
        ]
        guard let terms = section.section("subscription", what: "the subscription", keys: keys) else { return nil }
        let plans = entries(terms, "plans", "the plans").compactMap { plan($0) }
        guard !plans.isEmpty else {
            reader.report("The subscription has no plans.", at: terms.mark)
            return nil
        }
        var found = Behaviour.Subscription(plans: plans)
        func event(_ key: String) -> String? {
            terms.node(key).flatMap { reader.word($0, "the name of an event type", .event) }
        }
        (found.started, found.renewed, found.cancelled) = (event("started"), event("renewed"), event("cancelled"))
        found.frailty = number(terms, "frailty", 0...3) ?? found.frailty
        found.activity = number(terms, "activity", -3...3) ?? found.activity
        found.without = number(terms, "without", 0...1) ?? found.without
        found.afterwards = number(terms, "afterwards", 0...1) ?? found.afterwards
        if let fading = terms.section("fading", what: "the fading", keys: ["days", "to"]) {
            found.fadingDays = whole(fading, "days", 1...365) ?? found.fadingDays
            found.fadesTo = number(fading, "to", 0...1) ?? found.fadesTo
        }
        if let settling = terms.section("settling", what: "the settling", keys: ["floor", "newcomers", "each"]) {
            found.settling.floor = number(settling, "floor", 0...10) ?? found.settling.floor
            found.settling.newcomers = number(settling, "newcomers", 0...10) ?? found.settling.newcomers
            found.settling.each = number(settling, "each", 0...1) ?? found.settling.each
        }
        return found
    }

    private func plan(_ entry: NamedEntry) -> Behaviour.Plan? {
        let keys = ["share", "later", "every", "months", "price", "hazard"]
        guard let section = DocumentSection(reader, entry.node, what: "the plan", name: entry.name, keys: keys),
            section.need("share") != nil, section.need("every") != nil, let hazard = hazard(section)
        else { return nil }
        let every = whole(section, "every", 1...3_650) ?? 30
        return Behaviour.Plan(
            id: entry.id, share: number(section, "share", 0...1) ?? 0, later: number(section, "later", 0...1) ?? 0,
            everyDays: every, months: whole(section, "months", 1...120) ?? max(1, every / 30),
            priceCents: whole(section, "price", 0...100_000_000) ?? 0, hazard: hazard)
    }

    private func hazard(_ section: DocumentSection) -> Behaviour.Hazard? {
        guard let node = section.need("hazard") else { return nil }
        guard case .mapping = node else { return number(section, "hazard", 0...1).map { .usual($0) } }
        guard let beta = section.section("hazard", what: "the hazard", keys: ["beta"]) else { return nil }
        let both = beta.list("beta", of: "two numbers").compactMap { reader.number($0.node) }
        guard both.count == 2, both.allSatisfy({ (0.01...1_000).contains($0) }) else {
            reader.report(
                "A beta distribution has two numbers from 0.01 to 1,000.", at: beta.mark,
                fix: "Write it as in { beta: [0.668, 3.806] }.")
            return nil
        }
        return .beta(both[0], both[1])
    }

    func response(_ entry: NamedEntry) -> Behaviour.Response? {
        let keys = ["share", "likes", "recent", "hazard", "visits", "moves"]
        guard let section = DocumentSection(reader, entry.node, what: "the response", name: entry.name, keys: keys)
        else { return nil }
        var response = Behaviour.Response(id: entry.id)
        response.share = number(section, "share", 0...1) ?? 0
        if let likes = section.section("likes", what: "the likings", keys: []) {
            for one in likes.entries { response.likes[one.key.text] = number(likes, one.key.text, -1...1) }
        }
        response.recent = number(section, "recent", -1...1) ?? 0
        response.hazard = number(section, "hazard", 0...10) ?? 1
        response.visits = number(section, "visits", 0...10) ?? 1
        response.moves = number(section, "moves", 0.01...100) ?? 1
        return response
    }
}
