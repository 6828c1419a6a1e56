internal import Primitives

/// `raffles/*.yaml`.
extension DocumentParser {
    func raffle(_ node: DocumentNode, _ stem: String) -> Raffle? {
        guard let id = declaredID(node, "raffle", .thing, stem) else { return nil }
        let name = "raffle:\(id)"
        let keys = [
            "raffle", "name", "from", "until", "grace", "tickets", "when", "prizes", "several", "reserves", "take",
            "beacon", "why",
        ]
        guard let section = DocumentSection(reader, node, what: "the raffle", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        guard let first = section.need("from").flatMap({ date($0) }),
            let last = section.need("until").flatMap({ date($0) })
        else {
            reader.markBroken(name)
            return nil
        }
        if last < first { reader.report("It would end before it starts.", at: section.node("until")?.mark) }
        var raffle = Raffle(id: id, days: DaySpan(first: first, last: max(first, last)))
        raffle.name = localized(section, "name")
        if let node = section.node("grace"), case .some(.some(let span)) = reader.duration(node, allowsNone: false) {
            raffle.grace = span
        }
        tickets(section, of: &raffle)
        raffle.condition = expression(section, "when")
        raffle.prizes = prizes(section)
        if let node = section.node("several"), let several = reader.boolean(node) { raffle.several = several }
        if let node = section.node("reserves"), let count = reader.integer(node, 0...Raffle.maximumPlaces) {
            raffle.reserves = count
        }
        if let node = section.node("take"), case .some(.some(let span)) = reader.duration(node, allowsNone: false) {
            if case .days(let days) = span, (1...366).contains(days) {
                raffle.take = Int32(days)
            } else {
                reader.report(
                    "The time for taking a prize is in days, at most a year.", at: node.mark,
                    fix: "Write it as in 14 days.")
            }
        }
        if section.node("beacon") != nil { raffle.beacon = localized(section, "beacon") }
        raffle.why = localized(section, "why")
        return raffle
    }

    private func tickets(_ section: DocumentSection, of raffle: inout Raffle) {
        guard section.need("tickets") != nil,
            let tickets = section.section("tickets", what: "the tickets", keys: ["free", "price", "most"])
        else { return }
        if let node = tickets.node("free"), let free = reader.integer(node, 0...Raffle.maximumTickets) {
            raffle.free = free
        }
        if let price = tickets.section("price", what: "the price", keys: ["amount", "unit"]),
            let amount = price.need("amount").flatMap({ reader.integer($0) }),
            let unit = price.need("unit").flatMap({ reader.word($0, "the name of a unit", .thing) })
        {
            raffle.price = Reward.UnitAmount(unit: unit, amount: amount)
        }
        if let most = tickets.need("most").flatMap({ reader.integer($0, 1...Raffle.maximumTickets) }) {
            raffle.most = most
        }
        if raffle.free > raffle.most {
            reader.report(
                "\(raffle.free) are free, but only \(raffle.most) count.", at: tickets.node("free")?.mark)
        }
    }

    private func prizes(_ section: DocumentSection) -> [Raffle.Prize] {
        guard section.need("prizes") != nil,
            let list = section.section("prizes", what: "the prizes", keys: [])
        else { return [] }
        if list.entries.isEmpty { reader.report("There is nothing to win.", at: list.mark) }
        return list.entries.compactMap { entry in
            guard reader.word(.scalar(entry.key), "the name of a prize", .thing) != nil,
                let one = DocumentSection(
                    reader, entry.value, what: "the prize '\(entry.key.text)'",
                    name: "\(list.name).\(entry.key.text)", keys: ["name", "count", "gives"])
            else { return nil }
            var prize = Raffle.Prize(id: entry.key.text, effects: effects(one, "gives", required: true))
            prize.name = localized(one, "name")
            if let node = one.node("count"), let count = reader.integer(node, 1...Raffle.maximumPlaces) {
                prize.count = count
            }
            return prize
        }
    }

    /// `tickets: { raffle: …, count: … }`, or just the name of a raffle.
    func ticketEffect(_ section: DocumentSection, _ value: DocumentNode) -> Effect? {
        guard case .mapping = value else {
            return reader.word(value, "the name of a raffle", .thing).map { .tickets(raffle: $0, count: 1) }
        }
        guard let tickets = section.section("tickets", what: "'tickets'", keys: ["raffle", "count"]),
            let raffle = tickets.need("raffle").flatMap({ reader.word($0, "the name of a raffle", .thing) })
        else { return nil }
        guard let node = tickets.node("count") else { return .tickets(raffle: raffle, count: 1) }
        return reader.integer(node, 1...Raffle.maximumTickets).map { .tickets(raffle: raffle, count: $0) }
    }
}
